//! A donation's facts.

use std::collections::BTreeMap;
use std::ops::Deref;

use crate::donation::{Attempt, DonationState, DonationStatus};
use crate::{
    CampaignSlug, Certificate, CertificateNumber, DonationId, Donor, DonorName, Gift, Instant, Language, LineText,
    Refund, RefundId, RefundStatus, ReviewItem, Tenge,
};

/// Everything on record about a donation, for stores to write and read. Only [`Donation`] decides how it changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DonationRecord {
    /// Its id.
    pub id: DonationId,
    /// Whose it is.
    pub donor: Donor,
    /// How much, and how many trees.
    pub gift: Gift,
    /// What for.
    pub campaign: CampaignSlug,
    /// The campaign's title in the donation's language, as it was when the donation was made. It stays, whatever the
    /// campaign is called later: a certificate must not change its wording after it was given.
    pub campaign_title: LineText<200>,
    /// What the donor wished to say.
    pub message: Option<LineText<500>>,
    /// The name on the certificate, where it is not the donor's own.
    pub certificate_name: Option<DonorName>,
    /// Whether the donor's name stays out of public lists.
    pub anonymous: bool,
    /// The language of the certificate and the mails.
    pub language: Language,
    /// Whether the fake gateway handles it.
    pub test_mode: bool,
    /// Where it stands.
    pub state: DonationState,
    /// Its attempts, by number; the last one is the current one.
    pub attempts: Vec<Attempt>,
    /// Refunds heard of, in the order of their arrival.
    pub refunds: Vec<Refund>,
    /// What a person must look at, or has; by review and subject.
    pub reviews: Vec<ReviewItem>,
    /// When the donor gave up, unless paying was begun again since.
    pub cancelled_by_donor_at: Option<Instant>,
    /// The latest certificate.
    pub certificate: Option<Certificate>,
    /// The number of the certificate before the latest; `None` if there was none.
    pub earlier_certificate: Option<CertificateNumber>,
    /// When it was made.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
    /// Counts its changes, so that of two at once the second is told to look again.
    pub version: i64,
}

/// A donation. Read through to its [`DonationRecord`]; change it with [`Donation::apply`] and
/// [`Donation::plan_payment`] only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Donation(pub(super) DonationRecord);

/// What a new donation starts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDonation {
    /// Its id.
    pub id: DonationId,
    /// Whose it is.
    pub donor: Donor,
    /// How much, and how many trees.
    pub gift: Gift,
    /// What for.
    pub campaign: CampaignSlug,
    /// The campaign's title in the donation's language, as it was when the donation was made. It stays, whatever the
    /// campaign is called later: a certificate must not change its wording after it was given.
    pub campaign_title: LineText<200>,
    /// What the donor wished to say.
    pub message: Option<LineText<500>>,
    /// The name on the certificate, where it is not the donor's own.
    pub certificate_name: Option<DonorName>,
    /// Whether the donor's name stays out of public lists.
    pub anonymous: bool,
    /// The language of the certificate and the mails.
    pub language: Language,
    /// Whether the fake gateway handles it.
    pub test_mode: bool,
}

impl Deref for Donation {
    type Target = DonationRecord;

    fn deref(&self) -> &DonationRecord {
        &self.0
    }
}

impl Donation {
    /// A new donation, `pending`.
    pub fn new(new: NewDonation, now: Instant) -> Self {
        Self(DonationRecord {
            id: new.id,
            donor: new.donor,
            gift: new.gift,
            campaign: new.campaign,
            campaign_title: new.campaign_title,
            message: new.message,
            certificate_name: new.certificate_name,
            anonymous: new.anonymous,
            language: new.language,
            test_mode: new.test_mode,
            state: DonationState::Pending,
            attempts: Vec::new(),
            refunds: Vec::new(),
            reviews: Vec::new(),
            cancelled_by_donor_at: None,
            certificate: None,
            earlier_certificate: None,
            created_at: now,
            updated_at: now,
            version: 0,
        })
    }

    /// A donation as a store kept it.
    pub fn restore(record: DonationRecord) -> Self {
        Self(record)
    }

    /// The record, for a store to write.
    pub fn into_record(self) -> DonationRecord {
        self.0
    }

    /// Its state's word.
    pub fn status(&self) -> DonationStatus {
        self.state.status()
    }

    /// What was given back; 0 ₸ until then.
    pub fn refunded(&self) -> Tenge {
        match &self.state {
            DonationState::PartiallyRefunded { refunded, .. } => *refunded,
            DonationState::Refunded { .. } => self.gift.amount,
            _ => Tenge::ZERO,
        }
    }

    /// The attempt that counts now: the last one.
    pub fn current_attempt(&self) -> Option<&Attempt> {
        self.attempts.last()
    }

    /// The attempt of this number; `None` if there is none.
    pub fn attempt(&self, number: u32) -> Option<&Attempt> {
        self.attempts.iter().find(|attempt| attempt.number == number)
    }

    /// The refund of this id, or that had this id before the gateway's news of it were found to be about one of ours.
    pub fn refund(&self, id: RefundId) -> Option<&Refund> {
        let was = |refund: &Refund| refund.gateway_id.as_ref().map(|known| RefundId::of_gateway(self.id, known));
        let by_id = self.refunds.iter().find(|refund| refund.id == id);
        by_id.or_else(|| self.refunds.iter().find(|refund| was(refund) == Some(id)))
    }

    /// The attempt to show: the paid one, else the current one.
    pub fn shown_attempt(&self) -> Option<&Attempt> {
        self.attempts.iter().find(|attempt| attempt.is_paid()).or_else(|| self.current_attempt())
    }

    /// The name for the certificate.
    pub fn name_on_certificate(&self) -> &str {
        self.certificate_name.as_ref().unwrap_or(&self.donor.name).as_str()
    }

    /// What is left, of the donation's amount, of the paid attempt that most is left of; `None` if none was paid. A
    /// function of what was captured and refunded alone, so that it does not matter in which order we heard of it.
    pub(super) fn left_of_paid(&self) -> Option<Tenge> {
        let mut refunded: BTreeMap<u32, Tenge> = BTreeMap::new();
        for refund in self.refunds.iter().filter(|refund| refund.status == RefundStatus::Succeeded) {
            let sum = refunded.entry(refund.attempt).or_insert(Tenge::ZERO);
            *sum = sum.saturating_add(refund.amount);
        }
        let left = |attempt: &Attempt| {
            self.gift.amount.saturating_sub(refunded.get(&attempt.number).copied().unwrap_or(Tenge::ZERO))
        };
        self.attempts.iter().filter(|attempt| attempt.is_paid()).map(left).max()
    }

    /// How many payments the charity still holds money of; more than one is more than the donor meant.
    pub fn payments_held(&self) -> usize {
        let left = |number| self.gift.amount.saturating_sub(self.refunded_of(number));
        self.attempts.iter().filter(|attempt| attempt.is_paid() && !left(attempt.number).is_zero()).count()
    }

    /// What was given back of one attempt, which may be more than was paid if the gateway's books are wrong.
    pub(super) fn refunded_of(&self, number: u32) -> Tenge {
        self.refunds
            .iter()
            .filter(|refund| refund.attempt == number && refund.status == RefundStatus::Succeeded)
            .fold(Tenge::ZERO, |sum, refund| sum.saturating_add(refund.amount))
    }

    pub(super) fn attempt_mut(&mut self, number: u32) -> Option<&mut Attempt> {
        self.0.attempts.iter_mut().find(|attempt| attempt.number == number)
    }
}
