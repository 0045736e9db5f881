//! Campaigns that are changed, drafts, and donations that are made meanwhile.

use futures_util::future::{join_all, join3};

use super::Stores;
use super::samples::{at, campaign, created, donation, kept, text};
use crate::ports::{GatewayMode, InsertCampaign, InsertDonation, KeptCampaign, SaveCampaign};
use crate::{Campaign, CampaignPicture, CampaignSlug, Donation, Localised, Picture, PictureKind, PictureName, Tenge};

fn picture(byte: u8) -> Picture {
    let name = PictureName::parse(&format!("{byte:032x}")).expect("a sample is a name");
    Picture { name, kind: PictureKind::Png, bytes: vec![byte] }
}

async fn with_campaign(stores: Stores<'_>, campaign: &Campaign) {
    let inserted = stores.campaigns.insert_if_absent(campaign, &[]).await;
    assert_eq!(inserted, Ok(InsertCampaign::Inserted));
}

async fn any(stores: Stores<'_>, slug: &CampaignSlug) -> KeptCampaign {
    stores.campaigns.find_any(slug).await.unwrap().expect("the campaign has been kept")
}

/// The sample's donation at this price.
fn at_price(number: u128, price: u32) -> Donation {
    let mut record = donation(number).into_record();
    record.gift.price_per_tree = Tenge::new(price);
    Donation::restore(record)
}

fn showing(pictures: [&Picture; 3]) -> Option<CampaignPicture> {
    let [kk, ru, en] = pictures.map(|picture| picture.name.clone());
    Some(CampaignPicture { name: Localised { kk, ru, en }, alt: Localised::all(text("Дала")) })
}

/// Whole, with what it lost; of its pictures those that it names.
pub async fn a_changed_campaign_is_found_as_it_was_saved(stores: Stores<'_>) {
    let plain = campaign("trees");
    with_campaign(stores, &plain).await;
    let (one, two) = (picture(1), picture(2));
    let full = Campaign {
        position: 7,
        title: Localised { kk: text("Қайың"), ru: text("Берёза"), en: text("Birch") },
        picture: showing([&one, &two, &one]),
        price_per_tree: Tenge::new(700),
        goal: Some(Tenge::new(1_000)),
        presets: vec![Tenge::new(700)],
        starts_at: Some(at(0)),
        ends_at: Some(at(1)),
        version: 1,
        ..plain.clone()
    };
    let pictures = [one.clone(), two.clone()];
    assert_eq!(stores.campaigns.update(&full, &pictures).await, Ok(SaveCampaign::Saved));
    assert_eq!(any(stores, &full.slug).await, KeptCampaign { campaign: full.clone(), donated_under: false });
    assert_eq!(stores.campaigns.find(&full.slug).await, Ok(Some(full.clone())));
    assert_eq!(stores.campaigns.picture(&full.slug, &two.name).await, Ok(Some(two.clone())));

    // The one picture that stays need not be brought again.
    let fewer = Campaign { picture: showing([&one, &one, &one]), version: 2, ..full };
    assert_eq!(stores.campaigns.update(&fewer, &[]).await, Ok(SaveCampaign::Saved));
    assert_eq!(stores.campaigns.picture(&fewer.slug, &one.name).await, Ok(Some(one.clone())));
    assert_eq!(stores.campaigns.picture(&fewer.slug, &two.name).await, Ok(None));

    let bare = Campaign { version: 3, ..plain };
    assert_eq!(stores.campaigns.update(&bare, &[]).await, Ok(SaveCampaign::Saved));
    assert_eq!(any(stores, &bare.slug).await.campaign, bare);
    assert_eq!(stores.campaigns.picture(&bare.slug, &one.name).await, Ok(None));
}

/// Then nothing of it is kept, nor of its pictures; nor of one that was never kept.
pub async fn a_change_of_another_version_of_a_campaign_is_a_conflict(stores: Stores<'_>) {
    let first = campaign("trees");
    with_campaign(stores, &first).await;
    for (slug, version) in [("trees", 0), ("trees", 2), ("forest", 1)] {
        let change =
            Campaign { version, goal: Some(Tenge::new(1)), picture: showing([&picture(1); 3]), ..campaign(slug) };
        assert_eq!(stores.campaigns.update(&change, &[picture(1)]).await, Ok(SaveCampaign::Conflict));
    }
    assert_eq!(stores.campaigns.list().await, Ok(vec![first.clone()]));
    assert_eq!(stores.campaigns.picture(&first.slug, &picture(1).name).await, Ok(None));
}

/// The others are told that it has changed.
pub async fn of_twenty_changes_of_a_campaign_at_once_one_is_kept(stores: Stores<'_>) {
    with_campaign(stores, &campaign("trees")).await;
    let changes: Vec<_> = (1..=20).map(|position| Campaign { position, version: 1, ..campaign("trees") }).collect();
    let saves = join_all(changes.iter().map(|change| stores.campaigns.update(change, &[]))).await;
    let winners: Vec<_> =
        changes.iter().zip(saves).filter(|(_, save)| *save.as_ref().unwrap() == SaveCampaign::Saved).collect();
    assert_eq!(winners.len(), 1);
    assert_eq!(any(stores, &changes[0].slug).await.campaign, *winners[0].0);
}

/// By those who look after campaigns, and nobody else, until it is public.
pub async fn a_draft_is_found_by_no_others(stores: Stores<'_>) {
    let draft = Campaign { draft: true, position: 1, ..campaign("birch") };
    for campaign in [&campaign("trees"), &draft] {
        with_campaign(stores, campaign).await;
    }
    assert_eq!(stores.campaigns.find(&draft.slug).await, Ok(None));
    assert_eq!(stores.campaigns.list().await, Ok(vec![campaign("trees")]));
    let all = stores.campaigns.list_all().await.unwrap();
    let all: Vec<_> = all.iter().map(|kept| (&kept.campaign, kept.donated_under)).collect();
    assert_eq!(all, [(&campaign("trees"), false), (&draft, false)]);
    assert_eq!(stores.campaigns.progress(GatewayMode::Real).await.map(|all| all.len()), Ok(0));

    let public = Campaign { draft: false, version: 1, ..draft };
    assert_eq!(stores.campaigns.update(&public, &[]).await, Ok(SaveCampaign::Saved));
    assert_eq!(stores.campaigns.find(&public.slug).await, Ok(Some(public)));
}

/// Whatever becomes of the donation. Everything else can change.
pub async fn once_a_donation_was_made_the_price_stays(stores: Stores<'_>) {
    let first = campaign("trees");
    with_campaign(stores, &first).await;
    kept(stores, donation(1)).await;
    assert_eq!(any(stores, &first.slug).await, KeptCampaign { campaign: first.clone(), donated_under: true });

    let dearer = Campaign { price_per_tree: Tenge::new(501), version: 1, ..first.clone() };
    assert_eq!(stores.campaigns.update(&dearer, &[]).await, Ok(SaveCampaign::DonatedUnder));
    let draft = Campaign { draft: true, version: 1, ..first.clone() };
    assert_eq!(stores.campaigns.update(&draft, &[]).await, Ok(SaveCampaign::DonatedUnder));
    assert_eq!(stores.campaigns.find(&first.slug).await, Ok(Some(first.clone())));

    let closed = Campaign { title: Localised::all(text("Ел")), ends_at: Some(at(5)), version: 1, ..first };
    assert_eq!(stores.campaigns.update(&closed, &[]).await, Ok(SaveCampaign::Saved));
    assert_eq!(any(stores, &closed.slug).await, KeptCampaign { campaign: closed, donated_under: true });
}

/// It is as if nobody had wanted to make it, so that the price can still change.
pub async fn a_donation_at_another_price_is_not_kept(stores: Stores<'_>) {
    let slug = campaign("trees").slug;
    with_campaign(stores, &campaign("trees")).await;
    let dear = at_price(1, 501);
    let inserted = stores.donations.insert(&dear, &created(&dear)).await;
    assert_eq!(inserted, Ok(InsertDonation::CampaignChanged));
    assert_eq!(stores.donations.find(dear.id).await, Ok(None));
    assert!(!any(stores, &slug).await.donated_under);

    let draft = Campaign { draft: true, version: 1, ..campaign("trees") };
    assert_eq!(stores.campaigns.update(&draft, &[]).await, Ok(SaveCampaign::Saved));
    let early = donation(2);
    let inserted = stores.donations.insert(&early, &created(&early)).await;
    assert_eq!(inserted, Ok(InsertDonation::CampaignChanged));
    assert_eq!(stores.donations.find(early.id).await, Ok(None));
    assert!(!any(stores, &slug).await.donated_under);
}

/// A campaign that comes after donations of its slug knows of them.
pub async fn a_campaign_knows_of_the_donations_before_it(stores: Stores<'_>) {
    kept(stores, at_price(1, 300)).await;
    with_campaign(stores, &campaign("trees")).await;
    with_campaign(stores, &campaign("birch")).await;
    let all = stores.campaigns.list_all().await.unwrap();
    let all: Vec<_> = all.iter().map(|kept| (kept.campaign.slug.as_str(), kept.donated_under)).collect();
    assert_eq!(all, [("birch", false), ("trees", true)]);
}

/// Thirty donations at the old price, thirty at the new one, and the change of the price, all at once: each donation that is kept has
/// the price that the campaign has in the end, and if the change was kept no donation was.
pub async fn donations_made_while_the_price_changes_have_the_price_that_stands(stores: Stores<'_>) {
    for round in 0..8_u128 {
        let slug = format!("round-{round}");
        let old = campaign(&slug);
        with_campaign(stores, &old).await;
        let new = Campaign { price_per_tree: Tenge::new(600), version: 1, ..old.clone() };
        let made = |number: u128, price| {
            let mut record = at_price(round * 100 + number, price).into_record();
            record.campaign = old.slug.clone();
            Donation::restore(record)
        };
        let donations: Vec<_> = (1..=60).map(|number| made(number, if number % 2 == 0 { 500 } else { 600 })).collect();
        let insert = |donation: &Donation| {
            let donation = donation.clone();
            async move { stores.donations.insert(&donation, &created(&donation)).await.unwrap() }
        };
        // Some before the change and some after it.
        let (before, after) = donations.split_at(usize::try_from(round * 2).unwrap_or_default());
        let (before, saved, after) = join3(
            join_all(before.iter().map(insert)),
            stores.campaigns.update(&new, &[]),
            join_all(after.iter().map(insert)),
        )
        .await;
        let outcomes: Vec<_> = before.into_iter().chain(after).collect();

        let stands = any(stores, &old.slug).await;
        let expected = if saved == Ok(SaveCampaign::Saved) { Tenge::new(600) } else { Tenge::new(500) };
        assert_eq!(stands.campaign.price_per_tree, expected, "round {round}: {saved:?}");
        for (donation, outcome) in donations.iter().zip(&outcomes) {
            let there = stores.donations.find(donation.id).await.unwrap().is_some();
            assert_eq!(there, *outcome == InsertDonation::Inserted);
            assert!(!there || donation.gift.price_per_tree == expected, "round {round}: {donation:?}");
        }
        assert_eq!(stands.donated_under, outcomes.contains(&InsertDonation::Inserted));
    }
}
