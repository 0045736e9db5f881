//! `GET /api/donations`: pages of the caller's own donations.

use serde_json::Value;

use crate::support::{App, Setup};

on_both_databases!(
    the_newest_come_first_and_only_the_callers_own,
    pages_follow_one_another_while_rows_are_added,
    donations_made_in_one_moment_are_each_listed_once,
    a_list_can_be_cut_down_to_a_status,
    without_a_limit_twenty_are_listed,
    a_query_that_cannot_be_used_is_refused,
    a_list_needs_a_token,
);

fn ids(page: &Value) -> Vec<String> {
    page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

async fn page(app: &App, token: &str, query: &str) -> Value {
    app.get(&format!("/api/donations{query}")).bearer(token).await.expect(200)
}

async fn the_newest_come_first_and_only_the_callers_own(app: App) {
    let (asem, oleg) = (app.register("asem@example.com").await, app.register("oleg@example.com").await);
    app.guest_donation().await;
    let mut made = Vec::new();
    for amount in [1000, 2000, 3000] {
        made.insert(0, app.donation_of(&asem, amount).await);
        app.donation_of(&oleg, amount).await;
    }
    let listed = page(&app, &asem.token, "").await;
    assert_eq!(ids(&listed), made);
    assert_eq!(listed["next_cursor"], Value::Null);
    assert_eq!(listed["items"][0]["donor_email"], "a***@example.com");
}

async fn pages_follow_one_another_while_rows_are_added(app: App) {
    let asem = app.register("asem@example.com").await;
    let mut made = Vec::new();
    for amount in 1000..1007 {
        made.insert(0, app.donation_of(&asem, amount).await);
    }
    let (mut seen, mut query) = (Vec::new(), "?limit=3".to_owned());
    loop {
        let listed = page(&app, &asem.token, &query).await;
        seen.extend(ids(&listed));
        app.donation_of(&asem, 9000).await;
        let Some(cursor) = listed["next_cursor"].as_str() else { break };
        query = format!("?limit=3&cursor={cursor}");
    }
    assert_eq!(seen, made);
}

async fn donations_made_in_one_moment_are_each_listed_once(app: App) {
    let asem = app.register("asem@example.com").await;
    let mut made = Vec::new();
    for _ in 0..5 {
        let call = app.post("/api/donations").bearer(&asem.token).json(&serde_json::json!({"amount": 1000}));
        made.push(call.await.expect(201)["id"].as_str().unwrap().to_owned());
    }
    let (mut seen, mut query) = (Vec::new(), "?limit=2".to_owned());
    loop {
        let listed = page(&app, &asem.token, &query).await;
        seen.extend(ids(&listed));
        let Some(cursor) = listed["next_cursor"].as_str() else { break };
        query = format!("?limit=2&cursor={cursor}");
    }
    seen.sort();
    made.sort();
    assert_eq!(seen, made);
}

async fn a_list_can_be_cut_down_to_a_status(app: App) {
    let asem = app.register("asem@example.com").await;
    let (one, other) = (app.donation_of(&asem, 1000).await, app.donation_of(&asem, 2000).await);
    app.post(&format!("/api/donations/{one}/cancel")).bearer(&asem.token).await.expect(200);
    assert_eq!(ids(&page(&app, &asem.token, "?status=cancelled").await), [one]);
    assert_eq!(ids(&page(&app, &asem.token, "?status=pending").await), [other]);
    assert!(ids(&page(&app, &asem.token, "?status=completed").await).is_empty());
}

async fn without_a_limit_twenty_are_listed(app: App) {
    let asem = app.register("asem@example.com").await;
    for amount in 0..21 {
        app.donation_of(&asem, 1000 + amount).await;
    }
    let listed = page(&app, &asem.token, "").await;
    assert_eq!(ids(&listed).len(), 20);
    assert!(listed["next_cursor"].is_string());
    assert_eq!(ids(&page(&app, &asem.token, "?limit=100").await).len(), 21);
    assert_eq!(ids(&page(&app, &asem.token, "?limit=1").await).len(), 1);
}

async fn a_query_that_cannot_be_used_is_refused(app: App) {
    let asem = app.register("asem@example.com").await;
    for (query, field) in [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=-1", "limit"),
        ("limit=1.0", "limit"),
        ("limit=", "limit"),
        ("limit=99999999999999999999", "limit"),
        ("limit=1&limit=2", "limit"),
        ("cursor=", "cursor"),
        ("cursor=x", "cursor"),
        ("cursor=%00", "cursor"),
        ("cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "cursor"),
        ("cursor=________________________________", "cursor"),
        ("status=", "status"),
        ("status=paid", "status"),
        ("status=Pending", "status"),
        ("status=%ff", "status"),
    ] {
        let answer = app.get(&format!("/api/donations?{query}")).bearer(&asem.token).await;
        let wrong = answer.wrong_fields();
        assert!(wrong.len() == 1 && wrong[0].starts_with(&format!("{field}: ")), "{query}: {wrong:?}");
    }
    let all = app.get("/api/donations?limit=0&cursor=x&status=paid").bearer(&asem.token).await.wrong_fields();
    assert_eq!(all.len(), 3, "{all:?}");
}

async fn a_list_needs_a_token(app: App) {
    app.get("/api/donations").await.problem(401, "unauthenticated");
}

set_up_on_both_databases!(a_cursor_that_no_page_gave_finds_nothing_and_harms_nothing);

async fn a_cursor_that_no_page_gave_finds_nothing_and_harms_nothing(setup: Setup) {
    let app = setup.start();
    let asem = app.register("asem@example.com").await;
    app.donation_of(&asem, 1000).await;
    // The beginning of time, before which there is nothing.
    let listed = page(&app, &asem.token, &format!("?cursor={}", "A".repeat(32))).await;
    assert!(ids(&listed).is_empty());
}
