//! What lies in the folder.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::contract::mailer::mail_number;
use domain::ports::{Attachment, Mail, Mailer as _};
use mail::{FolderMailer, MailConfigError};
use tempfile::TempDir;

use crate::support::decode::decode;
use crate::support::server::SmtpServer;
use crate::support::{FROM, plain_mailer};

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_mail_is_a_file_of_its_name_and_nothing_else_is_left() {
    let folder = TempDir::new().unwrap();
    let mailer = FolderMailer::new(folder.path(), FROM).unwrap();
    mailer.check().await.unwrap();
    assert_eq!(names(folder.path()), [""; 0]);
    for number in [1, 2, 1] {
        mailer.send(&mail_number(number)).await.unwrap();
    }
    let expected = ["0193aaaa-0000-7000-8000-000000000001.eml", "0193aaaa-0000-7000-8000-000000000002.eml"];
    assert_eq!(names(folder.path()), expected);
}

#[tokio::test]
async fn a_file_has_what_a_server_would_get() {
    let (folder, server) = (TempDir::new().unwrap(), SmtpServer::start().await);
    let file = Attachment { file_name: "a.pdf".to_owned(), content_type: "application/pdf", bytes: vec![7; 1000] };
    for mail in [mail_number(1), Mail { attachments: vec![file], ..mail_number(2) }] {
        FolderMailer::new(folder.path(), FROM).unwrap().send(&mail).await.unwrap();
        plain_mailer(&server).send(&mail).await.unwrap();
        let written = fs::read(folder.path().join(format!("{}.eml", mail.id))).unwrap();
        assert!(server.books().taken.pop().unwrap().bytes == written, "{}", written.escape_ascii());
    }
}

#[tokio::test]
async fn the_check_makes_the_folder() {
    let place = TempDir::new().unwrap();
    let folder = place.path().join("a/b");
    FolderMailer::new(&folder, FROM).unwrap().check().await.unwrap();
    assert_eq!(names(&folder), [""; 0]);
}

/// One task writes the same mail again and again, with short and long texts; a thread reads it all the while.
#[tokio::test]
async fn nobody_ever_reads_half_a_mail() {
    let folder = TempDir::new().unwrap();
    let mailer = FolderMailer::new(folder.path(), FROM).unwrap();
    let mails = [0, 1_000_000].map(|length| Mail { text: "x".repeat(length), ..mail_number(1) });
    mailer.send(&mails[0]).await.unwrap();
    let (path, done) = (folder.path().join(format!("{}.eml", mails[0].id)), Arc::new(AtomicBool::new(false)));
    let reader = tokio::task::spawn_blocking({
        let done = Arc::clone(&done);
        move || {
            let mut lengths = Vec::new();
            while !done.load(Ordering::SeqCst) {
                lengths.push(decode(&fs::read(&path).unwrap(), None).text.trim_end().len());
            }
            lengths
        }
    });
    for mail in mails.iter().cycle().take(40) {
        mailer.send(mail).await.unwrap();
    }
    done.store(true, Ordering::SeqCst);
    let lengths = reader.await.unwrap();
    assert!(!lengths.is_empty() && lengths.iter().all(|length| [0, 1_000_000].contains(length)), "{lengths:?}");
}

#[test]
fn a_sender_that_is_none_is_refused() {
    assert_eq!(FolderMailer::new("mails", "Fund").map(|_| ()).unwrap_err(), MailConfigError::From);
}
