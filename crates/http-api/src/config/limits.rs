//! What keeps abuse away.

use std::num::NonZeroU32;

use chrono::TimeDelta;
use domain::DeclinePolicy;

use super::reader::{Reader, Switch};
use crate::limits::LimitSettings;

/// What keeps abuse away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AbuseSettings {
    /// How often clients may ask; `None` for as often as they like.
    pub limits: Option<LimitSettings>,
    /// What may fail before somebody has to wait.
    pub declines: DeclinePolicy,
}

/// Without the limits declines have no consequences either; the brake always works.
pub(super) fn abuse(read: &mut Reader) -> AbuseSettings {
    let mut some = |key| NonZeroU32::new(read.number(key, 1..=1_000_000)).unwrap_or(NonZeroU32::MIN);
    let limits = LimitSettings {
        accounts: some("RATE_LIMIT_AUTH_PER_MINUTE"),
        donations: some("RATE_LIMIT_DONATIONS_PER_MINUTE"),
        payments: some("RATE_LIMIT_PAYMENTS_PER_MINUTE"),
        payments_of_donation: some("RATE_LIMIT_PAYMENTS_PER_DONATION"),
    };
    let declines = DeclinePolicy {
        window: TimeDelta::minutes(read.number("DECLINES_WINDOW_MINUTES", 1..=10_080).into()),
        pause: TimeDelta::seconds(read.number("DECLINES_PAUSE_SECONDS", 1..=86_400).into()),
        per_client: read.number("DECLINES_PER_ADDRESS", 0..=1_000_000),
        per_email: read.number("DECLINES_PER_EMAIL", 0..=1_000_000),
        per_donation: read.number("DECLINES_PER_DONATION", 0..=1_000_000),
        per_site: read.number("DECLINES_PER_SITE", 0..=1_000_000),
    };
    match read.switch("RATE_LIMIT_ENABLED") {
        Switch::On => AbuseSettings { limits: Some(limits), declines },
        Switch::Off => AbuseSettings { limits: None, declines: DeclinePolicy::OFF },
    }
}
