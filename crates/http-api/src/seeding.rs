//! The campaigns of the settings come into the database when a server starts.

use std::sync::Arc;
use std::time::Duration;

use application::{CampaignSeed, House, SeedCampaignsError, seed_campaigns};
use domain::ports::{StoreError, StoreHealth};

/// How often the server looks whether somebody has migrated the database meanwhile.
const EVERY: Duration = Duration::from_secs(2);

/// Keeps the campaigns that the database does not have: at once, or, where it has still to be migrated, as soon as it is.
///
/// # Errors
/// A message for the operator.
pub async fn seed(house: &House, health: &Arc<dyn StoreHealth>, seeds: &[CampaignSeed]) -> Result<(), String> {
    let pending = health.pending_migrations().await.map_err(|error| error.to_string())?;
    if pending.is_empty() {
        return keep(house, seeds).await.map_err(|error| error.to_string());
    }
    let (house, health, seeds) = (house.clone(), health.clone(), seeds.to_vec());
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(EVERY).await;
            if !health.pending_migrations().await.is_ok_and(|pending| pending.is_empty()) {
                continue;
            }
            match keep(&house, &seeds).await {
                Err(SeedCampaignsError::Store(StoreError::Unavailable(_))) => {}
                Ok(()) => break,
                Err(error) => {
                    tracing::error!(error = %error, "the campaigns could not be kept");
                    break;
                }
            }
        }
    });
    Ok(())
}

async fn keep(house: &House, seeds: &[CampaignSeed]) -> Result<(), SeedCampaignsError> {
    for slug in seed_campaigns(house, seeds).await? {
        tracing::info!(campaign.slug = slug.as_str(), "campaign.seeded");
    }
    Ok(())
}
