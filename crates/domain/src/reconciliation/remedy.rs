//! What settles a difference.

use crate::reconciliation::{Difference, DifferenceKind};
use crate::{DonationId, Review};

/// What a person does about a difference that stays open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// Have the gateway asked anew about this donation, and what it says taken up.
    Sync(DonationId),
    /// Find out about this donation what its review asks for, and say so.
    Resolve(DonationId, Review),
    /// Have the day compared once more: it may have been a matter of time.
    Compare,
    /// Write to the gateway's support, with the names that it knows: only it can say what is true.
    Support,
}

impl Remedy {
    /// The stable word in the API.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sync(_) => "sync",
            Self::Resolve(..) => "resolve",
            Self::Compare => "compare",
            Self::Support => "support",
        }
    }
}

impl Difference {
    /// What settles it; `None` once it is settled. That it is open means that the comparison has tried what it can: what may come
    /// right is tried anew, what the gateway alone can know is asked of its people. There is no way of saying that it is well.
    pub fn remedy(&self) -> Option<Remedy> {
        if self.settled {
            return None;
        }
        let sync = self.donation.map_or(Remedy::Support, Remedy::Sync);
        Some(match self.kind {
            DifferenceKind::PaidThereOnly | DifferenceKind::RefundMissingHere | DifferenceKind::RefundStatusDiffers => {
                sync
            }
            DifferenceKind::AmountDiffers => {
                self.donation.map_or(Remedy::Support, |donation| Remedy::Resolve(donation, Review::AmountMismatch))
            }
            // The gateway would not tell, which may be another day.
            DifferenceKind::MissingThere | DifferenceKind::RefundMissingThere if self.gateway.is_some() => {
                Remedy::Compare
            }
            DifferenceKind::MissingHere
            | DifferenceKind::MissingThere
            | DifferenceKind::PaidHereOnly
            | DifferenceKind::RefundMissingThere
            | DifferenceKind::RefundAmountDiffers => Remedy::Support,
        })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::OrderId;

    fn open(kind: DifferenceKind) -> Difference {
        Difference {
            kind,
            donation: Some(DonationId(Uuid::nil())),
            order: OrderId::new("order-1"),
            refund: None,
            ours: None,
            gateway: None,
            settled: false,
        }
    }

    #[test]
    fn every_open_difference_has_something_that_settles_it() {
        let words = DifferenceKind::ALL.map(|kind| open(kind).remedy().map(Remedy::word));
        let expected =
            ["support", "support", "sync", "support", "resolve", "sync", "support", "support", "sync"].map(Some);
        assert_eq!(words, expected);
        let would_not_tell =
            Difference { gateway: Some("it would not tell".to_owned()), ..open(DifferenceKind::MissingThere) };
        assert_eq!(would_not_tell.remedy(), Some(Remedy::Compare));
    }

    #[test]
    fn what_is_settled_needs_nothing() {
        assert_eq!(Difference { settled: true, ..open(DifferenceKind::PaidThereOnly) }.remedy(), None);
    }
}
