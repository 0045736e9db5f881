//! `?limit=` and `?cursor=` of lists.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, web};
use application::{donation_filter, instant_of};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::DateTime;
use domain::audit::AuditAction;
use domain::ports::{AuditQuery, DeliveryOutcome, DeliveryQuery, DonationFilter, DonationScope, JobStatus, PageCursor};
use domain::{AccountId, AuditId, DeliveryId, DonationId, DonationStatus, Instant, JobId, Language};
use uuid::Uuid;

use crate::problem::{FieldError, Problem};

/// What a list is asked for.
pub struct Page {
    /// At most so many items.
    pub limit: u32,
    /// Only what comes after this.
    pub after: Option<PageCursor>,
    /// Only those in this state.
    pub status: Option<DonationStatus>,
}

const DEFAULT_LIMIT: u32 = 20;
const MAX_LIMIT: u32 = 100;

impl Page {
    /// Reads the query.
    ///
    /// # Errors
    /// 422 with every parameter that cannot be used, one given twice among them.
    pub fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let mut query = Query::of(request)?;
        let limit = query.limit();
        let after = query.read("cursor", "invalid_cursor", decode_cursor);
        let status = query.read("status", "unknown_status", DonationStatus::from_word);
        query.finish()?;
        Ok(Self { limit, after, status })
    }
}

/// What a list of jobs is asked for.
pub struct JobPage {
    /// At most so many items.
    pub limit: u32,
    /// Only what comes after this.
    pub after: Option<(Instant, JobId)>,
    /// Only those in this state.
    pub status: Option<JobStatus>,
}

impl JobPage {
    /// Reads the query.
    ///
    /// # Errors
    /// 422 with every parameter that cannot be used.
    pub fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let mut query = Query::of(request)?;
        let limit = query.limit();
        let after = query.read("cursor", "invalid_cursor", decode_cursor);
        let status = query.read("status", "unknown_status", JobStatus::from_word);
        query.finish()?;
        Ok(Self { limit, after: after.map(|cursor| (cursor.created_at, JobId(cursor.id.0))), status })
    }
}

/// What the record of who did what is asked for.
pub struct AuditPage(pub AuditQuery);

impl AuditPage {
    /// Reads the query.
    ///
    /// # Errors
    /// 422 with every parameter that cannot be used.
    pub fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let mut query = Query::of(request)?;
        let limit = query.limit();
        let after = query.read("cursor", "invalid_cursor", decode_cursor);
        let account = query.read("actor", "invalid_id", |text| Uuid::try_parse(text).ok().map(AccountId));
        let action = query.read("action", "unknown_action", AuditAction::from_word);
        let (from, to) = (query.read("from", "invalid_date", instant_of), query.read("to", "invalid_date", instant_of));
        query.finish()?;
        let after = after.map(|cursor| (cursor.created_at, AuditId(cursor.id.0)));
        Ok(Self(AuditQuery { account, action, from, to, after, limit }))
    }
}

/// What an operator's list of donations is asked for.
pub struct DonationPage {
    /// Among which.
    pub scope: DonationScope,
    /// Which of them.
    pub filter: DonationFilter,
    /// Only what comes after this.
    pub after: Option<PageCursor>,
    /// At most so many items.
    pub limit: u32,
}

impl DonationPage {
    /// Reads the query.
    ///
    /// # Errors
    /// 422 with every parameter that cannot be used.
    pub fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let mut query = Query::of(request)?;
        let limit = query.limit();
        let after = query.read("cursor", "invalid_cursor", decode_cursor);
        let filter = query.donation_filter();
        let flagged = query.read("flagged", "not_boolean", |text| text.parse().ok()).unwrap_or(false);
        query.finish()?;
        let scope = if flagged { DonationScope::Flagged } else { DonationScope::All };
        Ok(Self { scope, filter, after, limit })
    }
}

/// What a list of deliveries is asked for.
pub struct DeliveryPage(pub DeliveryQuery);

impl DeliveryPage {
    /// Reads the query.
    ///
    /// # Errors
    /// 422 with every parameter that cannot be used.
    pub fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let mut query = Query::of(request)?;
        let limit = query.limit();
        let after = query.read("cursor", "invalid_cursor", decode_cursor);
        let donation = query.read("donation", "invalid_id", |text| Uuid::try_parse(text).ok().map(DonationId));
        let outcome = query.read("outcome", "unknown_outcome", DeliveryOutcome::from_word);
        query.finish()?;
        let after = after.map(|cursor| (cursor.created_at, DeliveryId(cursor.id.0)));
        Ok(Self(DeliveryQuery { donation, outcome, after, limit }))
    }
}

/// One of the three languages in the query; `None` if the parameter is not there.
///
/// # Errors
/// 422 for anything else.
pub fn language_in_query(request: &HttpRequest, name: &'static str) -> Result<Option<Language>, Problem> {
    let mut query = Query::of(request)?;
    let language = query.read(name, "unknown_language", Language::from_code);
    query.finish()?;
    Ok(language)
}

/// A query whose parameters are taken one by one, all errors collected.
pub(super) struct Query {
    pairs: Vec<(String, String)>,
    /// `None` for one that was given twice.
    values: BTreeMap<String, Option<String>>,
    errors: Vec<FieldError>,
}

impl Query {
    pub(super) fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let pairs = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
        let pairs = pairs.map_err(|_| Problem::field(FieldError::new("query", "invalid_cursor")))?.into_inner();
        let mut values: BTreeMap<String, Option<String>> = BTreeMap::new();
        for (name, value) in &pairs {
            let seen = values.contains_key(name);
            values.insert(name.clone(), (!seen).then(|| value.clone()));
        }
        Ok(Self { pairs, values, errors: Vec::new() })
    }

    fn limit(&mut self) -> u32 {
        let parse = |text: &str| text.parse().ok().filter(|limit| (1..=MAX_LIMIT).contains(limit));
        let Some(given) = self.values.get("limit") else { return DEFAULT_LIMIT };
        given.as_deref().and_then(parse).unwrap_or_else(|| {
            self.errors.push(FieldError::new("limit", "out_of_range").with("min", 1).with("max", MAX_LIMIT.into()));
            DEFAULT_LIMIT
        })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    pub(super) fn wrong(&mut self, error: FieldError) {
        self.errors.push(error);
    }

    pub(super) fn read<T>(
        &mut self,
        name: &'static str,
        code: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let value = self.values.get(name)?.as_deref().and_then(parse);
        if value.is_none() {
            self.errors.push(FieldError::new(name, code));
        }
        value
    }

    pub(super) fn donation_filter(&mut self) -> DonationFilter {
        donation_filter(&self.pairs).unwrap_or_else(|errors| {
            self.errors.extend(errors.iter().map(|error| FieldError::new(error.field, error.code)));
            DonationFilter::default()
        })
    }

    /// The same for one that has to be there.
    pub(super) fn required<T>(
        &mut self,
        name: &'static str,
        code: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        if !self.values.contains_key(name) {
            self.errors.push(FieldError::new(name, "required"));
        }
        self.read(name, code, parse)
    }

    pub(super) fn finish(self) -> Result<(), Problem> {
        if self.errors.is_empty() { Ok(()) } else { Err(Problem::validation(self.errors)) }
    }
}

/// The same for a place in a list of jobs.
pub fn encode_job_cursor((queued_at, id): &(Instant, JobId)) -> String {
    encode_cursor(&PageCursor { created_at: *queued_at, id: DonationId(id.0) })
}

/// The same for a place in a list of deliveries.
pub fn encode_delivery_cursor((at, id): &(Instant, DeliveryId)) -> String {
    encode_cursor(&PageCursor { created_at: *at, id: DonationId(id.0) })
}

/// The same for a place in the record of who did what.
pub fn encode_audit_cursor((at, id): &(Instant, AuditId)) -> String {
    encode_cursor(&PageCursor { created_at: *at, id: DonationId(id.0) })
}

/// The cursor's text: opaque to clients, checked when it comes back.
pub fn encode_cursor(cursor: &PageCursor) -> String {
    let mut bytes = [0; 24];
    bytes[..8].copy_from_slice(&cursor.created_at.timestamp_micros().to_be_bytes());
    bytes[8..].copy_from_slice(cursor.id.0.as_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

fn decode_cursor(text: &str) -> Option<PageCursor> {
    let bytes: [u8; 24] = URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?;
    let micros = i64::from_be_bytes(bytes[..8].try_into().ok()?);
    // Beyond this PostgreSQL has no timestamps.
    let created_at =
        DateTime::from_timestamp_micros(micros).filter(|_| (0..=9_000_000_000_000_000).contains(&micros))?;
    Some(PageCursor { created_at, id: DonationId(Uuid::from_slice(&bytes[8..]).ok()?) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_went() {
        let cursor = PageCursor {
            created_at: DateTime::from_timestamp_micros(1_800_000_000_123_456).unwrap(),
            id: DonationId(Uuid::from_u128(7)),
        };
        assert_eq!(decode_cursor(&encode_cursor(&cursor)), Some(cursor));
        for text in ["", "x", "ж", &"A".repeat(31), &"_".repeat(32)] {
            assert_eq!(decode_cursor(text), None, "{text}");
        }
    }
}
