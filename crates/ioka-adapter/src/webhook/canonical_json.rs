//! The one form of a JSON text that Ioka signs: keys sorted by code point at every level, text unescaped where it can be,
//! and numbers exactly as they were written, since `0.0` and `0` are signed differently (reference §4.3).

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::webhook::json_reader::{self, NotCanonical};

/// A JSON text of which every object has each of its keys once.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum CanonicalJson {
    /// `null`, `true`, `false`, or a number as it was written.
    Literal(String),
    /// Text, unescaped.
    Text(String),
    /// Values in their order.
    Array(Vec<Self>),
    /// Values by name, sorted by code point, which is how UTF-8 sorts.
    Object(BTreeMap<String, Self>),
}

/// What stands between the parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spacing {
    /// `,` and `:`
    Compact,
    /// `, ` and `: `
    Spaced,
}

impl CanonicalJson {
    /// Reads one JSON text.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, NotCanonical> {
        json_reader::read(bytes)
    }

    /// The canonical text.
    pub(crate) fn print(&self, spacing: Spacing) -> String {
        let mut out = String::new();
        self.print_to(&mut out, spacing);
        out
    }

    fn print_to(&self, out: &mut String, spacing: Spacing) {
        let (comma, colon) = match spacing {
            Spacing::Compact => (",", ":"),
            Spacing::Spaced => (", ", ": "),
        };
        match self {
            Self::Literal(text) => out.push_str(text),
            Self::Text(text) => print_text(text, out),
            Self::Array(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { comma });
                    item.print_to(out, spacing);
                }
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                for (index, (name, value)) in members.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { comma });
                    print_text(name, out);
                    out.push_str(colon);
                    value.print_to(out, spacing);
                }
                out.push('}');
            }
        }
    }
}

fn print_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            // Writing to a `String` cannot fail.
            c if c < ' ' => _ = write!(out, "\\u{:04x}", u32::from(c)),
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::webhook::json_reader::DEEPEST;

    fn compact(text: &str) -> Result<String, &'static str> {
        let json = CanonicalJson::parse(text.as_bytes()).map_err(|error| error.what)?;
        Ok(json.print(Spacing::Compact))
    }

    #[test]
    fn keys_are_sorted_at_every_level_and_arrays_are_not() {
        let text = r#" { "b" : [ 3 , 1 , { "z" : null , "a" : true } ] , "a" : { } , "B" : [ ] } "#;
        assert_eq!(compact(text).unwrap(), r#"{"B":[],"a":{},"b":[3,1,{"a":true,"z":null}]}"#);
        let spaced = CanonicalJson::parse(text.as_bytes()).unwrap().print(Spacing::Spaced);
        assert_eq!(spaced, r#"{"B": [], "a": {}, "b": [3, 1, {"a": true, "z": null}]}"#);
    }

    #[test]
    fn keys_sort_by_code_point_not_by_utf_16() {
        assert_eq!(compact("{\"\u{1f333}\":1,\"\u{ffff}\":2}").unwrap(), "{\"\u{ffff}\":2,\"\u{1f333}\":1}");
    }

    #[test]
    fn numbers_stay_as_they_were_written() {
        let text = "[0.0,-0,12.50,1e5,1E+05,0.1e-7,123456789012345678901234567890,1e999]";
        assert_eq!(compact(text).unwrap(), text);
    }

    #[test]
    fn text_is_escaped_only_where_it_must_be() {
        let text = r#""\u041f\/\"\\\n\r\t\b\f\u0001\u001F\u007f\ud83c\udf33""#;
        assert_eq!(compact(text).unwrap(), "\"П/\\\"\\\\\\n\\r\\t\\b\\f\\u0001\\u001f\u{7f}\u{1f333}\"");
    }

    #[test]
    fn what_is_no_json_has_no_canonical_form() {
        for text in [
            "",
            " ",
            "nul",
            "NaN",
            "Infinity",
            "-",
            "+1",
            "01",
            "1.",
            ".5",
            "1e",
            "0x1",
            "[1,]",
            "[1 2]",
            "{\"a\":1,}",
            "{\"a\"}",
            "{a:1}",
            "{'a':1}",
            "{} {}",
            "[",
            "{",
            "{\"a\":",
            "\"",
            "\"\\",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\u+123\"",
            "\"\n\"",
            "\u{feff}{}",
            "{}\0",
            "// x\n{}",
            "\"\\ud800\"",
            "\"\\ud800\\n\"",
            "\"\\ud800\\u0041\"",
            "\"\\udc00\"",
            "\"\\ud800\\ud800\"",
            "[\u{a0}]",
        ] {
            assert!(compact(text).is_err(), "{text:?}");
        }
        assert_eq!(CanonicalJson::parse(b"\"\xff\"").unwrap_err().to_string(), "no UTF-8, at byte 1");
    }

    #[test]
    fn a_key_twice_in_one_object_is_refused_however_it_is_written() {
        assert_eq!(compact(r#"{"a":1,"a":1}"#), Err("a key twice in one object"));
        assert_eq!(compact(r#"{"x":[{"a":1,"\u0061":2}]}"#), Err("a key twice in one object"));
        assert!(compact(r#"{"a":{"a":{"a":1}}}"#).is_ok());
    }

    #[test]
    fn deep_nesting_is_refused_before_it_costs_anything() {
        assert!(compact(&("[".repeat(DEEPEST) + &"]".repeat(DEEPEST))).is_ok());
        for open in ["[", "{\"a\":"] {
            assert_eq!(compact(&open.repeat(200_000)), Err("nested too deeply"));
        }
    }
}
