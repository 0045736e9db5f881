//! What anybody may know, webhooks, and whether the server works.

use domain::{CertificateStatus, PictureKind};
use serde_json::{Value, json};

use super::donations::languages;
use super::operation::{Access, Operation};
use super::schema::{
    date, described, extended, flag, instant, kzt, list_of, number, object, object_with, one_of, or_null, page_of,
    reference, reference_or_null, tenge, text,
};
use crate::problem::Code;

pub(super) fn operations() -> Vec<Operation> {
    let mut operations = campaigns();
    operations.extend(certificates());
    operations.extend(health());
    operations.extend(document());
    operations.push(webhook());
    operations
}

fn campaigns() -> Vec<Operation> {
    let get = |path, id| Operation::get(path, ("campaigns", id));
    vec![
        get("/api/campaigns", "listCampaigns").does("Every campaign.").answers(200, "All on one page.", "CampaignPage"),
        get("/api/campaigns/{slug}", "readCampaign").does("A campaign, with its latest donations.").answers(
            200,
            "The campaign.",
            "CampaignWithLatest",
        ),
        get("/campaigns/{slug}/picture-{name}", "readCampaignPicture")
            .does("A campaign's picture, as its `picture.url` names it.")
            .answers_bytes(200, "The picture.", &PictureKind::ALL.map(PictureKind::media_type)),
        get("/api/stats", "readStats").does("What was given for all campaigns together.").answers(
            200,
            "The sums.",
            "Stats",
        ),
        get("/api/config", "readConfig").does("What a form for donations needs.").answers(
            200,
            "The settings.",
            "Config",
        ),
        get("/widget.js", "readWidget")
            .does("The script of the button that other sites' pages show.")
            .answers_bytes(200, "The script.", &["application/javascript"])
            .answers_nothing(304, "It is the one that the caller has (`If-None-Match`).")
            .problems(&[Code::BadRequest]),
    ]
}

fn certificates() -> Vec<Operation> {
    vec![
        Operation::get("/api/certificates/{number}", ("certificates", "readCertificate"))
            .does("Whether a certificate is valid, and what it says.")
            .answers(200, "The certificate.", "Certificate"),
        Operation::get("/api/certificates/keys", ("certificates", "listCertificateKeys"))
            .does("The public keys that certificates' signatures are checked with.")
            .answers(200, "The present one first.", "CertificateKeys"),
    ]
}

fn health() -> Vec<Operation> {
    let get = |path, id| Operation::get(path, ("health", id));
    let ready = |path, id| {
        get(path, id)
            .does("Whether the server can be sent requests, and how its parts are.")
            .answers(200, "It can.", "Health")
            .unhealthy("Health")
    };
    vec![
        get("/health/live", "isLive").does("200 while the process runs.").answers(200, "It runs.", "Live"),
        ready("/health/ready", "isReady"),
        ready("/health", "isHealthy"),
    ]
}

fn document() -> Vec<Operation> {
    let get = |path, id| Operation::get(path, ("this document", id));
    vec![
        get("/api/openapi.json", "readDocument").does("This document.").answers(200, "OpenAPI 3.1.", "AnyObject"),
        get("/api/docs", "readDocumentPage").does("This document as a page.").answers_bytes(
            200,
            "The page.",
            &["text/html"],
        ),
    ]
}

fn webhook() -> Operation {
    Operation::post("/api/webhooks/ioka", ("webhooks", "receiveWebhook"))
        .does("The gateway tells of a payment.")
        .note(
            "`X-Signature` is over the JSON with its keys sorted, `X-Ioka-Signature` over the bytes of the body; one of the two, not both. A \
             delivery that comes again is a `duplicate`. A 5xx means that it was not kept and should come again.",
        )
        .of(Access::Gateway)
        .signed_body("Webhook")
        .answers(200, "It is kept.", "WebhookReceipt")
}

pub(super) fn schemas() -> Vec<(&'static str, Value)> {
    let mut schemas = of_campaigns();
    schemas.extend(of_certificates());
    schemas.extend(of_health());
    let outcome = one_of(["applied", "duplicate", "ignored", "unmatched"]);
    let webhook = "An event of the gateway's own dialect (`order`, `payment`, `refund`) or of the guide's (`object`).";
    schemas.push(("WebhookReceipt", object(json!({"received": {"const": true}, "outcome": outcome}))));
    schemas.push((
        "Webhook",
        described(json!({"type": "object", "properties": {"event": text()}, "required": ["event"]}), webhook),
    ));
    schemas.push(("AnyObject", json!({"type": "object"})));
    schemas
}

fn of_campaigns() -> Vec<(&'static str, Value)> {
    let presets = list_of(&tenge(1));
    let state = one_of(["upcoming", "open", "closed"]);
    let form = json!({
        "slug": text(), "title": reference("Localised"), "price_per_tree": tenge(1), "presets": presets, "state": state,
    });
    let donation = json!({
        "name": described(or_null(text()), "Null if the donor is not to be named."), "amount": tenge(1), "trees": number(0),
        "message": or_null(text()), "completed_at": instant(),
    });
    let config = json!({
        "currency": kzt(), "limits": object(json!({"min": tenge(1), "max": tenge(1)})), "languages": list_of(&languages()),
        "presets": presets, "campaigns": list_of(&reference("CampaignForForm")), "payments_are_real": flag(),
    });
    let stats = json!({
        "raised": tenge(0), "trees": number(0), "donors": number(0), "donations": number(0), "currency": kzt(),
    });
    vec![
        ("Localised", object(json!({"kk": text(), "ru": text(), "en": text()}))),
        ("Picture", object(json!({"url": reference("Localised"), "alt": reference("Localised")}))),
        ("Campaign", campaign()),
        ("CampaignPage", page_of("Campaign")),
        ("CampaignWithLatest", with_latest()),
        ("CampaignForForm", object(form)),
        ("PublicDonation", object(donation)),
        ("Config", object(config)),
        ("Stats", object(stats)),
    ]
}

pub(super) fn with_latest() -> Value {
    extended(&campaign(), json!({"latest": list_of(&reference("PublicDonation"))}))
}

pub(super) fn campaign() -> Value {
    object(json!({
        "slug": text(), "title": reference("Localised"), "text": reference("Localised"), "picture": reference_or_null("Picture"),
        "price_per_tree": tenge(1), "currency": kzt(), "goal": or_null(tenge(1)), "presets": list_of(&tenge(1)),
        "starts_at": or_null(instant()), "ends_at": or_null(instant()), "state": one_of(["upcoming", "open", "closed"]),
        "raised": described(number(0), "Whole tenge, without what was given back."), "trees": number(0), "donors": number(0),
    }))
}

fn of_certificates() -> Vec<(&'static str, Value)> {
    let certificate = json!({
        "number": text(), "valid": flag(), "state": one_of(CertificateStatus::ALL.map(CertificateStatus::word)),
        "replaced_by": or_null(text()), "name": text(), "trees": number(0), "campaign": text(), "campaign_title": text(),
        "issued_at": instant(), "issued_on": date(), "language": languages(), "test_mode": flag(),
        "signature": described(text(), "Ed25519 over everything that it shows."), "key_id": text(),
    });
    let key = json!({"key_id": text(), "public_key": described(text(), "32 bytes in base64url."), "current": flag()});
    let keys = json!({"algorithm": {"const": "Ed25519"}, "items": list_of(&object(key))});
    vec![("Certificate", object(certificate)), ("CertificateKeys", object(keys))]
}

fn of_health() -> Vec<(&'static str, Value)> {
    let status = || one_of(["ok", "degraded", "down"]);
    let part = |optional| object_with(json!({"status": status()}), optional);
    let outside = part(json!({"last_ok_at": instant(), "failing_since": instant()}));
    let components = json!({
        "database": part(json!({})), "migrations": part(json!({})), "gateway": outside, "mail": outside,
        "job_queue": part(json!({"due": number(0), "oldest_due_at": instant()})),
        "reconciliation": part(json!({"day": date(), "differences": number(0)})),
    });
    let health = json!({
        "status": one_of(["ready", "not_ready", "draining"]),
        "database": one_of(["current", "migrations_pending", "unavailable"]), "components": object(components),
    });
    vec![("Health", object(health)), ("Live", object(json!({"status": {"const": "live"}})))]
}
