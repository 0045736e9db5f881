//! What the letters say, and what they never do.

use std::fs;
use std::path::Path;

use domain::Language;
use domain::contract::mailer::mail_number;
use domain::ports::{Attachment, Letter, LetterWriter as _, Mail, Mailer as _, Wording};
use mail::Letters;

use crate::support::decode::decode;
use crate::support::letters::{hostile, samples};
use crate::support::plain_mailer;
use crate::support::server::SmtpServer;

/// Each as a person reads it, in each language; and as files below the target directory, to be looked at in a browser.
#[test]
fn every_letter_in_every_language() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("letters");
    fs::create_dir_all(&folder).unwrap();
    for language in Language::ALL {
        for (name, letter) in samples().into_iter().chain(hostile()) {
            let Wording { subject, text, html } = Letters.write(&letter, language);
            let name = format!("{name}-{}", language.code());
            fs::write(folder.join(format!("{name}.html")), &html).unwrap();
            insta::assert_snapshot!(name, format!("{subject}\n\n{text}\n{}\n{html}", "=".repeat(80)));
        }
    }
}

/// Everything that the document says and every address that it leads to.
fn said(html: &str) -> (String, Vec<String>) {
    let body = html.split_once("<body").unwrap().1;
    let body = body.split_once("</div>").unwrap().1;
    let mut said = String::new();
    for piece in body.split('<') {
        said += piece.split_once('>').map_or("", |(_, text)| text);
        said.push(' ');
    }
    let said = [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&#38;", "&")]
        .iter()
        .fold(said, |said, (code, sign)| said.replace(code, sign));
    let addresses = html.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
    (said.split_whitespace().collect::<Vec<_>>().join(" "), addresses.collect())
}

#[test]
fn the_text_says_all_that_the_html_says() {
    for (name, letter) in samples().into_iter().chain(hostile()) {
        for language in Language::ALL {
            let Wording { text, html, .. } = Letters.write(&letter, language);
            let (said, addresses) = said(&html);
            let said_in_text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            for block in text.split("\n\n").flat_map(|block| block.lines()).filter(|line| *line != "-- ") {
                // `name: value` stands in two cells.
                for part in block.split(": ").map(|part| part.trim_end_matches(':')) {
                    let part = part.split_whitespace().collect::<Vec<_>>().join(" ");
                    assert!(
                        said.contains(&part) || addresses.contains(&part),
                        "{name}: {part:?} is not in the HTML: {said}"
                    );
                }
            }
            for address in addresses {
                assert!(said_in_text.contains(&address), "{name}: {address}");
            }
        }
    }
}

#[test]
fn a_document_is_whole_in_its_language_and_fetches_nothing() {
    for (name, letter) in samples().into_iter().chain(hostile()) {
        for language in Language::ALL {
            let Wording { subject, html, .. } = Letters.write(&letter, language);
            assert!(html.starts_with("<!doctype html>\n"), "{name}");
            assert!(
                html.contains(&format!("<html lang=\"{}\">", language.code())) && html.ends_with("</html>"),
                "{name}"
            );
            assert!(html.contains("<h1") && html.contains("role=\"presentation\""), "{name}");
            for fetching in
                ["src=", "<link", "url(", "@import", "<script", "<iframe", "<form", "<object", "background="]
            {
                assert!(!html.contains(fetching), "{name}: {fetching}");
            }
            assert!(html.len() < 20 * 1024, "{name} is {} bytes", html.len());
            assert!(!subject.chars().any(char::is_control) && subject.chars().count() < 70, "{name}: {subject}");
        }
    }
}

#[test]
fn no_text_is_left_unfilled() {
    for (name, letter) in samples() {
        for language in Language::ALL {
            let Wording { subject, text, html } = Letters.write(&letter, language);
            let head_and_body =
                html.split_once("<style>").unwrap().0.to_owned() + html.split_once("</style>").unwrap().1;
            for said in [&subject, &text, &head_and_body] {
                assert!(!said.contains(['{', '}', '$']), "{name}: {said}");
            }
        }
    }
}

#[test]
fn what_somebody_typed_makes_no_markup_no_link_and_no_line() {
    for (name, letter) in hostile() {
        for language in Language::ALL {
            let Wording { subject, text, html } = Letters.write(&letter, language);
            let clean = match &letter {
                Letter::Thanks(facts) => Letter::Thanks(domain::ports::Thanks {
                    name: "A".to_owned(),
                    campaign: "B".to_owned(),
                    ..facts.clone()
                }),
                Letter::Refunded(facts) => {
                    Letter::Refunded(domain::ports::Refunded { name: "A".to_owned(), ..facts.clone() })
                }
                other => panic!("{other:?} has nothing that was typed"),
            };
            let expected = Letters.write(&clean, language);
            assert_eq!(subject, expected.subject, "{name}");
            assert_eq!(text.lines().count(), expected.text.lines().count(), "{name}: {text}");
            assert_eq!(html.matches('<').count(), expected.html.matches('<').count(), "{name}: {html}");
            assert_eq!(said(&html).1, said(&expected.html).1, "{name}");
            for sign in ['\u{202e}', '\u{200b}', '\u{feff}', '\r', '\0'] {
                assert!(!text.contains(sign) && !html.contains(sign), "{name}: {sign:?}");
            }
            assert!(!text.contains("evil.example") && !html.contains("evil.example"), "{name}: {text}");
        }
    }
}

#[test]
fn test_mode_is_said_wherever_money_is_spoken_of() {
    let words = [(Language::Kk, "Сынақ режимі"), (Language::Ru, "Тестовый режим"), (Language::En, "Test mode")];
    for (name, letter) in samples() {
        for (language, words) in words {
            let Wording { text, html, .. } = Letters.write(&letter, language);
            assert_eq!(text.starts_with(words), name.starts_with("test-"), "{name}");
            assert_eq!(html.contains(words), name.starts_with("test-"), "{name}");
        }
    }
}

/// Over a real conversation, with the certificate's bytes beside them.
#[tokio::test]
async fn every_letter_arrives_as_it_was_written() {
    let server = SmtpServer::start().await;
    let mailer = plain_mailer(&server);
    let pdf: Vec<u8> = (0..60_000_u32).map(|at| at.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
    let mut expected = Vec::new();
    for language in Language::ALL {
        for (name, letter) in samples().into_iter().chain(hostile()) {
            let Wording { subject, text, html } = Letters.write(&letter, language);
            let file_name = format!("{name}.pdf");
            let file = Attachment { file_name, content_type: "application/pdf", bytes: pdf.clone() };
            let number = u128::try_from(expected.len()).unwrap();
            let mail = Mail { subject, text, html, attachments: vec![file], ..mail_number(number) };
            mailer.send(&mail).await.unwrap();
            expected.push(mail);
        }
    }
    let taken = server.books().taken.clone();
    assert_eq!(taken.len(), expected.len());
    for (taken, mail) in taken.iter().zip(expected) {
        let arrived = decode(&taken.bytes, Some(&taken.to));
        let even = |text: &str| text.replace("\r\n", "\n");
        assert_eq!(arrived.subject, mail.subject);
        assert_eq!((even(&arrived.text), even(&arrived.html)), (mail.text, mail.html));
        assert!(arrived.attachments[0].2 == pdf);
    }
}
