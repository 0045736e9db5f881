//! `GET /api/admin/reconciliation/proof`.

use std::io::Cursor;

use calamine::{Reader as _, Xlsx};
use domain::{OrderId, Tenge};
use serde_json::{Value, json};

use crate::support::{App, Session, Setup, webhook};

on_both_databases!(
    an_honest_set_agrees,
    a_fault_in_a_table_breaks_the_lines_that_it_stands_in,
    a_second_payment_is_held_until_it_is_given_back,
    the_proof_is_a_workbook_in_the_operators_language,
    a_period_is_asked_for_rightly,
);

set_up_on_both_databases!(play_money_is_proved_by_itself,);

const PERIOD: &str = "from=2026-03-01&to=2026-03-01";

async fn proof(app: &App, admin: &Session) -> Value {
    let path = format!("/api/admin/reconciliation/proof?{PERIOD}&format=json");
    app.get(&path).bearer(&admin.token).await.expect(200)
}

/// The lines that do not agree, by their words.
fn broken(proof: &Value) -> Vec<&str> {
    let lines = proof["lines"].as_array().unwrap();
    assert_eq!(lines.len(), 7);
    let broken = lines.iter().filter(|line| line["verdict"] != "agrees");
    broken.map(|line| line["line"].as_str().unwrap()).collect()
}

/// A donation that was paid on that day, by the gateway's word.
async fn paid(app: &App) -> String {
    let (id, order) = app.awaiting().await;
    app.gateway.pay(&order, Tenge::new(5000)).unwrap();
    let captured = on_the_day(&webhook::captured(&id, order.as_str(), 5000));
    assert_eq!(app.ioka(&captured).await.expect(200)["outcome"], "applied");
    id
}

/// The same news, of the day that is proved.
fn on_the_day(news: &str) -> String {
    news.replace("2026-01-15T", "2026-03-01T")
}

/// Three donations: one whole, one of which a part, one of which all was given back. And one that nobody paid.
async fn honest(app: &App) -> (Session, [String; 3]) {
    let admin = app.admin().await;
    let whole = paid(app).await;
    let part = paid(app).await;
    app.refund(&admin, &part, &json!({"amount": 1200, "reason": "asked"})).await.expect(201);
    let nothing = paid(app).await;
    app.refund(&admin, &nothing, &json!({"reason": "asked"})).await.expect(201);
    app.awaiting().await;
    (admin, [whole, part, nothing])
}

async fn an_honest_set_agrees(app: App) {
    let (admin, _) = honest(&app).await;
    let before = proof(&app, &admin).await;
    assert_eq!(broken(&before), ["gateway"], "the day has not been compared");
    assert_eq!(before["lines"][6]["verdict"], "not_compared");
    app.compared().await;
    let proof = proof(&app, &signed_in_again(&app).await).await;
    assert_eq!(broken(&proof), [""; 0], "{proof:#}");
    let totals = json!({
        "payments": {"number": 3, "amount": 15_000}, "refunds": {"number": 2, "amount": 6_200},
        "donations": {"number": 3, "amount": 15_000}, "given_back": 6_200, "net": {"number": 2, "amount": 8_800},
        "certificates": {"number": 2, "amount": 8_800}, "payments_of_other_amounts": 0
    });
    assert_eq!((&proof["totals"], &proof["test_mode"]), (&totals, &json!(false)));
    let line =
        json!({"line": "payments_donations", "left": 8_800, "right": 8_800, "disagreeing": 0, "verdict": "agrees"});
    assert_eq!(proof["lines"][0], line);
    assert_eq!((&proof["days"][0]["status"], &proof["days"][0]["verdict"]), (&json!("done"), &json!("agrees")));
    assert_eq!((&proof["disagreements"], &proof["differences"]), (&json!([]), &json!([])));
}

/// The clock has gone on for longer than a token counts.
async fn signed_in_again(app: &App) -> Session {
    Session::of(&app.log_in("admin@charity.kz", "correct horse").await.expect(200))
}

async fn a_fault_in_a_table_breaks_the_lines_that_it_stands_in(app: App) {
    let (admin, [whole, part, _]) = honest(&app).await;
    let faults = [
        (
            format!(
                "UPDATE attempts SET state = 'ended', payment_id = NULL, paid_at = NULL WHERE donation_id = '{whole}'"
            ),
            format!(
                "UPDATE attempts SET state = 'paid', paid_at = (SELECT MAX(paid_at) FROM attempts) WHERE donation_id = '{whole}'"
            ),
            vec!["payments_donations", "payments_certificates"],
            &whole,
        ),
        (
            format!("UPDATE donations SET status = 'partially_refunded', refunded_amount = 500 WHERE id = '{whole}'"),
            format!("UPDATE donations SET status = 'completed', refunded_amount = 0 WHERE id = '{whole}'"),
            vec!["payments_donations", "refunds", "donations_certificates"],
            &whole,
        ),
        (
            format!("UPDATE certificates SET trees = 9 WHERE donation_id = '{whole}'"),
            format!("UPDATE certificates SET trees = 10 WHERE donation_id = '{whole}'"),
            vec!["donations_certificates", "payments_certificates"],
            &whole,
        ),
        (
            format!("UPDATE certificates SET status = 'withdrawn' WHERE donation_id = '{whole}'"),
            format!("UPDATE certificates SET status = 'valid' WHERE donation_id = '{whole}'"),
            vec!["donations_certificates", "payments_certificates"],
            &whole,
        ),
        (
            format!("UPDATE refunds SET amount = 1100 WHERE donation_id = '{part}'"),
            format!("UPDATE refunds SET amount = 1200 WHERE donation_id = '{part}'"),
            vec!["payments_donations", "refunds", "payments_certificates"],
            &part,
        ),
    ];
    for (fault, repair, lines, donation) in faults {
        app.execute(&fault);
        let found = proof(&app, &admin).await;
        let expected: Vec<_> = lines.iter().copied().chain(["gateway"]).collect();
        assert_eq!(broken(&found), expected, "{fault}");
        let named = found["disagreements"].as_array().unwrap();
        assert!(named.len() == lines.len() && named.iter().all(|one| one["donation_id"] == **donation), "{found:#}");
        app.execute(&repair);
        assert_eq!(broken(&proof(&app, &admin).await), ["gateway"], "{repair}");
    }
}

async fn a_second_payment_is_held_until_it_is_given_back(app: App) {
    let admin = app.admin().await;
    let (id, first) = app.awaiting().await;
    app.gateway.expire(&first).unwrap();
    app.ioka(&webhook::order_event("ORDER_EXPIRED", &id, first.as_str())).await.expect(200);
    let second = OrderId::new(app.pay(&id).await.expect(200)["order_id"].as_str().unwrap());
    for (order, name) in [(&second, format!("{id}-2")), (&first, id.clone())] {
        app.gateway.pay(order, Tenge::new(5000)).unwrap();
        let captured = on_the_day(&webhook::captured(&name, order.as_str(), 5000));
        assert_eq!(app.ioka(&captured).await.expect(200)["outcome"], "applied");
    }
    let found = proof(&app, &admin).await;
    assert_eq!(broken(&found), ["nothing_superfluous", "gateway"], "{found:#}");
    assert_eq!((&found["lines"][4]["left"], &found["totals"]["payments"]["amount"]), (&json!(5_000), &json!(10_000)));
    app.gateway.refund_in_panel(&second, Tenge::new(5000)).unwrap();
    app.post(&format!("/api/admin/donations/{id}/sync")).bearer(&admin.token).await.expect(200);
    assert_eq!(broken(&proof(&app, &admin).await), ["gateway"]);
}

async fn the_proof_is_a_workbook_in_the_operators_language(app: App) {
    let (admin, [whole, ..]) = honest(&app).await;
    let path = format!("/api/admin/reconciliation/proof?{PERIOD}");
    for (language, names, title, verdict) in [
        ("ru", ["Итоги", "Платежи", "Возвраты", "Сертификаты", "Расхождения"], "Подтверждение сверки", "сходится"),
        (
            "kk",
            ["Қорытынды", "Төлемдер", "Қайтарымдар", "Сертификаттар", "Айырмашылықтар"],
            "Кітаптардың дәлелі",
            "келіседі",
        ),
        ("en", ["Totals", "Payments", "Refunds", "Certificates", "Differences"], "Proof of the books", "agrees"),
    ] {
        let answer = app.get(&path).bearer(&admin.token).header("accept-language", language).await;
        assert_eq!(
            answer.header("content-disposition"),
            Some("attachment; filename=\"proof-2026-03-01-2026-03-01.xlsx\"")
        );
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(answer.body.clone())).unwrap();
        assert_eq!(book.sheet_names(), names);
        let totals = book.worksheet_range(names[0]).unwrap();
        let cells: Vec<String> = totals.rows().flatten().map(ToString::to_string).collect();
        assert_eq!(cells[0], title);
        assert_eq!(cells.iter().filter(|cell| *cell == verdict).count(), 6, "{cells:?}");
        let heights = names.map(|name| book.worksheet_range(name).unwrap().height());
        assert_eq!(heights[1..], [4, 3, 3, 1], "headings, payments, refunds, valid certificates");
        let payments = book.worksheet_range(names[1]).unwrap();
        assert!(payments.rows().any(|row| row[0].to_string() == whole && format!("{}", row[5]) == "5000"));
    }
    let russian = app.get(&path).bearer(&admin.token).await;
    assert_eq!(
        Xlsx::new(Cursor::new(russian.body.clone())).unwrap().sheet_names()[0],
        "Итоги",
        "unless asked otherwise"
    );
}

async fn a_period_is_asked_for_rightly(app: App) {
    let admin = app.admin().await;
    for (query, wrong) in [
        ("", vec!["from: required", "to: required"]),
        ("from=2026-03-01", vec!["to: required"]),
        ("from=2026-03-02&to=2026-03-01", vec!["to: invalid_period"]),
        ("from=2025-01-01&to=2026-01-02", vec!["to: invalid_period"]),
        ("from=2026-03-01&to=2026-03-01&format=csv", vec!["format: unknown_format"]),
    ] {
        let answer = app.get(&format!("/api/admin/reconciliation/proof?{query}")).bearer(&admin.token).await;
        assert_eq!(answer.wrong_fields(), wrong, "{query}");
    }
}

async fn play_money_is_proved_by_itself(setup: Setup) {
    let app = setup.without_ioka().start();
    let admin = app.admin().await;
    let id = app.guest_donation().await;
    app.pay(&id).await.expect(200);
    let found = proof(&app, &admin).await;
    assert_eq!((&found["test_mode"], &found["totals"]["net"]["amount"]), (&json!(true), &json!(5_000)));
    assert_eq!(broken(&found), ["gateway"]);
    assert_eq!(app.kept(&id).await.gift.amount, Tenge::new(5_000));
}
