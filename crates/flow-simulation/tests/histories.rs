//! Histories are the same whenever they are played, go right, and become small when they go wrong.
#![expect(clippy::panic, reason = "a test reports by panicking")]

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hasher as _};
use std::sync::Arc;

use application::{CreateDonation, CreateDonationError, House, ReconcileRound};
use async_trait::async_trait;
use domain::Donation;
use domain::ports::StoreError;
use flow_simulation::campaign::{Campaign, play_alone, smallest};
use flow_simulation::coverage::Seen;
use flow_simulation::plan::Plan;
use flow_simulation::play::Telling;
use flow_simulation::product::{Product, TheProduct};

fn the_product() -> Arc<dyn Product> {
    Arc::new(TheProduct)
}

#[test]
fn the_same_seed_is_the_same_history_to_the_letter() {
    for seed in 0..25 {
        let plan = Plan::of(seed);
        let [first, second] = [(); 2].map(|()| play_alone(&plan, &the_product(), Telling::Aloud).unwrap());
        assert!(first.story.len() > 3, "{:?}", first.story);
        assert_eq!(first, second, "seed {seed}");
        let silent = play_alone(&plan, &the_product(), Telling::Silent).unwrap();
        assert_eq!((silent.sights, silent.calls), (first.sights, first.calls), "telling changes nothing");
    }
}

#[test]
fn what_was_played_before_on_the_same_database_changes_nothing() {
    let campaign = |from_seed, histories| Campaign { from_seed, histories, threads: 1 };
    let together = campaign(0, 20).run(&the_product(), |_| {}).unwrap();
    let mut calls = 0;
    for seed in 0..20 {
        calls += play_alone(&Plan::of(seed), &the_product(), Telling::Silent).unwrap().calls;
    }
    assert_eq!(together.calls, calls);
}

#[test]
fn fresh_histories_go_right_and_exercise_what_they_should() {
    let from_seed = RandomState::new().build_hasher().finish();
    let summary = Campaign { from_seed, histories: 300, threads: 2 }.run(&the_product(), |_| {}).unwrap();
    assert_eq!(summary.histories, 300);
    assert_eq!(summary.violations, [], "from seed {from_seed}");
    for seen in [Seen::Paid, Seen::Death, Seen::WebhookLost, Seen::GatewayAnswerLost, Seen::Conflict] {
        assert!(summary.coverage.of(seen) > 10, "{}: {}", seen.words(), summary.coverage.of(seen));
    }
}

/// Forgets to ask about open orders.
struct NeverAsks;

#[async_trait]
impl Product for NeverAsks {
    async fn reconcile(&self, _: &House) -> Result<ReconcileRound, StoreError> {
        Ok(ReconcileRound::default())
    }
}

#[test]
fn a_history_that_goes_wrong_becomes_small_and_still_goes_wrong() {
    let product: Arc<dyn Product> = Arc::new(NeverAsks);
    let goes_wrong = |plan: &Plan| !play_alone(plan, &product, Telling::Silent).unwrap().violations.is_empty();
    let long = |plan: &Plan| plan.actions.len() > 8;
    let plan = (0..).map(Plan::of).find(|plan| long(plan) && goes_wrong(plan)).unwrap();
    let small = smallest(&plan, &product).unwrap();
    assert!(goes_wrong(&small));
    // An order that is made and not paid is enough for something to be left open.
    assert!(small.actions.len() <= 2, "{:#?}", small.actions);
    for left_out in 0..small.actions.len() {
        let mut smaller = small.clone();
        smaller.actions.remove(left_out);
        assert!(!goes_wrong(&smaller), "action {left_out} could be left out");
    }
}

/// Cannot do anything.
struct Panics;

#[async_trait]
impl Product for Panics {
    async fn create_donation(&self, _: &House, _: CreateDonation) -> Result<Donation, CreateDonationError> {
        panic!("a mistake")
    }
}

#[test]
fn a_panic_is_a_violation() {
    let product: Arc<dyn Product> = Arc::new(Panics);
    let outcome = play_alone(&Plan::of(0), &product, Telling::Silent).unwrap();
    assert_eq!(outcome.violations, ["the product panicked"]);
}
