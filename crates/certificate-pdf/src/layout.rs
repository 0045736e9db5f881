//! Where everything stands on the certificate.

use domain::ports::CertificateSheet;

use crate::fitting::{Column, Fitted, Step};
use crate::fonts::Typeface;
use crate::ornament::{CARD, DEEP, INK, LEAF, QUIET, WARNING, border, ground, rule};
use crate::page::{Frame, Ink, Mark, Outline, Page, Point, SIZE, Text};
use crate::qr::QrCode;
use crate::shaping::{Line, NoGlyph};
use crate::texts::Texts;
use crate::tree::tree;

/// The right part of the page, where the words stand.
const COLUMN: Frame = Frame { at: [330.0, 70.0], size: [446.0, 470.0] };
/// Between the title and the foot.
const BODY: Frame = Frame { at: [330.0, 134.0], size: [446.0, 288.0] };
const TREE: Frame = Frame { at: [44.0, 92.0], size: [262.0, 414.0] };
/// The QR code; its quiet zone is the card around it.
const QR: Frame = Frame { at: [688.0, 436.0], size: [88.0, 88.0] };

const NAME: [Step; 3] = [
    Step { largest: 46.0, smallest: 33.0 },
    Step { largest: 38.0, smallest: 26.0 },
    Step { largest: 30.0, smallest: 8.0 },
];
const CAMPAIGN: [Step; 2] = [Step { largest: 13.0, smallest: 11.0 }, Step { largest: 13.0, smallest: 0.0 }];

/// What cannot be laid out.
#[derive(Debug)]
pub(crate) enum LayoutError {
    /// Characters without a font, in this part.
    NoGlyph(&'static str, Vec<char>),
    /// The address is longer than any QR code.
    AddressTooLong,
}

/// Names the part of the sheet that a line without a font belongs to.
fn of<T>(part: &'static str, result: Result<T, NoGlyph>) -> Result<T, LayoutError> {
    result.map_err(|NoGlyph(letters)| LayoutError::NoGlyph(part, letters))
}

/// The whole certificate.
pub(crate) fn page(sheet: &CertificateSheet) -> Result<Page, LayoutError> {
    let texts = Texts(sheet.language);
    let number = sheet.certificate.number.as_str();
    let mut marks = ground();
    marks.extend(tree(number, TREE));
    marks.extend(border());
    marks.extend(title(texts)?);
    marks.extend(body(sheet, texts)?);
    marks.extend(facts(sheet, texts)?);
    marks.extend(code(sheet, texts)?);
    if sheet.certificate.draft.test_mode {
        marks.push(test_mark(texts)?);
    }
    Ok(Page { marks, link: QR, address: sheet.verify_url.clone() })
}

/// Puts a shaped line on the page.
fn text(line: Line, size: f32, at: Point, ink: Ink) -> Mark {
    Mark::Text(Text { line, size, at, direction: [1.0, 0.0], ink })
}

fn title(texts: Texts) -> Result<Vec<Mark>, LayoutError> {
    let words = texts.get("title").to_uppercase();
    let line = of("the title", Line::shape(&words, Typeface::Display))?.tracked(0.09);
    let size = 31.0_f32.min(COLUMN.size[0] / line.width);
    let [x, y] = [COLUMN.at[0], 104.0];
    let mut marks = vec![text(line, size, [x, y], DEEP)];
    marks.extend(rule([x + 1.0, y + 20.0]));
    Ok(marks)
}

/// One paragraph of the body.
struct Paragraph {
    fitted: Fitted,
    ink: Ink,
    /// From the paragraph before to the top of its first line.
    gap: f32,
}

/// From one baseline to the next, for each point of size.
const LEADING: f32 = 1.2;

impl Paragraph {
    fn height(&self) -> f32 {
        self.gap + self.fitted.lines.len() as f32 * self.fitted.size * LEADING
    }
}

fn body(sheet: &CertificateSheet, texts: Texts) -> Result<Vec<Mark>, LayoutError> {
    let draft = &sheet.certificate.draft;
    let small = [Step { largest: 15.0, smallest: 0.0 }];
    let large = [Step { largest: 33.0, smallest: 0.0 }];
    let set = |typeface, steps: &[Step], text: &str| Column { typeface, width: BODY.size[0], steps }.fit(text);
    let paragraphs = [
        Paragraph {
            fitted: of("the greeting", set(Typeface::Italic, &small, &texts.get("greeting")))?,
            ink: QUIET,
            gap: 0.0,
        },
        Paragraph { fitted: of("the name", set(Typeface::Display, &NAME, &draft.name))?, ink: INK, gap: 8.0 },
        Paragraph {
            fitted: of("the gift", set(Typeface::Italic, &small, &texts.gift(draft.trees)))?,
            ink: QUIET,
            gap: 18.0,
        },
        Paragraph {
            fitted: of("the trees", set(Typeface::Display, &large, &texts.trees(draft.trees)))?,
            ink: LEAF,
            gap: 4.0,
        },
        Paragraph {
            fitted: of("the campaign", set(Typeface::Serif, &CAMPAIGN, &sheet.campaign))?,
            ink: QUIET,
            gap: 10.0,
        },
    ];
    let height: f32 = paragraphs.iter().map(Paragraph::height).sum();
    let mut y = BODY.at[1] + (BODY.size[1] - height) * 0.42;
    let mut marks = Vec::new();
    for Paragraph { fitted, ink, gap } in paragraphs {
        y += gap;
        for line in fitted.lines {
            marks.push(text(line, fitted.size, [BODY.at[0], y + fitted.size * 0.92], ink));
            y += fitted.size * LEADING;
        }
    }
    Ok(marks)
}

/// The date and the number.
fn facts(sheet: &CertificateSheet, texts: Texts) -> Result<Vec<Mark>, LayoutError> {
    let draft = &sheet.certificate.draft;
    let number = sheet.certificate.number.as_str();
    let facts = [
        ("the date", "date-label", texts.date(draft.issued_at), 0.0),
        ("the number", "number-label", number.to_owned(), 172.0),
    ];
    let mut marks = Vec::new();
    for (part, label, fact, right) in facts {
        let x = COLUMN.at[0] + right;
        let label = of(part, Line::shape(&texts.get(label).to_uppercase(), Typeface::Serif))?.tracked(0.06);
        let column =
            Column { typeface: Typeface::Serif, width: 160.0, steps: &[Step { largest: 13.0, smallest: 0.0 }] };
        let mut fitted = of(part, column.fit(&fact))?;
        marks.push(text(label, 7.5, [x, 500.0], QUIET));
        if let Some(line) = fitted.lines.pop() {
            marks.push(text(line, fitted.size, [x, 518.0], INK));
        }
    }
    Ok(marks)
}

/// The QR code on its card, and where it leads.
fn code(sheet: &CertificateSheet, texts: Texts) -> Result<Vec<Mark>, LayoutError> {
    let code = QrCode::of(&sheet.verify_url).ok_or(LayoutError::AddressTooLong)?;
    let quiet = code.quiet_zone(QR.size[0]);
    let [x, y] = QR.at;
    let card = Frame { at: [x - quiet, y - quiet], size: [QR.size[0] + 2.0 * quiet, QR.size[1] + 2.0 * quiet] };
    let card = Outline::default().rectangle(card);
    let mut marks = vec![Mark::Fill(card, CARD), Mark::Fill(code.outline(QR), DEEP)];
    let column =
        Column { typeface: Typeface::Serif, width: QR.size[0], steps: &[Step { largest: 7.5, smallest: 0.0 }] };
    let caption = format!("{}: {}", texts.get("verify"), host(&sheet.verify_url));
    let fitted = of("the address", column.fit(&caption))?;
    for line in fitted.lines {
        let width = line.width * fitted.size;
        marks.push(text(line, fitted.size, [x + (QR.size[0] - width) / 2.0, QR.bottom() + quiet + 10.0], QUIET));
    }
    Ok(marks)
}

/// The part of an address that a person would recognise.
fn host(address: &str) -> &str {
    let after = address.split_once("://").map_or(address, |(_, after)| after);
    after.split(['/', '?', '#']).next().unwrap_or(after)
}

/// Says across the whole page that no money was given.
fn test_mark(texts: Texts) -> Result<Mark, LayoutError> {
    const LENGTH: f32 = 690.0;
    const LARGEST: f32 = 210.0;
    let line = of("the test mark", Line::shape(&texts.get("test-mark"), Typeface::Display))?.tracked(0.08);
    let size = LARGEST.min(LENGTH / line.width);
    let [width, height] = SIZE;
    let diagonal = (width * width + height * height).sqrt();
    let direction = [width / diagonal, -height / diagonal];
    // Half the line back from the middle of the page, and down by half a capital.
    let (back, down) = (line.width * size / 2.0, size * 0.35);
    let at = [
        width / 2.0 - direction[0] * back - direction[1] * down,
        height / 2.0 - direction[1] * back + direction[0] * down,
    ];
    Ok(Mark::Text(Text { line, size, at, direction, ink: WARNING.at(0.16) }))
}

#[cfg(test)]
mod tests {
    use domain::{Certificate, CertificateDraft, CertificateNumber, CertificateStatus, DonationId, Language};

    use super::*;

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

    /// 200 names of 1 to 120 letters, from Kazakh, Russian and Latin letters, as one word and as many.
    fn names() -> impl Iterator<Item = String> {
        const ALPHABETS: [&str; 4] = [
            "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюяӘҒҚҢӨҰҮҺІ",
            "абвгдежзийклмнопрстуфхцчшщЖШЩЮЫФМ",
            "abcdefghijklmnopqrstuvwxyzWMQÄŞğ",
            "WЩШЖМ",
        ];
        let mut state = 42_u64;
        let mut dice = move |sides: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).unwrap() % sides
        };
        (0..200).map(move |place| {
            let letters: Vec<char> = ALPHABETS[place % 4].chars().collect();
            let word = [2, 6, 12, 121][place / 4 % 4];
            let length = 1 + place * 119 / 199;
            let letter = |at: usize| if at % (word + 1) == word { ' ' } else { letters[dice(letters.len())] };
            (0..length).map(letter).collect()
        })
    }

    #[test]
    fn two_hundred_names_of_1_to_120_letters_stay_where_they_belong() {
        let mut longest = 0;
        for name in names() {
            longest = longest.max(name.chars().count());
            let body = texts_of(body(&sheet(&name, Language::Kk), Texts(Language::Kk)).unwrap());
            for text in &body {
                assert!(text.at[0] >= BODY.at[0] && text.at[0] + text.width() <= BODY.right() + 0.01, "{name}");
                assert!(
                    text.at[1] - text.size >= BODY.at[1] && text.at[1] + 0.3 * text.size <= BODY.bottom(),
                    "{name}"
                );
            }
            for lines in body.windows(2) {
                assert!(lines[1].at[1] - lines[0].at[1] >= lines[1].size, "{name}: lines touch");
            }
            let in_name: Vec<_> = body.iter().filter(|text| text.ink == INK).collect();
            assert!((1..=3).contains(&in_name.len()), "{name}");
            assert!(in_name[0].size >= 8.0, "{name}: {}", in_name[0].size);
            let letters = |text: &str| text.chars().filter(|letter| *letter != ' ').collect::<String>();
            let shown: String = in_name.iter().map(|text| text.line.text()).collect();
            assert_eq!(letters(&shown), letters(&name));
        }
        assert_eq!(longest, 120);
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
}
