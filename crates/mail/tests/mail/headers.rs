//! What stands above the text.

use domain::ports::{Attachment, Mail, Mailer as _};
use domain::{DonorName, Instant};
use mail_parser::{HeaderValue, MessageParser, MimeHeaders as _};

use crate::support::server::SmtpServer;
use crate::support::{mail, plain_mailer, refused};

async fn sent(mail: &Mail) -> Vec<u8> {
    let server = SmtpServer::start().await;
    plain_mailer(&server).send(mail).await.unwrap();
    let taken = server.books().taken.pop().unwrap();
    taken.bytes
}

#[tokio::test]
async fn a_mail_says_who_wrote_it_when_and_that_no_person_did() {
    let bytes = sent(&mail()).await;
    let head = String::from_utf8(bytes.clone()).unwrap();
    let head = head.split("\r\n\r\n").next().unwrap();
    let expected = [
        "To: asel@example.com",
        "Subject: Thank you",
        "Message-ID: <0193aaaa-0000-7000-8000-000000000001@fund.kz>",
        "Date: Thu, 01 Jan 2026 00:00:00 +0000",
        "Auto-Submitted: auto-generated",
        "MIME-Version: 1.0",
        "Content-Type: multipart/alternative;",
    ];
    for line in expected {
        assert!(head.lines().any(|known| known == line), "{line} is missing in\n{head}");
    }
    let message = MessageParser::default().parse(&bytes).unwrap();
    let from = message.from().unwrap().first().unwrap();
    assert_eq!((from.name(), from.address()), (Some("Жасыл қор"), Some("noreply@fund.kz")));
    assert!(matches!(message.header("Reply-To"), None | Some(HeaderValue::Empty)));
}

/// The text first and the HTML after it, because a program shows the last one that it can (RFC 2046, 5.1.4); files beside the two.
#[tokio::test]
async fn the_parts_stand_as_programs_expect_them() {
    let kinds = |bytes: &[u8]| {
        let message = MessageParser::default().parse(bytes).unwrap();
        let kind = |part: &mail_parser::MessagePart<'_>| {
            let kind = part.content_type().unwrap();
            format!("{}/{}", kind.ctype(), kind.subtype().unwrap())
        };
        message.parts.iter().map(kind).collect::<Vec<_>>()
    };
    let words = ["multipart/alternative", "text/plain", "text/html"];
    assert_eq!(kinds(&sent(&mail()).await), words);
    let file = Attachment { file_name: "a.pdf".to_owned(), content_type: "application/pdf", bytes: vec![1] };
    let with_file = kinds(&sent(&Mail { attachments: vec![file], ..mail() }).await);
    assert_eq!(with_file, [&["multipart/mixed"][..], &words, &["application/pdf"]].concat());
}

#[tokio::test]
async fn a_repeat_has_the_same_bytes() {
    let file =
        Attachment { file_name: "ағаш.pdf".to_owned(), content_type: "application/pdf", bytes: vec![7; 1000] };
    let name = DonorName::parse("Әсел").unwrap();
    let mail = Mail { attachments: vec![file], to_name: Some(name), ..mail() };
    let (first, second) = (sent(&mail).await, sent(&mail).await);
    assert!(first == second, "{}\n---\n{}", first.escape_ascii(), second.escape_ascii());
}

#[tokio::test]
async fn the_line_between_the_parts_cannot_be_forged() {
    for name in ["words", "files"] {
        let line = format!("\n--=_{name}_{0}\n\nmine\n--=_{name}_{0}--\n", mail().id.simple());
        let bytes = line.clone().into_bytes();
        let file = Attachment { file_name: "a.pdf".to_owned(), content_type: "application/pdf", bytes };
        let bytes = sent(&Mail { text: line.clone(), html: line.clone(), attachments: vec![file], ..mail() }).await;
        let message = MessageParser::default().parse(&bytes).unwrap();
        assert_eq!(message.body_text(0).unwrap().replace("\r\n", "\n"), line);
        assert_eq!(message.body_html(0).unwrap().replace("\r\n", "\n"), line);
        assert_eq!(message.attachment(0).unwrap().contents(), line.as_bytes());
        assert_eq!((message.attachment_count(), message.parts.len()), (1, 5));
    }
}

#[tokio::test]
async fn a_date_that_no_header_can_carry_is_cut_to_one_that_can() {
    for (at, written) in [(-1, "Thu, 01 Jan 1970 00:00:00"), (253_402_300_800, "Fri, 31 Dec 9999 23:59:59")] {
        let bytes = sent(&Mail { written_at: Instant::from_timestamp(at, 0).unwrap(), ..mail() }).await;
        assert!(String::from_utf8(bytes).unwrap().contains(&format!("\r\nDate: {written} +0000\r\n")));
    }
}

#[tokio::test]
async fn a_content_type_that_is_none_is_refused_before_anybody_is_asked() {
    let server = SmtpServer::start().await;
    for content_type in ["", "pdf", "application/pdf\r\nX: y"] {
        let file = Attachment { file_name: "a".to_owned(), content_type, bytes: vec![] };
        let why = refused(plain_mailer(&server).send(&Mail { attachments: vec![file], ..mail() }).await);
        assert!(why.contains("no content type"), "{why}");
    }
    assert_eq!(server.books().connections, 0);
}
