//! Every test, with everything it needs.

use std::process::Command;

use throwaway_postgres::{Cluster, Durability};

use crate::shell::{cargo, run};
use crate::{packages, schemathesis};

/// Installs what is missing, starts PostgreSQL, and runs the tests of the whole workspace, or those that `arguments`
/// (handed on to `cargo test`) choose.
///
/// # Errors
/// If a part is missing or a test fails. Nothing is skipped.
pub fn test(arguments: &[String]) -> Result<(), String> {
    packages::install()?;
    schemathesis::install()?;
    let cluster = Cluster::start(Durability::None)?;
    let chosen = arguments.iter().any(|argument| argument == "-p" || argument.starts_with("--package"));
    let mut command = cargo(&["test", "--locked"]);
    if !chosen {
        command.arg("--workspace");
    }
    // The walk through the administration is as large as it is promised to be, unless somebody says otherwise.
    if !is_set("WALK_DONATIONS") {
        command.env("WALK_DONATIONS", "100000");
    }
    // A stale snapshot must fail, not be written anew.
    command.args(arguments).env("TEST_POSTGRES_URL", cluster.url()).env("INSTA_UPDATE", "no");
    run(&mut command)
}

#[expect(clippy::disallowed_methods, reason = "how large a test is, is no setting of the product")]
fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some()
}

/// Runs a command with a PostgreSQL beside it.
///
/// # Errors
/// If PostgreSQL does not start or the command does not succeed.
pub fn with_postgres(command: &[String]) -> Result<(), String> {
    packages::install()?;
    let cluster = Cluster::start(Durability::None)?;
    let (program, arguments) = command.split_first().ok_or("no command")?;
    run(Command::new(program).args(arguments).env("TEST_POSTGRES_URL", cluster.url()))
}
