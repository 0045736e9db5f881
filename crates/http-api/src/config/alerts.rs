//! Who is told what by mail of those who answer for the money.

use application::AlertSettings;
use chrono::{NaiveTime, TimeDelta};
use domain::{DonorEmail, Language};

use super::reader::Reader;

/// Reads them.
pub(super) fn alerts(read: &mut Reader, backend_url: &str) -> AlertSettings {
    let to: Option<Vec<DonorEmail>> =
        read.list("ALERT_EMAILS").iter().map(|address| DonorEmail::parse(address).ok()).collect();
    if to.is_none() {
        read.wrong("ALERT_EMAILS", "must be e-mail addresses, with commas between them");
    }
    AlertSettings {
        to: distinct(to.unwrap_or_default()),
        language: read.parsed("ALERT_LANGUAGE", "kk, ru or en", Language::Ru, Language::from_code),
        summary_at: read.parsed("DAILY_SUMMARY_AT", "a time such as 09:00", TimeDelta::zero(), time_of_day),
        gateway_after: TimeDelta::minutes(read.number("GATEWAY_ALERT_AFTER_MINUTES", 1..=1_440).into()),
        webhooks_after: TimeDelta::minutes(read.number("WEBHOOK_SILENCE_ALERT_AFTER_MINUTES", 1..=1_440).into()),
        pages: format!("{backend_url}/admin"),
    }
}

/// Whoever is named twice is told once.
fn distinct(addresses: Vec<DonorEmail>) -> Vec<DonorEmail> {
    let mut distinct: Vec<DonorEmail> = Vec::new();
    for address in addresses {
        if !distinct.iter().any(|known| known.as_str().eq_ignore_ascii_case(address.as_str())) {
            distinct.push(address);
        }
    }
    distinct
}

/// How long after midnight `09:00` is.
fn time_of_day(text: &str) -> Option<TimeDelta> {
    let time = NaiveTime::parse_from_str(text, "%H:%M").ok()?;
    (time.format("%H:%M").to_string() == text).then(|| time - NaiveTime::MIN)
}
