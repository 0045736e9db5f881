//! Where a developer looks mails up that went to nobody.

use async_trait::async_trait;
use uuid::Uuid;

use crate::Instant;
use crate::ports::MailError;

/// Reads mails that a [`Mailer`](crate::ports::Mailer) kept in place of sending them.
#[async_trait]
pub trait MailArchive: Send + Sync {
    /// The latest mails, newest first. What cannot be read as a mail is left out.
    ///
    /// # Errors
    /// [`MailError::Unavailable`] if nothing can be read at all.
    async fn latest(&self) -> Result<Vec<MailSummary>, MailError>;

    /// One of them; `None` if there is none of this id.
    ///
    /// # Errors
    /// [`MailError::Unavailable`] if it cannot be read.
    async fn find(&self, id: Uuid) -> Result<Option<ArchivedMail>, MailError>;
}

/// A mail's head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailSummary {
    /// The mail's id.
    pub id: Uuid,
    /// What it is about.
    pub subject: String,
    /// Who it would have gone to.
    pub to: String,
    /// When it was written.
    pub written_at: Instant,
}

/// A whole mail, decoded as its receiver's program would.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchivedMail {
    /// Its head.
    pub summary: MailSummary,
    /// Who it is from.
    pub from: String,
    /// What it says; empty if it has no such part.
    pub text: String,
    /// The same as HTML; empty if it has no such part.
    pub html: String,
    /// What comes with it.
    pub attachments: Vec<ArchivedFile>,
}

/// A file that came with a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchivedFile {
    /// Its name.
    pub file_name: String,
    /// What it claims to be.
    pub content_type: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}
