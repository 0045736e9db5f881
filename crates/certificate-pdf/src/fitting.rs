//! How a text becomes lines that fit: the largest size at which the fewest lines look well.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::fonts::{Typeface, is_space};
use crate::shaping::{Line, NoGlyph};

/// How large a text of so many lines may be set, and from which size on one more line looks better.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    pub(crate) largest: f32,
    pub(crate) smallest: f32,
}

/// A column of text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column<'a> {
    pub(crate) typeface: Typeface,
    pub(crate) width: f32,
    /// One step for each number of lines, from one line on.
    pub(crate) steps: &'a [Step],
}

/// Lines, all of one size, none wider than their column.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fitted {
    pub(crate) lines: Vec<Line>,
    pub(crate) size: f32,
}

/// So much larger than with whole words has a text to become for words to be broken.
const WORTH_BREAKING: f32 = 1.3;

impl Column<'_> {
    /// Sets `text`: on the first number of lines at which it is not too small, else as large as it can be. Words are
    /// broken only if they would be tiny otherwise.
    pub(crate) fn fit(&self, text: &str) -> Result<Fitted, NoGlyph> {
        let words = self.measured(words(text))?;
        let mut best = Fitted { lines: Vec::new(), size: 0.0 };
        for (step, count) in self.steps.iter().zip(1..) {
            let fitted = self.set(&balanced(&words, count), step.largest)?;
            if fitted.size >= step.smallest {
                return Ok(fitted);
            }
            if fitted.size > best.size {
                best = fitted;
            }
        }
        let letters = self.measured(letters(text))?;
        let Some(last) = self.steps.last() else { return Ok(best) };
        let broken = self.set(&balanced(&letters, self.steps.len()), last.largest)?;
        Ok(if broken.size > best.size * WORTH_BREAKING { broken } else { best })
    }

    fn measured<'t>(&self, pieces: Vec<Piece<'t>>) -> Result<Vec<Measured<'t>>, NoGlyph> {
        let space = Line::shape(" ", self.typeface)?.width;
        let measure = |piece: Piece<'t>| {
            let width = Line::shape(piece.text, self.typeface)?.width;
            let gap = if piece.spaced { space } else { 0.0 };
            Ok(Measured { piece, width, gap })
        };
        pieces.into_iter().map(measure).collect()
    }

    fn set(&self, lines: &[String], largest: f32) -> Result<Fitted, NoGlyph> {
        let lines: Vec<Line> =
            lines.iter().map(|line| Line::shape(line, self.typeface)).collect::<Result<_, NoGlyph>>()?;
        let widest = lines.iter().map(|line| line.width).fold(0.0, f32::max);
        let size = if widest * largest > self.width { self.width / widest } else { largest };
        Ok(Fitted { lines, size })
    }
}

/// What is never broken.
struct Piece<'t> {
    text: &'t str,
    /// Whether a space follows, if anything does.
    spaced: bool,
}

struct Measured<'t> {
    piece: Piece<'t>,
    width: f32,
    gap: f32,
}

/// The words of a text; a hyphen within a word is a place to break it, too.
fn words(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    for word in text.split(is_space).filter(|word| !word.is_empty()) {
        found.extend(word.split_inclusive('-').map(|text| Piece { text, spaced: false }));
        if let Some(last) = found.last_mut() {
            last.spaced = true;
        }
    }
    found
}

/// The letters of a text with their marks.
fn letters(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    for word in text.split(is_space).filter(|word| !word.is_empty()) {
        found.extend(word.graphemes(true).map(|text| Piece { text, spaced: false }));
        if let Some(last) = found.last_mut() {
            last.spaced = true;
        }
    }
    found
}

/// At most `count` lines, cut where the widest of them is narrowest.
fn balanced(pieces: &[Measured], count: usize) -> Vec<String> {
    // `ends[i]`: how wide the first `i` pieces are, with all their gaps.
    let mut ends = vec![0.0];
    for (place, piece) in pieces.iter().enumerate() {
        ends.push(ends[place] + piece.width + piece.gap);
    }
    let width = |from: usize, to: usize| ends[to] - ends[from] - pieces[to - 1].gap;

    // `best[to]`: the narrowest way to set the first `to` pieces on the lines so far, and where those lines end.
    const NONE: (f32, Vec<usize>) = (f32::INFINITY, Vec::new());
    let mut best = vec![NONE; pieces.len() + 1];
    best[0].0 = 0.0;
    let mut narrowest = NONE;
    for _ in 0..count {
        let mut next = vec![NONE];
        for to in 1..=pieces.len() {
            let widest = |from: usize| best[from].0.max(width(from, to));
            let from = (0..to).min_by(|a, b| widest(*a).total_cmp(&widest(*b))).unwrap_or(0);
            next.push((widest(from), [best[from].1.as_slice(), &[to]].concat()));
        }
        best = next;
        if best[pieces.len()].0 < narrowest.0 {
            narrowest.clone_from(&best[pieces.len()]);
        }
    }
    let mut from = 0;
    let mut lines = Vec::new();
    for to in narrowest.1 {
        lines.push(joined(&pieces[from..to]));
        from = to;
    }
    lines
}

fn joined(pieces: &[Measured]) -> String {
    let mut text = String::new();
    for Measured { piece, .. } in pieces {
        text.push_str(piece.text);
        if piece.spaced {
            text.push(' ');
        }
    }
    text.truncate(text.trim_end().len());
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: [Step; 3] = [
        Step { largest: 40.0, smallest: 30.0 },
        Step { largest: 32.0, smallest: 24.0 },
        Step { largest: 26.0, smallest: 16.0 },
    ];
    const COLUMN: Column = Column { typeface: Typeface::Display, width: 400.0, steps: &STEPS };

    fn lines(text: &str) -> (Vec<String>, f32) {
        let fitted = COLUMN.fit(text).unwrap();
        for line in &fitted.lines {
            assert!(line.width * fitted.size <= COLUMN.width * 1.0001, "{text}");
        }
        (fitted.lines.iter().map(Line::text).collect(), fitted.size)
    }

    #[test]
    fn a_short_name_stands_on_one_line_at_the_largest_size() {
        assert_eq!(lines("Айгүл Серік"), (vec!["Айгүл Серік".to_owned()], 40.0));
    }

    #[test]
    fn a_long_name_is_cut_between_words_into_lines_of_like_width() {
        let (lines, size) = lines("Нұрсұлтан Әбдірахманұлы Қожахметов");
        assert_eq!(lines, ["Нұрсұлтан Әбдірахманұлы", "Қожахметов"]);
        assert!(size >= 24.0);
    }

    #[test]
    fn a_hyphen_is_a_place_to_cut() {
        let (lines, _) = lines("Салтыкова-Щедрина-Преображенская");
        assert_eq!(lines, ["Салтыкова-Щедрина-", "Преображенская"]);
    }

    #[test]
    fn one_endless_word_is_broken_rather_than_tiny() {
        let (lines, size) = lines(&"Ш".repeat(120));
        assert_eq!(lines.iter().map(|line| line.chars().count()).collect::<Vec<_>>(), [40, 40, 40]);
        assert!(size > 8.0, "{size}");
    }

    #[test]
    fn spaces_around_and_between_do_not_count() {
        assert_eq!(lines(" \u{a0}Дана   Ли ").0, ["Дана Ли"]);
        assert_eq!(lines("").0, Vec::<String>::new());
    }
}
