//! Test cards and what happens to each.

use crate::model::Reason;

/// What the bank says to a charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Verdict {
    /// The money is held or taken.
    Pays,
    /// The payer is sent to the bank's page first, then the money is held or taken.
    PaysAfterThreeDs,
    /// Refused: a limit for payments on the internet.
    LimitExceeded,
    /// Refused: not enough money.
    NotEnoughMoney,
    /// Refused by the bank without a reason.
    DeclinedByIssuer,
    /// Refused: no bank knows this number.
    NoCardRecord,
    /// Refused: expiry or CVC is wrong.
    WrongCardData,
}

/// A card of the test table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TestCard {
    /// Digits only.
    pub(crate) pan: &'static str,
    pub(crate) verdict: Verdict,
    /// The CVC the card insists on, if any.
    pub(crate) cvc: Option<&'static str>,
}

/// The password of the 3-D Secure page. \[DOC\]
pub(crate) const THREE_DS_PASSWORD: &str = "12345678";

/// The expiry printed beside Ioka's own cards; it stays good here when the calendar has passed it. \[DOC\]
pub(crate) const DOCUMENTED_EXPIRY: &str = "12/26";

/// Ioka's four documented cards (CVC `123`) \[API\]\[DOC\], then the two of the simplified guide (any CVC).
pub(crate) const TEST_CARDS: [TestCard; 6] = [
    TestCard { pan: "4111111111111111", verdict: Verdict::PaysAfterThreeDs, cvc: Some("123") },
    TestCard { pan: "5555555555555599", verdict: Verdict::Pays, cvc: Some("123") },
    TestCard { pan: "4444444444446666", verdict: Verdict::LimitExceeded, cvc: Some("123") },
    TestCard { pan: "4444444411111111", verdict: Verdict::NotEnoughMoney, cvc: Some("123") },
    TestCard { pan: "4242424242424242", verdict: Verdict::Pays, cvc: None },
    TestCard { pan: "4000000000000002", verdict: Verdict::DeclinedByIssuer, cvc: None },
];

/// A card as typed in: digits of the number, `MM/YY`, CVC if given.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CardData<'a> {
    pub(crate) pan: &'a str,
    pub(crate) expiry: &'a str,
    pub(crate) cvc: Option<&'a str>,
}

/// What the bank says to this card in the month `today` (`(year, month)`).
///
/// Any number outside the table is refused with `NO_CARD_RECORD` \[GUESS\]; a wrong CVC of Ioka's own cards and a past
/// expiry are refused with `WRONG_CARD_DATA_INPUT` \[GUESS\].
pub(crate) fn verdict(card: CardData<'_>, today: (i32, u32)) -> Verdict {
    let Some(known) = TEST_CARDS.iter().find(|known| known.pan == card.pan) else {
        return Verdict::NoCardRecord;
    };
    let cvc_is_wrong = matches!((known.cvc, card.cvc), (Some(right), Some(given)) if right != given);
    if cvc_is_wrong || is_past(card.expiry, today) {
        return Verdict::WrongCardData;
    }
    known.verdict
}

fn is_past(expiry: &str, today: (i32, u32)) -> bool {
    if expiry == DOCUMENTED_EXPIRY {
        return false;
    }
    let Some((month, year)) = expiry.split_once('/') else {
        return true;
    };
    match (month.parse::<u32>(), year.parse::<i32>()) {
        (Ok(month), Ok(year)) => (2000 + year, month) < today,
        _ => true,
    }
}

/// The scheme by the first digit, as in `payer.payment_system`. \[DOC\]
pub(crate) fn payment_system(pan: &str) -> &'static str {
    match pan.as_bytes().first() {
        Some(b'4') => "VISA",
        Some(b'2' | b'5') => "MASTERCARD",
        Some(b'3') => "AMERICAN_EXPRESS",
        _ => "UNKNOWN",
    }
}

/// First six and last four digits, the rest starred: `555555******5599`. \[API\]
pub(crate) fn mask(pan: &str) -> String {
    let head = &pan[..6.min(pan.len())];
    let tail = &pan[pan.len().saturating_sub(4)..];
    format!("{head}{}{tail}", "*".repeat(pan.len().saturating_sub(10)))
}

impl Verdict {
    /// The refusal as payments and cards carry it; `None` if the card pays.
    pub(crate) fn reason(self) -> Option<Reason> {
        self.refusal().map(|(code, message)| Reason { code: code.to_owned(), message: message.to_owned() })
    }

    /// Code and Russian message of a refusal; `None` if the card pays.
    ///
    /// `CARD_LIMITATIONS_EXCEEDED` and `NOT_ENOUGH_MONEY` are chosen by meaning \[GUESS\].
    pub(crate) fn refusal(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Pays | Self::PaysAfterThreeDs => None,
            Self::LimitExceeded => Some(("CARD_LIMITATIONS_EXCEEDED", "Превышен лимит интернет-платежей по карте")),
            Self::NotEnoughMoney => Some(("NOT_ENOUGH_MONEY", "Недостаточно средств на карте")),
            Self::DeclinedByIssuer => Some(("DECLINED_BY_ISSUER", "Операция отклонена банком-эмитентом")),
            Self::NoCardRecord => Some(("NO_CARD_RECORD", "Карта не найдена")),
            Self::WrongCardData => Some(("WRONG_CARD_DATA_INPUT", "Введены неверные данные карты")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card<'a>(pan: &'a str, expiry: &'a str, cvc: &'a str) -> CardData<'a> {
        CardData { pan, expiry, cvc: Some(cvc) }
    }

    #[test]
    fn documented_cards_do_what_the_documentation_says() {
        let today = (2030, 1);
        assert_eq!(verdict(card("4111111111111111", "12/26", "123"), today), Verdict::PaysAfterThreeDs);
        assert_eq!(verdict(card("5555555555555599", "12/26", "123"), today), Verdict::Pays);
        assert_eq!(verdict(card("5555555555555599", "12/26", "124"), today), Verdict::WrongCardData);
        assert_eq!(verdict(card("4242424242424242", "01/30", "999"), today), Verdict::Pays);
        assert_eq!(verdict(card("4242424242424242", "12/29", "999"), today), Verdict::WrongCardData);
        assert_eq!(verdict(card("4000000000000002", "01/30", "1"), today), Verdict::DeclinedByIssuer);
        assert_eq!(verdict(card("4000000000000010", "01/30", "1"), today), Verdict::NoCardRecord);
    }

    #[test]
    fn numbers_are_masked_in_the_middle() {
        assert_eq!(mask("5555555555555599"), "555555******5599");
        assert_eq!(mask("424242424242"), "424242**4242");
    }
}
