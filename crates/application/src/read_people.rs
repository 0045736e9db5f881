//! Looking up who acted. Nothing is written.

use std::collections::{BTreeMap, BTreeSet};

use domain::ports::StoreError;
use domain::{Account, AccountId, DonorEmail};

use crate::House;

/// The accounts of these ids; those that are gone are missing.
///
/// # Errors
/// [`StoreError`].
pub async fn accounts_of(house: &House, ids: BTreeSet<AccountId>) -> Result<BTreeMap<AccountId, Account>, StoreError> {
    let mut accounts = BTreeMap::new();
    for id in ids {
        accounts.extend(house.accounts.find(id).await?.map(|account| (id, account)));
    }
    Ok(accounts)
}

/// The account that signs in with this address; `None` if there is none.
///
/// # Errors
/// [`StoreError`].
pub async fn account_with_address(house: &House, email: &DonorEmail) -> Result<Option<AccountId>, StoreError> {
    Ok(house.accounts.find_by_email(email).await?.map(|account| account.id))
}
