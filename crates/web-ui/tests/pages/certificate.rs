//! A certificate's public page.

use actix_web::http::StatusCode;
use domain::{CertificateStatus, DonationRecord, Language, LineText};

use crate::donation::certified;
use crate::drawing::signature_of;
use crate::support::{Page, TestSite, donation};

const PATH: &str = "/certificates/TREE-2026-000042";

/// A site with one certificate on it, whose donation was changed so.
fn site(change: impl FnOnce(&mut DonationRecord)) -> TestSite {
    let site = TestSite::new();
    site.store.put(donation(|record| {
        certified(record);
        change(record);
    }));
    site
}

async fn page(site: &TestSite, language: Language) -> Page {
    site.get(&format!("{PATH}?lang={}", language.code())).await
}

fn ended(record: &mut DonationRecord, status: CertificateStatus) {
    record.certificate.as_mut().unwrap().status = status;
}

#[actix_web::test]
async fn each_language_says_what_the_certificate_says_and_how_it_stands() {
    let site = site(|_| {});
    let said = [
        (Language::Kk, "Бұл сертификат жарамды", "10\u{a0}ағаш"),
        (Language::Ru, "Этот сертификат действителен", "10\u{a0}деревьев"),
        (Language::En, "This certificate is valid", "10\u{a0}trees"),
    ];
    for (language, heading, trees) in said {
        let page = page(&site, language).await;
        assert_eq!(page.status, StatusCode::OK);
        page.has(heading).has(trees).has("Айгүл").has("TREE-2026-000042").lacks("data-signature");
        // The title of the campaign is the certificate's, in the certificate's language.
        page.has("<dd id=\"certificate-campaign\" lang=\"kk\" dir=\"auto\">Ағаш отырғызу</dd>");
        assert_eq!(page.header("x-robots-tag"), "noindex");
        page.has("<meta property=\"og:image\" content=\"https://pages.test/certificates/TREE-2026-000042.png\">");
        page.lacks("aigul").lacks("5\u{a0}000");
    }
}

#[actix_web::test]
async fn a_signature_is_compared_and_stays_in_the_address_when_the_language_changes() {
    let site = site(|_| {});
    let statement = domain::CertificateStatement {
        number: domain::CertificateNumber::new("TREE", 2026, 42),
        name: "Айгүл".to_owned(),
        trees: 10,
        campaign: "Ағаш отырғызу".to_owned(),
        issued_on: domain::reconciliation::Day::of(crate::support::noon()),
        language: Language::Kk,
        test_mode: false,
    };
    let signature = signature_of(&statement.to_bytes());
    let page = site.get(&format!("{PATH}?s={signature}&lang=ru")).await;
    page.has("data-signature=\"matches\"").has(&format!("href=\"{PATH}?lang=kk&#38;s={signature}\""));
    let wrong = site.get(&format!("{PATH}?s=%22%3E%3Cb%3E&lang=ru")).await;
    wrong.has("data-signature=\"differs\"").has("s=%22%3E%3Cb%3E").lacks("<b>");
}

#[actix_web::test]
async fn one_that_is_not_valid_says_so_and_has_no_picture() {
    let replaced = site(|record| ended(record, CertificateStatus::Replaced));
    let seen = page(&replaced, Language::En).await;
    seen.has("data-state=\"replaced\"").has("/certificates/TREE-2026-000043?lang=en").lacks("og:image");
    let withdrawn = site(|record| ended(record, CertificateStatus::Withdrawn));
    let seen = page(&withdrawn, Language::En).await;
    seen.has("data-state=\"withdrawn\"").lacks("replaced-by").lacks("og:image");
    for site in [replaced, withdrawn] {
        let card = site.get(&format!("{PATH}.png")).await;
        assert_eq!((card.status, card.header("content-type")), (StatusCode::GONE, "text/html; charset=utf-8"));
    }
    let card = site(|_| {}).get(&format!("{PATH}.png")).await;
    assert_eq!((card.status, card.header("content-type")), (StatusCode::OK, "image/png"));
    card.has("a picture of TREE-2026-000042");
}

#[actix_web::test]
async fn a_test_certificate_says_that_no_money_was_given() {
    let site = site(|record| record.certificate.as_mut().unwrap().draft.test_mode = true);
    page(&site, Language::Ru).await.has("id=\"test\"").has("деньги не поступали");
}

#[actix_web::test]
async fn names_are_text_whatever_is_in_them() {
    let hostile = "\"><script>alert(1)</script> ' & {{ x }}";
    let site = site(|record| record.certificate.as_mut().unwrap().draft.name = hostile.to_owned());
    page(&site, Language::En).await.lacks("<script").lacks("content=\"\">").has("alert(1)");
    assert!(LineText::<120>::parse(hostile).is_ok(), "somebody may be called so");
}

#[actix_web::test]
async fn unknown_numbers_and_a_broken_store_have_pages() {
    let site = site(|_| {});
    for path in
        ["/certificates/TREE-2026-000041?lang=en", "/certificates/%D0%B6?lang=en", "/certificates/x.png?lang=en"]
    {
        let page = site.get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        page.has("There is no such certificate");
    }
    site.store.break_down();
    for path in [PATH, &format!("{PATH}?s=x"), &format!("{PATH}.png")] {
        assert_eq!(site.get(path).await.status, StatusCode::SERVICE_UNAVAILABLE);
    }
}
