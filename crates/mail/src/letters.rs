//! What donors are told, in Kazakh, Russian and English: the facts of a [`Letter`] become paragraphs ([`Content`]), and these a plain
//! text and an HTML document that looks like the pages. All letters share one template.

mod account;
mod alert;
mod donation;
mod html;
mod plain;
mod texts;
mod typed;

use domain::Language;
use domain::ports::{Letter, LetterWriter, Wording};

use self::texts::Texts;

/// Writes letters.
#[derive(Debug, Clone, Copy, Default)]
pub struct Letters;

impl LetterWriter for Letters {
    fn write(&self, letter: &Letter, language: Language) -> Wording {
        let texts = Texts(language);
        let content = match letter {
            Letter::Thanks(facts) => donation::thanks(texts, facts),
            Letter::PaymentFailed(facts) => donation::payment_failed(texts, facts),
            Letter::Refunded(facts) => donation::refunded(texts, facts),
            Letter::ConfirmEmail { link, valid_days } => account::confirm_email(texts, link, *valid_days),
            Letter::ResetPassword { link, valid_hours } => account::reset_password(texts, link, *valid_hours),
            Letter::Alert(facts) => alert::alert(texts, facts),
            Letter::Summary(facts) => alert::summary(texts, facts),
        };
        Wording { text: plain::write(texts, &content), html: html::write(texts, &content), subject: content.subject }
    }
}

/// A letter in one language, whatever it will look like.
struct Content {
    subject: String,
    heading: String,
    /// What it begins with.
    greeting: String,
    /// What it says, by paragraphs.
    paragraphs: Vec<String>,
    /// What it is about, each a name and a value.
    facts: Vec<(String, String)>,
    /// What can be done, first what most will want: the words and the address.
    links: Vec<(String, String)>,
    /// What is said more quietly.
    notes: Vec<String>,
    /// Why it comes to this address.
    why: String,
    /// Said in test mode.
    test: Option<String>,
}
