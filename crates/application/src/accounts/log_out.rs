//! A session ends. Two transactions: it ends, and that is put on record. Dying between them leaves only the log line.

use domain::AccountId;
use domain::audit::{AuditAction, AuditActor, AuditOutcome};
use domain::ports::StoreError;

use crate::House;
use crate::accounts::tokens::hash;
use crate::audit::{Act, Origin, audit};

/// Ends the session of this refresh token, also of one that was used before. Nothing happens if there is none.
///
/// # Errors
/// [`StoreError`].
pub async fn log_out(house: &House, refresh_token: &str, origin: &Origin) -> Result<(), StoreError> {
    if let Some(account) = house.accounts.end_session(&hash(refresh_token)).await? {
        tracing::info!({ account.id = %account }, "account.logged_out");
        signed_out(house, account, ("api", origin)).await?;
    }
    Ok(())
}

/// Puts on record that a session of this account has ended. Whoever has its token need not be the account's owner.
pub(super) async fn signed_out(
    house: &House,
    account: AccountId,
    (means, origin): (&str, &Origin),
) -> Result<(), StoreError> {
    let act = Act::by(AuditActor::Nobody, AuditAction::SignOut).to(account).with("means", means);
    audit(house, &act, (AuditOutcome::Done, None), origin).await
}
