//! Changing and closing a campaign. One transaction each; it writes only over the version that was read.

use chrono::TimeDelta;
use domain::donation::Cause;
use domain::ports::{KeptCampaign, SaveCampaign};
use domain::{Campaign, CampaignSlug, CampaignState, Instant, LineText, Localised, Paragraphs, Picture, Tenge};

use super::{CampaignError, CampaignFault, ManagedCampaign, WrongField, checks};
use crate::House;
use crate::save::ROUNDS;

/// What is to be changed; what is `None` stays. Of two options the outer one says whether, the inner one to what.
#[derive(Debug, Clone, Default)]
pub struct CampaignPatch {
    /// The title, in all languages.
    pub title: Option<Localised<LineText<200>>>,
    /// The text, in all languages.
    pub text: Option<Localised<Paragraphs<4_000>>>,
    /// What is on the picture, in all languages.
    pub picture_alt: Option<Localised<LineText<300>>>,
    /// What one tree costs; only until the first donation.
    pub price_per_tree: Option<Tenge>,
    /// What is to be raised.
    pub goal: Option<Option<Tenge>>,
    /// Amounts to offer.
    pub presets: Option<Vec<Tenge>>,
    /// From when on donations are taken.
    pub starts_at: Option<Option<Instant>>,
    /// From when on no more are; a later one, or none, opens a closed campaign again.
    pub ends_at: Option<Option<Instant>>,
    /// Its place among the others.
    pub position: Option<u32>,
    /// Whether it is not public yet; `true` only until the first donation.
    pub draft: Option<bool>,
}

/// Changes a campaign. With `expected`, only if it is of that version; without it, whatever it is.
///
/// # Errors
/// [`CampaignError`]; then nothing was changed.
pub async fn change_campaign(
    house: &House,
    slug: &CampaignSlug,
    patch: CampaignPatch,
    expected: Option<i64>,
    cause: &Cause,
) -> Result<ManagedCampaign, CampaignError> {
    let edit = |kept: &KeptCampaign| patched(house, kept, &patch).map(|campaign| (campaign, Vec::new()));
    edit_and_save(house, (slug, expected), edit, ("campaign.changed", cause)).await
}

/// Ends a campaign now. One that is over stays as it is.
///
/// # Errors
/// [`CampaignError`]; then nothing was changed.
pub async fn close_campaign(
    house: &House,
    slug: &CampaignSlug,
    cause: &Cause,
) -> Result<ManagedCampaign, CampaignError> {
    let edit = |kept: &KeptCampaign| {
        let (mut campaign, now) = (kept.campaign.clone(), house.clock.now());
        match campaign.state_at(now) {
            CampaignState::Upcoming => return Err(CampaignError::NotBegun),
            CampaignState::Closed => {}
            CampaignState::Open => {
                // One that begins at this very instant is open for the shortest time that there is.
                let least = campaign.starts_at.map(|start| start + TimeDelta::microseconds(1));
                campaign.ends_at = Some(least.map_or(now, |least| least.max(now)));
            }
        }
        Ok((campaign, Vec::new()))
    };
    edit_and_save(house, (slug, None), edit, ("campaign.closed", cause)).await
}

/// Reads the campaign, edits it, and keeps it; from the beginning if it changed meanwhile and the caller expects no version.
pub(super) async fn edit_and_save(
    house: &House,
    (slug, expected): (&CampaignSlug, Option<i64>),
    edit: impl Fn(&KeptCampaign) -> Result<(Campaign, Vec<Picture>), CampaignError>,
    (what, cause): (&'static str, &Cause),
) -> Result<ManagedCampaign, CampaignError> {
    for _ in 0..ROUNDS {
        let kept = house.campaigns.find_any(slug).await?.ok_or(CampaignError::NotFound)?;
        if expected.is_some_and(|version| version != kept.campaign.version) {
            return Err(CampaignError::Changed);
        }
        let (mut campaign, pictures) = edit(&kept)?;
        if campaign == kept.campaign {
            return managed(house, kept).await;
        }
        campaign.version += 1;
        match house.campaigns.update(&campaign, &pictures).await? {
            SaveCampaign::Saved => {
                let (actor, version) = (cause.actor.word(), campaign.version);
                tracing::info!(
                    { campaign.slug = slug.as_str(), campaign.version = version, actor = actor,
                      request_id = cause.request_id },
                    "{what}"
                );
                return managed(house, KeptCampaign { campaign, ..kept }).await;
            }
            // The first donation came in between: the next round knows of it, and says what it forbids.
            SaveCampaign::DonatedUnder => {}
            SaveCampaign::Conflict if expected.is_some() => return Err(CampaignError::Changed),
            SaveCampaign::Conflict => {}
        }
    }
    Err(CampaignError::Changed)
}

async fn managed(house: &House, kept: KeptCampaign) -> Result<ManagedCampaign, CampaignError> {
    let progress = house.campaigns.progress_of(&kept.campaign.slug, house.gateway.mode()).await?;
    Ok(ManagedCampaign::new(house, kept, progress))
}

/// The campaign as it is to be. Only what is to be changed is checked, but for what hangs together.
fn patched(house: &House, kept: &KeptCampaign, patch: &CampaignPatch) -> Result<Campaign, CampaignError> {
    let (mut next, mut faults) = (kept.campaign.clone(), Vec::new());
    if let Some(title) = &patch.title {
        faults.extend(checks::title(house, title));
        next.title = title.clone();
    }
    if let Some(text) = &patch.text {
        next.text = text.clone();
    }
    match (&patch.picture_alt, &mut next.picture) {
        (Some(alt), Some(picture)) => picture.alt = alt.clone(),
        (Some(_), None) => faults.push(CampaignFault { field: "picture_alt", why: WrongField::NoPicture }),
        (None, _) => {}
    }
    if let Some(price) = patch.price_per_tree {
        faults.extend(checks::price(house, price));
        next.price_per_tree = price;
    }
    if let Some(presets) = &patch.presets {
        faults.extend(checks::presets(house, presets));
        next.presets = presets.clone();
    }
    next.goal = patch.goal.unwrap_or(next.goal);
    next.starts_at = patch.starts_at.unwrap_or(next.starts_at);
    next.ends_at = patch.ends_at.unwrap_or(next.ends_at);
    next.position = patch.position.unwrap_or(next.position);
    next.draft = patch.draft.unwrap_or(next.draft);
    faults.extend(checks::times_of(&next));
    if next.draft && kept.donated_under {
        faults.push(CampaignFault { field: "draft", why: WrongField::DonatedUnder });
    }
    if !faults.is_empty() {
        return Err(CampaignError::Invalid(faults));
    }
    if kept.donated_under && next.price_per_tree != kept.campaign.price_per_tree {
        return Err(CampaignError::PriceFixed);
    }
    Ok(next)
}
