//! Mail behind the domain's ports: [`Letters`] puts what donors are told into words, as text and as HTML in three languages;
//! [`SmtpMailer`] hands a mail to an SMTP server, [`FolderMailer`] writes `.eml` files for development, and [`MailFolder`] reads them.
//! Both mailers write the same message (`message`), so that what lies in the folder is what a server would get.
//!
//! Deliberately absent:
//! - Pictures, style sheets and counters that are fetched from somewhere: nobody learns who opens a mail, and none looks different
//!   where nothing is fetched.
//! - Repeats, queues and a pool of connections: whoever calls decides what is tried again, and sends few mails an hour.
//! - Logging: the caller knows what the mail is about, and logs a failure once.
//! - DKIM and bounces: the server behind `SMTP_URL` signs, and gets what comes back to the sender's address.
//! - Certificates that the machine does not trust: a server has a good one, or `?tls=none` says that nobody looks.

mod address;
mod archive;
mod config;
mod folder;
mod letters;
mod message;
mod smtp;

pub use archive::MailFolder;
pub use config::{MailConfigError, SmtpConfig};
pub use folder::FolderMailer;
pub use letters::Letters;
pub use smtp::SmtpMailer;
