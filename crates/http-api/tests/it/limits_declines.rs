//! Payments that failed, and what they cost whoever tries the next one.

use application::forget_old_payers;
use chrono::TimeDelta;
use domain::OrderId;
use domain::Tenge;
use serde_json::json;

use crate::support::{Answer, App, Setup, webhook};

limited_on_both_databases!(
    declines_make_an_address_wait_ever_longer,
    declines_make_an_email_address_wait_wherever_it_comes_from,
    declines_make_a_donation_wait_though_it_was_cancelled,
    payments_that_are_taken_make_up_for_those_that_were_declined,
    every_server_knows_of_declines_and_so_does_the_next_start,
    a_copy_of_a_decline_counts_once,
    who_it_was_is_not_kept_in_the_clear_and_forgotten_after_a_week,
);

set_up_on_both_databases!(declines_all_over_make_the_whole_site_wait_for_a_while);

/// A donation of this e-mail address.
async fn made(app: &App, email: &str) -> String {
    let body = json!({"amount": 5000, "donor_name": "Иван", "donor_email": email});
    // From somewhere else each time: here only payments are counted.
    let from = format!("2001:db8:{:x}::1", email.len() * 7 + usize::from(email.as_bytes()[0]));
    app.clock.advance(TimeDelta::seconds(7));
    let call = app.post("/api/guest-donations").header("x-forwarded-for", &from).json(&body);
    call.await.expect(201)["id"].as_str().unwrap().to_owned()
}

async fn pay(app: &App, id: &str, from: &str) -> Answer {
    app.pay(id).header("x-forwarded-for", from).await
}

async fn begun(app: &App, email: &str, from: &str) -> (String, OrderId) {
    let id = made(app, email).await;
    let order = pay(app, &id, from).await.expect(200)["order_id"].as_str().unwrap().to_owned();
    (id, OrderId::new(order))
}

/// The gateway says that a card was declined.
async fn declined(app: &App, (id, order): &(String, OrderId), number: u32) {
    let payment = format!("pay_{number}_of_{order}");
    let body = webhook::declined(id, order.as_str(), (&payment, "DECLINED_BY_ISSUER"));
    app.ioka(&body).await.expect(200);
}

/// A payment of this address fails.
async fn fails(app: &App, email: &str, from: &str) {
    let payment = begun(app, email, from).await;
    declined(app, &payment, 1).await;
}

#[track_caller]
fn wait(answer: &Answer) -> i64 {
    let problem = answer.problem(429, "rate_limited");
    assert!(!problem.to_string().to_lowercase().contains("declin"), "{problem}");
    answer.header("retry-after").unwrap().parse().unwrap()
}

const OFFICE: &str = "203.0.113.5";

async fn declines_make_an_address_wait_ever_longer(app: App) {
    for number in 0..5 {
        fails(&app, &format!("{number}@example.com"), OFFICE).await;
    }
    for minutes in [1, 2, 4, 8] {
        let id = made(&app, &format!("{minutes}-later@example.com")).await;
        let seconds = wait(&pay(&app, &id, OFFICE).await);
        assert_eq!(seconds, minutes * 60, "told in whole minutes");
        // Making the donation took seven seconds of it.
        app.clock.advance(TimeDelta::seconds(seconds - 7));
        let order = pay(&app, &id, OFFICE).await.expect(200)["order_id"].as_str().unwrap().to_owned();
        declined(&app, &(id, OrderId::new(order)), 1).await;
    }
    // Somebody else goes on, and after an hour all is forgiven.
    begun(&app, "other@example.com", "203.0.113.6").await;
    app.clock.advance(TimeDelta::minutes(61));
    begun(&app, "again@example.com", OFFICE).await;
}

async fn declines_make_an_email_address_wait_wherever_it_comes_from(app: App) {
    for number in 0..5 {
        fails(&app, "Ivan@example.com", &format!("203.0.113.{number}")).await;
    }
    let id = made(&app, "ivan@EXAMPLE.com").await;
    assert_eq!(wait(&pay(&app, &id, "203.0.113.99").await), 60);
    begun(&app, "maria@example.com", "203.0.113.99").await;
}

async fn declines_make_a_donation_wait_though_it_was_cancelled(app: App) {
    let payment = begun(&app, "ivan@example.com", OFFICE).await;
    app.post(&format!("/api/guest-donations/{}/cancel", payment.0)).await.expect(200);
    for number in 0..5 {
        declined(&app, &payment, number).await;
    }
    assert_eq!(wait(&pay(&app, &payment.0, "203.0.113.99").await), 60);
}

async fn payments_that_are_taken_make_up_for_those_that_were_declined(app: App) {
    for number in 0..12 {
        let (id, order) = begun(&app, &format!("{number}@example.com"), OFFICE).await;
        if number % 2 == 0 {
            app.gateway.pay(&order, Tenge::new(5000)).unwrap();
            app.ioka(&webhook::captured(&id, order.as_str(), 5000)).await.expect(200);
        } else {
            declined(&app, &(id, order), 1).await;
        }
    }
    begun(&app, "next@example.com", OFFICE).await;
}

async fn every_server_knows_of_declines_and_so_does_the_next_start(app: App) {
    for number in 0..5 {
        fails(&app, &format!("{number}@example.com"), OFFICE).await;
    }
    let id = made(&app, "next@example.com").await;
    let another = app.another();
    assert_eq!(wait(&pay(&another, &id, OFFICE).await), 60);
    assert_eq!(wait(&pay(&app.restarted(), &id, OFFICE).await), 60);
}

async fn a_copy_of_a_decline_counts_once(app: App) {
    let payment = begun(&app, "ivan@example.com", OFFICE).await;
    for _ in 0..9 {
        declined(&app, &payment, 1).await;
    }
    pay(&app, &payment.0, OFFICE).await.expect(200);
}

async fn declines_all_over_make_the_whole_site_wait_for_a_while(setup: Setup) {
    let setup = setup.with("RATE_LIMIT_ENABLED", "true").with("TRUSTED_PROXIES", "127.0.0.1");
    let app = setup.with("DECLINES_PER_SITE", "8").start();
    for number in 0..8 {
        fails(&app, &format!("{number}@example.com"), &format!("203.0.113.{number}")).await;
    }
    let id = made(&app, "next@example.com").await;
    let seconds = wait(&pay(&app, &id, "203.0.113.99").await);
    assert_eq!(seconds, 60);
    app.clock.advance(TimeDelta::seconds(seconds));
    pay(&app, &id, "203.0.113.99").await.expect(200);
}

async fn who_it_was_is_not_kept_in_the_clear_and_forgotten_after_a_week(app: App) {
    fails(&app, "ivan@example.com", OFFICE).await;
    assert!(!app.everything_kept().contains(OFFICE));
    app.clock.advance(TimeDelta::days(6));
    assert_eq!(forget_old_payers(&app.house()).await, Ok(0));
    app.clock.advance(TimeDelta::days(1));
    assert_eq!(forget_old_payers(&app.house()).await, Ok(2));
}
