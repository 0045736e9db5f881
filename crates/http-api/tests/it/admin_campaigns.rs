//! `/api/admin/campaigns`: campaigns are made, changed and closed.

use std::future::IntoFuture as _;

use chrono::TimeDelta;
use domain::Role;
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, App, Call, Session};

on_both_databases!(
    a_campaign_is_made_seen_and_given_for,
    campaigns_are_listed_with_drafts_and_what_was_given,
    a_draft_is_seen_by_nobody_else_until_it_is_public,
    a_preview_is_what_everybody_would_see,
    one_that_was_changed_meanwhile_is_not_changed,
    of_ten_changes_of_one_version_at_once_one_is_made,
    a_campaign_is_closed_once_and_can_be_opened_again,
    one_that_has_not_begun_is_not_closed,
    closing_renaming_and_translating_change_no_donation_and_no_certificate,
    what_the_settings_say_does_not_come_back,
    it_is_on_record,
);

pub fn birch() -> Value {
    json!({
        "slug": "birch", "title": {"kk": "Қайың", "ru": "Берёза", "en": "Birch"}, "price_per_tree": 700,
        "text": {"kk": "Бір.\n\nЕкі.", "ru": "Раз.\n\nДва.", "en": "One.\n\nTwo."},
        "goal": 2_000_000, "presets": [700, 7000], "starts_at": null, "ends_at": null,
    })
}

pub fn with(mut body: Value, name: &str, value: Value) -> Value {
    body[name] = value;
    body
}

pub fn create(app: &App, admin: &Session, body: &Value) -> Call {
    app.post("/api/admin/campaigns").bearer(&admin.token).json(body)
}

pub fn patch(app: &App, admin: &Session, slug: &str, body: &Value) -> Call {
    app.call(Method::PATCH, &format!("/api/admin/campaigns/{slug}")).bearer(&admin.token).json(body)
}

async fn close(app: &App, admin: &Session, slug: &str) -> Answer {
    app.post(&format!("/api/admin/campaigns/{slug}/close")).bearer(&admin.token).await
}

pub async fn managed(app: &App, admin: &Session, slug: &str) -> Value {
    app.get(&format!("/api/admin/campaigns/{slug}")).bearer(&admin.token).await.expect(200)
}

pub fn donate(app: &App, slug: &str, trees: u32) -> Call {
    let body = json!({"trees": trees, "campaign": slug, "donor_name": "Ким", "donor_email": "kim@example.com", "language": "en"});
    app.post("/api/guest-donations").json(&body)
}

async fn a_campaign_is_made_seen_and_given_for(app: App) {
    let admin = app.admin().await;
    let answer = create(&app, &admin, &birch()).await;
    let made = answer.expect(201);
    assert_eq!(answer.header("location"), Some("/api/admin/campaigns/birch"));
    assert_eq!(answer.header("etag"), Some("\"0\""));
    let expected = json!({
        "slug": "birch", "title": {"kk": "Қайың", "ru": "Берёза", "en": "Birch"}, "price_per_tree": 700, "currency": "KZT",
        "text": {"kk": "Бір.\n\nЕкі.", "ru": "Раз.\n\nДва.", "en": "One.\n\nTwo."}, "picture": null,
        "goal": 2_000_000, "presets": [700, 7000], "starts_at": null, "ends_at": null, "position": 2, "draft": false,
        "state": "open", "donated_under": false, "raised": 0, "trees": 0, "donors": 0, "donations": 0, "version": 0,
    });
    assert_eq!(made, expected);
    assert_eq!(managed(&app, &admin, "birch").await, expected);
    let public = app.get("/api/campaigns/birch").await.expect(200);
    assert_eq!((&public["title"]["kk"], &public["price_per_tree"]), (&json!("Қайың"), &json!(700)));
    let donation = donate(&app, "birch", 3).await.expect(201);
    assert_eq!((&donation["amount"], &donation["campaign"]), (&json!(2100), &json!("birch")));
    assert_eq!(managed(&app, &admin, "birch").await["donated_under"], true);

    create(&app, &admin, &birch()).await.problem(409, "slug_taken");
    create(&app, &admin, &with(birch(), "slug", json!("trees"))).await.problem(409, "slug_taken");
    // No more than must be there.
    let least = json!({"slug": "oak", "title": birch()["title"], "price_per_tree": 1});
    let made = create(&app, &admin, &least).await.expect(201);
    let presets = app.get("/api/config").await.expect(200)["presets"].clone();
    assert_eq!((&made["presets"], &made["position"], &made["text"]["ru"]), (&presets, &json!(3), &json!("")));
}

async fn campaigns_are_listed_with_drafts_and_what_was_given(app: App) {
    let admin = app.admin().await;
    app.completed().await;
    create(&app, &admin, &with(with(birch(), "draft", json!(true)), "position", json!(0))).await.expect(201);
    let list = app.get("/api/admin/campaigns").bearer(&admin.token).await.expect(200);
    assert_eq!(list["next_cursor"], Value::Null);
    let items = list["items"].as_array().unwrap();
    let seen: Vec<_> = items
        .iter()
        .map(|item| json!([item["slug"], item["draft"], item["donated_under"], item["raised"], item["trees"]]))
        .collect();
    let expected = [
        json!(["birch", true, false, 0, 0]),
        json!(["trees", false, true, 5000, 10]),
        json!(["saxaul", false, false, 0, 0]),
    ];
    assert_eq!(seen, expected);
    let viewer = app.operator(5, Role::Viewer).await;
    assert_eq!(app.get("/api/admin/campaigns").bearer(&viewer.token).await.expect(200), list);
}

async fn a_draft_is_seen_by_nobody_else_until_it_is_public(app: App) {
    let admin = app.admin().await;
    let title = json!({"kk": "Дзельква", "ru": "Дзельква", "en": "Дзельква"});
    let draft = with(with(with(birch(), "slug", json!("zelkova")), "title", title), "draft", json!(true));
    let draft = with(draft, "position", json!(0));
    assert_eq!(create(&app, &admin, &draft).await.expect(201)["draft"], true);
    app.get("/api/campaigns/zelkova").await.problem(404, "not_found");
    for path in ["/api/campaigns", "/api/config", "/", "/campaigns", "/widget.js", "/api/stats"] {
        let text = app.get(path).header("accept", "*/*").await.text();
        assert!(!text.contains("zelkova") && !text.contains("Дзельква"), "{path}");
    }
    assert_eq!(app.get("/campaigns/zelkova").header("accept", "text/html").await.status, 404);
    assert_eq!(donate(&app, "zelkova", 1).await.wrong_fields(), ["campaign: unknown_campaign"]);
    let default = json!({"trees": 1, "donor_name": "Ким", "donor_email": "kim@example.com"});
    let donation = app.post("/api/guest-donations").json(&default).await.expect(201);
    assert_eq!(donation["campaign"], "trees", "though the draft stands before it");

    assert_eq!(patch(&app, &admin, "zelkova", &json!({"draft": false})).await.expect(200)["draft"], false);
    app.get("/api/campaigns/zelkova").await.expect(200);
    // As long as nobody has given for it, it can be a draft again; not after that.
    patch(&app, &admin, "zelkova", &json!({"draft": true})).await.expect(200);
    patch(&app, &admin, "zelkova", &json!({"draft": false})).await.expect(200);
    donate(&app, "zelkova", 1).await.expect(201);
    let refused = patch(&app, &admin, "zelkova", &json!({"draft": true})).await;
    assert_eq!(refused.wrong_fields(), ["draft: donated_under"]);
    app.get("/api/campaigns/zelkova").await.expect(200);
}

async fn a_preview_is_what_everybody_would_see(app: App) {
    let admin = app.admin().await;
    create(&app, &admin, &with(birch(), "draft", json!(true))).await.expect(201);
    let preview = |query: &str| app.get(&format!("/api/admin/campaigns/birch/preview{query}")).bearer(&admin.token);
    let mut seen = preview("?lang=kk").await.expect(200);
    let page = seen.as_object_mut().unwrap().remove("page").unwrap();
    let expected = json!({
        "language": "kk", "title": "Қайың", "paragraphs": ["Бір.", "Екі."], "picture_url": null, "picture_alt": null,
    });
    assert_eq!(page, expected);
    patch(&app, &admin, "birch", &json!({"draft": false})).await.expect(200);
    assert_eq!(app.get("/api/campaigns/birch").await.expect(200), seen);
    assert_eq!(preview("").header("accept-language", "en").await.expect(200)["page"]["title"], "Birch");
    assert_eq!(preview("").await.expect(200)["page"]["title"], "Берёза");
    assert_eq!(preview("?lang=de").await.wrong_fields(), ["lang: unknown_language"]);
    for slug in ["oak", "Birch", "a%20b"] {
        app.get(&format!("/api/admin/campaigns/{slug}/preview")).bearer(&admin.token).await.problem(404, "not_found");
    }
}

async fn one_that_was_changed_meanwhile_is_not_changed(app: App) {
    let admin = app.admin().await;
    create(&app, &admin, &birch()).await.expect(201);
    let goal = |goal: u32| json!({"goal": goal});
    let answer = patch(&app, &admin, "birch", &with(goal(1), "version", json!(0))).await;
    assert_eq!((&answer.expect(200)["version"], answer.header("etag")), (&json!(1), Some("\"1\"")));
    patch(&app, &admin, "birch", &with(goal(2), "version", json!(0))).await.problem(409, "changed_meanwhile");
    patch(&app, &admin, "birch", &goal(2)).header("if-match", "\"0\"").await.problem(409, "changed_meanwhile");
    assert_eq!(managed(&app, &admin, "birch").await["goal"], 1);
    patch(&app, &admin, "birch", &goal(3)).header("if-match", "\"1\"").await.expect(200);
    patch(&app, &admin, "birch", &goal(4)).header("if-match", "*").await.expect(200);
    assert_eq!(patch(&app, &admin, "birch", &goal(5)).await.expect(200)["version"], 4);
    for wrong in ["1", "W/\"4\"", "\"x\"", "\"-1\"", "\"4\", \"5\""] {
        let refused = patch(&app, &admin, "birch", &goal(6)).header("if-match", wrong).await;
        assert_eq!(refused.wrong_fields(), ["If-Match: invalid_version"], "{wrong}");
    }
    let both = patch(&app, &admin, "birch", &with(goal(6), "version", json!(4))).header("if-match", "\"3\"").await;
    assert_eq!(both.wrong_fields(), ["version: invalid_version"]);
    // Nothing to change is no change.
    assert_eq!(patch(&app, &admin, "birch", &goal(5)).await.expect(200)["version"], 4);
    assert_eq!(patch(&app, &admin, "birch", &json!({})).await.expect(200)["version"], 4);
}

async fn of_ten_changes_of_one_version_at_once_one_is_made(app: App) {
    let admin = app.admin().await;
    create(&app, &admin, &birch()).await.expect(201);
    let other = app.another();
    let changes = (1..=10_u32).map(|goal| {
        let body = json!({"goal": goal, "version": 0});
        patch(if goal % 2 == 0 { &app } else { &other }, &admin, "birch", &body).into_future()
    });
    let answers = join_all(changes).await;
    let made: Vec<_> = answers.iter().filter(|answer| answer.status == 200).collect();
    assert_eq!(made.len(), 1);
    for refused in answers.iter().filter(|answer| answer.status != 200) {
        refused.problem(409, "changed_meanwhile");
    }
    assert_eq!(managed(&app, &admin, "birch").await, made[0].expect(200));
}

async fn a_campaign_is_closed_once_and_can_be_opened_again(app: App) {
    let admin = app.admin().await;
    create(&app, &admin, &birch()).await.expect(201);
    app.clock.advance(TimeDelta::minutes(5));
    let closed = close(&app, &admin, "birch").await.expect(200);
    assert_eq!((&closed["state"], &closed["version"]), (&json!("closed"), &json!(1)));
    assert_eq!(donate(&app, "birch", 1).await.wrong_fields(), ["campaign: campaign_closed"]);
    app.clock.advance(TimeDelta::minutes(5));
    assert_eq!(close(&app, &admin, "birch").await.expect(200), closed, "it stays as it was closed");

    let opened = patch(&app, &admin, "birch", &json!({"ends_at": null})).await.expect(200);
    assert_eq!((&opened["state"], &opened["ends_at"]), (&json!("open"), &Value::Null));
    donate(&app, "birch", 1).await.expect(201);
    patch(&app, &admin, "birch", &json!({"ends_at": "2020-01-01T00:00:00+05:00"})).await.expect(200);
    assert_eq!(app.get("/api/campaigns/birch").await.expect(200)["state"], "closed");
    close(&app, &admin, "oak").await.problem(404, "not_found");
}

async fn one_that_has_not_begun_is_not_closed(app: App) {
    let admin = app.admin().await;
    create(&app, &admin, &with(birch(), "starts_at", json!("2100-01-01T00:00:00Z"))).await.expect(201);
    close(&app, &admin, "birch").await.problem(409, "campaign_not_started");
    assert_eq!(managed(&app, &admin, "birch").await["state"], "upcoming");
    // One that begins at this very instant is open, and closed a microsecond later.
    let now = domain::ports::Clock::now(app.clock.as_ref());
    patch(&app, &admin, "birch", &json!({"starts_at": now.to_rfc3339()})).await.expect(200);
    close(&app, &admin, "birch").await.expect(200);
    app.clock.advance(TimeDelta::microseconds(1));
    assert_eq!(managed(&app, &admin, "birch").await["state"], "closed");
}

async fn closing_renaming_and_translating_change_no_donation_and_no_certificate(app: App) {
    let admin = app.admin().await;
    let (paid, _) = app.completed().await;
    let waiting = donate(&app, "trees", 4).await.expect(201)["id"].as_str().unwrap().to_owned();
    let number = "TREE-2026-000001";
    let seen = async || {
        let certificate = app.get(&format!("/api/certificates/{number}")).await.expect(200);
        let pdf = app.get(&format!("/api/guest-donations/{paid}/certificate")).await.body;
        (app.kept(&paid).await, app.kept(&waiting).await, certificate, pdf)
    };
    let before = seen().await;
    let change = json!({
        "title": {"kk": "Орман", "ru": "Лес", "en": "Forest"}, "text": {"kk": "a", "ru": "b", "en": "c"},
        "goal": 5, "presets": [1000], "position": 9, "starts_at": "2020-01-01T00:00:00Z",
    });
    patch(&app, &admin, "trees", &change).await.expect(200);
    close(&app, &admin, "trees").await.expect(200);
    let after = seen().await;
    assert_eq!((&before.0, &before.1), (&after.0, &after.1));
    assert_eq!((&before.2, before.3 == after.3), (&after.2, true));
    assert_eq!(after.1.campaign_title.as_str(), "Planting trees");
    assert_eq!((after.0.gift.price_per_tree.get(), after.0.gift.trees), (500, 10));
    // Who was in time can pay, and gets the certificate that was promised.
    app.pay(&waiting).await.expect(200);
    let public = app.get("/api/campaigns/trees").await.expect(200);
    assert_eq!(
        (&public["title"]["ru"], &public["raised"], &public["trees"]),
        (&json!("Лес"), &json!(5000), &json!(10))
    );
}

async fn what_the_settings_say_does_not_come_back(app: App) {
    let admin = app.admin().await;
    patch(&app, &admin, "trees", &json!({"price_per_tree": 650, "draft": true})).await.expect(200);
    let app = app.restarted();
    let kept = managed(&app, &admin, "trees").await;
    assert_eq!((&kept["price_per_tree"], &kept["draft"], &kept["version"]), (&json!(650), &json!(true), &json!(1)));
    app.get("/api/campaigns/trees").await.problem(404, "not_found");
}

async fn it_is_on_record(app: App) {
    let admin = app.admin().await;
    create(&app, &admin, &birch()).await.expect(201);
    patch(&app, &admin, "birch", &json!({"price_per_tree": 800})).await.expect(200);
    close(&app, &admin, "birch").await.expect(200);
    let record = app.get("/api/admin/audit").bearer(&admin.token).await.expect(200);
    let mut seen: Vec<_> = record["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| json!([entry["action"], entry["target"], entry["outcome"]]))
        .collect();
    seen.retain(|entry| entry[0].as_str().unwrap().starts_with("campaign."));
    let expected = [
        json!(["campaign.change", "birch", "done"]),
        json!(["campaign.change", "birch", "begun"]),
        json!(["campaign.change", "birch", "done"]),
        json!(["campaign.change", "birch", "begun"]),
        json!(["campaign.create", "birch", "done"]),
        json!(["campaign.create", null, "begun"]),
    ];
    assert_eq!(seen.len(), expected.len());
    assert!(expected.iter().all(|entry| seen.contains(entry)), "{seen:?}");
}
