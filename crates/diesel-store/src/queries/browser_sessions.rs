//! Sessions of browsers.

use diesel::prelude::*;
use domain::ports::OpenSession;
use domain::{Account, AccountId, BrowserSession, Instant, PasswordHash, TokenHash};

use super::account_donations::{AccountAbort, hold};
use super::{Conn, read, write};
use crate::error::QueryError;
use crate::rows::AccountRow;
use crate::schema::{accounts, browser_sessions, sessions};
use crate::types::{At, Id};

/// The account is held, so that a password is either still the same when the session is there, or ends it.
pub(crate) fn open(
    conn: &mut Conn,
    session: &BrowserSession,
    password: &PasswordHash,
) -> Result<OpenSession, QueryError> {
    let opened = write(conn, |conn| {
        let id = Id(session.account.0);
        let account = hold(conn, id)?;
        if account.is_none_or(|account| account.password != *password) {
            return Ok(OpenSession::PasswordChanged);
        }
        let over = browser_sessions::table
            .filter(browser_sessions::account_id.eq(id))
            .filter(browser_sessions::expires_at.le(At(session.created_at)));
        diesel::delete(over).execute(conn)?;
        diesel::insert_into(browser_sessions::table)
            .values((
                browser_sessions::token_hash.eq(session.token_hash.to_vec()),
                browser_sessions::account_id.eq(id),
                browser_sessions::created_at.eq(At(session.created_at)),
                browser_sessions::expires_at.eq(At(session.expires_at)),
            ))
            .execute(conn)?;
        Ok(OpenSession::Opened)
    });
    opened.map_err(AccountAbort::into_error)
}

pub(crate) fn find(
    conn: &mut Conn,
    token: &TokenHash,
    now: Instant,
) -> Result<Option<(BrowserSession, Account)>, QueryError> {
    let found: Option<(At, At, AccountRow)> = read(conn, |conn| {
        browser_sessions::table
            .inner_join(accounts::table)
            .filter(browser_sessions::token_hash.eq(token.to_vec()))
            .filter(browser_sessions::expires_at.gt(At(now)))
            .select((browser_sessions::created_at, browser_sessions::expires_at, AccountRow::as_select()))
            .first(conn)
            .optional()
    })?;
    let Some((created_at, expires_at, row)) = found else { return Ok(None) };
    let account = row.into_account()?;
    let (created_at, expires_at) = (created_at.0, expires_at.0);
    Ok(Some((BrowserSession { token_hash: *token, account: account.id, created_at, expires_at }, account)))
}

pub(crate) fn prolong(conn: &mut Conn, token: &TokenHash, expires_at: Instant) -> Result<(), QueryError> {
    write(conn, |conn| {
        let earlier = browser_sessions::table
            .filter(browser_sessions::token_hash.eq(token.to_vec()))
            .filter(browser_sessions::expires_at.lt(At(expires_at)));
        diesel::update(earlier).set(browser_sessions::expires_at.eq(At(expires_at))).execute(conn)?;
        Ok(())
    })
}

pub(crate) fn end(conn: &mut Conn, token: &TokenHash) -> Result<Option<AccountId>, QueryError> {
    let ended: Option<Id> = write(conn, |conn| {
        diesel::delete(browser_sessions::table.find(token.to_vec()))
            .returning(browser_sessions::account_id)
            .get_result(conn)
            .optional()
    })?;
    Ok(ended.map(|account| AccountId(account.0)))
}

pub(crate) fn end_all(conn: &mut Conn, account: AccountId) -> Result<(), QueryError> {
    Ok(write(conn, |conn| delete_all(conn, Id(account.0)))?)
}

/// Both kinds.
pub(super) fn delete_all(conn: &mut Conn, account: Id) -> QueryResult<()> {
    diesel::delete(sessions::table.filter(sessions::account_id.eq(account))).execute(conn)?;
    diesel::delete(browser_sessions::table.filter(browser_sessions::account_id.eq(account))).execute(conn)?;
    Ok(())
}
