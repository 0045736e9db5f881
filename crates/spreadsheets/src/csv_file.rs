//! CSV that a Kazakh or Russian Excel opens by a double click.
//!
//! Where the comma stands in numbers, Excel takes the semicolon to stand between cells; the mark at the beginning tells it that the
//! letters are UTF-8. Lines end and cells are quoted as RFC 4180 has it. A time is written so that every Excel knows it for one.

use async_trait::async_trait;
use csv::{Terminator, Writer, WriterBuilder};
use domain::ports::{Cell, Row, Sheet, SpreadsheetError, SpreadsheetFile};

use crate::defuse::defused;

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

pub(crate) struct CsvFile {
    /// What is written and has not gone out.
    ready: Vec<u8>,
}

impl CsvFile {
    pub(crate) fn begin(sheets: &[Sheet]) -> Result<Self, SpreadsheetError> {
        let [sheet] = sheets else {
            return Err(SpreadsheetError(format!("a CSV file has one sheet, not {}", sheets.len())));
        };
        let mut file = Self { ready: BYTE_ORDER_MARK.to_vec() };
        if !sheet.headings.is_empty() {
            file.add(std::iter::once(sheet.headings.iter().map(Cell::text).collect()))?;
        }
        Ok(file)
    }

    fn add(&mut self, rows: impl Iterator<Item = Row>) -> Result<(), SpreadsheetError> {
        let mut options = WriterBuilder::new();
        options.delimiter(b';').terminator(Terminator::CRLF).flexible(true);
        let mut writer: Writer<&mut Vec<u8>> = options.from_writer(&mut self.ready);
        let wrong = |error: &dyn std::fmt::Display| SpreadsheetError(error.to_string());
        for row in rows {
            writer.write_record(row.into_iter().map(shown)).map_err(|error| wrong(&error))?;
        }
        writer.flush().map_err(|error| wrong(&error))
    }
}

#[async_trait]
impl SpreadsheetFile for CsvFile {
    async fn write(&mut self, sheet: usize, rows: Vec<Row>) -> Result<(), SpreadsheetError> {
        if sheet != 0 {
            return Err(SpreadsheetError(format!("a CSV file has no sheet {sheet}")));
        }
        self.add(rows.into_iter())
    }

    async fn end(&mut self) -> Result<(), SpreadsheetError> {
        Ok(())
    }

    async fn next_piece(&mut self) -> Result<Option<Vec<u8>>, SpreadsheetError> {
        let piece = std::mem::take(&mut self.ready);
        Ok((!piece.is_empty()).then_some(piece))
    }
}

fn shown(cell: Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => defused(&text),
        Cell::Number(number) => number.to_string(),
        Cell::Time(time) => time.format("%Y-%m-%d %H:%M:%S").to_string(),
    }
}
