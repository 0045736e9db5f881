//! A table, which on a narrow screen is a list of cards.

use askama::Template;
use askama::filters::HtmlSafe;

use super::Cell;

/// Rows under headings; a sentence if there are none.
#[derive(Template)]
#[template(path = "admin/table.html")]
pub(crate) struct Table {
    /// Its id in the page.
    pub(crate) id: &'static str,
    /// What it is, for those who cannot see where it stands.
    pub(crate) caption: String,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Vec<Cell>>,
    /// What to say if there are no rows.
    pub(crate) none: String,
}

impl HtmlSafe for Table {}

/// A column's heading.
pub(crate) struct Column {
    pub(crate) label: String,
    /// Whether its cells are numbers, which stand under each other by their last digit.
    pub(crate) number: bool,
}

impl Column {
    pub(crate) const fn text(label: String) -> Self {
        Self { label, number: false }
    }

    pub(crate) const fn number(label: String) -> Self {
        Self { label, number: true }
    }
}
