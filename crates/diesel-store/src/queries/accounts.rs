//! Accounts and their sessions.

use diesel::prelude::*;
use domain::ports::CreateAccount;
use domain::{Account, AccountId, DonorEmail, Instant, Session, SessionId};

use super::{Conn, read, write};
use crate::error::QueryError;
use crate::rows::{AccountRow, SessionRow};
use crate::schema::{accounts, sessions};
use crate::types::{At, Id};

pub(crate) fn create(conn: &mut Conn, account: &Account) -> Result<CreateAccount, QueryError> {
    let created = write(conn, |conn| {
        diesel::insert_into(accounts::table)
            .values(AccountRow::of(account))
            .on_conflict(accounts::email_key)
            .do_nothing()
            .execute(conn)
    })?;
    Ok(match created {
        0 => CreateAccount::EmailTaken,
        _ => CreateAccount::Created,
    })
}

pub(crate) fn find(conn: &mut Conn, id: AccountId) -> Result<Option<Account>, QueryError> {
    let row: Option<AccountRow> = read(conn, |conn| {
        accounts::table.filter(accounts::id.eq(Id(id.0))).select(AccountRow::as_select()).first(conn).optional()
    })?;
    row.map(AccountRow::into_account).transpose()
}

pub(crate) fn find_by_email(conn: &mut Conn, email: &DonorEmail) -> Result<Option<Account>, QueryError> {
    let row: Option<AccountRow> = read(conn, |conn| {
        accounts::table
            .filter(accounts::email_key.eq(email.key()))
            .select(AccountRow::as_select())
            .first(conn)
            .optional()
    })?;
    row.map(AccountRow::into_account).transpose()
}

pub(crate) fn open_session(conn: &mut Conn, session: &Session) -> Result<(), QueryError> {
    write(conn, |conn| {
        diesel::insert_into(sessions::table).values(SessionRow::of(session)).execute(conn)?;
        Ok(())
    })
}

pub(crate) fn account_of_session(
    conn: &mut Conn,
    session: SessionId,
    now: Instant,
) -> Result<Option<Account>, QueryError> {
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
