//! A field of a form.

use askama::Template;
use askama::filters::HtmlSafe;
use domain::reconciliation::Day;

use crate::form::FieldError;

/// Its label, what was typed, and what is wrong with it. Its name is its id, unless several of its name stand on a page.
#[derive(Template)]
#[template(path = "admin/field.html")]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) hint: Option<String>,
    pub(crate) value: String,
    pub(crate) error: Option<String>,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
}

impl HtmlSafe for Field {}

/// What is typed in, or chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    /// Several lines.
    Area,
    /// A whole number.
    Number,
    /// A day.
    Day,
    /// Words of ours and what they are called.
    Choice(Vec<(String, String)>),
    /// Yes, if its value is `true`.
    Check,
}

impl Field {
    pub(crate) fn new(name: &'static str, label: String, value: &str, kind: Kind) -> Self {
        let value = value.to_owned();
        Self { name, id: name.to_owned(), label, hint: None, value, error: None, kind, required: false }
    }

    pub(crate) fn hint(mut self, hint: String) -> Self {
        self.hint = Some(hint);
        self
    }

    pub(crate) fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Under another id.
    pub(crate) fn called(mut self, id: String) -> Self {
        self.id = id;
        self
    }

    /// With what is wrong with it, if it is among these.
    pub(crate) fn checked(mut self, errors: &[FieldError]) -> Self {
        self.error = errors.iter().find(|error| error.field == self.name).map(|error| error.message.clone());
        self
    }

    /// A day that cannot be one stays as it was typed, which a field for days would not show.
    fn input_type(&self) -> &'static str {
        let a_day = self.kind == Kind::Day && (self.value.is_empty() || Day::parse(&self.value).is_some());
        if a_day { "date" } else { "text" }
    }

    /// The ids of what describes the field, for screen readers.
    fn described_by(&self) -> String {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.id));
        let error = self.error.as_ref().map(|_| format!("{}-error", self.id));
        hint.into_iter().chain(error).collect::<Vec<_>>().join(" ")
    }
}
