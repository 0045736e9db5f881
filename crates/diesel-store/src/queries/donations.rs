//! Donations: keeping a new one, reading, and saving a change.

use std::cmp::Reverse;
use std::collections::HashMap;

use diesel::prelude::*;
use domain::donation::{Change, TimelineEntry};
use domain::ports::{DonationQuery, InsertDonation, Save};
use domain::{Donation, DonationId, OrderId};

use super::changes::{Abort, apply, write_parts, write_timeline};
use super::donation_page::{among, page};
use super::search::{Prefix, Words, write_terms};
use super::{Conn, campaigns, read, write};
use crate::error::QueryError;
use crate::rows::{AttemptRow, CertificateRow, DonationParts, DonationRow, RefundRow, ReviewRow, TimelineRow};
use crate::schema::{attempts, certificates, donation_reviews, donations, refunds, timeline_entries};
use crate::types::{At, Id};

/// The row comes first: its trigger says of the campaign that a donation has been made under it, which holds the campaign's row
/// unless that was said before. Either way its price cannot change any more before the end of this transaction, nor after it.
pub(crate) fn insert(
    conn: &mut Conn,
    donation: &Donation,
    entry: &TimelineEntry,
) -> Result<InsertDonation, QueryError> {
    let inserted = write(conn, |conn| {
        let row = (DonationRow::of(donation), donations::indexed.eq(true));
        diesel::insert_into(donations::table).values(row).execute(conn)?;
        if !campaigns::stands_for(conn, donation)? {
            return Err(Abort::Conflict);
        }
        write_terms(conn, donation)?;
        write_parts(conn, donation)?;
        Ok(write_timeline(conn, donation, std::slice::from_ref(entry))?)
    });
    match inserted {
        Ok(()) => Ok(InsertDonation::Inserted),
        Err(Abort::Conflict) => Ok(InsertDonation::CampaignChanged),
        Err(Abort::Failed(error)) => Err(error),
    }
}

pub(crate) fn find(conn: &mut Conn, id: DonationId) -> Result<Option<Donation>, QueryError> {
    read(conn, |conn| find_here(conn, Id(id.0)))
}

pub(crate) fn find_by_order(conn: &mut Conn, order: &OrderId) -> Result<Option<Donation>, QueryError> {
    read(conn, |conn| {
        let id: Option<Id> = attempts::table
            .filter(attempts::order_id.eq(order.as_str()))
            .select(attempts::donation_id)
            .first(conn)
            .optional()?;
        id.map_or(Ok(None), |id| find_here(conn, id))
    })
}

pub(crate) fn list(conn: &mut Conn, query: &DonationQuery) -> Result<Vec<Donation>, QueryError> {
    read(conn, |conn| {
        let words = query.filter.text.as_ref().map(|text| Words::of(conn, text)).transpose()?;
        let rows = match words {
            Some(Words { few: Some(few), others }) => page_of_few(conn, few, query, &others)?,
            Some(Words { few: None, others }) => page(query, &others).load(conn)?,
            None => page(query, &[]).load(conn)?,
        };
        with_parts(conn, rows)
    })
}

/// The page's rows, out of a few donations.
fn page_of_few(
    conn: &mut Conn,
    few: Vec<Id>,
    query: &DonationQuery,
    words: &[Prefix],
) -> Result<Vec<DonationRow>, QueryError> {
    let mut wanted: Vec<(At, Id)> = among(few, query, words).load(conn)?;
    wanted.sort_unstable_by_key(|(at, id)| Reverse((at.0, *id)));
    wanted.truncate(usize::try_from(query.limit).unwrap_or(usize::MAX));
    let ids = wanted.into_iter().map(|(_, id)| id);
    let page = donations::table.filter(donations::id.eq_any(ids)).select(DonationRow::as_select());
    Ok(page.order((donations::created_at.desc(), donations::id.desc())).load(conn)?)
}

pub(crate) fn save(conn: &mut Conn, change: &Change) -> Result<Save, QueryError> {
    let saved = write(conn, |conn| {
        apply(conn, change)?;
        Ok(find_here(conn, Id(change.donation.id.0))?)
    });
    match saved {
        Ok(Some(donation)) => Ok(Save::Saved(Box::new(donation))),
        Ok(None) => Err(QueryError::broken("a donation vanished while it was saved")),
        Err(Abort::Conflict) => Ok(Save::Conflict),
        Err(Abort::Failed(error)) => Err(error),
    }
}

pub(crate) fn timeline(conn: &mut Conn, id: DonationId) -> Result<Vec<TimelineEntry>, QueryError> {
    let rows: Vec<TimelineRow> = read(conn, |conn| {
        timeline_entries::table
            .filter(timeline_entries::donation_id.eq(Id(id.0)))
            .order((timeline_entries::donation_version, timeline_entries::step))
            .select(TimelineRow::as_select())
            .load(conn)
    })?;
    rows.into_iter().map(TimelineRow::into_entry).collect()
}

pub(super) fn find_here(conn: &mut Conn, id: Id) -> Result<Option<Donation>, QueryError> {
    let rows = donations::table.filter(donations::id.eq(id)).select(DonationRow::as_select()).load(conn)?;
    Ok(with_parts(conn, rows)?.pop())
}

/// The rows of a table that belong to these donations. One donation is asked for by itself, since a statement with a list in
/// it is prepared anew each time, which on SQLite costs more than running it.
macro_rules! belonging_to {
    ($ids:expr, $query:expr, $donation_id:expr, $conn:expr) => {
        match $ids[..] {
            [id] => $query.filter($donation_id.eq(id)).load($conn)?,
            _ => $query.filter($donation_id.eq_any(&$ids)).load($conn)?,
        }
    };
}

/// The donations of `rows`, in their order: one query a table, however many they are.
pub(super) fn with_parts(conn: &mut Conn, rows: Vec<DonationRow>) -> Result<Vec<Donation>, QueryError> {
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    let mut parts: HashMap<Id, DonationParts> = HashMap::new();
    let query = attempts::table.order(attempts::number).select(AttemptRow::as_select());
    let found: Vec<AttemptRow> = belonging_to!(ids, query, attempts::donation_id, conn);
    for row in found {
        let part = parts.entry(row.donation_id).or_default();
        part.attempts.push(row.into_attempt()?);
    }
    let query = refunds::table.order(refunds::position).select(RefundRow::as_select());
    let found: Vec<RefundRow> = belonging_to!(ids, query, refunds::donation_id, conn);
    for row in found {
        let part = parts.entry(row.donation_id).or_default();
        part.refunds.push(row.into_refund()?);
    }
    let query = donation_reviews::table.select(ReviewRow::as_select());
    let found: Vec<ReviewRow> = belonging_to!(ids, query, donation_reviews::donation_id, conn);
    for row in found {
        let part = parts.entry(row.donation_id).or_default();
        part.reviews.push(row.into_item()?);
    }
    let query = certificates::table.order(certificates::donation_version).select(CertificateRow::as_select());
    let found: Vec<CertificateRow> = belonging_to!(ids, query, certificates::donation_id, conn);
    for row in found {
        let part = parts.entry(row.donation_id).or_default();
        // Sorted by version: the last one stays.
        let earlier = part.certificate.replace(row.into_certificate()?);
        part.earlier_certificate = earlier.map(|earlier| earlier.number);
    }
    rows.into_iter()
        .map(|row| {
            let part = parts.remove(&row.id).unwrap_or_default();
            row.into_donation(part)
        })
        .collect()
}
