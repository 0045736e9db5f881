//! The simulator finds what it is there to find: known mistakes, planted one at a time, are each caught within so many
//! histories, and the product as it is goes through the same ones.
//!
//! A mistake is planted from outside: a flawed port around the real one, or a flawed use case in the place of the real
//! one. The product knows nothing of it.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test reports by panicking, and says what it found"
)]

mod ports;
mod use_cases;

use std::sync::Arc;

use flow_simulation::campaign::{Campaign, play_alone};
use flow_simulation::plan::Plan;
use flow_simulation::play::Telling;
use flow_simulation::product::{Product, TheProduct};

/// The first seed of every mutant, and of the product.
const FROM_SEED: u64 = 5_000_000;

/// Every mistake is caught within so many histories.
const MOST: u64 = 400;

/// How often a seed is tried on a database of its own before the next one: it is enough to find the first.
const BATCH: u64 = 20;

/// Plays histories until one goes wrong; says how many it took, and what went wrong.
fn caught(product: impl Product + 'static) -> Option<(u64, Vec<String>)> {
    let product: Arc<dyn Product> = Arc::new(product);
    for begin in (0..MOST).step_by(BATCH as usize) {
        let campaign = Campaign { from_seed: FROM_SEED + begin, histories: BATCH, threads: 1 };
        let summary = campaign.run(&product, |_| {}).ok()?;
        if let Some((seed, violations)) = summary.violations.into_iter().next() {
            let alone = play_alone(&Plan::of(seed), &product, Telling::Silent).ok()?;
            assert_eq!(alone.violations, violations, "seed {seed} goes wrong alone as well");
            return Some((seed - FROM_SEED + 1, violations));
        }
    }
    None
}

/// The mistake must be caught, and by a violation that says what it is.
#[track_caller]
fn assert_caught(product: impl Product + 'static, says: &str) {
    let Some((histories, violations)) = caught(product) else {
        panic!("not caught in {MOST} histories");
    };
    println!("caught after {histories} histories: {violations:?}");
    assert!(violations.iter().any(|violation| violation.contains(says)), "{violations:?} do not say: {says}");
}

#[test]
fn the_product_as_it_is_goes_through_the_same_histories() {
    let product: Arc<dyn Product> = Arc::new(TheProduct);
    let summary = Campaign { from_seed: FROM_SEED, histories: MOST, threads: 2 }.run(&product, |_| {}).unwrap();
    assert_eq!(summary.violations, []);
}
