//! Writing a [`Tree`] as Python would, or in the canonical forms that webhooks are signed over.

use std::fmt::Write as _;

use super::Tree;

/// How a document is spelt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spelling {
    /// As it came, no spaces, UTF-8: for storing.
    Stored,
    /// As Python's `json.dumps` writes by default: own order, `", "` and `": "`, everything outside ASCII as `\uXXXX`.
    /// This is how Ioka's webhook bodies look. \[CAP\]
    Python,
    /// Keys sorted at every level, no spaces, UTF-8: the form Ioka's documentation signs. \[DOC\]
    Compact,
    /// Keys sorted at every level, one space after `,` and `:`: the form real deliveries of 2021 were signed in. \[CAP\]
    Spaced,
}

impl Spelling {
    fn separators(self) -> (&'static str, &'static str) {
        match self {
            Self::Stored | Self::Compact => (",", ":"),
            Self::Python | Self::Spaced => (", ", ": "),
        }
    }

    fn is_sorted(self) -> bool {
        matches!(self, Self::Compact | Self::Spaced)
    }
}

/// Writes `tree` in `spelling`.
pub(crate) fn write(tree: &Tree, spelling: Spelling) -> String {
    let mut out = String::new();
    write_into(&mut out, tree, spelling);
    out
}

fn write_into(out: &mut String, tree: &Tree, spelling: Spelling) {
    match tree {
        Tree::Null => out.push_str("null"),
        Tree::Bool(true) => out.push_str("true"),
        Tree::Bool(false) => out.push_str("false"),
        Tree::Number(digits) => out.push_str(digits),
        Tree::Text(text) => write_text(out, text, spelling),
        Tree::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push_str(spelling.separators().0);
                }
                write_into(out, item, spelling);
            }
            out.push(']');
        }
        Tree::Object(entries) => write_object(out, entries, spelling),
    }
}

fn write_object(out: &mut String, entries: &[(String, Tree)], spelling: Spelling) {
    let mut ordered: Vec<&(String, Tree)> = entries.iter().collect();
    if spelling.is_sorted() {
        ordered.sort_by(|left, right| left.0.cmp(&right.0));
    }
    let (comma, colon) = spelling.separators();
    out.push('{');
    for (index, (key, value)) in ordered.into_iter().enumerate() {
        if index > 0 {
            out.push_str(comma);
        }
        write_text(out, key, spelling);
        out.push_str(colon);
        write_into(out, value, spelling);
    }
    out.push('}');
}

fn write_text(out: &mut String, text: &str, spelling: Spelling) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            control if control < ' ' => escape(out, control),
            // Python's ASCII escaping leaves DEL alone: it is ASCII.
            foreign if !foreign.is_ascii() && spelling == Spelling::Python => escape(out, foreign),
            plain => out.push(plain),
        }
    }
    out.push('"');
}

/// Writes `\uXXXX`, as a surrogate pair beyond the basic plane.
fn escape(out: &mut String, character: char) {
    for unit in character.encode_utf16(&mut [0; 2]) {
        // Writing into a String cannot fail.
        let _ = write!(out, "\\u{unit:04x}");
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    #[test]
    fn python_style_is_spaced_unsorted_and_ascii() {
        let tree = parse(r#"{"b":0.0,"a":"Қ😀\u007f/"}"#).unwrap();
        assert_eq!(write(&tree, Spelling::Python), "{\"b\": 0.0, \"a\": \"\\u049a\\ud83d\\ude00\u{7f}/\"}");
    }

    #[test]
    fn canonical_forms_sort_at_every_level_and_keep_utf8() {
        let tree = parse(r#"{"b":[{"z":1,"y":"Қ"}],"a":"\u0001\b"}"#).unwrap();
        assert_eq!(write(&tree, Spelling::Compact), r#"{"a":"\u0001\b","b":[{"y":"Қ","z":1}]}"#);
        assert_eq!(write(&tree, Spelling::Spaced), r#"{"a": "\u0001\b", "b": [{"y": "Қ", "z": 1}]}"#);
        assert_eq!(write(&tree, Spelling::Stored), r#"{"b":[{"z":1,"y":"Қ"}],"a":"\u0001\b"}"#);
    }
}
