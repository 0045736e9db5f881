//! The document: what it is, what it says of itself, and what it cannot show.
use std::collections::BTreeSet;
use std::thread;

use certificate_pdf::{PdfCertificates, unprintable};
use domain::ports::{CertificateRenderer as _, CertificateSheet};
use domain::{CertificateNumber, Language};

use crate::support::{Pen, render, sheet};

/// The metadata packet, which PDF/A keeps readable by anyone.
fn metadata(document: &[u8]) -> String {
    let text = String::from_utf8_lossy(document);
    let start = text.find("<x:xmpmeta").unwrap();
    text[start..start + text[start..].find("</x:xmpmeta>").unwrap()].to_owned()
}

#[test]
fn the_document_is_a_pdf_for_archives_of_one_landscape_page() {
    let document = render(&sheet("Айгүл Серікқызы", Language::Kk));
    assert!(document.starts_with(b"%PDF-1.7\n"));
    assert!(document.trim_ascii_end().ends_with(b"%%EOF"));
    let text = String::from_utf8_lossy(&document);
    assert!(text.contains("/MediaBox[0 0 841.89 595.276]"));
    assert!(text.contains("/OutputIntents"));
    let metadata = metadata(&document);
    assert!(metadata.contains("<pdfaid:part>2</pdfaid:part>"), "{metadata}");
    assert!(metadata.contains("<pdfaid:conformance>U</pdfaid:conformance>"));
}

#[test]
fn the_document_says_what_it_is_in_its_language_and_when_it_was_made_on_the_charitys_clocks() {
    for (language, title) in [(Language::Kk, "Сертификат"), (Language::En, "Certificate")] {
        let document = render(&sheet("Ада", language));
        let metadata = metadata(&document);
        assert!(metadata.contains(&format!("{title} TREE-2027-000042")), "{metadata}");
        assert!(metadata.contains("2027-01-01T01:15:00+05:00"), "{metadata}");
        assert!(metadata.contains(&format!("<rdf:li>{}</rdf:li>", language.code())), "{metadata}");
    }
}

#[test]
fn the_same_sheet_gives_the_same_bytes_on_every_thread() {
    let first = render(&sheet("Айгүл", Language::Ru));
    let others: Vec<_> = (0..4).map(|_| thread::spawn(|| render(&sheet("Айгүл", Language::Ru)))).collect();
    for other in others {
        assert!(other.join().unwrap() == first);
    }
}

#[test]
fn any_change_to_the_sheet_changes_the_bytes() {
    let original = sheet("Айгүл", Language::Ru);
    let change = |change: fn(&mut CertificateSheet)| {
        let mut sheet = original.clone();
        change(&mut sheet);
        render(&sheet)
    };
    let documents = BTreeSet::from([
        render(&original),
        change(|sheet| sheet.language = Language::Kk),
        change(|sheet| sheet.language = Language::En),
        change(|sheet| sheet.campaign.push('!')),
        change(|sheet| sheet.verify_url.push('1')),
        change(|sheet| sheet.created_at = "2026-12-31T20:15:01Z".parse().unwrap()),
        change(|sheet| sheet.certificate.number = CertificateNumber::from_text("TREE-2027-000043")),
        change(|sheet| sheet.certificate.draft.name.push('а')),
        change(|sheet| sheet.certificate.draft.trees += 1),
        change(|sheet| sheet.certificate.draft.test_mode = true),
        change(|sheet| sheet.certificate.draft.issued_at = "2027-01-02T00:00:00Z".parse().unwrap()),
    ]);
    assert_eq!(documents.len(), 11);
}

#[test]
fn a_document_is_small_enough_for_a_mail() {
    let document = render(&sheet(&"Құдайберген Нұрмұхаммедұлы ".repeat(4), Language::Kk));
    assert!(document.len() < 150_000, "{}", document.len());
}

#[test]
fn names_in_every_script_that_the_fonts_have_are_set() {
    let names = [
        "Әлия Ғабитқызы Қаһарман Өңірұлы Үміт Іңкәр",
        "Ольга Щёкина-Ёлкина",
        "Zoë Özdemir-Łukasz O’Neill",
        "Gülşat Ağabeyoğlu",
        "Ἀλέξανδρος",
        "نۇرسۇلتان نازارباەۆ",
        "Nursultan نۇرسۇلتان 7",
        "И\u{306}ван Ле\u{301}бедев",
        "<b>Tom & \"Jerry\"</b> \\(x\\) {% %}",
        "ТОО «Зелёный сад» № 5, 100 ₸",
        "می\u{200c}خواهم",
    ];
    for name in names {
        assert_eq!(unprintable(name), Vec::<char>::new(), "{name}");
        render(&sheet(name, Language::Kk));
    }
}

#[test]
fn characters_that_no_font_has_are_refused_by_name() {
    assert_eq!(unprintable("Ада 🌳 и 木木 🌳"), ['🌳', '木']);
    let error = PdfCertificates::new().render(&sheet("Ада 🌳", Language::En), &Pen::new(1)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the certificate could not be drawn: no vendored font has '🌳' (U+1F333) in the name"
    );
    for steering in ['\n', '\t', '\u{0}', '\u{7f}', '\u{2028}', '\u{202e}', '\u{2066}', '\u{feff}', '\u{e000}'] {
        let name = format!("Ада{steering}Л");
        assert_eq!(unprintable(&name), [steering], "{steering:?}");
        assert!(PdfCertificates::new().render(&sheet(&name, Language::En), &Pen::new(1)).is_err());
    }
}

#[test]
fn a_letter_with_a_heap_of_marks_is_refused() {
    assert_eq!(unprintable("а\u{301}\u{302}\u{303}"), Vec::<char>::new());
    assert_eq!(unprintable("а\u{301}\u{302}\u{303}\u{304}\u{306}"), ['\u{304}', '\u{306}']);
}

#[test]
fn whatever_is_not_unprintable_can_be_rendered() {
    let letters: Vec<char> = (' '..='\u{24f}').chain('\u{300}'..='\u{52f}').chain('\u{600}'..='\u{6ff}').collect();
    for some in letters.chunks(100) {
        let text: String = some.iter().flat_map(|letter| ['и', *letter, ' ']).collect();
        let refused = unprintable(&text);
        let name: String = text.chars().filter(|letter| !refused.contains(letter)).collect();
        PdfCertificates::new().render(&sheet(&name, Language::En), &Pen::new(1)).unwrap();
    }
}
