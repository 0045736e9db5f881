//! Where things stand, measured.

mod names;

use domain::{Certificate, CertificateDraft, CertificateNumber, CertificateStatus, DonationId, Language};

use super::*;
use crate::card;
use crate::page::Step as Stroke;

fn sheet(name: &str, language: Language) -> CertificateSheet {
    let issued_at = "2026-11-09T06:30:00Z".parse().unwrap();
    let draft = CertificateDraft { name: name.to_owned(), trees: 12, test_mode: false, issued_at };
    let number = CertificateNumber::new(draft.series(), 2026, 42);
    CertificateSheet {
        language,
        campaign: "Қазақстанда ағаш егейік".to_owned(),
        verify_url: format!("https://example.kz/certificates/{number}"),
        created_at: issued_at,
        certificate: Certificate {
            number,
            donation: DonationId(uuid::Uuid::nil()),
            draft,
            status: CertificateStatus::Valid,
        },
    }
}

fn texts_on(sheet: &CertificateSheet) -> Vec<Text> {
    texts_of(page(sheet).unwrap().marks)
}

fn texts_of(marks: Vec<Mark>) -> Vec<Text> {
    marks.into_iter().filter_map(|mark| if let Mark::Text(text) = mark { Some(text) } else { None }).collect()
}

fn said(texts: &[Text]) -> Vec<String> {
    texts.iter().map(|text| text.line.text()).collect()
}

#[test]
fn no_line_leaves_the_page_in_any_language() {
    for language in Language::ALL {
        let mut sheet = sheet("Ада", language);
        sheet.certificate.draft.test_mode = true;
        sheet.certificate.draft.trees = u32::MAX;
        sheet.campaign = "Очень длинное название кампании ".repeat(9);
        for Text { line, size, at, direction, .. } in texts_on(&sheet) {
            let inner = Frame::page(26.0);
            let end = [at[0] + direction[0] * line.width * size, at[1] + direction[1] * line.width * size];
            for [x, y] in [at, end] {
                assert!((inner.at[0]..inner.right()).contains(&x), "{language:?} {}: {x}", line.text());
                assert!((inner.at[1]..inner.bottom()).contains(&y), "{language:?} {}: {y}", line.text());
            }
        }
    }
}

#[test]
fn the_longest_title_and_name_leave_the_foot_and_the_code_free() {
    let title = "Қарағанды облысының Ұлытау өңірінде өртенген қарағайлы орманды қалпына келтіреміз ".repeat(3);
    for name in ["Ж".repeat(120), "Құдайберген Нұрмұхаммедұлы ".repeat(4), "Әли".to_owned()]
    {
        let mut sheet = sheet(&name, Language::Kk);
        sheet.campaign = title.chars().take(200).collect();
        for frame in [BODY, card::BODY] {
            for text in texts_of(body(&sheet, Texts(Language::Kk), frame).unwrap()) {
                assert!(text.at[1] - text.size >= frame.at[1] - 0.01 && text.at[1] <= frame.bottom(), "{name}");
                assert!(text.at[0] + text.width() <= frame.right() + 0.01 && text.size >= 7.0, "{name}: {}", text.size);
            }
        }
        let marks = card::marks(&sheet).unwrap();
        let Some(Mark::Fill(code, _)) = marks.iter().rev().nth(1) else { panic!("the code's card is last but one") };
        let Some(Stroke::Move([left, _])) = code.0.first() else { panic!("a card has a corner") };
        assert!(card::BODY.right() < *left, "the words end before the code's card begins");
    }
}

#[test]
fn each_language_says_everything() {
    let said = Language::ALL.map(|language| said(&texts_on(&sheet("Айгүл", language))));
    let last = ["TREE-2026-000042"];
    assert_eq!(
        said[0][..6],
        [
            "СЕРТИФИКАТ",
            "Сізге алғыс білдіреміз,",
            "Айгүл",
            "Сіздің қайырмалдығыңыз —",
            "12 ағаш",
            "Қазақстанда ағаш егейік"
        ]
    );
    assert_eq!(said[0][6..], ["КҮНІ", "2026 жылғы 9 қараша", "НӨМІРІ", last[0], "Тексеру: example.kz"]);
    assert_eq!(said[1][..5], ["СЕРТИФИКАТ", "Благодарим вас,", "Айгүл", "Ваше пожертвование — это", "12 деревьев"]);
    assert_eq!(said[1][6..], ["ДАТА", "9 ноября 2026 г.", "НОМЕР", last[0], "Проверить: example.kz"]);
    assert_eq!(said[2][..5], ["CERTIFICATE", "With gratitude to", "Айгүл", "whose gift plants", "12 trees"]);
    assert_eq!(said[2][6..], ["DATE", "9 November 2026", "NUMBER", last[0], "Verify: example.kz"]);
}

#[test]
fn only_a_test_certificate_says_so_across_the_page() {
    for (language, word) in Language::ALL.into_iter().zip(["СЫНАҚ", "ТЕСТ", "TEST"]) {
        let across = |test_mode| {
            let mut sheet = sheet("Ада", language);
            sheet.certificate.draft.test_mode = test_mode;
            texts_on(&sheet).into_iter().filter(|text| text.direction[1] != 0.0).collect::<Vec<_>>()
        };
        assert!(across(false).is_empty());
        let marks = across(true);
        assert_eq!(said(&marks), [word]);
        assert!(marks[0].width() > SIZE[0] / 2.0 && marks[0].ink.opacity < 0.3);
    }
}

#[test]
fn what_has_no_font_is_named_with_the_part_it_stands_in() {
    let mut wrong = sheet("Ада 木", Language::En);
    assert!(matches!(page(&wrong), Err(LayoutError::NoGlyph("the name", letters)) if letters == ['木']));
    wrong = sheet("Ада", Language::En);
    wrong.campaign = "🌳".to_owned();
    assert!(matches!(page(&wrong), Err(LayoutError::NoGlyph("the campaign", letters)) if letters == ['🌳']));
    wrong = sheet("Ада", Language::En);
    wrong.verify_url = "a".repeat(5000);
    assert!(matches!(page(&wrong), Err(LayoutError::AddressTooLong)));
}

#[test]
fn a_person_sees_which_site_the_code_leads_to() {
    assert_eq!(host("https://example.kz/certificates/1?a=b"), "example.kz");
    assert_eq!(host("http://localhost:5000"), "localhost:5000");
    assert_eq!(host("example.kz/1"), "example.kz");
}
