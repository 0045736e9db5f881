//! Bytes that no client of ours would send.

use std::time::Duration;

use proptest::prelude::*;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::robustness::{cases, tells_nothing};
use crate::support::App;

on_both_databases!(arbitrary_bytes_get_a_refusal_or_nothing, arbitrary_bodies_get_a_refusal);

/// Sends bytes as they are, and reads what comes back until the server closes.
pub async fn sent(app: &App, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(app.address).await.unwrap();
    let exchange = async {
        // The server may close before it has read everything.
        let _ = stream.write_all(bytes).await;
        let _ = stream.shutdown().await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    };
    // No measure of speed: a server that hangs must fail the test, not stop it.
    tokio::time::timeout(Duration::from_secs(60), exchange).await.unwrap()
}

fn statuses(answer: &str) -> Vec<u16> {
    let lines = answer.lines().filter(|line| line.starts_with("HTTP/1."));
    lines.filter_map(|line| line.split(' ').nth(1)?.parse().ok()).collect()
}

async fn arbitrary_bytes_get_a_refusal_or_nothing(app: App) {
    let line = prop_oneof![
        "[A-Z]{1,8} /[ -~]{0,40} HTTP/1\\.[01]\r\n(host: x\r\n)?([a-zA-Z-]{1,20}: [ -~]{0,40}\r\n){0,5}\r\n"
            .prop_map(String::into_bytes),
        "(GET|POST|HEAD) /api/[a-z/-]{0,30} HTTP/1.1\r\nhost: x\r\ncontent-length: [0-9]{1,25}\r\n\r\n.{0,40}"
            .prop_map(String::into_bytes),
        prop::collection::vec(any::<u8>(), 0..400),
    ];
    for bytes in cases(200, &line) {
        let answer = sent(&app, &bytes).await;
        for status in statuses(&answer) {
            assert!(status < 500, "{:?} got {answer}", String::from_utf8_lossy(&bytes));
        }
        tells_nothing(&answer);
    }
    app.get("/health/live").await.expect(200);
}

async fn arbitrary_bodies_get_a_refusal(app: App) {
    let id = app.guest_donation().await;
    let paths =
        ["/api/guest-donations", "/api/auth/login", "/api/auth/register", "/api/webhooks/ioka", "/api/donations"];
    let body = (prop::sample::select(paths.to_vec()), prop::collection::vec(any::<u8>(), 0..200));
    for (path, body) in cases(150, &body) {
        let answer = app.post(path).header("content-type", "application/json").bytes(&body).await;
        assert!((400..500).contains(&answer.status), "{path} {body:?}: {answer:?}");
        tells_nothing(&answer.text());
    }
    assert_eq!(app.shown(&id).await["status"], "pending");
}
