//! What an account's changes do to its donations, in the caller's transaction.

use diesel::prelude::*;
use diesel::result::Error;
use domain::donation::{Actor, Cause, Change};
use domain::ports::{DonationStep, Stamp};
use domain::{Account, Donation};

use super::Conn;
use super::changes::{Abort, apply};
use super::donations::find_here;
use crate::error::QueryError;
use crate::rows::AccountRow;
use crate::schema::{accounts, donations};
use crate::types::Id;

/// Why a transaction of an account's is rolled back.
#[derive(Debug)]
pub(super) struct AccountAbort(QueryError);

impl AccountAbort {
    pub(super) fn into_error(self) -> QueryError {
        self.0
    }
}

impl From<Error> for AccountAbort {
    fn from(error: Error) -> Self {
        Self(error.into())
    }
}

impl From<QueryError> for AccountAbort {
    fn from(error: QueryError) -> Self {
        Self(error)
    }
}

impl From<Abort> for AccountAbort {
    fn from(abort: Abort) -> Self {
        Self(match abort {
            Abort::Conflict => QueryError::broken("a donation changed although it was held"),
            Abort::Failed(error) => error,
        })
    }
}

/// The account, held. Whatever changes an account or its tokens begins with this, so that two such changes wait for each other
/// here and nowhere else.
pub(super) fn hold(conn: &mut Conn, id: Id) -> Result<Option<Account>, AccountAbort> {
    let row: Option<AccountRow> =
        held!(accounts::table.filter(accounts::id.eq(id)).select(AccountRow::as_select())).first(conn).optional()?;
    Ok(row.map(AccountRow::into_account).transpose()?)
}

/// Guests' donations of the account's address become its own.
pub(super) fn join(conn: &mut Conn, account: &Account, stamp: &Stamp) -> Result<Vec<DonationStep>, AccountAbort> {
    let of_guests = donations::table
        .filter(donations::donor_email_key.eq(account.email.key()))
        .filter(donations::account_id.is_null())
        .order(donations::id)
        .select(donations::id);
    let ids: Vec<Id> = held!(of_guests).load(conn)?;
    let cause = cause(account, stamp);
    change_each(conn, &ids, |donation| donation.join(account.id, (stamp.at, &cause)))
}

/// The donor of the account's donations is forgotten.
pub(super) fn erase_donations(
    conn: &mut Conn,
    account: &Account,
    stamp: &Stamp,
) -> Result<Vec<DonationStep>, AccountAbort> {
    let own =
        donations::table.filter(donations::account_id.eq(Id(account.id.0))).order(donations::id).select(donations::id);
    let ids: Vec<Id> = held!(own).load(conn)?;
    let cause = cause(account, stamp);
    change_each(conn, &ids, |donation| donation.erase_donor((stamp.at, &cause)))
}

fn cause(account: &Account, stamp: &Stamp) -> Cause {
    Cause { actor: Actor::Account(account.id), request_id: stamp.request_id.clone() }
}

/// Changes donations whose rows are held.
fn change_each(
    conn: &mut Conn,
    ids: &[Id],
    decide: impl Fn(&Donation) -> Option<Change>,
) -> Result<Vec<DonationStep>, AccountAbort> {
    let mut steps = Vec::new();
    for id in ids {
        let Some(before) = find_here(conn, *id)? else { continue };
        if let Some(change) = decide(&before) {
            apply(conn, &change)?;
            steps.push(DonationStep { before, change });
        }
    }
    Ok(steps)
}
