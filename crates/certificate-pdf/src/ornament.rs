//! What the words stand on: colours, paper, hills, border and rule. The colours are those of the donor's pages.

use crate::page::{Frame, Ink, Mark, Outline, Point};
use crate::tree::leaf;

const PAPER: Ink = Ink::solid(0xfb_f9ef);
pub(crate) const CARD: Ink = Ink::solid(0xff_fefa);
pub(crate) const INK: Ink = Ink::solid(0x1d_2b22);
pub(crate) const QUIET: Ink = Ink::solid(0x55_645a);
pub(crate) const LEAF: Ink = Ink::solid(0x1c_6b41);
pub(crate) const DEEP: Ink = Ink::solid(0x12_4a2d);
const SUN: Ink = Ink::solid(0xe0_b354);
const FAR_HILL: Ink = Ink::solid(0xee_f1df);
const NEAR_HILL: Ink = Ink::solid(0xe1_ebd2);
pub(crate) const WARNING: Ink = Ink::solid(0xa3_301c);

/// Paper and hills.
pub(crate) fn ground() -> [Mark; 3] {
    let inner = Frame::page(26.0);
    let (left, right, bottom) = (inner.at[0], inner.right(), inner.bottom());
    let far = Outline::default()
        .from([left, 486.0])
        .curve([200.0, 424.0], [420.0, 520.0], [600.0, 470.0])
        .curve([700.0, 442.0], [770.0, 430.0], [right, 436.0])
        .line([right, bottom])
        .line([left, bottom])
        .close();
    let near = Outline::default()
        .from([left, 520.0])
        .curve([130.0, 484.0], [250.0, 490.0], [380.0, 520.0])
        .curve([520.0, 552.0], [690.0, 540.0], [right, 500.0])
        .line([right, bottom])
        .line([left, bottom])
        .close();
    let paper = Outline::default().rectangle(Frame::page(0.0));
    [Mark::Fill(paper, PAPER), Mark::Fill(far, FAR_HILL), Mark::Fill(near, NEAR_HILL)]
}

/// Two lines within `page`; the inner one makes room for a leaf at each corner.
pub(crate) fn border(page: Frame) -> Vec<Mark> {
    const NOTCH: f32 = 17.0;
    let outer = page.inset(20.0);
    let inner = page.inset(26.0);
    let mut line = Outline::default();
    let mut leaves = Outline::default();
    let corners = [
        (inner.at, [1.0, 1.0]),
        ([inner.right(), inner.at[1]], [-1.0, 1.0]),
        ([inner.right(), inner.bottom()], [-1.0, -1.0]),
        ([inner.at[0], inner.bottom()], [1.0, -1.0]),
    ];
    for (place, ([x, y], [right, down])) in corners.into_iter().enumerate() {
        let beside = [x + right * NOTCH, y];
        let below = [x, y + down * NOTCH];
        // Every other corner is reached along its horizontal side.
        let (from, to) = if place % 2 == 0 { (below, beside) } else { (beside, below) };
        line = if place == 0 { line.from(from) } else { line.line(from) };
        let bend = |[ax, ay]: Point| {
            let centre = [x + right * NOTCH, y + down * NOTCH];
            [ax + (centre[0] - ax) * 0.55, ay + (centre[1] - ay) * 0.55]
        };
        line = line.curve(bend(from), bend(to), to);
        let diagonal = std::f32::consts::FRAC_1_SQRT_2;
        leaves = leaf(leaves, [x + right * 1.0, y + down * 1.0], [right * diagonal, down * diagonal], 13.0);
    }
    let outer = Outline::default().rectangle(outer);
    vec![Mark::Stroke(outer, 1.5, DEEP), Mark::Stroke(line.close(), 0.6, LEAF), Mark::Fill(leaves, LEAF)]
}

/// A short rule with a sprig at its end, to the right of `from`.
pub(crate) fn rule(from: Point) -> [Mark; 2] {
    let end = [from[0] + 68.0, from[1]];
    let rule = Outline::default().from(from).line(end);
    let mut sprig = leaf(Outline::default(), end, [1.0, 0.0], 13.0);
    for down in [-0.6, 0.6] {
        sprig = leaf(sprig, [end[0] - 9.0, end[1]], [0.8, down], 11.0);
    }
    [Mark::Stroke(rule, 1.2, SUN), Mark::Fill(sprig, LEAF)]
}
