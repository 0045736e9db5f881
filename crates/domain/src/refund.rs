//! Money given back.

use chrono::TimeDelta;
use uuid::Uuid;

use crate::donation::Actor;
use crate::{Donation, DonationId, ExternalId, GatewayRefundId, Instant, LineText, RefundId, Tenge};

/// Where a refund stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RefundStatus {
    /// Asked for; the bank has not answered.
    Pending,
    /// The money is on its way to the donor.
    Succeeded,
    /// The bank refused.
    Failed,
}

impl RefundStatus {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Pending, Self::Succeeded, Self::Failed];

    /// The stable word in the API and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
        }
    }

    /// The status of a stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }
}

/// One refund of a payment, whoever asked for it: us, or a person in the gateway's own panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    /// Ours. Of one that we did not ask for it is made from the gateway's.
    pub id: RefundId,
    /// The gateway's name for it, by which a report heard twice is known; `None` until the gateway has answered.
    pub gateway_id: Option<GatewayRefundId>,
    /// The number of the attempt whose payment it gives back.
    pub attempt: u32,
    /// How much.
    pub amount: Tenge,
    /// Where it stands. While it is pending, its amount is spoken for.
    pub status: RefundStatus,
    /// What we asked for; `None` if we did not, so that it was made in the gateway's panel.
    pub request: Option<RefundRequest>,
    /// When we asked for it, or first heard of it.
    pub created_at: Instant,
}

/// Our own wish to give money back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundRequest {
    /// Why.
    pub reason: RefundReason,
    /// What goes back.
    pub payment: RefundedPayment,
}

/// Which payment goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefundedPayment {
    /// The one that the donation stands on.
    Kept,
    /// One that was made beside it: the donation had been paid.
    Superfluous,
}

impl RefundedPayment {
    /// The stable word in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Superfluous => "superfluous",
        }
    }

    /// The payment of a stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Kept, Self::Superfluous].into_iter().find(|payment| payment.word() == word)
    }
}

/// Why money is given back, for the operator and the gateway. 255 characters are what Ioka takes.
pub type RefundReason = LineText<255>;

impl Refund {
    /// So long after a pending refund was written down a worker first turns to the gateway about it. Longer than the call of
    /// whoever wrote it down takes.
    pub const FIRST_ASKED_AFTER: TimeDelta = TimeDelta::minutes(1);

    /// When the gateway is asked again about a refund that was asked about `now` and is still pending: after half of its age, a
    /// minute at least and six hours at most. It never stops: money is on its way.
    pub fn next_check(&self, now: Instant) -> Instant {
        now + ((now - self.created_at) / 2).clamp(TimeDelta::minutes(1), TimeDelta::hours(6))
    }

    /// Its name at the gateway, given by us, which makes a repeat of the request harmless; `None` if we did not ask for it.
    pub fn external_id(&self) -> Option<ExternalId> {
        self.request.as_ref().map(|_| ExternalId::of_refund(self.id))
    }

    /// Whether the gateway still has to be asked for it, or about it.
    pub const fn is_open(&self) -> bool {
        matches!(self.status, RefundStatus::Pending)
    }
}

impl RefundStatus {
    /// How far it is: a report never takes a refund back to where it was, and money that went out did go out.
    pub(crate) const fn rank(self) -> u8 {
        match self {
            Self::Pending => 0,
            Self::Failed => 1,
            Self::Succeeded => 2,
        }
    }
}

impl RefundId {
    /// The id of what an operator's request asks for: the same whenever the request comes again, also to a server that has
    /// forgotten it. `turn` counts the refunds of this request that have failed.
    pub fn of_request(donation: DonationId, operator: Actor, (key, turn): (&str, u32)) -> Self {
        Self(Uuid::new_v5(&donation.0, format!("request:{turn}:{}:{key}", operator.word()).as_bytes()))
    }

    /// [`RefundId::of_request`] for the first turn that has not failed.
    pub fn of_next_try(donation: &Donation, operator: Actor, key: &str) -> Self {
        let of_turn = |turn| Self::of_request(donation.id, operator, (key, turn));
        let failed = |id: Self| donation.refund(id).is_some_and(|known| known.status == RefundStatus::Failed);
        of_turn((0..).find(|turn| !failed(of_turn(*turn))).unwrap_or(u32::MAX))
    }

    /// Our name for a refund that we did not ask for: the same whenever and however often it is heard of.
    pub fn of_gateway(donation: DonationId, id: &GatewayRefundId) -> Self {
        Self(Uuid::new_v5(&donation.0, format!("refund:{id}").as_bytes()))
    }
}
