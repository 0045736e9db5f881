//! How mail goes out.

use std::path::PathBuf;

use secrecy::SecretString;

use super::reader::Reader;
use super::settings::AppEnv;

/// How mail goes out.
#[derive(Debug, Clone)]
pub struct MailSettings {
    /// The mail server, a secret because it may hold a password; without one, mails are written into `folder`.
    pub smtp_url: Option<SecretString>,
    /// Who all mail is from.
    pub from: String,
    /// Where mails go that no server takes, one `.eml` file each.
    pub folder: PathBuf,
}

/// Reads them. That the address of the server can be used is found when the mailer is built.
pub(super) fn mail(read: &mut Reader, app_env: AppEnv, warnings: &mut Vec<String>) -> MailSettings {
    let smtp_url = read.secret("SMTP_URL");
    let from = read.parsed("MAIL_FROM", "an address, or a name and an address in <>", String::new(), |text| {
        text.contains('@').then(|| text.to_owned())
    });
    let folder = read.parsed("MAIL_FOLDER", "a folder", PathBuf::new(), |text| Some(PathBuf::from(text)));
    if app_env == AppEnv::Production && smtp_url.is_none() {
        warnings.push(format!("SMTP_URL is not set: mails are written to {} and reach nobody", folder.display()));
    }
    if app_env == AppEnv::Production && smtp_url.is_some() && from.ends_with("localhost") {
        read.wrong("MAIL_FROM", "is not set; it must be an address of your own domain");
    }
    MailSettings { smtp_url, from, folder }
}
