//! A session goes on. One transaction: the refresh token is used up, and another one takes its place.
//!
//! A token that comes a second time ends the session at once, with everything that was renewed from the same sign-in: either its
//! owner or a thief has used it before, and nobody can tell which. There is no grace for an honest double click, because a
//! thief would have the same grace, unseen. So a client refreshes once at a time; one that dies or loses the answer in the
//! middle signs in again.

use domain::ports::{Renewal, Renewed, StoreError};

use crate::House;
use crate::accounts::session::{SignedIn, signed_in};
use crate::accounts::tokens::{hash, new_token};

/// Why a session does not go on.
#[derive(Debug, thiserror::Error)]
pub enum RefreshError {
    /// The token renews nothing: unknown, over, or used before.
    #[error("the refresh token does not count")]
    Unauthenticated,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Renews the session of this refresh token. Both tokens are new.
///
/// # Errors
/// [`RefreshError`].
pub async fn refresh(house: &House, refresh_token: &str) -> Result<SignedIn, RefreshError> {
    let now = house.clock.now();
    let next = new_token(house);
    let expires_at = now + house.settings.session_ttl;
    let renewal = Renewal { shown: hash(refresh_token), next: hash(&next), now, expires_at };
    match house.accounts.renew(&renewal).await? {
        Renewed::Renewed(session, account) => {
            tracing::info!({ account.id = %account.id, session.id = %session }, "account.refreshed");
            Ok(signed_in(house, *account, (session, next))?)
        }
        Renewed::Replayed(account) => {
            tracing::warn!({ account.id = %account }, "account.refresh_replayed");
            Err(RefreshError::Unauthenticated)
        }
        Renewed::Unknown => {
            tracing::info!("account.refresh_refused");
            Err(RefreshError::Unauthenticated)
        }
    }
}
