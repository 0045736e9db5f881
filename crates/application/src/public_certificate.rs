//! What anybody may know of a certificate, and whether a signature is ours. Nothing is written.

use domain::ports::{CertificateSheet, FiledCertificate, StoreError};
use domain::{CertificateNumber, CertificateSignature, CertificateStatement, CertificateStatus, Donor};

use crate::{House, ReadError};

/// A certificate as the public sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicCertificate {
    /// How it stands.
    pub status: CertificateStatus,
    /// The certificate that took its place; `None` unless it was replaced.
    pub replaced_by: Option<CertificateNumber>,
    /// The campaign's slug.
    pub campaign: String,
    /// What it shows.
    pub sheet: CertificateSheet,
}

/// The signature of what a certificate says now, and the name of its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// The signature.
    pub signature: CertificateSignature,
    /// The key's name.
    pub key_id: String,
}

/// What comes of checking a signature against what the certificate says now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureCheck {
    /// It is ours, and signs exactly this.
    Matches,
    /// It does not sign this.
    DoesNotMatch,
    /// The donor has been forgotten, and the name with them: what was signed is not known any longer.
    NameForgotten,
}

/// The certificate of this number, whatever became of it.
///
/// # Errors
/// [`ReadError`].
pub async fn read_certificate(house: &House, number: &CertificateNumber) -> Result<PublicCertificate, ReadError> {
    let filed = house.certificates.find(number).await?.ok_or(ReadError::NotFound)?;
    Ok(PublicCertificate {
        status: filed.certificate.status,
        replaced_by: filed.replaced_by.clone(),
        campaign: filed.campaign.as_str().to_owned(),
        sheet: sheet(house, filed),
    })
}

fn sheet(house: &House, filed: FiledCertificate) -> CertificateSheet {
    CertificateSheet {
        verify_url: house.settings.pages.certificate(&filed.certificate.number),
        language: filed.language,
        campaign: filed.campaign_title.to_string(),
        created_at: filed.created_at,
        certificate: filed.certificate,
    }
}

/// Signs a certificate. The same one and key always get the same signature.
///
/// # Errors
/// [`StoreError`], if the key cannot be had.
pub async fn sign_certificate(house: &House, statement: &CertificateStatement) -> Result<Seal, StoreError> {
    let signer = house.seals.signer().await?;
    Ok(Seal { signature: signer.sign(&statement.to_bytes()), key_id: signer.key().id() })
}

/// Checks a signature that somebody shows, by every key that ever signed.
///
/// # Errors
/// [`StoreError`], if the keys cannot be had.
pub async fn check_signature(
    house: &House,
    statement: &CertificateStatement,
    shown: &str,
) -> Result<SignatureCheck, StoreError> {
    let message = statement.to_bytes();
    if let Some(signature) = CertificateSignature::parse(shown) {
        let keys = house.seals.keys().await?;
        if keys.iter().any(|key| house.seals.verifies(key, &message, &signature)) {
            return Ok(SignatureCheck::Matches);
        }
    }
    let forgotten = statement.name == Donor::erased().name.as_str();
    Ok(if forgotten { SignatureCheck::NameForgotten } else { SignatureCheck::DoesNotMatch })
}
