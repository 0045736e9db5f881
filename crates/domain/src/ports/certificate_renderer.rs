//! How a certificate becomes a document.

use crate::{Certificate, Instant, Language};

/// Draws certificates. Takes milliseconds of a processor, so callers keep it off their async threads.
pub trait CertificateRenderer: Send + Sync {
    /// The characters of `text` that no certificate can show, each once, in their order; empty if it can be set whole.
    fn unprintable(&self, text: &str) -> Vec<char>;

    /// The document, as PDF. The same sheet always gives the same bytes.
    ///
    /// # Errors
    /// [`RenderError`]; the name that cannot be set is a mistake of whoever accepted it.
    fn render(&self, sheet: &CertificateSheet) -> Result<Vec<u8>, RenderError>;
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
    /// Where anyone can check it; also in its QR code.
    pub verify_url: String,
    /// When the donation was made, which is the document's creation date.
    pub created_at: Instant,
}

/// Why no document was made. The text is for the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the certificate could not be drawn: {0}")]
pub struct RenderError(pub String);
