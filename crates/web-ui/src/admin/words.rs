//! The domain's words, as operators read them.

use domain::DonationStatus;
use domain::audit::AuditAction;
use domain::ports::{DeliveryOutcome, JobStatus, Task};

use super::parts::Cell;
use crate::texts::Texts;

/// The text for a word of this kind. Its key is `admin-word-{kind}-{word}`.
pub(crate) fn word(texts: Texts, kind: &str, word: &str) -> String {
    texts.get(&format!("admin-word-{kind}-{}", word.replace(['.', '_'], "-")))
}

/// A word with its colour.
pub(crate) fn status(texts: Texts, kind: &str, known: &'static str) -> Cell {
    Cell::Status { word: known, text: word(texts, kind, known) }
}

/// What a job is to do.
pub(crate) fn task(texts: Texts, task: Task) -> String {
    word(texts, "task", task.word())
}

/// The choices of a filter: any, and each of these.
fn choices(texts: Texts, kind: &str, words: impl IntoIterator<Item = &'static str>) -> Vec<(String, String)> {
    let any = (String::new(), texts.get("admin-any"));
    let named = words.into_iter().map(|known| (known.to_owned(), word(texts, kind, known)));
    std::iter::once(any).chain(named).collect()
}

pub(crate) fn donation_statuses(texts: Texts) -> Vec<(String, String)> {
    choices(texts, "status", DonationStatus::ALL.map(DonationStatus::word))
}

pub(crate) fn job_statuses(texts: Texts) -> Vec<(String, String)> {
    choices(texts, "job", JobStatus::ALL.map(JobStatus::word))
}

pub(crate) fn delivery_outcomes(texts: Texts) -> Vec<(String, String)> {
    choices(texts, "outcome", DeliveryOutcome::ALL.map(DeliveryOutcome::word))
}

pub(crate) fn audit_actions(texts: Texts) -> Vec<(String, String)> {
    choices(texts, "action", AuditAction::ALL.map(AuditAction::word))
}

#[cfg(test)]
mod tests {
    use domain::audit::AuditOutcome;
    use domain::donation::{TimelineKind, Work};
    use domain::{AccountMail, CertificateStatus, Language, RefundStatus, Review};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn every_word_has_its_text_in_every_language() {
        let of_refund = Work::TellOfRefund(domain::RefundId(Uuid::nil()));
        let works =
            [Work::SendCertificate, Work::SendCertificateAgain, Work::TellOfDecline, of_refund, Work::RefundDuplicate];
        let mails = [AccountMail::ConfirmEmail, AccountMail::ResetPassword];
        let words = [
            ("status", DonationStatus::ALL.map(DonationStatus::word).to_vec()),
            ("job", JobStatus::ALL.map(JobStatus::word).to_vec()),
            ("outcome", DeliveryOutcome::ALL.map(DeliveryOutcome::word).to_vec()),
            ("audit", AuditOutcome::ALL.map(AuditOutcome::word).to_vec()),
            ("action", AuditAction::ALL.map(AuditAction::word).to_vec()),
            ("kind", TimelineKind::ALL.map(TimelineKind::word).to_vec()),
            ("review", Review::ALL.map(Review::word).to_vec()),
            ("refund", RefundStatus::ALL.map(RefundStatus::word).to_vec()),
            ("certificate", CertificateStatus::ALL.map(CertificateStatus::word).to_vec()),
            ("attempt", vec!["prepared", "open", "ended", "paid", "mismatched"]),
            ("payment", vec!["kept", "superfluous"]),
            ("task", works.map(Work::word).into_iter().chain(mails.map(AccountMail::word)).collect()),
        ];
        for language in Language::ALL {
            for (kind, words) in &words {
                for known in words {
                    let text = word(Texts(language), kind, known);
                    assert!(!text.starts_with("admin-word-"), "{language:?}: {text}");
                }
            }
        }
    }
}
