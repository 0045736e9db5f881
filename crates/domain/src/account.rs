//! People who sign in.

use std::fmt;

use crate::{AccountId, DonorEmail, DonorName, Instant, Language, SessionId};

/// What an account may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Gives, and sees the own donations.
    Donor,
    /// Answers for the money, and sees every donation.
    Admin,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Donor, Self::Admin];

    /// The stable word in the API and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Donor => "donor",
            Self::Admin => "admin",
        }
    }

    /// The role of a stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// A password's salted hash (PHC string). Never shown, not even by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Takes a PHC string.
    pub fn new(phc: impl Into<String>) -> Self {
        Self(phc.into())
    }

    /// The PHC string, for the hasher and the store.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

/// Somebody who can sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// The address it signs in with; unique whatever the case of its letters.
    pub email: DonorEmail,
    /// The name that donations take over.
    pub name: DonorName,
    /// The language the account is spoken to in.
    pub language: Language,
    /// What it may do.
    pub role: Role,
    /// How its password is checked.
    pub password: PasswordHash,
    /// When it registered.
    pub created_at: Instant,
}

/// One signed-in session. Its access tokens count only while it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id, which every access token names.
    pub id: SessionId,
    /// Whose it is.
    pub account: AccountId,
    /// SHA-256 of the refresh token that may renew it; the token itself is never kept.
    pub refresh_hash: [u8; 32],
    /// When it began.
    pub created_at: Instant,
    /// When it ends by itself.
    pub expires_at: Instant,
}
