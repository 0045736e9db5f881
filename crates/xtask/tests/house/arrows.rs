//! Which crate may lean on which. Tests may lean on more: dev-dependencies are not looked at.

use cargo_metadata::{DependencyKind, MetadataCommand, Package};

use crate::{none, root};

/// Every crate of ours, and those of ours that it may depend on. A new crate has to find its place here.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("application", &["domain"]),
    ("ioka-adapter", &["domain"]),
    ("fake-gateway", &["domain"]),
    ("diesel-store", &["domain"]),
    ("certificate-pdf", &["domain"]),
    ("mail", &["domain"]),
    ("spreadsheets", &["domain"]),
    ("web-ui", &["domain", "application"]),
    (
        "http-api",
        &[
            "domain",
            "application",
            "ioka-adapter",
            "fake-gateway",
            "diesel-store",
            "certificate-pdf",
            "mail",
            "spreadsheets",
            "web-ui",
            "ioka-simulator",
        ],
    ),
    // Shares no code with the adapter, or the one would repeat the other's mistakes.
    ("ioka-simulator", &[]),
    ("throwaway-postgres", &[]),
    // A site of its own: it knows the REST API and nothing else.
    ("example-frontend", &[]),
    ("xtask", &["throwaway-postgres"]),
    // Fills databases; no part of the server.
    ("charity-seed", &["domain", "diesel-store"]),
    // Plays the use cases on the real store; everything else is its own.
    ("flow-simulation", &["domain", "application", "diesel-store"]),
];

/// All that the inner crates may use from outside: no runtime, framework, database, wire format or randomness.
const INNER: &[(&str, &[&str])] = &[
    ("domain", &["async-trait", "chrono", "email_address", "thiserror", "uuid"]),
    // serde_json hides what is the payer's in bodies that are shown.
    ("application", &["chrono", "futures-util", "hex", "serde_json", "sha2", "thiserror", "tracing"]),
];

/// Behind a feature that only tests ask for.
const INNER_FOR_TESTS: &[&str] = &["futures-util", "mockall"];

struct Crate {
    name: String,
    ours: Vec<String>,
    others: Vec<String>,
    for_tests: Vec<String>,
}

impl Crate {
    fn of(package: &Package) -> Self {
        let mut krate = Self { name: package.name.to_string(), ours: vec![], others: vec![], for_tests: vec![] };
        for dependency in package.dependencies.iter().filter(|known| known.kind == DependencyKind::Normal) {
            let list = match (&dependency.path, dependency.optional) {
                (Some(_), _) => &mut krate.ours,
                (None, true) => &mut krate.for_tests,
                (None, false) => &mut krate.others,
            };
            list.push(dependency.name.clone());
        }
        krate
    }
}

fn complaints(crates: &[Crate]) -> Vec<String> {
    let mut found = Vec::new();
    for Crate { name, ours, others, for_tests } in crates {
        match row(ARROWS, name) {
            None => found.push(format!("{name}: has no place in the table of arrows")),
            Some(allowed) => found.extend(stray(name, ours, allowed)),
        }
        if let Some(allowed) = row(INNER, name) {
            found.extend(stray(name, others, allowed));
            found.extend(stray(name, for_tests, INNER_FOR_TESTS));
        }
    }
    found
}

fn row(table: &[(&str, &'static [&'static str])], name: &str) -> Option<&'static [&'static str]> {
    table.iter().find(|(known, _)| *known == name).map(|(_, allowed)| *allowed)
}

fn stray(name: &str, used: &[String], allowed: &[&str]) -> Vec<String> {
    let stray = used.iter().filter(|used| !allowed.contains(&used.as_str()));
    stray.map(|used| format!("{name}: must not depend on {used}")).collect()
}

#[test]
fn every_arrow_points_inwards() {
    let metadata = MetadataCommand::new().manifest_path(root().join("Cargo.toml")).no_deps().exec().unwrap();
    let crates: Vec<_> = metadata.packages.iter().map(Crate::of).collect();
    assert!(crates.len() >= 7, "the workspace has more than {} crates", crates.len());
    none(complaints(&crates));
}

#[test]
fn every_crate_takes_over_the_lints_of_the_workspace() {
    let manifests = crate::files("crates", |path| path.ends_with("/Cargo.toml"));
    none(manifests.iter().filter(|file| !takes_over_lints(&file.text)).map(|file| format!("{}: no lints", file.path)));
}

fn takes_over_lints(manifest: &str) -> bool {
    let manifest: toml::Table = manifest.parse().unwrap();
    let lints = manifest.get("lints").and_then(|lints| lints.get("workspace"));
    lints.and_then(toml::Value::as_bool) == Some(true)
}

#[test]
fn an_arrow_that_points_outwards_is_found() {
    let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let krate = |name: &str, ours, others, for_tests| Crate {
        name: name.to_owned(),
        ours: list(ours),
        others: list(others),
        for_tests: list(for_tests),
    };
    let wrong = [
        krate("domain", &["application"], &["tokio", "chrono"], &["serde"]),
        krate("diesel-store", &["domain", "ioka-adapter"], &["diesel"], &[]),
        krate("newcomer", &[], &[], &[]),
    ];
    let expected = [
        "domain: must not depend on application",
        "domain: must not depend on tokio",
        "domain: must not depend on serde",
        "diesel-store: must not depend on ioka-adapter",
        "newcomer: has no place in the table of arrows",
    ];
    assert_eq!(complaints(&wrong), expected);
    assert!(!takes_over_lints("[package]\nname = \"x\"") && takes_over_lints("[lints]\nworkspace = true"));
}
