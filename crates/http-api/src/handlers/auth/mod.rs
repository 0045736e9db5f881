//! `/api/auth`.

pub mod confirm_email;
pub mod delete_me;
pub mod forgot_password;
pub mod log_in;
pub mod log_out;
pub mod me;
pub mod refresh;
pub mod register;
pub mod reset_password;

/// More than any password, address or token has. What is longer is simply wrong; hashing it would be work for an attacker.
const LONGEST: usize = 1024;
