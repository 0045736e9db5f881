//! `GET /api/campaigns`, `GET /api/campaigns/{slug}`, `GET /api/stats`: what they look like.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{App, Setup};

on_both_databases!(
    the_campaigns_that_come_with_the_program_are_listed,
    one_campaign_is_shown_with_its_latest_donations,
    an_unknown_campaign_is_not_found,
    a_donation_names_its_campaign_or_goes_to_the_first,
    head_and_other_methods_are_answered_as_everywhere,
    the_sites_pages_may_ask,
);

async fn the_campaigns_that_come_with_the_program_are_listed(app: App) {
    let list = app.get("/api/campaigns").await.expect(200);
    assert_eq!(list["next_cursor"], Value::Null);
    let items = list["items"].as_array().unwrap();
    let slugs: Vec<_> = items.iter().map(|campaign| campaign["slug"].as_str().unwrap()).collect();
    assert_eq!(slugs, ["trees", "saxaul"]);
    for item in items {
        let whole = item.as_object().unwrap();
        let mut names: Vec<_> = whole.keys().map(String::as_str).collect();
        names.sort_unstable();
        let expected = [
            "currency",
            "donors",
            "ends_at",
            "goal",
            "picture",
            "presets",
            "price_per_tree",
            "raised",
            "slug",
            "starts_at",
            "state",
            "text",
            "title",
            "trees",
        ];
        assert_eq!(names, expected);
        assert_eq!((&item["currency"], &item["state"]), (&json!("KZT"), &json!("open")));
        assert_eq!((&item["raised"], &item["trees"], &item["donors"]), (&json!(0), &json!(0), &json!(0)));
        for language in ["kk", "ru", "en"] {
            for text in [&item["title"], &item["text"], &item["picture"]["url"], &item["picture"]["alt"]] {
                assert!(!text[language].as_str().unwrap().is_empty(), "{item}");
            }
            assert!(item["text"][language].as_str().unwrap().contains("\n\n"), "the text has paragraphs: {item}");
        }
    }
    let trees = &items[0];
    assert_eq!((&trees["price_per_tree"], &trees["title"]["en"]), (&json!(500), &json!("Planting trees")));
    assert_eq!(trees["presets"], app.get("/api/config").await.expect(200)["presets"]);
}

async fn one_campaign_is_shown_with_its_latest_donations(app: App) {
    let listed = app.get("/api/campaigns").await.expect(200)["items"][1].clone();
    let mut expected = listed.clone();
    expected["latest"] = json!([]);
    assert_eq!(app.get("/api/campaigns/saxaul").await.expect(200), expected);
    let stats = app.get("/api/stats").await.expect(200);
    assert_eq!(stats, json!({"raised": 0, "trees": 0, "donors": 0, "donations": 0, "currency": "KZT"}));
}

async fn an_unknown_campaign_is_not_found(app: App) {
    let too_long = "a".repeat(65);
    for slug in ["forest", "Trees", "trees%00", "%D0%B6", "..%2Ftrees", "'", &too_long] {
        app.get(&format!("/api/campaigns/{slug}")).await.problem(404, "not_found");
    }
}

async fn a_donation_names_its_campaign_or_goes_to_the_first(app: App) {
    let donate = |campaign: Option<&str>| {
        let body = json!({
            "trees": 10, "campaign": campaign, "donor_name": "Ким", "donor_email": "kim@example.com", "language": "kk",
        });
        app.post("/api/guest-donations").json(&body)
    };
    let donation = donate(None).await.expect(201);
    assert_eq!((&donation["campaign"], &donation["amount"]), (&json!("trees"), &json!(5_000)));
    let donation = donate(Some("saxaul")).await.expect(201);
    assert_eq!((&donation["campaign"], &donation["amount"]), (&json!("saxaul"), &json!(3_000)));
    let kept = app.kept(donation["id"].as_str().unwrap()).await;
    assert_eq!(kept.campaign_title.as_str(), "Аралға сексеуіл");
    let config = app.get("/api/config").await.expect(200);
    let saxaul = &config["campaigns"][1];
    assert_eq!((&saxaul["slug"], &saxaul["price_per_tree"]), (&json!("saxaul"), &json!(300)));
    assert_eq!((&saxaul["state"], &saxaul["presets"][0]), (&json!("open"), &json!(900)));
}

async fn head_and_other_methods_are_answered_as_everywhere(app: App) {
    for path in ["/api/campaigns", "/api/campaigns/trees", "/api/stats"] {
        let (head, get) = (app.call(Method::HEAD, path).await, app.get(path).await);
        assert_eq!((head.status, get.status), (200, 200), "{path}");
        assert_eq!(get.header("cache-control"), Some("no-store"), "{path}");
        let refused = app.post(path).await;
        refused.problem(405, "method_not_allowed");
        assert_eq!(refused.header("allow"), Some("GET, HEAD"), "{path}");
    }
}

async fn the_sites_pages_may_ask(app: App) {
    for path in ["/api/campaigns", "/api/campaigns/trees", "/api/stats"] {
        let answer = app.get(path).header("origin", "https://charity.test").await;
        assert_eq!(answer.header("access-control-allow-origin"), Some("https://charity.test"), "{path}");
        let answer = app.get(path).header("origin", "https://evil.test").await;
        assert_eq!(answer.header("access-control-allow-origin"), None, "{path}");
    }
}

set_up_on_both_databases!(only_amounts_that_can_be_given_are_offered);

async fn only_amounts_that_can_be_given_are_offered(setup: Setup) {
    let app = setup.with("DONATION_MIN", "2500").with("DONATION_MAX", "10000").start();
    let trees = app.get("/api/campaigns/trees").await.expect(200);
    assert_eq!(trees["presets"], json!([2_500, 5_000, 10_000]));
}
