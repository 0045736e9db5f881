//! A made-up charity.

use crate::shell::{cargo, run};

/// Fills a database; the program that does it reads the server's own settings.
///
/// # Errors
/// If it cannot be built, or refuses.
pub fn seed(arguments: &[String]) -> Result<(), String> {
    let program = ["run", "--quiet", "--locked", "--package", "http-api", "--example", "seed", "--"];
    run(cargo(&program).args(arguments))
}
