//! A certificate's row.

use diesel::prelude::*;
use domain::ports::FiledCertificate;
use domain::{
    CampaignSlug, Certificate, CertificateDraft, CertificateNumber, CertificateStatus, Donation, DonationId, Language,
};

use super::{count, known, line};
use crate::error::QueryError;
use crate::schema::{certificates, donations};
use crate::types::{At, Id};

/// A row of `certificates`.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = certificates, treat_none_as_default_value = false)]
pub(crate) struct CertificateRow {
    number: String,
    series: String,
    year: i64,
    sequence: i64,
    pub(crate) donation_id: Id,
    pub(crate) donation_version: i64,
    name: String,
    trees: i64,
    issued_at: At,
    pub(crate) status: String,
}

impl CertificateRow {
    /// The certificate that `donation`'s change brings about, with the `sequence`th number of its series and `year`.
    pub(crate) fn issued(donation: &Donation, draft: &CertificateDraft, number: (i32, i64)) -> Self {
        Self::numbered((donation.id, donation.version), draft, number)
    }

    /// The certificate that a donation's version brings about, with the `sequence`th number of its series and `year`.
    pub(crate) fn numbered(
        (donation, version): (DonationId, i64),
        draft: &CertificateDraft,
        (year, sequence): (i32, i64),
    ) -> Self {
        Self {
            number: CertificateNumber::new(draft.series(), year, sequence).to_string(),
            series: draft.series().to_owned(),
            year: year.into(),
            sequence,
            donation_id: Id(donation.0),
            donation_version: version,
            name: draft.name.clone(),
            trees: draft.trees.into(),
            issued_at: At(draft.issued_at),
            status: CertificateStatus::Valid.word().to_owned(),
        }
    }

    /// The same one, no longer true perhaps.
    #[cfg(feature = "bulk")]
    pub(crate) fn with_status(self, status: CertificateStatus) -> Self {
        Self { status: status.word().to_owned(), ..self }
    }

    pub(crate) fn into_certificate(self) -> Result<Certificate, QueryError> {
        Ok(Certificate {
            number: CertificateNumber::from_text(self.number),
            donation: DonationId(self.donation_id.0),
            draft: CertificateDraft {
                name: self.name,
                trees: count("certificates.trees", self.trees)?,
                test_mode: self.series == "TEST",
                issued_at: self.issued_at.0,
            },
            status: known("certificates.status", &self.status, CertificateStatus::from_word)?,
        })
    }
}

/// What a certificate shows of its donation's row.
#[derive(Queryable, Selectable)]
#[diesel(table_name = donations)]
pub(crate) struct FiledRow {
    campaign: String,
    campaign_title: String,
    language: String,
    created_at: At,
}

impl FiledRow {
    pub(crate) fn into_filed(
        self,
        row: CertificateRow,
        replaced_by: Option<String>,
    ) -> Result<FiledCertificate, QueryError> {
        Ok(FiledCertificate {
            certificate: row.into_certificate()?,
            campaign: known("donations.campaign", &self.campaign, CampaignSlug::parse)?,
            campaign_title: line("donations.campaign_title", &self.campaign_title)?,
            language: known("donations.language", &self.language, Language::from_code)?,
            created_at: self.created_at.0,
            replaced_by: replaced_by.map(CertificateNumber::from_text),
        })
    }
}
