//! How a mail becomes a message (RFC 5322). The same mail always becomes the same bytes.

use std::time::SystemTime;

use chrono::DateTime;
use domain::Instant;
use domain::ports::{Attachment, Mail, MailError};
use lettre::Address;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Message, MessageBuilder, MultiPart, SinglePart};

use crate::address::{Sender, recipient};

mod encoded_words;

/// A message, and who it goes to.
#[derive(Debug)]
pub(crate) struct Written {
    pub to: Address,
    pub bytes: Vec<u8>,
}

/// Writes it down.
///
/// # Errors
/// [`MailError::Refused`] if the address or a content type cannot be written.
pub(crate) fn write(mail: &Mail, sender: &Sender) -> Result<Written, MailError> {
    let refused = |why: &str| MailError::Refused(why.to_owned());
    let to = recipient(&mail.to, mail.to_name.as_ref()).ok_or_else(|| refused("the address cannot be written to"))?;
    let address = to.email.clone();
    let builder = Message::builder()
        .from(sender.mailbox().clone())
        .to(to)
        .raw_header(encoded_words::subject(&one_line(&mail.subject)))
        .message_id(Some(format!("<{}@{}>", mail.id, sender.domain())))
        .date(date(mail.written_at))
        // RFC 3834: nobody's absence note has to answer it.
        .raw_header(header("Auto-Submitted", "auto-generated"));
    let message = with_body(builder, mail)?;
    Ok(Written { to: address, bytes: message.formatted() })
}

fn with_body(builder: MessageBuilder, mail: &Mail) -> Result<Message, MailError> {
    let unwritable = |error: lettre::error::Error| MailError::Refused(format!("it cannot be written: {error}"));
    // The lines between the parts are the same for the same mail. Neither of the encodings that we use can contain "=_", and neither
    // line is the beginning of the other.
    let words = MultiPart::alternative().boundary(format!("=_words_{}", mail.id.simple()));
    // RFC 2046, 5.1.4: a program shows the last part that it can.
    let words = words
        .singlepart(text(&mail.text, ContentType::TEXT_PLAIN))
        .singlepart(text(&mail.html, ContentType::TEXT_HTML));
    if mail.attachments.is_empty() {
        return builder.multipart(words).map_err(unwritable);
    }
    let parts = MultiPart::mixed().boundary(format!("=_files_{}", mail.id.simple()));
    let mut parts = parts.multipart(words);
    for file in &mail.attachments {
        parts = parts.singlepart(attachment(file)?);
    }
    builder.multipart(parts).map_err(unwritable)
}

/// Always encoded: plain lines may be too long for SMTP, or mean something in it.
fn text(text: &str, kind: ContentType) -> SinglePart {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let encoding =
        if text.is_ascii() { ContentTransferEncoding::QuotedPrintable } else { ContentTransferEncoding::Base64 };
    SinglePart::builder().header(kind).header(encoding).body(text)
}

fn attachment(file: &Attachment) -> Result<SinglePart, MailError> {
    let content_type = ContentType::parse(file.content_type)
        .map_err(|_| MailError::Refused(format!("{:?} is no content type", file.content_type)))?;
    let disposition = lettre::message::header::ContentDisposition::attachment(&one_line(&file.file_name));
    let part = SinglePart::builder().header(content_type).header(disposition);
    Ok(part.header(ContentTransferEncoding::Base64).body(file.bytes.clone()))
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// Without anything that could end a header.
fn one_line(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.trim().to_owned()
}

/// To the second. The years that can be written have four digits.
fn date(at: Instant) -> SystemTime {
    const LAST: i64 = 253_402_300_799;
    DateTime::from_timestamp(at.timestamp().clamp(0, LAST), 0).unwrap_or_default().into()
}
