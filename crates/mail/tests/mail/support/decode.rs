//! What a receiver's program makes of a message.

use domain::Instant;
use domain::contract::mailer::ArrivedMail;
use mail_parser::{Message, MessageParser, MessagePartId, MimeHeaders as _, PartType};

/// Reads a message that went to these addresses, and has to agree with its own `To`.
pub fn decode(bytes: &[u8], envelope: Option<&[String]>) -> ArrivedMail {
    conforms(bytes);
    let message = MessageParser::default().parse(bytes).unwrap();
    let to: Vec<_> = message.to().unwrap().iter().collect();
    let addresses: Vec<_> = to.iter().map(|to| to.address().unwrap().to_owned()).collect();
    if let Some(envelope) = envelope {
        assert_eq!(addresses, envelope);
    }
    assert!(message.cc().is_none() && message.bcc().is_none(), "somebody else gets it too");
    let attachments = message.attachments().map(|part| {
        let kind = part.content_type().unwrap();
        let content_type = format!("{}/{}", kind.ctype(), kind.subtype().unwrap());
        (part.attachment_name().unwrap().to_owned(), content_type, part.contents().to_vec())
    });
    ArrivedMail {
        identity: message.message_id().unwrap().to_owned(),
        to: addresses,
        to_name: to[0].name().map(str::to_owned),
        subject: message.subject().unwrap_or_default().to_owned(),
        text: part(&message, message.text_body[0]),
        html: part(&message, message.html_body[0]),
        attachments: attachments.collect(),
        written_at: Instant::from_timestamp(message.date().unwrap().to_timestamp(), 0).unwrap(),
    }
}

/// What one part says; it has to be one of the two alternatives, not one that was made from the other.
fn part(message: &Message<'_>, id: MessagePartId) -> String {
    match &message.part(id).unwrap().body {
        PartType::Text(text) | PartType::Html(text) => text.clone().into_owned(),
        other => panic!("no text: {other:?}"),
    }
}

/// RFC 5322, 2.1.1 and 2.3: lines end in CRLF, neither of the two stands alone, and none is longer than 998 bytes.
fn conforms(bytes: &[u8]) {
    assert!(bytes.ends_with(b"\r\n"));
    for line in bytes.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        assert!(line.len() <= 998 && !line.contains(&b'\r') && !line.contains(&0), "{:?}", line.escape_ascii());
    }
    assert_eq!(
        bytes.iter().filter(|byte| **byte == b'\r').count(),
        bytes.iter().filter(|byte| **byte == b'\n').count()
    );
}
