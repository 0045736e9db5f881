//! The steps of donations' lives, as the stores keep them.

use std::sync::Arc;
use std::time::Duration;

use domain::Donation;
use domain::donation::{Actor, TimelineEntry, TimelineKind};

use super::meter::Meter;
use super::names::{CREATION_TO_ORDER, ORDER_TO_COMPLETED, STEPS};

/// Counts steps that were stored.
pub(super) struct Steps(pub(super) Arc<Meter>);

/// Every combination that can be, at 0.
pub(super) fn begin(meter: &Meter) {
    for kind in TimelineKind::ALL {
        for actor in ["guest", "account", "gateway", "system"] {
            for mode in ["real", "test"] {
                meter.begin(STEPS, [("step", kind.word()), ("actor", actor), ("mode", mode)]);
            }
        }
    }
}

impl Steps {
    /// These were stored, and the donation stands as it now is.
    pub(super) fn stored(&self, donation: &Donation, entries: &[TimelineEntry]) {
        for entry in entries {
            let mode = if donation.test_mode { "test" } else { "real" };
            let labels = [("step", entry.kind.word()), ("actor", actor(entry.cause.actor)), ("mode", mode)];
            self.0.count(STEPS, labels);
            match entry.kind {
                TimelineKind::OrderCreated => {
                    self.0.took(CREATION_TO_ORDER, [("mode", mode)], since(donation.created_at, entry));
                }
                TimelineKind::PaymentCaptured => {
                    if let Some(asked_at) = asked_at(donation, entry) {
                        self.0.took(ORDER_TO_COMPLETED, [("mode", mode)], since(asked_at, entry));
                    }
                }
                _ => {}
            }
        }
    }
}

/// When the donor asked to pay by the attempt that the step is about.
fn asked_at(donation: &Donation, entry: &TimelineEntry) -> Option<domain::Instant> {
    let number: u32 = entry.details.get("attempt")?.parse().ok()?;
    donation.attempts.iter().find(|attempt| attempt.number == number).map(|attempt| attempt.started_at)
}

/// A clock that was set back in between counts as no time at all.
fn since(begin: domain::Instant, entry: &TimelineEntry) -> Duration {
    (entry.at - begin).to_std().unwrap_or_default()
}

/// Who it was, without saying who.
const fn actor(actor: Actor) -> &'static str {
    match actor {
        Actor::Guest => "guest",
        Actor::Account(_) => "account",
        Actor::Gateway => "gateway",
        Actor::System => "system",
    }
}
