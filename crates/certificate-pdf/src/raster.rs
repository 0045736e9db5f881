//! A page as a picture: the same marks that `pdf` writes, painted dot by dot.

use rustybuzz::ttf_parser::{GlyphId, OutlineBuilder};
use tiny_skia::{FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Stroke, Transform};

use crate::fonts::Fonts;
use crate::page::{Ink, Mark, Outline, Step, Text};
use crate::shaping::{Glyph, Run};

/// Paints the marks on `dots`, `scale` dots a point, and writes them as PNG; the error is the painter's, in its words.
pub(crate) fn png(marks: &[Mark], dots: [u32; 2], scale: f32) -> Result<Vec<u8>, String> {
    let mut picture = Pixmap::new(dots[0], dots[1]).ok_or("no such picture")?;
    let placed = Transform::from_scale(scale, scale);
    for mark in marks {
        match mark {
            Mark::Fill(outline, ink) => fill(&mut picture, path(outline), *ink, placed),
            Mark::Stroke(outline, width, ink) => stroke(&mut picture, outline, (*width, *ink), placed),
            Mark::Text(text) => write(&mut picture, text, placed),
        }
    }
    picture.encode_png().map_err(|error| error.to_string())
}

fn paint(Ink { rgb: [red, green, blue], opacity }: Ink) -> Paint<'static> {
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color_rgba8(red, green, blue, (opacity * 255.0).round() as u8);
    paint
}

fn fill(picture: &mut Pixmap, path: Option<Path>, ink: Ink, placed: Transform) {
    if let Some(path) = path {
        picture.fill_path(&path, &paint(ink), FillRule::Winding, placed, None);
    }
}

fn stroke(picture: &mut Pixmap, outline: &Outline, (width, ink): (f32, Ink), placed: Transform) {
    let stroke = Stroke { width, line_cap: LineCap::Round, line_join: LineJoin::Round, ..Stroke::default() };
    if let Some(path) = path(outline) {
        picture.stroke_path(&path, &paint(ink), &stroke, placed, None);
    }
}

fn path(outline: &Outline) -> Option<Path> {
    let mut builder = PathBuilder::new();
    for step in &outline.0 {
        match *step {
            Step::Move([x, y]) => builder.move_to(x, y),
            Step::Line([x, y]) => builder.line_to(x, y),
            Step::Curve([ax, ay], [bx, by], [x, y]) => builder.cubic_to(ax, ay, bx, by, x, y),
            Step::Close => builder.close(),
        }
    }
    builder.finish()
}

/// One path for the whole line, so that letters that overlap do not darken each other.
fn write(picture: &mut Pixmap, text: &Text, placed: Transform) {
    let [cosine, sine] = text.direction;
    let along = Transform::from_row(cosine, sine, -sine, cosine, text.at[0], text.at[1]);
    let mut letters = Letters { builder: PathBuilder::new(), em: 1.0, at: [0.0, 0.0] };
    let mut x = 0.0;
    for run in &text.line.runs {
        for glyph in &run.glyphs {
            letters.add(run, glyph, (x, text.size));
            x += glyph.advance * text.size;
        }
    }
    fill(picture, letters.builder.finish(), text.ink, placed.pre_concat(along));
}

/// Takes the outlines of letters, in the font's units and upwards, to where they stand.
struct Letters {
    builder: PathBuilder,
    em: f32,
    at: [f32; 2],
}

impl Letters {
    fn add(&mut self, run: &Run, glyph: &Glyph, (x, size): (f32, f32)) {
        let face = Fonts::get().face(run.typeface);
        self.em = size / face.units_per_em() as f32;
        self.at = [x + glyph.right * size, -glyph.up * size];
        // Letters such as the space have no outline. Fonts have 65 536 glyphs at most.
        let id = u16::try_from(glyph.id).unwrap_or(0);
        let _ = face.outline_glyph(GlyphId(id), self);
    }

    fn place(&self, x: f32, y: f32) -> [f32; 2] {
        [self.at[0] + x * self.em, self.at[1] - y * self.em]
    }
}

impl OutlineBuilder for Letters {
    fn move_to(&mut self, x: f32, y: f32) {
        let [x, y] = self.place(x, y);
        self.builder.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let [x, y] = self.place(x, y);
        self.builder.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ([x1, y1], [x, y]) = (self.place(x1, y1), self.place(x, y));
        self.builder.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ([x1, y1], [x2, y2], [x, y]) = (self.place(x1, y1), self.place(x2, y2), self.place(x, y));
        self.builder.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.builder.close();
    }
}
