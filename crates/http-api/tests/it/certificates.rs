//! The certificate as a document.

use serde_json::json;

use crate::support::{App, webhook};

on_both_databases!(
    there_is_a_document_once_the_donation_is_paid,
    the_document_of_a_donation_that_was_given_back_is_gone,
    an_accounts_document_is_its_own,
    a_name_that_no_certificate_can_show_is_refused_when_it_is_given,
);

async fn there_is_a_document_once_the_donation_is_paid(app: App) {
    let (id, order) = app.awaiting().await;
    let path = format!("/api/guest-donations/{id}/certificate");
    app.get(&path).await.problem(404, "certificate_not_found");
    app.ioka(&webhook::captured(&id, order.as_str(), 5000)).await.expect(200);
    let document = app.get(&path).await;
    assert_eq!((document.status, document.header("content-type")), (200, Some("application/pdf")));
    assert!(document.body.starts_with(b"%PDF-"));
    assert!(document.header("content-disposition").unwrap().contains("TREE-2026-000001.pdf"));
    assert_eq!(app.get(&path).await.body, document.body, "the same donation has the same bytes");
    assert!(app.shown(&id).await["certificate"]["url"].as_str().unwrap().ends_with(&path));
}

async fn the_document_of_a_donation_that_was_given_back_is_gone(app: App) {
    let (id, order) = app.completed().await;
    let path = format!("/api/guest-donations/{id}/certificate");
    let whole = app.get(&path).await.body;
    app.ioka(&webhook::refund("REFUND_APPROVED", order.as_str(), ("rfd_1", 1000))).await.expect(200);
    let part = app.get(&path).await;
    assert_eq!(part.status, 200);
    assert_ne!(part.body, whole, "a certificate of fewer trees stands for what is left");
    app.ioka(&webhook::refund("REFUND_APPROVED", order.as_str(), ("rfd_2", 4000))).await.expect(200);
    app.get(&path).await.problem(410, "certificate_revoked");
}

async fn an_accounts_document_is_its_own(app: App) {
    let (owner, other) = (app.register("owner@example.com").await, app.register("other@example.com").await);
    let id = app.donation_of(&owner, 5000).await;
    app.ioka(&webhook::captured(&id, "ord_of_the_owner", 5000)).await.expect(200);
    let path = format!("/api/donations/{id}/certificate");
    assert_eq!(app.get(&path).bearer(&owner.token).await.status, 200);
    app.get(&path).bearer(&other.token).await.problem(404, "not_found");
    app.get(&path).await.problem(401, "unauthenticated");
    app.get(&format!("/api/guest-donations/{id}/certificate")).await.problem(404, "not_found");
}

async fn a_name_that_no_certificate_can_show_is_refused_when_it_is_given(app: App) {
    let donation = |name: &str| json!({ "amount": 5000, "donor_name": name, "donor_email": "a@example.com" });
    let refused = app.post("/api/guest-donations").json(&donation("Айгүл 🌳")).await;
    let problem = refused.problem(422, "validation_failed");
    assert_eq!(problem["errors"][0]["field"], "donor_name");
    assert!(problem["errors"][0]["message"].as_str().unwrap().contains('🌳'), "{problem}");

    let mut named = donation("Айгүл 🌳");
    named["certificate_name"] = json!("Айгүл");
    app.post("/api/guest-donations").json(&named).await.expect(201);
    named["certificate_name"] = json!("林");
    let problem = app.post("/api/guest-donations").json(&named).await.problem(422, "validation_failed");
    assert_eq!(problem["errors"][0]["field"], "certificate_name");
    named["certificate_name"] = json!("  ");
    assert_eq!(app.post("/api/guest-donations").json(&named).await.wrong_fields(), ["certificate_name: blank"]);
}
