//! When the gateway is asked about an order that nobody tells us of.
#![expect(clippy::unwrap_used, reason = "a test reports by panicking")]

mod support;

use chrono::TimeDelta;
use domain::Instant;
use domain::donation::{Attempt, AttemptState, CheckSchedule};
use proptest::prelude::*;
use support::*;

fn schedule(seconds: i64) -> CheckSchedule {
    CheckSchedule::new(TimeDelta::seconds(seconds))
}

/// An attempt that was begun at minute 0 and is due at minute 60.
fn attempt() -> Attempt {
    started().attempts[0].clone()
}

/// The minutes at which the order is asked about, from the first time on.
fn minutes(schedule: CheckSchedule, attempt: &Attempt) -> Vec<i64> {
    let first = attempt.started_at + schedule.first_after();
    let asked = std::iter::successors(Some(first), |now| schedule.next(attempt, *now));
    asked.map(|at| (at - attempt.started_at).num_minutes()).collect()
}

#[test]
fn an_order_is_asked_about_ever_less_often_once_more_after_its_due_date_and_then_hourly_and_daily() {
    let asked = minutes(schedule(60), &attempt());
    assert_eq!(asked[..12], [1, 2, 3, 4, 6, 10, 15, 22, 34, 51, 65, 125]);
    let hourly = asked.iter().filter(|minute| (65..=60 + 24 * 60).contains(*minute)).count();
    assert_eq!(hourly, 24);
    let daily: Vec<_> =
        asked.iter().filter(|minute| **minute > 60 + 24 * 60).map(|minute| minute / (24 * 60)).collect();
    assert_eq!(daily, [1, 2, 3, 4, 5, 6, 7, 8]);
}

#[test]
fn an_order_is_not_given_up_while_the_gateway_does_not_answer() {
    let (soon, late) = (at(2), at(30 * 24 * 60));
    assert_eq!(schedule(60).next(&attempt(), late), None);
    assert_eq!(schedule(60).next_unanswered(&attempt(), late), late + TimeDelta::days(1));
    assert_eq!(Some(schedule(60).next_unanswered(&attempt(), soon)), schedule(60).next(&attempt(), soon));
}

#[test]
fn pauses_are_no_longer_than_an_hour_while_the_order_can_be_paid() {
    let week = Attempt { due_at: at(7 * 24 * 60), ..attempt() };
    assert_eq!(schedule(60).next(&week, at(3 * 24 * 60)), Some(at(3 * 24 * 60 + 60)));
}

#[test]
fn pauses_may_be_as_short_as_the_first_one() {
    assert_eq!(schedule(1).next(&attempt(), now()), Some(now() + TimeDelta::seconds(1)));
    assert_eq!(schedule(600).next(&attempt(), now()), Some(at(1)));
    assert_eq!(schedule(0).first_after(), TimeDelta::seconds(1));
}

#[test]
fn an_attempt_lapses_some_minutes_after_its_due_date_if_it_is_open() {
    assert!(!attempt().has_lapsed(at(64)));
    assert!(attempt().has_lapsed(at(65)));
    let ended = Attempt { state: AttemptState::Ended, ..attempt() };
    assert!(!ended.has_lapsed(at(65)) && !ended.is_open());
}

fn second(seconds: i64) -> Instant {
    now() + TimeDelta::seconds(seconds)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    /// Whatever the clock and the due date say, the next question comes later than this one, within a day, and there is
    /// a last one.
    #[test]
    fn the_next_question_always_comes_later(
        first_after in -10_i64..100_000,
        due_in in -100_000_i64..1_000_000,
        age in -100_000_i64..3_000_000,
    ) {
        let attempt = Attempt { due_at: second(due_in), ..attempt() };
        let schedule = schedule(first_after);
        let next = schedule.next(&attempt, second(age));
        prop_assert!(next.is_none_or(|next| next > second(age) && next <= second(age) + TimeDelta::days(1)));
        prop_assert_eq!(next.is_none(), age - due_in >= 8 * 24 * 60 * 60);
    }

    /// A question comes just when an order that was not paid must have ended.
    #[test]
    fn no_question_but_one_comes_when_the_order_must_have_ended(first_after in 1_i64..600, due_in in 60_i64..600_000) {
        let attempt = Attempt { due_at: second(due_in), ..attempt() };
        let schedule = schedule(first_after);
        let lapses = attempt.due_at + Attempt::LAPSES_AFTER;
        let first = attempt.started_at + schedule.first_after();
        let mut asked = std::iter::successors(Some(first), |now| schedule.next(&attempt, *now));
        prop_assert!(first >= lapses || asked.any(|at| at == lapses));
    }
}
