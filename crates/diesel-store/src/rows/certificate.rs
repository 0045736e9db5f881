//! A certificate's row.

use diesel::prelude::*;
use domain::{Certificate, CertificateDraft, CertificateNumber, CertificateStatus, Donation, DonationId};

use super::{count, known};
use crate::error::QueryError;
use crate::schema::certificates;
use crate::types::{At, Id};

/// A row of `certificates`.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = certificates)]
pub(crate) struct CertificateRow {
    number: String,
    series: String,
    year: i64,
    sequence: i64,
    pub(crate) donation_id: Id,
    donation_version: i64,
    name: String,
    trees: i64,
    issued_at: At,
    status: String,
}

impl CertificateRow {
    /// The certificate that `donation`'s change brings about, with the `sequence`th number of its series and `year`.
    pub(crate) fn issued(donation: &Donation, draft: &CertificateDraft, (year, sequence): (i32, i64)) -> Self {
        Self {
            number: CertificateNumber::new(draft.series(), year, sequence).to_string(),
            series: draft.series().to_owned(),
            year: year.into(),
            sequence,
            donation_id: Id(donation.id.0),
            donation_version: donation.version,
            name: draft.name.clone(),
            trees: draft.trees.into(),
            issued_at: At(draft.issued_at),
            status: CertificateStatus::Valid.word().to_owned(),
        }
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
