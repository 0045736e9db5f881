//! The campaigns of the settings come into the database once.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use application::{House, seed_campaigns};
use diesel_store::{Store, StoreOptions};
use domain::ports::{CampaignStore, StoreHealth};
use futures_util::future::join_all;
use http_api::config::{ServerConfig, Sources, load};
use http_api::seeding::seed;
use serde_json::{Value, json};

use crate::support::{App, Setup};

on_both_databases!(
    what_is_there_is_left_alone_and_what_is_new_is_added,
    a_server_that_starts_again_changes_nothing,
    of_many_servers_that_start_at_once_each_campaign_is_kept_by_one,
    a_title_that_no_certificate_can_show_is_refused,
);

/// Longer than any step takes on the slowest machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Settings with this text in a file.
fn config(text: &str) -> ServerConfig {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("local.toml"), text).unwrap();
    load(&Sources { folder: Some(folder.path().to_owned()), ..Sources::default() }).unwrap()
}

fn campaign(slug: &str, title: &str) -> String {
    let titles = format!("{{ kk = \"{title}\", ru = \"{title}\", en = \"{title}\" }}");
    format!("[[campaigns]]\nslug = \"{slug}\"\nprice_per_tree = 900\ntitle = {titles}\n")
}

async fn listed(app: &App) -> Vec<Value> {
    app.get("/api/campaigns").await.expect(200)["items"].as_array().unwrap().clone()
}

fn names(slugs: &[domain::CampaignSlug]) -> Vec<&str> {
    slugs.iter().map(domain::CampaignSlug::as_str).collect()
}

async fn what_is_there_is_left_alone_and_what_is_new_is_added(app: App) {
    let before = listed(&app).await;
    let config = config(&(campaign("forest", "Forest") + &campaign("trees", "Another title")));
    let kept = seed_campaigns(&app.house(), &config.campaigns).await.unwrap();
    assert_eq!(names(&kept), ["forest"]);
    let after = listed(&app).await;
    let slugs: Vec<_> = after.iter().map(|campaign| campaign["slug"].as_str().unwrap()).collect();
    // By place, and at one place by slug.
    assert_eq!(slugs, ["forest", "trees", "saxaul"]);
    assert_eq!(after[1..], before[..]);
    assert_eq!((&after[0]["price_per_tree"], &after[0]["title"]["kk"]), (&json!(900), &json!("Forest")));
    assert_eq!(
        (&after[0]["picture"], &after[0]["goal"], &after[0]["text"]["ru"]),
        (&Value::Null, &Value::Null, &json!(""))
    );
    assert_eq!(seed_campaigns(&app.house(), &config.campaigns).await.unwrap(), []);
}

async fn a_server_that_starts_again_changes_nothing(app: App) {
    let before = listed(&app).await;
    let app = app.restarted();
    assert_eq!(listed(&app).await, before);
}

async fn of_many_servers_that_start_at_once_each_campaign_is_kept_by_one(app: App) {
    let texts: Vec<_> = (0..8).map(|number| campaign(&format!("new-{number}"), "New")).collect();
    let (config, house) = (config(&texts.concat()), app.house());
    let servers = join_all((0..6).map(|_| seed_campaigns(&house, &config.campaigns))).await;
    let mut kept: Vec<_> = servers.into_iter().flat_map(Result::unwrap).collect();
    kept.sort();
    assert_eq!(names(&kept), (0..8).map(|number| format!("new-{number}")).collect::<Vec<_>>());
    assert_eq!(listed(&app).await.len(), 10);
}

async fn a_title_that_no_certificate_can_show_is_refused(app: App) {
    let config = config(&(campaign("forest", "Forest") + &campaign("grove", "Grove 🌳")));
    let refused = seed_campaigns(&app.house(), &config.campaigns).await.unwrap_err().to_string();
    assert_eq!(refused, "campaigns.grove.title.kk: no certificate can show 🌳");
    assert_eq!(listed(&app).await.len(), 2, "nothing of them is kept");
}

/// A server may start before somebody has migrated its database; this one is a file beside another server's.
#[tokio::test]
async fn a_database_that_is_migrated_later_gets_its_campaigns_then() {
    let app = Setup::sqlite().await.start();
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("later.db").display());
    let store = Store::open(&StoreOptions { url: url.into(), pool_size: 1, wait: PATIENCE }).await.unwrap();
    let (kept, health) = (Arc::new(store.clone()), Arc::new(store.clone()) as Arc<dyn StoreHealth>);
    let house = House { campaigns: kept, ..app.house() };
    seed(&house, &health, &load(&Sources::default()).unwrap().campaigns).await.unwrap();
    assert!(CampaignStore::list(&store).await.is_err(), "there is no table yet");
    store.migrate().await.unwrap();
    let seeded = async {
        let mut ticks = tokio::time::interval(Duration::from_millis(50));
        while CampaignStore::list(&store).await.unwrap().len() < 2 {
            ticks.tick().await;
        }
    };
    tokio::time::timeout(PATIENCE, seeded).await.unwrap();
}
