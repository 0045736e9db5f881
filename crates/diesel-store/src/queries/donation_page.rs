//! One page of donations, as one query.

use diesel::dsl::{AsSelect, SqlTypeOf, exists};
use diesel::prelude::*;
use domain::ports::{DonationFilter, DonationQuery, DonationScope};

use super::Db;
use super::search::{Prefix, Words};
use crate::rows::DonationRow;
use crate::schema::{donation_reviews, donation_terms as terms, donations};
use crate::types::{At, Id};

type Page = donations::BoxedQuery<'static, Db, SqlTypeOf<AsSelect<DonationRow, Db>>>;

/// `words` are those of the filter's text.
pub(super) fn page(query: &DonationQuery, words: Option<&Words>) -> Page {
    let mut rows = donations::table
        .order((donations::created_at.desc(), donations::id.desc()))
        .limit(query.limit.into())
        .select(DonationRow::as_select())
        .into_boxed::<Db>();
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
    if let Some(words) = words {
        rows = found(rows, words);
    }
    narrowed(rows, &query.filter)
}

fn narrowed(mut rows: Page, filter: &DonationFilter) -> Page {
    if let Some(status) = filter.status {
        rows = rows.filter(donations::status.eq(status.word()));
    }
    if let Some(campaign) = &filter.campaign {
        rows = rows.filter(donations::campaign.eq(campaign.as_str().to_owned()));
    }
    if let Some(from) = filter.from {
        rows = rows.filter(donations::created_at.ge(At(from)));
    }
    if let Some(to) = filter.to {
        rows = rows.filter(donations::created_at.lt(At(to)));
    }
    if let Some(least) = filter.min_amount {
        rows = rows.filter(donations::amount.ge(least.get()));
    }
    if let Some(most) = filter.max_amount {
        rows = rows.filter(donations::amount.le(most.get()));
    }
    rows
}

/// From a word that few have, the donations that have it are looked up, and sorted. If each is a word that many have, the list is
/// gone through in its order, and is soon full.
fn found(mut rows: Page, words: &Words) -> Page {
    if let Some(Prefix { from, until }) = words.few.clone() {
        let having = terms::table.filter(terms::term.ge(from)).filter(terms::term.lt(until));
        rows = rows.filter(donations::id.eq_any(having.select(terms::donation_id)));
    }
    for Prefix { from, until } in words.others.clone() {
        let its = terms::table.filter(terms::donation_id.eq(donations::id));
        rows = rows.filter(exists(its.filter(terms::term.ge(from)).filter(terms::term.lt(until))));
    }
    rows
}
