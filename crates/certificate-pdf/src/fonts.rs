//! The vendored fonts, and which of them sets which letter.

use std::sync::LazyLock;

use krilla::text::Font;
use rustybuzz::Face;
use unicode_segmentation::UnicodeSegmentation as _;

static FONTS: LazyLock<Fonts> = LazyLock::new(Fonts::load);

/// One of the vendored fonts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Typeface {
    /// Noto Serif.
    Serif,
    /// Noto Serif Italic.
    Italic,
    /// Noto Serif Display SemiBold, for what is set large.
    Display,
    /// Noto Naskh Arabic.
    Arabic,
}

impl Typeface {
    const ALL: [Self; 4] = [Self::Serif, Self::Italic, Self::Display, Self::Arabic];

    const fn bytes(self) -> &'static [u8] {
        match self {
            Self::Serif => include_bytes!("../fonts/NotoSerif-Regular.ttf"),
            Self::Italic => include_bytes!("../fonts/NotoSerif-Italic.ttf"),
            Self::Display => include_bytes!("../fonts/NotoSerifDisplay-SemiBold.ttf"),
            Self::Arabic => include_bytes!("../fonts/NotoNaskhArabic-Regular.ttf"),
        }
    }
}

/// The fonts, read once for the whole process.
pub(crate) struct Fonts(Vec<Loaded>);

struct Loaded {
    face: Face<'static>,
    embedded: Font,
}

impl Fonts {
    /// The process's fonts; the first call reads them.
    pub(crate) fn get() -> &'static Self {
        &FONTS
    }

    fn load() -> Self {
        Self(Typeface::ALL.into_iter().map(|typeface| Loaded::read(typeface.bytes())).collect())
    }

    fn loaded(&self, typeface: Typeface) -> &Loaded {
        &self.0[typeface as usize]
    }

    /// The font as shaping wants it.
    pub(crate) fn face(&self, typeface: Typeface) -> &Face<'static> {
        &self.loaded(typeface).face
    }

    /// The font as a document embeds it.
    pub(crate) fn embedded(&self, typeface: Typeface) -> Font {
        self.loaded(typeface).embedded.clone()
    }

    /// The font for one letter with its marks: `wanted` if it has all of them, else the first that has.
    pub(crate) fn typeface_for(&self, cluster: &str, wanted: Typeface) -> Option<Typeface> {
        let order = [wanted, Typeface::Serif, Typeface::Arabic];
        order.into_iter().find(|typeface| cluster.chars().all(|letter| self.sets(*typeface, letter)))
    }

    fn sets(&self, typeface: Typeface, letter: char) -> bool {
        let joins = matches!(letter, '\u{200c}' | '\u{200d}');
        joins || is_space(letter) || self.face(typeface).glyph_index(letter).is_some()
    }

    /// The characters of one cluster that stand in the way of setting it.
    fn unprintable_in(&self, cluster: &str) -> Vec<char> {
        let alone = |letter: char| {
            let mut text = [0; 4];
            !steers(letter) && self.typeface_for(letter.encode_utf8(&mut text), Typeface::Display).is_some()
        };
        let mut found: Vec<char> = cluster.chars().filter(|letter| !alone(*letter)).collect();
        if found.is_empty() {
            found.extend(cluster.chars().skip(LETTER_AND_MARKS));
        }
        if found.is_empty() && self.typeface_for(cluster, Typeface::Display).is_none() {
            // Each has a font, but no font has both the letter and its mark.
            found.extend(cluster.chars().skip(1));
        }
        found
    }

    /// See [`crate::unprintable`].
    pub(crate) fn unprintable(&self, text: &str) -> Vec<char> {
        let mut found = Vec::new();
        for letter in text.graphemes(true).flat_map(|cluster| self.unprintable_in(cluster)) {
            if !found.contains(&letter) {
                found.push(letter);
            }
        }
        found
    }
}

impl Loaded {
    fn read(bytes: &'static [u8]) -> Self {
        const WHY: &str = "the vendored fonts are whole: every test sets text with them";
        Self { face: Face::from_slice(bytes, 0).expect(WHY), embedded: Font::new(bytes.into(), 0).expect(WHY) }
    }
}

/// More marks than three on one letter are no language's, and climb out of their line.
const LETTER_AND_MARKS: usize = 4;

/// Spaces within a line; all of them are set as an ordinary one.
pub(crate) fn is_space(letter: char) -> bool {
    letter.is_whitespace() && !steers(letter)
}

/// Characters that print nothing but move or turn their neighbours: line ends, other control characters, marks that
/// reverse the direction of text, the byte order mark.
fn steers(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_typeface_finds_its_own_file() {
        let fonts = Fonts::get();
        for (place, typeface) in Typeface::ALL.into_iter().enumerate() {
            assert_eq!(place, typeface as usize);
        }
        assert!(fonts.face(Typeface::Italic).is_italic());
        assert!(fonts.sets(Typeface::Arabic, 'ق') && !fonts.sets(Typeface::Serif, 'ق'));
    }

    #[test]
    fn every_kazakh_letter_and_the_tenge_are_in_the_fonts_themselves() {
        for typeface in [Typeface::Serif, Typeface::Italic, Typeface::Display] {
            for letter in "ӘәҒғҚқҢңӨөҰұҮүҺһІіЁёЙйЪъЭэ₸«»—ÄäÑñŞşĞğÜüŪūİı".chars()
            {
                assert!(Fonts::get().sets(typeface, letter), "{letter} in {typeface:?}");
            }
        }
    }
}
