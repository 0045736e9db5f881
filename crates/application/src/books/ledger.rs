//! Four books of the same money, side by side, donation by donation.
//!
//! Payments, refunds, donations and certificates come from a table each. They agree only if they agree about every donation: two
//! faults that cancel each other in a sum do not hide here. Which lines disagree says which table is at fault: each table stands in
//! some lines and not in others.

use std::collections::BTreeMap;

use domain::books::{BookedCertificate, BookedDonation, BookedPayment, BookedRefund};
use domain::{DonationId, Tenge};

/// How many, and how much.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Sum {
    /// How many.
    pub number: u64,
    /// How much.
    pub amount: Tenge,
}

/// What a line of the proof says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineKind {
    /// What is left of the payments = what is left of the donations.
    PaymentsDonations,
    /// What was given back of the payments that donations stand on = what was given back of the donations.
    Refunds,
    /// What is left of the donations = what their valid certificates stand for, one each.
    DonationsCertificates,
    /// What is left of the payments = what the valid certificates stand for.
    PaymentsCertificates,
    /// No donor's money is held beyond a donation: nobody has paid twice without getting the second payment back.
    NothingSuperfluous,
    /// No payment of another amount than its donation's waits for a person.
    NothingMismatched,
    /// The gateway's totals of the days = ours.
    Gateway,
}

impl LineKind {
    /// All of them, in their order.
    pub const ALL: [Self; 7] = [
        Self::PaymentsDonations,
        Self::Refunds,
        Self::DonationsCertificates,
        Self::PaymentsCertificates,
        Self::NothingSuperfluous,
        Self::NothingMismatched,
        Self::Gateway,
    ];

    /// The stable word in the API.
    pub const fn word(self) -> &'static str {
        match self {
            Self::PaymentsDonations => "payments_donations",
            Self::Refunds => "refunds",
            Self::DonationsCertificates => "donations_certificates",
            Self::PaymentsCertificates => "payments_certificates",
            Self::NothingSuperfluous => "nothing_superfluous",
            Self::NothingMismatched => "nothing_mismatched",
            Self::Gateway => "gateway",
        }
    }
}

/// Whether a line holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It does.
    Agrees,
    /// It does not.
    DoesNotAgree,
    /// It is not known: days have not been compared with the gateway's books.
    NotCompared,
}

impl Verdict {
    /// The stable word in the API.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::DoesNotAgree => "does_not_agree",
            Self::NotCompared => "not_compared",
        }
    }
}

/// A line of the proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProofLine {
    /// What it says.
    pub kind: LineKind,
    /// Its one side.
    pub left: Tenge,
    /// The other one.
    pub right: Tenge,
    /// How many donations (of the gateway: days) disagree.
    pub disagreeing: u64,
    /// Whether it holds.
    pub verdict: Verdict,
}

/// A donation about which a line does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Disagreement {
    /// The line.
    pub line: LineKind,
    /// The donation.
    pub donation: DonationId,
    /// The line's one side.
    pub left: Tenge,
    /// The other one.
    pub right: Tenge,
}

/// What the tables say of one donation.
#[derive(Debug, Default)]
struct Account {
    payments: Vec<(u32, Tenge)>,
    refunds: Vec<(u32, Tenge)>,
    /// What is left and what was given back, by the donation's own word.
    donation: Option<(Tenge, Tenge)>,
    certificate: Option<Tenge>,
    mismatched: bool,
}

/// What the tables say of every donation. A hundred bytes or two for each.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    accounts: BTreeMap<DonationId, Account>,
}

impl Ledger {
    pub(super) fn payment(&mut self, payment: &BookedPayment) {
        let account = self.accounts.entry(payment.donation).or_default();
        if payment.mismatched {
            account.mismatched = true;
        } else {
            account.payments.push((payment.attempt, payment.amount));
        }
    }

    pub(super) fn refund(&mut self, refund: &BookedRefund) {
        self.accounts.entry(refund.donation).or_default().refunds.push((refund.attempt, refund.amount));
    }

    pub(super) fn donation(&mut self, donation: &BookedDonation) {
        self.accounts.entry(donation.id).or_default().donation = Some((donation.net(), donation.refunded));
    }

    pub(super) fn certificate(&mut self, certificate: &BookedCertificate) {
        let account = self.accounts.entry(certificate.donation).or_default();
        let others = account.certificate.unwrap_or(Tenge::ZERO);
        account.certificate = Some(others.saturating_add(certificate.worth()));
    }

    /// The lines that our own tables decide, in the order of [`LineKind::ALL`], and every donation that breaks one.
    pub(super) fn judged(&self) -> (Vec<ProofLine>, Vec<Disagreement>) {
        let mut found = Vec::new();
        let own = LineKind::ALL.into_iter().filter(|kind| *kind != LineKind::Gateway);
        let lines = own.map(|kind| self.line(kind, &mut found)).collect();
        (lines, found)
    }

    fn line(&self, kind: LineKind, found: &mut Vec<Disagreement>) -> ProofLine {
        let mut line =
            ProofLine { kind, left: Tenge::ZERO, right: Tenge::ZERO, disagreeing: 0, verdict: Verdict::Agrees };
        for (donation, account) in &self.accounts {
            let (left, right) = account.sides(kind);
            let amount = |side: Option<Tenge>| side.unwrap_or(Tenge::ZERO);
            line.left = line.left.saturating_add(amount(left));
            line.right = line.right.saturating_add(amount(right));
            if left != right {
                line.disagreeing += 1;
                line.verdict = Verdict::DoesNotAgree;
                found.push(Disagreement { line: kind, donation: *donation, left: amount(left), right: amount(right) });
            }
        }
        line
    }
}

impl Account {
    /// Both sides of a line; `None` where there is nothing on record, which is not the same as nothing left.
    fn sides(&self, kind: LineKind) -> (Option<Tenge>, Option<Tenge>) {
        let payments = self.left_of_payments();
        let donation = self.donation.map(|(net, _)| net);
        // Of what was given back whole no certificate is valid.
        let something = |side: Option<Tenge>| side.filter(|left| !left.is_zero());
        match kind {
            LineKind::PaymentsDonations => (payments, donation),
            LineKind::Refunds => (something(Some(self.given_back())), something(self.donation.map(|(_, back)| back))),
            LineKind::DonationsCertificates => (something(donation), self.certificate),
            LineKind::PaymentsCertificates => (something(payments), self.certificate),
            LineKind::NothingSuperfluous => (something(Some(self.superfluous())), None),
            LineKind::NothingMismatched => (self.mismatched.then_some(Tenge::ZERO), None),
            LineKind::Gateway => (None, None),
        }
    }

    /// What is left of the payment that most is left of, which is the one that the donation stands on; `None` if none was made.
    fn left_of_payments(&self) -> Option<Tenge> {
        self.lefts().max()
    }

    /// What is held of the others.
    fn superfluous(&self) -> Tenge {
        let all = self.lefts().fold(Tenge::ZERO, Tenge::saturating_add);
        all.saturating_sub(self.left_of_payments().unwrap_or(Tenge::ZERO))
    }

    fn lefts(&self) -> impl Iterator<Item = Tenge> {
        self.payments.iter().map(|(number, amount)| amount.saturating_sub(self.refunded(*number)))
    }

    /// What was given back of the payment that the donation stands on; of all, if none is on record.
    fn given_back(&self) -> Tenge {
        let of_each = self.payments.iter().map(|(number, amount)| self.refunded(*number).min(*amount));
        of_each.min().unwrap_or_else(|| self.refunds.iter().fold(Tenge::ZERO, |sum, (_, one)| sum.saturating_add(*one)))
    }

    fn refunded(&self, attempt: u32) -> Tenge {
        let of_it = self.refunds.iter().filter(|(number, _)| *number == attempt);
        of_it.fold(Tenge::ZERO, |sum, (_, amount)| sum.saturating_add(*amount))
    }
}

impl Sum {
    pub(super) fn add(&mut self, amount: Tenge) {
        self.number += 1;
        self.amount = self.amount.saturating_add(amount);
    }
}
