//! A day that is compared with the gateway's books.

use application::{CompareDayError, DayOutcome, House, Onward, Progress, compare_day};
use chrono::TimeDelta;
use domain::ports::{CreateOrder, NewOrder, PaymentGateway as _, ReturnUrls, WantedBy};
use domain::reconciliation::{Day, DayReport};
use domain::{ExternalId, OrderId, Tenge};
use futures_util::future::BoxFuture;

use super::App;

/// The day on which a test's clock begins.
pub fn first_day() -> Day {
    Day::parse("2026-03-01").unwrap()
}

/// As fast as it goes.
pub fn at_once(_: Progress) -> BoxFuture<'static, Onward> {
    Box::pin(std::future::ready(Onward::GoOn))
}

/// Compares the first day, as a server does by itself.
pub async fn try_first_day(house: &House) -> Result<DayOutcome, CompareDayError> {
    compare_day(house, first_day(), WantedBy::Schedule, &at_once).await
}

impl App {
    /// The report of the first day, compared by a server on the next one.
    pub async fn compared(&self) -> DayReport {
        self.clock.advance(TimeDelta::days(1));
        report(try_first_day(&self.house()).await)
    }

    /// The report of the first day, compared once more because a person asks.
    pub async fn compared_again(&self) -> DayReport {
        report(compare_day(&self.house(), first_day(), WantedBy::Person, &at_once).await)
    }

    /// An order of this name that somebody else has the gateway make.
    pub async fn order_there(&self, name: &str, amount: u32) -> OrderId {
        let order = NewOrder {
            external_id: ExternalId::new(name),
            amount: Tenge::new(amount),
            description: String::new(),
            due_at: domain::ports::Clock::now(self.clock.as_ref()),
            return_urls: ReturnUrls { success: String::new(), failure: String::new(), back: String::new() },
        };
        match self.gateway.create_order(&order).await.unwrap() {
            CreateOrder::Created(order) => order.id,
            CreateOrder::AlreadyExists => panic!("{name} is taken"),
        }
    }
}

#[track_caller]
fn report(outcome: Result<DayOutcome, CompareDayError>) -> DayReport {
    match outcome {
        Ok(DayOutcome::Compared(report)) => *report,
        other => panic!("the day is compared, not {other:?}"),
    }
}

/// Each difference as `kind settled` or `kind open`.
pub fn differences(report: &DayReport) -> Vec<String> {
    let word = |settled| if settled { "settled" } else { "open" };
    report.differences.iter().map(|found| format!("{} {}", found.kind.word(), word(found.settled))).collect()
}
