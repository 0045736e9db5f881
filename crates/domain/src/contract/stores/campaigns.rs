//! Campaigns and their pictures.

use futures_util::future::join_all;

use super::Stores;
use super::samples::{at, campaign, text};
use crate::ports::InsertCampaign;
use crate::{Campaign, CampaignPicture, CampaignSlug, Localised, Paragraphs, Picture, PictureKind, PictureName, Tenge};

fn slug(text: &str) -> CampaignSlug {
    CampaignSlug::parse(text).expect("a sample is a slug")
}

/// A picture that is named after its one byte.
fn picture(byte: u8) -> Picture {
    let name = PictureName::parse(&format!("{byte:032x}")).expect("a sample is a name");
    Picture { name, kind: PictureKind::Webp, bytes: vec![byte, 0, 0xff] }
}

/// One with everything that a campaign can have.
fn full() -> (Campaign, Vec<Picture>) {
    let pictures = vec![picture(1), picture(2), picture(1)];
    let (one, other) = (pictures[0].name.clone(), pictures[1].name.clone());
    let campaign = Campaign {
        position: u32::MAX,
        title: Localised { kk: text("Сексеуіл"), ru: text("Саксаул"), en: text("Saxaul") },
        text: Localised {
            kk: Paragraphs::parse("Арал.\n\nТұз.").expect("a sample is a text"),
            ru: Paragraphs::parse(&"ж".repeat(4_000)).expect("a sample is a text"),
            en: Paragraphs::parse("").expect("a sample is a text"),
        },
        picture: Some(CampaignPicture {
            name: Localised { kk: one.clone(), ru: other, en: one },
            alt: Localised { kk: text("Шөл"), ru: text(&"ы".repeat(300)), en: text("A desert") },
        }),
        goal: Some(Tenge::new(2_000_000)),
        presets: [700, 1_400, 7_000].map(Tenge::new).into(),
        starts_at: Some(at(0)),
        ends_at: Some(at(1)),
        version: 3,
        ..campaign("saxaul")
    };
    (campaign, pictures)
}

/// Whether it has everything or only what it must have; one that was never kept is not found.
pub async fn a_campaign_is_found_as_it_was_kept(stores: Stores<'_>) {
    let (full, pictures) = full();
    let plain = campaign("trees");
    for (campaign, pictures) in [(&full, &pictures[..]), (&plain, &[])] {
        let kept = stores.campaigns.insert_if_absent(campaign, pictures).await;
        assert_eq!(kept, Ok(InsertCampaign::Inserted));
        assert_eq!(stores.campaigns.find(&campaign.slug).await, Ok(Some(campaign.clone())));
    }
    assert_eq!(stores.campaigns.find(&slug("tree")).await, Ok(None));
}

/// Whatever the other says.
pub async fn a_campaign_that_is_there_is_left_alone(stores: Stores<'_>) {
    let (first, pictures) = full();
    stores.campaigns.insert_if_absent(&first, &pictures).await.unwrap();
    let other = Campaign { slug: first.slug.clone(), ..campaign("trees") };
    let kept = stores.campaigns.insert_if_absent(&other, &[picture(3)]).await;
    assert_eq!(kept, Ok(InsertCampaign::AlreadyThere));
    assert_eq!(stores.campaigns.list().await, Ok(vec![first.clone()]));
    assert_eq!(stores.campaigns.picture(&first.slug, &picture(3).name).await, Ok(None));
}

/// The others are told that it is there.
pub async fn of_twenty_that_keep_a_campaign_at_once_one_does(stores: Stores<'_>) {
    let candidates: Vec<_> = (0..20).map(|position| Campaign { position, ..campaign("trees") }).collect();
    let pictures = [picture(1)];
    let keep = |candidate| stores.campaigns.insert_if_absent(candidate, &pictures);
    let kept = join_all(candidates.iter().map(keep)).await;
    let winners: Vec<_> =
        candidates.iter().zip(kept).filter(|(_, kept)| *kept.as_ref().unwrap() == InsertCampaign::Inserted).collect();
    assert_eq!(winners.len(), 1);
    assert_eq!(stores.campaigns.list().await, Ok(vec![winners[0].0.clone()]));
}

/// Those at the same place by their slugs, byte for byte.
pub async fn campaigns_are_listed_by_their_place(stores: Stores<'_>) {
    assert_eq!(stores.campaigns.list().await, Ok(Vec::new()));
    for (text, position) in [("c", 2), ("a-z", 1), ("ab", 1), ("z", 0)] {
        let campaign = Campaign { position, ..campaign(text) };
        stores.campaigns.insert_if_absent(&campaign, &[]).await.unwrap();
    }
    let listed = stores.campaigns.list().await.unwrap();
    let slugs: Vec<_> = listed.iter().map(|campaign| campaign.slug.as_str()).collect();
    assert_eq!(slugs, ["z", "a-z", "ab", "c"]);
}

/// Byte for byte, and of this campaign alone.
pub async fn a_picture_is_found_by_its_name(stores: Stores<'_>) {
    let (full, pictures) = full();
    stores.campaigns.insert_if_absent(&full, &pictures).await.unwrap();
    stores.campaigns.insert_if_absent(&campaign("trees"), &[]).await.unwrap();
    for picture in &pictures {
        assert_eq!(stores.campaigns.picture(&full.slug, &picture.name).await, Ok(Some(picture.clone())));
        assert_eq!(stores.campaigns.picture(&slug("trees"), &picture.name).await, Ok(None));
    }
    assert_eq!(stores.campaigns.picture(&full.slug, &picture(9).name).await, Ok(None));
    for kind in PictureKind::ALL {
        let (slug, picture) = (slug(&format!("{kind:?}").to_lowercase()), Picture { kind, ..picture(1) });
        let other = Campaign { slug: slug.clone(), ..full.clone() };
        stores.campaigns.insert_if_absent(&other, std::slice::from_ref(&picture)).await.unwrap();
        assert_eq!(stores.campaigns.picture(&slug, &picture.name).await, Ok(Some(picture)));
    }
}
