//! The Python program that makes up requests from the OpenAPI document, in a virtual environment of its own below `target/`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use throwaway_postgres::{Cluster, Durability};

use crate::packages;
use crate::shell::{cargo, root, run};

/// Debian's own: it has the `venv` that the package brings, whatever other Python comes first on the path.
const PYTHON: &str = "/usr/bin/python3";

/// Every package of it, with its version and what its files' hashes are.
const REQUIREMENTS: &str = "crates/xtask/schemathesis.txt";

/// Makes the environment, or leaves it alone if it holds what is asked for.
///
/// # Errors
/// If a part of it cannot be had.
pub fn install() -> Result<(), String> {
    let wanted = fs::read_to_string(root().join(REQUIREMENTS)).map_err(|error| format!("{REQUIREMENTS}: {error}"))?;
    let folder = folder();
    let installed = folder.join("installed.txt");
    if fs::read_to_string(&installed).is_ok_and(|text| text == wanted) {
        return Ok(());
    }
    run(Command::new(PYTHON).args(["-m", "venv", "--clear"]).arg(&folder))?;
    let arguments =
        ["install", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes", "--requirement"];
    run(Command::new(folder.join("bin/pip")).args(arguments).arg(REQUIREMENTS))?;
    // Last, so that one that was cut off is made anew.
    fs::write(&installed, wanted).map_err(|error| format!("{}: {error}", installed.display()))
}

/// Runs the test alone, with another seed or with more requests for each operation.
///
/// # Errors
/// If it fails.
pub fn schemathesis(seed: Option<u64>, examples: Option<u32>) -> Result<(), String> {
    packages::install()?;
    install()?;
    let cluster = Cluster::start(Durability::None)?;
    let mut command =
        cargo(&["test", "--locked", "--package", "http-api", "--test", "schemathesis", "--", "--nocapture"]);
    command.env("TEST_POSTGRES_URL", cluster.url());
    if let Some(seed) = seed {
        command.env("SCHEMATHESIS_SEED", seed.to_string());
    }
    if let Some(examples) = examples {
        command.env("SCHEMATHESIS_EXAMPLES", examples.to_string());
    }
    run(&mut command)
}

/// Where the test looks for it: beside what Cargo builds.
#[expect(clippy::disallowed_methods, reason = "Cargo's own variable, and no setting of the product")]
fn folder() -> PathBuf {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    root().join(Path::new(&target)).join("schemathesis")
}
