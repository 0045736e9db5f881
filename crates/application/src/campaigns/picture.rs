//! A campaign's picture. One transaction each.

use domain::donation::Cause;
use domain::ports::KeptCampaign;
use domain::{CampaignPicture, CampaignSlug, LineText, Localised, Picture, PictureKind, PictureName};
use sha2::{Digest as _, Sha256};

use super::change::edit_and_save;
use super::{CampaignError, CampaignFault, ManagedCampaign, WrongField};
use crate::House;

/// The most bytes of one picture. The database refuses more, too.
pub const MOST_PICTURE_BYTES: usize = 1024 * 1024;

/// A picture to be shown, the same one in every language.
#[derive(Debug, Clone)]
pub struct NewPicture {
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// What is on it.
    pub alt: Localised<LineText<300>>,
}

/// A picture, named after its bytes; `None` if it is empty or too large.
pub fn named_picture(kind: PictureKind, bytes: Vec<u8>) -> Option<Picture> {
    let fits = (1..=MOST_PICTURE_BYTES).contains(&bytes.len());
    let digits = hex::encode(Sha256::digest(&bytes).iter().take(16).copied().collect::<Vec<_>>());
    PictureName::parse(&digits).filter(|_| fits).map(|name| Picture { name, kind, bytes })
}

/// Gives a campaign a picture, in the place of the one that it has. What it is is told by its bytes; SVG, which can carry scripts,
/// is not taken.
///
/// # Errors
/// [`CampaignError`]; then nothing was changed.
pub async fn set_picture(
    house: &House,
    slug: &CampaignSlug,
    new: NewPicture,
    expected: Option<i64>,
    cause: &Cause,
) -> Result<ManagedCampaign, CampaignError> {
    let picture = PictureKind::of_bytes(&new.bytes).and_then(|kind| named_picture(kind, new.bytes));
    let fault = CampaignFault { field: "picture", why: WrongField::NotAPicture };
    let picture = picture.ok_or_else(|| CampaignError::Invalid(vec![fault]))?;
    let edit = |kept: &KeptCampaign| {
        let mut campaign = kept.campaign.clone();
        campaign.picture = Some(CampaignPicture { name: Localised::all(picture.name.clone()), alt: new.alt.clone() });
        Ok((campaign, vec![picture.clone()]))
    };
    edit_and_save(house, (slug, expected), edit, ("campaign.changed", cause)).await
}

/// Takes a campaign's picture away. One that has none stays as it is.
///
/// # Errors
/// [`CampaignError`]; then nothing was changed.
pub async fn remove_picture(
    house: &House,
    slug: &CampaignSlug,
    expected: Option<i64>,
    cause: &Cause,
) -> Result<ManagedCampaign, CampaignError> {
    let edit = |kept: &KeptCampaign| Ok((domain::Campaign { picture: None, ..kept.campaign.clone() }, Vec::new()));
    edit_and_save(house, (slug, expected), edit, ("campaign.changed", cause)).await
}
