//! Mail behind the domain's port: [`SmtpMailer`] hands it to an SMTP server, [`FolderMailer`] writes `.eml` files for
//! development. Both write the same message (`message`), so that what lies in the folder is what a server would get.
//!
//! Deliberately absent:
//! - HTML, templates and languages: a [`Mail`](domain::ports::Mail) comes with its text.
//! - Repeats, queues and a pool of connections: whoever calls decides what is tried again, and sends few mails an hour.
//! - Logging: the caller knows what the mail is about, and logs a failure once.
//! - DKIM and bounces: the server behind `SMTP_URL` signs, and gets what comes back to the sender's address.
//! - Certificates that the machine does not trust: a server has a good one, or `?tls=none` says that nobody looks.

mod address;
mod config;
mod folder;
mod message;
mod smtp;

pub use config::{MailConfigError, SmtpConfig};
pub use folder::FolderMailer;
pub use smtp::SmtpMailer;
