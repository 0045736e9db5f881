//! A certificate's public page.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use application::{PublicCertificate, Settings, SignatureCheck};
use askama::Template;
use domain::{CertificateStatement, CertificateStatus, Language};
use url::form_urlencoded::byte_serialize;

use super::layout::{Corner, Layout};
use crate::answer::html;
use crate::session::Visitor;
use crate::texts::{Arg, Texts};

#[derive(Template)]
#[template(path = "certificate.html")]
pub(crate) struct CertificatePage {
    layout: Layout,
    /// The state's stable word.
    word: &'static str,
    state: String,
    valid: bool,
    heading: String,
    lead: String,
    /// The address and the number of the one that took its place.
    next: Option<(String, String)>,
    test: bool,
    signature: Option<Signature>,
    facts: Vec<Fact>,
    /// The certificate's own language, which some of the facts are in.
    written_in: &'static str,
    share: Share,
}

/// What came of comparing.
struct Signature {
    /// The stable word.
    word: &'static str,
    text: String,
}

struct Fact {
    /// The stable word.
    word: &'static str,
    term: String,
    value: String,
    /// Whether the value is in the certificate's language.
    written: bool,
}

/// What social networks show of it.
struct Share {
    title: String,
    text: String,
    address: String,
    card: String,
}

impl CertificatePage {
    /// The page; `check` is what came of comparing a signature, and the signature as it stands in the address.
    pub(crate) fn new(
        settings: &Settings,
        (certificate, visitor): (&PublicCertificate, &Visitor),
        check: Option<(SignatureCheck, String)>,
        language: Language,
    ) -> Self {
        let texts = Texts(language);
        let statement = certificate.sheet.statement();
        let number = &statement.number;
        let named = |key| texts.fill(key, &[("number", Arg::Text(number.to_string()))]);
        let title = named("certificate-title");
        let path = format!("/certificates/{number}");
        let mut layout = Layout::new(language, &title, &path).seen_by(visitor, &path);
        if let Some((_, shown)) = &check {
            let shown: String = byte_serialize(shown.as_bytes()).collect();
            layout.languages.iter_mut().for_each(|link| link.href.push_str(&format!("&s={shown}")));
        }
        let (state, heading, lead) = words(certificate.status);
        let next = certificate.replaced_by.as_ref();
        Self {
            word: certificate.status.word(),
            state: texts.get(state),
            valid: certificate.status == CertificateStatus::Valid,
            heading: texts.get(heading),
            lead: texts.get(lead),
            next: next.map(|next| (format!("/certificates/{next}?lang={}", language.code()), next.to_string())),
            test: statement.test_mode,
            signature: check.map(|(check, _)| signature(check, texts)),
            written_in: statement.language.code(),
            share: Share {
                title: format!("{title} · {}", texts.get("brand")),
                text: format!("{} — {}", statement.name, texts.trees(statement.trees)),
                address: settings.pages.certificate(number),
                card: settings.pages.certificate_card(number),
            },
            facts: facts(&statement, texts),
            layout,
        }
    }

    pub(crate) fn answer(self) -> HttpResponse {
        html(&self, StatusCode::OK, self.layout.language, self.layout.forms())
    }
}

/// The keys of the state, the heading and what is said below it.
const fn words(status: CertificateStatus) -> (&'static str, &'static str, &'static str) {
    match status {
        CertificateStatus::Valid => ("certificate-state-valid", "certificate-valid-heading", "certificate-valid-lead"),
        CertificateStatus::Replaced => {
            ("certificate-state-replaced", "certificate-replaced-heading", "certificate-replaced-lead")
        }
        CertificateStatus::Withdrawn => {
            ("certificate-state-withdrawn", "certificate-withdrawn-heading", "certificate-withdrawn-lead")
        }
    }
}

fn signature(check: SignatureCheck, texts: Texts) -> Signature {
    let (word, key) = match check {
        SignatureCheck::Matches => ("matches", "certificate-signature-matches"),
        SignatureCheck::DoesNotMatch => ("differs", "certificate-signature-differs"),
        SignatureCheck::NameForgotten => ("forgotten", "certificate-signature-forgotten"),
    };
    Signature { word, text: texts.get(key) }
}

fn facts(statement: &CertificateStatement, texts: Texts) -> Vec<Fact> {
    let date = date(&statement.issued_on.to_string(), texts);
    let rows = [
        ("name", "certificate-fact-name", statement.name.clone()),
        ("trees", "fact-trees", trees(statement.trees, texts)),
        ("campaign", "fact-campaign", statement.campaign.clone()),
        ("date", "certificate-fact-date", date),
        ("number", "fact-certificate", statement.number.to_string()),
    ];
    let fact = |(word, term, value): (&'static str, &str, String)| Fact {
        word,
        term: texts.get(term),
        value,
        written: matches!(word, "name" | "campaign"),
    };
    rows.into_iter().map(fact).collect()
}

/// A gift below one tree is a part of one.
fn trees(number: u32, texts: Texts) -> String {
    if number == 0 { texts.get("certificate-part-of-a-tree") } else { texts.trees(number) }
}

/// A date written `2026-11-24`, as the language writes it.
fn date(iso: &str, texts: Texts) -> String {
    let mut parts = iso.split('-').map(|part| part.parse::<u64>().unwrap_or(0));
    let mut part = || parts.next().unwrap_or(0);
    let year = Arg::Text(part().to_string());
    texts.fill("certificate-date", &[("year", year), ("month", Arg::Count(part())), ("day", Arg::Count(part()))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_in_the_languages_words() {
        let said = |iso: &str| Language::ALL.map(|language| date(iso, Texts(language)));
        assert_eq!(said("2026-11-09"), ["2026 жылғы 9 қараша", "9 ноября 2026\u{a0}г.", "9 November 2026"]);
        for language in Language::ALL {
            let dates = (1..=12).map(|month| date(&format!("2026-{month:02}-05"), Texts(language)));
            assert_eq!(dates.collect::<std::collections::BTreeSet<_>>().len(), 12);
        }
    }
}
