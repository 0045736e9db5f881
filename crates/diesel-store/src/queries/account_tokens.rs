//! The tokens that mails to accounts carry.

use diesel::prelude::*;
use domain::ports::{Proved, ShownToken, Stamp};
use domain::{Account, AccountId, AccountMail, AccountToken, PasswordHash, TokenHash};

use super::account_donations::{AccountAbort, hold, join};
use super::browser_sessions::delete_all;
use super::{Conn, read, write};
use crate::error::QueryError;
use crate::rows::AccountTokenRow;
use crate::schema::{account_tokens, accounts};
use crate::types::{At, Id};

pub(crate) fn keep(conn: &mut Conn, token: &AccountToken) -> Result<(), QueryError> {
    let kept = write(conn, |conn| {
        let id = Id(token.account.0);
        hold(conn, id)?.ok_or_else(|| QueryError::broken("the account is gone"))?;
        let over = account_tokens::table
            .filter(account_tokens::account_id.eq(id))
            .filter(account_tokens::expires_at.le(At(token.created_at)));
        diesel::delete(over).execute(conn)?;
        diesel::insert_into(account_tokens::table).values(AccountTokenRow::of(token)).execute(conn)?;
        Ok(())
    });
    kept.map_err(AccountAbort::into_error)
}

pub(crate) fn account_of(conn: &mut Conn, token: &ShownToken) -> Result<Option<AccountId>, QueryError> {
    let found = read(conn, |conn| owner(conn, token))?;
    Ok(found.map(|id| AccountId(id.0)))
}

pub(crate) fn confirm_email(conn: &mut Conn, token: &TokenHash, stamp: &Stamp) -> Result<Option<Proved>, QueryError> {
    let proved = write(conn, |conn| {
        let Some(account) = spend(conn, (token, AccountMail::ConfirmEmail), stamp)? else { return Ok(None) };
        let id = Id(account.id.0);
        let of_the_mail = account_tokens::table
            .filter(account_tokens::account_id.eq(id))
            .filter(account_tokens::kind.eq(AccountMail::ConfirmEmail.word()));
        diesel::delete(of_the_mail).execute(conn)?;
        prove(conn, &account, stamp).map(Some)
    });
    proved.map_err(AccountAbort::into_error)
}

pub(crate) fn reset_password(
    conn: &mut Conn,
    token: &TokenHash,
    password: &PasswordHash,
    stamp: &Stamp,
) -> Result<Option<Proved>, QueryError> {
    let proved = write(conn, |conn| {
        let Some(account) = spend(conn, (token, AccountMail::ResetPassword), stamp)? else { return Ok(None) };
        let id = Id(account.id.0);
        diesel::update(accounts::table.find(id)).set(accounts::password_hash.eq(password.expose())).execute(conn)?;
        delete_all(conn, id)?;
        diesel::delete(account_tokens::table.filter(account_tokens::account_id.eq(id))).execute(conn)?;
        prove(conn, &account, stamp).map(Some)
    });
    proved.map_err(AccountAbort::into_error)
}

/// Whose token it is, if it counts.
fn owner(conn: &mut Conn, token: &ShownToken) -> Result<Option<Id>, QueryError> {
    let found = account_tokens::table
        .filter(account_tokens::token_hash.eq(token.hash.to_vec()))
        .filter(account_tokens::kind.eq(token.mail.word()))
        .filter(account_tokens::expires_at.gt(At(token.now)))
        .select(account_tokens::account_id)
        .first(conn)
        .optional()?;
    Ok(found)
}

/// Uses the token up. The account, held; `None` if the token does not count, or no longer did when the account was free.
fn spend(
    conn: &mut Conn,
    (hash, mail): (&TokenHash, AccountMail),
    stamp: &Stamp,
) -> Result<Option<Account>, AccountAbort> {
    let shown = ShownToken { hash: *hash, mail, now: stamp.at };
    let Some(id) = owner(conn, &shown)? else { return Ok(None) };
    let Some(account) = hold(conn, id)? else { return Ok(None) };
    let spent = diesel::delete(account_tokens::table.find(hash.to_vec())).execute(conn)?;
    Ok((spent == 1).then_some(account))
}

/// The address is proved; what guests have given from it becomes the account's.
fn prove(conn: &mut Conn, account: &Account, stamp: &Stamp) -> Result<Proved, AccountAbort> {
    let since = account.email_confirmed_at.unwrap_or(stamp.at);
    diesel::update(accounts::table.find(Id(account.id.0)))
        .set(accounts::email_confirmed_at.eq(At(since)))
        .execute(conn)?;
    Ok(Proved { account: account.id, joined: join(conn, account, stamp)? })
}
