//! Our side of an order at the gateway: written before the gateway is called, so that no answer can be lost.

use chrono::TimeDelta;

use crate::{ExternalId, Instant, OrderId, PaymentId};

/// One attempt to have a donation paid, which is one order at the gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Counted from 1 within the donation.
    pub number: u32,
    /// The order's name at the gateway, given by us; see [`ExternalId::of_attempt`].
    pub external_id: ExternalId,
    /// The gateway's own name for the order, once heard.
    pub order_id: Option<OrderId>,
    /// Where the donor pays, once the gateway has said so.
    pub checkout_url: Option<String>,
    /// How far it has come.
    pub state: AttemptState,
    /// Whether an event of this attempt has been heard since the donor last asked to pay. A webhook can overtake the
    /// gateway's answer to our own call; then that answer only records the order.
    pub heard: bool,
    /// When the donor first asked to pay by it.
    pub started_at: Instant,
    /// After this the gateway lets the order expire. Ioka has no call that cancels an unpaid order.
    pub due_at: Instant,
}

/// How far an attempt has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttemptState {
    /// Written down; the gateway's answer has not been recorded. The order may exist.
    Prepared,
    /// The order is there and can be paid.
    Open,
    /// The order can no longer be paid.
    Ended,
    /// The order was paid.
    Paid(Capture),
    /// Money was taken for the order, but not the donation's amount. A person must settle it; nothing more is charged.
    Mismatched(Capture),
}

/// A payment that took the money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    /// The gateway's name for the payment; the guide's webhooks have none.
    pub payment_id: Option<PaymentId>,
    /// When it was made, as the gateway says, else when we heard of it.
    pub paid_at: Instant,
}

impl AttemptState {
    /// The stable word in the database and in the logs.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Prepared => "prepared",
            Self::Open => "open",
            Self::Ended => "ended",
            Self::Paid(_) => "paid",
            Self::Mismatched(_) => "mismatched",
        }
    }
}

impl Attempt {
    /// So long after its due date an order that the gateway does not know was never made, and will not be: no call that
    /// was to make it can still be on its way, and clocks do not differ by more.
    pub const LAPSES_AFTER: TimeDelta = TimeDelta::minutes(5);

    /// Whether the gateway may still have news of its order: it is neither paid nor ended.
    pub const fn is_open(&self) -> bool {
        matches!(self.state, AttemptState::Prepared | AttemptState::Open)
    }

    /// Whether it is open, but its order can no longer come into being; see [`Attempt::LAPSES_AFTER`].
    pub fn has_lapsed(&self, now: Instant) -> bool {
        self.is_open() && now >= self.due_at + Self::LAPSES_AFTER
    }

    /// Whether its money was taken.
    pub const fn is_paid(&self) -> bool {
        matches!(self.state, AttemptState::Paid(_))
    }

    /// Whether money was taken for it that is not the donation's amount.
    pub const fn is_mismatched(&self) -> bool {
        matches!(self.state, AttemptState::Mismatched(_))
    }

    /// The gateway's name for the payment that took money by it; `None` if none did, or if the payment has no name.
    pub const fn payment_id(&self) -> Option<&PaymentId> {
        match &self.state {
            AttemptState::Paid(capture) | AttemptState::Mismatched(capture) => capture.payment_id.as_ref(),
            AttemptState::Prepared | AttemptState::Open | AttemptState::Ended => None,
        }
    }

    /// The order and its address, while the donor can pay there by our clock.
    pub fn payable(&self, now: Instant) -> Option<(&OrderId, &str)> {
        if self.state != AttemptState::Open || now >= self.due_at {
            return None;
        }
        Some((self.order_id.as_ref()?, self.checkout_url.as_deref()?))
    }
}
