//! A donation and a change of the price at the same instant, each in the middle of its transaction: whoever comes second waits for the
//! first, and then sees what it did. On SQLite one transaction writes at a time, so that there is no middle.

use std::time::Duration;

use diesel_store::testing::TestDatabase;
use domain::ports::{CampaignStore as _, DonationStore as _, InsertDonation, SaveCampaign};
use domain::{Campaign, CampaignSlug, Donation, DonationId, Tenge};
use uuid::Uuid;

use crate::raw::Raw;
use crate::seed;

/// A campaign that nobody has given for, and a way into its database past the store.
async fn prepared(database: &TestDatabase) -> (Campaign, Raw) {
    seed::fill(database.store()).await;
    let trees = CampaignSlug::parse("trees").unwrap();
    let trees = database.store().find_any(&trees).await.unwrap().unwrap().campaign;
    let birch = Campaign { slug: CampaignSlug::parse("birch").unwrap(), picture: None, ..trees };
    database.store().insert_if_absent(&birch, &[]).await.unwrap();
    (birch, Raw::of(database))
}

/// Until somebody waits for a row that another transaction holds.
async fn somebody_waits(watch: &mut Raw) {
    let mut ticks = tokio::time::interval(Duration::from_millis(5));
    let waiting = "SELECT 'waits' AS line FROM pg_stat_activity
        WHERE wait_event_type = 'Lock' AND datname = current_database()";
    let waited = async {
        while watch.lines(waiting).is_empty() {
            ticks.tick().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), waited).await.expect("somebody waits");
}

#[tokio::test]
async fn the_price_waits_for_a_donation_that_is_being_made() {
    let database = TestDatabase::postgres().await;
    let (birch, mut raw) = prepared(&database).await;
    raw.execute("CREATE TEMPORARY TABLE one AS SELECT * FROM donations LIMIT 1").unwrap();
    raw.execute("UPDATE one SET id = gen_random_uuid(), campaign = 'birch'").unwrap();
    raw.execute("BEGIN").unwrap();
    raw.execute("INSERT INTO donations SELECT * FROM one").unwrap();

    let dearer = Campaign { price_per_tree: Tenge::new(600), version: birch.version + 1, ..birch.clone() };
    let store = database.store().clone();
    let change = tokio::spawn(async move { store.update(&dearer, &[]).await });
    somebody_waits(&mut Raw::of(&database)).await;
    raw.execute("COMMIT").unwrap();
    assert_eq!(change.await.unwrap(), Ok(SaveCampaign::DonatedUnder));
    let kept = database.store().find_any(&birch.slug).await.unwrap().unwrap();
    assert_eq!((kept.campaign, kept.donated_under), (birch, true));
}

#[tokio::test]
async fn a_donation_waits_for_the_price_that_is_being_changed() {
    let database = TestDatabase::postgres().await;
    let (birch, mut raw) = prepared(&database).await;
    let old = seed::pending(database.store(), 77).await;
    let mut record = old.into_record();
    (record.id, record.campaign) = (DonationId(Uuid::from_u128(78)), birch.slug.clone());
    let donation = Donation::restore(record);
    raw.execute("BEGIN").unwrap();
    raw.execute("UPDATE campaigns SET price_per_tree = 600, version = version + 1 WHERE slug = 'birch'").unwrap();

    let (store, made) = (database.store().clone(), donation.clone());
    let insert = tokio::spawn(async move { store.insert(&made, &seed::created(&made)).await });
    somebody_waits(&mut Raw::of(&database)).await;
    raw.execute("COMMIT").unwrap();
    assert_eq!(insert.await.unwrap(), Ok(InsertDonation::CampaignChanged));
    assert_eq!(database.store().find_any(&birch.slug).await.unwrap().map(|kept| kept.donated_under), Some(false));
}
