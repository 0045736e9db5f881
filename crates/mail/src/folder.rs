//! Mail for development: a folder of files that every mail program opens.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use domain::ports::{Mail, MailError, Mailer};
use tempfile::NamedTempFile;
use tokio::task::spawn_blocking;

use crate::address::Sender;
use crate::config::MailConfigError;
use crate::message::write;

/// Writes each mail as `<id>.eml` into a folder, which is made if it is missing. A repeat replaces the file by itself.
///
/// A file is written under another name first (`.….part`, left behind if the process dies right then), so that nobody who
/// looks for `.eml` ever reads half a mail.
#[derive(Debug, Clone)]
pub struct FolderMailer {
    folder: Arc<Path>,
    sender: Sender,
}

impl FolderMailer {
    /// Touches nothing yet; see [`Mailer::check`].
    ///
    /// # Errors
    /// [`MailConfigError::From`] if `from` is not like `Жасыл қор <noreply@fund.kz>`.
    pub fn new(folder: impl Into<PathBuf>, from: &str) -> Result<Self, MailConfigError> {
        Ok(Self { folder: folder.into().into(), sender: Sender::parse(from)? })
    }

    /// Work in the folder, off the async threads.
    async fn work(&self, work: impl FnOnce(&Path) -> io::Result<()> + Send + 'static) -> Result<(), MailError> {
        let folder = Arc::clone(&self.folder);
        let done = spawn_blocking(move || work(&folder)).await;
        let failed = |why: String| MailError::Unavailable(format!("the folder for mail: {why}"));
        done.map_err(|error| failed(error.to_string()))?.map_err(|error| failed(error.to_string()))
    }
}

#[async_trait]
impl Mailer for FolderMailer {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let bytes = write(mail, &self.sender)?.bytes;
        let name = format!("{}.eml", mail.id);
        self.work(move |folder| {
            let mut file = part(folder)?;
            file.write_all(&bytes)?;
            file.as_file().sync_all()?;
            file.persist(folder.join(name))?;
            Ok(())
        })
        .await
    }

    async fn check(&self) -> Result<(), MailError> {
        self.work(|folder| part(folder)?.close()).await
    }
}

/// A file of its own, which goes away unless it gets a name.
fn part(folder: &Path) -> io::Result<NamedTempFile> {
    std::fs::create_dir_all(folder)?;
    tempfile::Builder::new().prefix(".").suffix(".part").tempfile_in(folder)
}
