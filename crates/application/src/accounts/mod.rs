//! People who sign in. `docs/accounts.md` tells what they can rely on.

mod authenticate;
mod browser;
mod confirm_again;
mod confirm_email;
mod delete_account;
mod forgot_password;
mod log_in;
mod log_out;
mod refresh;
mod register;
mod reset_password;
mod session;
pub(crate) mod tokens;

pub use authenticate::authenticate;
pub use browser::{BrowserSignedIn, browser_account, log_out_browser, log_out_everywhere};
pub use confirm_again::confirm_again;
pub use confirm_email::confirm_email;
pub use delete_account::{DeleteAccountError, delete_account, delete_account_with_password};
pub use forgot_password::forgot_password;
pub use log_in::{LogInError, log_in, log_in_browser};
pub use log_out::log_out;
pub use refresh::{RefreshError, refresh};
pub use register::{Register, RegisterError, create_operator, register, register_browser};
pub use reset_password::{LinkError, reset_password};
pub use session::SignedIn;
