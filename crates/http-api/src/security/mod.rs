//! Passwords, tokens, time and randomness: the adapters that need no crate of their own.

mod passwords;
mod system;
mod tokens;

pub use passwords::Argon2Passwords;
pub use system::{SystemClock, SystemIds};
pub use tokens::JwtAccessTokens;
