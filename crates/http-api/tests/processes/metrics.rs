//! The numbers of a server that does all that a server does, against what is written about them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Duration;

use http_api::monitoring::{Kind, METRICS};

use crate::server::{PATIENCE, ServerProcess};

fn page(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/monitoring").join(name)).unwrap()
}

/// The metrics that a text names. What a histogram consists of counts as the histogram.
fn named(text: &str) -> BTreeSet<&str> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let ours = words.filter(|word| word.starts_with("donations_") || word.starts_with("process_"));
    ours.map(|word| {
        let whole = METRICS.iter().filter(|metric| matches!(metric.kind, Kind::Histogram(_))).find(|metric| {
            let part = word.strip_prefix(metric.name);
            part.is_some_and(|part| ["_bucket", "_sum", "_count"].contains(&part))
        });
        whole.map_or(word, |metric| metric.name)
    })
    .collect()
}

/// The metrics with at least one value. That they are described is not enough.
fn exported(text: &str) -> BTreeSet<&str> {
    let values: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    named_in(&values)
}

fn named_in<'a>(lines: &[&'a str]) -> BTreeSet<&'a str> {
    lines.iter().flat_map(|line| named(line.split(['{', ' ']).next().unwrap_or_default())).collect()
}

/// A server that has taken a donation, sent its mail and compared a day: then there is nothing left that it does not show.
async fn busy_server() -> (ServerProcess, String) {
    let settings = [("METRICS_ADDR", "127.0.0.1:0"), ("RECONCILE_EVERY_SECONDS", "1")];
    let server = ServerProcess::start(&settings, &[]).await;
    let donation = server.donate().await;
    server.pay(&donation).await;
    server.wait_for(&donation, "completed").await;
    let url = server.metrics.clone().unwrap();
    let all = async {
        let mut pause = tokio::time::interval(Duration::from_millis(200));
        loop {
            pause.tick().await;
            let text = reqwest::get(&url).await.unwrap().text().await.unwrap();
            let sent = text.contains("donations_mails_total{outcome=\"sent\"} 1");
            let compared = !text.contains("donations_reconciliation_last_day_timestamp_seconds 0");
            if sent && compared {
                return text;
            }
        }
    };
    let text = tokio::time::timeout(PATIENCE, all).await.unwrap();
    (server, text)
}

#[tokio::test]
async fn what_is_exported_is_what_is_written_about_and_watched() {
    let (_server, text) = busy_server().await;
    let known: BTreeSet<&str> = METRICS.iter().map(|metric| metric.name).collect();
    assert_eq!(exported(&text), known, "{text}");

    let (rules, tried, dashboard, readme) =
        (page("alerts.yml"), page("alerts.test.yml"), page("dashboard.json"), page("README.md"));
    for (name, page) in [("alerts.yml", &rules), ("alerts.test.yml", &tried), ("dashboard.json", &dashboard)] {
        let strangers: Vec<_> = named(page).difference(&known).copied().collect();
        assert_eq!(strangers, [""; 0], "{name} names what no server exports");
    }
    let shown = named(&dashboard);
    for metric in METRICS {
        assert!(shown.contains(metric.name), "no panel shows {}", metric.name);
        let kind = match metric.kind {
            Kind::Counter => "counter",
            Kind::Gauge => "gauge",
            Kind::Histogram(_) => "histogram",
        };
        assert!(readme.contains(&format!("| `{}` | {kind} |", metric.name)), "README.md: {}", metric.name);
        assert!(text.contains(&format!("# TYPE {} {kind}", metric.name)), "{}", metric.name);
    }
    let rows = readme.lines().filter(|line| line.starts_with("| `donations_") || line.starts_with("| `process_"));
    assert_eq!(rows.count(), METRICS.len(), "README.md has rows of metrics that there are not");
}

/// Grafana takes a panel without a query, and shows nothing.
#[test]
fn every_panel_asks_for_something() {
    let dashboard: serde_json::Value = serde_json::from_str(&page("dashboard.json")).unwrap();
    let panels = dashboard["panels"].as_array().unwrap();
    let ids: BTreeSet<u64> = panels.iter().map(|panel| panel["id"].as_u64().unwrap()).collect();
    assert_eq!(ids.len(), panels.len(), "two panels have one id");
    for panel in panels.iter().filter(|panel| panel["type"] != "row") {
        let targets = panel["targets"].as_array().unwrap();
        assert!(!targets.is_empty(), "{panel}");
        assert!(
            targets.iter().all(|target| target["expr"].as_str().is_some_and(|expr| !named(expr).is_empty())),
            "{panel}"
        );
    }
}
