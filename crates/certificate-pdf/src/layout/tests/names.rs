//! A thousand names, set and measured.

use domain::Language;
use rustybuzz::ttf_parser::GlyphId;

use super::{sheet, texts_of};
use crate::layout::*;
use crate::{card, unprintable};

const KAZAKH: &str = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюяӘҒҚҢӨҰҮҺІ";
const RUSSIAN: &str = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяЖШЩЮЫФМЙ";
const LATIN: &str = "abcdefghijklmnopqrstuvwxyzWMQÄÖÜŞşĞğİıŁłÑñßæ";
const ARABIC: &str = "ابپتجچحدرزسشعغفقكگڭلمنهەوۇۆۋىيءٴ";
const WIDEST: &str = "WЩШЖМ—";
/// What none of the fonts has: pictures, alone and joined, and letters of other scripts.
const STRANGE: [&str; 6] = ["🌳", "👩\u{200d}🌾", "🇰🇿", "👍🏽", "木", "한"];

/// So many names; each length from 1 to 120 comes often, each alphabet in words and as one endless word.
const NAMES: usize = 1_000;
const LONGEST: usize = 120;

struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

/// A name, and what in it cannot be set.
struct Name {
    text: String,
    strange: Vec<char>,
}

fn names() -> Vec<Name> {
    let mixed = [KAZAKH, LATIN, ARABIC].concat();
    let alphabets = [KAZAKH, RUSSIAN, LATIN, ARABIC, WIDEST, mixed.as_str()];
    let mut dice = Dice(2026);
    (0..NAMES).map(|place| name(&mut dice, alphabets[place % 6], place)).collect()
}

fn name(dice: &mut Dice, alphabet: &str, place: usize) -> Name {
    let letters: Vec<char> = alphabet.chars().collect();
    let length = 1 + place % LONGEST;
    let word = [2, 5, 9, 14, LONGEST][dice.throw(5)];
    let mut text: Vec<char> = Vec::new();
    while text.len() < length {
        let ends = text.len() % (word + 1) == word && text.len() + 1 < length;
        text.push(if ends { [' ', ' ', '-'][dice.throw(3)] } else { letters[dice.throw(letters.len())] });
    }
    let mut strange = Vec::new();
    if dice.throw(8) == 0 {
        let picture = STRANGE[dice.throw(STRANGE.len())];
        text.truncate(LONGEST - picture.chars().count());
        let at = dice.throw(text.len() + 1);
        text.splice(at..at, picture.chars());
        strange.extend(picture.chars().filter(|letter| *letter != '\u{200d}'));
    }
    Name { text: text.into_iter().collect(), strange }
}

/// How far the letters' ink reaches: left, top, right, bottom.
fn ink(text: &Text) -> [f32; 4] {
    let mut reach = [f32::INFINITY, f32::INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY];
    let mut x = text.at[0];
    for run in &text.line.runs {
        let face = crate::fonts::Fonts::get().face(run.typeface);
        let em = text.size / f32::from(u16::try_from(face.units_per_em()).unwrap());
        for glyph in &run.glyphs {
            if let Some(bounds) = face.glyph_bounding_box(GlyphId(u16::try_from(glyph.id).unwrap())) {
                let (left, up) = (x + glyph.right * text.size, text.at[1] - glyph.up * text.size);
                let at = |units: i16| f32::from(units) * em;
                reach[0] = reach[0].min(left + at(bounds.x_min));
                reach[1] = reach[1].min(up - at(bounds.y_max));
                reach[2] = reach[2].max(left + at(bounds.x_max));
                reach[3] = reach[3].max(up - at(bounds.y_min));
            }
            x += glyph.advance * text.size;
        }
    }
    reach
}

/// The lines stay in `frame` by their measure, their ink in the border, and no two touch.
fn stay(name: &str, body: &[Text], (frame, border): (Frame, Frame)) {
    for text in body {
        assert!(text.at[0] >= frame.at[0] && text.at[0] + text.width() <= frame.right() + 0.01, "{name}");
        assert!(text.at[1] - text.size >= frame.at[1] - 0.01, "{name}: above");
        assert!(text.at[1] + 0.3 * text.size <= frame.bottom(), "{name}: below");
        let [left, top, right, bottom] = ink(text);
        assert!(left >= frame.at[0] - 0.25 * text.size && right <= frame.right() + 0.25 * text.size, "{name}: ink");
        assert!(top >= border.at[1] && bottom <= frame.bottom() + 0.3 * text.size, "{name}: ink");
    }
    for lines in body.windows(2) {
        assert!(lines[1].at[1] - lines[0].at[1] >= lines[1].size, "{name}: lines touch");
    }
}

fn letters(text: &str) -> String {
    let mut letters: Vec<char> = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    letters.sort_unstable();
    letters.into_iter().collect()
}

#[test]
fn a_thousand_names_of_1_to_120_letters_stay_where_they_belong_or_are_refused_by_letter() {
    let mut met = [0; 2];
    let names = names();
    assert!(names.iter().any(|name| name.text.chars().count() == 1 && name.strange.is_empty()));
    for Name { text: name, strange } in &names {
        assert!((1..=LONGEST).contains(&name.chars().count()));
        let mut refused: Vec<char> = Vec::new();
        strange.iter().for_each(|letter| {
            if !refused.contains(letter) {
                refused.push(*letter)
            }
        });
        assert_eq!(unprintable(name), refused, "{name}");
        met[usize::from(refused.is_empty())] += 1;
        let sheet = sheet(name, Language::Kk);
        if !refused.is_empty() {
            assert!(matches!(page(&sheet), Err(LayoutError::NoGlyph("the name", found)) if found == refused));
            assert!(matches!(card::marks(&sheet), Err(LayoutError::NoGlyph("the name", _))));
            continue;
        }
        let texts = Texts(sheet.language);
        let places = [(BODY, Frame::page(26.0)), (card::BODY, card::CARD.inset(26.0))];
        for place in places {
            let body = texts_of(body(&sheet, texts, place.0).unwrap());
            stay(name, &body, place);
            let shown: Vec<_> = body.iter().filter(|text| text.ink == INK).collect();
            assert!((1..=3).contains(&shown.len()), "{name}");
            assert!(shown[0].size >= 7.0, "{name}: {}", shown[0].size);
            let said: String = shown.iter().map(|text| text.line.text()).collect();
            assert_eq!(letters(&said), letters(name), "every letter is there");
        }
    }
    assert!(met[0] > 80 && met[1] > 800, "{met:?}");
}
