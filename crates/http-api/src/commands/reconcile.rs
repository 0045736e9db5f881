//! `donations reconcile`.

use std::io::{IsTerminal as _, Write as _};

use application::{Act, DayOutcome, Onward, Origin, Progress, audit, compare_day};
use domain::audit::{AuditAction, AuditActor, AuditOutcome};
use domain::ports::{StoreError, StoreHealth as _, WantedBy};
use domain::reconciliation::{Day, DayReport, Tally};
use futures_util::future::BoxFuture;

use crate::app::{Adapters, state};
use crate::config::ServerConfig;
use crate::workers::PAUSE;

/// Compares the day with the gateway's books, mends what can be mended, and prints the result. Progress goes to standard
/// error, if a person is looking.
///
/// # Errors
/// If anything still differs, or the day could not be compared.
pub async fn reconcile(config: &ServerConfig, day: Day) -> Result<(), String> {
    let adapters = Adapters::from_config(config).await.map_err(|error| error.to_string())?;
    let pending = adapters.store.pending_migrations().await.map_err(|error| format!("DATABASE_URL: {error}"))?;
    if !pending.is_empty() {
        return Err(format!("{} migrations have to be run first: `donations migrate`", pending.len()));
    }
    let house = state(config, &adapters).house;
    let last = Day::of(house.clock.now());
    if day > last {
        return Err(format!("{day} has not begun; today is {last}"));
    }
    let act = Act::by(AuditActor::CommandLine, AuditAction::CompareDay).to(day);
    written(audit(&house, &act, (AuditOutcome::Begun, None), &Origin::default()).await)?;
    let outcome = compare_day(&house, day, WantedBy::Person, &pace).await;
    if std::io::stderr().is_terminal() {
        show("\r\x1b[K");
    }
    let came_of_it = match &outcome {
        Ok(DayOutcome::Compared(_)) => AuditOutcome::Done,
        Ok(DayOutcome::Busy | DayOutcome::NotDue) => AuditOutcome::Refused,
        Err(_) => AuditOutcome::Failed,
    };
    written(audit(&house, &act, (came_of_it, None), &Origin::default()).await)?;
    match outcome.map_err(|error| format!("{day} was not compared to its end: {error}"))? {
        DayOutcome::Compared(report) => print(&report),
        DayOutcome::Busy => {
            Err(format!("{day} is being compared by a server at this moment; try again in ten minutes"))
        }
        DayOutcome::NotDue => Err(format!("{day} was not compared")),
    }
}

fn written(audited: Result<(), StoreError>) -> Result<(), String> {
    audited.map_err(|error| format!("it could not be put on record: {error}"))
}

fn pace(progress: Progress) -> BoxFuture<'static, Onward> {
    if std::io::stderr().is_terminal() {
        let Progress { questions, listed, differences } = progress;
        show(&format!(
            "\r\x1b[K{listed} orders and refunds, {differences} differences, {questions} questions to Ioka…"
        ));
    }
    let first = progress.questions == 0;
    Box::pin(async move {
        if !first {
            tokio::time::sleep(PAUSE).await;
        }
        Onward::GoOn
    })
}

/// Progress is a courtesy: nothing depends on its being seen.
fn show(text: &str) {
    let mut stderr = std::io::stderr();
    let _ = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
}

#[expect(clippy::print_stdout, reason = "what a person at the command line reads")]
fn print(report: &DayReport) -> Result<(), String> {
    println!("{}, from midnight to midnight in Kazakhstan", report.day);
    for (whose, tally) in [("ours", report.totals.ours), ("Ioka's", report.totals.gateway)] {
        let Tally { orders, paid, paid_amount, refunds, refunded_amount } = tally;
        println!("  {whose:<6}  {orders} orders, {paid} paid ({paid_amount}), {refunds} refunds ({refunded_amount})");
    }
    println!("  orders of other systems: {}", report.totals.foreign_orders);
    let mut open = 0;
    for difference in &report.differences {
        open += u32::from(!difference.settled);
        let mark = if difference.settled { '✓' } else { '✗' };
        let what = difference.kind.word();
        let refund = difference.refund.as_ref().map(|refund| format!(", refund {refund}")).unwrap_or_default();
        let donation = difference.donation.map(|donation| format!(", donation {donation}")).unwrap_or_default();
        let ours = difference.ours.as_deref().unwrap_or("nothing");
        let gateway = difference.gateway.as_deref().unwrap_or("nothing");
        println!("{mark} {what}: order {}{refund}{donation}; ours: {ours}; Ioka's: {gateway}", difference.order);
    }
    match (report.differences.len(), open) {
        (0, _) => println!("✓ the books agree"),
        (_, 0) => println!("✓ the books agree now: all that differed was mended"),
        _ => return Err(format!("{open} of {} differences stay open", report.differences.len())),
    }
    Ok(())
}
