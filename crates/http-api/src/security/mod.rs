//! Passwords, tokens, signatures, time and randomness: the adapters that need no crate of their own.

mod passwords;
mod seals;
mod system;
mod tokens;

pub use passwords::Argon2Passwords;
pub use seals::Ed25519Seals;
pub use system::{SystemClock, SystemIds};
pub use tokens::JwtAccessTokens;
