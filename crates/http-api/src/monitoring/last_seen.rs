//! What was last seen of somebody outside. Health tells of it, and so calls nobody itself.

use std::sync::Mutex;

use domain::Instant;

/// How the last calls to somebody went.
#[derive(Debug, Default)]
pub(super) struct LastSeen(Mutex<Seen>);

/// How the last calls to somebody went; nothing, if there were none.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen {
    /// When one last succeeded.
    pub(super) ok_at: Option<Instant>,
    /// Since when every one has failed, if the last one did.
    pub(super) failing_since: Option<Instant>,
}

impl LastSeen {
    /// A call succeeded.
    pub(super) fn ok(&self, at: Instant) {
        self.change(|_| Seen { ok_at: Some(at), failing_since: None });
    }

    /// A call failed.
    pub(super) fn failed(&self, at: Instant) {
        self.change(|seen| Seen { failing_since: seen.failing_since.or(Some(at)), ..seen });
    }

    /// What was seen by now.
    pub(super) fn seen(&self) -> Seen {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn change(&self, by: impl FnOnce(Seen) -> Seen) {
        let mut seen = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *seen = by(*seen);
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    #[test]
    fn failing_began_with_the_first_failure_and_ends_with_a_success() {
        let at = |second| DateTime::from_timestamp(second, 0).unwrap();
        let last = LastSeen::default();
        assert_eq!(last.seen(), Seen::default());
        last.ok(at(1));
        last.failed(at(2));
        last.failed(at(3));
        assert_eq!(last.seen(), Seen { ok_at: Some(at(1)), failing_since: Some(at(2)) });
        last.ok(at(4));
        assert_eq!(last.seen(), Seen { ok_at: Some(at(4)), failing_since: None });
    }
}
