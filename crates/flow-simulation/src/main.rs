//! `flow-simulation`: plays one history or many, and says what went wrong.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "what a person at the command line reads")]

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hasher as _};
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;

use clap::Parser;
use flow_simulation::campaign::{Campaign, Summary, play_alone, smallest};
use flow_simulation::plan::Plan;
use flow_simulation::play::{Outcome, Telling};
use flow_simulation::product::{Product, TheProduct};
use flow_simulation::stage::StageError;

/// Seeds that are thrown stay below this, so that they are easy to copy.
const SEEDS: u64 = 1_000_000_000_000;

/// So many failing histories are shrunk and printed.
const PRINTED: usize = 3;

/// Random histories of payments, played with the real use cases and the real store.
#[derive(Debug, Parser)]
struct Cli {
    /// Play this history alone; if it goes wrong, the smallest one that does is printed.
    #[arg(long, conflicts_with_all = ["histories", "from_seed"])]
    seed: Option<u64>,
    /// Print what happens even if all is well.
    #[arg(long, requires = "seed")]
    verbose: bool,
    /// Play so many.
    #[arg(long, default_value_t = 10_000)]
    histories: u64,
    /// The first one's seed; thrown if it is not said.
    #[arg(long)]
    from_seed: Option<u64>,
    /// On so many threads; one a processor if it is not said.
    #[arg(long)]
    threads: Option<usize>,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let product: Arc<dyn Product> = Arc::new(TheProduct);
    let played = match cli.seed {
        Some(seed) => play_one(seed, cli.verbose.then_some(Telling::Aloud), &product),
        None => play_many(&cli, &product),
    };
    match played {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Plays one history, and says how many violations there were.
fn play_one(seed: u64, telling: Option<Telling>, product: &Arc<dyn Product>) -> Result<usize, StageError> {
    let plan = Plan::of(seed);
    let outcome = play_alone(&plan, product, Telling::Aloud)?;
    let count = outcome.violations.len();
    if count > 0 {
        print_smallest(&plan, product)?;
    } else {
        if telling.is_some() {
            print_history(&plan, &outcome);
        }
        println!("history {seed}: {} actions, {} calls, no violation", plan.actions.len(), outcome.calls);
    }
    Ok(count)
}

fn play_many(cli: &Cli, product: &Arc<dyn Product>) -> Result<usize, StageError> {
    let from_seed = cli.from_seed.unwrap_or_else(|| RandomState::new().build_hasher().finish() % SEEDS);
    let threads = cli.threads.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from));
    let campaign = Campaign { from_seed, histories: cli.histories, threads };
    println!("{} histories from seed {from_seed} on {threads} threads", cli.histories);
    let mut told = 0;
    let summary = campaign.run(product, |so_far| {
        for (seed, violations) in so_far.violations.iter().skip(told) {
            println!("seed {seed}: {}", violations.join("; "));
        }
        told = so_far.violations.len();
        let (done, violations) = (so_far.histories, so_far.violations.len());
        println!("{done:>10} done, {} a minute, {violations} with violations", so_far.a_minute());
    })?;
    print_summary(&campaign, &summary);
    for (seed, _) in summary.violations.iter().take(PRINTED) {
        print_smallest(&Plan::of(*seed), product)?;
    }
    Ok(summary.violations.len())
}

fn print_summary(campaign: &Campaign, summary: &Summary) {
    println!("\nhistories in which…\n{}", summary.coverage);
    for (seed, violations) in &summary.violations {
        println!("seed {seed}: {}", violations.join("; "));
    }
    println!(
        "{} histories, seeds {} to {}, {} actions, {} calls, {} s, {} a minute on {} threads: {} with violations",
        summary.histories,
        campaign.from_seed,
        campaign.from_seed.wrapping_add(campaign.histories).wrapping_sub(1),
        summary.actions,
        summary.calls,
        summary.took.as_secs(),
        summary.a_minute(),
        campaign.threads,
        summary.violations.len(),
    );
}

/// Prints the smallest history that still goes wrong, and how to see it again.
fn print_smallest(plan: &Plan, product: &Arc<dyn Product>) -> Result<(), StageError> {
    let small = smallest(plan, product)?;
    let outcome = play_alone(&small, product, Telling::Aloud)?;
    print_history(&small, &outcome);
    for violation in &outcome.violations {
        println!("VIOLATION {violation}");
    }
    if outcome.violations.is_empty() {
        println!("alone, on a fresh database, all is well: it depends on the histories before it");
    }
    println!("\nto see it again: cargo run -p flow-simulation --release -- --seed {}\n", plan.seed);
    Ok(())
}

fn print_history(plan: &Plan, outcome: &Outcome) {
    println!("\nhistory {}: {:?}", plan.seed, plan.setting);
    for action in &plan.actions {
        println!("{:>4}  {:?}, {:?}, {:?}", action.number, action.kind, action.weather, action.pace);
    }
    println!("what happened (day and time, by whom, what):");
    for line in &outcome.story {
        println!("  {line}");
    }
}
