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

mod gateway;
mod stores;
mod use_cases;
mod webhooks;

use std::sync::Arc;

use flow_simulation::campaign::{Campaign, play_alone};
use flow_simulation::plan::Plan;
use flow_simulation::play::Telling;
use flow_simulation::product::{Product, TheProduct};

/// The first seed of every mutant, and of the product.
const FROM_SEED: u64 = 5_000_000;

/// Every mistake is caught within so many histories.
const MOST: u64 = 500;

/// So many histories are played before anybody looks.
const BATCH: u64 = 20;

/// Plays histories until one goes wrong in a way that says what the mistake is, and tells after how many that was.
#[track_caller]
fn assert_caught(product: impl Product + 'static, says: &str) {
    let product: Arc<dyn Product> = Arc::new(product);
    let mut first = None;
    let mut others = Vec::new();
    for begin in (0..MOST).step_by(BATCH as usize) {
        let campaign = Campaign { from_seed: FROM_SEED + begin, histories: BATCH, threads: 1 };
        let summary = campaign.run(&product, |_| {}).unwrap();
        for (seed, violations) in summary.violations {
            let after = seed - FROM_SEED + 1;
            let first = *first.get_or_insert(after);
            if others.len() < 3 {
                others.extend(violations.first().cloned());
            }
            if let Some(violation) = violations.iter().find(|violation| violation.contains(says)) {
                let alone = play_alone(&Plan::of(seed), &product, Telling::Silent).unwrap();
                assert_eq!(alone.violations, violations, "seed {seed} goes wrong alone as well");
                println!("first violation in history {first}, in history {after}: {violation}");
                return;
            }
        }
    }
    panic!("not caught in {MOST} histories; in history {first:?} and later: {others:?}");
}

#[test]
fn the_product_as_it_is_goes_through_the_same_histories() {
    let product: Arc<dyn Product> = Arc::new(TheProduct);
    let summary = Campaign { from_seed: FROM_SEED, histories: MOST, threads: 2 }.run(&product, |_| {}).unwrap();
    assert_eq!(summary.violations, []);
}
