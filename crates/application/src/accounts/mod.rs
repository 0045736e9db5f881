//! People who sign in. `docs/accounts.md` tells what they can rely on.

mod authenticate;
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
pub use confirm_email::confirm_email;
pub use delete_account::delete_account;
pub use forgot_password::forgot_password;
pub use log_in::{LogInError, log_in};
pub use log_out::log_out;
pub use refresh::{RefreshError, refresh};
pub use register::{Register, RegisterError, create_admin, register};
pub use reset_password::{LinkError, reset_password};
pub use session::SignedIn;
