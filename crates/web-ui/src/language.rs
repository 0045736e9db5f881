//! Which language a page is in.

use actix_web::http::header::{AcceptLanguage, Quality};
use actix_web::{HttpMessage as _, HttpRequest};
use domain::Language;
use url::form_urlencoded;

/// In which a donor is spoken to who says nothing else.
const DEFAULT_LANGUAGE: Language = Language::Ru;

/// What `?lang=` says; `None` if it says nothing that we speak.
pub(crate) fn language_in_query(request: &HttpRequest) -> Option<Language> {
    query_value(request, "lang").and_then(|code| Language::from_code(&code))
}

/// `?lang=`, else the one of our languages that `Accept-Language` (RFC 9110, 12.5.4) ranks highest, else Russian.
pub(crate) fn requested_language(request: &HttpRequest) -> Language {
    language_in_query(request).or_else(|| accepted_language(request)).unwrap_or(DEFAULT_LANGUAGE)
}

/// The first value of this name in the query.
pub(crate) fn query_value(request: &HttpRequest, name: &str) -> Option<String> {
    let mut pairs = form_urlencoded::parse(request.query_string().as_bytes());
    pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

fn accepted_language(request: &HttpRequest) -> Option<Language> {
    let mut ranges = request.get_header::<AcceptLanguage>()?.0;
    ranges.retain(|range| range.quality > Quality::ZERO);
    ranges.sort_by_key(|range| std::cmp::Reverse(range.quality));
    ranges.iter().find_map(|range| Language::from_code(range.item.item()?.primary_language()))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn language(uri: &str, accepted: &str) -> Language {
        requested_language(&TestRequest::with_uri(uri).insert_header(("Accept-Language", accepted)).to_http_request())
    }

    #[test]
    fn the_address_wins_over_the_browser() {
        assert_eq!(language("/?lang=kk", "en"), Language::Kk);
        assert_eq!(language("/?lang=de", "en"), Language::En);
    }

    #[test]
    fn the_browsers_favourite_of_our_languages_is_taken() {
        assert_eq!(language("/", "de, ru-KZ;q=0.8, kk-KZ;q=0.9"), Language::Kk);
        assert_eq!(language("/", "en;q=0, *"), Language::Ru);
        assert_eq!(language("/", "nonsense;;, =, \"kk\""), Language::Ru);
        assert_eq!(requested_language(&TestRequest::with_uri("/").to_http_request()), Language::Ru);
    }
}
