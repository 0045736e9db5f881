//! The rows of accounts, their sessions and their mails' tokens.

use diesel::prelude::*;
use domain::{Account, AccountId, AccountToken, DonorEmail, Language, PasswordHash, Role, Session};

use super::{damaged, known, line};
use crate::error::QueryError;
use crate::schema::{account_tokens, accounts, sessions};
use crate::types::{At, Id};

/// A row of `accounts`.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = accounts, treat_none_as_default_value = false)]
pub(crate) struct AccountRow {
    id: Id,
    email: String,
    email_key: String,
    name: String,
    language: String,
    role: String,
    password_hash: String,
    created_at: At,
    email_confirmed_at: Option<At>,
}

/// A row of `sessions`.
#[derive(Insertable)]
#[diesel(table_name = sessions)]
pub(crate) struct SessionRow {
    id: Id,
    account_id: Id,
    refresh_hash: Vec<u8>,
    created_at: At,
    expires_at: At,
}

/// A row of `account_tokens`.
#[derive(Insertable)]
#[diesel(table_name = account_tokens)]
pub(crate) struct AccountTokenRow {
    token_hash: Vec<u8>,
    account_id: Id,
    kind: String,
    created_at: At,
    expires_at: At,
}

impl AccountTokenRow {
    pub(crate) fn of(token: &AccountToken) -> Self {
        Self {
            token_hash: token.hash.to_vec(),
            account_id: Id(token.account.0),
            kind: token.mail.word().to_owned(),
            created_at: At(token.created_at),
            expires_at: At(token.expires_at),
        }
    }
}

impl AccountRow {
    pub(crate) fn of(account: &Account) -> Self {
        Self {
            id: Id(account.id.0),
            email: account.email.as_str().to_owned(),
            email_key: account.email.key(),
            name: account.name.to_string(),
            language: account.language.code().to_owned(),
            role: account.role.word().to_owned(),
            password_hash: account.password.expose().to_owned(),
            created_at: At(account.created_at),
            email_confirmed_at: account.email_confirmed_at.map(At),
        }
    }

    pub(crate) fn into_account(self) -> Result<Account, QueryError> {
        Ok(Account {
            id: AccountId(self.id.0),
            email: DonorEmail::restore(&self.email).map_err(|_| damaged("accounts.email"))?,
            name: line("accounts.name", &self.name)?,
            language: known("accounts.language", &self.language, Language::from_code)?,
            role: known("accounts.role", &self.role, Role::from_word)?,
            password: PasswordHash::new(self.password_hash),
            created_at: self.created_at.0,
            email_confirmed_at: self.email_confirmed_at.map(|at| at.0),
        })
    }
}

impl SessionRow {
    pub(crate) fn of(session: &Session) -> Self {
        Self {
            id: Id(session.id.0),
            account_id: Id(session.account.0),
            refresh_hash: session.refresh_hash.to_vec(),
            created_at: At(session.created_at),
            expires_at: At(session.expires_at),
        }
    }
}
