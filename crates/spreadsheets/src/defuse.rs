//! Texts that a spreadsheet would run.

/// What a formula begins with, the full-width forms among them, which some spreadsheets take for the same.
const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Letters without a width, which nobody sees before a sign.
const UNSEEN: [char; 6] = ['\u{200b}', '\u{200c}', '\u{200d}', '\u{200e}', '\u{2060}', '\u{feff}'];

/// The text as a cell shows it: one that could be taken for a formula gets an apostrophe, which makes it a text. Blanks and control
/// characters before the sign are no help, since they are cut off on the way into some cells; a tab or a line break alone is enough
/// to be taken for more than it is.
pub(crate) fn defused(text: &str) -> String {
    let bare = text.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || UNSEEN.contains(&c));
    if bare.starts_with(SIGNS) || text.starts_with(['\t', '\r', '\n']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_be_a_formula_becomes_a_text() {
        for text in [
            "=1+1",
            "+7 701 000 00 00",
            "-2",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            " =1",
            "\u{a0}=1",
            "\u{feff}\t@x",
            "＝1",
            "\tx",
            "=cmd|' /C calc'!A0",
        ] {
            assert_eq!(defused(text), format!("'{text}"), "{text:?}");
        }
        for text in ["", "Иван", "a=b", "1-2", "'x", "Ұлан-ұлы", "x\t=1"] {
            assert_eq!(defused(text), text, "{text:?}");
        }
    }
}
