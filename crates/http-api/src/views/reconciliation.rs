//! A day's comparison with the gateway's books.

use domain::reconciliation::{Day, DayReport, Difference, Tally, Totals};
use serde::Serialize;

use super::timestamp;

/// What the API shows of a day, compared or not.
#[derive(Serialize)]
pub struct ReconciliationView {
    date: String,
    status: &'static str,
    started_at: Option<String>,
    finished_at: Option<String>,
    ours: TallyView,
    gateway: TallyView,
    foreign_orders: u64,
    differences: Vec<DifferenceView>,
}

#[derive(Serialize)]
struct TallyView {
    orders: u64,
    paid: u64,
    paid_amount: i64,
    refunds: u64,
    refunded_amount: i64,
}

#[derive(Serialize)]
struct DifferenceView {
    kind: &'static str,
    donation_id: Option<String>,
    order_id: String,
    refund_id: Option<String>,
    ours: Option<String>,
    gateway: Option<String>,
    settled: bool,
}

impl ReconciliationView {
    /// The day, with its report if anybody has begun one.
    pub fn new(day: Day, report: Option<&DayReport>) -> Self {
        let totals = report.map_or_else(Totals::default, |report| report.totals);
        let differences = report.map_or(&[][..], |report| &report.differences);
        Self {
            date: day.to_string(),
            status: report.map_or("not_compared", |report| report.status.word()),
            started_at: report.map(|report| timestamp(report.started_at)),
            finished_at: report.and_then(|report| report.finished_at).map(timestamp),
            ours: TallyView::new(&totals.ours),
            gateway: TallyView::new(&totals.gateway),
            foreign_orders: totals.foreign_orders,
            differences: differences.iter().map(DifferenceView::new).collect(),
        }
    }
}

impl TallyView {
    fn new(tally: &Tally) -> Self {
        Self {
            orders: tally.orders,
            paid: tally.paid,
            paid_amount: tally.paid_amount.get(),
            refunds: tally.refunds,
            refunded_amount: tally.refunded_amount.get(),
        }
    }
}

impl DifferenceView {
    fn new(difference: &Difference) -> Self {
        Self {
            kind: difference.kind.word(),
            donation_id: difference.donation.map(|donation| donation.to_string()),
            order_id: difference.order.to_string(),
            refund_id: difference.refund.as_ref().map(ToString::to_string),
            ours: difference.ours.clone(),
            gateway: difference.gateway.clone(),
            settled: difference.settled,
        }
    }
}
