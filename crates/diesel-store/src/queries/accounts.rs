//! Accounts: making, finding and forgetting them.

use diesel::prelude::*;
use domain::ports::{ConfirmWish, CreateAccount, DonationStep, ResetWish, Stamp};
use domain::{Account, AccountId, AccountMail, DonorEmail, JobId};

use super::account_donations::{AccountAbort, erase_donations, hold, join};
use super::browser_sessions::delete_all;
use super::{Conn, read, write};
use crate::error::QueryError;
use crate::rows::{AccountRow, JobRow};
use crate::schema::{account_tokens, accounts, idempotency_keys, jobs};
use crate::types::{At, Id};

pub(crate) fn create(conn: &mut Conn, account: &Account, confirm: Option<JobId>) -> Result<CreateAccount, QueryError> {
    write(conn, |conn| {
        let created = diesel::insert_into(accounts::table)
            .values(AccountRow::of(account))
            .on_conflict(accounts::email_key)
            .do_nothing()
            .execute(conn)?;
        if created == 0 {
            return Ok(CreateAccount::EmailTaken);
        }
        if let Some(job) = confirm {
            let mail = (Some(account.id), AccountMail::ConfirmEmail);
            diesel::insert_into(jobs::table).values(JobRow::mail(job, mail, account.created_at)).execute(conn)?;
        }
        Ok(CreateAccount::Created)
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

/// The same work whoever has the address: one question, one row.
pub(crate) fn queue_reset(conn: &mut Conn, wish: &ResetWish) -> Result<(), QueryError> {
    write(conn, |conn| {
        let written_to = jobs::table
            .filter(jobs::account_id.is_not_null())
            .filter(jobs::kind.eq(AccountMail::ResetPassword.word()))
            .filter(jobs::created_at.gt(At(wish.unless_since)))
            .select(jobs::account_id.assume_not_null());
        let account: Option<Id> = accounts::table
            .filter(accounts::email_key.eq(wish.email.key()))
            .filter(accounts::id.ne_all(written_to))
            .select(accounts::id)
            .first(conn)
            .optional()?;
        let mail = (account.map(|id| AccountId(id.0)), AccountMail::ResetPassword);
        diesel::insert_into(jobs::table).values(JobRow::mail(wish.job, mail, wish.now)).execute(conn)?;
        Ok(())
    })
}

/// The account is held: of two that ask at once, the second one sees the first one's mail.
pub(crate) fn queue_confirm(conn: &mut Conn, wish: &ConfirmWish) -> Result<(), QueryError> {
    let queued = write(conn, |conn| {
        let id = Id(wish.account.0);
        let Some(account) = hold(conn, id)?.filter(|account| account.email_confirmed_at.is_none()) else {
            return Ok(());
        };
        let written: i64 = jobs::table
            .filter(jobs::account_id.eq(id))
            .filter(jobs::kind.eq(AccountMail::ConfirmEmail.word()))
            .filter(jobs::created_at.gt(At(wish.unless_since)))
            .count()
            .get_result(conn)?;
        if written == 0 {
            let mail = (Some(account.id), AccountMail::ConfirmEmail);
            diesel::insert_into(jobs::table).values(JobRow::mail(wish.job, mail, wish.now)).execute(conn)?;
        }
        Ok(())
    });
    queued.map_err(AccountAbort::into_error)
}

pub(crate) fn join_donations(
    conn: &mut Conn,
    account: AccountId,
    stamp: &Stamp,
) -> Result<Vec<DonationStep>, QueryError> {
    let joined = write(conn, |conn| {
        let account = hold(conn, Id(account.0))?;
        match account.filter(|account| account.email_confirmed_at.is_some()) {
            Some(account) => join(conn, &account, stamp),
            None => Ok(Vec::new()),
        }
    });
    joined.map_err(AccountAbort::into_error)
}

/// The account's row is held first: a donation that is being made refers to it, so it is either seen here or refused there.
pub(crate) fn erase(conn: &mut Conn, account: AccountId, stamp: &Stamp) -> Result<Vec<DonationStep>, QueryError> {
    let erased = write(conn, |conn| {
        let id = Id(account.0);
        let Some(account) = hold(conn, id)? else { return Ok(Vec::new()) };
        let steps = erase_donations(conn, &account, stamp)?;
        delete_all(conn, id)?;
        diesel::delete(account_tokens::table.filter(account_tokens::account_id.eq(id))).execute(conn)?;
        let nobody: Option<Id> = None;
        diesel::update(jobs::table.filter(jobs::account_id.eq(id))).set(jobs::account_id.eq(nobody)).execute(conn)?;
        let caller = format!("account:{}", account.id);
        diesel::delete(idempotency_keys::table.filter(idempotency_keys::caller.eq(caller))).execute(conn)?;
        diesel::delete(accounts::table.find(id)).execute(conn)?;
        Ok(steps)
    });
    erased.map_err(AccountAbort::into_error)
}
