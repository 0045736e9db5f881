//! Numbers over time.

use application::{BucketFigures, Stats};
use domain::ports::Figures;
use serde::Serialize;

/// What the API shows of a period.
#[derive(Serialize)]
pub struct SeriesView {
    from: String,
    to: String,
    bucket: &'static str,
    totals: FiguresView,
    buckets: Vec<BucketView>,
    decline_reasons: Vec<ReasonView>,
}

#[derive(Serialize)]
struct FiguresView {
    started: u64,
    converted: u64,
    conversion_percent: Option<u64>,
    paid: u64,
    amount: i64,
    refunded: i64,
    net: i64,
    trees: u64,
    donors: u64,
}

#[derive(Serialize)]
struct BucketView {
    from: String,
    to: String,
    #[serde(flatten)]
    figures: FiguresView,
}

#[derive(Serialize)]
struct ReasonView {
    reason: &'static str,
    count: u64,
}

impl SeriesView {
    /// The period.
    pub fn new(stats: &Stats) -> Self {
        let reason =
            |&(reason, count): &(domain::donation::DeclineReason, u64)| ReasonView { reason: reason.word(), count };
        Self {
            from: stats.query.from.to_string(),
            to: stats.query.to.to_string(),
            bucket: stats.query.bucket.word(),
            totals: FiguresView::new(&stats.total),
            buckets: stats.buckets.iter().map(BucketView::new).collect(),
            decline_reasons: stats.declines.iter().map(reason).collect(),
        }
    }
}

impl BucketView {
    fn new(bucket: &BucketFigures) -> Self {
        let figures = FiguresView::new(&bucket.figures);
        Self { from: bucket.from.to_string(), to: bucket.to.to_string(), figures }
    }
}

impl FiguresView {
    fn new(figures: &Figures) -> Self {
        Self {
            started: figures.started,
            converted: figures.converted,
            conversion_percent: figures.conversion_percent(),
            paid: figures.paid,
            amount: figures.amount.get(),
            refunded: figures.refunded.get(),
            net: figures.net().get(),
            trees: figures.trees,
            donors: figures.donors,
        }
    }
}
