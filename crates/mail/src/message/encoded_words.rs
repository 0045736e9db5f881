//! Subjects in every alphabet (RFC 2047).
//!
//! Written here, because the library leaves words alone that are ASCII: one that only looks encoded would be decoded by
//! the donor's program, and one longer than a line would be sent as it is.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use lettre::message::header::{HeaderName, HeaderValue};

/// So many bytes, encoded and with what stands around them, fit behind `Subject: ` in the 76 characters of a line.
const BYTES_IN_A_WORD: usize = 39;

/// `Subject`, of a text without control characters.
pub(super) fn subject(text: &str) -> HeaderValue {
    let name = HeaderName::new_from_ascii_str("Subject");
    let plain = text.is_ascii() && !text.contains("=?") && text.len() <= 60;
    let value = if plain { text.to_owned() } else { encode(text) };
    HeaderValue::dangerous_new_pre_encoded(name, text.to_owned(), value)
}

/// One word a line. No character is cut in two.
fn encode(text: &str) -> String {
    let mut words = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (word, after) = rest.split_at(rest.floor_char_boundary(BYTES_IN_A_WORD));
        words.push(format!("=?utf-8?B?{}?=", STANDARD.encode(word)));
        rest = after;
    }
    words.join("\r\n ")
}

#[cfg(test)]
mod tests {
    use lettre::message::header::Headers;

    use super::*;

    fn written(text: &str) -> String {
        let mut headers = Headers::new();
        headers.insert_raw(subject(text));
        headers.to_string()
    }

    #[test]
    fn no_line_is_longer_than_76_characters_and_all_are_ascii() {
        for text in ["x".repeat(61), "ң".repeat(300), "🌳".repeat(100), format!("a{}", "🌳".repeat(100))] {
            let written = written(&text);
            assert!(written.is_ascii());
            assert!(written.split("\r\n").all(|line| line.len() <= 76), "{written}");
        }
    }

    #[test]
    fn what_is_plain_stays_readable_and_what_looks_encoded_is_not() {
        assert_eq!(written("Thank you"), "Subject: Thank you\r\n");
        assert_eq!(written("=?utf-8?Q?a?="), "Subject: =?utf-8?B?PT91dGYtOD9RP2E/PQ==?=\r\n");
    }
}
