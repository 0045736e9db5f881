//! Ioka's money is an integer of tiyn, 100 to a tenge; ours is whole tenge. Numbers are read from their text: no float
//! ever stands for money.

use domain::{ReportedAmount, Tenge};
use serde_json::value::RawValue;

use crate::wire::short;

/// The only currency that Ioka settles in.
pub(crate) const KZT: &str = "KZT";
const TIYN_PER_TENGE: i64 = 100;

/// Tenge as Ioka wants them; `None` for more money than there is.
pub(crate) fn tiyn(amount: Tenge) -> Option<i64> {
    amount.get().checked_mul(TIYN_PER_TENGE)
}

/// An amount that Ioka reports in tiyn. Ioka leaves no doubt about its currency: it has KZT only, so that an absent one is
/// KZT too. Another one, or a number that is no whole number of tenge, equals no amount of ours.
pub(crate) fn reported_tiyn(amount: &RawValue, currency: Option<&str>) -> ReportedAmount {
    let currency = currency.unwrap_or(KZT);
    let Some(minor) = integer(amount) else {
        return odd(amount, "tiyn of", currency);
    };
    match (minor % TIYN_PER_TENGE, Tenge::from_i64(minor / TIYN_PER_TENGE)) {
        (0, Ok(whole)) if currency == KZT => ReportedAmount::Tenge(whole),
        _ => {
            let (whole, rest) = (minor.unsigned_abs() / 100, minor.unsigned_abs() % 100);
            let sign = if minor < 0 { "-" } else { "" };
            ReportedAmount::NotWholeTenge(format!("{sign}{whole}.{rest:02} {}", short(currency)))
        }
    }
}

/// An amount that the guide's dialect reports in tenge. Nothing says what an absent currency would be, so it is not ours.
pub(crate) fn reported_tenge(amount: &RawValue, currency: Option<&str>) -> ReportedAmount {
    match (integer(amount).map(Tenge::from_i64), currency) {
        (Some(Ok(whole)), Some(KZT)) => ReportedAmount::Tenge(whole),
        _ => odd(amount, "of", currency.unwrap_or("no currency")),
    }
}

/// An integer written as one. `5000.0` and `"5000"` are not: whoever writes money like that is not the Ioka we know, and a
/// person should look.
fn integer(number: &RawValue) -> Option<i64> {
    number.get().parse().ok()
}

fn odd(amount: &RawValue, unit: &str, currency: &str) -> ReportedAmount {
    ReportedAmount::NotWholeTenge(format!("{} {unit} {}", short(amount.get()), short(currency)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tiyn_text(text: &str, currency: Option<&str>) -> String {
        reported(reported_tiyn(serde_json::from_str(text).unwrap(), currency))
    }

    fn tenge_text(text: &str, currency: Option<&str>) -> String {
        reported(reported_tenge(serde_json::from_str(text).unwrap(), currency))
    }

    fn reported(amount: ReportedAmount) -> String {
        match amount {
            ReportedAmount::Tenge(tenge) => format!("ours: {tenge}"),
            ReportedAmount::NotWholeTenge(text) => format!("odd: {text}"),
        }
    }

    #[test]
    fn tiyn_are_hundredths_of_a_tenge() {
        assert_eq!(tiyn(Tenge::new(5000)), Some(500_000));
        assert_eq!(tiyn(Tenge::from_i64(i64::MAX).unwrap()), None);
        assert_eq!(tiyn_text("500000", Some("KZT")), "ours: 5000 KZT");
        assert_eq!(tiyn_text("500000", None), "ours: 5000 KZT");
        assert_eq!(tiyn_text("0", Some("KZT")), "ours: 0 KZT");
    }

    #[test]
    fn what_is_no_whole_number_of_tenge_is_kept_for_a_person() {
        assert_eq!(tiyn_text("500050", Some("KZT")), "odd: 5000.50 KZT");
        assert_eq!(tiyn_text("5", Some("KZT")), "odd: 0.05 KZT");
        assert_eq!(tiyn_text("-50", Some("KZT")), "odd: -0.50 KZT");
        assert_eq!(tiyn_text("-50000", Some("KZT")), "odd: -500.00 KZT");
        assert_eq!(tiyn_text("500000.0", Some("KZT")), "odd: 500000.0 tiyn of KZT");
        assert_eq!(tiyn_text("5e5", Some("KZT")), "odd: 5e5 tiyn of KZT");
        assert_eq!(tiyn_text("\"500000\"", Some("KZT")), "odd: \"500000\" tiyn of KZT");
        assert_eq!(tiyn_text(&"9".repeat(500), None).len(), "odd: ".len() + 64 + " tiyn of KZT".len());
    }

    #[test]
    fn another_currency_is_never_ours() {
        assert_eq!(tiyn_text("500000", Some("USD")), "odd: 5000.00 USD");
        assert_eq!(tiyn_text("500000", Some("kzt\u{202e}")), "odd: 5000.00 kzt?");
        assert_eq!(tenge_text("5000", Some("USD")), "odd: 5000 of USD");
        assert_eq!(tenge_text("5000", None), "odd: 5000 of no currency");
    }

    #[test]
    fn the_guide_counts_in_tenge_and_only_in_integers() {
        assert_eq!(tenge_text("5000", Some("KZT")), "ours: 5000 KZT");
        for odd in ["5000.0", "5e3", "\"5000\"", "-5000", "99999999999999999999", "[5000]"] {
            assert_eq!(tenge_text(odd, Some("KZT")), format!("odd: {odd} of KZT"));
        }
    }
}
