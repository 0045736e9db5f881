//! The form that narrows a list down.

use askama::Template;
use askama::filters::HtmlSafe;

use super::Field;
use crate::admin::operator::Operator;
use crate::texts::Texts;
use crate::views::address;

/// Fields, a button, and the way back to the whole list.
#[derive(Template)]
#[template(path = "admin/filters.html")]
pub(crate) struct Filters {
    action: String,
    lang: &'static str,
    name: String,
    button: String,
    /// Where the whole list is, and what that is called, if this is not it.
    clear: Option<(String, String)>,
    fields: Vec<Field>,
}

impl HtmlSafe for Filters {}

impl Filters {
    /// The form above the operator's page of a list.
    pub(crate) fn new(operator: &Operator, fields: Vec<Field>) -> Self {
        let (texts, lang) = (Texts(operator.language), operator.language.code());
        let narrowed = fields.iter().any(|field| !field.value.is_empty());
        Self {
            action: operator.path.clone(),
            lang,
            name: texts.get("admin-filters"),
            button: texts.get("admin-filter"),
            clear: narrowed.then(|| (address(&operator.path, &[("lang", lang)]), texts.get("admin-filters-clear"))),
            fields,
        }
    }
}
