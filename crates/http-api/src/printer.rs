//! Certificates for mails, drawn off the async threads.

use std::sync::Arc;

use async_trait::async_trait;
use domain::ports::{CertificatePrinter, CertificateRenderer, CertificateSheet, RenderError};

/// Has a renderer draw on the threads that are there for such work.
#[derive(Clone)]
pub struct OffThreadPrinter {
    renderer: Arc<dyn CertificateRenderer>,
}

impl OffThreadPrinter {
    /// Has this renderer draw.
    pub fn new(renderer: Arc<dyn CertificateRenderer>) -> Self {
        Self { renderer }
    }
}

#[async_trait]
impl CertificatePrinter for OffThreadPrinter {
    async fn print(&self, sheet: CertificateSheet) -> Result<Vec<u8>, RenderError> {
        let renderer = self.renderer.clone();
        let drawn = tokio::task::spawn_blocking(move || renderer.render(&sheet)).await;
        drawn.map_err(|error| RenderError(error.to_string()))?
    }
}
