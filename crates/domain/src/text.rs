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

#[cfg(test)]
mod tests {
    use super::*;

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
