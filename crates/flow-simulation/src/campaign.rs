//! Many histories, on every processor.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::coverage::Coverage;
use crate::plan::{Comparison, Plan};
use crate::play::{Outcome, Telling, play};
use crate::product::Product;
use crate::shrink::shrunk;
use crate::stage::{Stage, StageError};

/// How many histories share a database. Each ends settled, so that the next one does not see it.
const HISTORIES_A_DATABASE: u64 = 200;

/// How many histories a thread takes at a time.
const BATCH: u64 = 20;

/// How often somebody is told how far it is.
const TOLD_EVERY: Duration = Duration::from_secs(5);

/// Which histories to play.
#[derive(Debug, Clone, Copy)]
pub struct Campaign {
    /// The first seed.
    pub from_seed: u64,
    /// How many; their seeds count up.
    pub histories: u64,
    /// On how many threads; at least 1.
    pub threads: usize,
}

/// What came of them.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    /// How many were played.
    pub histories: u64,
    /// How many calls were made of the ports.
    pub calls: u64,
    /// How many actions there were.
    pub actions: u64,
    /// In how many histories each thing was exercised.
    pub coverage: Coverage,
    /// The seeds that went wrong, and how.
    pub violations: Vec<(u64, Vec<String>)>,
    /// How long it took.
    pub took: Duration,
}

impl Summary {
    fn add(&mut self, plan: &Plan, outcome: &Outcome) {
        self.histories += 1;
        self.calls += outcome.calls;
        self.actions += plan.actions.len() as u64;
        self.coverage.add(outcome.sights);
        if !outcome.violations.is_empty() {
            self.violations.push((plan.seed, outcome.violations.clone()));
        }
    }

    fn merge(&mut self, other: Self) {
        self.histories += other.histories;
        self.calls += other.calls;
        self.actions += other.actions;
        self.coverage.merge(&other.coverage);
        self.violations.extend(other.violations);
    }

    /// How many histories a minute were played; of all threads together.
    pub fn a_minute(&self) -> u64 {
        let took_ms = u64::try_from(self.took.as_millis()).unwrap_or(u64::MAX).max(1);
        self.histories.saturating_mul(60_000) / took_ms
    }
}

impl Campaign {
    /// Plays them, and says from time to time how far it is.
    ///
    /// # Errors
    /// [`StageError`] if there is no database to play on.
    pub fn run(&self, product: &Arc<dyn Product>, mut tell: impl FnMut(&Summary)) -> Result<Summary, StageError> {
        let begun = Instant::now();
        let next = AtomicU64::new(0);
        let (sender, receiver) = channel();
        let mut summary = Summary::default();
        let mut told = begun;
        thread::scope(|scope| {
            for _ in 0..self.threads.max(1) {
                let (sender, next) = (sender.clone(), &next);
                scope.spawn(move || self.work(product, next, &sender));
            }
            drop(sender);
            while let Ok(batch) = receiver.recv() {
                summary.merge(batch?);
                summary.took = begun.elapsed();
                if told.elapsed() >= TOLD_EVERY {
                    told = Instant::now();
                    tell(&summary);
                }
            }
            Ok(())
        })?;
        summary.violations.sort();
        Ok(summary)
    }

    fn work(&self, product: &Arc<dyn Product>, next: &AtomicU64, sender: &Sender<Result<Summary, StageError>>) {
        let mut stage: Option<(Arc<Stage>, u64)> = None;
        loop {
            let begin = next.fetch_add(BATCH, Ordering::Relaxed);
            let end = (begin + BATCH).min(self.histories);
            let mut batch = Summary::default();
            for number in begin..end {
                let plan = Plan::of(self.from_seed.wrapping_add(number));
                if plan.setting.comparison == Comparison::OfDays {
                    stage = None;
                }
                let (used, count) = match stage.take().filter(|(_, count)| *count < HISTORIES_A_DATABASE) {
                    Some(stage) => stage,
                    None => match Stage::new() {
                        Ok(stage) => (Arc::new(stage), 0),
                        Err(error) => {
                            let _nobody_listens_any_more = sender.send(Err(error));
                            return;
                        }
                    },
                };
                let outcome = play(&plan, &used, product, Telling::Silent);
                // What went wrong may have left something behind.
                stage = outcome.violations.is_empty().then_some((used, count + 1));
                batch.add(&plan, &outcome);
            }
            if begin >= end || sender.send(Ok(batch)).is_err() {
                return;
            }
        }
    }
}

/// Plays a history alone on a fresh database, and writes its story down.
///
/// # Errors
/// [`StageError`] if there is no database to play on.
pub fn play_alone(plan: &Plan, product: &Arc<dyn Product>, telling: Telling) -> Result<Outcome, StageError> {
    let stage = Arc::new(Stage::new()?);
    Ok(play(plan, &stage, product, telling))
}

/// The smallest history that still goes wrong.
///
/// # Errors
/// [`StageError`] if there is no database to play on.
pub fn smallest(plan: &Plan, product: &Arc<dyn Product>) -> Result<Plan, StageError> {
    Stage::new()?;
    Ok(shrunk(plan, |smaller| {
        play_alone(smaller, product, Telling::Silent).is_ok_and(|outcome| !outcome.violations.is_empty())
    }))
}
