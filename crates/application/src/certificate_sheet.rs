//! What a donation's certificate shows. Nothing is written: the record was made when the donation was completed, and the
//! document is drawn from it whenever somebody asks.

use domain::ports::CertificateSheet;
use domain::{CertificateNumber, CertificateStatus, Donation};

/// Why there is no certificate to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoCertificate {
    /// The donation has not been paid.
    #[error("there is no certificate yet")]
    NotYet,
    /// All of it was given back.
    #[error("the certificate was withdrawn")]
    Withdrawn,
}

/// The sheet of the donation's valid certificate. `verify_url` says where a number can be checked.
///
/// # Errors
/// [`NoCertificate`].
pub fn certificate_sheet(
    donation: &Donation,
    verify_url: impl Fn(&CertificateNumber) -> String,
) -> Result<CertificateSheet, NoCertificate> {
    let certificate = donation.certificate.clone().ok_or(NoCertificate::NotYet)?;
    if certificate.status != CertificateStatus::Valid {
        return Err(NoCertificate::Withdrawn);
    }
    Ok(CertificateSheet {
        verify_url: verify_url(&certificate.number),
        language: donation.language,
        campaign: donation.campaign_title.to_string(),
        created_at: donation.created_at,
        certificate,
    })
}
