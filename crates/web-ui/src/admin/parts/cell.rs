//! A value, as a table or a list of facts shows it.

use askama::Template;
use askama::filters::HtmlSafe;
use domain::{Instant, Tenge};

use super::Moment;
use crate::money::money;

/// What stands in a cell.
#[derive(Template)]
#[template(path = "admin/cell.html")]
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
    /// A link, and a quieter text below.
    LinkTwo {
        href: String,
        text: String,
        below: String,
    },
    /// A word with a colour.
    Status {
        word: &'static str,
        text: String,
    },
    Time(Moment),
    /// Names and values.
    Facts(Vec<(String, String)>),
    /// One beside the other.
    Several(Vec<Self>),
    Button(PostButton),
}

impl HtmlSafe for Cell {}

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

    /// The instant as a text.
    pub(crate) fn moment(instant: Instant) -> String {
        Moment::new(instant).text
    }

    /// The text, or nothing.
    pub(crate) fn maybe(text: Option<impl ToString>) -> Self {
        text.map_or(Self::Nothing, |text| Self::Text(text.to_string()))
    }

    /// The name that people copy, or nothing.
    pub(crate) fn maybe_code(text: Option<impl ToString>) -> Self {
        text.map_or(Self::Nothing, |text| Self::Code(text.to_string()))
    }
}
