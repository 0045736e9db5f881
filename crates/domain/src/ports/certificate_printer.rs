//! How a certificate becomes a document while others wait for nothing.

use async_trait::async_trait;

use crate::ports::{CertificateSheet, RenderError};

/// Draws certificates as a [`CertificateRenderer`](crate::ports::CertificateRenderer) does, off the threads on which everybody else's
/// work goes on.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait CertificatePrinter: Send + Sync {
    /// The document, as PDF. The same sheet always gives the same bytes.
    ///
    /// # Errors
    /// [`RenderError`], as the renderer's.
    async fn print(&self, sheet: CertificateSheet) -> Result<Vec<u8>, RenderError>;
}
