//! A table in a file, taken apart field by field; what is wrong is noted under the field's full name.

use config::{Map, Value, ValueKind};
use domain::{Localised, Tenge};

use super::reader::Reader;

/// A table, of which the fields that were read are gone.
pub(super) struct Table<'a> {
    read: &'a mut Reader,
    name: String,
    fields: Map<String, Value>,
    errors: Vec<String>,
}

/// A value as it stands in the file: the `config` crate would take `"7"` and `6.9` for 7.
pub(super) struct Given(Value);

impl<'a> Table<'a> {
    pub(super) fn new(read: &'a mut Reader, name: String, fields: Map<String, Value>) -> Self {
        Self { read, name, fields, errors: Vec::new() }
    }

    /// Says by which name the table is known from now on.
    pub(super) fn rename(&mut self, name: String) {
        self.name = name;
    }

    /// Notes that a field is wrong. `problem` never repeats its value.
    pub(super) fn wrong(&mut self, field: &str, problem: impl Into<String>) {
        self.read.wrong(&format!("{}.{field}", self.name), problem);
        self.errors.push(field.to_owned());
    }

    /// Notes that a field is not there, unless something was wrong with it anyway.
    pub(super) fn missing(&mut self, field: &str) {
        let noted = self.errors.iter().any(|name| name == field || name.starts_with(&format!("{field}.")));
        if !noted {
            self.wrong(field, "is missing");
        }
    }

    /// The field parsed by `parse`; `None` if it is not there or wrong, and then what it `must_be` is noted.
    pub(super) fn optional<T>(
        &mut self,
        field: &str,
        must_be: &str,
        parse: impl FnOnce(&Given) -> Option<T>,
    ) -> Option<T> {
        let value = parse(&Given(self.fields.remove(field)?));
        if value.is_none() {
            self.wrong(field, format!("must be {must_be}"));
        }
        value
    }

    /// The same, of a field that has to be there.
    pub(super) fn required<T>(
        &mut self,
        field: &str,
        must_be: &str,
        parse: impl FnOnce(&Given) -> Option<T>,
    ) -> Option<T> {
        let value = self.optional(field, must_be, parse);
        if value.is_none() {
            self.missing(field);
        }
        value
    }

    /// A text in each of the three languages; `None` if it is not there or any of them is wrong.
    pub(super) fn localised<T>(
        &mut self,
        field: &str,
        must_be: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<Localised<T>> {
        let mut table = self.optional(field, "a table of kk, ru and en", Given::table)?;
        let mut of = |language: &str| {
            let value = table.remove(language).and_then(|value| parse(&Given(value).text()?));
            if value.is_none() {
                self.wrong(&format!("{field}.{language}"), format!("must be {must_be}"));
            }
            value
        };
        let (kk, ru, en) = (of("kk"), of("ru"), of("en"));
        for language in table.into_keys() {
            self.wrong(&format!("{field}.{language}"), "is none of the languages kk, ru and en");
        }
        Some(Localised { kk: kk?, ru: ru?, en: en? })
    }

    /// Whether the field is there and holds a table.
    pub(super) fn is_table(&self, field: &str) -> bool {
        self.fields.get(field).is_some_and(|value| matches!(value.kind, ValueKind::Table(_)))
    }

    /// Notes every field that nobody has read.
    pub(super) fn finish(mut self, known: &[&str]) {
        for field in std::mem::take(&mut self.fields).into_keys() {
            self.wrong(&field, format!("is not known here; known are {}", known.join(", ")));
        }
    }
}

impl Given {
    pub(super) fn text(&self) -> Option<String> {
        match &self.0.kind {
            ValueKind::String(text) => Some(text.clone()),
            _ => None,
        }
    }

    /// An amount above 0.
    pub(super) fn tenge(&self) -> Option<Tenge> {
        match self.0.kind {
            ValueKind::I64(number) => Tenge::from_i64(number).ok().filter(|amount| !amount.is_zero()),
            _ => None,
        }
    }

    pub(super) fn list(&self) -> Option<Vec<Self>> {
        match &self.0.kind {
            ValueKind::Array(values) => Some(values.iter().cloned().map(Self).collect()),
            _ => None,
        }
    }

    fn table(&self) -> Option<Map<String, Value>> {
        match &self.0.kind {
            ValueKind::Table(fields) => Some(fields.clone()),
            _ => None,
        }
    }
}
