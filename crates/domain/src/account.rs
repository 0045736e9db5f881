//! People who sign in.

use std::fmt;

use crate::{AccountId, DonorEmail, DonorName, Instant, Language, SessionId};

/// What an account may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Gives, and sees the own donations.
    Donor,
    /// Sees what an administrator sees, and changes nothing.
    Viewer,
    /// Answers for the money, and sees every donation.
    Admin,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Donor, Self::Viewer, Self::Admin];

    /// The stable word in the API and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Donor => "donor",
            Self::Viewer => "viewer",
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
    /// When its address was proved by mail; `None` until then. Guests' donations join a proved address only.
    pub email_confirmed_at: Option<Instant>,
}

/// SHA-256 of a token. The token itself is never kept.
pub type TokenHash = [u8; 32];

/// A mail that brings an account a link which only the address's owner gets. Its token is good for this alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccountMail {
    /// Whoever follows the link has proved the address.
    ConfirmEmail,
    /// Whoever follows the link may choose another password.
    ResetPassword,
}

impl AccountMail {
    /// Both.
    pub const ALL: [Self; 2] = [Self::ConfirmEmail, Self::ResetPassword];

    /// The stable word in the API, in the database and in the logs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::ConfirmEmail => "confirm_email",
            Self::ResetPassword => "reset_password",
        }
    }

    /// The mail of a stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mail| mail.word() == word)
    }
}

/// What a link in a mail to an account carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountToken {
    /// Its hash.
    pub hash: TokenHash,
    /// Whose it is.
    pub account: AccountId,
    /// The mail that it came with.
    pub mail: AccountMail,
    /// When it was made.
    pub created_at: Instant,
    /// When it ends by itself.
    pub expires_at: Instant,
}

/// One sign-in in a browser. It stands for as long as its token is shown often enough; it grants no other tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrowserSession {
    /// The hash of the token in the browser's cookie.
    pub token_hash: TokenHash,
    /// Whose it is.
    pub account: AccountId,
    /// When it began.
    pub created_at: Instant,
    /// When it ends by itself.
    pub expires_at: Instant,
}

/// One sign-in and all that is renewed from it. Its tokens count only while it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id, which every access token names.
    pub id: SessionId,
    /// Whose it is.
    pub account: AccountId,
    /// The hash of the one refresh token that may renew it.
    pub refresh_hash: TokenHash,
    /// When it began.
    pub created_at: Instant,
    /// When it ends by itself.
    pub expires_at: Instant,
}
