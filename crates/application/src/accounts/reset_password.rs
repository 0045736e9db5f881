//! Somebody has followed the link of a reset mail. The token is looked up first, so that a wrong one costs no hash; then one
//! transaction: the token is used up, the password is another one, every session and every link of the account ends, the
//! address counts as proved (only its owner had the link), and guests' donations of the same address join the account. That it
//! is about to be done, and what came of it, are on record before and after.

use domain::AccountMail;
use domain::audit::{AuditAction, AuditActor, AuditOutcome};
use domain::ports::{ShownToken, Stamp, StoreError};

use crate::House;
use crate::accounts::tokens::hash;
use crate::audit::{Act, Origin, audit};
use crate::payment_log::log_account_steps;

/// Why a link brought nothing about.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// Its token was used, is over, or never was, or it is another mail's.
    #[error("the link does not count")]
    InvalidToken,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Chooses another password.
///
/// # Errors
/// [`LinkError`]; then nothing has changed.
pub async fn reset_password(house: &House, token: &str, password: &str, origin: &Origin) -> Result<(), LinkError> {
    let shown = ShownToken { hash: hash(token), mail: AccountMail::ResetPassword, now: house.clock.now() };
    let Some(account) = house.accounts.account_of_token(&shown).await? else {
        let act = Act::by(AuditActor::Nobody, AuditAction::ResetPassword);
        audit(house, &act, (AuditOutcome::Refused, None), origin).await?;
        return Err(LinkError::InvalidToken);
    };
    let act = Act::by(AuditActor::Nobody, AuditAction::ResetPassword).to(account);
    audit(house, &act, (AuditOutcome::Begun, None), origin).await?;
    let password = house.passwords.hash(password).await?;
    let stamp = Stamp { at: house.clock.now(), request_id: origin.request_id.clone() };
    let proved = house.accounts.reset_password(&shown.hash, &password, &stamp).await?;
    let outcome = if proved.is_some() { AuditOutcome::Done } else { AuditOutcome::Refused };
    audit(house, &act, (outcome, None), origin).await?;
    let proved = proved.ok_or(LinkError::InvalidToken)?;
    tracing::info!({ account.id = %proved.account }, "account.password_reset");
    log_account_steps(&proved.joined);
    Ok(())
}
