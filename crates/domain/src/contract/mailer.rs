//! The promises of [`Mailer`].
//!
//! Each function is one of them and wants a mailer of its own, whose mailbox is empty. A test of an adapter implements
//! [`MailerUnderTest`], decodes what came with something that did not write it, and makes tests of the names that
//! [`mailer_promises!`](crate::mailer_promises) lists, as with the gateway's promises.

use async_trait::async_trait;
use uuid::Uuid;

use super::together::together;
use crate::ports::{Attachment, Mail, MailError, Mailer};
use crate::{DonorEmail, DonorName, Instant};

/// Hands the names of all promises to a macro that makes tests of them.
#[macro_export]
macro_rules! mailer_promises {
    ($tests:ident) => {
        $tests! {
            a_mail_arrives_whole
            awkward_texts_arrive_whole
            awkward_subjects_arrive_whole
            awkward_names_arrive_whole
            a_large_attachment_arrives_whole
            attachments_arrive_in_their_order
            a_line_break_in_a_header_is_a_space
            a_mail_handed_over_twice_is_the_same_mail
            mails_that_look_alike_are_different_mails
            twenty_mails_at_once_all_arrive
            the_check_sends_nothing
            what_was_not_taken_can_be_handed_over_later
        }
    };
}

/// A mailer, and the hand of whoever is on its other side.
#[async_trait]
pub trait MailerUnderTest: Send + Sync {
    /// The adapter.
    fn mailer(&self) -> &dyn Mailer;

    /// What has come, in any order.
    async fn mailbox(&self) -> Vec<ArrivedMail>;

    /// From now on nothing is taken.
    async fn go_down(&self);

    /// From now on everything is.
    async fn come_back(&self);
}

/// A mail as its receiver's program reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArrivedMail {
    /// What it is known by: its Message-ID, or its file's name.
    pub identity: String,
    /// Every address that it goes to.
    pub to: Vec<String>,
    /// The name beside the address.
    pub to_name: Option<String>,
    /// The subject, decoded.
    pub subject: String,
    /// The text, decoded, with its line breaks as they came.
    pub text: String,
    /// The HTML, decoded likewise.
    pub html: String,
    /// File name, content type and bytes of each attachment, decoded.
    pub attachments: Vec<(String, String, Vec<u8>)>,
    /// Its date.
    pub written_at: Instant,
}

/// What comes with a donation's certificate, in Kazakh, Russian and English.
pub async fn a_mail_arrives_whole(under_test: &dyn MailerUnderTest) {
    let texts = [
        ("Қайырымдылығыңызға рақмет! 🌳", "Құрметті Әсел Ғабитқызы!\n\nСіз үшін 10 ағаш отырғызамыз.\n"),
        ("Спасибо за пожертвование", "Здравствуйте, Юлия!\n\nСертификат — во вложении: 5 000 ₸.\n"),
        ("Thank you for your donation", "Dear donor,\n\nyour certificate is attached.\n"),
    ];
    for (number, (subject, text)) in (1..).zip(texts) {
        let mail = Mail {
            subject: subject.to_owned(),
            text: text.to_owned(),
            html: html(text),
            to_name: Some(DonorName::parse("Әсел Ғабитқызы").unwrap()),
            attachments: vec![pdf("certificate-TR-2026-000001.pdf", b"%PDF-1.7\r\n\0\xff.\r\n.\n".to_vec())],
            ..mail_number(number)
        };
        arrives(under_test, &mail).await;
    }
}

/// Lines that begin with dots, end a conversation, are longer than SMTP allows, or look like a mail's own structure.
pub async fn awkward_texts_arrive_whole(under_test: &dyn MailerUnderTest) {
    let long_line = "x".repeat(5000);
    let long_word = "ң".repeat(3000);
    let texts = [
        ".\n..\n...\n.\nQUIT\n",
        "\r\n.\r\nMAIL FROM:<x@example.com>\r\n",
        "old\rbreaks\rhere",
        "From here on\nFrom: nobody\n\n--\nSubject: no\n",
        "trailing blanks   \nand a tab\t\nend =3D =\n",
        "a\u{0}b\u{b}c\u{7f}",
        "",
        "🌳",
        &long_line,
        &long_word,
    ];
    for (number, text) in (1..).zip(texts) {
        let mail = Mail { text: text.to_owned(), html: html(text), ..mail_number(number) };
        arrives(under_test, &mail).await;
        let attachments = vec![pdf("a.pdf", vec![1, 2, 3])];
        arrives(under_test, &Mail { id: mail_number(100 + number).id, attachments, ..mail }).await;
    }
}

/// Subjects longer than a line, and ones that look encoded although nobody encoded them.
pub async fn awkward_subjects_arrive_whole(under_test: &dyn MailerUnderTest) {
    let long_words = "Пожертвование на посадку деревьев в Алматинской области ".repeat(10);
    let long_word = "ә".repeat(300);
    let long_plain = "x".repeat(1200);
    let emoji = "🌳".repeat(50);
    let subjects = [
        "=?utf-8?B?0J/RgNC40LLQtdGC?=",
        "5 = 5? \"yes\" <no> (maybe), ok; fine: done \\ end",
        "mixed Қазақ and English және тағы",
        "two  blanks   inside",
        long_words.trim(),
        &long_word,
        &long_plain,
        &emoji,
    ];
    for (number, subject) in (1..).zip(subjects) {
        arrives(under_test, &Mail { subject: subject.to_owned(), ..mail_number(number) }).await;
    }
}

/// Names with signs that mean something in a header, and addresses as donors have them.
pub async fn awkward_names_arrive_whole(under_test: &dyn MailerUnderTest) {
    let long_name = "Ғ".repeat(120);
    let names =
        ["Smith, John <x@example.com>", "\"quoted\" \\ name", "=?utf-8?Q?no?=", "a;b:c@d,e(f)", "O'Neil", &long_name];
    for (number, name) in (1..).zip(names) {
        let to = DonorEmail::parse("o'neil+trees_1=2@mail.example.com").unwrap();
        arrives(under_test, &Mail { to, to_name: Some(DonorName::parse(name).unwrap()), ..mail_number(number) }).await;
    }
    arrives(under_test, &Mail { to_name: None, ..mail_number(100) }).await;
}

/// 1 MiB in which every byte comes after every other.
pub async fn a_large_attachment_arrives_whole(under_test: &dyn MailerUnderTest) {
    let bytes = (0..1024 * 1024_u32).map(|at| at.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
    arrives(under_test, &Mail { attachments: vec![pdf("large.pdf", bytes)], ..mail_number(1) }).await;
}

/// Several, one empty, with names in every alphabet.
pub async fn attachments_arrive_in_their_order(under_test: &dyn MailerUnderTest) {
    let text =
        Attachment { file_name: "a b;\"c\".txt".to_owned(), content_type: "text/plain", bytes: b"a\nb\n".to_vec() };
    let attachments =
        vec![pdf("Сертификат №1 – ағаш.pdf", vec![0; 100]), text, pdf(&format!("{}.pdf", "ұ".repeat(100)), vec![])];
    arrives(under_test, &Mail { attachments, ..mail_number(1) }).await;
}

/// Neither a recipient nor a text can be added that way.
pub async fn a_line_break_in_a_header_is_a_space(under_test: &dyn MailerUnderTest) {
    let injected = "a\r\nBcc: other@example.com\nTo: third@example.com\r\rb\u{0}c";
    let seen = "a Bcc: other@example.com To: third@example.com b c";
    let mail = Mail { subject: injected.to_owned(), attachments: vec![pdf(injected, vec![1])], ..mail_number(1) };
    under_test.mailer().send(&mail).await.unwrap();
    let arrived = found(under_test, &mail).await;
    assert_eq!(arrived.to, [mail.to.as_str()]);
    assert_eq!(words(&arrived.subject), words(seen));
    assert_eq!(words(&arrived.attachments[0].0), words(seen));
    assert_eq!(even(&arrived.text), even(&mail.text));
}

/// Whoever gets it twice can tell; a folder has it once.
pub async fn a_mail_handed_over_twice_is_the_same_mail(under_test: &dyn MailerUnderTest) {
    let mail = Mail { attachments: vec![pdf("a.pdf", vec![1, 2, 3])], ..mail_number(1) };
    for _ in 0..3 {
        under_test.mailer().send(&mail).await.unwrap();
    }
    let arrived = under_test.mailbox().await;
    assert!(!arrived.is_empty() && arrived.iter().all(|one| *one == arrived[0]), "{arrived:?}");
    assert!(is(&arrived[0], &mail), "{}", arrived[0].identity);
}

/// They differ in nothing but what makes them different mails.
pub async fn mails_that_look_alike_are_different_mails(under_test: &dyn MailerUnderTest) {
    for number in [1, 2] {
        under_test.mailer().send(&mail_number(number)).await.unwrap();
    }
    let arrived = under_test.mailbox().await;
    assert_eq!(arrived.len(), 2);
    assert_ne!(arrived[0].identity, arrived[1].identity);
}

/// None is lost and none is mixed up with another.
pub async fn twenty_mails_at_once_all_arrive(under_test: &dyn MailerUnderTest) {
    let mails: Vec<_> = (1..=20).map(|number| Mail { text: format!("mail {number}"), ..mail_number(number) }).collect();
    for result in together(mails.iter().map(|mail| under_test.mailer().send(mail))).await {
        result.unwrap();
    }
    let arrived = under_test.mailbox().await;
    assert_eq!(arrived.len(), mails.len());
    for mail in &mails {
        let found: Vec<_> = arrived.iter().filter(|one| is(one, mail)).collect();
        assert!(found.len() == 1 && even(&found[0].text) == mail.text, "{found:?}");
    }
}

/// However often it is asked.
pub async fn the_check_sends_nothing(under_test: &dyn MailerUnderTest) {
    for _ in 0..3 {
        under_test.mailer().check().await.unwrap();
    }
    assert_eq!(under_test.mailbox().await, []);
}

/// A failure outside is no refusal of the mail, and leaves nothing behind that keeps the next try from working.
pub async fn what_was_not_taken_can_be_handed_over_later(under_test: &dyn MailerUnderTest) {
    let mail = mail_number(1);
    under_test.go_down().await;
    for _ in 0..2 {
        let (sent, checked) = (under_test.mailer().send(&mail).await, under_test.mailer().check().await);
        assert!(matches!(sent, Err(MailError::Unavailable(_))), "{sent:?}");
        assert!(matches!(checked, Err(MailError::Unavailable(_))), "{checked:?}");
    }
    under_test.come_back().await;
    assert_eq!(under_test.mailbox().await, []);
    under_test.mailer().check().await.unwrap();
    arrives(under_test, &mail).await;
}

/// A plain mail; those of different numbers differ in their ids alone.
pub fn mail_number(number: u128) -> Mail {
    Mail {
        id: Uuid::from_u128(0x0193_aaaa_0000_7000_8000_0000_0000_0000 | number),
        to: DonorEmail::parse("asel@example.com").unwrap(),
        to_name: None,
        subject: "Thank you".to_owned(),
        text: "Dear donor".to_owned(),
        html: html("Dear donor"),
        attachments: Vec::new(),
        written_at: Instant::from_timestamp(1_767_225_600, 0).unwrap(),
    }
}

/// A document that says this.
fn html(text: &str) -> String {
    format!("<!doctype html>\n<html lang=\"kk\"><body><p>{text}</p></body></html>\n")
}

fn pdf(file_name: &str, bytes: Vec<u8>) -> Attachment {
    Attachment { file_name: file_name.to_owned(), content_type: "application/pdf", bytes }
}

async fn found(under_test: &dyn MailerUnderTest, mail: &Mail) -> ArrivedMail {
    let mut arrived = under_test.mailbox().await.into_iter().filter(|one| is(one, mail));
    arrived.next().unwrap_or_else(|| panic!("the mail has not come"))
}

fn is(arrived: &ArrivedMail, mail: &Mail) -> bool {
    arrived.identity.contains(&mail.id.to_string())
}

/// Hands the mail over and compares what came with what was written.
async fn arrives(under_test: &dyn MailerUnderTest, mail: &Mail) {
    under_test.mailer().send(mail).await.unwrap();
    let arrived = found(under_test, mail).await;
    assert_eq!(arrived.to, [mail.to.as_str()]);
    assert_eq!(arrived.to_name.as_deref(), mail.to_name.as_ref().map(DonorName::as_str));
    assert_eq!(arrived.subject, mail.subject);
    assert_eq!(even(&arrived.text), even(&mail.text), "{:?}", mail.text);
    assert_eq!(even(&arrived.html), even(&mail.html), "{:?}", mail.html);
    assert_eq!(arrived.written_at, mail.written_at);
    let written = mail.attachments.iter();
    let written: Vec<_> =
        written.map(|one| (one.file_name.clone(), one.content_type.to_owned(), one.bytes.clone())).collect();
    assert!(arrived.attachments == written, "the attachments differ");
}

/// With one kind of line break, and without blank lines at the end.
fn even(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").trim_end_matches('\n').to_owned()
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}
