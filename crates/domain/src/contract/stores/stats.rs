//! Numbers over time. The samples' noon is five in the afternoon in Kazakhstan.

use super::Stores;
use super::samples::{
    AMOUNT, at, capture, cause, completed, donation_of, edited, email, found, kept, news, refund, saved, started,
};
use crate::donation::{Decline, DeclineReason, DonationState, OrderFact};
use crate::ports::{DaySpan, Figures, GatewayMode, Series};
use crate::reconciliation::{Bucket, Day};
use crate::{Donation, DonationId, Tenge};

/// The first minute of the day after the samples' day, by Kazakhstan's clocks, is this many after noon UTC; the samples' instants have
/// some microseconds more.
const MIDNIGHT: i64 = 7 * 60;
const A_DAY: i64 = 24 * 60;

/// So many days after the samples' day.
fn day(days: i64) -> Day {
    Day::of(at(days * A_DAY))
}

fn span(from: i64, to: i64) -> DaySpan {
    DaySpan { mode: GatewayMode::Real, from: day(from), to: day(to) }
}

async fn figures(stores: Stores<'_>, span: DaySpan) -> Figures {
    stores.stats.figures(&[span]).await.unwrap().remove(0)
}

async fn series(stores: Stores<'_>, span: DaySpan, bucket: Bucket) -> Series {
    stores.stats.series(&span, bucket).await.unwrap()
}

/// One that was made at this minute.
async fn made(stores: Stores<'_>, number: u128, minute: i64) -> Donation {
    kept(stores, donation_of(number, None, at(minute))).await
}

/// One that was made at the one minute and paid at the other.
async fn paid(stores: Stores<'_>, number: u128, (made_at, paid_at): (i64, i64)) -> Donation {
    let paid = completed(stores, donation_of(number, None, at(made_at))).await;
    let later = edited(&paid, |record| record.state = DonationState::Completed { completed_at: at(paid_at) });
    saved(stores, &later).await
}

/// So many donations of the samples, all paid and kept by one donor.
fn of_one_donor(donations: u32) -> Figures {
    let number = u64::from(donations);
    Figures {
        started: number,
        converted: number,
        paid: number,
        amount: Tenge::new(donations * AMOUNT),
        refunded: Tenge::ZERO,
        trees: 10 * number,
        donors: u64::from(donations > 0),
    }
}

/// Neither are there buckets.
pub async fn of_nothing_every_number_is_nothing(stores: Stores<'_>) {
    assert_eq!(stores.stats.figures(&[]).await, Ok(Vec::new()));
    assert_eq!(stores.stats.figures(&[span(0, 1), span(1, 2)]).await, Ok(vec![Figures::default(); 2]));
    for bucket in Bucket::ALL {
        assert_eq!(series(stores, span(-100, 100), bucket).await, Series::default());
    }
}

/// By when it was made, and by when it was paid, each from midnight to midnight in Kazakhstan.
pub async fn a_donation_counts_where_it_was_made_and_its_money_where_it_was_paid(stores: Stores<'_>) {
    paid(stores, 1, (MIDNIGHT - 1, MIDNIGHT)).await;
    paid(stores, 2, (MIDNIGHT - A_DAY, MIDNIGHT - 1)).await;
    made(stores, 3, MIDNIGHT - 2).await;
    let today = Figures { started: 3, converted: 2, ..of_one_donor(1) };
    let tomorrow = Figures { started: 0, converted: 0, ..of_one_donor(1) };
    assert_eq!(
        stores.stats.figures(&[span(0, 1), span(1, 2), span(2, 9)]).await.unwrap(),
        [today, tomorrow, Figures::default()]
    );
    let series = series(stores, span(-1, 2), Bucket::Day).await;
    assert_eq!(series.buckets, [(day(0), today), (day(1), tomorrow)].into());
    assert_eq!(series.total, Figures { started: 3, ..of_one_donor(2) }, "one donor of two days");
}

/// The samples' day is a Tuesday, the 17th.
pub async fn days_are_put_together_to_weeks_and_months(stores: Stores<'_>) {
    let monday = -A_DAY + MIDNIGHT - A_DAY;
    let first = -17 * A_DAY + MIDNIGHT;
    let minutes = [first - 1, first, monday - 1, monday, MIDNIGHT + 5 * A_DAY - 1, MIDNIGHT + 5 * A_DAY];
    for (number, minute) in (1..).zip(minutes) {
        paid(stores, number, (minute, minute)).await;
    }
    let of = async |bucket| {
        let series = series(stores, span(-60, 60), bucket).await;
        assert_eq!(series.total, of_one_donor(6));
        series
            .buckets
            .into_iter()
            .map(|(day, figures)| {
                assert_eq!(figures, of_one_donor(u32::try_from(figures.paid).expect("a small number")));
                (day.to_string(), figures.paid)
            })
            .collect::<Vec<_>>()
    };
    let expected =
        |buckets: &[(&str, u64)]| buckets.iter().map(|(day, paid)| ((*day).to_owned(), *paid)).collect::<Vec<_>>();
    assert_eq!(of(Bucket::Month).await, expected(&[("2026-10-01", 1), ("2026-11-01", 5)]));
    let weeks = [("2026-10-26", 2), ("2026-11-09", 1), ("2026-11-16", 2), ("2026-11-23", 1)];
    assert_eq!(of(Bucket::Week).await, expected(&weeks));
    let days = ["2026-10-31", "2026-11-01", "2026-11-15", "2026-11-16", "2026-11-22", "2026-11-23"].map(|day| (day, 1));
    assert_eq!(of(Bucket::Day).await, expected(&days));
}

/// Off the day on which it was paid, as campaigns' progress has it.
pub async fn what_is_given_back_is_taken_off_where_it_was_paid(stores: Stores<'_>) {
    let partly = paid(stores, 1, (0, 1)).await;
    saved(stores, &refund(&partly, "refund-1", 1_200)).await;
    let mut wholly = donation_of(2, None, at(0)).into_record();
    wholly.donor.email = email("asem@example.com");
    let wholly = completed(stores, Donation::restore(wholly)).await;
    saved(stores, &refund(&wholly, "refund-2", AMOUNT)).await;
    let today = figures(stores, span(0, 1)).await;
    let expected = Figures { refunded: Tenge::new(1_200 + AMOUNT), trees: 7, donors: 1, ..of_one_donor(2) };
    assert_eq!((today, today.net()), (expected, Tenge::new(3_800)));
    let progress = stores.campaigns.total(GatewayMode::Real).await.unwrap();
    assert_eq!((progress.raised, progress.trees, progress.donors), (today.net(), today.trees, today.donors));
}

/// By address, however it is written; of those who were forgotten each donation is one.
pub async fn a_donor_of_several_donations_is_one(stores: Stores<'_>) {
    for (number, address) in [(1, "ivan@example.com"), (2, "IVAN@Example.com"), (3, "asem@example.com")] {
        let mut record = donation_of(number, None, at(0)).into_record();
        record.donor.email = email(address);
        completed(stores, Donation::restore(record)).await;
    }
    assert_eq!(figures(stores, span(0, 1)).await.donors, 2);
    for number in [1, 2] {
        let known = found(stores, DonationId(uuid::Uuid::from_u128(number))).await;
        saved(stores, &known.erase_donor((at(9), &cause())).expect("the donor is known")).await;
    }
    assert_eq!(figures(stores, span(0, 1)).await.donors, 3);
}

/// Each is as if the other were not there, its declines too.
pub async fn real_money_and_what_was_tried_out_are_counted_apart(stores: Stores<'_>) {
    for number in 1..=3 {
        let mut record = donation_of(number, None, at(0)).into_record();
        record.test_mode = number == 3;
        completed(stores, Donation::restore(record)).await;
    }
    let mut record = donation_of(4, None, at(0)).into_record();
    record.test_mode = true;
    declined(stores, Donation::restore(record), DeclineReason::CardData).await;
    let (real, test) = (span(0, 1), DaySpan { mode: GatewayMode::Test, ..span(0, 1) });
    let expected = Series { buckets: [(day(0), of_one_donor(2))].into(), total: of_one_donor(2), declines: Vec::new() };
    assert_eq!(series(stores, real, Bucket::Day).await, expected);
    let tried = Figures { started: 2, ..of_one_donor(1) };
    let declines = vec![(DeclineReason::CardData, 1)];
    let expected = Series { buckets: [(day(0), tried)].into(), total: tried, declines };
    assert_eq!(series(stores, test, Bucket::Day).await, expected);
}

/// A new one whose payment is declined at minute 2.
async fn declined(stores: Stores<'_>, donation: Donation, reason: DeclineReason) -> Donation {
    let begun = started(stores, donation).await;
    let decline = Decline { declined_at: at(2), reason, gateway_code: None };
    saved(stores, &news(&begun, OrderFact::Declined(decline))).await
}

/// Also those after which it was paid in the end.
pub async fn every_decline_counts_for_its_reason(stores: Stores<'_>) {
    let reasons = [DeclineReason::CardData, DeclineReason::NotEnoughMoney, DeclineReason::NotEnoughMoney];
    let mut last = None;
    for (number, reason) in (1..).zip(reasons) {
        last = Some(declined(stores, donation_of(number, None, at(0)), reason).await);
    }
    saved(stores, &capture(&last.expect("there are three"))).await;
    let declines = series(stores, span(0, 1), Bucket::Month).await.declines;
    assert_eq!(declines, [(DeclineReason::NotEnoughMoney, 2), (DeclineReason::CardData, 1)]);
    for elsewhere in [span(-5, 0), span(1, 5)] {
        assert_eq!(series(stores, elsewhere, Bucket::Day).await, Series::default());
    }
}
