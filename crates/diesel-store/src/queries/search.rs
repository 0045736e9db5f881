//! What donations are found by.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use diesel::prelude::*;
use domain::search::terms as terms_of;
use domain::{CertificateNumber, Donation, SearchText};

use super::donations::with_parts;
use super::{Conn, Db, write};
use crate::error::QueryError;
use crate::rows::DonationRow;
use crate::schema::{certificates, donation_terms as terms, donations};
use crate::types::{DbUuid, Id};

/// So many are looked up one by one, and sorted; of more, some are soon met while the list is gone through.
const FEW: usize = 1_000;

/// How many donations are indexed in one transaction.
const AT_ONCE: i64 = 500;

/// How many rows one statement inserts: a statement takes so many parameters and no more.
const ROWS_AT_ONCE: usize = 2_000;

/// Everything that begins with some text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Prefix {
    pub(super) from: String,
    pub(super) until: String,
}

impl Prefix {
    /// The last of all letters ends it: no text has that one.
    pub(super) fn of(text: &str) -> Self {
        Self { from: text.to_owned(), until: format!("{text}{}", char::MAX) }
    }
}

/// The words of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    /// The donations that have one of the words, if they are few.
    pub(super) few: Option<Vec<Id>>,
    /// The other words.
    pub(super) others: Vec<Prefix>,
}

impl Words {
    /// The longer a word is, the fewer have it, most likely.
    pub(super) fn of(conn: &mut Conn, text: &SearchText) -> QueryResult<Self> {
        let mut words = text.words();
        words.sort_by_key(|word| Reverse(word.chars().count()));
        let mut others: Vec<Prefix> = words.iter().map(|word| Prefix::of(word)).collect();
        for place in 0..others.len() {
            let mut having: Vec<Id> = having(&others[place]).load(conn)?;
            if having.len() <= FEW {
                others.remove(place);
                having.sort_unstable();
                having.dedup();
                return Ok(Self { few: Some(having), others });
            }
        }
        Ok(Self { few: None, others })
    }
}

/// The donations that have a word, once for each term that it begins; one more than few is enough to know that they are many.
pub(super) fn having(Prefix { from, until }: &Prefix) -> terms::BoxedQuery<'static, Db, DbUuid> {
    let having = terms::table.filter(terms::term.ge(from.clone())).filter(terms::term.lt(until.clone()));
    let few = i64::try_from(FEW).unwrap_or(i64::MAX);
    having.order(terms::term).select(terms::donation_id).limit(few.saturating_add(1)).into_boxed()
}

/// Writes the terms of a donation that this transaction holds, as they are to be.
pub(super) fn write_terms(conn: &mut Conn, donation: &Donation) -> Result<(), QueryError> {
    let id = Id(donation.id.0);
    let numbers: Vec<String> = match donation.state.completed_at() {
        Some(_) => {
            certificates::table.filter(certificates::donation_id.eq(id)).select(certificates::number).load(conn)?
        }
        None => Vec::new(),
    };
    let numbers: Vec<_> = numbers.into_iter().map(CertificateNumber::from_text).collect();
    let wanted = terms_of(donation, &numbers);
    let kept: BTreeSet<String> =
        terms::table.filter(terms::donation_id.eq(id)).select(terms::term).load(conn)?.into_iter().collect();
    let gone: Vec<&String> = kept.difference(&wanted).collect();
    if !gone.is_empty() {
        let gone = terms::table.filter(terms::donation_id.eq(id)).filter(terms::term.eq_any(gone));
        diesel::delete(gone).execute(conn)?;
    }
    let new: Vec<_> = wanted.difference(&kept).map(|term| (terms::donation_id.eq(id), terms::term.eq(term))).collect();
    if !new.is_empty() {
        diesel::insert_into(terms::table).values(new).execute(conn)?;
    }
    Ok(())
}

pub(super) fn not_indexed() -> donations::BoxedQuery<'static, Db, DbUuid> {
    let waiting = donations::table.filter(diesel::dsl::not(donations::indexed));
    waiting.order(donations::id).limit(AT_ONCE).select(donations::id).into_boxed()
}

/// Writes the terms of donations that have none yet: those that were there before there were any, and those that somebody else
/// than this code has put there. The answer is how many they were.
pub(crate) fn index_the_rest(conn: &mut Conn) -> Result<usize, QueryError> {
    let mut indexed = 0;
    loop {
        let batch = index_some(conn)?;
        if batch == 0 {
            return Ok(indexed);
        }
        indexed += batch;
    }
}

fn index_some(conn: &mut Conn) -> Result<usize, QueryError> {
    write(conn, |conn| {
        let ids: Vec<Id> = not_indexed().load(conn)?;
        let these = donations::table.filter(donations::id.eq_any(&ids)).order(donations::id);
        let rows: Vec<DonationRow> = held!(these.select(DonationRow::as_select())).load(conn)?;
        let numbers: Vec<(Id, String)> = certificates::table
            .filter(certificates::donation_id.eq_any(&ids))
            .select((certificates::donation_id, certificates::number))
            .load(conn)?;
        let mut new = Vec::new();
        for donation in with_parts(conn, rows)? {
            let id = Id(donation.id.0);
            let own = numbers.iter().filter(|(of, _)| *of == id);
            let own: Vec<_> = own.map(|(_, number)| CertificateNumber::from_text(number.as_str())).collect();
            new.extend(
                terms_of(&donation, &own).into_iter().map(|term| (terms::donation_id.eq(id), terms::term.eq(term))),
            );
        }
        diesel::delete(terms::table.filter(terms::donation_id.eq_any(&ids))).execute(conn)?;
        for some in new.chunks(ROWS_AT_ONCE) {
            diesel::insert_into(terms::table).values(some).execute(conn)?;
        }
        diesel::update(donations::table.filter(donations::id.eq_any(&ids)))
            .set(donations::indexed.eq(true))
            .execute(conn)?;
        Ok(ids.len())
    })
}
