//! Exports, and the comparison with the gateway's books.

use domain::reconciliation::{DifferenceKind, ReportStatus};
use serde_json::{Value, json};

use super::admin::{change, look, reviews};
use super::donations::languages;
use super::operation::Operation;
use super::schema::{
    date, described, extended, flag, input, instant, list_of, number, object, one_of, or_null, reference,
    reference_or_null, tenge, text, uuid,
};

const SHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub(super) fn operations() -> Vec<Operation> {
    vec![
        look("/api/admin/reconciliation", "readReconciliation")
            .does("A day's comparison with the gateway's books, or a month's.")
            .query("date", "The day, in Kazakhstan; or else `month`.", date())
            .query("month", "The month, as `2026-11`.", month())
            .query("lang", "The language of the texts.", languages())
            .answers(200, "The day, compared or not, or the month.", "Comparison"),
        change("/api/admin/reconciliation", "compareDay")
            .does("Compares a day now, in the background.")
            .body("DayToCompare")
            .answers(202, "The day as it stands; reading it tells how far it is.", "DayComparison"),
        look("/api/admin/reconciliation/proof", "readProof")
            .does("That payments, donations and certificates are of the same money.")
            .query("format", "A workbook, if nothing else is said.", one_of(["xlsx", "json"]))
            .required_query("from", "The first day, in Kazakhstan.", date())
            .required_query("to", "The last day.", date())
            .query("lang", "The language of the texts.", languages())
            .answers(200, "The proof.", "Proof")
            .or_bytes(200, &[SHEET]),
        look("/api/admin/export", "exportDonations")
            .does("Donations as a file, however many.")
            .note("What fails half-way ends the connection before the last chunk. A cell that begins like a formula is defused.")
            .required_query("format", "Which kind of file.", one_of(["csv", "xlsx"]))
            .filtered()
            .query("flagged", "Only those that wait for a person.", flag())
            .query("lang", "The language of the headings.", languages())
            .answers_bytes(200, "The file.", &["text/csv", SHEET])
            .with_header(200, "Content-Disposition"),
    ]
}

fn month() -> Value {
    json!({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"})
}

pub(super) fn schemas() -> Vec<(&'static str, Value)> {
    let tally = json!({
        "orders": number(0), "paid": number(0), "paid_amount": tenge(0), "refunds": number(0), "refunded_amount": tenge(0),
    });
    let certificates = json!({
        "donations_paid": number(0), "donations_kept": number(0), "donations_net": net(), "issued": number(0),
        "valid": number(0), "agree": flag(),
    });
    let totals = json!({
        "days_compared": number(0), "days_not_compared": number(0), "ours": reference("Tally"), "gateway": reference("Tally"),
        "certificates": reference("CertificateTally"), "open_differences": number(0),
    });
    let month = json!({"month": month(), "days": list_of(&reference("DayComparison")), "totals": object(totals)});
    let remedy = json!({"action": text(), "text": text(), "review": or_null(reviews())});
    vec![
        ("Tally", object(tally)),
        ("CertificateTally", object(certificates)),
        ("Remedy", described(object(remedy), "What settles it.")),
        ("Difference", difference()),
        ("DayComparison", day()),
        ("MonthComparison", object(month)),
        ("Comparison", json!({"oneOf": [reference("DayComparison"), reference("MonthComparison")]})),
        ("DayToCompare", input(json!({"date": date()}), json!({}))),
        ("Proof", proof()),
    ]
}

fn net() -> Value {
    described(json!({"type": "integer"}), "Whole tenge.")
}

fn difference() -> Value {
    object(json!({
        "kind": one_of(DifferenceKind::ALL.map(DifferenceKind::word)), "meaning": text(), "donation_id": or_null(uuid()),
        "order_id": text(), "refund_id": or_null(text()), "ours": or_null(text()), "gateway": or_null(text()),
        "settled": flag(), "remedy": reference_or_null("Remedy"),
    }))
}

fn comparison_statuses() -> Value {
    one_of(ReportStatus::ALL.map(ReportStatus::word).into_iter().chain(["not_compared"]))
}

fn day() -> Value {
    object(json!({
        "date": date(), "status": comparison_statuses(), "started_at": or_null(instant()), "finished_at": or_null(instant()),
        "ours": reference("Tally"), "gateway": reference("Tally"), "foreign_orders": number(0),
        "certificates": reference("CertificateTally"), "open_differences": number(0), "differences_left_out": number(0),
        "differences": list_of(&reference("Difference")),
    }))
}

fn proof() -> Value {
    let sum = object(json!({"number": number(0), "amount": net()}));
    let totals = json!({
        "payments": sum, "refunds": sum, "donations": sum, "given_back": net(), "net": sum, "certificates": sum,
        "payments_of_other_amounts": number(0),
    });
    let line = json!({"line": text(), "left": net(), "right": net(), "disagreeing": number(0), "verdict": text()});
    let disagreement = json!({"line": text(), "donation_id": uuid(), "left": net(), "right": net()});
    let day = json!({
        "date": date(), "status": comparison_statuses(), "ours": reference("Tally"), "gateway": reference("Tally"),
        "open_differences": number(0), "verdict": text(),
    });
    object(json!({
        "from": date(), "to": date(), "made_at": instant(), "test_mode": flag(), "totals": object(totals),
        "lines": list_of(&object(line)), "disagreements": list_of(&object(disagreement)), "disagreements_left_out": number(0),
        "days": list_of(&object(day)), "differences": list_of(&extended(&difference(), json!({"date": date()}))),
    }))
}
