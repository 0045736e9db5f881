//! The payment log: one line for every step of a donation's life. `docs/logging.md` lists its fields.

use domain::Donation;
use domain::donation::{TimelineEntry, TimelineKind};
use domain::ports::DonationStep;

/// Writes a line for each step, after it was stored. Ids, states and times only: never a secret, a card, a name or an
/// e-mail address. `duration_ms` is how long the donation had been as it was before; `age_ms` how old it is.
pub(crate) fn log_steps(before: Option<&Donation>, after: &Donation, entries: &[TimelineEntry]) {
    for entry in entries {
        let since = before.map_or(after.created_at, |before| before.updated_at);
        let detail = |name: &str| entry.details.get(name).map(String::as_str);
        tracing::info!(
            target: "payments",
            {
            donation.id = %after.id,
            donation.from = entry.from.word(),
            donation.to = entry.to.word(),
            donation.version = after.version,
            donation.test_mode = after.test_mode,
            amount = after.gift.amount.get(),
            attempt = detail("attempt"),
            order.id = detail("order_id"),
            payment.id = detail("payment_id"),
            refund.id = detail("refund_id"),
            refund.gateway_id = detail("gateway_refund_id"),
            decline.reason = detail("reason").filter(|_| entry.kind == TimelineKind::PaymentDeclined),
            review = detail("review"),
            certificate.number = after.certificate.as_ref().map(|certificate| certificate.number.as_str()),
            actor = entry.cause.actor.word(),
            request_id = entry.cause.request_id,
            duration_ms = (entry.at - since).num_milliseconds(),
            age_ms = (entry.at - after.created_at).num_milliseconds()
            },
            "{}",
            entry.kind.word(),
        );
    }
}

/// The same for donations that an account's own change has brought along.
pub(crate) fn log_account_steps(steps: &[DonationStep]) {
    for step in steps {
        log_steps(Some(&step.before), &step.change.donation, &step.change.entries);
    }
}
