//! Which orders the gateway has to be asked about, and who asks.

use futures_util::future::join_all;

use super::Stores;
use super::samples::{at, capture, donation, edited, found, kept, order_id, renamed, saved, start, started};
use crate::donation::{Attempt, AttemptState, Capture, Change};
use crate::ports::{DueOrders, OpenOrder};
use crate::{Donation, DonationId, ExternalId};

/// What is due at this minute, leased for ten, whenever it was begun.
fn due(minute: i64) -> DueOrders {
    DueOrders { now: at(minute), begun_by: at(minute), lease_until: at(minute + 10), limit: 100 }
}

async fn taken(stores: Stores<'_>, due: DueOrders) -> Vec<OpenOrder> {
    stores.open_orders.take_due(&due).await.unwrap()
}

async fn schedule(stores: Stores<'_>, order: &OpenOrder, minute: Option<i64>) {
    stores.open_orders.schedule(order, minute.map(at)).await.unwrap();
}

fn names(orders: &[OpenOrder]) -> Vec<(DonationId, u32)> {
    orders.iter().map(|order| (order.donation, order.attempt.number)).collect()
}

/// The change that leaves the first attempt in this state.
fn in_state(donation: &Donation, state: AttemptState) -> Change {
    edited(donation, |record| record.attempts[0].state = state)
}

fn money() -> Capture {
    Capture { payment_id: None, paid_at: at(2) }
}

/// A donation with a first attempt, which begins at minute 1, and a second one like it.
async fn started_twice(stores: Stores<'_>, number: u128) -> Donation {
    let current = started(stores, donation(number)).await;
    let second = edited(&current, |record| {
        let name = ExternalId::of_attempt(record.id, 2);
        let second = Attempt { number: 2, external_id: name, ..record.attempts[0].clone() };
        record.attempts[0].order_id = Some(order_id(record.id, 1));
        record.attempts.push(second);
    });
    saved(stores, &second).await
}

/// Whole, whether or not its order is known; a donation that nobody has begun to pay has none.
pub async fn an_attempt_is_due_as_soon_as_it_is_written_down(stores: Stores<'_>) {
    kept(stores, donation(1)).await;
    let prepared = started(stores, donation(2)).await;
    let lease_until = at(11);
    let order = OpenOrder { donation: prepared.id, attempt: prepared.attempts[0].clone(), lease_until };
    assert_eq!(taken(stores, due(1)).await, [order]);

    let open = saved(stores, &in_state(&prepared, AttemptState::Open)).await;
    let order = OpenOrder { donation: open.id, attempt: open.attempts[0].clone(), lease_until: at(21) };
    assert_eq!(taken(stores, due(11)).await, [order]);
}

/// Nor is a later one.
pub async fn an_attempt_that_was_begun_later_than_wanted_is_not_taken(stores: Stores<'_>) {
    let id = started(stores, donation(1)).await.id;
    assert_eq!(taken(stores, DueOrders { begun_by: at(0), ..due(5) }).await, []);
    assert_eq!(names(&taken(stores, DueOrders { begun_by: at(1), ..due(5) }).await), [(id, 1)]);
}

/// Up to the instant at which it ends, exclusive.
pub async fn an_order_that_was_taken_is_due_again_when_its_lease_ends(stores: Stores<'_>) {
    let id = started(stores, donation(1)).await.id;
    assert_eq!(taken(stores, due(5)).await.len(), 1);
    for minute in [5, 14] {
        assert_eq!(taken(stores, due(minute)).await, [], "{minute}");
    }
    assert_eq!(names(&taken(stores, due(15)).await), [(id, 1)]);
}

/// Whether that is before or after the end of the lease.
pub async fn a_scheduled_order_is_due_at_its_time(stores: Stores<'_>) {
    let id = started(stores, donation(1)).await.id;
    for (now, next) in [(5, 7), (7, 100)] {
        let order = taken(stores, due(now)).await.remove(0);
        schedule(stores, &order, Some(next)).await;
        assert_eq!(taken(stores, due(next - 1)).await, []);
    }
    assert_eq!(names(&taken(stores, due(100)).await), [(id, 1)]);
}

/// Until its donation changes: then there may be news of it once more.
pub async fn an_order_that_is_given_up_is_not_due_until_its_donation_changes(stores: Stores<'_>) {
    let current = started(stores, donation(1)).await;
    let order = taken(stores, due(5)).await.remove(0);
    schedule(stores, &order, None).await;
    assert_eq!(taken(stores, due(10_000)).await, []);
    saved(stores, &renamed(&current, "news")).await;
    assert_eq!(names(&taken(stores, due(10_000)).await), [(current.id, 1)]);
}

/// Neither one that ended, nor one that was paid, be it the wrong amount; not even if it was taken before.
pub async fn an_order_that_is_settled_is_not_due(stores: Stores<'_>) {
    let states = [AttemptState::Ended, AttemptState::Paid(money()), AttemptState::Mismatched(money())];
    let mut begun = Vec::new();
    for number in 1..=6 {
        begun.push(started(stores, donation(number)).await);
    }
    for (current, state) in begun[..3].iter().zip(&states) {
        saved(stores, &in_state(current, state.clone())).await;
    }
    let orders = taken(stores, due(5)).await;
    assert_eq!(orders.len(), 3);
    for (current, state) in begun[3..].iter().zip(states) {
        saved(stores, &in_state(current, state)).await;
    }
    for order in &orders {
        schedule(stores, order, Some(6)).await;
    }
    assert_eq!(taken(stores, due(10_000)).await, []);
}

/// It can be paid again, after all.
pub async fn an_order_that_is_open_again_is_due_again(stores: Stores<'_>) {
    let current = started(stores, donation(1)).await;
    let current = saved(stores, &in_state(&current, AttemptState::Ended)).await;
    assert_eq!(taken(stores, due(5)).await, []);
    let current = saved(stores, &in_state(&current, AttemptState::Open)).await;
    assert_eq!(names(&taken(stores, due(5)).await), [(current.id, 1)]);
}

/// Its order may be paid as well.
pub async fn an_earlier_attempt_is_due_though_another_one_was_paid(stores: Stores<'_>) {
    let current = started_twice(stores, 1).await;
    let paid = edited(&current, |record| record.attempts[1].state = AttemptState::Paid(money()));
    saved(stores, &paid).await;
    assert_eq!(names(&taken(stores, due(5)).await), [(current.id, 1)]);
    assert_eq!(found(stores, current.id).await, paid.donation);
}

/// Neither the lease nor the time that was set.
pub async fn a_change_of_the_donation_leaves_the_time_as_it_is(stores: Stores<'_>) {
    let current = started(stores, donation(1)).await;
    let order = taken(stores, due(5)).await.remove(0);
    let current = saved(stores, &renamed(&current, "leased")).await;
    assert_eq!(taken(stores, due(6)).await, []);
    schedule(stores, &order, Some(100)).await;
    saved(stores, &renamed(&current, "scheduled")).await;
    assert_eq!(taken(stores, due(99)).await, []);
    assert_eq!(taken(stores, due(100)).await.len(), 1);
}

/// Somebody else may be at it.
pub async fn whoever_lost_the_lease_schedules_nothing(stores: Stores<'_>) {
    started(stores, donation(1)).await;
    let slow = taken(stores, due(5)).await.remove(0);
    let next = taken(stores, due(15)).await.remove(0);
    schedule(stores, &slow, Some(16)).await;
    assert_eq!(taken(stores, due(16)).await, []);
    schedule(stores, &next, Some(17)).await;
    schedule(stores, &next, None).await;
    assert_eq!(taken(stores, due(17)).await.len(), 1);
}

/// So that a crowd of new ones cannot hide an old one.
pub async fn what_has_been_due_for_longest_is_taken_first(stores: Stores<'_>) {
    for number in 1..=5 {
        started(stores, donation(number)).await;
    }
    for (order, minute) in taken(stores, due(2)).await.iter().zip([40, 10, 50, 30, 20]) {
        schedule(stores, order, Some(minute)).await;
    }
    let mut times = Vec::new();
    for limit in [0, 2, 2, 2] {
        let orders = taken(stores, DueOrders { limit, ..due(60) }).await;
        times.push(orders.len());
        if let Some(order) = orders.first() {
            schedule(stores, order, Some(1_000)).await;
        }
    }
    assert_eq!(times, [0, 2, 2, 1]);
}

/// However many servers look at once, and though they take a few at a time.
pub async fn of_twenty_that_take_at_once_each_order_goes_to_one(stores: Stores<'_>) {
    let mut all = Vec::new();
    for number in 1..=30 {
        all.push((started(stores, donation(number)).await.id, 1));
    }
    let takers = (0..20).map(|_| async {
        let mut mine = Vec::new();
        loop {
            let orders = taken(stores, DueOrders { limit: 3, ..due(5) }).await;
            if orders.is_empty() {
                return mine;
            }
            mine.extend(names(&orders));
        }
    });
    let mut taken: Vec<_> = join_all(takers).await.into_iter().flatten().collect();
    // Who finds all that is due in somebody else's hands gives up early; what is left goes to the others.
    taken.sort();
    assert_eq!(taken, all);
}

/// The donation's change is kept, and its order goes to one.
pub async fn taking_an_order_while_its_donation_changes_harms_neither(stores: Stores<'_>) {
    let mut changes = Vec::new();
    for number in 1..=10 {
        changes.push(capture(&started(stores, donation(number)).await));
    }
    let save = join_all(changes.iter().map(|change| saved(stores, change)));
    let take = async {
        for minute in [5, 20, 40] {
            for order in taken(stores, due(minute)).await {
                schedule(stores, &order, Some(minute + 1)).await;
            }
        }
    };
    futures_util::future::join(save, take).await;
    assert_eq!(taken(stores, due(10_000)).await, []);
    for change in &changes {
        assert_eq!(found(stores, change.donation.id).await.state, change.donation.state);
    }
}

/// A change that is a conflict leaves the lease as it is.
pub async fn a_change_that_is_not_kept_leaves_the_time_as_it_is(stores: Stores<'_>) {
    let bare = kept(stores, donation(1)).await;
    let current = saved(stores, &start(&bare)).await;
    let late = capture(&current);
    saved(stores, &renamed(&current, "first")).await;
    let order = taken(stores, due(5)).await.remove(0);
    assert_eq!(stores.donations.save(&late).await, Ok(crate::ports::Save::Conflict));
    schedule(stores, &order, Some(7)).await;
    assert_eq!(taken(stores, due(7)).await.len(), 1);
}
