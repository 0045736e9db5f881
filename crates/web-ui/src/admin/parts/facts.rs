//! Names and values.

use askama::Template;
use askama::filters::HtmlSafe;

use super::Cell;
use crate::texts::Texts;

/// One below the other.
#[derive(Template)]
#[template(path = "admin/facts.html")]
pub(crate) struct Facts {
    id: Option<&'static str>,
    facts: Vec<(String, Cell)>,
}

impl HtmlSafe for Facts {}

impl Facts {
    /// The names are keys of texts.
    pub(crate) fn new(texts: Texts, id: Option<&'static str>, facts: Vec<(&str, Cell)>) -> Self {
        Self { id, facts: facts.into_iter().map(|(key, value)| (texts.get(key), value)).collect() }
    }
}
