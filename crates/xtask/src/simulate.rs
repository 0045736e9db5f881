//! Random histories of payments.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hasher as _};
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;

use crate::shell::{cargo, run};

/// How many histories are played if nobody says.
const HISTORIES: u64 = 10_000;

/// Seeds that are thrown stay below this, so that they are easy to copy.
const SEEDS: u64 = 1_000_000_000_000;

/// Builds the simulator as it is fastest, and runs it with these arguments.
///
/// Of many histories every processor plays a part, in a process of its own that stays there: a history changes threads with
/// every query, and between two processors that costs as much as the query. With `--threads` it is one process.
///
/// # Errors
/// If a history goes wrong.
pub fn simulate(arguments: &[String]) -> Result<(), String> {
    run(&mut cargo(&["build", "--quiet", "--locked", "--release", "--package", "flow-simulation"]))?;
    let processors = thread::available_parallelism().map_or(1, |count| count.get() as u64);
    match parts(arguments, processors) {
        Some(parts) if Command::new("taskset").arg("--version").output().is_ok() => play(&parts),
        _ => run(program().args(arguments)),
    }
}

/// What one processor plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Part {
    processor: u64,
    from_seed: u64,
    histories: u64,
}

/// The parts of what `arguments` ask for; `None` if that cannot be shared.
fn parts(arguments: &[String], processors: u64) -> Option<Vec<Part>> {
    let (mut histories, mut from_seed) = (HISTORIES, None);
    let mut rest = arguments.iter();
    while let Some(name) = rest.next() {
        let value = rest.next().and_then(|value| value.parse().ok());
        match name.as_str() {
            "--histories" => histories = value?,
            "--from-seed" => from_seed = Some(value?),
            _ => return None,
        }
    }
    let mut from_seed = from_seed.unwrap_or_else(|| RandomState::new().build_hasher().finish() % SEEDS);
    let mut parts = Vec::new();
    for processor in 0..processors {
        let share = histories / processors + u64::from(processor < histories % processors);
        parts.push(Part { processor, from_seed, histories: share });
        from_seed = from_seed.wrapping_add(share);
    }
    (processors > 1).then_some(parts)
}

fn play(parts: &[Part]) -> Result<(), String> {
    let started: Result<Vec<_>, _> = parts.iter().map(start).collect();
    let mut failed = 0;
    for (part, mut child) in parts.iter().zip(started?) {
        let ended = child.wait().map_err(|error| format!("flow-simulation: {error}"))?;
        if !ended.success() {
            failed += 1;
        }
        say(part, &format!("ended with {ended}"));
    }
    if failed > 0 { Err(format!("{failed} of {} parts have violations", parts.len())) } else { Ok(()) }
}

/// Starts a part, and prints what it says with its processor's number before it.
fn start(part: &Part) -> Result<Child, String> {
    let mut command = Command::new("taskset");
    command.args(["--cpu-list", &part.processor.to_string()]).arg(path());
    command.args(["--threads", "1", "--histories", &part.histories.to_string()]);
    command.args(["--from-seed", &part.from_seed.to_string()]).stdout(Stdio::piped());
    let mut child = command.spawn().map_err(|error| format!("flow-simulation: {error}"))?;
    if let Some(output) = child.stdout.take() {
        let said = *part;
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                say(&said, &line);
            }
        });
    }
    Ok(child)
}

#[expect(clippy::print_stdout, reason = "what a person at the command line reads")]
fn say(part: &Part, line: &str) {
    println!("{}: {line}", part.processor);
}

fn program() -> Command {
    Command::new(path())
}

/// Where Cargo puts it.
#[expect(clippy::disallowed_methods, reason = "Cargo's own variable, and no setting of the product")]
fn path() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    target.join("release/flow-simulation")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn every_history_is_played_once() {
        let parts = parts(&arguments("--histories 10 --from-seed 100"), 3).unwrap();
        let seeds: Vec<_> = parts.iter().flat_map(|part| part.from_seed..part.from_seed + part.histories).collect();
        assert_eq!(seeds, (100..110).collect::<Vec<_>>());
        assert_eq!(parts.iter().map(|part| part.processor).collect::<Vec<_>>(), [0, 1, 2]);
    }

    #[test]
    fn what_cannot_be_shared_is_left_as_it_is() {
        for text in ["--seed 7", "--threads 4 --histories 10", "--histories", "--histories x", "--help"] {
            assert_eq!(parts(&arguments(text), 2), None, "{text}");
        }
        assert_eq!(parts(&arguments("--histories 10"), 1), None);
    }
}
