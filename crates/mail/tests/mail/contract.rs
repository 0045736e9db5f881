//! Both mailers keep the promises of the port.

use std::fs;

use async_trait::async_trait;
use domain::contract::mailer::{self, ArrivedMail, MailerUnderTest};
use domain::ports::Mailer;
use mail::{FolderMailer, SmtpMailer};
use tempfile::TempDir;

use crate::support::decode::decode;
use crate::support::server::{At, Reaction, SmtpServer};
use crate::support::{FROM, plain_mailer};

struct OverSmtp {
    server: SmtpServer,
    mailer: SmtpMailer,
}

impl OverSmtp {
    async fn start() -> Self {
        let server = SmtpServer::start().await;
        let mailer = plain_mailer(&server);
        Self { server, mailer }
    }
}

#[async_trait]
impl MailerUnderTest for OverSmtp {
    fn mailer(&self) -> &dyn Mailer {
        &self.mailer
    }

    async fn mailbox(&self) -> Vec<ArrivedMail> {
        self.server.books().taken.iter().map(|taken| decode(&taken.bytes, Some(&taken.to))).collect()
    }

    async fn go_down(&self) {
        self.server.books().script.insert(At::Greeting, Reaction::Say("421 closed for today"));
    }

    async fn come_back(&self) {
        self.server.books().script.clear();
    }
}

struct ToFolder {
    place: TempDir,
    mailer: FolderMailer,
}

impl ToFolder {
    async fn start() -> Self {
        let place = TempDir::new().unwrap();
        let mailer = FolderMailer::new(place.path().join("of/mails"), FROM).unwrap();
        Self { place, mailer }
    }
}

#[async_trait]
impl MailerUnderTest for ToFolder {
    fn mailer(&self) -> &dyn Mailer {
        &self.mailer
    }

    async fn mailbox(&self) -> Vec<ArrivedMail> {
        let Ok(files) = fs::read_dir(self.place.path().join("of/mails")) else { return Vec::new() };
        let mut mails = Vec::new();
        for file in files {
            let path = file.unwrap().path();
            let mail = decode(&fs::read(&path).unwrap(), None);
            let name = path.file_name().unwrap().to_str().unwrap();
            assert_eq!(Some(name.strip_suffix(".eml").unwrap()), mail.identity.split('@').next());
            mails.push(mail);
        }
        mails
    }

    async fn go_down(&self) {
        fs::write(self.place.path().join("of"), "a file where the folder should be").unwrap();
    }

    async fn come_back(&self) {
        fs::remove_file(self.place.path().join("of")).unwrap();
    }
}

macro_rules! tests {
    ($($promise:ident)*) => {
        mod over_smtp { $(
            #[tokio::test]
            async fn $promise() {
                super::mailer::$promise(&super::OverSmtp::start().await).await;
            }
        )* }
        mod to_a_folder { $(
            #[tokio::test]
            async fn $promise() {
                super::mailer::$promise(&super::ToFolder::start().await).await;
            }
        )* }
    };
}
domain::mailer_promises!(tests);
