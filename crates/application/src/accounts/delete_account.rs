//! Somebody wants to be forgotten. One transaction: the account goes with its sessions and links, and its donations stay for the
//! books without anything that tells whose they were.

use domain::Account;
use domain::ports::{Stamp, StoreError};

use crate::House;
use crate::payment_log::log_account_steps;

/// Deletes an account.
///
/// # Errors
/// [`StoreError`]; then nothing has changed.
pub async fn delete_account(house: &House, account: &Account, request_id: Option<String>) -> Result<(), StoreError> {
    let stamp = Stamp { at: house.clock.now(), request_id };
    let steps = house.accounts.erase(account.id, &stamp).await?;
    tracing::info!({ account.id = %account.id, donations.erased = steps.len() }, "account.deleted");
    log_account_steps(&steps);
    Ok(())
}

/// Why an account was not deleted.
#[derive(Debug, thiserror::Error)]
pub enum DeleteAccountError {
    /// The password is not the account's.
    #[error("the password is wrong")]
    WrongPassword,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Deletes an account if its password is shown once more: a browser that somebody left alone is not enough for this.
///
/// # Errors
/// [`DeleteAccountError`]; then nothing has changed.
pub async fn delete_account_with_password(
    house: &House,
    account: &Account,
    password: &str,
    request_id: Option<String>,
) -> Result<(), DeleteAccountError> {
    if !house.passwords.verify(password, Some(&account.password)).await? {
        tracing::info!({ account.id = %account.id }, "account.deletion_refused");
        return Err(DeleteAccountError::WrongPassword);
    }
    Ok(delete_account(house, account, request_id).await?)
}
