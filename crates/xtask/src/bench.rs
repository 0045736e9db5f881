//! How long things take.

use clap::Subcommand;

use crate::packages;
use crate::shell::{cargo, run};

/// What is measured.
#[derive(Debug, Subcommand)]
pub enum Bench {
    /// Every list of the administration, over HTTP, on both databases.
    Lists {
        /// Handed on, for example `--donations 100000`; `--help` says what there is.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
}

/// Measures it, and prints a table.
///
/// # Errors
/// If something takes longer than it may.
pub fn bench(what: &Bench) -> Result<(), String> {
    let Bench::Lists { arguments } = what;
    packages::install()?;
    let server = ["build", "--quiet", "--locked", "--package", "http-api", "--bin", "donations"];
    run(&mut cargo(&server))?;
    let program = ["run", "--quiet", "--locked", "--package", "http-api", "--example", "bench_lists", "--"];
    run(cargo(&program).args(arguments))
}
