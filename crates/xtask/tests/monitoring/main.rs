//! What stands in `docs/monitoring`, by Prometheus' own judgement. Without promtool this fails: `cargo xtask test` installs it.
#![expect(clippy::panic, reason = "a test reports by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/monitoring")
}

/// Runs promtool there: whether it was content, and what it said.
fn promtool(folder: &Path, arguments: &[&str]) -> (bool, String) {
    let output = Command::new("promtool").current_dir(folder).args(arguments).output();
    let output = output.unwrap_or_else(|error| panic!("promtool, of Debian's package prometheus: {error}"));
    (output.status.success(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
}

#[test]
fn prometheus_takes_the_configuration_and_the_rules() {
    for arguments in [["check", "config", "prometheus.yml"], ["check", "rules", "alerts.yml"]] {
        let (content, said) = promtool(&folder(), &arguments);
        assert!(content, "{said}");
    }
}

#[test]
fn every_alert_fires_when_it_should_and_only_then() {
    let (content, said) = promtool(&folder(), &["test", "rules", "alerts.test.yml"]);
    assert!(content, "{said}");
}

/// The names behind `key` in a YAML file of ours.
fn names(text: &str, key: &str) -> Vec<String> {
    text.lines().filter_map(|line| line.trim().trim_start_matches("- ").strip_prefix(key)).map(str::to_owned).collect()
}

#[test]
fn every_alert_is_tried_silent_and_firing_and_explained() {
    let read = |name: &str| fs::read_to_string(folder().join(name)).unwrap();
    let (tests, page) = (read("alerts.test.yml"), read("README.md"));
    let alerts = names(&read("alerts.yml"), "alert: ");
    assert!(alerts.len() > 10, "{alerts:?}");
    let tried = names(&tests, "alertname: ");
    assert_eq!(alerts.iter().collect::<BTreeSet<_>>(), tried.iter().collect::<BTreeSet<_>>());
    for alert in &alerts {
        assert_eq!(tried.iter().filter(|name| *name == alert).count(), 2, "{alert}");
        assert!(page.contains(&format!("`{alert}`")), "{alert}");
    }
    assert_eq!(tests.matches("exp_alerts: []").count(), alerts.len());
}

#[test]
fn an_alert_that_does_not_fire_is_found() {
    let copy = tempfile::tempdir().unwrap();
    for name in ["alerts.yml", "alerts.test.yml"] {
        let text = fs::read_to_string(folder().join(name)).unwrap();
        fs::write(
            copy.path().join(name),
            text.replace("max(donations_jobs_parked) > 0", "max(donations_jobs_parked) > 9"),
        )
        .unwrap();
    }
    let (content, said) = promtool(copy.path(), &["test", "rules", "alerts.test.yml"]);
    assert!(!content && said.contains("DonationsJobsParked"), "{said}");
}
