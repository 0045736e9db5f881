//! `?limit=` and `?cursor=` of lists.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, web};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::DateTime;
use domain::ports::PageCursor;
use domain::{DonationId, DonationStatus};
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
        let pairs = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
        let pairs = pairs.map_err(|_| Problem::field(FieldError::new("query", "invalid_cursor")))?.into_inner();
        let mut query: BTreeMap<String, Option<String>> = BTreeMap::new();
        for (name, value) in pairs {
            let seen = query.contains_key(&name);
            query.insert(name, (!seen).then_some(value));
        }
        let mut errors = Vec::new();
        let limit = match query.get("limit") {
            None => Some(DEFAULT_LIMIT),
            Some(text) => {
                text.as_ref().and_then(|text| text.parse().ok()).filter(|limit| (1..=MAX_LIMIT).contains(limit))
            }
        };
        if limit.is_none() {
            errors.push(FieldError::new("limit", "out_of_range").with("min", 1).with("max", MAX_LIMIT.into()));
        }
        let after = query.get("cursor").map(|text| text.as_deref().and_then(decode_cursor));
        if after == Some(None) {
            errors.push(FieldError::new("cursor", "invalid_cursor"));
        }
        let status = query.get("status").map(|text| text.as_deref().and_then(DonationStatus::from_word));
        if status == Some(None) {
            errors.push(FieldError::new("status", "unknown_status"));
        }
        if !errors.is_empty() {
            return Err(Problem::validation(errors));
        }
        Ok(Self { limit: limit.unwrap_or(DEFAULT_LIMIT), after: after.flatten(), status: status.flatten() })
    }
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
