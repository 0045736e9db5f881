//! Somebody has followed the link that proves an address. One transaction: the token is used up, the address is proved, and
//! guests' donations of the same address join the account.

use domain::ports::Stamp;

use crate::House;
use crate::accounts::reset_password::LinkError;
use crate::accounts::tokens::hash;
use crate::payment_log::log_account_steps;

/// Proves an address.
///
/// # Errors
/// [`LinkError`]; then nothing has changed.
pub async fn confirm_email(house: &House, token: &str, request_id: Option<String>) -> Result<(), LinkError> {
    let stamp = Stamp { at: house.clock.now(), request_id };
    let proved = house.accounts.confirm_email(&hash(token), &stamp).await?.ok_or(LinkError::InvalidToken)?;
    tracing::info!({ account.id = %proved.account, donations.joined = proved.joined.len() }, "account.confirmed");
    log_account_steps(&proved.joined);
    Ok(())
}
