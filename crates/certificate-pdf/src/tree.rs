//! The drawn tree. Every certificate has its own: it grows from the certificate's number, the same way on every machine.
//!
//! It uses no sines: additions, multiplications, divisions and roots give the same bits everywhere.

use crate::page::{Frame, Ink, Mark, Outline, Point, Step};

const WOOD: Ink = Ink::solid(0x4a_4030);
/// From the depth of the crown to its light.
const LEAVES: [Ink; 5] =
    [Ink::solid(0x12_4a2d), Ink::solid(0x1c_6b41), Ink::solid(0x4b_8c52), Ink::solid(0x86_b36a), Ink::solid(0xe0_b354)];
/// How many times a limb forks on its way to the last twigs.
const FORKS: u32 = 6;
/// Limbs from this fork on carry leaves.
const FIRST_LEAVES: u32 = 3;
/// How much thinner a limb is at its end, where the next ones go on.
const TAPER: f32 = 0.68;
/// How far the shade at the foot reaches to either side.
const SHADE: f32 = 60.0;
/// How many seedlings are grown, to keep the one that suits its frame best.
const SEEDLINGS: u32 = 12;

/// A generator of numbers that look random and never change (SplitMix64).
struct Dice(u64);

impl Dice {
    /// Seeded with a text (FNV-1a).
    fn of(text: &str) -> Self {
        Self(
            text.bytes()
                .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)),
        )
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `low` to `high`.
    fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * (self.next() >> 40) as f32 / (1_u64 << 24) as f32
    }
}

/// A limb to grow.
#[derive(Clone, Copy)]
struct Limb {
    at: Point,
    direction: Point,
    length: f32,
    width: f32,
    fork: u32,
}

struct Leaf {
    at: Point,
    direction: Point,
    length: f32,
    tone: usize,
}

/// A grown limb: its axis as a curve, and how thick it is at either end.
struct Branch {
    axis: [Point; 4],
    widths: [f32; 2],
}

/// A tree on its own scale: its foot at the origin, its crown towards negative `y`.
struct Tree {
    dice: Dice,
    branches: Vec<Branch>,
    leaves: Vec<Leaf>,
}

/// A direction turned by twice the angle whose tangent is `half`.
fn turned([x, y]: Point, half: f32) -> Point {
    let scale = 1.0 + half * half;
    let (cosine, sine) = ((1.0 - half * half) / scale, 2.0 * half / scale);
    [x * cosine - y * sine, x * sine + y * cosine]
}

fn along([x, y]: Point, direction: Point, length: f32) -> Point {
    [x + direction[0] * length, y + direction[1] * length]
}

/// The direction, a little nearer to upright.
fn lifted([x, y]: Point, by: f32) -> Point {
    unit([0.0, 0.0], [x, y - by])
}

impl Tree {
    fn grown(dice: Dice) -> Self {
        let mut tree = Self { dice, branches: Vec::new(), leaves: Vec::new() };
        let lean = tree.dice.between(-0.04, 0.04);
        let direction = turned([0.0, -1.0], lean);
        tree.grow(Limb { at: [0.0, -6.0], direction, length: 100.0, width: 15.0, fork: 0 });
        tree
    }

    fn grow(&mut self, limb: Limb) {
        let bent = turned(limb.direction, self.dice.between(-0.09, 0.09));
        let end = along(along(limb.at, limb.direction, limb.length / 2.0), bent, limb.length / 2.0);
        let steps =
            [limb.at, along(limb.at, limb.direction, limb.length / 3.0), along(end, bent, -limb.length / 3.0), end];
        self.branches.push(Branch { axis: steps, widths: [limb.width, limb.width * TAPER] });
        if limb.fork >= FIRST_LEAVES {
            self.dress(&steps, bent);
        }
        if limb.fork == FORKS {
            return;
        }
        let spread = [self.dice.between(0.1, 0.24), self.dice.between(0.1, 0.24)];
        let mut turns = vec![-spread[0], spread[1]];
        if limb.fork < 2 {
            turns.push(self.dice.between(-0.06, 0.06));
        }
        for turn in turns {
            let length = limb.length * self.dice.between(0.72, 0.86);
            let direction = lifted(turned(bent, turn), 0.12);
            self.grow(Limb { at: end, direction, length, width: limb.width * TAPER, fork: limb.fork + 1 });
        }
    }

    /// Leaves on both sides of a limb and at its end.
    fn dress(&mut self, steps: &[Point; 4], direction: Point) {
        for (place, side) in [(1, -0.5), (2, 0.5), (3, -0.4), (3, 0.4)] {
            let half = side * self.dice.between(0.4, 1.6);
            let chance = self.dice.between(0.0, 1.0);
            let tone = [0.26, 0.58, 0.82, 0.975].into_iter().filter(|bound| chance > *bound).count();
            let length = self.dice.between(11.0, 18.0);
            self.leaves.push(Leaf { at: steps[place], direction: turned(direction, half), length, tone });
        }
    }

    /// How far the tree reaches to the left, to the right and up.
    fn reach(&self) -> [f32; 3] {
        let tips = self.leaves.iter().map(|leaf| along(leaf.at, leaf.direction, leaf.length));
        tips.fold([SHADE, SHADE, 1.0], |[left, right, up], [x, y]| [left.max(-x), right.max(x), up.max(-y)])
    }

    /// How many times as large the tree is in `frame` as on its own scale.
    fn scale(&self, frame: Frame) -> f32 {
        let [left, right, up] = self.reach();
        (frame.size[0] / (left + right)).min(frame.size[1] / up)
    }

    /// How much of `frame` the tree covers, from 0 to 1.
    fn share(&self, frame: Frame) -> f32 {
        let [left, right, up] = self.reach();
        let scale = self.scale(frame);
        (left + right) * up * scale * scale / (frame.size[0] * frame.size[1])
    }
}

/// A leaf's outline: pointed at both ends.
pub(crate) fn leaf(outline: Outline, at: Point, direction: Point, length: f32) -> Outline {
    let side = [-direction[1], direction[0]];
    let bow = |share: f32, width: f32| along(along(at, direction, length * share), side, length * width);
    let tip = along(at, direction, length);
    outline.from(at).curve(bow(0.25, 0.3), bow(0.7, 0.28), tip).curve(bow(0.7, -0.28), bow(0.25, -0.3), at).close()
}

/// The tree of `seed`, as large as `frame` allows, its foot on the frame's lower edge.
pub(crate) fn tree(seed: &str, frame: Frame) -> Vec<Mark> {
    let mut dice = Dice::of(seed);
    let mut tree = Tree::grown(Dice(dice.next()));
    for _ in 1..SEEDLINGS {
        let other = Tree::grown(Dice(dice.next()));
        if other.share(frame) > tree.share(frame) {
            tree = other;
        }
    }
    drawn(&tree, frame)
}

fn drawn(tree: &Tree, frame: Frame) -> Vec<Mark> {
    let scale = tree.scale(frame);
    let [left, right, _] = tree.reach();
    let foot = [frame.at[0] + (frame.size[0] + (left - right) * scale) / 2.0, frame.bottom()];
    let place = |[x, y]: Point| [foot[0] + x * scale, foot[1] + y * scale];
    let mut marks = vec![Mark::Fill(shade(foot, scale), LEAVES[0].at(0.12))];
    marks.extend(tree.branches.first().map(|trunk| Mark::Fill(placed(roots(trunk), place), WOOD)));
    marks.extend(tree.branches.iter().map(|branch| Mark::Fill(placed(branch.bark(), place), WOOD)));
    for (tone, ink) in LEAVES.into_iter().enumerate() {
        let leaves = tree.leaves.iter().filter(|leaf| leaf.tone == tone);
        let outline = leaves
            .fold(Outline::default(), |outline, one| leaf(outline, place(one.at), one.direction, one.length * scale));
        marks.push(Mark::Fill(outline, ink.at(0.92)));
    }
    marks
}

/// The shade at the foot.
fn shade([x, y]: Point, scale: f32) -> Outline {
    let at = |right: f32, down: f32| [x + right * scale, y + down * scale];
    Outline::default()
        .from(at(-SHADE, 4.0))
        .curve(at(-SHADE, -3.0), at(SHADE, -3.0), at(SHADE, 4.0))
        .curve(at(SHADE, 11.0), at(-SHADE, 11.0), at(-SHADE, 4.0))
        .close()
}

/// The trunk widens where it meets the ground.
fn roots(trunk: &Branch) -> Outline {
    let [foot, ahead, ..] = trunk.axis;
    let up = unit(foot, ahead);
    let bark = |side: f32| along(along(foot, up, 30.0), [-up[1], up[0]], side * trunk.widths[0] / 2.0);
    Outline::default()
        .from(bark(-0.9))
        .curve(along(bark(-0.9), up, -22.0), [-11.0, -3.0], [-21.0, 3.0])
        .curve([-8.0, 5.0], [8.0, 5.0], [21.0, 3.0])
        .curve([11.0, -3.0], along(bark(0.9), up, -22.0), bark(0.9))
        .close()
}

impl Branch {
    /// The outline around the axis, rounded at the end.
    fn bark(&self) -> Outline {
        let [from, first, second, to] = self.axis;
        let (start, end) = (unit(from, first), unit(second, to));
        let beside = |at: Point, direction: Point, by: f32| along(at, [-direction[1], direction[0]], by);
        let [thick, thin] = self.widths.map(|width| width / 2.0);
        let tip = |side: f32| along(beside(to, end, side * thin), end, thin * 1.33);
        Outline::default()
            .from(beside(from, start, thick))
            .curve(beside(first, start, thick), beside(second, end, thin), beside(to, end, thin))
            .curve(tip(1.0), tip(-1.0), beside(to, end, -thin))
            .curve(beside(second, end, -thin), beside(first, start, -thick), beside(from, start, -thick))
            .close()
    }
}

/// The direction from one place to another.
fn unit([fx, fy]: Point, [tx, ty]: Point) -> Point {
    let [x, y] = [tx - fx, ty - fy];
    let length = (x * x + y * y).sqrt();
    [x / length, y / length]
}

/// The outline with every point moved.
fn placed(outline: Outline, place: impl Fn(Point) -> Point) -> Outline {
    let moved = |step| match step {
        Step::Move(to) => Step::Move(place(to)),
        Step::Line(to) => Step::Line(place(to)),
        Step::Curve(first, second, to) => Step::Curve(place(first), place(second), place(to)),
        Step::Close => Step::Close,
    };
    Outline(outline.0.into_iter().map(moved).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Frame = Frame { at: [50.0, 80.0], size: [240.0, 400.0] };

    fn points(marks: &[Mark]) -> Vec<Point> {
        let mut found = Vec::new();
        for mark in marks {
            let (Mark::Fill(outline, _) | Mark::Stroke(outline, ..)) = mark else { continue };
            for step in &outline.0 {
                match *step {
                    Step::Move(to) | Step::Line(to) | Step::Curve(_, _, to) => found.push(to),
                    Step::Close => {}
                }
            }
        }
        found
    }

    #[test]
    fn a_number_has_one_tree_and_another_number_another() {
        assert_eq!(tree("TREE-2026-000001", FRAME), tree("TREE-2026-000001", FRAME));
        assert_ne!(tree("TREE-2026-000001", FRAME), tree("TREE-2026-000002", FRAME));
    }

    #[test]
    fn every_tree_stays_in_its_frame_and_fills_most_of_it() {
        for number in 0..100 {
            let points = points(&tree(&format!("TREE-2026-{number:06}"), FRAME));
            for [x, y] in &points {
                assert!((FRAME.at[0] - 1.0..=FRAME.right() + 1.0).contains(x), "{number}: {x}");
                assert!((FRAME.at[1] - 1.0..=FRAME.bottom() + 8.0).contains(y), "{number}: {y}");
            }
            let top = points.iter().map(|[_, y]| *y).fold(f32::INFINITY, f32::min);
            assert!(top < FRAME.at[1] + FRAME.size[1] * 0.35, "{number} begins at {top}");
        }
    }
}
