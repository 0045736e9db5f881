//! The administration.

use domain::audit::{AuditAction, AuditOutcome};
use domain::donation::TimelineKind;
use domain::ports::JobStatus;
use domain::reconciliation::{DifferenceKind, ReportStatus};
use domain::{RefundStatus, Review};
use serde_json::{Value, json};

use super::accounts::roles;
use super::donations::{donation, statuses};
use super::operation::{Access, Operation};
use super::schema::{
    date, described, details, extended, flag, input, instant, kzt, line, list_of, number, object, one_of, or_null,
    page_of, reference, tenge, text, uuid,
};
use crate::problem::Code;

const ADMIN: &str = "administration";

pub(super) fn operations() -> Vec<Operation> {
    let mut operations = of_donations();
    operations.extend(of_the_rest());
    operations
}

fn look(path: &'static str, id: &'static str) -> Operation {
    Operation::get(path, (ADMIN, id)).of(Access::Viewer)
}

fn change(path: &'static str, id: &'static str) -> Operation {
    Operation::post(path, (ADMIN, id)).of(Access::Admin)
}

fn of_donations() -> Vec<Operation> {
    vec![
        look("/api/admin/donations", "listAllDonations")
            .does("Everybody's donations, newest first.")
            .paged()
            .query("status", "Only those in this state.", statuses())
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
        change("/api/admin/donations/{id}/resolve", "resolveReview")
            .does("Notes that somebody has looked at what needed looking at.")
            .body("ReviewResolution")
            .answers(200, "The donation.", "DonationStory"),
    ]
}

fn of_the_rest() -> Vec<Operation> {
    let day = "A day in Kazakhstan or an instant.";
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
        look("/api/admin/reconciliation", "readReconciliation")
            .does("A day's comparison with the gateway's books.")
            .required_query("date", "The day, in Kazakhstan.", date())
            .answers(200, "The day, compared or not.", "DayComparison"),
        look("/api/admin/brake", "readBrake").does("Whether new payments are stopped.").answers(
            200,
            "The brake.",
            "Brake",
        ),
        Operation::put("/api/admin/brake", (ADMIN, "setBrake"))
            .does("Stops new payments, or lets them go on.")
            .of(Access::Admin)
            .body("NewBrake")
            .answers(200, "The brake.", "Brake"),
        look("/api/admin/audit", "listAudit")
            .does("Who did what, when and from where, newest first.")
            .paged()
            .query("actor", "An account's id.", uuid())
            .query("action", "Only this action.", actions())
            .query("from", day, text())
            .query("to", "The same; what is at it is not in the list.", text())
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
            "timeline": list_of(&reference("TimelineEntry")),
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

fn reviews() -> Value {
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
    let mut schemas = vec![
        ("Refund", object(refund)),
        ("Job", object(job)),
        ("JobPage", page_of("Job")),
        ("Brake", object(brake)),
        ("AuditEntry", object(audit)),
        ("AuditPage", page_of("AuditEntry")),
    ];
    schemas.extend(reconciliation());
    schemas
}

fn reconciliation() -> Vec<(&'static str, Value)> {
    let tally = json!({
        "orders": number(0), "paid": number(0), "paid_amount": tenge(0), "refunds": number(0), "refunded_amount": tenge(0),
    });
    let difference = json!({
        "kind": one_of(DifferenceKind::ALL.map(DifferenceKind::word)), "donation_id": or_null(uuid()), "order_id": text(),
        "refund_id": or_null(text()), "ours": or_null(text()), "gateway": or_null(text()), "settled": flag(),
    });
    let statuses = ReportStatus::ALL.map(ReportStatus::word).into_iter().chain(["not_compared"]);
    let day = json!({
        "date": date(), "status": one_of(statuses), "started_at": or_null(instant()), "finished_at": or_null(instant()),
        "ours": reference("Tally"), "gateway": reference("Tally"), "foreign_orders": number(0),
        "differences": list_of(&reference("Difference")),
    });
    vec![("Tally", object(tally)), ("Difference", object(difference)), ("DayComparison", object(day))]
}

fn bodies() -> Vec<(&'static str, Value)> {
    vec![
        ("NewRefund", input(json!({"reason": line(1, 255)}), json!({"amount": tenge(1)}))),
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
