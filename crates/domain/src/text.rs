//! Text that people type, checked once where it comes in.

use std::fmt;

/// Why a text is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but white space.
    #[error("blank")]
    Blank,
    /// More than so many characters.
    #[error("longer than {0} characters")]
    TooLong(usize),
    /// NUL, a line break or another control character.
    #[error("has a control character")]
    ControlCharacter,
}

/// One line of text of at least one visible character, without control characters, trimmed; at most `MAX` characters
/// (Unicode scalar values, not bytes).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LineText<const MAX: usize>(String);

impl<const MAX: usize> LineText<MAX> {
    /// # Errors
    /// [`TextError`], by the first rule that is broken.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        if text.chars().any(char::is_control) {
            return Err(TextError::ControlCharacter);
        }
        let text = text.trim();
        if text.is_empty() {
            return Err(TextError::Blank);
        }
        if text.chars().count() > MAX {
            return Err(TextError::TooLong(MAX));
        }
        Ok(Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> fmt::Display for LineText<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Text in paragraphs, which stand on lines of their own with an empty one between them; maybe none at all. Without
/// control characters but line breaks, trimmed; at most `MAX` characters, line breaks counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Paragraphs<const MAX: usize>(String);

impl<const MAX: usize> Paragraphs<MAX> {
    /// # Errors
    /// [`TextError`], by the first rule that is broken; never [`TextError::Blank`].
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let text = text.replace("\r\n", "\n");
        if text.chars().any(|c| c.is_control() && c != '\n') {
            return Err(TextError::ControlCharacter);
        }
        let text = text.trim();
        if text.chars().count() > MAX {
            return Err(TextError::TooLong(MAX));
        }
        Ok(Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Each paragraph, which may have single line breaks in it; none if there is no text.
    pub fn paragraphs(&self) -> impl Iterator<Item = &str> {
        self.0.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_stand_apart_and_have_no_other_control_characters() {
        let text = Paragraphs::<40>::parse("  One,\r\nstill one.\r\n\r\n\n\nTwo. ").unwrap();
        assert_eq!(text.paragraphs().collect::<Vec<_>>(), ["One,\nstill one.", "Two."]);
        assert_eq!(Paragraphs::<40>::parse(" \n ").unwrap().paragraphs().count(), 0);
        for text in ["a\0", "a\tb", "a\u{85}"] {
            assert_eq!(Paragraphs::<40>::parse(text), Err(TextError::ControlCharacter), "{text:?}");
        }
        assert_eq!(Paragraphs::<3>::parse("Қаза"), Err(TextError::TooLong(3)));
    }

    type Short = LineText<5>;

    #[test]
    fn length_counts_characters_not_bytes() {
        assert_eq!(Short::parse("Қазақ").unwrap().as_str(), "Қазақ");
        assert_eq!(Short::parse("Қазақс"), Err(TextError::TooLong(5)));
    }

    #[test]
    fn blanks_and_control_characters_are_refused() {
        assert_eq!(Short::parse(" \u{a0} "), Err(TextError::Blank));
        for text in ["a\0", "a\nb", "\u{7f}", "a\u{85}"] {
            assert_eq!(Short::parse(text), Err(TextError::ControlCharacter), "{text:?}");
        }
    }
}
