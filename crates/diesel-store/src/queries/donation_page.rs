//! One page of donations, as one query.

use diesel::dsl::{AsSelect, SqlTypeOf, exists};
use diesel::prelude::*;
use domain::ports::{DonationQuery, DonationScope};

use super::Db;
use super::search::Prefix;
use crate::rows::DonationRow;
use crate::schema::{donation_reviews, donation_terms as terms, donations};
use crate::types::{At, DbTimestamp, DbUuid, Id};

/// A query for some columns of donations, of which `S` says which.
type Rows<S> = donations::BoxedQuery<'static, Db, S>;

/// The next page, whole. `words` are those that the filter's text has, each of which many donations have: the list is gone through
/// in its order, and is soon full.
pub(super) fn page(query: &DonationQuery, words: &[Prefix]) -> Rows<SqlTypeOf<AsSelect<DonationRow, Db>>> {
    let mut rows = wanted(donations::table.select(DonationRow::as_select()).into_boxed(), query, words);
    if let Some(status) = query.filter.status {
        rows = rows.filter(donations::status.eq(status.word()));
    }
    if let Some(campaign) = &query.filter.campaign {
        rows = rows.filter(donations::campaign.eq(campaign.as_str().to_owned()));
    }
    rows.order((donations::created_at.desc(), donations::id.desc())).limit(query.limit.into())
}

/// Those of a few donations that are wanted, with what they are sorted by. Not in order, for then a database may think that going
/// through the whole list in its order is the shortest way to a page. For the same reason state and campaign are compared in a
/// way that no index is for.
pub(super) fn among(few: Vec<Id>, query: &DonationQuery, words: &[Prefix]) -> Rows<(DbTimestamp, DbUuid)> {
    let rows = donations::table.select((donations::created_at, donations::id)).filter(donations::id.eq_any(few));
    let mut rows = wanted(rows.into_boxed(), query, words);
    if let Some(status) = query.filter.status {
        rows = rows.filter(donations::status.concat("").eq(status.word()));
    }
    if let Some(campaign) = &query.filter.campaign {
        rows = rows.filter(donations::campaign.concat("").eq(campaign.as_str().to_owned()));
    }
    rows
}

/// What narrows a list however it is come by.
fn wanted<S>(mut rows: Rows<S>, query: &DonationQuery, words: &[Prefix]) -> Rows<S> {
    match query.scope {
        DonationScope::Account(account) => rows = rows.filter(donations::account_id.eq(Id(account.0))),
        DonationScope::All => {}
        DonationScope::Flagged => {
            let open = donation_reviews::table.filter(donation_reviews::resolved_at.is_null());
            rows = rows.filter(donations::id.eq_any(open.select(donation_reviews::donation_id)));
        }
    }
    if let Some(after) = query.after {
        let (at, id) = (At(after.created_at), Id(after.id.0));
        let later = donations::created_at.lt(at).or(donations::id.lt(id));
        rows = rows.filter(donations::created_at.le(at)).filter(later);
    }
    if let Some(from) = query.filter.from {
        rows = rows.filter(donations::created_at.ge(At(from)));
    }
    if let Some(to) = query.filter.to {
        rows = rows.filter(donations::created_at.lt(At(to)));
    }
    if let Some(least) = query.filter.min_amount {
        rows = rows.filter(donations::amount.ge(least.get()));
    }
    if let Some(most) = query.filter.max_amount {
        rows = rows.filter(donations::amount.le(most.get()));
    }
    for Prefix { from, until } in words.iter().cloned() {
        let its = terms::table.filter(terms::donation_id.eq(donations::id));
        rows = rows.filter(exists(its.filter(terms::term.ge(from)).filter(terms::term.lt(until))));
    }
    rows
}
