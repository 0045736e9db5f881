//! Certificates for mails, drawn off the async threads.

use std::sync::Arc;

use async_trait::async_trait;
use domain::ports::{CertificatePrinter, CertificateRenderer, CertificateSeals, CertificateSheet, RenderError};

/// Has a renderer draw on the threads that are there for such work.
#[derive(Clone)]
pub struct OffThreadPrinter {
    renderer: Arc<dyn CertificateRenderer>,
    seals: Arc<dyn CertificateSeals>,
}

impl OffThreadPrinter {
    /// Has this renderer draw, and these seals sign.
    pub fn new(renderer: Arc<dyn CertificateRenderer>, seals: Arc<dyn CertificateSeals>) -> Self {
        Self { renderer, seals }
    }
}

#[async_trait]
impl CertificatePrinter for OffThreadPrinter {
    async fn print(&self, sheet: CertificateSheet) -> Result<Vec<u8>, RenderError> {
        let signer = self.seals.signer().await.map_err(|error| RenderError(error.to_string()))?;
        let renderer = self.renderer.clone();
        let drawn = tokio::task::spawn_blocking(move || renderer.render(&sheet, signer.as_ref())).await;
        drawn.map_err(|error| RenderError(error.to_string()))?
    }
}
