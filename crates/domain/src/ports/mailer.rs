//! Who carries mail to donors.

use async_trait::async_trait;
use uuid::Uuid;

use crate::{DonorEmail, DonorName, Instant};

/// Hands mails over to whoever delivers them.
///
/// What must hold of every implementation:
/// - A mail arrives as it was written: every letter, every byte of an attachment. Only line breaks may change their kind,
///   and blank lines at the text's end may come or go.
/// - The same mail handed over twice is recognisable as one: same Message-ID, or same file.
/// - Nothing in a mail can make it go to anybody but [`Mail::to`]: a line break in a subject or a file name is a space.
/// - No call is repeated inside: the caller decides, by the [`MailError`].
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Hands one mail over. `Ok` once whoever delivers it has taken responsibility; whether the donor ever gets it,
    /// nobody can tell.
    ///
    /// # Errors
    /// [`MailError`], cut by what the caller may do next.
    async fn send(&self, mail: &Mail) -> Result<(), MailError>;

    /// Whether mail could be handed over now; sends nothing.
    ///
    /// # Errors
    /// [`MailError::Unavailable`] if it could not.
    async fn check(&self) -> Result<(), MailError>;
}

/// A mail to one donor: the same in plain text and in HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// What makes it this mail: equal for repeats, and for nothing else.
    pub id: Uuid,
    /// Who gets it.
    pub to: DonorEmail,
    /// Their name, if it is known.
    pub to_name: Option<DonorName>,
    /// What it is about, in one line.
    pub subject: String,
    /// What it says, complete by itself.
    pub text: String,
    /// The same as HTML, a whole document that loads nothing.
    pub html: String,
    /// What comes with it.
    pub attachments: Vec<Attachment>,
    /// When it was written; repeats keep it.
    pub written_at: Instant,
}

/// A file that comes with a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name, without a path.
    pub file_name: String,
    /// What it is: `application/pdf`.
    pub content_type: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Why a mail was not handed over, cut by what the caller may do next. The text is for the log, and holds no address and
/// no secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// It will never be taken, however often it is tried: there is something about its address or its content.
    #[error("the mail was refused: {0}")]
    Refused(String),
    /// Try again later. Where the answer to a mail that was handed over is missing, it may arrive twice, under one name.
    #[error("mail is unavailable: {0}")]
    Unavailable(String),
}
