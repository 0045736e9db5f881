//! Tokens: 32 random bytes in hex for whoever holds one, their SHA-256 for us.

use domain::TokenHash;
use sha2::{Digest as _, Sha256};

use crate::House;

/// A token that nobody can guess.
pub(crate) fn new_token(house: &House) -> String {
    hex::encode(house.ids.secret())
}

/// What is kept of a token. A token is random enough for a fast hash: nobody can try them all.
pub(crate) fn hash(token: &str) -> TokenHash {
    Sha256::digest(token.as_bytes()).into()
}
