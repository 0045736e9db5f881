//! One thing that the two books do not agree on.

use crate::{DonationId, GatewayRefundId, OrderId};

/// What our books and the gateway's do not agree on, about one order or refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// In what way.
    pub kind: DifferenceKind,
    /// The donation that it is about; one that is not there, if that is the difference.
    pub donation: Option<DonationId>,
    /// The order.
    pub order: OrderId,
    /// The refund, if it is one that differs.
    pub refund: Option<GatewayRefundId>,
    /// What we hold, for a person to read; `None` if nothing.
    pub ours: Option<String>,
    /// What the gateway says, for a person to read; `None` if it knows of nothing.
    pub gateway: Option<String>,
    /// Whether it has been mended since: the books agree now. If not, a person has to look at it.
    pub settled: bool,
}

/// In what way the books differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DifferenceKind {
    /// The gateway has an order with a name of ours, and we do not know the donation, or not this attempt of it.
    MissingHere,
    /// We hold an order of which the gateway knows nothing, not even when it is asked for this one.
    MissingThere,
    /// Paid there, and not here.
    PaidThereOnly,
    /// Paid here, and not there.
    PaidHereOnly,
    /// The order was made for another amount than the donation's, or another amount was taken.
    AmountDiffers,
    /// A refund, made in the gateway's panel perhaps, of which we do not know.
    RefundMissingHere,
    /// We hold a refund of which the gateway knows nothing.
    RefundMissingThere,
    /// A refund of another amount there than here.
    RefundAmountDiffers,
    /// A refund that stands elsewhere there than here.
    RefundStatusDiffers,
}

impl DifferenceKind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::MissingHere,
        Self::MissingThere,
        Self::PaidThereOnly,
        Self::PaidHereOnly,
        Self::AmountDiffers,
        Self::RefundMissingHere,
        Self::RefundMissingThere,
        Self::RefundAmountDiffers,
        Self::RefundStatusDiffers,
    ];

    /// The stable word in the API and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::MissingHere => "missing_here",
            Self::MissingThere => "missing_there",
            Self::PaidThereOnly => "paid_there_only",
            Self::PaidHereOnly => "paid_here_only",
            Self::AmountDiffers => "amount_differs",
            Self::RefundMissingHere => "refund_missing_here",
            Self::RefundMissingThere => "refund_missing_there",
            Self::RefundAmountDiffers => "refund_amount_differs",
            Self::RefundStatusDiffers => "refund_status_differs",
        }
    }

    /// The kind of a stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether asking the gateway and applying what it says may mend it. The others are for a person.
    pub const fn can_be_mended(self) -> bool {
        match self {
            Self::MissingHere
            | Self::PaidThereOnly
            | Self::RefundMissingHere
            | Self::RefundAmountDiffers
            | Self::RefundStatusDiffers => true,
            Self::MissingThere | Self::PaidHereOnly | Self::AmountDiffers | Self::RefundMissingThere => false,
        }
    }
}

impl Difference {
    /// Whether it is the same difference, though the two sides may stand elsewhere by now.
    pub fn is_same(&self, other: &Self) -> bool {
        (self.kind, &self.order, &self.refund) == (other.kind, &other.order, &other.refund)
    }
}
