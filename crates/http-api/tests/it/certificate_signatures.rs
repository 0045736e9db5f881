//! What is signed of a certificate, and what anybody sees at its address.

use ed25519_dalek::{Signature, VerifyingKey};
use serde_json::{Value, json};

use crate::support::{App, webhook};

on_both_databases!(
    anybody_can_check_a_certificate_with_the_published_key_and_the_documentation,
    the_page_compares_the_papers_signature_with_what_is_on_record,
    a_replaced_certificate_leads_to_the_next_and_a_withdrawn_one_nowhere,
    a_number_that_was_never_given_has_a_page_that_says_so,
    the_document_carries_the_signature_and_the_address,
    the_paper_of_a_forgotten_donor_can_no_longer_be_compared,
    servers_on_one_database_sign_alike,
    a_name_that_cannot_be_set_is_refused_by_letter_on_the_page_too,
);

const NUMBER: &str = "TREE-2026-000001";

/// A text of base64url without padding, decoded by a hand of the test's own.
fn decoded(text: &str) -> Vec<u8> {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(text).unwrap()
}

/// The bytes that `docs/certificates.md` says are signed.
fn message(certificate: &Value) -> Vec<u8> {
    let text = |field: &str| certificate[field].as_str().unwrap().to_owned();
    let fields = [
        text("number"),
        text("name"),
        certificate["trees"].to_string(),
        text("campaign_title"),
        text("issued_on"),
        text("language"),
        if certificate["test_mode"] == true { "test" } else { "real" }.to_owned(),
    ];
    let mut bytes = b"donation-certificate-v1\0".to_vec();
    for field in fields {
        bytes.extend(u32::try_from(field.len()).unwrap().to_be_bytes());
        bytes.extend(field.as_bytes());
    }
    bytes
}

fn verifies(key: &Value, message: &[u8], signature: &Value) -> bool {
    let key: [u8; 32] = decoded(key["public_key"].as_str().unwrap()).try_into().unwrap();
    let signature = Signature::from_slice(&decoded(signature.as_str().unwrap())).unwrap();
    VerifyingKey::from_bytes(&key).unwrap().verify_strict(message, &signature).is_ok()
}

async fn certificate(app: &App, number: &str) -> Value {
    app.get(&format!("/api/certificates/{number}")).await.expect(200)
}

/// The certificate's page in English.
async fn page(app: &App, number: &str, query: &str) -> String {
    let answer = app.get(&format!("/certificates/{number}?lang=en{query}")).header("accept", "text/html").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("x-robots-tag"), Some("noindex"));
    answer.text()
}

async fn anybody_can_check_a_certificate_with_the_published_key_and_the_documentation(app: App) {
    app.completed().await;
    let keys = app.get("/api/certificates/keys").await.expect(200);
    assert_eq!((&keys["algorithm"], keys["items"].as_array().unwrap().len()), (&json!("Ed25519"), 1));
    let key = &keys["items"][0];
    let seen = certificate(&app, NUMBER).await;
    assert_eq!((&seen["key_id"], &key["current"]), (&key["key_id"], &json!(true)));
    assert!(verifies(key, &message(&seen), &seen["signature"]));
    assert_eq!(certificate(&app, NUMBER).await, seen, "the same certificate has the same signature");

    let others = [
        ("number", json!("TREE-2026-000002")),
        ("name", json!("Иван Иванов!")),
        ("trees", json!(11)),
        ("campaign_title", json!("Посадка деревьев.")),
        ("issued_on", json!("2026-03-02")),
        ("language", json!("kk")),
        ("test_mode", json!(true)),
    ];
    for (field, other) in others {
        let mut changed = seen.clone();
        assert_ne!(changed[field], other);
        changed[field] = other;
        assert!(!verifies(key, &message(&changed), &seen["signature"]), "{field}");
    }
}

async fn the_page_compares_the_papers_signature_with_what_is_on_record(app: App) {
    app.completed().await;
    let second = app.guest_donation().await;
    app.ioka(&webhook::captured(&second, "ord_second", 5000)).await.expect(200);
    let signature = |seen: &Value| seen["signature"].as_str().unwrap().to_owned();
    let own = signature(&certificate(&app, NUMBER).await);
    let others = signature(&certificate(&app, "TREE-2026-000002").await);

    let plain = page(&app, NUMBER, "").await;
    for shown in ["This certificate is valid", "Иван Иванов", "10\u{a0}trees", "1 March 2026", NUMBER] {
        assert!(plain.contains(shown), "{shown} in {plain}");
    }
    assert!(!plain.contains("data-signature") && !plain.contains("example.com") && !plain.contains("5\u{202f}000"));
    let card = format!("<meta property=\"og:image\" content=\"https://api.charity.test/certificates/{NUMBER}.png\">");
    assert!(plain.contains(&card), "{plain}");

    assert!(page(&app, NUMBER, &format!("&s={own}")).await.contains("data-signature=\"matches\""));
    let cut = &own[..85];
    for wrong in [others.as_str(), cut, "", "%00", "<script>", &format!("{cut}%3D")] {
        let seen = page(&app, NUMBER, &format!("&s={wrong}")).await;
        assert!(seen.contains("data-signature=\"differs\""), "{wrong}: {seen}");
        assert!(!seen.contains("<script"), "{seen}");
    }
}

async fn a_replaced_certificate_leads_to_the_next_and_a_withdrawn_one_nowhere(app: App) {
    let (_, order) = app.completed().await;
    let picture = app.get(&format!("/certificates/{NUMBER}.png")).await;
    assert_eq!((picture.status, picture.header("content-type")), (200, Some("image/png")));
    assert!(picture.header("cache-control").unwrap().contains("max-age=300"));
    let signature = certificate(&app, NUMBER).await["signature"].as_str().unwrap().to_owned();

    app.ioka(&webhook::refund("REFUND_APPROVED", order.as_str(), ("rfd_1", 1000))).await.expect(200);
    let first = certificate(&app, NUMBER).await;
    assert_eq!((&first["valid"], &first["state"]), (&json!(false), &json!("replaced")));
    assert_eq!(first["replaced_by"], "TREE-2026-000002");
    let seen = page(&app, NUMBER, &format!("&s={signature}")).await;
    assert!(seen.contains("data-state=\"replaced\"") && seen.contains("/certificates/TREE-2026-000002?lang=en"));
    assert!(seen.contains("data-signature=\"matches\""), "it was signed, though it is no longer valid");
    assert!(!seen.contains("og:image"));
    assert_eq!(app.get(&format!("/certificates/{NUMBER}.png")).await.status, 410);
    let second = certificate(&app, "TREE-2026-000002").await;
    assert_eq!(
        (&second["state"], &second["trees"], &second["replaced_by"]),
        (&json!("valid"), &json!(8), &Value::Null)
    );

    app.ioka(&webhook::refund("REFUND_APPROVED", order.as_str(), ("rfd_2", 4000))).await.expect(200);
    let second = certificate(&app, "TREE-2026-000002").await;
    assert_eq!((&second["state"], &second["replaced_by"]), (&json!("withdrawn"), &Value::Null));
    let seen = page(&app, "TREE-2026-000002", "").await;
    assert!(seen.contains("data-state=\"withdrawn\"") && !seen.contains("replaced-by"), "{seen}");
}

async fn a_number_that_was_never_given_has_a_page_that_says_so(app: App) {
    for unknown in
        ["TREE-2026-000001", "keys", "%00", "%ff", "ж", "a%2fb", "..%2f", "TREE-2026-000001.png", &"9".repeat(3000)]
    {
        let answer = app.get(&format!("/certificates/{unknown}?lang=en")).header("accept", "text/html").await;
        assert_eq!(answer.status, 404, "{unknown}");
        assert!(answer.text().contains("<html"), "{unknown}: {}", answer.text());
    }
}

async fn the_document_carries_the_signature_and_the_address(app: App) {
    let (id, _) = app.completed().await;
    let signature = certificate(&app, NUMBER).await["signature"].as_str().unwrap().to_owned();
    let document = app.get(&format!("/api/guest-donations/{id}/certificate")).await.body;
    let text = String::from_utf8_lossy(&document);
    assert!(text.contains(&format!("https://api.charity.test/certificates/{NUMBER}?s={signature}")));
    assert_eq!(text.matches(&format!(".{signature}.")).count(), 2, "in the seal, for readers and in the metadata");
}

async fn the_paper_of_a_forgotten_donor_can_no_longer_be_compared(app: App) {
    let session = app.register("asem@example.com").await;
    let id = app.donation_of(&session, 5000).await;
    app.ioka(&webhook::captured(&id, "ord_asem", 5000)).await.expect(200);
    let signature = certificate(&app, NUMBER).await["signature"].as_str().unwrap().to_owned();
    app.call(reqwest::Method::DELETE, "/api/auth/me").bearer(&session.token).await.nothing();
    let seen = page(&app, NUMBER, &format!("&s={signature}")).await;
    assert!(seen.contains("data-signature=\"forgotten\"") && !seen.contains("Асем"), "{seen}");
}

async fn servers_on_one_database_sign_alike(app: App) {
    app.completed().await;
    // As many as at a start after a deployment, all at once, none of which has signed before.
    let houses: Vec<_> = (0..6).map(|_| app.house()).collect();
    let signers = futures_util::future::join_all(houses.iter().map(|house| house.seals.signer())).await;
    let key = signers[0].as_ref().unwrap().key();
    assert!(signers.iter().all(|signer| signer.as_ref().unwrap().key() == key));
    assert_eq!(certificate(&app, NUMBER).await["key_id"], key.id());
    assert_eq!(app.restarted().get("/api/certificates/keys").await.expect(200)["items"][0]["key_id"], key.id());
}

async fn a_name_that_cannot_be_set_is_refused_by_letter_on_the_page_too(app: App) {
    for strange in ["🌳", "👩\u{200d}🌾", "🇰🇿", "木", "한"] {
        let name = format!("Айгүл {strange} Серікқызы");
        let body = json!({ "amount": 5000, "donor_name": name, "donor_email": "a@example.com" });
        let problem = app.post("/api/guest-donations").json(&body).await.problem(422, "validation_failed");
        let told = problem["errors"][0]["message"].as_str().unwrap();
        let form = [("amount", "5000"), ("donor_name", &name), ("donor_email", "a@example.com"), ("lang", "en")];
        let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let page = app.post("/donate").header("content-type", "application/x-www-form-urlencoded").bytes(form).await;
        assert_eq!(page.status, 422);
        for letter in strange.chars().filter(|letter| *letter != '\u{200d}') {
            assert!(told.contains(letter), "{told}");
            assert!(page.text().contains("A certificate cannot show: "), "{}", page.text());
        }
    }
}
