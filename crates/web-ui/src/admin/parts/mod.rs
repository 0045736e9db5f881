//! What pages are put together from. Each part is a template of its own that escapes what it is filled with, so that a page writes it
//! down as it is: `{{ table }}`.

mod cell;
mod chart;
mod facts;
mod field;
mod filters;
mod moment;
mod pager;
mod table;

pub(crate) use cell::{Cell, PostButton};
pub(crate) use chart::{Chart, ChartTexts, Pair};
pub(crate) use facts::Facts;
pub(crate) use field::{Field, Kind};
pub(crate) use filters::Filters;
pub(crate) use moment::{Moment, day_text, month_text};
pub(crate) use pager::{Pager, place};
pub(crate) use table::{Column, Table};
