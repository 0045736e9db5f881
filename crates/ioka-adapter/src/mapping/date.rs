//! Ioka's dates are UTC without an offset.

use chrono::{DateTime, NaiveDateTime, SubsecRound as _, Utc};
use domain::Instant;

/// The instant of a date as Ioka writes it: a fraction of any length or none, with or without `Z`. `None` for anything else.
pub(crate) fn parse_date(text: &str) -> Option<Instant> {
    let without_zone = text.strip_suffix('Z').unwrap_or(text);
    let instant = match NaiveDateTime::parse_from_str(without_zone, "%Y-%m-%dT%H:%M:%S%.f") {
        Ok(naive) => naive.and_utc(),
        // Not seen yet, but it would be unambiguous.
        Err(_) => DateTime::parse_from_rfc3339(text).ok()?.with_timezone(&Utc),
    };
    Some(instant.trunc_subsecs(6))
}

/// The instant as Ioka accepts it: whole seconds, rounded down, so that Ioka never takes money for an order that we hold to
/// be expired.
pub(crate) fn print_date(instant: Instant) -> String {
    instant.format("%Y-%m-%dT%H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_of_any_length_are_read_with_and_without_z() {
        for (text, micros) in [
            ("2023-10-09T13:33:29", 0),
            ("2023-10-09T13:33:29Z", 0),
            ("2023-10-09T13:33:29.3", 300_000),
            ("2022-10-09T13:33:29.00000", 0),
            ("2023-10-09T13:33:29.396357", 396_357),
            ("2023-10-09T13:33:29.396357Z", 396_357),
            ("2023-10-09T13:33:29.396357999999", 396_357),
        ] {
            let instant = parse_date(text).unwrap();
            assert_eq!(instant.timestamp_subsec_micros(), micros, "{text}");
            assert!(instant.timestamp_subsec_nanos().is_multiple_of(1000), "{text}");
            assert_eq!(print_date(instant), text[..19], "{text}");
        }
    }

    #[test]
    fn an_offset_is_respected() {
        assert_eq!(parse_date("2023-10-09T18:33:29+05:00"), parse_date("2023-10-09T13:33:29"));
    }

    #[test]
    fn other_texts_are_no_dates() {
        for text in ["", "today", "2023-10-09", "2023-10-09 13:33:29", "2023-13-09T13:33:29", "2023-10-09T13:33:29ZZ"] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }

    #[test]
    fn a_due_date_is_rounded_down() {
        let almost = parse_date("2019-08-24T14:15:22.999999").unwrap();
        assert_eq!(print_date(almost), "2019-08-24T14:15:22");
    }
}
