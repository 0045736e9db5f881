//! `?from=`, `?to=` and `?bucket=`.

use actix_web::HttpRequest;
use application::StatsQuery;
use domain::Instant;
use domain::reconciliation::{Bucket, Day};

use super::page::Query;
use crate::problem::Problem;

/// As many days are shown if nobody says which.
const DAYS: u64 = 30;

/// The days that numbers are wanted of.
pub struct StatsPeriod(pub StatsQuery);

impl StatsPeriod {
    /// Reads the query. Without `to` it is until today, without `from` thirty days, without `bucket` each day by itself.
    ///
    /// # Errors
    /// 422 with every parameter that cannot be used, one given twice among them.
    pub fn of(request: &HttpRequest, now: Instant) -> Result<Self, Problem> {
        let mut query = Query::of(request)?;
        let (from, to) = (query.read("from", "invalid_date", Day::parse), query.read("to", "invalid_date", Day::parse));
        let bucket = query.read("bucket", "unknown_bucket", Bucket::from_word);
        query.finish()?;
        let to = to.unwrap_or_else(|| Day::of(now).after(1));
        Ok(Self(StatsQuery {
            from: from.unwrap_or_else(|| to.before(DAYS)),
            to,
            bucket: bucket.unwrap_or(Bucket::Day),
        }))
    }
}
