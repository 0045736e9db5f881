//! Tables as files that a spreadsheet opens, however long they are.
//!
//! A CSV file goes out as it is written. A workbook is an archive whose parts have to be whole before it can be closed: its sheets
//! are written to temporary files that have no name, the archive to another one, and that goes out piece by piece.

mod csv_file;
mod defuse;
mod xlsx_file;

use async_trait::async_trait;
use domain::ports::{FileFormat, Sheet, SpreadsheetError, SpreadsheetFile, Spreadsheets};

use csv_file::CsvFile;
use xlsx_file::XlsxFile;

/// Writes both formats.
#[derive(Debug, Default, Clone, Copy)]
pub struct SpreadsheetFiles;

#[async_trait]
impl Spreadsheets for SpreadsheetFiles {
    async fn begin(
        &self,
        format: FileFormat,
        sheets: Vec<Sheet>,
    ) -> Result<Box<dyn SpreadsheetFile>, SpreadsheetError> {
        Ok(match format {
            FileFormat::Csv => Box::new(CsvFile::begin(&sheets)?),
            FileFormat::Xlsx => Box::new(XlsxFile::begin(sheets).await?),
        })
    }
}
