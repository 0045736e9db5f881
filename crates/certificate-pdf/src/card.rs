//! The picture of a certificate for social networks: what stands on the page, on a card of 1200 × 630 dots.

use domain::ports::CertificateSheet;

use crate::fonts::Typeface;
use crate::layout::{LayoutError, body, code_card, of, test_mark, text, title};
use crate::ornament::{DEEP, QUIET, border, ground};
use crate::page::{Frame, Mark, Outline, Point, Step};
use crate::qr::QrCode;
use crate::shaping::Line;
use crate::texts::Texts;
use crate::tree::tree;

/// The picture's dots.
pub(crate) const DOTS: [u32; 2] = [1200, 630];
/// How many of them a point has: the words are then as large, beside the whole, as a small picture needs them.
pub(crate) const SCALE: f32 = 1.6;

pub(crate) const CARD: Frame = Frame { at: [0.0, 0.0], size: [750.0, 393.75] };
const TREE: Frame = Frame { at: [42.0, 62.0], size: [170.0, 272.0] };
pub(crate) const BODY: Frame = Frame { at: [240.0, 84.0], size: [358.0, 266.0] };
/// The right and lower edges of the QR code, in dots from the card's.
const QR_FROM_CORNER: f32 = 78.0;
/// No larger than so many dots.
const QR_DOTS: usize = 132;

/// Everything on the card.
pub(crate) fn marks(sheet: &CertificateSheet) -> Result<Vec<Mark>, LayoutError> {
    let texts = Texts(sheet.language);
    let number = sheet.certificate.number.as_str();
    let [paper, hills @ ..] = ground();
    let mut marks = vec![on_the_card(paper, Frame::page(0.0), CARD)];
    marks.extend(hills.map(|hill| on_the_card(hill, Frame::page(26.0), CARD.inset(26.0))));
    marks.extend(tree(number, TREE));
    marks.extend(border(CARD));
    marks.extend(title(texts, [BODY.at[0], 64.0], BODY.size[0])?);
    marks.extend(body(sheet, texts, BODY)?);
    let line = of("the number", Line::shape(number, Typeface::Serif))?;
    marks.push(text(line, 13.0, [BODY.at[0], 360.0], QUIET));
    marks.extend(code(&sheet.verify_url)?);
    if sheet.certificate.draft.test_mode {
        marks.push(test_mark(texts, CARD.size)?);
    }
    Ok(marks)
}

/// A figure that is drawn for `from` on the page, stretched to `to`.
fn on_the_card(mark: Mark, from: Frame, to: Frame) -> Mark {
    let along = |place: f32, axis: usize| to.at[axis] + (place - from.at[axis]) * to.size[axis] / from.size[axis];
    let place = |[x, y]: Point| [along(x, 0), along(y, 1)];
    let moved = |step| match step {
        Step::Move(to) => Step::Move(place(to)),
        Step::Line(to) => Step::Line(place(to)),
        Step::Curve(first, second, to) => Step::Curve(place(first), place(second), place(to)),
        Step::Close => Step::Close,
    };
    match mark {
        Mark::Fill(outline, ink) => Mark::Fill(Outline(outline.0.into_iter().map(moved).collect()), ink),
        other => other,
    }
}

/// The code, each of its modules a whole number of dots wide, so that its edges are sharp.
fn code(address: &str) -> Result<Vec<Mark>, LayoutError> {
    let code = QrCode::of(address).ok_or(LayoutError::AddressTooLong)?;
    let dots = (QR_DOTS / code.modules()).max(2) * code.modules();
    let [right, bottom] = DOTS.map(|side| side as f32 - QR_FROM_CORNER);
    let side = dots as f32;
    let frame = Frame { at: [(right - side) / SCALE, (bottom - side) / SCALE], size: [side / SCALE, side / SCALE] };
    Ok(vec![code_card(&code, frame), Mark::Fill(code.outline(frame), DEEP)])
}
