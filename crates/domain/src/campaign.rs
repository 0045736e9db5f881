//! What is collected for.

use crate::{CampaignPicture, Instant, LineText, Localised, Paragraphs, Tenge};

/// A campaign's short name in addresses: 1–64 of `a-z`, `0-9` and `-`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CampaignSlug(String);

impl CampaignSlug {
    /// The slug of this exact text; `None` if it has any other character or length.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (1..=64).contains(&text.len());
        let plain = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        (fits && plain).then(|| Self(text.to_owned()))
    }

    /// The slug's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One thing that donors give for, at a price a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// Its name in addresses and in the API.
    pub slug: CampaignSlug,
    /// Its place among the others, smallest first; of equal ones the slug decides.
    pub position: u32,
    /// Its title. A certificate has to be able to show it.
    pub title: Localised<LineText<200>>,
    /// What it is about, in paragraphs; may be empty.
    pub text: Localised<Paragraphs<4_000>>,
    /// What it looks like.
    pub picture: Option<CampaignPicture>,
    /// What one tree costs; never 0 ₸.
    pub price_per_tree: Tenge,
    /// What is to be raised; never 0 ₸. It closes nothing: what is given beyond it plants trees too.
    pub goal: Option<Tenge>,
    /// Amounts to offer.
    pub presets: Vec<Tenge>,
    /// From when on donations are taken; `None`: from ever.
    pub starts_at: Option<Instant>,
    /// From when on no more are taken, later than the start; `None`: never.
    pub ends_at: Option<Instant>,
    /// Whether it is not public yet: nobody sees it, and nothing can be given for it. One that was ever given for is none.
    pub draft: bool,
    /// Counts its changes, so that of two at once the second is told to look again.
    pub version: i64,
}

/// Whether a campaign takes donations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CampaignState {
    /// Not yet.
    Upcoming,
    /// Now.
    Open,
    /// No longer.
    Closed,
}

impl CampaignState {
    /// The word that the API shows.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Upcoming => "upcoming",
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }
}

/// How much is given and how many trees that is, under the price that stood when it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gift {
    /// The money.
    pub amount: Tenge,
    /// The trees it pays for.
    pub trees: u32,
    /// The price of a tree at that time.
    pub price_per_tree: Tenge,
}

/// Why an amount and a number of trees make no gift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GiftError {
    /// Neither of the two was given.
    #[error("neither an amount nor a number of trees")]
    Empty,
    /// Both were given, and trees × price is not the amount.
    #[error("the trees cost {expected}, not the amount given")]
    Disagree {
        /// trees × price.
        expected: Tenge,
    },
    /// More than can be counted.
    #[error("too much to count")]
    TooMuch,
}

impl Campaign {
    /// Whether donations are taken at this instant. The start is within, the end is not.
    pub fn state_at(&self, now: Instant) -> CampaignState {
        if self.ends_at.is_some_and(|end| end <= now) {
            CampaignState::Closed
        } else if self.starts_at.is_some_and(|start| start > now) {
            CampaignState::Upcoming
        } else {
            CampaignState::Open
        }
    }

    /// The gift for an amount, a number of trees, or both, which then must agree exactly. An amount alone buys as many
    /// whole trees as it pays for; the rest of it is given too.
    ///
    /// # Errors
    /// [`GiftError`].
    pub fn gift(&self, amount: Option<Tenge>, trees: Option<u32>) -> Result<Gift, GiftError> {
        let cost = |trees| self.price_per_tree.checked_mul(trees).ok_or(GiftError::TooMuch);
        let (amount, trees) = match (amount, trees) {
            (None, None) => return Err(GiftError::Empty),
            (None, Some(trees)) => (cost(trees)?, trees),
            (Some(amount), None) => (amount, trees_of(amount, self.price_per_tree)?),
            (Some(amount), Some(trees)) if cost(trees)? == amount => (amount, trees),
            (Some(_), Some(trees)) => return Err(GiftError::Disagree { expected: cost(trees)? }),
        };
        Ok(Gift { amount, trees, price_per_tree: self.price_per_tree })
    }
}

impl Gift {
    /// The trees that are still paid for once `refunded` has been given back.
    pub fn trees_after_refund(&self, refunded: Tenge) -> u32 {
        if refunded.is_zero() {
            return self.trees;
        }
        let left = trees_of(self.amount.saturating_sub(refunded), self.price_per_tree).unwrap_or(self.trees);
        left.min(self.trees)
    }
}

fn trees_of(amount: Tenge, price: Tenge) -> Result<u32, GiftError> {
    u32::try_from(amount.whole_units(price)).map_err(|_| GiftError::TooMuch)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    fn trees() -> Campaign {
        Campaign {
            slug: CampaignSlug::parse("trees").unwrap(),
            position: 0,
            title: Localised::all(LineText::parse("Trees").unwrap()),
            text: Localised::all(Paragraphs::parse("").unwrap()),
            picture: None,
            price_per_tree: Tenge::new(500),
            goal: None,
            presets: Vec::new(),
            starts_at: None,
            ends_at: None,
            draft: false,
            version: 0,
        }
    }

    #[test]
    fn trees_alone_set_the_amount_and_an_amount_alone_sets_the_trees() {
        let by_trees = trees().gift(None, Some(10)).unwrap();
        assert_eq!((by_trees.amount, by_trees.trees), (Tenge::new(5000), 10));
        let by_amount = trees().gift(Some(Tenge::new(1499)), None).unwrap();
        assert_eq!((by_amount.amount, by_amount.trees), (Tenge::new(1499), 2));
    }

    #[test]
    fn both_must_agree_exactly() {
        assert!(trees().gift(Some(Tenge::new(5000)), Some(10)).is_ok());
        let off = trees().gift(Some(Tenge::new(5001)), Some(10));
        assert_eq!(off, Err(GiftError::Disagree { expected: Tenge::new(5000) }));
        assert_eq!(trees().gift(None, None), Err(GiftError::Empty));
    }

    #[test]
    fn a_refund_takes_the_trees_it_no_longer_pays_for() {
        let gift = trees().gift(Some(Tenge::new(5000)), None).unwrap();
        assert_eq!(gift.trees_after_refund(Tenge::ZERO), 10);
        assert_eq!(gift.trees_after_refund(Tenge::new(1)), 9);
        assert_eq!(gift.trees_after_refund(Tenge::new(5000)), 0);
    }

    #[test]
    fn a_campaign_is_open_from_its_start_until_its_end() {
        let at = |seconds| DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap();
        let of = |start: Option<i64>, end: Option<i64>| Campaign {
            starts_at: start.map(at),
            ends_at: end.map(at),
            ..trees()
        };
        let rows = [
            (None, None, CampaignState::Open),
            (Some(1), None, CampaignState::Upcoming),
            (Some(0), None, CampaignState::Open),
            (None, Some(1), CampaignState::Open),
            (None, Some(0), CampaignState::Closed),
            (Some(-1), Some(1), CampaignState::Open),
            (Some(1), Some(2), CampaignState::Upcoming),
            (Some(-2), Some(-1), CampaignState::Closed),
        ];
        for (start, end, state) in rows {
            assert_eq!(of(start, end).state_at(at(0)), state, "{start:?} {end:?}");
        }
    }

    #[test]
    fn slugs_are_plain() {
        for text in ["", "Trees", "a b", "дерево", &"a".repeat(65)] {
            assert_eq!(CampaignSlug::parse(text), None, "{text}");
        }
    }
}
