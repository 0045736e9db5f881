//! Donations, their payments and certificates.

use domain::donation::DeclineReason;
use domain::{DonationStatus, Language};
use serde_json::{Value, json};

use super::operation::{Access, Operation};
use super::schema::{
    described, flag, input, instant, kzt, line, number, object, one_of, or_null, page_of, reference_or_null, tenge,
    text, uuid,
};
use crate::problem::Code;

const DONATIONS: &str = "donations";
const GUESTS: &str = "guest donations";

pub(super) fn statuses() -> Value {
    one_of(DonationStatus::ALL.map(DonationStatus::word))
}

pub(super) fn languages() -> Value {
    one_of(Language::ALL.map(Language::code))
}

pub(super) fn operations() -> Vec<Operation> {
    let mut operations = of_accounts();
    operations.extend(of_guests());
    operations
}

fn of_accounts() -> Vec<Operation> {
    let own = "/api/donations";
    vec![
        Operation::get(own, (DONATIONS, "listDonations"))
            .does("The caller's own donations, newest first.")
            .of(Access::SignedIn)
            .paged()
            .query("status", "Only those in this state.", statuses())
            .answers(200, "A page of them.", "DonationPage"),
        created(Operation::post(own, (DONATIONS, "createDonation")))
            .does("Makes a donation of the caller's.")
            .of(Access::SignedIn)
            .body("NewDonation"),
        shown(Operation::get("/api/donations/{id}", (DONATIONS, "readDonation"))).of(Access::SignedIn),
        paid(Operation::post("/api/donations/{id}/payment", (DONATIONS, "startPayment"))).of(Access::SignedIn),
        cancelled(Operation::post("/api/donations/{id}/cancel", (DONATIONS, "cancelDonation"))).of(Access::SignedIn),
        certificate(Operation::get("/api/donations/{id}/certificate", (DONATIONS, "readDonationCertificate")))
            .of(Access::SignedIn),
    ]
}

fn of_guests() -> Vec<Operation> {
    vec![
        created(Operation::post("/api/guest-donations", (GUESTS, "createGuestDonation")))
            .does("Makes a donation of somebody without an account.")
            .body("NewGuestDonation"),
        shown(Operation::get("/api/guest-donations/{id}", (GUESTS, "readGuestDonation"))),
        paid(Operation::post("/api/guest-donations/{id}/payment", (GUESTS, "startGuestPayment"))),
        cancelled(Operation::post("/api/guest-donations/{id}/cancel", (GUESTS, "cancelGuestDonation"))),
        certificate(Operation::get("/api/guest-donations/{id}/certificate", (GUESTS, "readGuestDonationCertificate"))),
    ]
}

fn created(operation: Operation) -> Operation {
    operation
        .note(
            "Only `trees`: the amount is the trees times the campaign's price. Only `amount`: the trees are the amount divided by the price, \
             rounded down. Both must agree exactly.",
        )
        .repeatable()
        .problems(&[Code::RateLimited])
        .answers(201, "The donation, not yet paid.", "Donation")
        .with_header(201, "Location")
}

fn shown(operation: Operation) -> Operation {
    operation.does("Shows a donation.").answers(200, "The donation.", "Donation")
}

fn paid(operation: Operation) -> Operation {
    operation
        .does("Starts a payment, or gives the one that can still be paid.")
        .note("The donor is sent to `checkout_url`. Asked again, it gives the same order for as long as that can be paid.")
        .repeatable()
        .asks_the_gateway()
        .problems(&[Code::AlreadyPaid, Code::RateLimited, Code::PaymentsPaused])
        .answers(200, "Where to pay.", "StartedPayment")
}

fn cancelled(operation: Operation) -> Operation {
    operation.does("Cancels a donation that has not been paid.").problems(&[Code::InvalidState]).answers(
        200,
        "The donation, cancelled.",
        "Donation",
    )
}

fn certificate(operation: Operation) -> Operation {
    operation
        .does("The certificate's document.")
        .problems(&[Code::CertificateNotFound, Code::CertificateRevoked])
        .answers_bytes(200, "The document (PDF/A).", &["application/pdf"])
        .with_header(200, "Content-Disposition")
}

pub(super) fn schemas() -> Vec<(&'static str, Value)> {
    let certificate = json!({"number": text(), "url": text(), "verify_url": text()});
    let failure = json!({"code": one_of(DeclineReason::ALL.map(DeclineReason::word)), "message": text()});
    let payment = json!({
        "success": {"const": true}, "checkout_url": text(), "order_id": text(), "donation_id": uuid(), "status": statuses(),
    });
    vec![
        ("Donation", donation()),
        ("DonationPage", page_of("Donation")),
        ("DonationCertificate", object(certificate)),
        ("Failure", described(object(failure), "Why the payment failed, worded for the donor.")),
        ("StartedPayment", object(payment)),
        ("NewDonation", input(json!({}), gift())),
        ("NewGuestDonation", input(json!({"donor_name": line(1, 120), "donor_email": email()}), gift())),
    ]
}

pub(super) fn email() -> Value {
    json!({"type": "string", "format": "idn-email", "maxLength": 254})
}

pub(super) fn donation() -> Value {
    object(json!({
        "id": uuid(), "status": statuses(), "amount": tenge(1), "currency": kzt(), "trees": number(0), "campaign": text(),
        "donor_name": text(), "donor_email": described(text(), "Masked everywhere but for an administrator."),
        "message": or_null(text()), "anonymous": flag(), "language": languages(), "payment_order_id": or_null(text()),
        "checkout_url": or_null(text()), "failure": reference_or_null("Failure"), "refunded_amount": tenge(0),
        "test_mode": described(flag(), "Whether no money moves."), "certificate": reference_or_null("DonationCertificate"),
        "created_at": instant(), "updated_at": instant(), "completed_at": or_null(instant()),
    }))
}

/// What is given; `amount`, `trees` or both.
fn gift() -> Value {
    json!({
        "amount": tenge(1), "trees": json!({"type": "integer", "minimum": 1, "maximum": i32::MAX}),
        "campaign": described(text(), "The campaign's slug; the first open campaign if it is left out."),
        "message": line(0, 500), "certificate_name": line(1, 120), "anonymous": flag(), "language": languages(),
    })
}
