//! Rows, and how they become what the domain knows. None has a `Debug`: they hold names, addresses and hashes.

mod account;
mod alert;
mod attempt;
mod audit;
mod books;
mod campaign;
mod certificate;
mod delivery;
mod donation;
mod idempotency;
mod job;
mod reconciliation;
mod refund;
mod review;
mod timeline;

use domain::{LineText, Tenge};

pub(crate) use account::{AccountRow, AccountTokenRow, SessionRow};
pub(crate) use alert::AlertRow;
pub(crate) use attempt::AttemptRow;
pub(crate) use audit::AuditRow;
pub(crate) use books::{BookedCertificateRow, BookedDonationRow, BookedPaymentRow, BookedRefundRow};
pub(crate) use campaign::{CampaignRow, PictureRow, PublicDonationRow};
pub(crate) use certificate::{CertificateRow, FiledRow};
pub(crate) use delivery::DeliveryRow;
#[cfg(feature = "bulk")]
pub(crate) use donation::IndexedDonationRow;
pub(crate) use donation::{DonationParts, DonationRow};
pub(crate) use idempotency::IdempotencyRow;
pub(crate) use job::JobRow;
#[cfg(feature = "bulk")]
pub(crate) use reconciliation::FinishedDayRow;
pub(crate) use reconciliation::{DifferenceRow, ReportRow, TotalsRow, TurnRow};
pub(crate) use refund::RefundRow;
pub(crate) use review::ReviewRow;
pub(crate) use timeline::TimelineRow;

use crate::error::QueryError;

/// A value that no code of ours writes. It is named, not shown: it may be somebody's.
fn damaged(column: &str) -> QueryError {
    QueryError::broken(format!("{column} holds what no donation can have"))
}

/// The value of a stored word.
fn known<T>(column: &str, word: &str, from_word: impl FnOnce(&str) -> Option<T>) -> Result<T, QueryError> {
    from_word(word).ok_or_else(|| damaged(column))
}

fn line<const MAX: usize>(column: &str, text: &str) -> Result<LineText<MAX>, QueryError> {
    LineText::parse(text).map_err(|_| damaged(column))
}

fn optional_line<const MAX: usize>(column: &str, text: Option<&str>) -> Result<Option<LineText<MAX>>, QueryError> {
    text.map(|text| line(column, text)).transpose()
}

pub(crate) fn tenge(column: &str, whole: i64) -> Result<Tenge, QueryError> {
    Tenge::from_i64(whole).map_err(|_| damaged(column))
}

fn count<T: TryFrom<i64>>(column: &str, number: i64) -> Result<T, QueryError> {
    T::try_from(number).map_err(|_| damaged(column))
}
