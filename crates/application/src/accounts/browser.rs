//! A browser's session. Its token is in a cookie and stays the same while the session goes on: two tabs that are opened at once
//! both show it, and neither is out. Whoever signs in again gets another one.

use chrono::TimeDelta;
use domain::audit::{AuditAction, AuditOutcome};
use domain::ports::{OpenSession, StoreError};
use domain::{Account, BrowserSession, Instant};

use crate::House;
use crate::accounts::log_out::signed_out;
use crate::accounts::tokens::{hash, new_token};
use crate::audit::{Act, Origin, audit};

/// A session is prolonged when so much of its time has passed, so that not every page that is looked at is a write.
const PROLONGED_AFTER: TimeDelta = TimeDelta::days(1);

/// Somebody who has just proved in a browser who they are.
#[derive(Clone)]
pub struct BrowserSignedIn {
    /// Who.
    pub account: Account,
    /// For the cookie; never kept by us, only its hash.
    pub token: String,
}

/// Opens a browser's session: one transaction. `None` if the account's password has been changed since `account` was read, or the
/// account is gone.
pub(super) async fn open_browser_session(
    house: &House,
    account: Account,
) -> Result<Option<BrowserSignedIn>, StoreError> {
    let now = house.clock.now();
    let token = new_token(house);
    let session = BrowserSession {
        token_hash: hash(&token),
        account: account.id,
        created_at: now,
        expires_at: now + house.settings.session_ttl,
    };
    match house.accounts.open_browser_session(&session, &account.password).await? {
        OpenSession::Opened => Ok(Some(BrowserSignedIn { account, token })),
        OpenSession::PasswordChanged => Ok(None),
    }
}

/// The account of a browser's token, and until when its session stands from now on if that has just become later. `None` if the
/// token is not one, or is over.
///
/// # Errors
/// [`StoreError`].
pub async fn browser_account(house: &House, token: &str) -> Result<Option<(Account, Option<Instant>)>, StoreError> {
    let now = house.clock.now();
    let token = hash(token);
    let Some((session, account)) = house.accounts.browser_session(&token, now).await? else { return Ok(None) };
    let expires_at = now + house.settings.session_ttl;
    if expires_at - session.expires_at < PROLONGED_AFTER {
        return Ok(Some((account, None)));
    }
    house.accounts.prolong_browser_session(&token, expires_at).await?;
    Ok(Some((account, Some(expires_at))))
}

/// Ends a browser's session. Nothing happens if there is none.
///
/// # Errors
/// [`StoreError`].
pub async fn log_out_browser(house: &House, token: &str, origin: &Origin) -> Result<(), StoreError> {
    if let Some(account) = house.accounts.end_browser_session(&hash(token)).await? {
        tracing::info!({ account.id = %account }, "account.logged_out");
        signed_out(house, account, ("browser", origin)).await?;
    }
    Ok(())
}

/// Ends every session of an account, on every machine, in browsers and over the API.
///
/// # Errors
/// [`StoreError`].
pub async fn log_out_everywhere(house: &House, account: &Account, origin: &Origin) -> Result<(), StoreError> {
    let act = Act::of(account, AuditAction::SignOut).to(account.id).with("means", "everywhere");
    audit(house, &act, (AuditOutcome::Begun, None), origin).await?;
    house.accounts.end_all_sessions(account.id).await?;
    tracing::info!({ account.id = %account.id }, "account.logged_out_everywhere");
    audit(house, &act, (AuditOutcome::Done, None), origin).await
}
