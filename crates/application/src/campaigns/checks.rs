//! What a campaign must be like, beyond what its types say already.

use domain::{Campaign, Instant, Language, LineText, Localised, Tenge};

use super::{CampaignFault, WrongField};
use crate::House;

/// More than any honest form offers.
const MOST_PRESETS: usize = 12;

/// Every certificate bears the title, in the donor's language.
pub(super) fn title(house: &House, title: &Localised<LineText<200>>) -> Vec<CampaignFault> {
    let fault = |language: Language| {
        let characters = house.renderer.unprintable(title.get(language).as_str());
        let field = match language {
            Language::Kk => "title.kk",
            Language::Ru => "title.ru",
            Language::En => "title.en",
        };
        (!characters.is_empty()).then_some(CampaignFault { field, why: WrongField::Unprintable(characters) })
    };
    Language::ALL.into_iter().filter_map(fault).collect()
}

/// At a higher price nobody could ever give a whole tree.
pub(super) fn price(house: &House, price: Tenge) -> Option<CampaignFault> {
    let (min, max) = (1, house.settings.limits.max.get());
    let fits = (min..=max).contains(&price.get());
    (!fits).then_some(CampaignFault { field: "price_per_tree", why: WrongField::OutOfRange { min, max } })
}

/// What is offered must be possible.
pub(super) fn presets(house: &House, presets: &[Tenge]) -> Option<CampaignFault> {
    let limits = house.settings.limits;
    let fault = |why| Some(CampaignFault { field: "presets", why });
    if presets.len() > MOST_PRESETS {
        return fault(WrongField::TooMany { max: MOST_PRESETS });
    }
    if presets.iter().all(|amount| (limits.min..=limits.max).contains(amount)) {
        return None;
    }
    fault(WrongField::OutOfRange { min: limits.min.get(), max: limits.max.get() })
}

/// The end is later than the start.
pub(super) fn times(starts_at: Option<Instant>, ends_at: Option<Instant>) -> Option<CampaignFault> {
    let wrong = starts_at.zip(ends_at).is_some_and(|(start, end)| end <= start);
    wrong.then_some(CampaignFault { field: "ends_at", why: WrongField::NotAfterStart })
}

/// The dates are those of the campaign as it will be.
pub(super) fn times_of(campaign: &Campaign) -> Option<CampaignFault> {
    times(campaign.starts_at, campaign.ends_at)
}
