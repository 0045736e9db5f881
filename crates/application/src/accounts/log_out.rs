//! A session ends. One transaction.

use domain::ports::StoreError;

use crate::House;
use crate::accounts::tokens::hash;

/// Ends the session of this refresh token, also of one that was used before. Nothing happens if there is none.
///
/// # Errors
/// [`StoreError`].
pub async fn log_out(house: &House, refresh_token: &str) -> Result<(), StoreError> {
    if let Some(account) = house.accounts.end_session(&hash(refresh_token)).await? {
        tracing::info!({ account.id = %account }, "account.logged_out");
    }
    Ok(())
}
