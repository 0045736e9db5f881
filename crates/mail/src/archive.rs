//! Reading the folder of mails that a [`FolderMailer`](crate::FolderMailer) fills.

use std::fs::{self, DirEntry};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use async_trait::async_trait;
use domain::Instant;
use domain::ports::{ArchivedFile, ArchivedMail, MailArchive, MailError, MailSummary};
use mail_parser::{Address, Message, MessageParser, MessagePart, MimeHeaders as _, PartType};
use tokio::task::spawn_blocking;
use uuid::Uuid;

/// So many mails are shown at most: a folder of a long development must not take forever to look at.
const MOST_MAILS: usize = 200;

/// Mails in a folder, `<id>.eml` each. Nothing but a file of such a name is ever opened, so that no name leads anywhere else.
#[derive(Debug, Clone)]
pub struct MailFolder {
    folder: Arc<Path>,
}

impl MailFolder {
    /// Reads nothing yet; a folder that is not there has no mails.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into().into() }
    }

    async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Path) -> io::Result<T> + Send + 'static,
    ) -> Result<T, MailError> {
        let folder = Arc::clone(&self.folder);
        let unreadable = |why: String| MailError::Unavailable(format!("the folder for mail: {why}"));
        let done = spawn_blocking(move || work(&folder)).await.map_err(|error| unreadable(error.to_string()))?;
        done.map_err(|error| unreadable(error.to_string()))
    }
}

#[async_trait]
impl MailArchive for MailFolder {
    async fn latest(&self) -> Result<Vec<MailSummary>, MailError> {
        self.read(|folder| {
            let mut files = files(folder)?;
            files.sort_by_key(|(written, id)| std::cmp::Reverse((*written, *id)));
            files.truncate(MOST_MAILS);
            let mut mails = Vec::new();
            for (_, id) in files {
                mails.extend(open(folder, id)?.map(|mail| mail.summary));
            }
            mails.sort_by_key(|mail| std::cmp::Reverse((mail.written_at, mail.id)));
            Ok(mails)
        })
        .await
    }

    async fn find(&self, id: Uuid) -> Result<Option<ArchivedMail>, MailError> {
        self.read(move |folder| open(folder, id)).await
    }
}

/// The mails' files and when each was last written.
fn files(folder: &Path) -> io::Result<Vec<(SystemTime, Uuid)>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut files = Vec::new();
    for entry in entries {
        files.extend(file(&entry?));
    }
    Ok(files)
}

/// `None` for what is no mail of ours, or is gone by now.
fn file(entry: &DirEntry) -> Option<(SystemTime, Uuid)> {
    let name = entry.file_name();
    let id = Uuid::try_parse(name.to_str()?.strip_suffix(".eml")?).ok()?;
    let metadata = entry.metadata().ok().filter(|metadata| metadata.is_file())?;
    Some((metadata.modified().ok()?, id))
}

/// The mail of this id; `None` if there is none, or what is there is no mail.
fn open(folder: &Path, id: Uuid) -> io::Result<Option<ArchivedMail>> {
    let bytes = match fs::read(folder.join(format!("{id}.eml"))) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        bytes => bytes?,
    };
    Ok(MessageParser::default().parse(&bytes).and_then(|message| decoded(id, &message)))
}

fn decoded(id: Uuid, message: &Message<'_>) -> Option<ArchivedMail> {
    let written_at = Instant::from_timestamp(message.date()?.to_timestamp(), 0)?;
    let subject = message.subject().unwrap_or_default().to_owned();
    let summary = MailSummary { id, subject, to: addresses(message.to()), written_at };
    let words = |part: Option<&MessagePart<'_>>| match part.map(|part| &part.body) {
        Some(PartType::Text(text) | PartType::Html(text)) => text.clone().into_owned(),
        _ => String::new(),
    };
    let part = |ids: &[u32]| ids.first().and_then(|id| message.part(*id));
    let text = words(part(&message.text_body).filter(|part| matches!(part.body, PartType::Text(_))));
    let html = words(part(&message.html_body).filter(|part| matches!(part.body, PartType::Html(_))));
    let attachments = message.attachments().map(attachment).collect();
    Some(ArchivedMail { summary, from: addresses(message.from()), text, html, attachments })
}

fn attachment(part: &MessagePart<'_>) -> ArchivedFile {
    let content_type = part.content_type().map(|kind| match kind.subtype() {
        Some(subtype) => format!("{}/{subtype}", kind.ctype()),
        None => kind.ctype().to_owned(),
    });
    ArchivedFile {
        file_name: part.attachment_name().unwrap_or("file").to_owned(),
        content_type: content_type.unwrap_or_default(),
        bytes: part.contents().to_vec(),
    }
}

fn addresses(header: Option<&Address<'_>>) -> String {
    let address = |one: &mail_parser::Addr<'_>| match (one.name(), one.address()) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (name, address) => address.or(name).unwrap_or_default().to_owned(),
    };
    header.into_iter().flat_map(Address::iter).map(address).collect::<Vec<_>>().join(", ")
}
