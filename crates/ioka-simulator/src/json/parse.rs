//! Reading JSON text into a [`Tree`].

use super::Tree;

/// Deeper documents are refused, so that a hostile body cannot exhaust the stack.
const MAX_DEPTH: usize = 100;

/// Why a text is not JSON; carries the byte offset.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not JSON at byte {0}")]
pub(crate) struct NotJson(usize);

/// Reads one JSON document.
///
/// # Errors
/// The text is not JSON, is nested too deeply, or something follows it.
pub(crate) fn parse(text: &str) -> Result<Tree, NotJson> {
    let mut reader = Reader { text, at: 0 };
    let tree = reader.value(0)?;
    reader.skip_spaces();
    if reader.at == text.len() { Ok(tree) } else { Err(NotJson(reader.at)) }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_spaces(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn eat(&mut self, literal: &str) -> Result<(), NotJson> {
        if self.text.as_bytes()[self.at..].starts_with(literal.as_bytes()) {
            self.at += literal.len();
            Ok(())
        } else {
            Err(NotJson(self.at))
        }
    }

    fn value(&mut self, depth: usize) -> Result<Tree, NotJson> {
        if depth > MAX_DEPTH {
            return Err(NotJson(self.at));
        }
        self.skip_spaces();
        match self.peek() {
            Some(b'n') => self.eat("null").map(|()| Tree::Null),
            Some(b't') => self.eat("true").map(|()| Tree::Bool(true)),
            Some(b'f') => self.eat("false").map(|()| Tree::Bool(false)),
            Some(b'"') => self.string().map(Tree::Text),
            Some(b'[') => self.list(depth),
            Some(b'{') => self.object(depth),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => Err(NotJson(self.at)),
        }
    }

    /// Takes the text of a number; serde_json decides whether it is one.
    fn number(&mut self) -> Result<Tree, NotJson> {
        let start = self.at;
        while matches!(self.peek(), Some(b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9')) {
            self.at += 1;
        }
        let digits = &self.text[start..self.at];
        match serde_json::from_str::<&serde_json::value::RawValue>(digits) {
            Ok(_) => Ok(Tree::Number(digits.to_owned())),
            Err(_) => Err(NotJson(start)),
        }
    }

    /// Finds the end of a string and lets serde_json undo its escapes.
    fn string(&mut self) -> Result<String, NotJson> {
        let start = self.at;
        self.at += 1;
        loop {
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => self.at += 2,
                Some(_) => self.at += 1,
                None => return Err(NotJson(start)),
            }
        }
        self.at += 1;
        let quoted = self.text.get(start..self.at).ok_or(NotJson(start))?;
        serde_json::from_str(quoted).map_err(|_| NotJson(start))
    }

    fn list(&mut self, depth: usize) -> Result<Tree, NotJson> {
        self.eat("[")?;
        let mut items = Vec::new();
        self.skip_spaces();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Tree::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.skip_spaces();
            match self.peek() {
                Some(b',') => self.at += 1,
                _ => return self.eat("]").map(|()| Tree::List(items)),
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Tree, NotJson> {
        self.eat("{")?;
        let mut entries: Vec<(String, Tree)> = Vec::new();
        self.skip_spaces();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Tree::Object(entries));
        }
        loop {
            self.skip_spaces();
            if self.peek() != Some(b'"') {
                return Err(NotJson(self.at));
            }
            let key = self.string()?;
            self.skip_spaces();
            self.eat(":")?;
            let value = self.value(depth + 1)?;
            match entries.iter_mut().find(|(known, _)| *known == key) {
                Some(entry) => entry.1 = value,
                None => entries.push((key, value)),
            }
            self.skip_spaces();
            match self.peek() {
                Some(b',') => self.at += 1,
                _ => return self.eat("}").map(|()| Tree::Object(entries)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_order_of_keys_and_the_text_of_numbers() {
        let tree = parse(r#" {"b": 1.10, "a": [true, null, "\u049a\n"], "b": 0.0} "#).unwrap();
        let expected = Tree::Object(vec![
            ("b".into(), Tree::Number("0.0".into())),
            ("a".into(), Tree::List(vec![Tree::Bool(true), Tree::Null, Tree::Text("Қ\n".into())])),
        ]);
        assert_eq!(tree, expected);
    }

    #[test]
    fn refuses_what_is_not_json() {
        for text in ["", "{", "[1,]", "{\"a\"}", "01", "1 2", "\"\\", "nul", "{a:1}", "-", "\"\u{1}\""] {
            assert!(parse(text).is_err(), "{text:?}");
        }
        assert!(parse(&"[".repeat(5_000)).is_err());
    }
}
