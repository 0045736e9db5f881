//! The proof of a period, for a program.

use application::books::{Disagreement, OpenDifference, Proof, ProofLine, ProvedDay, Sum};
use domain::Language;
use domain::ports::GatewayMode;
use serde::Serialize;

use super::reconciliation::{DifferenceView, TallyView};
use super::timestamp;

/// What the API shows of it.
#[derive(Serialize)]
pub struct ProofView {
    from: String,
    to: String,
    made_at: String,
    test_mode: bool,
    totals: TotalsView,
    lines: Vec<LineView>,
    disagreements: Vec<DisagreementView>,
    disagreements_left_out: u64,
    days: Vec<DayView>,
    differences: Vec<OpenView>,
}

#[derive(Serialize)]
struct TotalsView {
    payments: SumView,
    refunds: SumView,
    donations: SumView,
    given_back: i64,
    net: SumView,
    certificates: SumView,
    payments_of_other_amounts: u64,
}

#[derive(Serialize)]
struct SumView {
    number: u64,
    amount: i64,
}

#[derive(Serialize)]
struct LineView {
    line: &'static str,
    left: i64,
    right: i64,
    disagreeing: u64,
    verdict: &'static str,
}

#[derive(Serialize)]
struct DisagreementView {
    line: &'static str,
    donation_id: String,
    left: i64,
    right: i64,
}

#[derive(Serialize)]
struct DayView {
    date: String,
    status: &'static str,
    ours: TallyView,
    gateway: TallyView,
    open_differences: u64,
    verdict: &'static str,
}

#[derive(Serialize)]
struct OpenView {
    date: String,
    #[serde(flatten)]
    difference: DifferenceView,
}

impl ProofView {
    /// The proof; texts in this language.
    pub fn new(proof: &Proof, language: Language) -> Self {
        let open = |open: &OpenDifference| OpenView {
            date: open.day.to_string(),
            difference: DifferenceView::new(&open.difference, language),
        };
        Self {
            from: proof.period.first().to_string(),
            to: proof.period.last().to_string(),
            made_at: timestamp(proof.made_at),
            test_mode: proof.money == GatewayMode::Test,
            totals: TotalsView {
                payments: SumView::new(proof.totals.payments),
                refunds: SumView::new(proof.totals.refunds),
                donations: SumView::new(proof.totals.donations),
                given_back: proof.totals.given_back.get(),
                net: SumView::new(proof.totals.net),
                certificates: SumView::new(proof.totals.certificates),
                payments_of_other_amounts: proof.totals.mismatched,
            },
            lines: proof.lines.iter().map(LineView::new).collect(),
            disagreements: proof.disagreements.iter().map(DisagreementView::new).collect(),
            disagreements_left_out: proof.disagreements_left_out,
            days: proof.days.iter().map(DayView::new).collect(),
            differences: proof.differences.iter().map(open).collect(),
        }
    }
}

impl SumView {
    const fn new(sum: Sum) -> Self {
        Self { number: sum.number, amount: sum.amount.get() }
    }
}

impl LineView {
    const fn new(line: &ProofLine) -> Self {
        Self {
            line: line.kind.word(),
            left: line.left.get(),
            right: line.right.get(),
            disagreeing: line.disagreeing,
            verdict: line.verdict.word(),
        }
    }
}

impl DisagreementView {
    fn new(found: &Disagreement) -> Self {
        Self {
            line: found.line.word(),
            donation_id: found.donation.to_string(),
            left: found.left.get(),
            right: found.right.get(),
        }
    }
}

impl DayView {
    fn new(day: &ProvedDay) -> Self {
        Self {
            date: day.day.to_string(),
            status: day.status.map_or("not_compared", |status| status.word()),
            ours: TallyView::new(&day.ours),
            gateway: TallyView::new(&day.gateway),
            open_differences: day.open,
            verdict: day.verdict().word(),
        }
    }
}
