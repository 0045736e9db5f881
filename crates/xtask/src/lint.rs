//! What can be told without running anything.

use std::process::Command;

use crate::shell::{cargo, run};

/// The version that CI checks licences and layers with.
const CARGO_DENY: &str = "0.20";

/// Formatting, clippy, documentation, licences and layers.
///
/// # Errors
/// If any of them finds something.
pub fn lint() -> Result<(), String> {
    run(&mut cargo(&["fmt", "--all", "--check"]))?;
    run(&mut cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]))?;
    run(cargo(&["doc", "--workspace", "--no-deps", "--locked", "--quiet"]).env("RUSTDOCFLAGS", "-D warnings"))?;
    if !Command::new("cargo-deny").arg("--version").output().is_ok_and(|output| output.status.success()) {
        run(&mut cargo(&["install", "cargo-deny", "--locked", "--version", &format!("^{CARGO_DENY}")]))?;
    }
    // Advisories need a database from the network and are left to the maintainers' own machines.
    run(&mut cargo(&["deny", "--locked", "check", "licenses", "bans", "sources"]))
}
