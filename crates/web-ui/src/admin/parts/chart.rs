//! A chart of bars, drawn here: no script, no picture from elsewhere, no style of its own.

use askama::Template;
use askama::filters::HtmlSafe;

/// Bars side by side. The drawing is stretched to the page's width; what has to be read stands around it as text, and all its numbers in
/// a table below.
#[derive(Template)]
#[template(path = "admin/chart.html")]
pub(crate) struct Chart {
    /// Its id in the page.
    id: &'static str,
    title: String,
    /// What it shows, in a sentence.
    summary: String,
    /// What the whole bar stands for, and what the dark part of it.
    legend: (String, String),
    /// What the top of the drawing stands for.
    top: String,
    bars: Vec<Bar>,
    /// Names of the first bar, the one in the middle, and the last.
    axis: Vec<String>,
    /// The heading of the table's first column, and the words that open the table.
    table: (String, String),
}

impl HtmlSafe for Chart {}

/// What a chart shows.
pub(crate) struct ChartTexts {
    pub(crate) title: String,
    pub(crate) summary: String,
    pub(crate) legend: (String, String),
    /// The heading of the table's first column, and the words that open the table.
    pub(crate) table: (String, String),
}

/// One bar's numbers: of the whole, some part.
pub(crate) struct Pair {
    pub(crate) name: String,
    pub(crate) whole: u64,
    pub(crate) part: u64,
    /// The two as people read them.
    pub(crate) words: (String, String),
}

struct Bar {
    name: String,
    words: (String, String),
    x: usize,
    whole: u64,
    part: u64,
}

/// How high the drawing is, in its own units. A bar is [`WIDE`] of them wide.
const HIGH: u64 = 1000;
const WIDE: usize = 8;
/// From one bar to the next.
const STEP: usize = 10;

impl Chart {
    /// The chart of these, the highest of which reaches the top; `top` says what a number looks like.
    pub(crate) fn new(id: &'static str, texts: ChartTexts, pairs: Vec<Pair>, top: impl Fn(u64) -> String) -> Self {
        let highest = pairs.iter().map(|pair| pair.whole).max().unwrap_or(0);
        let name = |place: usize| pairs.get(place).map(|pair| pair.name.clone());
        let last = pairs.len().saturating_sub(1);
        let axis = [0, last / 2, last].into_iter().filter_map(name).collect();
        let bar = |(place, pair): (usize, Pair)| Bar {
            x: place * STEP + (STEP - WIDE) / 2,
            whole: height(pair.whole, highest),
            part: height(pair.part.min(pair.whole), highest),
            name: pair.name,
            words: pair.words,
        };
        let ChartTexts { title, summary, legend, table } = texts;
        let bars = pairs.into_iter().enumerate().map(bar).collect();
        Self { id, title, summary, legend, top: top(highest), bars, axis, table }
    }

    fn view_box(&self) -> String {
        format!("0 0 {} {HIGH}", self.bars.len().max(1) * STEP)
    }
}

impl Bar {
    fn below(&self, height: u64) -> u64 {
        HIGH - height
    }
}

/// A number as a share of the drawing's height; something is never so small that it cannot be seen.
fn height(number: u64, highest: u64) -> u64 {
    let share = u128::from(number) * u128::from(HIGH) / u128::from(highest.max(1));
    let share = u64::try_from(share).unwrap_or(HIGH).min(HIGH);
    if number > 0 { share.max(HIGH / 100) } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_bar_reaches_the_top_and_the_smallest_can_be_seen() {
        assert_eq!([0, 1, 500, 1_000_000].map(|number| height(number, 1_000_000)), [0, 10, 10, 1000]);
        assert_eq!(height(u64::MAX, u64::MAX), 1000);
        assert_eq!(height(0, 0), 0);
    }
}
