//! A session begins.

use domain::ports::{AccessGrant, StoreError};
use domain::{Account, Session, SessionId};
use sha2::{Digest as _, Sha256};

use crate::House;

/// Somebody who has just proved who they are.
#[derive(Clone)]
pub struct SignedIn {
    /// Who.
    pub account: Account,
    /// Shown with each request, for a short time.
    pub access_token: String,
    /// Renews the session; never kept by us, only its hash.
    pub refresh_token: String,
    /// How long the access token counts, in seconds.
    pub expires_in_seconds: i64,
}

/// Opens a session: one transaction.
pub(super) async fn open_session(house: &House, account: Account) -> Result<SignedIn, StoreError> {
    let now = house.clock.now();
    let refresh_token = hex::encode(house.ids.secret());
    let session = Session {
        id: SessionId(house.ids.next()),
        account: account.id,
        refresh_hash: Sha256::digest(refresh_token.as_bytes()).into(),
        created_at: now,
        expires_at: now + house.settings.session_ttl,
    };
    house.accounts.open_session(&session).await?;
    let ttl = house.settings.access_ttl;
    let grant = AccessGrant { account: account.id, session: session.id, expires_at: now + ttl };
    let access_token = house.tokens.issue(&grant)?;
    Ok(SignedIn { account, access_token, refresh_token, expires_in_seconds: ttl.num_seconds() })
}
