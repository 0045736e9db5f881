//! The charity's campaigns as its settings describe them come into the database, each once. One transaction a campaign; of
//! several servers that begin at once, one keeps it. What is in the database already is left alone, whatever the settings
//! say by now: it may have been changed there.

use domain::ports::{InsertCampaign, StoreError};
use domain::{Campaign, CampaignSlug, Language, Picture};

use crate::House;

/// A campaign to begin with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CampaignSeed {
    /// The campaign.
    pub campaign: Campaign,
    /// The pictures that it names.
    pub pictures: Vec<Picture>,
}

/// Why campaigns cannot be kept.
#[derive(Debug, thiserror::Error)]
pub enum SeedCampaignsError {
    /// Every certificate shows the campaign's title, and no certificate can show this one.
    #[error(
        "campaigns.{}.title.{}: no certificate can show {}", .slug.as_str(), .language.code(),
        .characters.iter().collect::<String>()
    )]
    Unprintable {
        /// Which campaign.
        slug: CampaignSlug,
        /// In which language.
        language: Language,
        /// The letters, each once.
        characters: Vec<char>,
    },
    /// The store failed; those before it may have been kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Keeps the campaigns that are not there yet, and says which.
///
/// # Errors
/// [`SeedCampaignsError`].
pub async fn seed_campaigns(house: &House, seeds: &[CampaignSeed]) -> Result<Vec<CampaignSlug>, SeedCampaignsError> {
    for CampaignSeed { campaign, .. } in seeds {
        for language in Language::ALL {
            let characters = house.renderer.unprintable(campaign.title.get(language).as_str());
            if !characters.is_empty() {
                return Err(SeedCampaignsError::Unprintable { slug: campaign.slug.clone(), language, characters });
            }
        }
    }
    let mut kept = Vec::new();
    for CampaignSeed { campaign, pictures } in seeds {
        if house.campaigns.insert_if_absent(campaign, pictures).await? == InsertCampaign::Inserted {
            kept.push(campaign.slug.clone());
        }
    }
    Ok(kept)
}
