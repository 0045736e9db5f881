//! A day's books against Ioka's, by the command and by the server itself.

use std::time::Duration;

use diesel_store::testing::TestDatabase;
use domain::Instant;
use domain::ports::ReconciliationStore as _;
use domain::reconciliation::{Day, ReportStatus};
use ioka_simulator::{Options, RunningSimulator, Simulator, WebhookTarget};
use serde_json::{Value, json};

use crate::server::{PATIENCE, ServerProcess, program};

const WEBHOOK_KEY: &str = "0123456789abcdef0123456789abcdef";

/// A twin whose webhooks are all lost.
async fn twin() -> RunningSimulator {
    let webhook = WebhookTarget { url: "http://127.0.0.1:1/".to_owned(), key: Some(WEBHOOK_KEY.to_owned()) };
    let twin = Simulator::start(Options { workers: 1, webhook: Some(webhook), ..Options::default() }).await.unwrap();
    let control = format!("{}/_simulator/faults", twin.base_url());
    let lost = json!({ "kind": "webhook_lost", "times": 0 });
    let asked = reqwest::Client::new().post(control).json(&lost).send().await.unwrap();
    assert!(asked.status().is_success(), "{}", asked.status());
    twin
}

/// Does something at the twin past the server, as a person in Ioka's panel would.
async fn in_the_panel(twin: &RunningSimulator, path: &str, body: Value) -> Value {
    let call = reqwest::Client::new().post(format!("{}/{path}", twin.base_url()));
    let answer = call.header("API-KEY", twin.api_key()).json(&body).send().await.unwrap();
    assert!(answer.status().is_success(), "{path}: {}", answer.status());
    answer.json().await.unwrap_or_default()
}

/// The charity's day of something that the twin has made: its clock is the machine's.
fn day_of(made: &Value) -> Day {
    let at: Instant = format!("{}Z", made["created_at"].as_str().unwrap()).parse().unwrap();
    Day::of(at)
}

fn settings<'a>(database: &'a TestDatabase, twin: &'a RunningSimulator) -> [(&'a str, &'a str); 7] {
    [
        ("DATABASE_URL", database.url()),
        ("IOKA_ENABLED", "true"),
        ("IOKA_API_KEY", twin.api_key()),
        ("IOKA_WEBHOOK_SECRET", WEBHOOK_KEY),
        ("IOKA_BASE_URL", twin.base_url()),
        ("RECONCILE_FIRST_AFTER_SECONDS", "1"),
        ("RECONCILE_EVERY_SECONDS", "1"),
    ]
}

/// `donations reconcile` of the day: its exit code and what it printed.
async fn reconcile(settings: &[(&str, &str)], day: Day) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().unwrap();
    let day = day.to_string();
    let output = program(folder.path(), settings).args(["reconcile", "--date", &day]).output().await.unwrap();
    (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

async fn a_refund_made_in_the_panel_that_no_webhook_tells_of_is_found(database: TestDatabase) {
    let twin = twin().await;
    let settings = settings(&database, &twin);
    let server = ServerProcess::start(&settings, &[]).await;
    let donation = server.donate().await;
    let (_, started) = server.pay(&donation).await;
    let order = started["order_id"].as_str().unwrap();
    in_the_panel(&twin, &format!("_simulator/orders/{order}/pay"), json!({})).await;
    let completed = server.wait_for(&donation, "completed").await;
    let refund = json!({ "amount": 500_000, "reason": "asked for by telephone" });
    let refund = in_the_panel(&twin, &format!("v2/orders/{order}/refunds"), refund).await;

    let (code, printed) = reconcile(&settings, day_of(&refund)).await;
    assert_eq!(code, Some(0), "{printed}");
    let line = format!("✓ refund_missing_here: order {order}, refund {}", refund["id"].as_str().unwrap());
    assert!(printed.contains(&line), "{printed}");
    let path = format!("/api/guest-donations/{donation}");
    let shown = server.get(&path).await;
    assert_eq!((&shown["status"], &shown["refunded_amount"]), (&json!("refunded"), &json!(5000)), "{shown}");
    let number = completed["certificate"]["number"].as_str().unwrap();
    assert_eq!(server.get(&format!("/api/certificates/{number}")).await["valid"], false);

    // An order under a name of ours that we have never given.
    let stranger = json!({ "amount": 70_000, "external_id": "00000000-0000-0000-0000-00000000004d" });
    let stranger = in_the_panel(&twin, "v2/orders", stranger).await;
    let (code, printed) = reconcile(&settings, day_of(&stranger["order"])).await;
    assert_eq!(code, Some(1), "{printed}");
    assert!(printed.contains("✗ missing_here: order ord_") && printed.contains("stay open"), "{printed}");
}

#[tokio::test]
async fn a_refund_made_in_the_panel_that_no_webhook_tells_of_is_found_on_sqlite() {
    a_refund_made_in_the_panel_that_no_webhook_tells_of_is_found(TestDatabase::sqlite().await).await;
}

#[tokio::test]
async fn a_refund_made_in_the_panel_that_no_webhook_tells_of_is_found_on_postgres() {
    a_refund_made_in_the_panel_that_no_webhook_tells_of_is_found(TestDatabase::postgres().await).await;
}

#[tokio::test]
async fn a_server_compares_the_days_that_are_over_by_itself() {
    let (database, twin) = (TestDatabase::sqlite().await, twin().await);
    let made = in_the_panel(&twin, "v2/orders", json!({ "amount": 70_000 })).await;
    let mut server = ServerProcess::start(&settings(&database, &twin), &[]).await;
    // Whether or not the last half hour of a day's grace is over: the day before yesterday is.
    let day = day_of(&made["order"]).before(2);
    let compared = async {
        let mut pause = tokio::time::interval(Duration::from_millis(50));
        loop {
            pause.tick().await;
            let report = database.store().report(day).await.unwrap();
            if report.is_some_and(|report| report.status == ReportStatus::Done) {
                return;
            }
        }
    };
    tokio::time::timeout(PATIENCE, compared).await.unwrap();
    assert_eq!(server.terminate().await.code(), Some(0), "it stops, whatever its workers are at");
}

#[tokio::test]
async fn a_day_that_is_none_is_wrong_usage_and_one_to_come_is_refused() {
    let (database, twin) = (TestDatabase::sqlite().await, twin().await);
    let settings = settings(&database, &twin);
    let folder = tempfile::tempdir().unwrap();
    for arguments in [&["reconcile"][..], &["reconcile", "--date", "yesterday"], &["reconcile", "--date", "2026-02-30"]]
    {
        let output = program(folder.path(), &settings).args(arguments).output().await.unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
    let (code, printed) = reconcile(&settings, Day::parse("2999-01-01").unwrap()).await;
    assert!(code == Some(1) && printed.contains("has not begun"), "{printed}");
}
