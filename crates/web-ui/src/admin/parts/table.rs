//! A table, which on a narrow screen is a list of cards.

use askama::Template;
use askama::filters::HtmlSafe;
use domain::{Instant, Tenge};

use super::Moment;
use crate::money::money;

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

/// What stands in a cell.
pub(crate) enum Cell {
    Nothing,
    Text(String),
    /// Something of ours or the gateway's that people copy rather than read.
    Code(String),
    /// A text, and a quieter one below.
    Two(String, String),
    Link {
        href: String,
        text: String,
    },
    /// A word with a colour.
    Status {
        word: &'static str,
        text: String,
    },
    Time(Moment),
    /// Names and values.
    Facts(Vec<(String, String)>),
    Button(PostButton),
}

/// A form that is nothing but a button.
pub(crate) struct PostButton {
    pub(crate) action: String,
    pub(crate) csrf: String,
    pub(crate) text: String,
    /// What it is about, for those who cannot see where it stands.
    pub(crate) about: String,
}

impl Cell {
    pub(crate) fn money(amount: Tenge) -> Self {
        Self::Text(money(amount))
    }

    pub(crate) fn time(instant: Instant) -> Self {
        Self::Time(Moment::new(instant))
    }

    /// The text, or nothing.
    pub(crate) fn maybe(text: Option<impl ToString>) -> Self {
        text.map_or(Self::Nothing, |text| Self::Text(text.to_string()))
    }
}
