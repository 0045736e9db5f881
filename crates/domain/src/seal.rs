//! What is signed of a certificate, byte by byte, so that anybody can check it with the public key alone.

use std::fmt;

use crate::reconciliation::Day;
use crate::{CertificateNumber, Language};

/// Begins everything that is signed of what a certificate says. Another version of the encoding gets another text.
const STATEMENT: &[u8] = b"donation-certificate-v1\0";

/// Begins everything that is signed of a certificate's file.
const FILE: &[u8] = b"donation-certificate-file-v1\0";

/// Everything that a certificate says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateStatement {
    /// Its number.
    pub number: CertificateNumber,
    /// The name on it.
    pub name: String,
    /// The trees on it.
    pub trees: u32,
    /// The campaign's title on it.
    pub campaign: String,
    /// The date on it, on the charity's clocks.
    pub issued_on: Day,
    /// The language it is written in.
    pub language: Language,
    /// Whether it says that no money was given.
    pub test_mode: bool,
}

impl CertificateStatement {
    /// The bytes that are signed: a text that names the purpose and the version, then seven fields in a fixed order, each
    /// its length in bytes (four bytes, the highest first) and its UTF-8. No two statements have the same bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let (trees, issued_on) = (self.trees.to_string(), self.issued_on.to_string());
        let fields = [
            self.number.as_str(),
            &self.name,
            &trees,
            &self.campaign,
            &issued_on,
            self.language.code(),
            if self.test_mode { "test" } else { "real" },
        ];
        let mut bytes = STATEMENT.to_vec();
        for field in fields {
            // No field comes near: names and titles are a line each.
            let length = u32::try_from(field.len()).unwrap_or(u32::MAX);
            bytes.extend_from_slice(&length.to_be_bytes());
            bytes.extend_from_slice(field.as_bytes());
        }
        bytes
    }

    /// The statement of these bytes; `None` unless they are exactly what [`Self::to_bytes`] makes of it.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(STATEMENT)?;
        let mut field = || {
            let (length, after) = rest.split_first_chunk::<4>()?;
            let (text, after) = after.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
            rest = after;
            str::from_utf8(text).ok()
        };
        let statement = Self {
            number: CertificateNumber::from_text(field()?),
            name: field()?.to_owned(),
            trees: field()?.parse().ok()?,
            campaign: field()?.to_owned(),
            issued_on: Day::parse(field()?)?,
            language: Language::from_code(field()?)?,
            test_mode: field()? == "test",
        };
        (statement.to_bytes() == bytes).then_some(statement)
    }
}

/// What is signed of a file: a text that names the purpose and the version, and the file's SHA-256.
pub fn file_message(sha256: &[u8; 32]) -> Vec<u8> {
    [FILE, sha256].concat()
}

/// An Ed25519 signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CertificateSignature(pub [u8; 64]);

/// An Ed25519 public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CertificateKey(pub [u8; 32]);

/// What an Ed25519 key is made from. Never shown, not even by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct CertificateSeed(pub [u8; 32]);

/// How many letters of a key name it.
const KEY_ID: usize = 10;

impl CertificateSignature {
    /// How many letters its text has.
    pub const LETTERS: usize = 86;

    /// A signature as [`fmt::Display`] writes it, and in no other spelling; `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        decoded(text).map(Self)
    }
}

impl fmt::Display for CertificateSignature {
    /// Base64url without padding (RFC 4648, 5).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&encoded(&self.0))
    }
}

impl CertificateKey {
    /// A key as [`fmt::Display`] writes it, and in no other spelling; `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        decoded(text).map(Self)
    }

    /// The key's name: the first letters of its text.
    pub fn id(&self) -> String {
        encoded(&self.0)[..KEY_ID].to_owned()
    }
}

impl fmt::Display for CertificateKey {
    /// Base64url without padding (RFC 4648, 5).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&encoded(&self.0))
    }
}

impl CertificateSeed {
    /// A seed in base64url without padding; `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        decoded(text).map(Self)
    }
}

impl fmt::Debug for CertificateSeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CertificateSeed(…)")
    }
}

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Base64url without padding.
pub fn encoded(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let [a, b, c] = [0, 1, 2].map(|place| u32::from(chunk.get(place).copied().unwrap_or(0)));
        let bits = (a << 16) | (b << 8) | c;
        let letters = [18, 12, 6, 0].map(|shift| char::from(LETTERS[(bits >> shift & 63) as usize]));
        text.extend(&letters[..=chunk.len()]);
    }
    text
}

/// The bytes of a text in base64url without padding; `None` if it is no such text, or not the one that [`encoded`] writes.
pub fn decoded_bytes(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    let (mut bits, mut held) = (0_u32, 0);
    for letter in text.bytes() {
        let value = LETTERS.iter().position(|known| *known == letter)?;
        bits = (bits << 6 | u32::try_from(value).ok()?) & 0xffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 0xff) as u8);
        }
    }
    (encoded(&bytes) == text).then_some(bytes)
}

fn decoded<const N: usize>(text: &str) -> Option<[u8; N]> {
    decoded_bytes(text)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn statement() -> CertificateStatement {
        CertificateStatement {
            number: CertificateNumber::new("TREE", 2026, 42),
            name: "Айгүл".to_owned(),
            trees: 10,
            campaign: "Trees".to_owned(),
            issued_on: Day::parse("2026-11-24").unwrap(),
            language: Language::Kk,
            test_mode: false,
        }
    }

    #[test]
    fn the_bytes_are_those_that_the_documentation_shows() {
        let expected = "ZG9uYXRpb24tY2VydGlmaWNhdGUtdjEAAAAAEFRSRUUtMjAyNi0wMDAwNDIAAAAK0JDQudCz0q\
                        _QuwAAAAIxMAAAAAVUcmVlcwAAAAoyMDI2LTExLTI0AAAAAmtrAAAABHJlYWw";
        assert_eq!(encoded(&statement().to_bytes()), expected);
        let documentation = include_str!("../../../docs/certificates.md");
        assert!(documentation.contains(expected), "docs/certificates.md shows this example");
    }

    #[test]
    fn only_the_very_bytes_of_a_statement_are_read_as_one() {
        let bytes = statement().to_bytes();
        assert_eq!(CertificateStatement::from_bytes(&bytes), Some(statement()));
        for length in 0..bytes.len() {
            assert_eq!(CertificateStatement::from_bytes(&bytes[..length]), None);
        }
        assert_eq!(CertificateStatement::from_bytes(&[bytes.as_slice(), b"x"].concat()), None);
        // A leading zero is another spelling of the same number of trees.
        let at = bytes.windows(2).position(|two| two == b"10").unwrap();
        let mut padded = bytes.clone();
        padded.splice(at - 1..at + 2, *b"\x03010");
        assert_eq!(CertificateStatement::from_bytes(&padded), None);
    }

    #[test]
    fn a_key_and_a_signature_have_one_spelling() {
        let key = CertificateKey([0xfb; 32]);
        assert_eq!(CertificateKey::parse(&key.to_string()), Some(key));
        assert_eq!((key.to_string().len(), key.id().len()), (43, KEY_ID));
        let signature = CertificateSignature([7; 64]);
        let text = signature.to_string();
        assert_eq!(text.len(), CertificateSignature::LETTERS);
        assert_eq!(CertificateSignature::parse(&text), Some(signature));
        // The last letter has bits to spare.
        let other = format!("{}{}", &text[..85], 'x');
        for wrong in [other.as_str(), "", "AA", &text[1..], &format!("{text}=="), &text.replace('H', "/")] {
            assert_eq!(CertificateSignature::parse(wrong), None, "{wrong}");
        }
        assert_eq!(format!("{:?}", CertificateSeed([1; 32])), "CertificateSeed(…)");
    }

    proptest! {
        #[test]
        fn what_is_encoded_is_decoded(bytes: Vec<u8>) {
            prop_assert_eq!(decoded_bytes(&encoded(&bytes)), Some(bytes));
        }

        #[test]
        fn two_statements_never_have_the_same_bytes(
            name in ".{0,20}", other_name in ".{0,20}", campaign in ".{0,20}", other_campaign in ".{0,20}",
            trees: u32, test_mode: bool,
        ) {
            let one = CertificateStatement { name, campaign, ..statement() };
            let other = CertificateStatement {
                name: other_name, campaign: other_campaign, trees, test_mode, ..statement()
            };
            prop_assert_eq!(one == other, one.to_bytes() == other.to_bytes());
            prop_assert_eq!(CertificateStatement::from_bytes(&other.to_bytes()), Some(other));
        }
    }
}
