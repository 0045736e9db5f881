//! What somebody typed, made harmless.
//!
//! Escaping alone is not enough: a mail program makes a link of `evil.example` wherever it stands, and a sign that nobody sees can
//! turn the direction of all that follows.

/// What goes around text that runs from right to left, so that it keeps to itself: FSI and PDI (UAX #9, 2.4).
const ISOLATE: [char; 2] = ['\u{2068}', '\u{2069}'];

/// The text in one line, without signs that nobody sees, and apart if it runs from right to left.
pub(super) fn shown(text: &str) -> String {
    let seen: String = text.chars().filter(|c| !is_unseen(*c)).collect();
    let line = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().any(runs_from_right_to_left) {
        let [open, close] = ISOLATE;
        return format!("{open}{line}{close}");
    }
    line
}

/// The same of a name to greet with; `None` if nothing is left of it, or a mail program might make a link of it.
pub(super) fn name(text: &str) -> Option<String> {
    let shown = shown(text);
    (!shown.is_empty() && !might_become_a_link(&shown)).then_some(shown)
}

/// Signs of direction, joiners and their like, control characters.
fn is_unseen(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Hebrew, Arabic and the other scripts of the blocks that Unicode keeps for right-to-left.
fn runs_from_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// `x://`, `a@b`, or a dot with two letters or digits behind it and something before it. Initials (`J.R.R.`) are none.
fn might_become_a_link(text: &str) -> bool {
    let dotted = |word: &str| {
        let mut parts = word.split(['.', '。', '．', '｡']);
        let before = parts.next().unwrap_or_default();
        let long = |part: &str| part.chars().take_while(|c| c.is_alphanumeric()).count() >= 2;
        !before.is_empty() && parts.any(long)
    };
    text.contains(['@', '/', '\\', '＠', '／']) || text.split_whitespace().any(dotted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_greeted_as_they_are() {
        for text in
            ["Айгүл Серікқызы", "O'Neil & Sons <b>", "J.R.R. Tolkien", "ТОО «Ромашка»", "Ян Ш.", "Дж. Р. Р. Толкин"]
        {
            assert_eq!(name(text).as_deref(), Some(text));
        }
    }

    #[test]
    fn what_a_mail_program_might_make_a_link_of_is_not_greeted() {
        for text in [
            "http://evil.example",
            "win evil.example now",
            "www.evil.kz",
            "evil.kz/x",
            "a@evil.kz",
            "evil。kz",
            "қор.қаз",
            "ev\u{200b}il.kz",
            "1.2.3.44",
        ] {
            assert_eq!(name(text), None, "{text}");
        }
        assert_eq!(name("\u{202e}\u{200b}"), None);
    }

    #[test]
    fn nothing_turns_the_direction_of_what_follows() {
        assert_eq!(shown("A\u{202e}B\u{2066}C"), "ABC");
        assert_eq!(shown("محمد"), "\u{2068}محمد\u{2069}");
        assert_eq!(shown("\u{2069}محمد"), "\u{2068}محمد\u{2069}");
        assert_eq!(shown("a\r\nb\u{2028}c"), "a b c");
    }
}
