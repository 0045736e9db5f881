//! Somebody signs in.

use domain::DonorEmail;
use domain::ports::StoreError;

use crate::House;
use crate::accounts::session::{SignedIn, open_session};

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub enum LogInError {
    /// No account of this address has this password.
    #[error("address or password is wrong")]
    InvalidCredentials,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Signs in with address and password. A wrong address costs as much time as a wrong password, so that nobody learns
/// who has an account; `None` stands for a text that is no address at all.
///
/// # Errors
/// [`LogInError`].
pub async fn log_in(house: &House, email: Option<&DonorEmail>, password: &str) -> Result<SignedIn, LogInError> {
    let account = match email {
        Some(email) => house.accounts.find_by_email(email).await?,
        None => None,
    };
    let hash = account.as_ref().map(|account| &account.password);
    let right = house.passwords.verify(password, hash).await?;
    match account.filter(|_| right) {
        None => {
            tracing::info!("account.login_refused");
            Err(LogInError::InvalidCredentials)
        }
        Some(account) => {
            tracing::info!(account.id = %account.id, "account.logged_in");
            Ok(open_session(house, account).await?)
        }
    }
}
