//! Sessions, and the tokens that renew them.

use diesel::prelude::*;
use domain::ports::{OpenSession, Renewal, Renewed};
use domain::{Account, AccountId, Instant, PasswordHash, Session, SessionId, TokenHash};

use super::account_donations::{AccountAbort, hold};
use super::{Conn, read, write};
use crate::error::QueryError;
use crate::rows::{AccountRow, SessionRow};
use crate::schema::{accounts, sessions, used_refresh_tokens};
use crate::types::{At, Id};

/// The account is held, so that a password is either still the same when the session is there, or ends it.
pub(crate) fn open(conn: &mut Conn, session: &Session, password: &PasswordHash) -> Result<OpenSession, QueryError> {
    let opened = write(conn, |conn| {
        let account = hold(conn, Id(session.account.0))?;
        if account.is_none_or(|account| account.password != *password) {
            return Ok(OpenSession::PasswordChanged);
        }
        let over = sessions::table
            .filter(sessions::account_id.eq(Id(session.account.0)))
            .filter(sessions::expires_at.le(At(session.created_at)));
        diesel::delete(over).execute(conn)?;
        diesel::insert_into(sessions::table).values(SessionRow::of(session)).execute(conn)?;
        Ok(OpenSession::Opened)
    });
    opened.map_err(AccountAbort::into_error)
}

pub(crate) fn account_of(conn: &mut Conn, session: SessionId, now: Instant) -> Result<Option<Account>, QueryError> {
    let row: Option<AccountRow> = read(conn, |conn| {
        sessions::table
            .inner_join(accounts::table)
            .filter(sessions::id.eq(Id(session.0)))
            .filter(sessions::expires_at.gt(At(now)))
            .select(AccountRow::as_select())
            .first(conn)
            .optional()
    })?;
    row.map(AccountRow::into_account).transpose()
}

/// The session's row decides who is first: whoever comes second waits for it, finds another token there, and then the one that
/// was shown among the used.
pub(crate) fn renew(conn: &mut Conn, renewal: &Renewal) -> Result<Renewed, QueryError> {
    write(conn, |conn| {
        let standing = sessions::table
            .filter(sessions::refresh_hash.eq(renewal.shown.to_vec()))
            .filter(sessions::expires_at.gt(At(renewal.now)));
        let standing = standing.select((sessions::id, sessions::account_id, sessions::expires_at));
        let found: Option<(Id, Id, At)> = held!(standing).first(conn).optional()?;
        let Some((session, account, expired_at)) = found else { return end_replayed(conn, &renewal.shown) };
        diesel::update(sessions::table.find(session))
            .set((sessions::refresh_hash.eq(renewal.next.to_vec()), sessions::expires_at.eq(At(renewal.expires_at))))
            .execute(conn)?;
        let over = used_refresh_tokens::table
            .filter(used_refresh_tokens::session_id.eq(session))
            .filter(used_refresh_tokens::expires_at.le(At(renewal.now)));
        diesel::delete(over).execute(conn)?;
        diesel::insert_into(used_refresh_tokens::table)
            .values((
                used_refresh_tokens::refresh_hash.eq(renewal.shown.to_vec()),
                used_refresh_tokens::session_id.eq(session),
                used_refresh_tokens::expires_at.eq(expired_at),
            ))
            .execute(conn)?;
        let row: AccountRow =
            accounts::table.filter(accounts::id.eq(account)).select(AccountRow::as_select()).first(conn)?;
        Ok(Renewed::Renewed(SessionId(session.0), Box::new(row.into_account()?)))
    })
}

/// Ends the session that the token once renewed.
fn end_replayed(conn: &mut Conn, shown: &TokenHash) -> Result<Renewed, QueryError> {
    let of_the_token = used_refresh_tokens::table
        .filter(used_refresh_tokens::refresh_hash.eq(shown.to_vec()))
        .select(used_refresh_tokens::session_id);
    let ended: Option<Id> = diesel::delete(sessions::table.filter(sessions::id.eq_any(of_the_token)))
        .returning(sessions::account_id)
        .get_result(conn)
        .optional()?;
    Ok(ended.map_or(Renewed::Unknown, |account| Renewed::Replayed(AccountId(account.0))))
}

pub(crate) fn end(conn: &mut Conn, refresh_hash: &TokenHash) -> Result<Option<AccountId>, QueryError> {
    let ended: Option<Id> = write(conn, |conn| {
        let once = used_refresh_tokens::table
            .filter(used_refresh_tokens::refresh_hash.eq(refresh_hash.to_vec()))
            .select(used_refresh_tokens::session_id);
        let of_the_token = sessions::refresh_hash.eq(refresh_hash.to_vec()).or(sessions::id.eq_any(once));
        diesel::delete(sessions::table.filter(of_the_token)).returning(sessions::account_id).get_result(conn).optional()
    })?;
    Ok(ended.map(|account| AccountId(account.0)))
}
