//! Letters and certificates with the least that tells them apart: what they look like is nothing to a history.

use async_trait::async_trait;
use domain::Language;
use domain::ports::{CertificatePrinter, CertificateSheet, Letter, LetterWriter, RenderError, Wording};

/// What a mail about a refund is called here.
pub const REFUND_SUBJECT: &str = "refund";

/// Writes only what is the same however often a job is done: what is left of a donation may have changed between two copies of one
/// mail, and both are right when they are written.
pub struct SimLetters;

impl LetterWriter for SimLetters {
    fn write(&self, letter: &Letter, _: Language) -> Wording {
        let (subject, text) = match letter {
            Letter::Thanks(facts) => {
                (format!("certificate {}", facts.number), format!("{} {}", facts.page, facts.trees))
            }
            Letter::PaymentFailed(facts) => ("failed".to_owned(), format!("{} {}", facts.page, facts.amount)),
            Letter::Refunded(facts) => (REFUND_SUBJECT.to_owned(), format!("{} {}", facts.page, facts.amount)),
            Letter::ConfirmEmail { link, .. } | Letter::ResetPassword { link, .. } => {
                ("account".to_owned(), link.clone())
            }
            Letter::Alert(facts) => ("alert".to_owned(), format!("{facts:?}")),
            Letter::Summary(facts) => ("summary".to_owned(), format!("{facts:?}")),
        };
        Wording { subject, html: text.clone(), text }
    }
}

/// A certificate is all that it would show.
pub struct SimPrinter;

#[async_trait]
impl CertificatePrinter for SimPrinter {
    async fn print(&self, sheet: CertificateSheet) -> Result<Vec<u8>, RenderError> {
        Ok(format!("{sheet:?}").into_bytes())
    }
}
