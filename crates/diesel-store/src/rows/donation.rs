//! A donation's own row, and the state that is spread over its columns.

use diesel::prelude::*;
use domain::donation::{Attempt, Decline, DeclineReason};
use domain::{
    AccountId, CampaignSlug, Certificate, CertificateNumber, Donation, DonationId, DonationRecord, DonationState,
    DonationStatus, Donor, DonorEmail, Gift, Language, Refund, ReviewItem,
};

use super::{count, damaged, known, line, optional_line, tenge};
use crate::error::QueryError;
use crate::schema::donations;
use crate::types::{At, Id};

/// A row of `donations`.
#[derive(Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = donations, treat_none_as_null = true, treat_none_as_default_value = false)]
pub(crate) struct DonationRow {
    pub(crate) id: Id,
    account_id: Option<Id>,
    donor_name: String,
    donor_email: String,
    amount: i64,
    trees: i64,
    price_per_tree: i64,
    campaign: String,
    message: Option<String>,
    certificate_name: Option<String>,
    anonymous: bool,
    language: String,
    test_mode: bool,
    status: String,
    completed_at: Option<At>,
    refunded_amount: i64,
    decline_reason: Option<String>,
    decline_gateway_code: Option<String>,
    declined_at: Option<At>,
    cancelled_by_donor_at: Option<At>,
    created_at: At,
    updated_at: At,
    version: i64,
    donor_email_key: Option<String>,
    campaign_title: String,
}

/// A row of `donations` whose terms are written with it.
#[cfg(feature = "bulk")]
#[derive(Insertable)]
#[diesel(table_name = donations, treat_none_as_default_value = false)]
pub(crate) struct IndexedDonationRow {
    #[diesel(embed)]
    row: DonationRow,
    indexed: bool,
}

#[cfg(feature = "bulk")]
impl IndexedDonationRow {
    pub(crate) fn of(donation: &Donation) -> Self {
        Self { row: DonationRow::of(donation), indexed: true }
    }
}

/// What other tables hold of a donation.
#[derive(Default)]
pub(crate) struct DonationParts {
    pub(crate) attempts: Vec<Attempt>,
    pub(crate) refunds: Vec<Refund>,
    pub(crate) reviews: Vec<ReviewItem>,
    pub(crate) certificate: Option<Certificate>,
    pub(crate) earlier_certificate: Option<CertificateNumber>,
}

impl DonationRow {
    pub(crate) fn of(donation: &Donation) -> Self {
        let decline = donation.state.decline();
        Self {
            id: Id(donation.id.0),
            account_id: donation.donor.account.map(|account| Id(account.0)),
            donor_name: donation.donor.name.to_string(),
            donor_email: donation.donor.email.as_str().to_owned(),
            amount: donation.gift.amount.get(),
            trees: donation.gift.trees.into(),
            price_per_tree: donation.gift.price_per_tree.get(),
            campaign: donation.campaign.as_str().to_owned(),
            message: donation.message.as_ref().map(ToString::to_string),
            certificate_name: donation.certificate_name.as_ref().map(ToString::to_string),
            anonymous: donation.anonymous,
            language: donation.language.code().to_owned(),
            test_mode: donation.test_mode,
            status: donation.status().word().to_owned(),
            completed_at: donation.state.completed_at().map(At),
            refunded_amount: donation.refunded().get(),
            decline_reason: decline.map(|decline| decline.reason.word().to_owned()),
            decline_gateway_code: decline.and_then(|decline| decline.gateway_code.clone()),
            declined_at: decline.map(|decline| At(decline.declined_at)),
            cancelled_by_donor_at: donation.cancelled_by_donor_at.map(At),
            created_at: At(donation.created_at),
            updated_at: At(donation.updated_at),
            version: donation.version,
            donor_email_key: (!donation.donor.is_erased()).then(|| donation.donor.email.key()),
            campaign_title: donation.campaign_title.to_string(),
        }
    }

    pub(crate) fn into_donation(self, parts: DonationParts) -> Result<Donation, QueryError> {
        Ok(Donation::restore(DonationRecord {
            id: DonationId(self.id.0),
            donor: Donor {
                account: self.account_id.map(|account| AccountId(account.0)),
                name: line("donations.donor_name", &self.donor_name)?,
                email: DonorEmail::restore(&self.donor_email).map_err(|_| damaged("donations.donor_email"))?,
            },
            gift: Gift {
                amount: tenge("donations.amount", self.amount)?,
                trees: count("donations.trees", self.trees)?,
                price_per_tree: tenge("donations.price_per_tree", self.price_per_tree)?,
            },
            campaign: known("donations.campaign", &self.campaign, CampaignSlug::parse)?,
            campaign_title: line("donations.campaign_title", &self.campaign_title)?,
            message: optional_line("donations.message", self.message.as_deref())?,
            certificate_name: optional_line("donations.certificate_name", self.certificate_name.as_deref())?,
            anonymous: self.anonymous,
            language: known("donations.language", &self.language, Language::from_code)?,
            test_mode: self.test_mode,
            state: self.state()?,
            attempts: parts.attempts,
            refunds: parts.refunds,
            reviews: in_order(parts.reviews),
            cancelled_by_donor_at: self.cancelled_by_donor_at.map(|at| at.0),
            certificate: parts.certificate,
            earlier_certificate: parts.earlier_certificate,
            created_at: self.created_at.0,
            updated_at: self.updated_at.0,
            version: self.version,
        }))
    }

    fn state(&self) -> Result<DonationState, QueryError> {
        let completed_at = || self.completed_at.map(|at| at.0).ok_or_else(|| damaged("donations.completed_at"));
        Ok(match known("donations.status", &self.status, DonationStatus::from_word)? {
            DonationStatus::Pending => DonationState::Pending,
            DonationStatus::AwaitingPayment => DonationState::AwaitingPayment,
            DonationStatus::Failed => DonationState::Failed(self.decline()?),
            DonationStatus::Cancelled => DonationState::Cancelled,
            DonationStatus::Completed => DonationState::Completed { completed_at: completed_at()? },
            DonationStatus::PartiallyRefunded => DonationState::PartiallyRefunded {
                completed_at: completed_at()?,
                refunded: tenge("donations.refunded_amount", self.refunded_amount)?,
            },
            DonationStatus::Refunded => DonationState::Refunded { completed_at: completed_at()? },
        })
    }

    fn decline(&self) -> Result<Decline, QueryError> {
        let reason = self.decline_reason.as_deref().unwrap_or_default();
        Ok(Decline {
            declined_at: self.declined_at.ok_or_else(|| damaged("donations.declined_at"))?.0,
            reason: known("donations.decline_reason", reason, DeclineReason::from_word)?,
            gateway_code: self.decline_gateway_code.clone(),
        })
    }
}

/// In the domain's order; a database may sort texts by the rules of some language.
fn in_order(mut reviews: Vec<ReviewItem>) -> Vec<ReviewItem> {
    reviews.sort_by(|a, b| (a.review, &a.subject).cmp(&(b.review, &b.subject)));
    reviews
}
