//! `GET /api/admin/export`.

use std::io::Cursor;
use std::sync::Arc;

use async_trait::async_trait;
use calamine::{Data, Reader as _, Xlsx};
use domain::donation::{Change, TimelineEntry};
use domain::ports::{DonationQuery, DonationStore, InsertDonation, Save, StoreError};
use domain::{Donation, DonationId, OrderId};
use reqwest::Method;
use serde_json::json;

use crate::support::{Answer, App, Session, Setup};

on_both_databases!(
    donations_come_as_a_csv_file_that_excel_reads,
    donations_come_as_a_workbook,
    the_lists_filters_narrow_the_file,
    what_would_run_in_a_spreadsheet_is_a_text,
    an_export_is_asked_for_rightly,
);

set_up_on_both_databases!(a_file_that_breaks_off_never_looks_whole,);

async fn export(app: &App, admin: &Session, query: &str) -> Answer {
    let answer = app.get(&format!("/api/admin/export?{query}")).bearer(&admin.token).await;
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
    answer
}

/// The rows of a CSV file, its headings first.
fn rows(answer: &Answer) -> Vec<Vec<String>> {
    let text = answer.text();
    let text = text.strip_prefix('\u{feff}').expect("the mark that tells Excel of UTF-8");
    assert!(!text.replace("\r\n", "").contains('\r') && text.ends_with("\r\n"));
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

async fn donations_come_as_a_csv_file_that_excel_reads(app: App) {
    let admin = app.admin().await;
    let (paid, order) = app.completed().await;
    app.refund(&admin, &paid, &json!({"amount": 1000, "reason": "asked"})).await.expect(201);
    let answer = export(&app, &admin, "format=csv").await;
    assert_eq!(answer.header("content-type"), Some("text/csv; charset=utf-8"));
    assert_eq!(answer.header("content-disposition"), Some("attachment; filename=\"donations-2026-03-01.csv\""));
    assert_eq!(answer.header("content-length"), None, "a length would have to be known beforehand");
    let rows = rows(&answer);
    let donation = app.kept(&paid).await;
    let number = donation.certificate.as_ref().unwrap().number.to_string();
    let payment = donation.attempts[0].payment_id().map(ToString::to_string).unwrap_or_default();
    assert_eq!((rows.len(), rows[0].len()), (2, 22));
    assert_eq!(
        (rows[0][0].as_str(), rows[0][4].as_str()),
        ("Идентификатор", "Сумма"),
        "Russian unless asked otherwise"
    );
    let expected = [
        paid.as_str(),
        "2026-03-01 15:00:00",
        "2026-03-01 15:00:00",
        "partially_refunded",
        "5000",
        "1000",
        "4000",
        "KZT",
        "10",
        "trees",
        "Посадка деревьев",
        "Иван Иванов",
        "ivan@example.com",
        "нет",
        "ru",
        order.as_str(),
        &payment,
        &number,
        "valid",
        "нет",
        "",
        "",
    ];
    assert_eq!(rows[1], expected);
    let kazakh = app.get("/api/admin/export?format=csv&lang=kk").bearer(&admin.token).await;
    assert!(kazakh.text().starts_with("\u{feff}Идентификатор;Жасалған уақыты"), "{}", kazakh.text());
    let head = app.call(Method::HEAD, "/api/admin/export?format=csv").bearer(&admin.token).await;
    assert_eq!(head.status, 200);
}

async fn donations_come_as_a_workbook(app: App) {
    let admin = app.admin().await;
    let (paid, _) = app.completed().await;
    let waiting = app.guest_donation().await;
    let answer = export(&app, &admin, "format=xlsx&lang=en").await;
    assert_eq!(
        answer.header("content-type"),
        Some("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    );
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(answer.body.clone())).unwrap();
    let range = book.worksheet_range("Donations").unwrap();
    let text = |row: u32, column: u32| range.get_value((row, column)).unwrap().to_string();
    assert_eq!((range.height(), text(0, 3).as_str()), (3, "Status"));
    let mut ids = [text(1, 0), text(2, 0)];
    ids.sort();
    let mut expected = [paid.clone(), waiting];
    expected.sort();
    assert_eq!(ids, expected);
    let row = if text(1, 0) == paid { 1 } else { 2 };
    assert_eq!(range.get_value((row, 4)), Some(&Data::Float(5_000.0)), "an amount is a number");
    let Some(Data::DateTime(created)) = range.get_value((row, 1)) else { panic!("a time is a time") };
    assert_eq!(created.as_datetime().unwrap().to_string(), "2026-03-01 15:00:00", "by Kazakhstan's clocks");
    assert_eq!(text(row, 11), "Иван Иванов");
}

async fn the_lists_filters_narrow_the_file(app: App) {
    let admin = app.admin().await;
    let (paid, _) = app.completed().await;
    app.guest_donation().await;
    for (query, found) in [
        ("status=completed", vec![paid.as_str()]),
        ("status=failed", vec![]),
        ("from=2026-03-02", vec![]),
        ("status=completed&from=2026-03-01&to=2026-03-02&campaign=trees&min_amount=5000", vec![paid.as_str()]),
        ("max_amount=4999", vec![]),
        ("flagged=true", vec![]),
    ] {
        let rows = rows(&export(&app, &admin, &format!("format=csv&{query}")).await);
        let ids: Vec<_> = rows[1..].iter().map(|row| row[0].as_str()).collect();
        assert_eq!(ids, found, "{query}");
    }
}

async fn what_would_run_in_a_spreadsheet_is_a_text(app: App) {
    let admin = app.admin().await;
    let names = ["=HYPERLINK(\"http://evil.kz\";\"Ok\")", "+1+cmd|' /C calc'!A0", "-1", "@SUM(1)", " =1+1"];
    for name in names {
        let body = json!({"amount": 5000, "donor_name": name, "donor_email": "ivan@example.com"});
        app.post("/api/guest-donations").json(&body).await.expect(201);
    }
    let mut seen: Vec<_> =
        rows(&export(&app, &admin, "format=csv").await)[1..].iter().map(|row| row[11].clone()).collect();
    seen.sort();
    // A name keeps no space before its first letter.
    let mut expected = names.map(|name| format!("'{}", name.trim())).to_vec();
    expected.sort();
    assert_eq!(seen, expected);
    let answer = export(&app, &admin, "format=xlsx").await;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(answer.body.clone())).unwrap();
    let formulas = book.worksheet_formula("Пожертвования").unwrap();
    assert!(formulas.cells().all(|(_, _, formula)| formula.is_empty()));
}

async fn an_export_is_asked_for_rightly(app: App) {
    let admin = app.admin().await;
    for (query, wrong) in [
        ("", vec!["format: required"]),
        ("format=pdf&status=paid", vec!["format: unknown_format", "status: unknown_status"]),
        ("format=csv&campaign=nowhere", vec!["campaign: unknown_campaign"]),
        ("format=csv&lang=de&from=x", vec!["from: invalid_date", "lang: unknown_language"]),
        ("format=csv&format=csv", vec!["format: unknown_format"]),
    ] {
        let answer = app.get(&format!("/api/admin/export?{query}")).bearer(&admin.token).await;
        assert_eq!(answer.wrong_fields(), wrong, "{query}");
    }
}

/// Lists what there is once, and then says that the database is gone.
struct BreaksOff(Arc<dyn DonationStore>);

#[async_trait]
impl DonationStore for BreaksOff {
    async fn insert(&self, donation: &Donation, entry: &TimelineEntry) -> Result<InsertDonation, StoreError> {
        self.0.insert(donation, entry).await
    }

    async fn find(&self, id: DonationId) -> Result<Option<Donation>, StoreError> {
        self.0.find(id).await
    }

    async fn find_by_order(&self, order: &OrderId) -> Result<Option<Donation>, StoreError> {
        self.0.find_by_order(order).await
    }

    async fn list(&self, query: &DonationQuery) -> Result<Vec<Donation>, StoreError> {
        if query.after.is_some() {
            return Err(StoreError::Unavailable("gone".to_owned()));
        }
        let one = self.0.list(query).await?;
        // A whole page of it, so that another one has to be asked for.
        Ok(one.iter().cycle().take(usize::try_from(query.limit).unwrap()).cloned().collect())
    }

    async fn save(&self, change: &Change) -> Result<Save, StoreError> {
        self.0.save(change).await
    }

    async fn timeline(&self, id: DonationId) -> Result<Vec<TimelineEntry>, StoreError> {
        self.0.timeline(id).await
    }
}

async fn a_file_that_breaks_off_never_looks_whole(setup: Setup) {
    let app = setup.start_with(|state| {
        state.house.donations = Arc::new(BreaksOff(state.house.donations.clone()));
    });
    let admin = app.admin().await;
    app.guest_donation().await;
    let url = format!("http://{}/api/admin/export?format=csv", app.address);
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = client.get(&url).bearer_auth(&admin.token).send().await.unwrap();
    assert_eq!(answer.status(), 200, "the file has begun");
    assert!(answer.bytes().await.is_err(), "the connection ends without the last chunk");
    let workbook = app.get("/api/admin/export?format=xlsx").bearer(&admin.token).await;
    workbook.problem(503, "overloaded");
}
