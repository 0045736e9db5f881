//! What was given for campaigns, added up by the database.

use std::collections::BTreeMap;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};
use domain::CampaignSlug;
use domain::ports::{CampaignProgress, GatewayMode, LatestDonations, PublicDonation};

use super::{Conn, read};
use crate::error::QueryError;
use crate::rows::PublicDonationRow;
use crate::schema::donations;

/// Written out, for a database uses an index of some of the rows only if the query has that index's own condition in it.
const PAID: &str = "status IN ('completed', 'partially_refunded')";

const RAISED: &str = "CAST(COALESCE(SUM(amount - refunded_amount), 0) AS BIGINT)";

/// What `Gift::trees_after_refund` says of one donation. Division rounds down on both databases.
pub(super) const TREES: &str = "CAST(COALESCE(SUM(CASE
    WHEN refunded_amount = 0 THEN trees
    WHEN (amount - refunded_amount) / price_per_tree < trees THEN (amount - refunded_amount) / price_per_tree
    ELSE trees END), 0) AS BIGINT)";

/// Without a key is who was forgotten.
const DONORS: &str = "COUNT(DISTINCT donor_email_key) + COUNT(*) - COUNT(donor_email_key)";

const DONATIONS: &str = "COUNT(*)";

type Sums = (i64, i64, i64, i64);

/// The columns that become a [`Sums`].
macro_rules! sums {
    () => {
        (sql::<BigInt>(RAISED), sql::<BigInt>(TREES), sql::<BigInt>(DONORS), sql::<BigInt>(DONATIONS))
    };
}

/// The donations that count.
macro_rules! paid {
    ($mode:expr) => {
        donations::table.filter(sql::<Bool>(PAID)).filter(donations::test_mode.eq($mode == GatewayMode::Test))
    };
}

macro_rules! of_each {
    ($mode:expr) => {
        paid!($mode).group_by(donations::campaign).select((donations::campaign, sums!()))
    };
}

macro_rules! of_one {
    ($slug:expr, $mode:expr) => {
        paid!($mode).filter(donations::campaign.eq($slug.as_str())).select(sums!())
    };
}

macro_rules! of_all {
    ($mode:expr) => {
        paid!($mode).select(sums!())
    };
}

macro_rules! last {
    ($latest:expr) => {
        paid!($latest.mode)
            .filter(donations::campaign.eq($latest.campaign.as_str()))
            .order((donations::completed_at.desc(), donations::id.desc()))
            .limit($latest.limit.into())
            .select(PublicDonationRow::as_select())
    };
}

pub(crate) fn progress(
    conn: &mut Conn,
    mode: GatewayMode,
) -> Result<BTreeMap<CampaignSlug, CampaignProgress>, QueryError> {
    let rows: Vec<(String, Sums)> = read(conn, |conn| of_each!(mode).load(conn))?;
    rows.into_iter()
        .map(|(slug, sums)| {
            let slug = CampaignSlug::parse(&slug);
            let slug = slug.ok_or_else(|| QueryError::broken("donations.campaign holds no slug"))?;
            Ok((slug, progress_from(sums)?))
        })
        .collect()
}

pub(crate) fn progress_of(
    conn: &mut Conn,
    slug: &CampaignSlug,
    mode: GatewayMode,
) -> Result<CampaignProgress, QueryError> {
    progress_from(read(conn, |conn| of_one!(slug, mode).first(conn))?)
}

pub(crate) fn total(conn: &mut Conn, mode: GatewayMode) -> Result<CampaignProgress, QueryError> {
    progress_from(read(conn, |conn| of_all!(mode).first(conn))?)
}

pub(crate) fn latest(conn: &mut Conn, latest: &LatestDonations) -> Result<Vec<PublicDonation>, QueryError> {
    let rows: Vec<PublicDonationRow> = read(conn, |conn| last!(latest).load(conn))?;
    rows.into_iter().map(PublicDonationRow::into_donation).collect()
}

fn progress_from((raised, trees, donors, donations): Sums) -> Result<CampaignProgress, QueryError> {
    let broken = || QueryError::broken("a sum over donations is below zero");
    let count = |sum: i64| u64::try_from(sum).map_err(|_| broken());
    Ok(CampaignProgress {
        raised: domain::Tenge::from_i64(raised).map_err(|_| broken())?,
        trees: count(trees)?,
        donors: count(donors)?,
        donations: count(donations)?,
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::plan_of;
    use super::*;

    /// No row of the table is read: all that is added up stands in the index.
    #[tokio::test]
    async fn an_index_alone_serves_every_sum() {
        let (slug, mode) = (CampaignSlug::parse("trees").unwrap(), GatewayMode::Real);
        for plan in [plan_of(of_each!(mode)).await, plan_of(of_one!(&slug, mode)).await, plan_of(of_all!(mode)).await] {
            let alone = ["USING COVERING INDEX donations_paid (", "Index Only Scan using donations_paid on"];
            assert!(alone.iter().any(|words| plan.contains(words)), "{plan}");
        }
    }

    /// Without sorting: it stops after as many as are wanted.
    #[tokio::test]
    async fn the_latest_donations_come_from_an_index_in_their_order() {
        let latest =
            LatestDonations { campaign: CampaignSlug::parse("trees").unwrap(), mode: GatewayMode::Real, limit: 10 };
        let plan = plan_of(last!(latest)).await;
        assert!(plan.contains("donations_paid_last"), "{plan}");
        assert!(!plan.to_uppercase().contains("SORT") && !plan.contains("TEMP B-TREE FOR ORDER BY"), "{plan}");
    }
}
