//! Random histories of payments.

use crate::shell::{cargo, run};

/// Builds the simulator as it is fastest, and runs it with these arguments.
///
/// # Errors
/// If a history goes wrong.
pub fn simulate(arguments: &[String]) -> Result<(), String> {
    let mut command = cargo(&["run", "--quiet", "--locked", "--release", "--package", "flow-simulation", "--"]);
    run(command.args(arguments))
}
