//! The price that people have donated at stays.

use std::future::IntoFuture as _;

use futures_util::future::{join, join_all};
use serde_json::json;

use super::admin_campaigns::{birch, create, donate, managed, patch, with};
use crate::support::App;

on_both_databases!(
    the_price_can_change_until_the_first_donation,
    donations_made_while_the_price_changes_agree_with_the_price_that_stands,
);

async fn the_price_can_change_until_the_first_donation(app: App) {
    let admin = app.admin().await;
    create(&app, &admin, &birch()).await.expect(201);
    assert_eq!(patch(&app, &admin, "birch", &json!({"price_per_tree": 800})).await.expect(200)["price_per_tree"], 800);
    let donation = donate(&app, "birch", 2).await.expect(201);
    assert_eq!(donation["amount"], 1600);
    // Not even if it is never paid.
    app.post(&format!("/api/guest-donations/{}/cancel", donation["id"].as_str().unwrap())).await.expect(200);
    for body in [json!({"price_per_tree": 900}), json!({"price_per_tree": 900, "goal": 7, "version": 1})] {
        patch(&app, &admin, "birch", &body).await.problem(409, "price_fixed");
    }
    let kept = managed(&app, &admin, "birch").await;
    assert_eq!((&kept["price_per_tree"], &kept["goal"], &kept["version"]), (&json!(800), &json!(2_000_000), &json!(1)));
    // The same price is no change, and all else can change.
    let changed = patch(&app, &admin, "birch", &json!({"price_per_tree": 800, "goal": 7})).await.expect(200);
    assert_eq!((&changed["goal"], &changed["donated_under"]), (&json!(7), &json!(true)));
}

/// On two servers that share nothing but the database. Each donation has the price that the campaign has afterwards, and its trees and
/// amount agree with it; if the change was made, it was made before the first of them.
async fn donations_made_while_the_price_changes_agree_with_the_price_that_stands(app: App) {
    let (admin, other) = (app.admin().await, app.another());
    for round in 0..6_usize {
        let slug = format!("birch-{round}");
        create(&app, &admin, &with(birch(), "slug", json!(slug))).await.expect(201);
        let calls = (0..30_usize).map(|n| donate(if n % 2 == 0 { &app } else { &other }, &slug, 3).into_future());
        let mut calls: Vec<_> = calls.collect();
        let after = calls.split_off(round * 2);
        let change = patch(&other, &admin, &slug, &json!({"price_per_tree": 900})).into_future();
        let (before, (changed, after)) = join(join_all(calls), join(change, join_all(after))).await;

        let stands = managed(&app, &admin, &slug).await;
        let price = if changed.status == 200 { 900 } else { 700 };
        if price == 700 {
            changed.problem(409, "price_fixed");
        }
        assert_eq!((&stands["price_per_tree"], &stands["donated_under"]), (&json!(price), &json!(true)));
        for answer in before.iter().chain(&after) {
            let donation = answer.expect(201);
            assert_eq!((&donation["trees"], &donation["amount"]), (&json!(3), &json!(3 * price)), "round {round}");
            let kept = app.kept(donation["id"].as_str().unwrap()).await;
            assert_eq!(kept.gift.price_per_tree.get(), price);
        }
    }
}
