//! The administration.

use domain::audit::{AuditAction, AuditOutcome};
use domain::donation::TimelineKind;
use domain::ports::{DeliveryOutcome, JobStatus};
use domain::{RefundStatus, Review};
use serde_json::{Value, json};

use super::accounts::roles;
use super::donations::{donation, statuses};
use super::operation::{Access, Operation};
use super::schema::{
    described, details, extended, flag, input, instant, kzt, line, list_of, number, object, one_of, or_null, page_of,
    reference, strict_input, tenge, text, uuid,
};
use crate::problem::Code;

const ADMIN: &str = "administration";

pub(super) fn operations() -> Vec<Operation> {
    let mut operations = of_donations();
    operations.extend(of_deliveries());
    operations.extend(of_the_rest());
    operations
}

pub(super) fn look(path: &'static str, id: &'static str) -> Operation {
    Operation::get(path, (ADMIN, id)).of(Access::Viewer)
}

pub(super) fn change(path: &'static str, id: &'static str) -> Operation {
    Operation::post(path, (ADMIN, id)).of(Access::Admin)
}

fn of_donations() -> Vec<Operation> {
    vec![
        look("/api/admin/donations", "listAllDonations")
            .does("Everybody's donations, newest first.")
            .paged()
            .filtered()
            .query("flagged", "Only those that wait for a person.", flag())
            .answers(200, "A page of them.", "ReviewedDonationPage"),
        look("/api/admin/donations/{id}", "readDonationStory")
            .does("A donation with everything that belongs to it.")
            .answers(200, "The donation.", "DonationStory"),
        change("/api/admin/donations/{id}/refund", "refundDonation")
            .does("Gives money back, all that is left if no amount is named.")
            .body("NewRefund")
            .repeatable()
            .asks_the_gateway()
            .problems(&[Code::InvalidState, Code::RefundExceedsPaid])
            .answers(201, "The refund.", "Refund"),
        change("/api/admin/donations/{id}/receipt", "sendReceipt")
            .does("Sends the certificate to the donor again.")
            .problems(&[Code::InvalidState])
            .answers(202, "The job that sends it.", "Job"),
        change("/api/admin/donations/{id}/sync", "syncDonation")
            .does("Asks the gateway now, and applies what it says.")
            .asks_the_gateway()
            .answers(200, "The donation.", "DonationStory"),
        change("/api/admin/donations/{id}/certificate-name", "correctCertificateName")
            .does("Has another certificate made with another name on it.")
            .body("NameCorrection")
            .problems(&[Code::InvalidState])
            .answers(200, "The donation.", "DonationStory"),
        change("/api/admin/donations/{id}/resolve", "resolveReview")
            .does("Notes that somebody has looked at what needed looking at.")
            .body("ReviewResolution")
            .answers(200, "The donation.", "DonationStory"),
    ]
}

/// A day in Kazakhstan, which is its first instant, or an instant.
const FROM: &str = "A day in Kazakhstan, which is its first instant, or an instant (RFC 3339).";
const TO: &str = "The same; what is at it is not in the list.";

impl Operation {
    /// What narrows a list of donations.
    pub(super) fn filtered(self) -> Self {
        self.query("status", "Only those in this state.", statuses())
            .query(
                "q",
                "Only those with this in the name, the e-mail address, an id or the certificate's number.",
                line(1, 120),
            )
            .query("campaign", "Only those for this campaign.", text())
            .query("from", FROM, text())
            .query("to", TO, text())
            .query("min_amount", "Only those of at least so much.", tenge(0))
            .query("max_amount", "Only those of at most so much.", tenge(0))
    }
}

fn of_deliveries() -> Vec<Operation> {
    vec![
        look("/api/admin/webhooks", "listDeliveries")
            .does("Every webhook as it came, newest first.")
            .paged()
            .query(
                "outcome",
                "Only those of which this became.",
                one_of(DeliveryOutcome::ALL.map(DeliveryOutcome::word)),
            )
            .query("donation", "Only those about the donation of this id.", uuid())
            .answers(200, "A page of them.", "DeliveryPage"),
        look("/api/admin/webhooks/{id}", "readDelivery").does("One of them.").answers(200, "The delivery.", "Delivery"),
        change("/api/admin/webhooks/{id}/replay", "replayDelivery")
            .does("Applies it again.")
            .problems(&[Code::InvalidState])
            .answers(200, "What became of it.", "Replay"),
    ]
}

fn of_the_rest() -> Vec<Operation> {
    vec![
        look("/api/admin/jobs", "listJobs")
            .does("Background work, newest first.")
            .paged()
            .query("status", "Only those in this state.", one_of(JobStatus::ALL.map(JobStatus::word)))
            .answers(200, "A page of it.", "JobPage"),
        change("/api/admin/jobs/{id}/retry", "retryJob")
            .does("Tries a parked job again.")
            .problems(&[Code::InvalidState])
            .answers(202, "The job, due at once.", "Job"),
        look("/api/admin/brake", "readBrake").does("Whether new payments are stopped.").answers(
            200,
            "The brake.",
            "Brake",
        ),
        change("/api/admin/brake", "setBrake")
            .by("put")
            .does("Stops new payments, or lets them go on.")
            .body("NewBrake")
            .answers(200, "The brake.", "Brake"),
        look("/api/admin/audit", "listAudit")
            .does("Who did what, when and from where, newest first.")
            .paged()
            .query("actor", "An account's id.", uuid())
            .query("action", "Only this action.", actions())
            .query("from", FROM, text())
            .query("to", TO, text())
            .answers(200, "A page of it.", "AuditPage"),
    ]
}

fn actions() -> Value {
    one_of(AuditAction::ALL.map(AuditAction::word))
}

pub(super) fn schemas() -> Vec<(&'static str, Value)> {
    let mut schemas = about_donations();
    schemas.extend(about_the_rest());
    schemas.extend(bodies());
    schemas
}

fn about_donations() -> Vec<(&'static str, Value)> {
    let review = json!({
        "review": reviews(), "subject": text(), "raised_at": instant(), "resolved_at": or_null(instant()),
        "resolved_by": or_null(text()), "note": or_null(text()),
    });
    let order = json!({
        "attempt": number(1), "external_id": text(), "order_id": or_null(text()),
        "state": one_of(["prepared", "open", "ended", "paid", "mismatched"]), "payment_id": or_null(text()),
        "paid_at": or_null(instant()), "started_at": instant(), "due_at": instant(),
    });
    let entry = json!({
        "at": instant(), "kind": one_of(TimelineKind::ALL.map(TimelineKind::word)),
        "actor": described(text(), "`guest`, `gateway`, `system`, or `account:` and its id."), "request_id": or_null(text()),
        "from": statuses(), "to": statuses(), "details": details(),
    });
    let reviewed = extended(&donation(), json!({"review": list_of(&reference("Review"))}));
    let story = extended(
        &reviewed,
        json!({
            "orders": list_of(&reference("Order")), "refunds": list_of(&reference("Refund")), "jobs": list_of(&reference("Job")),
            "timeline": list_of(&reference("TimelineEntry")), "deliveries": list_of(&reference("Delivery")),
        }),
    );
    vec![
        ("Review", described(object(review), "Something that a person must look at.")),
        ("Order", described(object(order), "An order at the gateway.")),
        ("TimelineEntry", object(entry)),
        ("ReviewedDonation", reviewed),
        ("ReviewedDonationPage", page_of("ReviewedDonation")),
        ("DonationStory", story),
    ]
}

pub(super) fn reviews() -> Value {
    one_of(Review::ALL.map(Review::word))
}

fn about_the_rest() -> Vec<(&'static str, Value)> {
    let refund = json!({
        "id": uuid(), "status": one_of(RefundStatus::ALL.map(RefundStatus::word)), "amount": tenge(1), "currency": kzt(),
        "reason": described(or_null(text()), "Null if it was made in the gateway's panel."),
        "payment": or_null(one_of(["kept", "superfluous"])), "attempt": number(1), "gateway_refund_id": or_null(text()),
        "created_at": instant(),
    });
    let job = json!({
        "id": uuid(), "donation_id": or_null(uuid()), "account_id": or_null(uuid()), "kind": text(), "refund_id": or_null(uuid()),
        "status": one_of(JobStatus::ALL.map(JobStatus::word)), "tries": number(0),
        "due_at": described(instant(), "When it is due, or its lease ends; of one that has ended, when it did."),
        "queued_at": instant(), "note": or_null(text()),
    });
    let brake = json!({
        "on": flag(), "reason": or_null(text()), "changed_at": or_null(instant()), "changed_by": or_null(text()),
    });
    let audit = json!({
        "id": uuid(), "at": instant(), "actor": one_of(["account", "nobody", "command_line"]), "account_id": or_null(uuid()),
        "role": or_null(roles()), "action": actions(), "target": or_null(text()),
        "outcome": one_of(AuditOutcome::ALL.map(AuditOutcome::word)), "status": or_null(number(100)), "address": or_null(text()),
        "request_id": or_null(text()), "details": details(),
    });
    let delivery = json!({
        "id": uuid(), "received_at": instant(), "dialect": text(), "event": text(),
        "outcome": one_of(DeliveryOutcome::ALL.map(DeliveryOutcome::word)), "donation_id": or_null(uuid()), "copies": number(0),
        "request_id": or_null(text()), "body": described(text(), "Without what is nobody's business."),
    });
    let outcome = one_of(["applied", "duplicate", "ignored", "unmatched"]);
    vec![
        ("Delivery", object(delivery)),
        ("DeliveryPage", page_of("Delivery")),
        ("Replay", object(json!({"outcome": outcome, "delivery": reference("Delivery")}))),
        ("Refund", object(refund)),
        ("Job", object(job)),
        ("JobPage", page_of("Job")),
        ("Brake", object(brake)),
        ("AuditEntry", object(audit)),
        ("AuditPage", page_of("AuditEntry")),
    ]
}

fn bodies() -> Vec<(&'static str, Value)> {
    vec![
        ("NewRefund", input(json!({"reason": line(1, 255)}), json!({"amount": tenge(1)}))),
        ("NameCorrection", strict_input(json!({"name": line(1, 120), "reason": line(1, 255)}), json!({}))),
        ("ReviewResolution", input(json!({"review": reviews(), "note": line(1, 500)}), json!({}))),
        (
            "NewBrake",
            described(
                input(json!({"on": flag()}), json!({"reason": line(0, 500)})),
                "A brake that is pulled needs a reason.",
            ),
        ),
    ]
}
