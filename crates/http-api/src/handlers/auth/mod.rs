//! `/api/auth`.

pub mod log_in;
pub mod me;
pub mod register;
