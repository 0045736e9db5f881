//! A page as a list of marks, in points from its top left corner: what is drawn, whatever draws it.

use crate::shaping::Line;

/// A place or a direction.
pub(crate) type Point = [f32; 2];

/// A4, landscape.
pub(crate) const SIZE: Point = [841.89, 595.276];

/// A rectangle: its top left corner, and its width and height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Frame {
    pub(crate) at: Point,
    pub(crate) size: Point,
}

impl Frame {
    /// The page without a margin of `inset` points.
    pub(crate) const fn page(inset: f32) -> Self {
        Self { at: [0.0, 0.0], size: SIZE }.inset(inset)
    }

    /// The frame without a margin of `inset` points.
    pub(crate) const fn inset(self, inset: f32) -> Self {
        let (at, size) = (self.at, self.size);
        Self { at: [at[0] + inset, at[1] + inset], size: [size[0] - 2.0 * inset, size[1] - 2.0 * inset] }
    }

    pub(crate) const fn right(self) -> f32 {
        self.at[0] + self.size[0]
    }

    pub(crate) const fn bottom(self) -> f32 {
        self.at[1] + self.size[1]
    }
}

/// A colour and how much of it covers what lies below.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Ink {
    pub(crate) rgb: [u8; 3],
    pub(crate) opacity: f32,
}

impl Ink {
    /// A colour that lets nothing through.
    pub(crate) const fn solid(rgb: u32) -> Self {
        Self { rgb: [(rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8], opacity: 1.0 }
    }

    /// The same colour, letting more through.
    pub(crate) const fn at(self, opacity: f32) -> Self {
        Self { opacity, ..self }
    }
}

/// One step of an outline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Step {
    Move(Point),
    Line(Point),
    Curve(Point, Point, Point),
    Close,
}

/// A drawn figure.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Outline(pub(crate) Vec<Step>);

impl Outline {
    pub(crate) fn from(mut self, at: Point) -> Self {
        self.0.push(Step::Move(at));
        self
    }

    pub(crate) fn line(mut self, to: Point) -> Self {
        self.0.push(Step::Line(to));
        self
    }

    pub(crate) fn curve(mut self, first: Point, second: Point, to: Point) -> Self {
        self.0.push(Step::Curve(first, second, to));
        self
    }

    pub(crate) fn close(mut self) -> Self {
        self.0.push(Step::Close);
        self
    }

    pub(crate) fn rectangle(self, frame: Frame) -> Self {
        let [x, y] = frame.at;
        self.from([x, y])
            .line([frame.right(), y])
            .line([frame.right(), frame.bottom()])
            .line([x, frame.bottom()])
            .close()
    }
}

/// A line of text in its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Text {
    pub(crate) line: Line,
    pub(crate) size: f32,
    /// Where its baseline begins.
    pub(crate) at: Point,
    /// The direction of the baseline, of length 1: `[1, 0]` for ordinary text.
    pub(crate) direction: Point,
    pub(crate) ink: Ink,
}

#[cfg(test)]
impl Text {
    /// How wide the line is on the page.
    pub(crate) fn width(&self) -> f32 {
        self.line.width * self.size
    }
}

/// Something drawn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Mark {
    Fill(Outline, Ink),
    /// With the line's width.
    Stroke(Outline, f32, Ink),
    Text(Text),
}

/// A page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Page {
    pub(crate) marks: Vec<Mark>,
    /// Where a click leads to [`Self::address`].
    pub(crate) link: Frame,
    pub(crate) address: String,
}
