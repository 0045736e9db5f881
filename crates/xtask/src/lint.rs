//! What can be told without running anything.

use std::process::Command;

use crate::shell::{cargo, run};

/// The version that CI checks licences and layers with.
const CARGO_DENY: &str = "0.20";

/// The crates that nothing but the domain stands behind: each has to build alone, on its own features.
const INNER: [&str; 7] =
    ["domain", "application", "ioka-adapter", "fake-gateway", "diesel-store", "certificate-pdf", "mail"];

/// Formatting, clippy, documentation, licences and layers; and that each inner crate builds alone.
///
/// # Errors
/// If any of them finds something.
pub fn lint() -> Result<(), String> {
    run(&mut cargo(&["fmt", "--all", "--check"]))?;
    run(&mut cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]))?;
    run(cargo(&["doc", "--workspace", "--no-deps", "--document-private-items", "--locked", "--quiet"])
        .env("RUSTDOCFLAGS", "-D warnings"))?;
    for name in INNER {
        run(&mut cargo(&["check", "--quiet", "--locked", "--package", name]))?;
    }
    if !Command::new("cargo-deny").arg("--version").output().is_ok_and(|output| output.status.success()) {
        run(&mut cargo(&["install", "cargo-deny", "--locked", "--version", &format!("^{CARGO_DENY}")]))?;
    }
    // Advisories need a database from the network and are left to the maintainers' own machines.
    run(&mut cargo(&["deny", "--locked", "check", "licenses", "bans", "sources"]))
}
