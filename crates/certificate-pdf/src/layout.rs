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
const CAMPAIGN: [Step; 3] = [
    Step { largest: 13.0, smallest: 11.0 },
    Step { largest: 13.0, smallest: 10.0 },
    Step { largest: 11.0, smallest: 0.0 },
];

/// What cannot be laid out.
#[derive(Debug)]
pub(crate) enum LayoutError {
    /// Characters without a font, in this part.
    NoGlyph(&'static str, Vec<char>),
    /// The address is longer than any QR code.
    AddressTooLong,
}

/// Names the part of the sheet that a line without a font belongs to.
pub(crate) fn of<T>(part: &'static str, result: Result<T, NoGlyph>) -> Result<T, LayoutError> {
    result.map_err(|NoGlyph(letters)| LayoutError::NoGlyph(part, letters))
}

/// The whole certificate.
pub(crate) fn page(sheet: &CertificateSheet) -> Result<Page, LayoutError> {
    let texts = Texts(sheet.language);
    let number = sheet.certificate.number.as_str();
    let mut marks = Vec::from(ground());
    marks.extend(tree(number, TREE));
    marks.extend(border(Frame::page(0.0)));
    marks.extend(title(texts, [COLUMN.at[0], 104.0], COLUMN.size[0])?);
    marks.extend(body(sheet, texts, BODY)?);
    marks.extend(facts(sheet, texts)?);
    marks.extend(code(sheet, texts)?);
    if sheet.certificate.draft.test_mode {
        marks.push(test_mark(texts, SIZE)?);
    }
    Ok(Page { marks, link: QR, address: sheet.verify_url.clone() })
}

/// Puts a shaped line on the page.
pub(crate) fn text(line: Line, size: f32, at: Point, ink: Ink) -> Mark {
    Mark::Text(Text { line, size, at, direction: [1.0, 0.0], ink })
}

/// The title, its baseline from `at` and no wider than `width`, and the rule below it.
pub(crate) fn title(texts: Texts, [x, y]: Point, width: f32) -> Result<Vec<Mark>, LayoutError> {
    let words = texts.get("title").to_uppercase();
    let line = of("the title", Line::shape(&words, Typeface::Display))?.tracked(0.09);
    let size = 31.0_f32.min(width / line.width);
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

/// What is said between the title and the foot, within `frame`.
pub(crate) fn body(sheet: &CertificateSheet, texts: Texts, frame: Frame) -> Result<Vec<Mark>, LayoutError> {
    let draft = &sheet.certificate.draft;
    let small = [Step { largest: 15.0, smallest: 0.0 }];
    let large = [Step { largest: 33.0, smallest: 0.0 }];
    let set = |typeface, steps: &[Step], text: &str| Column { typeface, width: frame.size[0], steps }.fit(text);
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
    let mut y = frame.at[1] + (frame.size[1] - height) * 0.42;
    let mut marks = Vec::new();
    for Paragraph { fitted, ink, gap } in paragraphs {
        y += gap;
        for line in fitted.lines {
            marks.push(text(line, fitted.size, [frame.at[0], y + fitted.size * 0.92], ink));
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
    let mut marks = vec![code_card(&code, QR), Mark::Fill(code.outline(QR), DEEP)];
    let column =
        Column { typeface: Typeface::Serif, width: QR.size[0], steps: &[Step { largest: 7.5, smallest: 0.0 }] };
    let caption = format!("{}: {}", texts.get("verify"), host(&sheet.verify_url));
    let fitted = of("the address", column.fit(&caption))?;
    for line in fitted.lines {
        let width = line.width * fitted.size;
        marks.push(text(line, fitted.size, [QR.at[0] + (QR.size[0] - width) / 2.0, QR.bottom() + quiet + 10.0], QUIET));
    }
    Ok(marks)
}

/// The light card around a code in `frame`: its quiet zone.
pub(crate) fn code_card(code: &QrCode, frame: Frame) -> Mark {
    Mark::Fill(Outline::default().rectangle(frame.inset(-code.quiet_zone(frame.size[0]))), CARD)
}

/// The part of an address that a person would recognise.
fn host(address: &str) -> &str {
    let after = address.split_once("://").map_or(address, |(_, after)| after);
    after.split(['/', '?', '#']).next().unwrap_or(after)
}

/// Says across a whole page of this size that no money was given.
pub(crate) fn test_mark(texts: Texts, [width, height]: Point) -> Result<Mark, LayoutError> {
    const LARGEST: f32 = 210.0;
    let line = of("the test mark", Line::shape(&texts.get("test-mark"), Typeface::Display))?.tracked(0.08);
    let diagonal = (width * width + height * height).sqrt();
    let size = LARGEST.min(diagonal * 0.67 / line.width);
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
mod tests;
