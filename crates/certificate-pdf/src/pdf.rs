//! A page as a PDF/A-2u document: for archives, and with text that can be copied and searched.

use chrono::{DateTime, Datelike as _, FixedOffset, Timelike as _};
use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::configure::{Archival, ConfigurationBuilder};
use krilla::geom::{Path, PathBuilder, Point, Rect, Transform};
use krilla::metadata::{DateTime as PdfDate, Metadata};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, LineCap, LineJoin, Stroke};
use krilla::surface::Surface;
use krilla::text::{GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};

use crate::fonts::Fonts;
use crate::page::{Frame, Ink, Mark, Outline, Page, SIZE, Step, Text};
use crate::shaping::Run;

/// What a reader's window and an archive's catalogue show.
pub(crate) struct About {
    pub(crate) title: String,
    pub(crate) number: String,
    pub(crate) language: &'static str,
    pub(crate) made: DateTime<FixedOffset>,
    /// The seal, a word among the keywords.
    pub(crate) seal: String,
}

/// Writes the document; the error is the PDF library's, in its words.
pub(crate) fn write(page: &Page, about: About) -> Result<Vec<u8>, String> {
    let configuration = ConfigurationBuilder::new().with_archival_validator(Archival::A2_U).finish();
    let configuration = configuration.map_err(|error| format!("{error:?}"))?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    document.set_metadata(metadata(about));
    let settings = PageSettings::from_wh(SIZE[0], SIZE[1]).ok_or("no such page")?;
    let mut sheet = document.start_page_with(settings);
    let mut surface = sheet.surface();
    for mark in &page.marks {
        draw(&mut surface, mark);
    }
    surface.finish();
    if let Some(frame) = rect(page.link) {
        let target = Target::Action(Action::Link(LinkAction::new(page.address.clone())));
        sheet.add_annotation(Annotation::new_link(LinkAnnotation::new(frame, target), Some(page.address.clone())));
    }
    sheet.finish();
    document.finish().map_err(|error| format!("{error:?}"))
}

fn metadata(about: About) -> Metadata {
    // A year has four digits, the parts of a day are small, and PDF's own limits clamp what is not.
    let small = |number: u32| u8::try_from(number).unwrap_or(u8::MAX);
    let made = about.made;
    let offset = i8::try_from(made.offset().local_minus_utc() / 3600).unwrap_or(0);
    let date = PdfDate::new(u16::try_from(made.year()).unwrap_or(0))
        .month(small(made.month()))
        .day(small(made.day()))
        .hour(small(made.hour()))
        .minute(small(made.minute()))
        .second(small(made.second()))
        .utc_offset_hour(offset)
        .utc_offset_minute(0);
    Metadata::new()
        .title(about.title)
        .document_id(about.number)
        .language(about.language.to_owned())
        .keywords(vec![about.seal])
        .creation_date(date)
}

fn rect(frame: Frame) -> Option<Rect> {
    Rect::from_xywh(frame.at[0], frame.at[1], frame.size[0], frame.size[1])
}

fn draw(surface: &mut Surface, mark: &Mark) {
    match mark {
        Mark::Fill(outline, ink) => {
            surface.set_stroke(None);
            surface.set_fill(Some(fill(*ink)));
            draw_path(surface, outline);
        }
        Mark::Stroke(outline, width, ink) => {
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke {
                paint: colour(*ink).into(),
                width: *width,
                line_cap: LineCap::Round,
                line_join: LineJoin::Round,
                opacity: opacity(*ink),
                ..Stroke::default()
            }));
            draw_path(surface, outline);
        }
        Mark::Text(text) => {
            surface.set_stroke(None);
            surface.set_fill(Some(fill(text.ink)));
            draw_text(surface, text);
        }
    }
}

fn colour(Ink { rgb: [red, green, blue], .. }: Ink) -> rgb::Color {
    rgb::Color::new(red, green, blue)
}

fn opacity(ink: Ink) -> NormalizedF32 {
    NormalizedF32::new(ink.opacity).unwrap_or(NormalizedF32::ONE)
}

fn fill(ink: Ink) -> Fill {
    Fill { paint: colour(ink).into(), opacity: opacity(ink), ..Fill::default() }
}

fn draw_path(surface: &mut Surface, outline: &Outline) {
    if let Some(path) = path(outline) {
        surface.draw_path(&path);
    }
}

/// Hundredths of a point are finer than any printer, and shorter to write.
fn path(outline: &Outline) -> Option<Path> {
    let round = |length: f32| (length * 100.0).round() / 100.0;
    let mut builder = PathBuilder::new();
    for step in &outline.0 {
        match *step {
            Step::Move([x, y]) => builder.move_to(round(x), round(y)),
            Step::Line([x, y]) => builder.line_to(round(x), round(y)),
            Step::Curve([ax, ay], [bx, by], [x, y]) => {
                builder.cubic_to(round(ax), round(ay), round(bx), round(by), round(x), round(y));
            }
            Step::Close => builder.close(),
        }
    }
    builder.finish()
}

fn draw_text(surface: &mut Surface, text: &Text) {
    let [cosine, sine] = text.direction;
    surface.push_transform(&Transform::from_row(cosine, sine, -sine, cosine, text.at[0], text.at[1]));
    let mut x = 0.0;
    for run in &text.line.runs {
        let glyphs = glyphs(run);
        surface.draw_glyphs(
            Point::from_xy(x, 0.0),
            &glyphs,
            Fonts::get().embedded(run.typeface),
            &run.text,
            text.size,
            false,
        );
        x += run.glyphs.iter().map(|glyph| glyph.advance).sum::<f32>() * text.size;
    }
    surface.pop();
}

fn glyphs(run: &Run) -> Vec<KrillaGlyph> {
    let glyph = |glyph: &crate::shaping::Glyph| {
        let id = GlyphId::new(glyph.id);
        KrillaGlyph::new(id, glyph.advance, glyph.right, glyph.up, 0.0, glyph.source.clone(), None)
    };
    run.glyphs.iter().map(glyph).collect()
}
