//! What the books are asked for.

use actix_web::HttpRequest;
use domain::Language;
use domain::books::Period;
use domain::ports::{DonationFilter, DonationScope, FileFormat};
use domain::reconciliation::{Day, Month};

use super::language::accept_language;
use super::page::Query;
use crate::problem::{FieldError, Problem};

/// What an export is asked for.
pub struct ExportPage {
    /// Which kind of file.
    pub format: FileFormat,
    /// Among which.
    pub scope: DonationScope,
    /// Which of them.
    pub filter: DonationFilter,
    /// The language of the headings.
    pub language: Language,
}

impl ExportPage {
    /// Reads the query.
    ///
    /// # Errors
    /// 422 with every parameter that cannot be used.
    pub fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let mut query = Query::of(request)?;
        let format = query.required("format", "unknown_format", FileFormat::from_word);
        let filter = query.donation_filter();
        let flagged = query.read("flagged", "not_boolean", |text| text.parse().ok()).unwrap_or(false);
        let language = language(&mut query, request);
        query.finish()?;
        let scope = if flagged { DonationScope::Flagged } else { DonationScope::All };
        // What is required and is not there has ended this above.
        Ok(Self { format: format.unwrap_or(FileFormat::Csv), scope, filter, language })
    }
}

/// Which days' comparisons are asked for.
pub enum Compared {
    /// One day's.
    Day(Day),
    /// A month's.
    Month(Month),
}

impl Compared {
    /// Reads the query: one of `date` and `month`; and the language of the texts.
    ///
    /// # Errors
    /// 422 with every parameter that cannot be used.
    pub fn of(request: &HttpRequest) -> Result<(Self, Language), Problem> {
        let mut query = Query::of(request)?;
        let month = query.read("month", "invalid_month", Month::parse);
        let language = language(&mut query, request);
        if let (Some(month), false) = (month, query.has("date")) {
            query.finish()?;
            return Ok((Self::Month(month), language));
        }
        let day = query.read("date", "invalid_date", Day::parse);
        if !query.has("month") && !query.has("date") {
            query.wrong(FieldError::new("date", "invalid_date"));
        }
        if query.has("month") && query.has("date") {
            query.wrong(FieldError::new("month", "date_or_month"));
        }
        query.finish()?;
        day.map(|day| (Self::Day(day), language)).ok_or_else(|| Problem::field(FieldError::new("date", "invalid_date")))
    }
}

/// What a proof is asked for.
pub struct ProofPage {
    /// Which days.
    pub period: Period,
    /// As what.
    pub form: ProofForm,
    /// In which language.
    pub language: Language,
}

/// What a proof comes as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProofForm {
    /// A workbook.
    Xlsx,
    /// The same sums and verdicts, for a program.
    Json,
}

impl ProofPage {
    /// Reads the query.
    ///
    /// # Errors
    /// 422 with every parameter that cannot be used.
    pub fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let mut query = Query::of(request)?;
        let form = query.read("format", "unknown_format", |word| match word {
            "xlsx" => Some(ProofForm::Xlsx),
            "json" => Some(ProofForm::Json),
            _ => None,
        });
        let first = query.required("from", "invalid_date", Day::parse);
        let last = query.required("to", "invalid_date", Day::parse);
        let language = language(&mut query, request);
        query.finish()?;
        let period = first.zip(last).and_then(|(first, last)| Period::new(first, last));
        let period = period.ok_or_else(|| Problem::field(FieldError::new("to", "invalid_period")))?;
        Ok(Self { period, form: form.unwrap_or(ProofForm::Xlsx), language })
    }
}

/// `?lang=`, else what the caller prefers, else Russian.
fn language(query: &mut Query, request: &HttpRequest) -> Language {
    let asked_for = query.read("lang", "unknown_language", Language::from_code);
    asked_for.or_else(|| accept_language(request.headers())).unwrap_or(Language::Ru)
}
