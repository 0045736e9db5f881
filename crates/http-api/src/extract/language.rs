//! Which language the caller reads.

use std::convert::Infallible;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderMap};
use actix_web::{FromRequest, HttpRequest};
use domain::Language;

/// The language that the caller prefers among ours; `None` if it prefers none of them.
pub struct PreferredLanguage(pub Option<Language>);

impl FromRequest for PreferredLanguage {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(accept_language(request.headers()))))
    }
}

/// The one of our languages that `Accept-Language` (RFC 9110, 12.5.4) ranks highest; of equals the first.
pub fn accept_language(headers: &HeaderMap) -> Option<Language> {
    let mut best: Option<(u16, Language)> = None;
    for value in headers.get_all(header::ACCEPT_LANGUAGE).filter_map(|value| value.to_str().ok()) {
        for range in value.split(',') {
            let mut parts = range.split(';').map(str::trim);
            let tag = parts.next().unwrap_or_default().to_ascii_lowercase();
            let Some(language) = Language::from_code(tag.split('-').next().unwrap_or_default()) else { continue };
            let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(1000, thousandths);
            if weight > 0 && best.is_none_or(|(known, _)| weight > known) {
                best = Some((weight, language));
            }
        }
    }
    best.map(|(_, language)| language)
}

/// `0.85` is 850, without floats; nonsense counts nothing.
fn thousandths(text: &str) -> u16 {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let digits: String = fraction.chars().chain("000".chars()).take(3).collect();
    match (whole, digits.parse::<u16>()) {
        ("1", _) => 1000,
        ("0", Ok(number)) => number,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    fn accepted(value: &'static str) -> Option<Language> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static(value));
        accept_language(&headers)
    }

    #[test]
    fn the_highest_of_our_languages_wins() {
        assert_eq!(accepted("de, ru-KZ;q=0.8, kk;q=0.9"), Some(Language::Kk));
        assert_eq!(accepted("en;q=0, ru;q=0.1"), Some(Language::Ru));
        assert_eq!(accepted("en, ru"), Some(Language::En));
        assert_eq!(accepted("de, *"), None);
        assert_eq!(accepted("ru;q=x"), None);
    }
}
