//! Somebody signs in. Three transactions: the session, the audit entry, then guests' donations of the same address join the
//! account. Dying after the first leaves a session whose tokens nobody has; dying after the second leaves the third to the next
//! time.

use domain::audit::{AuditAction, AuditActor, AuditOutcome};
use domain::ports::{Stamp, StoreError};
use domain::{Account, DonorEmail};

use crate::House;
use crate::accounts::browser::{BrowserSignedIn, open_browser_session};
use crate::accounts::session::{SignedIn, open_session};
use crate::audit::{Act, Origin, audit};
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
    origin: &Origin,
) -> Result<SignedIn, LogInError> {
    let (account, right) = whose(house, email, password).await?;
    let opened = match account.clone().filter(|_| right) {
        Some(account) => open_session(house, account).await?,
        None => None,
    };
    let Some(signed_in) = opened else { return Err(refused(house, account.as_ref(), ("api", origin)).await) };
    has_signed_in(house, &signed_in.account, ("api", origin)).await?;
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
    origin: &Origin,
) -> Result<BrowserSignedIn, LogInError> {
    let (account, right) = whose(house, email, password).await?;
    let opened = match account.clone().filter(|_| right) {
        Some(account) => open_browser_session(house, account).await?,
        None => None,
    };
    let Some(signed_in) = opened else { return Err(refused(house, account.as_ref(), ("browser", origin)).await) };
    has_signed_in(house, &signed_in.account, ("browser", origin)).await?;
    Ok(signed_in)
}

/// The account of this address, and whether this is its password.
async fn whose(
    house: &House,
    email: Option<&DonorEmail>,
    password: &str,
) -> Result<(Option<Account>, bool), StoreError> {
    let account = match email {
        Some(email) => house.accounts.find_by_email(email).await?,
        None => None,
    };
    let hash = account.as_ref().map(|account| &account.password);
    let right = house.passwords.verify(password, hash).await?;
    Ok((account, right))
}

/// On record is whose door was tried, if anybody's; what was typed is not. The same work whether or not there is an account.
async fn refused(house: &House, account: Option<&Account>, (means, origin): (&str, &Origin)) -> LogInError {
    tracing::info!("account.login_refused");
    let act = Act::by(AuditActor::Nobody, AuditAction::SignIn).with("means", means);
    let act = Act { target: account.map(|account| account.id.to_string()), ..act };
    match audit(house, &act, (AuditOutcome::Refused, None), origin).await {
        Ok(()) => LogInError::InvalidCredentials,
        Err(error) => error.into(),
    }
}

/// Somebody has a session. Whoever cannot be put on record is not told its tokens, so that nobody has them.
async fn has_signed_in(house: &House, account: &Account, (means, origin): (&str, &Origin)) -> Result<(), StoreError> {
    let act = Act::of(account, AuditAction::SignIn).with("means", means);
    audit(house, &act, (AuditOutcome::Done, None), origin).await?;
    tracing::info!(account.id = %account.id, "account.logged_in");
    join_donations(house, account, origin.request_id.clone()).await;
    Ok(())
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
