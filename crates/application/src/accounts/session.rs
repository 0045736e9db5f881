//! A session begins, or goes on.

use domain::ports::{AccessGrant, OpenSession, StoreError};
use domain::{Account, Session, SessionId};

use crate::House;
use crate::accounts::tokens::{hash, new_token};

/// Somebody who has just proved who they are.
#[derive(Clone)]
pub struct SignedIn {
    /// Who.
    pub account: Account,
    /// Shown with each request, for a short time.
    pub access_token: String,
    /// Renews the session, once; never kept by us, only its hash.
    pub refresh_token: String,
    /// How long the access token counts, in seconds.
    pub expires_in_seconds: i64,
}

/// Opens a session: one transaction. `None` if the account's password has been changed since `account` was read, or the account
/// is gone.
pub(super) async fn open_session(house: &House, account: Account) -> Result<Option<SignedIn>, StoreError> {
    let now = house.clock.now();
    let refresh_token = new_token(house);
    let session = Session {
        id: SessionId(house.ids.next()),
        account: account.id,
        refresh_hash: hash(&refresh_token),
        created_at: now,
        expires_at: now + house.settings.session_ttl,
    };
    match house.accounts.open_session(&session, &account.password).await? {
        OpenSession::Opened => signed_in(house, account, (session.id, refresh_token)).map(Some),
        OpenSession::PasswordChanged => Ok(None),
    }
}

/// What the owner of a session gets. Writes nothing.
pub(super) fn signed_in(
    house: &House,
    account: Account,
    (session, refresh_token): (SessionId, String),
) -> Result<SignedIn, StoreError> {
    let ttl = house.settings.access_ttl;
    let expires_at = house.clock.now() + ttl;
    let grant = AccessGrant { id: house.ids.next(), account: account.id, session, expires_at };
    let access_token = house.tokens.issue(&grant)?;
    Ok(SignedIn { account, access_token, refresh_token, expires_in_seconds: ttl.num_seconds() })
}
