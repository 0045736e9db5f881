//! A certificate, and somebody who signs it.

use certificate_pdf::PdfCertificates;
use domain::ports::{CertificateRenderer as _, CertificateSheet, CertificateSigner};
use domain::{
    Certificate, CertificateDraft, CertificateKey, CertificateNumber, CertificateSignature, CertificateStatus,
    DonationId, Language,
};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

/// Signs with a key made from one number.
pub struct Pen(SigningKey);

impl Pen {
    pub fn new(seed: u8) -> Self {
        Self(SigningKey::from_bytes(&[seed; 32]))
    }
}

impl CertificateSigner for Pen {
    fn key(&self) -> CertificateKey {
        CertificateKey(self.0.verifying_key().to_bytes())
    }

    fn sign(&self, message: &[u8]) -> CertificateSignature {
        CertificateSignature(self.0.sign(message).to_bytes())
    }
}

pub fn verifies(key: &CertificateKey, message: &[u8], signature: &CertificateSignature) -> bool {
    let key = VerifyingKey::from_bytes(&key.0).unwrap();
    key.verify_strict(message, &Signature::from_bytes(&signature.0)).is_ok()
}

pub fn sheet(name: &str, language: Language) -> CertificateSheet {
    let issued_at = "2026-12-31T20:15:00Z".parse().unwrap();
    let draft = CertificateDraft { name: name.to_owned(), trees: 12, test_mode: false, issued_at };
    CertificateSheet {
        language,
        campaign: "Қазақстанда ағаш егейік".to_owned(),
        verify_url: "https://example.kz/certificates/TREE-2027-000042".to_owned(),
        created_at: issued_at,
        certificate: Certificate {
            number: CertificateNumber::new(draft.series(), draft.year(), 42),
            donation: DonationId(uuid::Uuid::nil()),
            draft,
            status: CertificateStatus::Valid,
        },
    }
}

pub fn render(sheet: &CertificateSheet) -> Vec<u8> {
    PdfCertificates::new().render(sheet, &Pen::new(1)).unwrap()
}

/// The sheet, and the same with one of the fields changed that a certificate shows, each of them once.
pub fn with_one_field_changed(original: &CertificateSheet) -> Vec<(&'static str, CertificateSheet)> {
    let change = |field, change: fn(&mut CertificateSheet)| {
        let mut sheet = original.clone();
        change(&mut sheet);
        (field, sheet)
    };
    vec![
        change("number", |sheet| sheet.certificate.number = CertificateNumber::from_text("TREE-2027-000043")),
        change("name", |sheet| sheet.certificate.draft.name.push('а')),
        change("trees", |sheet| sheet.certificate.draft.trees += 1),
        change("campaign", |sheet| sheet.campaign.push('!')),
        change("date", |sheet| sheet.certificate.draft.issued_at = "2027-01-02T00:00:00Z".parse().unwrap()),
        change("language", |sheet| sheet.language = Language::En),
        change("test mode", |sheet| sheet.certificate.draft.test_mode = true),
    ]
}
