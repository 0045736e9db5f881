//! What was given last.

use chrono::FixedOffset;
use domain::ports::PublicDonation;
use domain::{Instant, Language};

use crate::money::money;
use crate::texts::{Arg, Texts};

/// One of the latest donations.
pub(crate) struct LatestGift {
    pub(crate) name: String,
    pub(crate) amount: String,
    /// `None` if it did not pay for a whole one.
    pub(crate) trees: Option<String>,
    pub(crate) message: Option<String>,
    /// For people.
    pub(crate) date: String,
    /// For programs.
    pub(crate) day: String,
}

impl LatestGift {
    pub(crate) fn new(gift: &PublicDonation, texts: Texts) -> Self {
        let name = gift.name.as_ref().map(|name| name.as_str().to_owned());
        Self {
            name: name.unwrap_or_else(|| texts.get("anonymous-donor")),
            amount: money(gift.amount),
            trees: (gift.trees > 0).then(|| texts.trees(gift.trees)),
            message: gift.message.as_ref().map(|message| message.as_str().to_owned()),
            date: day(gift.completed_at, texts.0),
            day: day(gift.completed_at, Language::En),
        }
    }

    /// In one line.
    pub(crate) fn line(&self, texts: Texts) -> String {
        let [name, amount] = [&self.name, &self.amount].map(|text| Arg::Text(text.clone()));
        texts.fill("latest-line", &[("name", name), ("amount", amount)])
    }
}

/// All of Kazakhstan has kept UTC+5 since 1 March 2024.
const KAZAKHSTAN: FixedOffset = FixedOffset::east_opt(5 * 3600).expect("five hours are less than a day");

/// The day in Kazakhstan, as the language writes it in digits.
pub(crate) fn day(at: Instant, language: Language) -> String {
    let pattern = match language {
        Language::Kk | Language::Ru => "%d.%m.%Y",
        Language::En => "%Y-%m-%d",
    };
    at.with_timezone(&KAZAKHSTAN).format(pattern).to_string()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    #[test]
    fn a_day_is_kazakhstans() {
        let late = DateTime::from_timestamp(1_790_017_200, 0).unwrap();
        assert_eq!(late.to_rfc3339(), "2026-09-21T19:00:00+00:00");
        assert_eq!(day(late, Language::En), "2026-09-22");
        assert_eq!(day(late, Language::Kk), "22.09.2026");
    }
}
