//! The keys that sign certificates.

use futures_util::future::join_all;

use super::Stores;
use super::samples::at;
use crate::ports::OwnKey;
use crate::{CertificateKey, CertificateSeed};

fn key(number: u8) -> OwnKey {
    OwnKey { key: CertificateKey([number; 32]), seed: CertificateSeed([number ^ 0xff; 32]) }
}

/// It is made once, and stays.
pub async fn the_first_key_stays_the_databases_own(stores: Stores<'_>) {
    let keys = stores.certificate_keys;
    assert_eq!(keys.keys().await, Ok(Vec::new()));
    assert_eq!(keys.own(&key(1), at(0)).await, Ok(key(1)));
    assert_eq!(keys.own(&key(2), at(1)).await, Ok(key(1)));
    assert_eq!(keys.keys().await, Ok(vec![key(1).key]), "what was not taken is not kept");
}

/// Whoever comes first.
pub async fn servers_that_start_at_once_end_with_one_key(stores: Stores<'_>) {
    let fresh: Vec<_> = (1..=20).map(key).collect();
    let given: Vec<_> = join_all(fresh.iter().map(|fresh| stores.certificate_keys.own(fresh, at(0)))).await;
    let first = given[0].clone().unwrap();
    assert!(fresh.contains(&first));
    assert!(given.iter().all(|own| own.as_ref() == Ok(&first)), "{given:?}");
    assert_eq!(stores.certificate_keys.keys().await, Ok(vec![first.key]));
}

/// In the order in which they came, each once.
pub async fn every_key_that_ever_signed_stays_known(stores: Stores<'_>) {
    let keys = stores.certificate_keys;
    keys.remember(&key(9).key, at(0)).await.unwrap();
    keys.own(&key(1), at(1)).await.unwrap();
    for minutes in [2, 3] {
        keys.remember(&key(5).key, at(minutes)).await.unwrap();
        keys.remember(&key(1).key, at(minutes)).await.unwrap();
    }
    assert_eq!(keys.keys().await, Ok(vec![key(9).key, key(1).key, key(5).key]));
    assert_eq!(keys.own(&key(3), at(4)).await, Ok(key(1)), "its secret is not lost by that");
}
