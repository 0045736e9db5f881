//! How a certificate becomes a document.

use crate::ports::CertificateSigner;
use crate::reconciliation::Day;
use crate::{Certificate, CertificateSignature, CertificateStatement, Instant, Language};

/// Draws certificates. Takes milliseconds of a processor, so callers keep it off their async threads.
pub trait CertificateRenderer: Send + Sync {
    /// The characters of `text` that no certificate can show, each once, in their order; empty if it can be set whole.
    fn unprintable(&self, text: &str) -> Vec<char>;

    /// The document, as PDF, signed twice: what it says, and the file itself. The same sheet and key always give the same
    /// bytes.
    ///
    /// # Errors
    /// [`RenderError`]; the name that cannot be set is a mistake of whoever accepted it.
    fn render(&self, sheet: &CertificateSheet, signer: &dyn CertificateSigner) -> Result<Vec<u8>, RenderError>;

    /// A picture to show to friends, as PNG of 1200 × 630 dots. Not signed: its QR code leads to the page that knows.
    ///
    /// # Errors
    /// [`RenderError`], as above.
    fn card(&self, sheet: &CertificateSheet) -> Result<Vec<u8>, RenderError>;
}

/// Reads what a certificate's file carries. Trusts nothing of it: whoever asked checks both signatures.
pub trait CertificateReader: Send + Sync {
    /// What the file claims; `None` if it is no certificate, or its seal is damaged.
    fn read(&self, file: &[u8]) -> Option<SealedFile>;
}

/// What a certificate's file carries. If both signatures are right, then the statement is what the file shows: the file is
/// as we made it, to the last bit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedFile {
    /// What it says.
    pub statement: CertificateStatement,
    /// The signature of the statement.
    pub signature: CertificateSignature,
    /// The SHA-256 of the whole file but for the signature of it.
    pub sha256: [u8; 32],
    /// The signature of the file.
    pub file_signature: CertificateSignature,
    /// The name of the key that it says both were made with.
    pub key_id: String,
}

/// Everything that a certificate shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateSheet {
    /// The record: number, name, trees, date, and whether it is a test.
    pub certificate: Certificate,
    /// The donor's language.
    pub language: Language,
    /// The campaign's title in that language.
    pub campaign: String,
    /// Where anyone can check it.
    pub verify_url: String,
    /// When the donation was made, which is the document's creation date.
    pub created_at: Instant,
}

impl CertificateSheet {
    /// What is signed of it: every field that it shows.
    pub fn statement(&self) -> CertificateStatement {
        let Certificate { number, draft, .. } = &self.certificate;
        CertificateStatement {
            number: number.clone(),
            name: draft.name.clone(),
            trees: draft.trees,
            campaign: self.campaign.clone(),
            issued_on: Day::of(draft.issued_at),
            language: self.language,
            test_mode: draft.test_mode,
        }
    }

    /// The address in its QR code, where its signature is checked too.
    pub fn signed_url(&self, signature: &CertificateSignature) -> String {
        let joint = if self.verify_url.contains('?') { '&' } else { '?' };
        format!("{}{joint}s={signature}", self.verify_url)
    }
}

/// Why no document was made. The text is for the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the certificate could not be drawn: {0}")]
pub struct RenderError(pub String);
