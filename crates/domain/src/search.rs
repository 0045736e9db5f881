//! How donations are found by what somebody types.
//!
//! A donation is known by its *terms*: lower-case texts, each of which begins where a word begins. `Ахметова-Ким` gives
//! `ахметова-ким` and `ким`, `ivan.petrov@gmail.com` gives itself, `petrov@gmail.com` and `gmail.com`. What is searched for is
//! taken apart at white space, and every piece has to be the beginning of some term. So the beginning of a word finds it, and
//! its middle does not: that is what an index can answer.

use std::collections::BTreeSet;

use crate::{CertificateNumber, Donation};

/// What somebody searches for: 1–120 characters, without control characters, trimmed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SearchText(String);

impl SearchText {
    /// In characters.
    const LONGEST: usize = 120;

    /// `None` for a blank text, a longer one, and one with a control character.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let fits = (1..=Self::LONGEST).contains(&text.chars().count());
        (fits && !text.chars().any(char::is_control)).then(|| Self(text.to_owned()))
    }

    /// The text, as it was typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The beginnings of terms that a donation must have, each of them; at least one. One that begins another is not asked for
    /// twice.
    pub fn words(&self) -> Vec<String> {
        let words: BTreeSet<String> = self.0.split_whitespace().map(trimmed).map(normal).collect();
        let begins_another =
            |word: &String| words.iter().any(|other| other != word && other.starts_with(word.as_str()));
        words.iter().filter(|word| !begins_another(word)).cloned().collect()
    }
}

/// As much of a term as is kept, in characters; what is searched for is cut alike.
const LONGEST_TERM: usize = 64;

/// What a donation is found by: the donor's name, the name for the certificate, the address, the id, its orders, and `numbers`,
/// which are those of all its certificates. A donor who has been forgotten is found by neither name nor address.
pub fn terms(donation: &Donation, numbers: &[CertificateNumber]) -> BTreeSet<String> {
    let mut terms = BTreeSet::new();
    if !donation.donor.is_erased() {
        begun(donation.donor.name.as_str(), &mut terms);
        begun_address(donation.donor.email.as_str(), &mut terms);
    }
    if let Some(name) = &donation.certificate_name {
        begun(name.as_str(), &mut terms);
    }
    terms.insert(normal(&donation.id.to_string()));
    let orders = donation.attempts.iter().filter_map(|attempt| attempt.order_id.as_ref());
    terms.extend(orders.map(|order| normal(order.as_str())));
    terms.extend(numbers.iter().flat_map(certificate_terms));
    terms.retain(|term| !term.is_empty());
    terms
}

/// What a donation is found by for one of its certificates: a part of its [`terms`].
pub fn certificate_terms(number: &CertificateNumber) -> BTreeSet<String> {
    let mut terms = BTreeSet::new();
    begun(number.as_str(), &mut terms);
    terms
}

/// Every word of a text, and whatever begins inside a word after a mark.
fn begun(text: &str, terms: &mut BTreeSet<String>) {
    for word in text.split_whitespace() {
        let places = beginnings(word);
        if places.is_empty() {
            // A name may be a picture.
            terms.insert(normal(word));
        }
        terms.extend(places.into_iter().filter_map(|place| word.get(place..)).map(normal));
    }
}

/// The address whole, from each mark before the host on, and the host.
fn begun_address(address: &str, terms: &mut BTreeSet<String>) {
    let host = address.rfind('@').map_or(address.len(), |at| at + 1);
    let places = beginnings(address).into_iter().filter(|place| *place <= host);
    terms.extend(places.filter_map(|place| address.get(place..)).map(normal));
}

/// Where a letter or a digit comes first, or after something that is neither.
fn beginnings(word: &str) -> Vec<usize> {
    let mut inside = false;
    let mut places = Vec::new();
    for (place, letter) in word.char_indices() {
        if letter.is_alphanumeric() && !inside {
            places.push(place);
        }
        inside = letter.is_alphanumeric();
    }
    places
}

/// Without the marks around it, unless it is nothing else.
fn trimmed(word: &str) -> &str {
    let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
    if bare.is_empty() { word } else { bare }
}

/// In lower case, and with one letter for the two that Russian readers take for each other.
fn normal(text: &str) -> String {
    text.to_lowercase().replace('ё', "е").chars().take(LONGEST_TERM).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begun_in(text: &str) -> Vec<String> {
        let mut terms = BTreeSet::new();
        begun(text, &mut terms);
        terms.into_iter().collect()
    }

    fn words(text: &str) -> Vec<String> {
        SearchText::parse(text).unwrap().words()
    }

    #[test]
    fn a_term_begins_where_a_word_begins() {
        assert_eq!(begun_in("Айгүл  Ахметова-Ким"), ["айгүл", "ахметова-ким", "ким"]);
        assert_eq!(begun_in("«Рога и копыта»"), ["и", "копыта»", "рога"]);
        assert_eq!(begun_in("TREE-2026-000042"), ["000042", "2026-000042", "tree-2026-000042"]);
        assert_eq!(begun_in("🌳 Ёлкин"), ["елкин", "🌳"]);
    }

    #[test]
    fn an_address_is_found_by_its_name_its_parts_and_its_host() {
        let mut terms = BTreeSet::new();
        begun_address("Ivan.Petrov+trees@mail.example.kz", &mut terms);
        let expected = [
            "ivan.petrov+trees@mail.example.kz",
            "mail.example.kz",
            "petrov+trees@mail.example.kz",
            "trees@mail.example.kz",
        ];
        assert_eq!(terms.into_iter().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_is_searched_for_is_taken_apart_at_white_space() {
        assert_eq!(words(" ИВАНОВ,  Иван\u{a0}«Ёлкин» "), ["елкин", "иванов"], "иван begins иванов");
        assert_eq!(words("әлия ҚҰДАЙБЕРГЕН"), ["құдайберген", "әлия"]);
        assert_eq!(words("@"), ["@"]);
        assert_eq!(words(&"Ж".repeat(100)), ["ж".repeat(64)]);
    }

    #[test]
    fn a_blank_text_a_long_one_and_one_with_a_control_character_are_none() {
        assert_eq!(SearchText::parse(&"ж".repeat(120)).map(|text| text.as_str().chars().count()), Some(120));
        for text in ["", " \u{a0}", "a\0b", "a\nb", &"ж".repeat(121)] {
            assert_eq!(SearchText::parse(text), None, "{text:?}");
        }
    }
}
