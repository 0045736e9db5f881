//! Who sends this token?

use domain::Account;
use domain::ports::StoreError;

use crate::House;

/// The account that an access token stands for; `None` if the token is forged or over, or its session or account is.
///
/// # Errors
/// [`StoreError`].
pub async fn authenticate(house: &House, token: &str) -> Result<Option<Account>, StoreError> {
    let now = house.clock.now();
    let Some(grant) = house.tokens.read(token, now) else {
        return Ok(None);
    };
    let account = house.accounts.account_of_session(grant.session, now).await?;
    Ok(account.filter(|account| account.id == grant.account))
}
