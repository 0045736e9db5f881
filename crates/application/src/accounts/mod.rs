//! People who sign in.

mod authenticate;
mod log_in;
mod register;
mod session;

pub use authenticate::authenticate;
pub use log_in::{LogInError, log_in};
pub use register::{Register, RegisterError, create_admin, register};
pub use session::SignedIn;
