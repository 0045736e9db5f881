//! The proof of a period: payments captured − refunds = donations = what their certificates stand for.
//!
//! Each of the four is read from its own table, page by page, and they are put side by side donation by donation. What belongs to the
//! period hangs on when a donation was paid (see [`domain::books`]); everything else is as it is now: a refund made next month lowers
//! what is left of this one. The gateway's totals are those of the days' comparisons, which count an order on the day on which it was
//! made: they are put against ours of the same comparison, and a day that was not compared is named.

use domain::books::{BookedCertificate, BookedPayment, BookedRefund, Period};
use domain::ports::{BookQuery, Cell, GatewayMode, Row, SpreadsheetFile};
use domain::reconciliation::{Day, Difference, ReportStatus, Tally};
use domain::{Instant, Tenge};

use super::export::BookError;
use super::export_row::time;
use super::ledger::{Disagreement, Ledger, LineKind, ProofLine, Sum, Verdict};
use crate::House;

/// The proof of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The period.
    pub period: Period,
    /// Which money: that of the gateway in use.
    pub money: GatewayMode,
    /// When the books were read.
    pub made_at: Instant,
    /// The sums.
    pub totals: Totals,
    /// What has to hold.
    pub lines: Vec<ProofLine>,
    /// Where it does not, as far as the list goes.
    pub disagreements: Vec<Disagreement>,
    /// How many more there are.
    pub disagreements_left_out: u64,
    /// The days against the gateway.
    pub days: Vec<ProvedDay>,
    /// What the comparisons of the days left open.
    pub differences: Vec<OpenDifference>,
}

/// The sums of a period, each from its own table.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// Payments of the donations' amounts.
    pub payments: Sum,
    /// Refunds of them that succeeded.
    pub refunds: Sum,
    /// Paid donations, before refunds.
    pub donations: Sum,
    /// What was given back of them.
    pub given_back: Tenge,
    /// Donations of which something is left, and what is left.
    pub net: Sum,
    /// Valid certificates, and what they stand for.
    pub certificates: Sum,
    /// Payments of other amounts.
    pub mismatched: u64,
}

/// A day of the period against the gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProvedDay {
    /// The day.
    pub day: Day,
    /// How far its comparison is; `None` if nobody has begun it.
    pub status: Option<ReportStatus>,
    /// Ours.
    pub ours: Tally,
    /// The gateway's.
    pub gateway: Tally,
    /// Differences that are open, those left out of the list among them.
    pub open: u64,
}

/// What a comparison left open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenDifference {
    /// The day.
    pub day: Day,
    /// What differs.
    pub difference: Difference,
}

/// So many disagreements, and so many differences, are listed.
const MOST_LISTED: usize = 1_000;

/// So many rows are held at once.
const PAGE: u32 = 1_000;

/// Where the rows of payments, refunds and certificates go while they are read.
pub(super) const PAYMENTS_SHEET: usize = 1;
pub(super) const REFUNDS_SHEET: usize = 2;
pub(super) const CERTIFICATES_SHEET: usize = 3;

/// The proof of a period.
///
/// # Errors
/// [`BookError`].
pub async fn proof(house: &House, period: Period) -> Result<Proof, BookError> {
    read_books(house, period, None).await
}

/// The proof, with every row that it is made of written into the file, if there is one.
pub(super) async fn read_books<'a>(
    house: &'a House,
    period: Period,
    file: Option<&'a mut (dyn SpreadsheetFile + 'static)>,
) -> Result<Proof, BookError> {
    let money = house.gateway.mode();
    let made_at = house.clock.now();
    let query = BookQuery { span: period.span(), money, limit: PAGE };
    let mut reading = Reading { house, query, file, ledger: Ledger::default(), totals: Totals::default() };
    reading.payments().await?;
    reading.refunds().await?;
    reading.donations().await?;
    reading.certificates().await?;
    let (mut lines, mut disagreements) = reading.ledger.judged();
    let totals = reading.totals;
    let (days, differences) = days(house, period).await?;
    lines.push(gateway_line(&days));
    let disagreements_left_out = left_out(&mut disagreements);
    Ok(Proof { period, money, made_at, totals, lines, disagreements, disagreements_left_out, days, differences })
}

fn left_out(disagreements: &mut Vec<Disagreement>) -> u64 {
    let more = disagreements.len().saturating_sub(MOST_LISTED);
    disagreements.truncate(MOST_LISTED);
    u64::try_from(more).unwrap_or(u64::MAX)
}

struct Reading<'a> {
    house: &'a House,
    query: BookQuery,
    file: Option<&'a mut (dyn SpreadsheetFile + 'static)>,
    ledger: Ledger,
    totals: Totals,
}

impl Reading<'_> {
    async fn payments(&mut self) -> Result<(), BookError> {
        let mut after = None;
        loop {
            let page = self.house.books.payments(&self.query, after).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some((last.donation, last.attempt));
            for payment in &page {
                self.ledger.payment(payment);
                match payment.mismatched {
                    true => self.totals.mismatched += 1,
                    false => self.totals.payments.add(payment.amount),
                }
            }
            self.write(PAYMENTS_SHEET, page.iter().map(payment_row).collect()).await?;
        }
    }

    async fn refunds(&mut self) -> Result<(), BookError> {
        let mut after = None;
        loop {
            let page = self.house.books.refunds(&self.query, after).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.id);
            for refund in &page {
                self.ledger.refund(refund);
                self.totals.refunds.add(refund.amount);
            }
            self.write(REFUNDS_SHEET, page.iter().map(refund_row).collect()).await?;
        }
    }

    async fn donations(&mut self) -> Result<(), BookError> {
        let mut after = None;
        loop {
            let page = self.house.books.donations(&self.query, after).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.id);
            for donation in &page {
                self.ledger.donation(donation);
                self.totals.donations.add(donation.gift.amount);
                self.totals.given_back = self.totals.given_back.saturating_add(donation.refunded);
                if !donation.net().is_zero() {
                    self.totals.net.add(donation.net());
                }
            }
        }
    }

    async fn certificates(&mut self) -> Result<(), BookError> {
        let mut after = None;
        loop {
            let page = self.house.books.certificates(&self.query, after).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.number.clone());
            for certificate in &page {
                self.ledger.certificate(certificate);
                self.totals.certificates.add(certificate.worth());
            }
            self.write(CERTIFICATES_SHEET, page.iter().map(certificate_row).collect()).await?;
        }
    }

    async fn write(&mut self, sheet: usize, rows: Vec<Row>) -> Result<(), BookError> {
        match &mut self.file {
            Some(file) => Ok(file.write(sheet, rows).await?),
            None => Ok(()),
        }
    }
}

fn payment_row(payment: &BookedPayment) -> Row {
    let amount = if payment.mismatched { Cell::Empty } else { Cell::Number(payment.amount.get()) };
    vec![
        Cell::text(payment.donation.to_string()),
        Cell::Number(payment.attempt.into()),
        Cell::optional(payment.order.as_ref().map(|order| order.as_str())),
        Cell::optional(payment.payment.as_ref().map(|payment| payment.as_str())),
        time(Some(payment.paid_at)),
        amount,
    ]
}

fn refund_row(refund: &BookedRefund) -> Row {
    vec![
        Cell::text(refund.donation.to_string()),
        Cell::Number(refund.attempt.into()),
        Cell::text(refund.id.0.to_string()),
        Cell::optional(refund.gateway_id.as_ref().map(|id| id.as_str())),
        time(Some(refund.created_at)),
        Cell::Number(refund.amount.get()),
    ]
}

fn certificate_row(certificate: &BookedCertificate) -> Row {
    vec![
        Cell::text(certificate.number.as_str()),
        Cell::text(certificate.donation.to_string()),
        time(Some(certificate.issued_at)),
        Cell::Number(certificate.trees.into()),
        Cell::Number(certificate.worth().get()),
    ]
}

async fn days(house: &House, period: Period) -> Result<(Vec<ProvedDay>, Vec<OpenDifference>), BookError> {
    let (mut days, mut differences) = (Vec::new(), Vec::new());
    for day in period.days() {
        let Some(report) = house.reconciliations.report(day).await? else {
            let nothing = Tally::default();
            days.push(ProvedDay { day, status: None, ours: nothing, gateway: nothing, open: 0 });
            continue;
        };
        let mut open = report.totals.differences_left_out;
        for difference in report.differences.into_iter().filter(|difference| !difference.settled) {
            open += 1;
            if differences.len() < MOST_LISTED {
                differences.push(OpenDifference { day, difference });
            }
        }
        let (ours, gateway) = (report.totals.ours, report.totals.gateway);
        days.push(ProvedDay { day, status: Some(report.status), ours, gateway, open });
    }
    Ok((days, differences))
}

impl ProvedDay {
    /// What the day's comparison says.
    pub fn verdict(&self) -> Verdict {
        match self.status {
            Some(ReportStatus::Done) if self.ours == self.gateway && self.open == 0 => Verdict::Agrees,
            Some(ReportStatus::Done) => Verdict::DoesNotAgree,
            Some(ReportStatus::Running | ReportStatus::Failed) | None => Verdict::NotCompared,
        }
    }
}

fn gateway_line(days: &[ProvedDay]) -> ProofLine {
    let net = |tally: &Tally| tally.paid_amount.saturating_sub(tally.refunded_amount);
    let add = |sum: Tenge, tally: &Tally| sum.saturating_add(net(tally));
    let is = |verdict: Verdict| days.iter().filter(|day| day.verdict() == verdict).count();
    let verdict = match (is(Verdict::DoesNotAgree), is(Verdict::NotCompared)) {
        (0, 0) => Verdict::Agrees,
        (0, _) => Verdict::NotCompared,
        (_, _) => Verdict::DoesNotAgree,
    };
    ProofLine {
        kind: LineKind::Gateway,
        left: days.iter().fold(Tenge::ZERO, |sum, day| add(sum, &day.ours)),
        right: days.iter().fold(Tenge::ZERO, |sum, day| add(sum, &day.gateway)),
        disagreeing: u64::try_from(is(Verdict::DoesNotAgree)).unwrap_or(u64::MAX),
        verdict,
    }
}
