//! Requests that come again.

use futures_util::future::join_all;

use super::Stores;
use super::samples::at;
use crate::Instant;
use crate::ports::{Begin, IdempotencyKey, StoredAnswer};

/// Everybody who began before this is still at it.
const NOBODY_IS_STALE: i64 = -1_000;

fn key(caller: &str, key: &str, fingerprint: u8) -> IdempotencyKey {
    IdempotencyKey { caller: caller.to_owned(), key: key.to_owned(), fingerprint: [fingerprint; 32] }
}

fn answer() -> StoredAnswer {
    StoredAnswer {
        status: 201,
        headers: vec![
            ("Content-Type".to_owned(), "application/json".to_owned()),
            ("Location".to_owned(), "/донаттар/1".to_owned()),
            ("Location".to_owned(), String::new()),
        ],
        body: (0..=255).collect(),
    }
}

async fn begin(stores: Stores<'_>, key: &IdempotencyKey, now: Instant) -> Begin {
    let begun = stores.idempotency.begin(key, now, at(NOBODY_IS_STALE)).await;
    begun.unwrap()
}

/// Byte for byte; until then it is in progress.
pub async fn a_repeated_request_gets_the_first_ones_answer(stores: Stores<'_>) {
    let key = key("caller", "key", 1);
    assert_eq!(begin(stores, &key, at(0)).await, Begin::Fresh);
    assert_eq!(begin(stores, &key, at(1)).await, Begin::InProgress);
    stores.idempotency.finish(&key, &answer(), at(60)).await.unwrap();
    for minute in [2, 59] {
        assert_eq!(begin(stores, &key, at(minute)).await, Begin::Replay(answer()));
    }
}

/// An answer may have neither headers nor a body.
pub async fn an_empty_answer_is_an_answer(stores: Stores<'_>) {
    let key = key("caller", "key", 1);
    let empty = StoredAnswer { status: 204, headers: Vec::new(), body: Vec::new() };
    begin(stores, &key, at(0)).await;
    stores.idempotency.finish(&key, &empty, at(60)).await.unwrap();
    assert_eq!(begin(stores, &key, at(1)).await, Begin::Replay(empty));
}

/// Whether the first has been answered or not.
pub async fn a_key_is_not_for_another_request(stores: Stores<'_>) {
    let (first, second) = (key("caller", "key", 1), key("caller", "key", 2));
    begin(stores, &first, at(0)).await;
    assert_eq!(begin(stores, &second, at(1)).await, Begin::Reused);
    stores.idempotency.finish(&first, &answer(), at(60)).await.unwrap();
    assert_eq!(begin(stores, &second, at(2)).await, Begin::Reused);
    assert_eq!(begin(stores, &first, at(2)).await, Begin::Replay(answer()));
}

/// Nobody gets another's answer by guessing a key.
pub async fn every_caller_has_keys_of_its_own(stores: Stores<'_>) {
    let (one, two) = (key("one", "key", 1), key("two", "key", 1));
    begin(stores, &one, at(0)).await;
    stores.idempotency.finish(&one, &answer(), at(60)).await.unwrap();
    assert_eq!(begin(stores, &two, at(1)).await, Begin::Fresh);
    assert_eq!(begin(stores, &key("one", "KEY", 1), at(1)).await, Begin::Fresh);
}

/// For the same request and for another.
pub async fn an_abandoned_key_is_free(stores: Stores<'_>) {
    for fingerprint in [1, 2] {
        let key = key("caller", "key", fingerprint);
        assert_eq!(begin(stores, &key, at(0)).await, Begin::Fresh);
        stores.idempotency.abandon(&key).await.unwrap();
    }
}

/// At the instant at which it expires, for the same request and for another, which then has no answer yet.
pub async fn an_expired_key_is_free(stores: Stores<'_>) {
    let (first, second) = (key("caller", "key", 1), key("caller", "key", 2));
    begin(stores, &first, at(0)).await;
    stores.idempotency.finish(&first, &answer(), at(60)).await.unwrap();
    assert_eq!(begin(stores, &second, at(59)).await, Begin::Reused);
    assert_eq!(begin(stores, &second, at(60)).await, Begin::Fresh);
    assert_eq!(begin(stores, &second, at(60)).await, Begin::InProgress);
    assert_eq!(begin(stores, &first, at(60)).await, Begin::Reused);
}

/// Its server died. One that began at that very instant is not stale, and an answered one never is.
pub async fn a_key_whose_request_runs_for_too_long_is_free(stores: Stores<'_>) {
    let begin = |key: IdempotencyKey, now, stale_before| async move {
        let begun = stores.idempotency.begin(&key, at(now), at(stale_before)).await;
        begun.unwrap()
    };
    let key = || key("caller", "key", 1);
    assert_eq!(begin(key(), 0, -10).await, Begin::Fresh);
    assert_eq!(begin(key(), 10, 0).await, Begin::InProgress);
    assert_eq!(begin(key(), 11, 1).await, Begin::Fresh);
    assert_eq!(begin(key(), 12, 2).await, Begin::InProgress);
    stores.idempotency.finish(&key(), &answer(), at(60)).await.unwrap();
    assert_eq!(begin(key(), 50, 40).await, Begin::Replay(answer()));
}

/// The others wait for its answer.
pub async fn of_twenty_that_take_a_key_at_once_one_gets_it(stores: Stores<'_>) {
    let key = key("caller", "key", 1);
    one_of_twenty_is_fresh(stores, &key, at(0)).await;
}

/// As if it had never been used.
pub async fn of_twenty_that_take_an_expired_key_at_once_one_gets_it(stores: Stores<'_>) {
    let key = key("caller", "key", 1);
    begin(stores, &key, at(0)).await;
    stores.idempotency.finish(&key, &answer(), at(60)).await.unwrap();
    one_of_twenty_is_fresh(stores, &key, at(61)).await;
}

async fn one_of_twenty_is_fresh(stores: Stores<'_>, key: &IdempotencyKey, now: Instant) {
    let begun = join_all((0..20).map(|_| begin(stores, key, now))).await;
    let of = |kind: &Begin| begun.iter().filter(|begin| *begin == kind).count();
    assert_eq!((of(&Begin::Fresh), of(&Begin::InProgress)), (1, 19));
}
