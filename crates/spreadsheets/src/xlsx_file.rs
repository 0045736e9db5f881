//! A workbook, by way of temporary files.
//!
//! Texts are written as texts, so that nothing in them is ever a formula; they are defused all the same, for whoever copies them
//! elsewhere.

use std::fs::File;
use std::io::{BufWriter, Read as _, Seek as _, SeekFrom, Write as _};

use async_trait::async_trait;
use chrono::{Datelike as _, NaiveDateTime, Timelike as _};
use domain::ports::{Cell, Row, Sheet, SpreadsheetError, SpreadsheetFile};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use tokio::task::spawn_blocking;

use crate::defuse::defused;

/// So much of the archive goes out at once.
const PIECE: usize = 64 * 1024;

pub(crate) struct XlsxFile {
    stage: Stage,
}

/// How far the file is. Each step takes the stage away and puts the next one in its place: a step that fails leaves none.
enum Stage {
    Rows(Box<Rows>),
    GoingOut(File),
    Out,
}

/// A workbook that takes rows.
struct Rows {
    workbook: Workbook,
    /// The next free row of each sheet.
    next: Vec<u32>,
    bold: Format,
    time: Format,
}

impl XlsxFile {
    pub(crate) async fn begin(sheets: Vec<Sheet>) -> Result<Self, SpreadsheetError> {
        let rows = blocking(move || Rows::begin(&sheets)).await?;
        Ok(Self { stage: Stage::Rows(Box::new(rows)) })
    }

    fn rows(&mut self) -> Result<Box<Rows>, SpreadsheetError> {
        match std::mem::replace(&mut self.stage, Stage::Out) {
            Stage::Rows(rows) => Ok(rows),
            Stage::GoingOut(_) | Stage::Out => Err(SpreadsheetError("the workbook is closed".to_owned())),
        }
    }
}

#[async_trait]
impl SpreadsheetFile for XlsxFile {
    async fn write(&mut self, sheet: usize, new: Vec<Row>) -> Result<(), SpreadsheetError> {
        let mut rows = self.rows()?;
        let rows = blocking(move || rows.write(sheet, new).map(|()| rows)).await?;
        self.stage = Stage::Rows(rows);
        Ok(())
    }

    async fn end(&mut self) -> Result<(), SpreadsheetError> {
        let rows = self.rows()?;
        self.stage = Stage::GoingOut(blocking(move || rows.close()).await?);
        Ok(())
    }

    async fn next_piece(&mut self) -> Result<Option<Vec<u8>>, SpreadsheetError> {
        let mut file = match std::mem::replace(&mut self.stage, Stage::Out) {
            Stage::GoingOut(file) => file,
            before_or_after => {
                self.stage = before_or_after;
                return Ok(None);
            }
        };
        let (file, piece) = blocking(move || {
            let mut piece = Vec::with_capacity(PIECE);
            let limit = u64::try_from(PIECE).unwrap_or(u64::MAX);
            (&mut file).take(limit).read_to_end(&mut piece).map_err(unwritten)?;
            Ok((file, piece))
        })
        .await?;
        if piece.is_empty() {
            return Ok(None);
        }
        self.stage = Stage::GoingOut(file);
        Ok(Some(piece))
    }
}

impl Rows {
    fn begin(sheets: &[Sheet]) -> Result<Self, SpreadsheetError> {
        let (bold, time) = (Format::new().set_bold(), Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"));
        let mut rows = Self { workbook: Workbook::new(), next: vec![0; sheets.len()], bold, time };
        for (place, sheet) in sheets.iter().enumerate() {
            let worksheet = rows.workbook.add_worksheet_with_constant_memory().map_err(unwritten)?;
            worksheet.set_name(&sheet.name).map_err(unwritten)?;
            for (column, width) in (0_u16..).zip(&sheet.widths) {
                worksheet.set_column_width(column, f64::from(*width)).map_err(unwritten)?;
            }
            if sheet.headings.is_empty() {
                continue;
            }
            worksheet.set_freeze_panes(1, 0).map_err(unwritten)?;
            for (column, heading) in (0_u16..).zip(&sheet.headings) {
                worksheet.write_string_with_format(0, column, heading, &rows.bold).map_err(unwritten)?;
            }
            rows.next[place] = 1;
        }
        Ok(rows)
    }

    fn write(&mut self, sheet: usize, new: Vec<Row>) -> Result<(), SpreadsheetError> {
        let worksheet = self.workbook.worksheet_from_index(sheet).map_err(unwritten)?;
        let next = self.next.get_mut(sheet).ok_or_else(|| SpreadsheetError(format!("no sheet {sheet}")))?;
        for row in new {
            for (column, cell) in (0_u16..).zip(row) {
                put(worksheet, (*next, column), cell, &self.time).map_err(unwritten)?;
            }
            *next += 1;
        }
        Ok(())
    }

    fn close(mut self: Box<Self>) -> Result<File, SpreadsheetError> {
        let mut out = BufWriter::new(tempfile::tempfile().map_err(unwritten)?);
        self.workbook.save_to_writer(&mut out).map_err(unwritten)?;
        out.flush().map_err(unwritten)?;
        let mut file = out.into_inner().map_err(unwritten)?;
        file.seek(SeekFrom::Start(0)).map_err(unwritten)?;
        Ok(file)
    }
}

fn put(sheet: &mut Worksheet, (row, column): (u32, u16), cell: Cell, time: &Format) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => {
            sheet.write_string(row, column, defused(&text))?;
        }
        Cell::Number(number) => {
            sheet.write_number(row, column, number as f64)?;
        }
        Cell::Time(at) => {
            sheet.write_datetime_with_format(row, column, excel_time(at)?, time)?;
        }
    }
    Ok(())
}

fn excel_time(at: NaiveDateTime) -> Result<ExcelDateTime, XlsxError> {
    let small = |number: u32| u8::try_from(number).unwrap_or(u8::MAX);
    let year = u16::try_from(at.year()).unwrap_or(u16::MAX);
    let day = ExcelDateTime::from_ymd(year, small(at.month()), small(at.day()))?;
    day.and_hms(u16::from(small(at.hour())), small(at.minute()), at.second())
}

fn unwritten(error: impl std::fmt::Display) -> SpreadsheetError {
    SpreadsheetError(error.to_string())
}

/// Files are slow, and the async threads are not there to wait for them.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, SpreadsheetError> + Send + 'static,
) -> Result<T, SpreadsheetError> {
    spawn_blocking(work).await.map_err(unwritten)?
}
