//! Donations as a file, however many there are.
//!
//! The file goes out as it is read: a page of donations is asked for when the reader has taken what the page before became, and
//! nothing but that page is held. A workbook is the exception, because it can go out only when it is whole; it waits in a temporary
//! file. Each page is a transaction of its own. The list is sorted by when a donation was made, newest first, so that none is missed
//! and none comes twice while others are being made; what a donation says is as it was when its page was read.

use std::sync::Arc;

use domain::Language;
use domain::ports::{
    DonationFilter, DonationQuery, DonationScope, DonationStore, FileFormat, PageCursor, SpreadsheetError,
    SpreadsheetFile, Spreadsheets, StoreError,
};
use futures_util::stream::{self, BoxStream};
use futures_util::{StreamExt as _, TryStreamExt as _};

use super::export_row::{export_row, export_sheet};
use crate::House;

/// What an export is asked for.
#[derive(Debug, Clone)]
pub struct ExportDonations {
    /// Which kind of file.
    pub format: FileFormat,
    /// Which donations.
    pub scope: DonationScope,
    /// Which of them.
    pub filter: DonationFilter,
    /// The language of the headings. What stands below them are the API's own words.
    pub language: Language,
}

/// A file, piece by piece. After an error nothing comes, and what came is not the file.
pub type Pieces = BoxStream<'static, Result<Vec<u8>, BookError>>;

/// Why there is no file, or not the whole of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BookError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file cannot be written.
    #[error(transparent)]
    File(#[from] SpreadsheetError),
}

/// So many donations are held at once.
const PAGE: u32 = 500;

/// The donations as a file. Its first piece has been made when this answers, so that what fails at once fails here.
///
/// # Errors
/// [`BookError`].
pub async fn export_donations(house: &House, export: ExportDonations) -> Result<Pieces, BookError> {
    export_pages(house.donations.clone(), house.sheets.as_ref(), export).await
}

/// The same from any store, by any writer.
///
/// # Errors
/// [`BookError`].
pub async fn export_pages(
    donations: Arc<dyn DonationStore>,
    sheets: &dyn Spreadsheets,
    export: ExportDonations,
) -> Result<Pieces, BookError> {
    let file = sheets.begin(export.format, vec![export_sheet(export.language)]).await?;
    let query = DonationQuery { scope: export.scope, filter: export.filter, after: None, limit: PAGE };
    let exporting = Exporting { donations, file, query, language: export.language, stage: Stage::Reading };
    let mut pieces = stream::try_unfold(exporting, Exporting::next_piece).boxed();
    let first = pieces.try_next().await?;
    Ok(stream::iter(first.map(Ok)).chain(pieces).boxed())
}

struct Exporting {
    donations: Arc<dyn DonationStore>,
    file: Box<dyn SpreadsheetFile>,
    query: DonationQuery,
    language: Language,
    stage: Stage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Reading,
    Ended,
}

impl Exporting {
    async fn next_piece(mut self) -> Result<Option<(Vec<u8>, Self)>, BookError> {
        loop {
            if let Some(piece) = self.file.next_piece().await? {
                return Ok(Some((piece, self)));
            }
            match self.stage {
                Stage::Ended => return Ok(None),
                Stage::Reading => self.read_on().await?,
            }
        }
    }

    async fn read_on(&mut self) -> Result<(), BookError> {
        let page = self.donations.list(&self.query).await?;
        if let Some(last) = page.last() {
            self.query.after = Some(PageCursor { created_at: last.created_at, id: last.id });
        }
        let is_last = page.len() < usize::try_from(PAGE).unwrap_or(usize::MAX);
        let rows = page.iter().map(|donation| export_row(donation, self.language)).collect();
        self.file.write(0, rows).await?;
        if is_last {
            self.file.end().await?;
            self.stage = Stage::Ended;
        }
        Ok(())
    }
}
