//! Somebody signed in, as the API shows it.

use application::accounts::SignedIn;
use domain::Account;
use serde::Serialize;

use super::timestamp;

/// The tokens of a session that has begun or goes on. Has no `Debug`: they are secrets.
#[derive(Serialize)]
pub struct SessionView {
    token: String,
    refresh_token: String,
    expires_in: i64,
    user: UserView,
}

/// An account.
#[derive(Debug, Serialize)]
pub struct UserView {
    id: String,
    email: String,
    name: String,
    language: &'static str,
    role: &'static str,
    created_at: String,
    email_confirmed_at: Option<String>,
}

impl SessionView {
    /// The answer to a registration, a login or a refresh.
    pub fn new(signed_in: SignedIn) -> Self {
        Self {
            user: UserView::new(&signed_in.account),
            token: signed_in.access_token,
            refresh_token: signed_in.refresh_token,
            expires_in: signed_in.expires_in_seconds,
        }
    }
}

impl UserView {
    /// The account, shown to itself.
    pub fn new(account: &Account) -> Self {
        Self {
            id: account.id.to_string(),
            email: account.email.as_str().to_owned(),
            name: account.name.to_string(),
            language: account.language.code(),
            role: account.role.word(),
            created_at: timestamp(account.created_at),
            email_confirmed_at: account.email_confirmed_at.map(timestamp),
        }
    }
}
