//! One line of text, shaped: which glyphs of which fonts, how wide, and in which order from left to right.
//!
//! All lengths are in ems: the width at size 1.

use std::ops::Range;

use rustybuzz::{Direction, UnicodeBuffer};
use unicode_bidi::BidiInfo;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::fonts::{Fonts, Typeface};

/// A glyph in its place after the one before it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Glyph {
    pub(crate) id: u32,
    pub(crate) advance: f32,
    pub(crate) right: f32,
    pub(crate) up: f32,
    /// The bytes of the run's text that it stands for.
    pub(crate) source: Range<usize>,
}

/// Glyphs of one font in one direction, from left to right.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Run {
    pub(crate) typeface: Typeface,
    pub(crate) text: String,
    pub(crate) glyphs: Vec<Glyph>,
}

/// A shaped line.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    /// From left to right.
    pub(crate) runs: Vec<Run>,
    pub(crate) width: f32,
}

/// A character that no vendored font has.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NoGlyph(pub(crate) Vec<char>);

impl Line {
    /// Shapes a line in `wanted`, and in others what `wanted` lacks. All spaces are alike.
    pub(crate) fn shape(text: &str, wanted: Typeface) -> Result<Self, NoGlyph> {
        let unprintable = Fonts::get().unprintable(text);
        if !unprintable.is_empty() {
            return Err(NoGlyph(unprintable));
        }
        let text: String = text.chars().map(|letter| if letter.is_whitespace() { ' ' } else { letter }).collect();
        let bidi = BidiInfo::new(&text, None);
        let mut runs = Vec::new();
        for paragraph in &bidi.paragraphs {
            let (levels, pieces) = bidi.visual_runs(paragraph, paragraph.range.clone());
            for piece in pieces {
                let direction =
                    if levels[piece.start].is_rtl() { Direction::RightToLeft } else { Direction::LeftToRight };
                let mut shaped = Vec::new();
                for (typeface, part) in by_typeface(&text[piece], wanted)? {
                    shaped.push(Run::shape(part, typeface, direction)?);
                }
                if direction == Direction::RightToLeft {
                    shaped.reverse();
                }
                runs.append(&mut shaped);
            }
        }
        let width = runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.advance).sum();
        Ok(Self { runs, width })
    }

    /// The same line with `tracking` ems more between its letters.
    pub(crate) fn tracked(mut self, tracking: f32) -> Self {
        let mut glyphs: Vec<_> = self.runs.iter_mut().flat_map(|run| &mut run.glyphs).collect();
        if let Some((_last, others)) = glyphs.split_last_mut() {
            for glyph in others {
                glyph.advance += tracking;
                self.width += tracking;
            }
        }
        self
    }

    /// What the line says, in its visual order.
    #[cfg(test)]
    pub(crate) fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }
}

/// The text cut where its font changes; letters stay with their marks, and spaces with the letters before them.
fn by_typeface(text: &str, wanted: Typeface) -> Result<Vec<(Typeface, &str)>, NoGlyph> {
    let mut found: Vec<(Typeface, Range<usize>)> = Vec::new();
    for (start, cluster) in text.grapheme_indices(true) {
        let before = found.last().map(|(typeface, _)| *typeface);
        let first_choice = if cluster == " " { before.unwrap_or(wanted) } else { wanted };
        let typeface = Fonts::get().typeface_for(cluster, first_choice);
        let typeface = typeface.ok_or_else(|| NoGlyph(cluster.chars().collect()))?;
        match found.last_mut() {
            Some((known, range)) if *known == typeface => range.end = start + cluster.len(),
            _ => found.push((typeface, start..start + cluster.len())),
        }
    }
    Ok(found.into_iter().map(|(typeface, range)| (typeface, &text[range])).collect())
}

impl Run {
    fn shape(text: &str, typeface: Typeface, direction: Direction) -> Result<Self, NoGlyph> {
        let face = Fonts::get().face(typeface);
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(direction);
        let shaped = rustybuzz::shape(face, &[], buffer);

        let mut starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        starts.sort_unstable();
        starts.push(text.len());
        let em = face.units_per_em() as f32;
        let mut glyphs = Vec::with_capacity(shaped.len());
        for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
            let start = info.cluster as usize;
            let end = starts[starts.partition_point(|known| *known <= start).min(starts.len() - 1)];
            if info.glyph_id == 0 {
                return Err(NoGlyph(text[start..end].chars().collect()));
            }
            glyphs.push(Glyph {
                id: info.glyph_id,
                advance: position.x_advance as f32 / em,
                right: position.x_offset as f32 / em,
                up: position.y_offset as f32 / em,
                source: start..end,
            });
        }
        Ok(Self { typeface, text: text.to_owned(), glyphs })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> Line {
        Line::shape(text, Typeface::Display).unwrap()
    }

    #[test]
    fn a_longer_text_is_wider_and_nothing_has_no_width() {
        assert!(shape("Айгүл Серікқызы").width > shape("Айгүл").width);
        assert_eq!(shape("").width, 0.0);
    }

    #[test]
    fn arabic_script_runs_from_right_to_left_in_its_own_font_beside_latin() {
        let line = shape("Aq قازاق");
        assert_eq!(line.runs.iter().map(|run| run.typeface).collect::<Vec<_>>(), [Typeface::Display, Typeface::Arabic]);
        let sources: Vec<_> = line.runs[1].glyphs.iter().map(|glyph| glyph.source.start).collect();
        assert!(sources.is_sorted_by(|a, b| a >= b), "{sources:?}");
    }

    #[test]
    fn a_mark_stays_on_its_letter() {
        let (composed, combined) = (shape("й").width, shape("и\u{306}").width);
        assert!((composed - combined).abs() < 0.01, "{composed} {combined}");
        assert_eq!(shape("x\u{301}").width, shape("x").width);
    }

    #[test]
    fn every_byte_is_stood_for_by_a_glyph() {
        for text in ["Әлия  Нұрланқызы", "office fi ffl", "قازاقستان", "e\u{301}e\u{301}", "a\u{200d}b"]
        {
            for run in shape(text).runs {
                for place in 0..run.text.len() {
                    assert!(run.glyphs.iter().any(|glyph| glyph.source.contains(&place)), "{text}: byte {place}");
                }
            }
        }
    }

    #[test]
    fn tracking_widens_between_letters_and_not_behind_the_last() {
        let width = shape("ABC").width;
        assert!((shape("ABC").tracked(0.5).width - width - 1.0).abs() < 0.001);
    }

    #[test]
    fn what_no_font_has_is_named() {
        assert_eq!(Line::shape("Ай😀", Typeface::Serif).unwrap_err(), NoGlyph(vec!['😀']));
    }
}
