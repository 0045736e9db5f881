//! What can happen to a donation.

use crate::{ExternalId, GatewayRefundId, Instant, OrderId, PaymentId, ReportedAmount};

/// Something that happened. [`Donation::apply`](crate::Donation::apply) says what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DonationEvent {
    /// Something about one of its orders.
    Order(OrderEvent),
    /// The donor gave up.
    DonorCancelled,
}

/// Something that happened to the order of one attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderEvent {
    /// The attempt's number.
    pub attempt: u32,
    /// The gateway's name for the order, if the news carried it.
    pub order_id: Option<OrderId>,
    /// What happened.
    pub fact: OrderFact,
}

/// What happened to an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderFact {
    /// It is there and can be paid at this address.
    Created {
        /// Where the donor pays.
        checkout_url: String,
        /// When the gateway lets it expire, if it said so.
        due_at: Option<Instant>,
    },
    /// Its money was taken.
    Captured(CaptureReport),
    /// A payment was declined; the order itself can still be paid.
    Declined(Decline),
    /// It can no longer be paid: expired, or its hold was released.
    Ended,
    /// Money is to be given back, and the bank has not answered.
    RefundPending(RefundReport),
    /// Money was given back, by us or in the gateway's panel.
    Refunded(RefundReport),
    /// The bank refused to give money back.
    RefundDeclined(RefundReport),
}

/// Money taken, as the gateway reports it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaptureReport {
    /// The gateway's name for the payment, if it gave one.
    pub payment_id: Option<PaymentId>,
    /// What the order was made for.
    pub ordered: ReportedAmount,
    /// What was taken.
    pub captured: ReportedAmount,
    /// When, if the gateway said so.
    pub paid_at: Option<Instant>,
}

/// A refund, as the gateway reports it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundReport {
    /// The gateway's name for it.
    pub id: GatewayRefundId,
    /// The name that its maker gave it, if the news carried it; see [`ExternalId::of_refund`].
    pub external_id: Option<ExternalId>,
    /// How much.
    pub amount: ReportedAmount,
}

/// A payment that the bank or the payer's card refused.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decline {
    /// When the payment was made, as the gateway says, else when we heard of it. Of two declines the later one counts.
    pub declined_at: Instant,
    /// Why, in words that a donor can be told.
    pub reason: DeclineReason,
    /// The gateway's own code, for the operator.
    pub gateway_code: Option<String>,
}

/// Why a payment was declined, as far as a donor can do something about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeclineReason {
    /// Not enough money on the card.
    NotEnoughMoney,
    /// A limit of the card, a day or the internet.
    LimitExceeded,
    /// Number, date or code of the card is wrong, or the card is not known.
    CardData,
    /// The payer was not confirmed by 3-D Secure, or ran out of time.
    NotConfirmed,
    /// The bank refused without a reason that helps.
    BankRefused,
    /// The gateway or the bank had a technical fault.
    TechnicalFault,
    /// The payer turned back.
    PayerCancelled,
    /// The gateway gave no reason that we know.
    Unknown,
}

impl DeclineReason {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::NotEnoughMoney,
        Self::LimitExceeded,
        Self::CardData,
        Self::NotConfirmed,
        Self::BankRefused,
        Self::TechnicalFault,
        Self::PayerCancelled,
        Self::Unknown,
    ];

    /// The stable word in the API (`failure.code`) and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotEnoughMoney => "not_enough_money",
            Self::LimitExceeded => "limit_exceeded",
            Self::CardData => "card_data",
            Self::NotConfirmed => "not_confirmed",
            Self::BankRefused => "bank_refused",
            Self::TechnicalFault => "technical_fault",
            Self::PayerCancelled => "payer_cancelled",
            Self::Unknown => "unknown",
        }
    }

    /// The reason of a stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.word() == word)
    }
}
