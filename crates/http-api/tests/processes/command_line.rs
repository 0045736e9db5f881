//! What an operator sees at the command line.

use std::process::{Output, Stdio};

use serde_json::json;
use tokio::io::AsyncWriteExt as _;

use crate::server::{ServerProcess, program};

async fn run(settings: &[(&str, &str)], arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    program(folder.path(), settings).args(arguments).output().await.unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test]
async fn a_server_without_any_setting_takes_a_donation_and_stops_when_asked() {
    let mut server = ServerProcess::start(&[], &[]).await;
    let donation = server.donate().await;
    let (status, started) = server.pay(&donation).await;
    assert_eq!((status, started["status"].as_str()), (200, Some("completed")), "{started}");
    assert_eq!(server.terminate().await.code(), Some(0));
}

#[tokio::test]
async fn production_names_every_wrong_setting_at_once() {
    let settings =
        [("APP_ENV", "production"), ("IOKA_API_KEY", "test_***"), ("IOKA_WEBHOOK_SECRET", "short"), ("PORT", "70000")];
    let output = run(&settings, &["serve"]).await;
    assert_eq!(output.status.code(), Some(1));
    let message = text(&output.stderr);
    for key in ["IOKA_ENABLED", "IOKA_API_KEY", "IOKA_WEBHOOK_SECRET", "JWT_SECRET", "PORT"] {
        assert!(message.contains(&format!("\n  {key}: ")), "{key} in {message}");
    }
    assert!(!message.contains("test_***") && !message.contains("70000"), "values stay unsaid: {message}");
}

#[tokio::test]
async fn an_administrator_made_at_the_command_line_can_give_money_back() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite://{}", folder.path().join("donations.db").display());
    let settings = [("DATABASE_URL", database.as_str())];
    let create = async |password: &str, email: &str, role: &str| {
        let arguments = ["admin", "create", "--email", email, "--name", "Айман", "--role", role];
        let mut command = program(folder.path(), &settings);
        let mut child = command.args(arguments).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(format!("{password}\n").as_bytes()).await.unwrap();
        let output = child.wait_with_output().await.unwrap();
        (output.status.code(), text(&output.stderr))
    };
    assert_eq!(create("short", "aiman@charity.kz", "admin").await.0, Some(1));
    assert_eq!(create("correct horse", "aiman@charity.kz", "admin").await.0, Some(0));
    let (code, message) = create("correct horse", "aiman@charity.kz", "admin").await;
    assert!(code == Some(1) && message.contains("--email"), "{message}");
    assert_eq!(create("correct horse", "viewer@charity.kz", "donor").await.0, Some(2));
    assert_eq!(create("correct horse", "viewer@charity.kz", "viewer").await.0, Some(0));

    let server = ServerProcess::start(&settings, &[]).await;
    let donation = server.donate().await;
    server.pay(&donation).await;
    let credentials = json!({"email": "aiman@charity.kz", "password": "correct horse"});
    let (_, session) = server.post("/api/auth/login", credentials).await.unwrap();
    let credentials = json!({"email": "viewer@charity.kz", "password": "correct horse"});
    let (_, of_viewer) = server.post("/api/auth/login", credentials).await.unwrap();
    for (session, status) in [(&of_viewer, 403), (&session, 201)] {
        let refund = reqwest::Client::new()
            .post(format!("{}/api/admin/donations/{donation}/refund", server.url))
            .bearer_auth(session["token"].as_str().unwrap())
            .json(&json!({"reason": "test"}));
        assert_eq!(refund.send().await.unwrap().status().as_u16(), status);
    }
    let audit = reqwest::Client::new()
        .get(format!("{}/api/admin/audit?action=command.create_operator", server.url))
        .bearer_auth(of_viewer["token"].as_str().unwrap());
    let audit: serde_json::Value = audit.send().await.unwrap().json().await.unwrap();
    let seen = audit["items"].as_array().unwrap().iter().rev();
    let mut seen: Vec<_> = seen.map(|entry| (entry["details"]["role"].as_str(), entry["outcome"].as_str())).collect();
    seen.sort_unstable();
    let (admin, viewer) = (Some("admin"), Some("viewer"));
    let all =
        [(admin, "begun"), (admin, "begun"), (admin, "done"), (admin, "refused"), (viewer, "begun"), (viewer, "done")];
    assert_eq!(seen, all.map(|(role, outcome)| (role, Some(outcome))));
    assert_eq!(server.get(&format!("/api/guest-donations/{donation}")).await["status"], "refunded");
}

#[tokio::test]
async fn wrong_usage_is_told_apart_from_failure() {
    assert_eq!(run(&[], &["sevre"]).await.status.code(), Some(2));
    assert_eq!(run(&[], &["serve", "--sandbox-port", "1"]).await.status.code(), Some(2));
    assert_eq!(run(&[], &["--help"]).await.status.code(), Some(0));
    assert_eq!(run(&[("DATABASE_URL", "mysql://x")], &["migrate"]).await.status.code(), Some(1));
}

#[tokio::test]
async fn the_check_tells_what_works_and_what_to_do() {
    let fine = run(&[], &["check"]).await;
    assert_eq!(fine.status.code(), Some(0), "{}", text(&fine.stdout));
    let settings = [
        ("IOKA_ENABLED", "true"),
        ("IOKA_API_KEY", "a-key"),
        ("IOKA_WEBHOOK_SECRET", "a-secret"),
        ("IOKA_BASE_URL", "http://127.0.0.1:1"),
        ("DATABASE_URL", "postgres://donations:hush@127.0.0.1:1/donations"),
    ];
    let broken = run(&settings, &["check"]).await;
    assert_eq!(broken.status.code(), Some(1));
    let report = text(&broken.stdout);
    assert!(report.contains("✗ database: ") && report.contains("✗ Ioka: "), "{report}");
    assert!(!report.contains("hush") && !report.contains("a-key"), "{report}");
}

#[tokio::test]
async fn the_check_makes_an_order_only_when_asked() {
    let twin = ioka_simulator::Simulator::start(ioka_simulator::Options::default()).await.unwrap();
    let settings = [
        ("IOKA_ENABLED", "true"),
        ("IOKA_API_KEY", twin.api_key()),
        ("IOKA_WEBHOOK_SECRET", "a-secret"),
        ("IOKA_BASE_URL", twin.base_url()),
    ];
    let plain = run(&settings, &["check"]).await;
    assert!(text(&plain.stdout).contains("✓ Ioka: "), "{}", text(&plain.stdout));
    assert!(!text(&plain.stdout).contains("order: "));
    let order = run(&settings, &["check", "--create-order"]).await;
    assert_eq!(order.status.code(), Some(0));
    assert!(text(&order.stdout).contains("✓ order: ord_"), "{}", text(&order.stdout));
}

#[tokio::test]
async fn an_sqlite_file_is_migrated_once() {
    let folder = tempfile::tempdir().unwrap();
    let first = program(folder.path(), &[]).arg("migrate").output().await.unwrap();
    assert!(text(&first.stdout).lines().count() >= 1);
    let second = program(folder.path(), &[]).arg("migrate").output().await.unwrap();
    assert_eq!(text(&second.stdout), "✓ the database is up to date\n");
}
