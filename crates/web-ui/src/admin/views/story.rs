//! What belongs to a donation, as tables.

use domain::donation::{Attempt, AttemptState, TimelineEntry};
use domain::{Donation, Refund, ReviewItem};

use crate::admin::parts::{Cell, Column, Facts, Table};
use crate::admin::people::People;
use crate::admin::words;
use crate::texts::Texts;
use crate::views::address;

/// The donation itself.
pub(super) fn facts(donation: &Donation, people: &People, texts: Texts) -> Facts {
    let erased = donation.donor.is_erased();
    let yes = |yes: bool| Cell::Text(texts.get(if yes { "admin-yes" } else { "admin-no" }));
    let name = if erased { texts.get("admin-donor-erased") } else { donation.donor.name.to_string() };
    let account = match donation.donor.account {
        Some(id) => people.account(id, texts),
        None => Cell::Text(texts.get("admin-actor-guest")),
    };
    let at = |instant: Option<domain::Instant>| instant.map_or(Cell::Nothing, Cell::time);
    let decline = donation.state.decline();
    let failure = decline.map_or(Cell::Nothing, |decline| {
        let code = decline.gateway_code.clone().unwrap_or_default();
        Cell::Two(texts.get(&format!("failure-{}", decline.reason.word())), code)
    });
    Facts::new(
        texts,
        Some("facts"),
        vec![
            ("admin-column-id", Cell::Code(donation.id.to_string())),
            ("admin-column-amount", Cell::money(donation.gift.amount)),
            ("admin-fact-refunded", Cell::money(donation.refunded())),
            ("admin-fact-trees", Cell::Text(texts.trees(donation.gift.trees))),
            (
                "admin-column-campaign",
                Cell::Two(donation.campaign_title.to_string(), donation.campaign.as_str().to_owned()),
            ),
            ("admin-column-donor", Cell::Two(name, donation.donor.email.as_str().to_owned())),
            ("admin-fact-account", account),
            ("admin-fact-message", Cell::maybe(donation.message.as_ref())),
            ("admin-fact-certificate-name", Cell::Text(donation.name_on_certificate().to_owned())),
            ("admin-fact-anonymous", yes(donation.anonymous)),
            ("admin-fact-language", Cell::Text(donation.language.code().to_owned())),
            ("admin-fact-test", yes(donation.test_mode)),
            ("admin-fact-failure", failure),
            ("admin-column-created", Cell::time(donation.created_at)),
            ("admin-fact-completed", at(donation.state.completed_at())),
            ("admin-fact-cancelled", at(donation.cancelled_by_donor_at)),
            ("admin-fact-updated", Cell::time(donation.updated_at)),
        ],
    )
}

fn table(texts: Texts, (id, caption, none): (&'static str, &str, &str), keys: &[&str], rows: Vec<Vec<Cell>>) -> Table {
    let number = |key: &str| key == "admin-column-amount";
    let column = |key: &&str| Column { label: texts.get(key), number: number(key) };
    let (caption, none) = (texts.get(caption), texts.get(none));
    Table { id, caption, columns: keys.iter().map(column).collect(), rows, none }
}

/// What a person must look at, or has.
pub(super) fn reviews(donation: &Donation, people: &People, texts: Texts) -> Table {
    let row = |item: &ReviewItem| {
        let resolution = item.resolution.as_ref();
        let waits = || Cell::Status { word: "review", text: texts.get("admin-review-open") };
        vec![
            Cell::Two(words::word(texts, "review", item.review.word()), item.subject.clone()),
            Cell::time(item.raised_at),
            resolution.map_or_else(waits, |resolution| Cell::time(resolution.at)),
            resolution.map_or(Cell::Nothing, |resolution| people.actor(resolution.by, texts)),
            Cell::maybe(resolution.map(|resolution| &resolution.note)),
        ]
    };
    table(
        texts,
        ("reviews", "admin-reviews", "admin-reviews-none"),
        &[
            "admin-column-review",
            "admin-column-raised",
            "admin-column-resolved",
            "admin-column-who",
            "admin-column-note",
        ],
        donation.reviews.iter().map(row).collect(),
    )
}

/// Attempts, and their orders.
pub(super) fn attempts(donation: &Donation, texts: Texts) -> Table {
    let row = |attempt: &Attempt| {
        let capture = match &attempt.state {
            AttemptState::Paid(capture) | AttemptState::Mismatched(capture) => Some(capture),
            AttemptState::Prepared | AttemptState::Open | AttemptState::Ended => None,
        };
        vec![
            Cell::Text(attempt.number.to_string()),
            words::status(texts, "attempt", attempt.state.word()),
            Cell::maybe_code(attempt.order_id.as_ref()),
            Cell::maybe_code(capture.and_then(|capture| capture.payment_id.as_ref())),
            Cell::time(attempt.started_at),
            Cell::time(attempt.due_at),
            capture.map_or(Cell::Nothing, |capture| Cell::time(capture.paid_at)),
        ]
    };
    table(
        texts,
        ("orders", "admin-orders", "admin-orders-none"),
        &[
            "admin-column-attempt",
            "admin-column-status",
            "admin-column-order",
            "admin-column-payment",
            "admin-column-started",
            "admin-column-until",
            "admin-column-paid",
        ],
        donation.attempts.iter().map(row).collect(),
    )
}

/// What was given back, or was to be.
pub(super) fn refunds(donation: &Donation, texts: Texts) -> Table {
    let row = |refund: &Refund| {
        let request = refund.request.as_ref();
        let in_the_panel = || Cell::Text(texts.get("admin-refund-elsewhere"));
        let payment = request.map(|request| words::word(texts, "payment", request.payment.word()));
        vec![
            Cell::money(refund.amount),
            words::status(texts, "refund", refund.status.word()),
            request.map_or_else(in_the_panel, |request| Cell::Text(request.reason.to_string())),
            Cell::Two(refund.attempt.to_string(), payment.unwrap_or_default()),
            Cell::time(refund.created_at),
            Cell::Code(refund.id.to_string()),
            Cell::maybe_code(refund.gateway_id.as_ref()),
        ]
    };
    table(
        texts,
        ("refunds", "admin-refunds", "admin-refunds-none"),
        &[
            "admin-column-amount",
            "admin-column-status",
            "admin-column-reason",
            "admin-column-attempt",
            "admin-column-asked",
            "admin-column-id",
            "admin-column-gateway-id",
        ],
        donation.refunds.iter().map(row).collect(),
    )
}

/// The latest certificate, and the number of the one before it.
pub(super) fn certificates(donation: &Donation, texts: Texts) -> Table {
    let row = |certificate: &domain::Certificate| {
        let number = certificate.number.to_string();
        vec![
            Cell::Link { href: address(&format!("/certificates/{number}"), &[("lang", texts.0.code())]), text: number },
            words::status(texts, "certificate", certificate.status.word()),
            Cell::Text(certificate.draft.name.clone()),
            Cell::Text(texts.trees(certificate.draft.trees)),
            Cell::time(certificate.draft.issued_at),
        ]
    };
    let earlier = |number: &domain::CertificateNumber| {
        let number = number.to_string();
        let href = address(&format!("/certificates/{number}"), &[("lang", texts.0.code())]);
        let nothing = || Cell::Nothing;
        vec![Cell::Link { href, text: number }, nothing(), nothing(), nothing(), nothing()]
    };
    let rows = donation.certificate.iter().map(row).chain(donation.earlier_certificate.iter().map(earlier));
    table(
        texts,
        ("certificates", "admin-certificates", "admin-certificates-none"),
        &[
            "admin-column-certificate",
            "admin-column-status",
            "admin-fact-certificate-name",
            "admin-fact-trees",
            "admin-column-issued",
        ],
        rows.collect(),
    )
}

/// Step by step, oldest first.
pub(super) fn timeline(entries: &[TimelineEntry], people: &People, texts: Texts) -> Table {
    let row = |entry: &TimelineEntry| {
        let status = |status: domain::DonationStatus| words::word(texts, "status", status.word());
        let moved = if entry.from == entry.to {
            Cell::Text(status(entry.to))
        } else {
            Cell::Text(format!("{} → {}", status(entry.from), status(entry.to)))
        };
        let mut details: Vec<_> = entry.details.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        details.extend(entry.cause.request_id.clone().map(|id| (texts.get("admin-column-request"), id)));
        vec![
            Cell::time(entry.at),
            Cell::Text(words::word(texts, "kind", entry.kind.word())),
            people.actor(entry.cause.actor, texts),
            moved,
            Cell::Facts(details),
        ]
    };
    table(
        texts,
        ("timeline", "admin-timeline", "admin-timeline-none"),
        &["admin-column-at", "admin-column-step", "admin-column-who", "admin-column-state", "admin-column-details"],
        entries.iter().map(row).collect(),
    )
}
