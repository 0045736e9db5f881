//! Numbers as people read them.

use domain::Tenge;

pub(crate) use domain::grouped;

/// `5 000 ₸`, unbreakable.
pub(crate) fn money(amount: Tenge) -> String {
    amount.for_people()
}

/// A number of tenge as people write it: digits, spaces of any width between them, ₸ behind them. `None` for anything
/// else: `5000.50`, `5.000` and `5e3` may be meant otherwise.
pub(crate) fn parse_whole_number(text: &str) -> Option<i64> {
    let text = text.trim().trim_end_matches('₸');
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_never_breaks_across_lines() {
        assert_eq!(money(Tenge::new(500)), "500\u{a0}₸");
        assert_eq!(money(Tenge::new(1_234_567)), "1\u{202f}234\u{202f}567\u{a0}₸");
        assert_eq!(grouped(1000), "1\u{202f}000");
        assert_eq!(grouped(0), "0");
    }

    #[test]
    fn what_we_print_can_be_typed_in_again() {
        assert_eq!(parse_whole_number(&money(Tenge::new(1_234_567))), Some(1_234_567));
        assert_eq!(parse_whole_number(" 5 000 "), Some(5000));
        assert_eq!(parse_whole_number(&"9".repeat(30)), Some(i64::MAX));
    }

    #[test]
    fn what_may_be_meant_otherwise_is_no_number() {
        for text in ["", "₸", "5.000", "5000,50", "5e3", "-5", "+5", "пять", "٥٠٠"] {
            assert_eq!(parse_whole_number(text), None, "{text}");
        }
    }
}
