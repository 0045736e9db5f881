//! Who draws and signs certificates in these tests.

use std::sync::Arc;

use async_trait::async_trait;
use domain::ports::{
    CertificateRenderer, CertificateSeals, CertificateSheet, CertificateSigner, RenderError, StoreError,
};
use domain::{CertificateKey, CertificateSignature};

/// Stands in for the fonts: everything but pictographs can be set.
pub struct NoPictographs;

impl CertificateRenderer for NoPictographs {
    fn unprintable(&self, text: &str) -> Vec<char> {
        text.chars().filter(|c| u32::from(*c) >= 0x1_f000).collect()
    }

    fn render(&self, _: &CertificateSheet, _: &dyn CertificateSigner) -> Result<Vec<u8>, RenderError> {
        Err(RenderError("pages draw no certificates".to_owned()))
    }

    fn card(&self, sheet: &CertificateSheet) -> Result<Vec<u8>, RenderError> {
        Ok(format!("a picture of {}", sheet.certificate.number).into_bytes())
    }
}

/// Signs with what the message itself is made of: right for it, and wrong for every other.
pub struct TestSeals;

pub fn signature_of(message: &[u8]) -> CertificateSignature {
    let mut state = 7_u64;
    message.iter().for_each(|byte| state = (state ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3));
    CertificateSignature(std::array::from_fn(|place| state.to_be_bytes()[place % 8]))
}

impl CertificateSigner for TestSeals {
    fn key(&self) -> CertificateKey {
        CertificateKey([7; 32])
    }

    fn sign(&self, message: &[u8]) -> CertificateSignature {
        signature_of(message)
    }
}

#[async_trait]
impl CertificateSeals for TestSeals {
    async fn signer(&self) -> Result<Arc<dyn CertificateSigner>, StoreError> {
        Ok(Arc::new(Self))
    }

    async fn keys(&self) -> Result<Vec<CertificateKey>, StoreError> {
        Ok(vec![self.key()])
    }

    fn verifies(&self, _: &CertificateKey, message: &[u8], signature: &CertificateSignature) -> bool {
        signature_of(message) == *signature
    }
}
