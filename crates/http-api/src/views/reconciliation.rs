//! Days' comparisons with the gateway's books.

use application::books::{DayBooks, MonthReport, meaning, remedy_text};
use domain::Language;
use domain::books::DayFigures;
use domain::reconciliation::{Difference, Remedy, Tally, Totals};
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
    certificates: CertificatesView,
    open_differences: u64,
    differences_left_out: u64,
    differences: Vec<DifferenceView>,
}

/// What the API shows of a month: of its days what is open, and the sums.
#[derive(Serialize)]
pub struct MonthView {
    month: String,
    days: Vec<ReconciliationView>,
    totals: MonthTotalsView,
}

#[derive(Serialize)]
struct MonthTotalsView {
    days_compared: usize,
    days_not_compared: usize,
    ours: TallyView,
    gateway: TallyView,
    certificates: CertificatesView,
    open_differences: u64,
}

#[derive(Default, Serialize)]
pub(super) struct TallyView {
    orders: u64,
    paid: u64,
    paid_amount: i64,
    refunds: u64,
    refunded_amount: i64,
}

#[derive(Default, Serialize)]
struct CertificatesView {
    donations_paid: u64,
    donations_kept: u64,
    donations_net: i64,
    issued: u64,
    valid: u64,
    agree: bool,
}

#[derive(Serialize)]
pub(super) struct DifferenceView {
    kind: &'static str,
    meaning: &'static str,
    donation_id: Option<String>,
    order_id: String,
    refund_id: Option<String>,
    ours: Option<String>,
    gateway: Option<String>,
    settled: bool,
    remedy: Option<RemedyView>,
}

#[derive(Serialize)]
struct RemedyView {
    action: &'static str,
    text: &'static str,
    review: Option<&'static str>,
}

impl ReconciliationView {
    /// The day, with its report if anybody has begun one; texts in this language.
    pub fn new(books: &DayBooks, language: Language) -> Self {
        let report = books.report.as_ref();
        let totals = report.map_or_else(Totals::default, |report| report.totals);
        let differences = report.map_or(&[][..], |report| &report.differences);
        let open = differences.iter().filter(|difference| !difference.settled).count();
        Self {
            date: books.day.to_string(),
            status: report.map_or("not_compared", |report| report.status.word()),
            started_at: report.map(|report| timestamp(report.started_at)),
            finished_at: report.and_then(|report| report.finished_at).map(timestamp),
            ours: TallyView::new(&totals.ours),
            gateway: TallyView::new(&totals.gateway),
            foreign_orders: totals.foreign_orders,
            certificates: CertificatesView::new(&books.figures),
            open_differences: u64::try_from(open).unwrap_or(u64::MAX).saturating_add(totals.differences_left_out),
            differences_left_out: totals.differences_left_out,
            differences: differences.iter().map(|found| DifferenceView::new(found, language)).collect(),
        }
    }
}

impl MonthView {
    /// The month; texts in this language.
    pub fn new(report: &MonthReport, language: Language) -> Self {
        let mut days: Vec<_> = report.days.iter().map(|day| ReconciliationView::new(day, language)).collect();
        for day in &mut days {
            day.differences.retain(|difference| !difference.settled);
        }
        let compared = days.iter().filter(|day| day.status == "done").count();
        let mut totals = MonthTotalsView {
            days_compared: compared,
            days_not_compared: days.len() - compared,
            ours: TallyView::default(),
            gateway: TallyView::default(),
            certificates: CertificatesView { agree: true, ..CertificatesView::default() },
            open_differences: 0,
        };
        for day in &days {
            totals.ours.add(&day.ours);
            totals.gateway.add(&day.gateway);
            totals.certificates.add(&day.certificates);
            totals.open_differences += day.open_differences;
        }
        Self { month: report.month.to_string(), days, totals }
    }
}

impl TallyView {
    pub(super) fn new(tally: &Tally) -> Self {
        Self {
            orders: tally.orders,
            paid: tally.paid,
            paid_amount: tally.paid_amount.get(),
            refunds: tally.refunds,
            refunded_amount: tally.refunded_amount.get(),
        }
    }

    fn add(&mut self, other: &Self) {
        self.orders += other.orders;
        self.paid += other.paid;
        self.paid_amount = self.paid_amount.saturating_add(other.paid_amount);
        self.refunds += other.refunds;
        self.refunded_amount = self.refunded_amount.saturating_add(other.refunded_amount);
    }
}

impl CertificatesView {
    fn new(figures: &DayFigures) -> Self {
        Self {
            donations_paid: figures.paid,
            donations_kept: figures.kept,
            donations_net: figures.net.get(),
            issued: figures.issued,
            valid: figures.valid,
            agree: figures.kept == figures.valid,
        }
    }

    fn add(&mut self, other: &Self) {
        self.donations_paid += other.donations_paid;
        self.donations_kept += other.donations_kept;
        self.donations_net = self.donations_net.saturating_add(other.donations_net);
        self.issued += other.issued;
        self.valid += other.valid;
        self.agree &= other.agree;
    }
}

impl DifferenceView {
    pub(super) fn new(difference: &Difference, language: Language) -> Self {
        Self {
            kind: difference.kind.word(),
            meaning: meaning(difference.kind, language),
            donation_id: difference.donation.map(|donation| donation.to_string()),
            order_id: difference.order.to_string(),
            refund_id: difference.refund.as_ref().map(ToString::to_string),
            ours: difference.ours.clone(),
            gateway: difference.gateway.clone(),
            settled: difference.settled,
            remedy: difference.remedy().map(|remedy| RemedyView::new(remedy, language)),
        }
    }
}

impl RemedyView {
    fn new(remedy: Remedy, language: Language) -> Self {
        let review = match remedy {
            Remedy::Resolve(_, review) => Some(review.word()),
            Remedy::Sync(_) | Remedy::Compare | Remedy::Support => None,
        };
        Self { action: remedy.word(), text: remedy_text(remedy, language), review }
    }
}
