//! Somebody signs in. Two transactions: the session, then guests' donations of the same address join the account. Dying between
//! them leaves the second to the next time.

use domain::ports::{Stamp, StoreError};
use domain::{Account, DonorEmail};

use crate::House;
use crate::accounts::browser::{BrowserSignedIn, open_browser_session};
use crate::accounts::session::{SignedIn, open_session};
use crate::payment_log::log_account_steps;

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub enum LogInError {
    /// No account of this address has this password.
    #[error("address or password is wrong")]
    InvalidCredentials,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Signs in with address and password. A wrong address costs as much time as a wrong password, so that nobody learns
/// who has an account; `None` stands for a text that is no address at all.
///
/// # Errors
/// [`LogInError`].
pub async fn log_in(
    house: &House,
    email: Option<&DonorEmail>,
    password: &str,
    request_id: Option<String>,
) -> Result<SignedIn, LogInError> {
    let opened = match whose(house, email, password).await? {
        Some(account) => open_session(house, account).await?,
        None => None,
    };
    let Some(signed_in) = opened else { return Err(refused()) };
    has_signed_in(house, &signed_in.account, request_id).await;
    Ok(signed_in)
}

/// The same in a browser.
///
/// # Errors
/// [`LogInError`].
pub async fn log_in_browser(
    house: &House,
    email: Option<&DonorEmail>,
    password: &str,
    request_id: Option<String>,
) -> Result<BrowserSignedIn, LogInError> {
    let opened = match whose(house, email, password).await? {
        Some(account) => open_browser_session(house, account).await?,
        None => None,
    };
    let Some(signed_in) = opened else { return Err(refused()) };
    has_signed_in(house, &signed_in.account, request_id).await;
    Ok(signed_in)
}

/// The account whose address and password these are.
async fn whose(house: &House, email: Option<&DonorEmail>, password: &str) -> Result<Option<Account>, StoreError> {
    let account = match email {
        Some(email) => house.accounts.find_by_email(email).await?,
        None => None,
    };
    let hash = account.as_ref().map(|account| &account.password);
    let right = house.passwords.verify(password, hash).await?;
    Ok(account.filter(|_| right))
}

fn refused() -> LogInError {
    tracing::info!("account.login_refused");
    LogInError::InvalidCredentials
}

async fn has_signed_in(house: &House, account: &Account, request_id: Option<String>) {
    tracing::info!(account.id = %account.id, "account.logged_in");
    join_donations(house, account, request_id).await;
}

/// What was given as a guest since the address was proved. Signing in does not fail with it.
async fn join_donations(house: &House, account: &Account, request_id: Option<String>) {
    if account.email_confirmed_at.is_none() {
        return;
    }
    let stamp = Stamp { at: house.clock.now(), request_id };
    match house.accounts.join_donations(account.id, &stamp).await {
        Ok(steps) => log_account_steps(&steps),
        Err(error) => tracing::error!({ account.id = %account.id, error = %error }, "account.donations_not_joined"),
    }
}
