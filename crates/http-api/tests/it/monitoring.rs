//! What whoever watches over the server is told in numbers.

use chrono::TimeDelta;
use fake_gateway::{Behaviour, Call as GatewayCall};
use reqwest::Method;

use crate::support::{App, Setup, webhook};

fn watched(setup: Setup) -> App {
    setup.with("METRICS_ADDR", "127.0.0.1:0").start()
}

/// The value of the line that begins with the metric's name and has all these labels, in whatever order.
#[track_caller]
fn value(text: &str, name: &str, labels: &[(&str, &str)]) -> f64 {
    let fits = |line: &&str| {
        let Some(rest) = line.strip_prefix(name) else { return false };
        let ends = rest.starts_with('{') || rest.starts_with(' ');
        ends && labels.iter().all(|(label, value)| rest.contains(&format!("{label}=\"{value}\"")))
    };
    let lines: Vec<&str> = text.lines().filter(fits).collect();
    let [line] = lines[..] else { panic!("{name} {labels:?} stands there {} times: {text}", lines.len()) };
    line.rsplit_once(' ').unwrap().1.parse().unwrap()
}

set_up_on_both_databases!(a_donations_way_shows_in_numbers);

async fn a_donations_way_shows_in_numbers(setup: Setup) {
    let app = watched(setup);
    let (id, order) = app.awaiting().await;
    app.clock.advance(TimeDelta::seconds(20));
    let captured = webhook::captured(&id, order.as_str(), 5000);
    assert_eq!(app.ioka(&captured).await.expect(200)["outcome"], "applied");
    assert_eq!(app.ioka(&captured).await.expect(200)["outcome"], "duplicate");
    app.ioka(&captured).header("x-signature", "0").await.problem(401, "invalid_signature");

    let text = app.metrics().await;
    let step = |step, actor| {
        value(&text, "donations_payment_steps_total", &[("step", step), ("actor", actor), ("mode", "real")])
    };
    assert_eq!((step("donation.created", "guest"), step("order.created", "guest")), (1.0, 1.0));
    assert_eq!((step("payment.captured", "gateway"), step("payment.captured", "system")), (1.0, 0.0));
    assert_eq!(value(&text, "donations_creation_to_order_seconds_count", &[("mode", "real")]), 1.0);
    assert_eq!(value(&text, "donations_order_to_completed_seconds_sum", &[("mode", "real")]), 20.0);
    let delivery = |dialect, outcome| {
        value(&text, "donations_webhook_deliveries_total", &[("dialect", dialect), ("outcome", outcome)])
    };
    assert_eq!((delivery("ioka", "applied"), delivery("ioka", "duplicate")), (1.0, 1.0));
    assert_eq!((delivery("ioka", "unmatched"), delivery("none", "invalid_signature")), (0.0, 1.0));
    let kept = |state| value(&text, "donations_by_state", &[("state", state), ("mode", "real")]);
    assert_eq!((kept("completed"), kept("pending")), (1.0, 0.0));
    // The thanks and its certificate wait for the worker, which this server has none of.
    assert_eq!(value(&text, "donations_jobs_queued", &[]), 1.0);
    assert_eq!(value(&text, "donations_database_up", &[]), 1.0);
}

set_up_on_both_databases!(what_waits_for_a_person_shows_in_numbers);

async fn what_waits_for_a_person_shows_in_numbers(setup: Setup) {
    let app = watched(setup);
    let (id, order) = app.awaiting().await;
    app.ioka(&webhook::captured(&id, order.as_str(), 4000)).await.expect(200);
    app.clock.advance(TimeDelta::minutes(7));
    let text = app.metrics().await;
    assert_eq!(value(&text, "donations_reviews_open", &[("review", "amount_mismatch")]), 1.0);
    assert_eq!(value(&text, "donations_reviews_open", &[("review", "paid_twice")]), 0.0);
    assert_eq!(value(&text, "donations_reconciliation_last_day_timestamp_seconds", &[]), 0.0);
    let due = value(&text, "donations_jobs_due", &[]);
    assert_eq!(value(&text, "donations_jobs_oldest_due_age_seconds", &[]), if due > 0.0 { 420.0 } else { 0.0 });
}

#[tokio::test]
async fn calls_to_the_gateway_are_counted_by_what_came_of_them() {
    let app = watched(Setup::sqlite().await);
    app.gateway.next(GatewayCall::CreateOrder, Behaviour::BeUnavailable);
    let id = app.guest_donation().await;
    app.pay(&id).await.problem(502, "gateway_unavailable");
    app.pay(&id).await.expect(200);
    let text = app.metrics().await;
    let calls =
        |outcome| value(&text, "donations_gateway_calls_total", &[("operation", "create_order"), ("outcome", outcome)]);
    assert_eq!((calls("ok"), calls("unavailable"), calls("refused")), (1.0, 1.0, 0.0));
    let durations = value(&text, "donations_gateway_call_duration_seconds_count", &[("operation", "create_order")]);
    assert_eq!(durations, 2.0);
}

/// Whatever callers make up, there are only so many series; and nothing that they send is in any.
#[tokio::test]
async fn requests_are_counted_by_their_route_and_never_by_their_path() {
    let app = watched(Setup::sqlite().await);
    let id = app.guest_donation().await;
    app.get(&format!("/api/guest-donations/{id}?email=somebody@example.com")).await.expect(200);
    app.get("/api/guest-donations/00000000-0000-0000-0000-00000000002a").await.expect(404);
    for number in 0..20 {
        app.get(&format!("/nowhere/{number}")).await.expect(404);
        app.call(Method::from_bytes(format!("MADEUP{number}").as_bytes()).unwrap(), "/api/config").await.expect(405);
    }
    let text = app.metrics().await;
    let requests = |route, method, status| {
        value(&text, "donations_http_requests_total", &[("route", route), ("method", method), ("status", status)])
    };
    let one = "/api/guest-donations/{id}";
    assert_eq!((requests(one, "GET", "2xx"), requests(one, "GET", "4xx")), (1.0, 1.0));
    assert_eq!((requests("none", "GET", "4xx"), requests("/api/config", "other", "4xx")), (20.0, 20.0));
    assert_eq!(value(&text, "donations_http_request_duration_seconds_count", &[("route", one)]), 2.0);
    for private in [id.as_str(), "00000000-0000-0000-0000-00000000002a", "@", "Иван", "nowhere", "MADEUP"] {
        assert!(!text.contains(private), "{private}");
    }
}

#[tokio::test]
async fn the_pool_shows_in_numbers() {
    let app = watched(Setup::postgres().await.impatient().await);
    app.guest_donation().await;
    let text = app.metrics().await;
    let pool = [("pool", "all")];
    assert_eq!(value(&text, "donations_database_connections_max", &pool), 8.0);
    assert_eq!(value(&text, "donations_database_connection_waiters", &pool), 0.0);
    let idle = value(&text, "donations_database_connections", &[("pool", "all"), ("state", "idle")]);
    assert!((1.0..=8.0).contains(&idle), "{idle}");
}

#[tokio::test]
async fn a_database_that_is_gone_shows_and_what_was_known_stays() {
    let mut app = watched(Setup::postgres().await.impatient().await);
    app.guest_donation().await;
    let kept = [("state", "pending"), ("mode", "real")];
    assert_eq!(value(&app.metrics().await, "donations_by_state", &kept), 1.0);
    app.lose_database();
    app.clock.advance(TimeDelta::hours(1));
    let text = app.metrics().await;
    assert_eq!(value(&text, "donations_database_up", &[]), 0.0);
    assert_eq!(value(&text, "donations_by_state", &kept), 1.0);
}

#[tokio::test]
async fn counting_whole_tables_is_not_done_at_every_question() {
    let app = watched(Setup::sqlite().await);
    let kept = [("state", "pending"), ("mode", "real")];
    assert_eq!(value(&app.metrics().await, "donations_by_state", &kept), 0.0);
    app.guest_donation().await;
    assert_eq!(value(&app.metrics().await, "donations_by_state", &kept), 0.0);
    app.clock.advance(TimeDelta::hours(1));
    assert_eq!(value(&app.metrics().await, "donations_by_state", &kept), 1.0);
}

#[tokio::test]
async fn the_api_does_not_show_metrics_and_the_metrics_address_nothing_else() {
    let app = watched(Setup::sqlite().await);
    app.get("/metrics").await.problem(404, "not_found");
    let metrics = app.metrics_address().unwrap();
    for path in ["/", "/health", "/api/config", "/metrics/x"] {
        assert_eq!(reqwest::get(format!("http://{metrics}{path}")).await.unwrap().status(), 404, "{path}");
    }
    let post = reqwest::Client::new().post(format!("http://{metrics}/metrics")).send().await.unwrap();
    assert_eq!(post.status(), 405);
}

#[tokio::test]
async fn without_an_address_there_are_no_metrics() {
    let app = Setup::sqlite().await.start();
    assert_eq!(app.metrics_address(), None);
    app.get("/metrics").await.problem(404, "not_found");
}
