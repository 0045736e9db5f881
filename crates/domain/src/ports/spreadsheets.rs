//! Who writes tables into files that a spreadsheet opens.

use async_trait::async_trait;
use chrono::NaiveDateTime;

/// Begins files.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait Spreadsheets: Send + Sync {
    /// Begins a file with these sheets, in this order. A format that knows no sheets takes exactly one.
    ///
    /// # Errors
    /// [`SpreadsheetError`].
    async fn begin(&self, format: FileFormat, sheets: Vec<Sheet>)
    -> Result<Box<dyn SpreadsheetFile>, SpreadsheetError>;
}

/// A file that is being written. It keeps no more in memory than was written last, however long it gets.
#[async_trait]
pub trait SpreadsheetFile: Send {
    /// Adds rows at the end of a sheet, which is named by its place, counted from 0.
    ///
    /// # Errors
    /// [`SpreadsheetError`]; then the file is worth nothing.
    async fn write(&mut self, sheet: usize, rows: Vec<Row>) -> Result<(), SpreadsheetError>;

    /// No more rows come.
    ///
    /// # Errors
    /// [`SpreadsheetError`]; then the file is worth nothing.
    async fn end(&mut self) -> Result<(), SpreadsheetError>;

    /// The next piece of the file that can go out; `None` if there is none, yet or at all. Before the end some formats have none.
    ///
    /// # Errors
    /// [`SpreadsheetError`]; then the file is worth nothing.
    async fn next_piece(&mut self) -> Result<Option<Vec<u8>>, SpreadsheetError>;
}

/// Which kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileFormat {
    /// Text, as RFC 4180 has it, for one sheet.
    Csv,
    /// A workbook (ISO/IEC 29500).
    Xlsx,
}

/// A table of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// What it is called, where the format has names for sheets: 1–31 characters, none of `[]:*?/\`.
    pub name: String,
    /// Its first row, which stays in sight; none if empty.
    pub headings: Vec<String>,
    /// How wide its columns are, in characters; the others are as wide as the format likes.
    pub widths: Vec<u16>,
}

/// A row of a table.
pub type Row = Vec<Cell>;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text. It is never taken for a formula, whatever it begins with.
    Text(String),
    /// A whole number, which can be added up.
    Number(i64),
    /// A time of day on some day, by whichever clocks the sheet speaks of.
    Time(NaiveDateTime),
}

/// Why a file cannot be written. The text is for the log alone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the file cannot be written: {0}")]
pub struct SpreadsheetError(pub String);

impl FileFormat {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Csv, Self::Xlsx];

    /// The stable word in the API and at the command line, and the end of a file's name.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// The format of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.word() == word)
    }

    /// What the file is on the web.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

impl Cell {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A text, or nothing.
    pub fn optional(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }
}
