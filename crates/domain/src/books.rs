//! What the books of a period are added up from: payments, refunds, donations and certificates, each as its own table has it.
//!
//! What belongs to a period hangs on the payment: a donation, its refunds and its certificates are of the day on which it was first
//! paid, by the gateway's word, whenever we learnt of it. So a payment of the last second before midnight that was heard of after it
//! is of one day on every side. Where no payment is on record the other side's own date counts, so that nothing falls out of sight.

use chrono::NaiveDateTime;

use crate::certificate::KAZAKHSTAN;
use crate::ports::TimeSpan;
use crate::reconciliation::Day;
use crate::{
    CertificateNumber, DonationId, DonationStatus, GatewayRefundId, Gift, Instant, OrderId, PaymentId, RefundId, Tenge,
};

/// A payment, as the attempts have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookedPayment {
    /// What was paid for.
    pub donation: DonationId,
    /// Which of the donation's attempts.
    pub attempt: u32,
    /// The gateway's order.
    pub order: Option<OrderId>,
    /// The gateway's payment.
    pub payment: Option<PaymentId>,
    /// How much: an attempt is paid only if exactly the donation's amount was taken.
    pub amount: Tenge,
    /// When.
    pub paid_at: Instant,
    /// Whether it was another amount than the donation's; how much is not kept, and a person has to look.
    pub mismatched: bool,
}

/// Money that went back, as the refunds have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookedRefund {
    /// Ours.
    pub id: RefundId,
    /// The gateway's name for it.
    pub gateway_id: Option<GatewayRefundId>,
    /// The donation.
    pub donation: DonationId,
    /// Which attempt's payment it gave back.
    pub attempt: u32,
    /// How much.
    pub amount: Tenge,
    /// When we asked for it, or first heard of it.
    pub created_at: Instant,
}

/// A paid donation, as the donations have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BookedDonation {
    /// Its id.
    pub id: DonationId,
    /// Where it stands.
    pub status: DonationStatus,
    /// What it was, before refunds.
    pub gift: Gift,
    /// What was given back of it.
    pub refunded: Tenge,
}

/// A valid certificate, as the certificates have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookedCertificate {
    /// Its number.
    pub number: CertificateNumber,
    /// The donation that it stands for.
    pub donation: DonationId,
    /// The trees on it.
    pub trees: u32,
    /// The date on it.
    pub issued_at: Instant,
    /// What its donation was, before refunds.
    pub gift: Gift,
    /// What was given back of its donation.
    pub refunded: Tenge,
}

/// A day's donations against their certificates: of the donations that were completed that day, by our clock.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct DayFigures {
    /// Donations that were paid.
    pub paid: u64,
    /// Those of them of which something is left, now.
    pub kept: u64,
    /// What is left of them.
    pub net: Tenge,
    /// Certificates that were ever given for them.
    pub issued: u64,
    /// Those of the certificates that are valid now: as many as donations are kept.
    pub valid: u64,
}

/// Days one after the other, both ends within.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    first: Day,
    last: Day,
}

/// The longest period.
const MOST_DAYS: u64 = 366;

impl BookedDonation {
    /// What is left.
    pub const fn net(&self) -> Tenge {
        self.gift.amount.saturating_sub(self.refunded)
    }
}

impl BookedCertificate {
    /// What it stands for: its trees at the donation's price, and what of the donation is too little for a tree.
    pub fn worth(&self) -> Tenge {
        let net = self.gift.amount.saturating_sub(self.refunded);
        let of_trees = |trees| self.gift.price_per_tree.checked_mul(trees).unwrap_or(net);
        let expected = u32::try_from(net.whole_units(self.gift.price_per_tree)).unwrap_or(u32::MAX);
        let rest = net.saturating_sub(of_trees(expected));
        of_trees(self.trees).saturating_add(rest)
    }
}

impl Period {
    /// The days from the first to the last; `None` if there are none, or more than 366.
    pub fn new(first: Day, last: Day) -> Option<Self> {
        (first <= last && last.before(MOST_DAYS - 1) <= first).then_some(Self { first, last })
    }

    /// Its first day.
    pub const fn first(self) -> Day {
        self.first
    }

    /// Its last day.
    pub const fn last(self) -> Day {
        self.last
    }

    /// All its instants.
    pub fn span(self) -> TimeSpan {
        TimeSpan { from: self.first.span().from, until: self.last.span().until }
    }

    /// Its days, the earliest first.
    pub fn days(self) -> Vec<Day> {
        let mut days: Vec<_> = (0..MOST_DAYS).map(|back| self.last.before(back)).collect();
        days.retain(|day| *day >= self.first);
        days.reverse();
        days
    }
}

/// What Kazakhstan's clocks show at an instant.
pub fn local_time(instant: Instant) -> NaiveDateTime {
    (instant + KAZAKHSTAN).naive_utc()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn a_period_has_both_its_ends_and_366_days_at_most() {
        let month = Period::new(day("2028-02-01"), day("2028-02-29")).unwrap();
        assert_eq!((month.days().len(), month.days()[0], month.days()[28]), (29, month.first(), month.last()));
        assert_eq!(month.span().from.to_rfc3339(), "2028-01-31T19:00:00+00:00");
        assert_eq!(month.span().until.to_rfc3339(), "2028-02-29T19:00:00+00:00");
        assert!(Period::new(day("2028-02-02"), day("2028-02-01")).is_none());
        assert!(Period::new(day("2028-01-01"), day("2028-12-31")).is_some());
        assert!(Period::new(day("2028-01-01"), day("2029-01-01")).is_none());
    }

    #[test]
    fn a_certificate_is_worth_its_trees_and_the_rest() {
        let certificate = |trees, refunded| BookedCertificate {
            number: CertificateNumber::new("TREE", 2026, 1),
            donation: DonationId(Uuid::nil()),
            trees,
            issued_at: day("2026-11-24").span().from,
            gift: Gift { amount: Tenge::new(5_200), trees: 10, price_per_tree: Tenge::new(500) },
            refunded: Tenge::new(refunded),
        };
        for (trees, refunded, worth) in
            [(10, 0, 5_200), (9, 0, 4_700), (10, 100, 5_100), (9, 600, 4_600), (10, 600, 5_100), (0, 5_000, 200)]
        {
            assert_eq!(certificate(trees, refunded).worth(), Tenge::new(worth), "{trees} trees, {refunded} given back");
        }
    }
}
