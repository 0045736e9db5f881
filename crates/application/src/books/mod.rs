//! The books: donations as files, days and months against the gateway's, and the proof that they agree.

mod compare_now;
mod export;
mod export_row;
mod ledger;
mod month;
mod proof;
mod proof_file;
mod proof_words;
mod words;

pub use compare_now::{CompareNowError, compare_now};
pub use export::{BookError, ExportDonations, Pieces, export_donations, export_pages};
pub use ledger::{Disagreement, LineKind, ProofLine, Sum, Verdict};
pub use month::{DayBooks, MonthReport, day_books, month_report};
pub use proof::{OpenDifference, Proof, ProvedDay, Totals, proof};
pub use proof_file::proof_file;
pub use words::{meaning, remedy_text};
