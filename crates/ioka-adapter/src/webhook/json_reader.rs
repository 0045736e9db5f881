//! A strict reader of JSON: RFC 8259 and nothing beside it. No byte order mark, no `NaN`, no lone surrogate, no key twice in
//! one object.
//!
//! One of our own, because the usual one forgets how a number was written and believes the last of two equal keys.

use std::collections::BTreeMap;

use crate::webhook::canonical_json::CanonicalJson;

/// Deeper than any event, and shallow enough for every stack.
pub(super) const DEEPEST: usize = 64;

/// Why a text has no canonical form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{what}, at byte {at}")]
pub(crate) struct NotCanonical {
    pub what: &'static str,
    pub at: usize,
}

/// Reads one JSON text.
pub(super) fn read(bytes: &[u8]) -> Result<CanonicalJson, NotCanonical> {
    let text = str::from_utf8(bytes).map_err(|error| NotCanonical { what: "no UTF-8", at: error.valid_up_to() })?;
    let mut reader = Reader { text, at: 0, depth: 0 };
    reader.skip_space();
    let value = reader.value()?;
    reader.skip_space();
    if reader.at < text.len() {
        return Err(reader.error("more than one value"));
    }
    Ok(value)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn error(&self, what: &'static str) -> NotCanonical {
        NotCanonical { what, at: self.at }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Steps over `byte` if it comes next.
    fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    /// Steps over the bytes that `belongs` accepts, and gives them.
    fn take_while(&mut self, belongs: impl Fn(u8) -> bool) -> &'a str {
        let start = self.at;
        while self.peek().is_some_and(&belongs) {
            self.at += 1;
        }
        &self.text[start..self.at]
    }

    fn skip_space(&mut self) {
        self.take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
    }

    fn value(&mut self) -> Result<CanonicalJson, NotCanonical> {
        match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"') => self.string().map(CanonicalJson::Text),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => self.word(),
        }
    }

    fn nested(
        &mut self,
        read: fn(&mut Self) -> Result<CanonicalJson, NotCanonical>,
    ) -> Result<CanonicalJson, NotCanonical> {
        if self.depth == DEEPEST {
            return Err(self.error("nested too deeply"));
        }
        self.depth += 1;
        self.at += 1;
        self.skip_space();
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn object(&mut self) -> Result<CanonicalJson, NotCanonical> {
        let mut members = BTreeMap::new();
        if self.take(b'}') {
            return Ok(CanonicalJson::Object(members));
        }
        loop {
            let start = self.at;
            let name = self.string()?;
            self.skip_space();
            if !self.take(b':') {
                return Err(self.error("no colon after a key"));
            }
            self.skip_space();
            let value = self.value()?;
            if members.insert(name, value).is_some() {
                return Err(NotCanonical { what: "a key twice in one object", at: start });
            }
            if self.list_ends(b'}')? {
                return Ok(CanonicalJson::Object(members));
            }
        }
    }

    fn array(&mut self) -> Result<CanonicalJson, NotCanonical> {
        let mut items = Vec::new();
        if self.take(b']') {
            return Ok(CanonicalJson::Array(items));
        }
        loop {
            items.push(self.value()?);
            if self.list_ends(b']')? {
                return Ok(CanonicalJson::Array(items));
            }
        }
    }

    /// Steps over what follows a member: the end of the list, or a comma.
    fn list_ends(&mut self, end: u8) -> Result<bool, NotCanonical> {
        self.skip_space();
        if self.take(end) {
            return Ok(true);
        }
        if !self.take(b',') {
            return Err(self.error("neither a comma nor the end of a list"));
        }
        self.skip_space();
        Ok(false)
    }

    fn word(&mut self) -> Result<CanonicalJson, NotCanonical> {
        let start = self.at;
        let word = self.take_while(|byte| byte.is_ascii_alphabetic());
        match word {
            "null" | "true" | "false" => Ok(CanonicalJson::Literal(word.to_owned())),
            _ => Err(NotCanonical { what: "no JSON value", at: start }),
        }
    }

    fn number(&mut self) -> Result<CanonicalJson, NotCanonical> {
        let start = self.at;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            let _sign = self.take(b'+') || self.take(b'-');
            self.digits()?;
        }
        Ok(CanonicalJson::Literal(self.text[start..self.at].to_owned()))
    }

    fn digits(&mut self) -> Result<(), NotCanonical> {
        match self.take_while(|byte| byte.is_ascii_digit()) {
            "" => Err(self.error("a number without a digit where one must be")),
            _ => Ok(()),
        }
    }

    fn string(&mut self) -> Result<String, NotCanonical> {
        if !self.take(b'"') {
            return Err(self.error("no text in quotes"));
        }
        let mut out = String::new();
        loop {
            out.push_str(self.take_while(|byte| byte >= b' ' && byte != b'"' && byte != b'\\'));
            if self.take(b'"') {
                return Ok(out);
            }
            if !self.take(b'\\') {
                return Err(self.error("a text without an end, or with a bare control character"));
            }
            out.push(self.escape()?);
        }
    }

    fn escape(&mut self) -> Result<char, NotCanonical> {
        let escape = self.peek().ok_or_else(|| self.error("a text without an end"))?;
        let c = match escape {
            b'"' | b'\\' | b'/' => char::from(escape),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                self.at += 1;
                return self.code_point();
            }
            _ => return Err(self.error("an unknown escape")),
        };
        self.at += 1;
        Ok(c)
    }

    /// What follows `\u`: one unit of UTF-16, or two that belong together.
    fn code_point(&mut self) -> Result<char, NotCanonical> {
        let first = self.code_unit()?;
        let paired = (0xD800..0xDC00).contains(&first);
        let second = if paired && self.take(b'\\') && self.take(b'u') { Some(self.code_unit()?) } else { None };
        let mut decoded = char::decode_utf16([first].into_iter().chain(second));
        match (decoded.next(), decoded.next()) {
            (Some(Ok(c)), None) => Ok(c),
            _ => Err(self.error("half a surrogate pair")),
        }
    }

    fn code_unit(&mut self) -> Result<u16, NotCanonical> {
        let digits = self.text.as_bytes().get(self.at..self.at + 4);
        let unit = digits
            .filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))
            .and_then(|digits| u16::from_str_radix(str::from_utf8(digits).ok()?, 16).ok());
        let unit = unit.ok_or_else(|| self.error("no four hex digits after \\u"))?;
        self.at += 4;
        Ok(unit)
    }
}
