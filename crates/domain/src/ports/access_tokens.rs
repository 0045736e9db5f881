//! How a signed-in caller is recognised.

use uuid::Uuid;

use crate::ports::StoreError;
use crate::{AccountId, Instant, SessionId};

/// Signs and reads short-lived access tokens (JWT, RFC 7519).
pub trait AccessTokens: Send + Sync {
    /// A token for `grant`.
    ///
    /// # Errors
    /// [`StoreError::Failed`] if it cannot be signed.
    fn issue(&self, grant: &AccessGrant) -> Result<String, StoreError>;

    /// What a token grants; `None` if it is forged, damaged, of another kind, or has expired by `now`.
    fn read(&self, token: &str, now: Instant) -> Option<AccessGrant>;
}

/// What an access token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccessGrant {
    /// Tells it from every other one, also from one that was issued in the same second.
    pub id: Uuid,
    /// Whose it is.
    pub account: AccountId,
    /// The session it belongs to, and ends with.
    pub session: SessionId,
    /// When it ends by itself.
    pub expires_at: Instant,
}
