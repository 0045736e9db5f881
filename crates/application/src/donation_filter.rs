//! Which donations are wanted, as addresses, forms and command lines write it.

use chrono::DateTime;
use domain::ports::{DonationFilter, StoreError};
use domain::reconciliation::Day;
use domain::{CampaignSlug, DonationStatus, Instant, SearchText, Tenge};

use crate::House;

/// A parameter that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FilterError {
    /// Its name.
    pub field: &'static str,
    /// What is wrong with it: the API's word.
    pub code: &'static str,
}

/// The parameters that [`donation_filter`] reads.
pub const DONATION_FILTERS: [&str; 7] = ["status", "q", "campaign", "from", "to", "min_amount", "max_amount"];

/// Reads them out of all parameters; what has another name is somebody else's. An empty one is none, as a form sends it. Whether
/// there is such a campaign, [`campaign_is_known`] says.
///
/// # Errors
/// Every parameter that cannot be used, one that is given twice among them.
pub fn donation_filter(pairs: &[(String, String)]) -> Result<DonationFilter, Vec<FilterError>> {
    let mut reader = Reader { pairs, errors: Vec::new() };
    let filter = DonationFilter {
        status: reader.read("status", "unknown_status", DonationStatus::from_word),
        text: reader.read("q", "not_searchable", SearchText::parse),
        campaign: reader.read("campaign", "unknown_campaign", CampaignSlug::parse),
        from: reader.read("from", "invalid_date", instant_of),
        to: reader.read("to", "invalid_date", instant_of),
        min_amount: reader.read("min_amount", "not_whole_number", whole_tenge),
        max_amount: reader.read("max_amount", "not_whole_number", whole_tenge),
    };
    if reader.errors.is_empty() { Ok(filter) } else { Err(reader.errors) }
}

/// Whether there is such a campaign as is asked for, if one is.
///
/// # Errors
/// [`StoreError`].
pub async fn campaign_is_known(house: &House, filter: &DonationFilter) -> Result<bool, StoreError> {
    match &filter.campaign {
        Some(campaign) => Ok(house.campaigns.find(campaign).await?.is_some()),
        None => Ok(true),
    }
}

/// A day in Kazakhstan, which stands for its first instant, or an instant of RFC 3339; `None` for anything else.
pub fn instant_of(text: &str) -> Option<Instant> {
    let of_day = || Day::parse(text).map(|day| day.span().from);
    let instant = DateTime::parse_from_rfc3339(text).ok().map(|at| at.to_utc()).or_else(of_day)?;
    // Beyond this PostgreSQL has no timestamps.
    (0..=9_000_000_000_000_000).contains(&instant.timestamp_micros()).then_some(instant)
}

fn whole_tenge(text: &str) -> Option<Tenge> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok().and_then(|whole| Tenge::from_i64(whole).ok())).flatten()
}

struct Reader<'a> {
    pairs: &'a [(String, String)],
    errors: Vec<FilterError>,
}

impl Reader<'_> {
    fn read<T>(&mut self, field: &'static str, code: &'static str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let mut given = self.pairs.iter().filter(|(name, _)| name == field).map(|(_, value)| value.as_str());
        let value = match (given.next(), given.next()) {
            (None | Some(""), None) => return None,
            (Some(text), None) => parse(text),
            (_, Some(_)) => None,
        };
        if value.is_none() {
            self.errors.push(FilterError { field, code });
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<DonationFilter, Vec<(&'static str, &'static str)>> {
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        donation_filter(&pairs).map_err(|errors| errors.iter().map(|error| (error.field, error.code)).collect())
    }

    #[test]
    fn every_parameter_narrows_the_list() {
        let all = [
            ("status", "completed"),
            ("q", " Иванов "),
            ("campaign", "trees"),
            ("from", "2026-11-24"),
            ("to", "2026-11-24T05:00:00Z"),
            ("min_amount", "0"),
            ("max_amount", "5000"),
            ("limit", "never mind"),
        ];
        let expected = DonationFilter {
            status: Some(DonationStatus::Completed),
            text: SearchText::parse("Иванов"),
            campaign: CampaignSlug::parse("trees"),
            from: Some("2026-11-23T19:00:00Z".parse().unwrap()),
            to: Some("2026-11-24T05:00:00Z".parse().unwrap()),
            min_amount: Some(Tenge::ZERO),
            max_amount: Some(Tenge::new(5000)),
        };
        assert_eq!(read(&all), Ok(expected));
        assert_eq!(read(&DONATION_FILTERS.map(|name| (name, ""))), Ok(DonationFilter::default()), "as a form sends it");
        assert_eq!(read(&[]), Ok(DonationFilter::default()));
    }

    #[test]
    fn everything_that_cannot_be_used_is_told_at_once() {
        let wrong = [
            ("status", "paid"),
            ("q", "a\u{0}"),
            ("campaign", "No Such"),
            ("from", "yesterday"),
            ("to", "2026-02-30"),
            ("min_amount", "-1"),
            ("max_amount", "5e3"),
        ];
        let told = [
            ("status", "unknown_status"),
            ("q", "not_searchable"),
            ("campaign", "unknown_campaign"),
            ("from", "invalid_date"),
            ("to", "invalid_date"),
            ("min_amount", "not_whole_number"),
            ("max_amount", "not_whole_number"),
        ];
        assert_eq!(read(&wrong), Err(told.to_vec()));
        assert_eq!(read(&[("q", "a"), ("q", "a")]), Err(vec![("q", "not_searchable")]), "given twice");
        assert_eq!(read(&[("min_amount", "9223372036854775808")]), Err(vec![("min_amount", "not_whole_number")]));
    }
}
