//! `GET /api/admin/reconciliation`.

use application::books::{meaning, remedy_text};
use domain::reconciliation::{DifferenceKind, Remedy};
use domain::{Language, Tenge};
use serde_json::json;

use crate::support::App;

on_both_databases!(
    a_day_that_nobody_compared_says_so,
    a_compared_day_is_shown_whole,
    only_administrators_see_it,
    a_date_is_needed_and_has_one_form,
);

const FIRST_DAY: &str = "/api/admin/reconciliation?date=2026-03-01";

/// Of a day on which so many donations were completed, none of which was given back.
fn certificates(number: u64) -> serde_json::Value {
    json!({
        "donations_paid": number, "donations_kept": number, "donations_net": number * 5000, "issued": number,
        "valid": number, "agree": true
    })
}

async fn a_day_that_nobody_compared_says_so(app: App) {
    let admin = app.admin().await;
    let nothing = json!({"orders": 0, "paid": 0, "paid_amount": 0, "refunds": 0, "refunded_amount": 0});
    let shown = app.get(FIRST_DAY).bearer(&admin.token).await.expect(200);
    let expected = json!({
        "date": "2026-03-01", "status": "not_compared", "started_at": null, "finished_at": null, "ours": nothing,
        "gateway": nothing, "foreign_orders": 0, "certificates": certificates(0), "open_differences": 0,
        "differences_left_out": 0, "differences": []
    });
    assert_eq!(shown, expected);
}

async fn a_compared_day_is_shown_whole(app: App) {
    let (id, order) = app.awaiting().await;
    app.gateway.pay(&order, Tenge::new(5000)).unwrap();
    let refund = app.gateway.refund_in_panel(&order, Tenge::new(1000)).unwrap();
    let lost = app.order_there("00000000-0000-0000-0000-00000000004d", 700).await;
    app.order_there("shop-42", 900).await;
    app.compared().await;
    let admin = app.admin().await;
    let shown = app.get(FIRST_DAY).header("accept-language", "en").bearer(&admin.token).await.expect(200);
    let support = json!({"action": "support", "text": remedy_text(Remedy::Support, Language::En), "review": null});
    let now = "2026-03-02T10:00:00.000000Z";
    let ours = json!({"orders": 1, "paid": 1, "paid_amount": 5000, "refunds": 1, "refunded_amount": 1000});
    let gateway = json!({"orders": 2, "paid": 1, "paid_amount": 5000, "refunds": 1, "refunded_amount": 1000});
    let expected = json!({
        "date": "2026-03-01", "status": "done", "started_at": now, "finished_at": now, "ours": ours, "gateway": gateway,
        "foreign_orders": 1, "certificates": certificates(0), "open_differences": 1, "differences_left_out": 0,
        "differences": [
            {
                "kind": "missing_here", "meaning": meaning(DifferenceKind::MissingHere, Language::En), "remedy": support,
                "donation_id": "00000000-0000-0000-0000-00000000004d", "order_id": lost.as_str(),
                "refund_id": null, "ours": null, "gateway": "open, 700 KZT", "settled": false
            },
            {
                "kind": "paid_there_only", "meaning": meaning(DifferenceKind::PaidThereOnly, Language::En),
                "remedy": null, "donation_id": id, "order_id": order.as_str(), "refund_id": null,
                "ours": "open, 5000 KZT", "gateway": "paid, 5000 KZT", "settled": true
            },
            {
                "kind": "refund_missing_here", "meaning": meaning(DifferenceKind::RefundMissingHere, Language::En),
                "remedy": null, "donation_id": id, "order_id": order.as_str(),
                "refund_id": refund.id.as_str(), "ours": null, "gateway": "succeeded, 1000 KZT", "settled": true
            },
        ]
    });
    assert_eq!(shown, expected);
}

async fn only_administrators_see_it(app: App) {
    app.get(FIRST_DAY).await.problem(401, "unauthenticated");
    app.get(FIRST_DAY).bearer("no-token").await.problem(401, "unauthenticated");
    let donor = app.register("donor@example.com").await;
    for path in [FIRST_DAY, "/api/admin/reconciliation"] {
        let refused = app.get(path).bearer(&donor.token).header("accept-language", "kk").await;
        assert_eq!(refused.problem(403, "forbidden")["title"], "Рұқсат жоқ");
    }
    app.call(reqwest::Method::DELETE, FIRST_DAY).await.problem(405, "method_not_allowed");
}

async fn a_date_is_needed_and_has_one_form(app: App) {
    let admin = app.admin().await;
    let queries = [
        "",
        "?date=",
        "?date=today",
        "?date=2026-3-1",
        "?date=2026-02-30",
        "?date=2026-03-01&date=2026-03-01",
        "?date=%00",
    ];
    for query in queries {
        let answer = app.get(&format!("/api/admin/reconciliation{query}")).bearer(&admin.token).await;
        assert_eq!(answer.wrong_fields(), ["date: invalid_date"], "{query}");
    }
}
