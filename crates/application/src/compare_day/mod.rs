//! A day of our books against the gateway's.
//!
//! 1. Transaction: the day is taken, with a lease, so that no other server compares it meanwhile.
//! 2. The gateway's orders of the day, a page at a time: each against the donation that its name is of.
//! 3. Its refunds of the day, in the same way.
//! 4. What is ours of the day and was on no page is asked for, one by one.
//! 5. Transaction: the totals are kept, and the lease ends.
//!
//! Before each question a transaction keeps what was found and prolongs the lease, and then the caller's pace is kept.
//! Nothing is believed of a list alone: what seems to differ is asked for by itself. What the gateway then says is taken
//! up by the same state machine as a webhook, and both sides are compared once more. That something differed is kept
//! before it is mended, so that it stays on record whatever dies in between; what an earlier comparison found and this one
//! does not is settled.
//!
//! Whoever dies leaves a lease that runs out, and the day begins anew. How far it had come is not kept: five thousand
//! orders are a hundred questions, what was mended stays mended, and the rest is found again. A list that was begun by one
//! server and gone on with by another would be no single list.

mod lists;
mod orders;
mod ours;
mod refunds;

use std::collections::{HashMap, HashSet};

use chrono::TimeDelta;
use domain::donation::{Actor, Cause};
use domain::ports::{GatewayError, Lease, StoreError, TakeDay, TakenDay, TimeSpan, WantedBy, WantedDay};
use domain::reconciliation::{Day, DayReport, Difference, MOST_DIFFERENCES, Totals};
use domain::{Donation, DonationId, GatewayRefundId, Instant, OrderId};
use futures_util::future::BoxFuture;

use crate::House;
use crate::check_payment::{CheckPaymentError, is_the_gateways};
use crate::save::DecideError;

/// Longer than the pause and the question between two prolongations can take.
const LEASE: TimeDelta = TimeDelta::minutes(10);

/// Waits before each question to the gateway, is told how far the comparison is, and says whether to go on. The caller's,
/// because this crate knows no runtime.
pub type Pace = dyn Fn(Progress) -> BoxFuture<'static, Onward> + Send + Sync;

/// Whether to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Onward {
    /// Ask.
    GoOn,
    /// The caller has to stop: the day is given back, and due again at once.
    Stop,
}

/// How far a comparison is.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Questions that the gateway has answered.
    pub questions: u64,
    /// Orders and refunds that it has listed.
    pub listed: u64,
    /// Differences found so far, the mended ones among them.
    pub differences: u64,
}

/// What came of comparing a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayOutcome {
    /// It was compared.
    Compared(Box<DayReport>),
    /// Somebody else is comparing it.
    Busy,
    /// It has been compared before, or has to wait after a failure.
    NotDue,
}

/// Why a day was not compared to its end. What was mended by then stays so, and is on record.
#[derive(Debug, thiserror::Error)]
pub enum CompareDayError {
    /// The gateway did not tell. The day is due again after a pause that grows with each failure.
    #[error(transparent)]
    Gateway(#[from] GatewayError),
    /// It took so long that the lease ended, and somebody else has taken the day.
    #[error("somebody else has taken the day")]
    LeaseLost,
    /// The caller had to stop.
    #[error("it was told to stop")]
    Stopped,
    /// A donation is being changed by too many at once.
    #[error("busy")]
    Busy,
    /// The store failed. The day is due again when the lease ends.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Compares the day, and mends what can be mended.
///
/// # Errors
/// [`CompareDayError`].
pub async fn compare_day(
    house: &House,
    day: Day,
    wanted_by: WantedBy,
    pace: &Pace,
) -> Result<DayOutcome, CompareDayError> {
    let taken = match take(house, day, wanted_by).await? {
        Taking::Taken(taken) => taken,
        Taking::Not(outcome) => return Ok(outcome),
    };
    let cause = Cause { actor: Actor::System, request_id: None };
    let report = compare_taken(house, taken, &cause, pace).await?;
    Ok(report.map_or(DayOutcome::NotDue, |report| DayOutcome::Compared(Box::new(report))))
}

/// What came of taking a day.
pub(crate) enum Taking {
    /// It is to be compared.
    Taken(TakenDay),
    /// It is not, and why.
    Not(DayOutcome),
}

pub(crate) async fn take(house: &House, day: Day, wanted_by: WantedBy) -> Result<Taking, StoreError> {
    let now = house.clock.now();
    let wanted = WantedDay { day, now, lease_until: now + LEASE, wanted_by };
    Ok(match house.reconciliations.take_day(&wanted).await? {
        TakeDay::Taken(taken) => Taking::Taken(taken),
        TakeDay::Busy => Taking::Not(DayOutcome::Busy),
        TakeDay::NotDue => Taking::Not(DayOutcome::NotDue),
    })
}

/// Compares a day that was taken; answers its report, if it has not been taken away since.
pub(crate) async fn compare_taken(
    house: &House,
    taken: TakenDay,
    cause: &Cause,
    pace: &Pace,
) -> Result<Option<DayReport>, CompareDayError> {
    let mut comparison = Comparison::new(house, taken, cause, pace);
    match comparison.run().await {
        Ok(()) => {}
        Err(error @ (CompareDayError::Gateway(_) | CompareDayError::Busy)) => {
            comparison.break_off(pause_after(taken.failures)).await?;
            return Err(error);
        }
        Err(CompareDayError::Stopped) => {
            comparison.break_off(TimeDelta::zero()).await?;
            return Err(CompareDayError::Stopped);
        }
        Err(error @ (CompareDayError::LeaseLost | CompareDayError::Store(_))) => return Err(error),
    }
    Ok(house.reconciliations.report(taken.day).await?)
}

/// One day being compared.
struct Comparison<'a> {
    house: &'a House,
    taken: TakenDay,
    span: TimeSpan,
    cause: Cause,
    pace: &'a Pace,
    totals: Totals,
    /// What was found and is not kept yet.
    found: Vec<Difference>,
    /// What an earlier comparison of the day left open and this one has not found.
    left_open: Vec<Difference>,
    /// The orders that the gateway has told of, with the attempts that their names are of; `None` for those of others.
    names: HashMap<OrderId, Option<(DonationId, u32)>>,
    listed_orders: HashSet<OrderId>,
    listed_refunds: HashSet<(OrderId, GatewayRefundId)>,
    progress: Progress,
}

impl<'a> Comparison<'a> {
    fn new(house: &'a House, taken: TakenDay, cause: &Cause, pace: &'a Pace) -> Self {
        Self {
            house,
            taken,
            span: taken.day.span(),
            cause: cause.clone(),
            pace,
            totals: Totals::default(),
            found: Vec::new(),
            left_open: Vec::new(),
            names: HashMap::new(),
            listed_orders: HashSet::new(),
            listed_refunds: HashSet::new(),
            progress: Progress::default(),
        }
    }

    async fn run(&mut self) -> Result<(), CompareDayError> {
        let before = self.house.reconciliations.report(self.taken.day).await?;
        self.left_open = before.map_or_else(Vec::new, |report| report.differences);
        self.left_open.retain(|difference| !difference.settled);
        self.orders_of_the_gateway().await?;
        self.refunds_of_the_gateway().await?;
        self.ours_that_were_not_listed().await?;
        self.found.extend(self.left_open.drain(..).map(|gone| Difference { settled: true, ..gone }));
        self.keep().await?;
        let done = self.house.reconciliations.complete(&self.taken, &self.totals, self.house.clock.now()).await?;
        held(done)
    }

    /// What was found up to here stays, and the day is due again after the pause.
    async fn break_off(&mut self, pause: TimeDelta) -> Result<(), CompareDayError> {
        self.keep().await?;
        let retry_at = self.house.clock.now() + pause;
        held(self.house.reconciliations.break_off(&self.taken, retry_at).await?)
    }

    /// Goes before each question to the gateway.
    async fn before_asking(&mut self) -> Result<(), CompareDayError> {
        self.keep().await?;
        if (self.pace)(self.progress).await == Onward::Stop {
            return Err(CompareDayError::Stopped);
        }
        self.progress.questions += 1;
        Ok(())
    }

    async fn keep(&mut self) -> Result<(), CompareDayError> {
        let lease_until = self.house.clock.now() + LEASE;
        held(self.house.reconciliations.keep(&self.taken, &self.found, lease_until).await?)?;
        for difference in self.found.drain(..) {
            log_difference(self.taken.day, &difference);
        }
        Ok(())
    }

    /// Keeps what differs as it is before somebody tries to mend it.
    async fn keep_as_found(&self, found: &[Difference]) -> Result<(), CompareDayError> {
        let found = if self.list_is_full() { &[] } else { found };
        let lease_until = self.house.clock.now() + LEASE;
        held(self.house.reconciliations.keep(&self.taken, found, lease_until).await?)
    }

    /// Those of one order or refund stand on the list, or none of them do. What is on it from before is brought up to date however
    /// long the list is.
    fn note(&mut self, found: impl IntoIterator<Item = Difference>) {
        let is_full = self.list_is_full();
        for difference in found {
            let before = self.left_open.len();
            self.left_open.retain(|open| !open.is_same(&difference));
            let was_listed = self.left_open.len() < before;
            self.progress.differences = self.progress.differences.saturating_add(1);
            if was_listed || !is_full {
                self.found.push(difference);
            } else if !difference.settled {
                self.totals.differences_left_out += 1;
            }
        }
    }

    fn list_is_full(&self) -> bool {
        self.progress.differences >= MOST_DIFFERENCES
    }

    /// Whether the gateway knows nothing of it because it is of the other kind of money.
    fn is_other_money(&self, donation: &Donation) -> bool {
        !is_the_gateways(self.house, donation)
    }

    /// Whether something is of this day: by the gateway's word, or by ours if it does not say.
    fn is_of_the_day(&self, made_at: Option<Instant>, ours: Option<Instant>) -> bool {
        made_at.or(ours).is_none_or(|at| self.span.contains(at))
    }
}

fn held(lease: Lease) -> Result<(), CompareDayError> {
    match lease {
        Lease::Held => Ok(()),
        Lease::Lost => Err(CompareDayError::LeaseLost),
    }
}

/// What came of asking about one thing; `None` if the gateway refuses to tell, which must not keep us from all the others. A
/// key that it does not know would have been refused before, with the list.
fn unless_refused<T>(asked: Result<T, CheckPaymentError>) -> Result<Option<T>, CompareDayError> {
    match asked {
        Ok(told) => Ok(Some(told)),
        Err(CheckPaymentError::Gateway(error @ GatewayError::Refused(_))) => {
            tracing::error!(error = %error, "daily.not_told");
            Ok(None)
        }
        Err(CheckPaymentError::Gateway(error)) => Err(error.into()),
        Err(CheckPaymentError::NotFound | CheckPaymentError::Busy) => Err(CompareDayError::Busy),
        Err(CheckPaymentError::Store(error)) => Err(error.into()),
    }
}

/// A minute, doubled with each failure in a row, and an hour at most.
fn pause_after(failures: u32) -> TimeDelta {
    TimeDelta::minutes(1_i64 << failures.min(6)).min(TimeDelta::hours(1))
}

/// The differences of two comparisons, with something done in between to mend them: those that are gone are settled.
fn settled(before: Vec<Difference>, after: Vec<Difference>) -> Vec<Difference> {
    let gone = before.into_iter().filter(|difference| after.iter().all(|other| !other.is_same(difference)));
    let mut all: Vec<_> = gone.map(|difference| Difference { settled: true, ..difference }).collect();
    all.extend(after);
    all
}

fn log_difference(day: Day, difference: &Difference) {
    tracing::warn!(
        {
        day = %day,
        difference.kind = difference.kind.word(),
        difference.settled = difference.settled,
        donation.id = difference.donation.map(|id| id.to_string()),
        order.id = difference.order.as_str(),
        refund.id = difference.refund.as_ref().map(GatewayRefundId::as_str),
        ours = difference.ours,
        gateway = difference.gateway
        },
        "daily.difference",
    );
}

impl From<DecideError> for CompareDayError {
    fn from(error: DecideError) -> Self {
        match error {
            // Donations are never deleted: one that was found and is gone is one that too many change.
            DecideError::Gone | DecideError::Busy => Self::Busy,
            DecideError::Store(error) => Self::Store(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_after_a_failure_grows_up_to_an_hour() {
        let minutes: Vec<_> = (0..9).map(|failures| pause_after(failures).num_minutes()).collect();
        assert_eq!(minutes, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!(pause_after(u32::MAX), TimeDelta::hours(1));
    }
}
