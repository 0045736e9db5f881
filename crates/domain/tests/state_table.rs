//! Every state × every event, printed into `docs/donation-states.md`.
#![expect(clippy::unwrap_used, reason = "a test reports by panicking")]

mod support;

use domain::donation::{DonationEvent, Verdict};
use domain::{Donation, DonationStatus};
use support::*;

fn in_state(status: DonationStatus) -> Donation {
    let donation = match status {
        DonationStatus::Pending => started(),
        DonationStatus::AwaitingPayment => after(started(), &[created(1)]),
        DonationStatus::Failed => after(started(), &[created(1), declined(1, 1)]),
        DonationStatus::Cancelled => after(started(), &[created(1), ended(1)]),
        DonationStatus::Completed => after(started(), &[created(1), captured(1)]),
        DonationStatus::PartiallyRefunded => after(started(), &[created(1), captured(1), refunded(1, "r1", 2000)]),
        DonationStatus::Refunded => after(started(), &[created(1), captured(1), refunded(1, "r1", 5000)]),
    };
    assert_eq!(donation.status(), status);
    donation
}

/// The events, each for the donation's current attempt unless its name says otherwise.
fn columns() -> Vec<(&'static str, DonationEvent)> {
    vec![
        ("order of a new attempt created", created(2)),
        ("captured", captured(1)),
        ("captured, another amount", captured_amount(1, 4000)),
        ("captured, another attempt", captured(2)),
        ("declined", declined(1, 2)),
        ("order ended", ended(1)),
        ("donor cancels", DonationEvent::DonorCancelled),
        ("refund pending", refund_pending(1, "r9", 1000)),
        ("refunded, a part", refunded(1, "r9", 1000)),
        ("refunded, all that is left", refunded(1, "r9", 5000)),
    ]
}

fn cell(donation: &Donation, event: &DonationEvent) -> String {
    let decision = donation.apply(event, now(), &cause());
    let next = decision.change.map_or_else(|| donation.clone(), stored);
    let mut text = match decision.verdict {
        Verdict::Refused(why) => format!("refused: {why}"),
        Verdict::AlreadyApplied => "already".to_owned(),
        Verdict::Stays => "stays".to_owned(),
        Verdict::Applied
            if next.status() == donation.status()
                && next.refunds.len() > donation.refunds.len()
                && !donation.status().was_paid() =>
        {
            "kept for the capture".to_owned()
        }
        Verdict::Applied if next.status() == donation.status() => "stays, noted".to_owned(),
        Verdict::Applied => format!("`{}`", next.status().word()),
    };
    let (before, after) = (donation.open_reviews(), next.open_reviews());
    let raised: Vec<_> = after.difference(&before).map(|review| review.word()).collect();
    if !raised.is_empty() {
        text += &format!(", flagged `{}`", raised.join("`, `"));
    }
    text
}

fn table() -> String {
    let columns = columns();
    let mut text = String::from("| state \\ event |");
    for (name, _) in &columns {
        text += &format!(" {name} |");
    }
    text += &format!("\n|{}\n", "---|".repeat(columns.len() + 1));
    for status in DonationStatus::ALL {
        text += &format!("| `{}` |", status.word());
        for (_, event) in &columns {
            // "All that is left" of a partly refunded donation is less than all of it.
            let rest = status == DonationStatus::PartiallyRefunded && *event == refunded(1, "r9", 5000);
            let event = if rest { refunded(1, "r9", 3000) } else { event.clone() };
            // A new attempt's order comes after the attempt has been written down, where the state lets it be.
            let new_attempt = event == created(2) && !status.was_paid();
            let donation = if new_attempt { with_a_new_attempt(status) } else { in_state(status) };
            text += &format!(" {} |", cell(&donation, &event));
        }
        text += "\n";
    }
    text
}

fn with_a_new_attempt(status: DonationStatus) -> Donation {
    let mut record = in_state(status).into_record();
    let mut attempt = record.attempts[0].clone();
    attempt.number = 2;
    attempt.external_id = domain::ExternalId::of_attempt(record.id, 2);
    attempt.order_id = None;
    attempt.checkout_url = None;
    attempt.state = domain::donation::AttemptState::Prepared;
    attempt.heard = false;
    record.attempts.push(attempt);
    Donation::restore(record)
}

#[test]
fn every_state_and_every_event() {
    insta::assert_snapshot!(table());
}

#[test]
fn the_page_about_the_states_holds_this_table() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/donation-states.md");
    let page = std::fs::read_to_string(path).unwrap();
    assert!(page.contains(&table()), "docs/donation-states.md is out of date; it must hold:\n\n{}", table());
}
