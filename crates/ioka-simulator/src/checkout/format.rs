//! Amounts and card numbers for people.

use super::words::Language;
use crate::cards::{DOCUMENTED_EXPIRY, TEST_CARDS, Verdict};

/// `5 000 ₸`, or `5 000,50 ₸`; thin non-breaking spaces between thousands. Takes tiyn.
pub(crate) fn tenge(tiyn: i64) -> String {
    let whole = group(tiyn / 100);
    match tiyn % 100 {
        0 => format!("{whole}\u{a0}₸"),
        rest => format!("{whole},{rest:02}\u{a0}₸"),
    }
}

fn group(number: i64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push('\u{a0}');
        }
        grouped.push(digit);
    }
    grouped
}

/// `4111 1111 1111 1111`.
pub(super) fn spaced_pan(pan: &str) -> String {
    let mut spaced = String::new();
    for (index, digit) in pan.chars().enumerate() {
        if index > 0 && index % 4 == 0 {
            spaced.push(' ');
        }
        spaced.push(digit);
    }
    spaced
}

/// A line of the table of test cards.
pub(super) struct TestCardLine {
    pub(super) pan: String,
    pub(super) details: String,
    pub(super) outcome: String,
}

/// The table of test cards in this language.
pub(super) fn test_cards(language: Language) -> Vec<TestCardLine> {
    let words = language.words();
    let line = |card: &crate::cards::TestCard| TestCardLine {
        pan: spaced_pan(card.pan),
        details: match card.cvc {
            Some(cvc) => format!("{DOCUMENTED_EXPIRY}, CVC {cvc}"),
            None => words.any_date.to_owned(),
        },
        outcome: outcome(card.verdict, language),
    };
    TEST_CARDS.iter().map(line).collect()
}

fn outcome(verdict: Verdict, language: Language) -> String {
    let words = language.words();
    match (verdict, verdict.reason()) {
        (_, Some(reason)) => format!("{}. {}", words.declined, language.reason(&reason)),
        (Verdict::PaysAfterThreeDs, None) => words.pays_after_three_ds.to_owned(),
        (_, None) => words.pays.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_grouped_by_thousands() {
        assert_eq!(tenge(500_000), "5\u{a0}000\u{a0}₸");
        assert_eq!(tenge(123_456_705), "1\u{a0}234\u{a0}567,05\u{a0}₸");
        assert_eq!(tenge(100), "1\u{a0}₸");
    }
}
