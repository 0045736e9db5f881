//! JSON with its text kept: the order of keys and the spelling of numbers survive reading and writing.
//!
//! Ioka's webhook is written the way Python's standard library writes JSON, and signed over another spelling of the same
//! data. Both need more than a map of parsed values: `0.0` must stay `0.0`, and a merchant's `extra_info` must come back
//! in the order it was sent.

mod parse;
mod write;

pub(crate) use parse::parse;
pub(crate) use write::{Spelling, write};

/// A JSON document that remembers the order of its keys and the text of its numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Tree {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, exactly as it was written.
    Number(String),
    /// A string, unescaped.
    Text(String),
    /// An array in its own order.
    List(Vec<Tree>),
    /// An object in the order of its keys; a repeated key keeps its first place and its last value, as in Python.
    Object(Vec<(String, Tree)>),
}
