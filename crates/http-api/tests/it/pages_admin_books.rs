//! The books as pages: months, days, differences and what settles them, files.

use std::time::Duration;

use chrono::TimeDelta;
use domain::ports::{ReconciliationStore as _, TakeDay, WantedBy, WantedDay};
use domain::reconciliation::{Day, Difference, DifferenceKind, Totals};
use domain::{DonationId, Role, Tenge};
use uuid::Uuid;

use crate::support::{App, Browser};

on_both_databases!(
    a_month_says_of_each_day_how_it_stands,
    a_day_shows_both_books_and_its_certificates,
    a_difference_is_settled_by_the_button_beside_it,
    a_difference_that_only_ioka_can_settle_has_no_button,
    a_day_is_compared_when_somebody_asks,
    files_are_downloaded,
    a_form_that_cannot_be_used_says_why,
    a_viewer_sees_the_books_and_changes_nothing,
);

/// A browser in which an operator of this role has just signed in.
async fn operator(app: &App, role: Role) -> Browser<'_> {
    app.operator(70 + role as u128, role).await;
    let mut browser = Browser::new(app);
    let email = format!("{}@charity.kz", role.word());
    let fields = [("email", email.as_str()), ("password", "correct horse")];
    browser.submit("/sign-in?lang=en&next=%2Fadmin", "/sign-in", &fields).await;
    browser
}

async fn page(browser: &mut Browser<'_>, path: &str) -> String {
    let answer = browser.get(path).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.text()
}

/// Writes down that the first day was compared, and came to this.
async fn found(app: &App, difference: Difference) {
    let now = domain::ports::Clock::now(app.clock.as_ref());
    let day = Day::parse("2026-03-01").unwrap();
    let wanted = WantedDay { day, now, lease_until: now + TimeDelta::minutes(9), wanted_by: WantedBy::Person };
    let TakeDay::Taken(taken) = app.store().take_day(&wanted).await.unwrap() else { panic!("nobody else compares") };
    app.store().keep(&taken, &[difference], wanted.lease_until).await.unwrap();
    app.store().complete(&taken, &Totals::default(), now).await.unwrap();
}

async fn a_month_says_of_each_day_how_it_stands(app: App) {
    app.completed().await;
    app.compared().await;
    let mut admin = operator(&app, Role::Admin).await;
    for (language, agrees, not_over) in
        [("en", "agrees", "not over yet"), ("ru", "сходится", "ещё не закончен"), ("kk", "сәйкес", "әлі біткен жоқ")]
    {
        let month = page(&mut admin, &format!("/admin/reconciliation?lang={language}")).await;
        let days: Vec<_> = month.split("<li").filter(|item| item.contains("data-tone=\"")).collect();
        assert_eq!(days.len(), 2, "the days that have begun: {month}");
        assert!(
            days[0].contains("data-tone=\"well\"") && days[0].contains(&format!("<span>{agrees}</span>")),
            "{}",
            days[0]
        );
        assert!(days[0].contains("date=2026-03-01") && days[0].contains("5\u{202f}000\u{a0}₸"), "{}", days[0]);
        assert!(days[0].contains("data-column=\"7\""), "a Sunday: {}", days[0]);
        assert!(days[1].contains(&format!("<span>{not_over}</span>")), "{}", days[1]);
        assert!(!month.contains("books-") && !month.contains("style=\""), "{month}");
    }
    let february = page(&mut admin, "/admin/reconciliation?lang=en&month=2026-02").await;
    assert_eq!(february.matches("<span>not compared</span>").count(), 28, "{february}");
    assert!(february.contains("month=2026-01") && february.contains("month=2026-03"), "{february}");
}

async fn a_day_shows_both_books_and_its_certificates(app: App) {
    let (_, order) = app.completed().await;
    app.gateway.refund_in_panel(&order, Tenge::new(1000)).unwrap();
    app.compared().await;
    let day = page(&mut operator(&app, Role::Admin).await, "/admin/reconciliation?lang=en&date=2026-03-01").await;
    assert!(day.contains("<h1>Reconciliation · 01.03.2026</h1>"), "{day}");
    assert!(day.contains("1 · 5\u{202f}000\u{a0}₸") && day.contains("data-status=\"completed\">same"), "{day}");
    assert!(
        day.contains("Valid certificates</dt><dd>1</dd>") && day.contains("Certificates ever issued</dt><dd>2</dd>"),
        "{day}"
    );
    assert!(day.contains("Ioka has a refund that we do not know of") && day.contains(">settled</span>"), "{day}");
}

async fn a_difference_is_settled_by_the_button_beside_it(app: App) {
    let (id, order) = app.awaiting().await;
    app.gateway.pay(&order, Tenge::new(5000)).unwrap();
    app.clock.advance(TimeDelta::days(1));
    let donation = Some(DonationId(Uuid::try_parse(&id).unwrap()));
    let (ours, gateway) = (Some("open, 5000 KZT".to_owned()), Some("paid, 5000 KZT".to_owned()));
    let kind = DifferenceKind::PaidThereOnly;
    found(&app, Difference { kind, donation, order, refund: None, ours, gateway, settled: false }).await;
    let mut admin = operator(&app, Role::Admin).await;
    let at = "/admin/reconciliation?lang=en&date=2026-03-01";
    let day = page(&mut admin, at).await;
    assert!(day.contains("Paid at Ioka, and not here.") && day.contains("paid, 5000 KZT"), "{day}");
    assert!(day.contains(&format!("/admin/donations/{id}?lang=en")), "{day}");
    assert!(page(&mut admin, "/admin?lang=en").await.contains("date=2026-03-01\">01.03.2026</a>"));
    let asked = admin.submit(at, &format!("/admin/donations/{id}/sync"), &[]).await;
    asked.leads_to("/admin/reconciliation?lang=en&date=2026-03-01&notice=asked");
    assert_eq!(app.shown(&id).await["status"], "completed");
    // Only a day of ours is gone back to.
    let sync = format!("/admin/donations/{id}/sync");
    let elsewhere = admin.submit(at, &sync, &[("back", "https://example.com/")]).await;
    elsewhere.leads_to(&format!("/admin/donations/{id}?lang=en&notice=asked"));
}

async fn a_difference_that_only_ioka_can_settle_has_no_button(app: App) {
    let lost = Uuid::from_u128(77).to_string();
    let order = app.order_there(&lost, 5000).await;
    app.gateway.pay(&order, Tenge::new(5000)).unwrap();
    app.compared().await;
    let mut admin = operator(&app, Role::Admin).await;
    let day = page(&mut admin, "/admin/reconciliation?lang=en&date=2026-03-01").await;
    assert!(day.contains("we have no such donation") && day.contains("Write to Ioka&#39;s support"), "{day}");
    assert!(!day.contains("/sync"), "{day}");
    let month = page(&mut admin, "/admin/reconciliation?lang=en").await;
    assert!(month.contains("differences: 1") && month.contains("id=\"open\""), "{month}");
}

async fn a_day_is_compared_when_somebody_asks(app: App) {
    app.completed().await;
    app.clock.advance(TimeDelta::days(1));
    let mut admin = operator(&app, Role::Admin).await;
    let at = "/admin/reconciliation?lang=en&date=2026-03-01";
    assert!(page(&mut admin, at).await.contains("not compared"));
    let asked = admin.submit(at, "/admin/reconciliation", &[]).await;
    asked.leads_to("/admin/reconciliation?lang=en&date=2026-03-01&notice=comparing");
    let done = async {
        let mut times = tokio::time::interval(Duration::from_millis(50));
        while !page(&mut admin, at).await.contains("data-tone=\"well\">agrees") {
            times.tick().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), done).await.unwrap();
    for (date, field) in
        [("2026-03-03", "has not begun"), ("2024-01-01", "a year at most"), ("soon", "Write a day like")]
    {
        let refused = admin.submit("/admin/reconciliation?lang=en", "/admin/reconciliation", &[("date", date)]).await;
        assert_eq!(refused.status, 422, "{date}");
        assert!(refused.text().contains(field), "{date}: {}", refused.text());
    }
}

async fn files_are_downloaded(app: App) {
    app.completed().await;
    for role in [Role::Admin, Role::Viewer] {
        let mut browser = operator(&app, role).await;
        let csv = browser.get("/admin/export?lang=ru&from=2026-03-01&to=&status=completed&campaign=&format=csv").await;
        assert_eq!((csv.status, csv.header("content-type")), (200, Some("text/csv; charset=utf-8")));
        assert_eq!(csv.header("content-disposition"), Some("attachment; filename=\"donations-2026-03-01.csv\""));
        assert_eq!(csv.text().lines().count(), 2, "{}", csv.text());
        let none = browser.get("/admin/export?lang=ru&from=2026-03-02&format=csv").await;
        assert_eq!(none.text().lines().count(), 1, "{}", none.text());
        let proof = browser.get("/admin/reconciliation/proof?lang=en&first=2026-03-01&last=2026-03-31").await;
        assert_eq!(proof.status, 200);
        assert_eq!(
            proof.header("content-disposition"),
            Some("attachment; filename=\"proof-2026-03-01-2026-03-31.xlsx\"")
        );
        assert!(proof.body.starts_with(b"PK"));
    }
}

async fn a_form_that_cannot_be_used_says_why(app: App) {
    let mut admin = operator(&app, Role::Admin).await;
    for (path, error) in [
        ("/admin/reconciliation/proof?lang=en&first=2026-03-02&last=2026-03-01", "last-error"),
        ("/admin/reconciliation/proof?lang=en&first=2024-01-01&last=2026-03-01", "last-error"),
        ("/admin/reconciliation/proof?lang=en", "last-error"),
        ("/admin/export?lang=en&from=yesterday&format=csv", "from-error"),
        ("/admin/export?lang=en&campaign=nothing&format=csv", "campaign-error"),
        ("/admin/export?lang=en&format=pdf", "format-error"),
        ("/admin/reconciliation?lang=en&date=today", "date-error"),
    ] {
        let answer = admin.get(path).await;
        assert_eq!(answer.status, 422, "{path}");
        assert!(answer.text().contains(&format!("id=\"{error}\"")), "{path}: {}", answer.text());
    }
    let typed = admin.get("/admin/export?lang=en&from=yesterday&format=csv").await.text();
    assert!(typed.contains("value=\"yesterday\""), "{typed}");
}

async fn a_viewer_sees_the_books_and_changes_nothing(app: App) {
    app.completed().await;
    app.clock.advance(TimeDelta::days(1));
    let mut viewer = operator(&app, Role::Viewer).await;
    for path in ["/admin/reconciliation?lang=en", "/admin/reconciliation?lang=en&date=2026-03-01"] {
        assert!(!page(&mut viewer, path).await.contains("id=\"compare-now\""), "{path}");
    }
    let csrf = viewer.csrf().await;
    let refused = viewer.post("/admin/reconciliation", &[("date", "2026-03-01"), ("csrf", &csrf)]).await;
    assert_eq!(refused.status, 403);
    assert_eq!(app.store().report(Day::parse("2026-03-01").unwrap()).await, Ok(None));
}
