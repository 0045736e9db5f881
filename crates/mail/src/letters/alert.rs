//! Letters to those who answer for the money. No donor's name, address or card stands in them.

use domain::alert::{AlertKind, AlertPhase, GatewayFailure};
use domain::ports::{AlertItem, AlertLetter, AlertSubject, Sum, SummaryLetter};
use domain::{Review, grouped};

use super::Content;
use super::texts::{Arg, Texts};
use super::typed;

/// The keys of what is said of a kind: its subject, what happened, what to do.
struct Said {
    subject: &'static str,
    heading: &'static str,
    paragraphs: [&'static str; 2],
    button: &'static str,
}

pub(super) fn alert(texts: Texts, facts: &AlertLetter) -> Content {
    let said = said(facts);
    let total = [("total", Arg::Count(facts.total))];
    let mut rows = Vec::new();
    let mut links = vec![(texts.get(said.button), facts.page.clone())];
    for item in &facts.items {
        match &item.page {
            Some(page) => links.push((format!("{} · {}", what(texts, &item.subject), item.since), page.clone())),
            None => rows.extend(told_of(texts, item)),
        }
    }
    let unnamed = facts.total.saturating_sub(u32::try_from(facts.items.len()).unwrap_or(u32::MAX));
    let more = (unnamed > 0).then(|| texts.fill("alert-more", &[("total", Arg::Count(unnamed))]));
    Content {
        subject: texts.fill(said.subject, &total),
        heading: texts.get(said.heading),
        greeting: texts.get("hello"),
        paragraphs: said.paragraphs.map(|key| texts.get(key)).to_vec(),
        facts: rows,
        links,
        notes: more.into_iter().chain([texts.get("alert-clock")]).collect(),
        why: texts.get("why-operator"),
        test: None,
    }
}

fn said(facts: &AlertLetter) -> Said {
    let say = |subject, heading, paragraphs, button| Said { subject, heading, paragraphs, button };
    let refused = facts.items.iter().any(|item| item.subject == AlertSubject::Gateway(GatewayFailure::KeyRefused));
    match (facts.kind, facts.phase) {
        (AlertKind::Review, _) => say(
            "alert-review-subject",
            "alert-review-heading",
            ["alert-review-lead", "alert-review-todo"],
            "alert-review-button",
        ),
        (AlertKind::DayDiffers, _) => {
            say("alert-day-subject", "alert-day-heading", ["alert-day-lead", "alert-day-todo"], "alert-day-button")
        }
        (AlertKind::JobParked, _) => {
            say("alert-job-subject", "alert-job-heading", ["alert-job-lead", "alert-job-todo"], "alert-job-button")
        }
        (AlertKind::GatewayDown | AlertKind::DailySummary, AlertPhase::Begun) if refused => {
            say("alert-key-subject", "alert-key-subject", ["alert-key-lead", "alert-key-todo"], "alert-page-button")
        }
        (AlertKind::GatewayDown | AlertKind::DailySummary, AlertPhase::Begun) => say(
            "alert-gateway-subject",
            "alert-gateway-subject",
            ["alert-gateway-lead", "alert-gateway-todo"],
            "alert-page-button",
        ),
        (AlertKind::GatewayDown | AlertKind::DailySummary, AlertPhase::Over) => say(
            "alert-gateway-over-subject",
            "alert-gateway-over-subject",
            ["alert-gateway-over-lead", "alert-over-todo"],
            "alert-page-button",
        ),
        (AlertKind::WebhooksSilent, AlertPhase::Begun) => say(
            "alert-webhooks-subject",
            "alert-webhooks-subject",
            ["alert-webhooks-lead", "alert-webhooks-todo"],
            "alert-webhooks-button",
        ),
        (AlertKind::WebhooksSilent, AlertPhase::Over) => say(
            "alert-webhooks-over-subject",
            "alert-webhooks-over-subject",
            ["alert-webhooks-over-lead", "alert-over-todo"],
            "alert-webhooks-button",
        ),
        (AlertKind::BrakePulled, AlertPhase::Begun) => say(
            "alert-brake-subject",
            "alert-brake-subject",
            ["alert-brake-lead", "alert-brake-todo"],
            "alert-page-button",
        ),
        (AlertKind::BrakePulled, AlertPhase::Over) => say(
            "alert-brake-over-subject",
            "alert-brake-over-subject",
            ["alert-brake-over-lead", "alert-over-todo"],
            "alert-page-button",
        ),
    }
}

/// Something that has no page of its own, line by line.
fn told_of(texts: Texts, item: &AlertItem) -> Vec<(String, String)> {
    let mut rows = match &item.subject {
        AlertSubject::Job(_) => return vec![(what(texts, &item.subject), item.since.clone())],
        AlertSubject::Webhooks { orders } => vec![(texts.get("fact-orders"), grouped(u64::from(*orders)))],
        AlertSubject::Brake(Some(reason)) => vec![(texts.get("fact-reason"), typed::shown(reason))],
        AlertSubject::Brake(None) | AlertSubject::Gateway(_) | AlertSubject::Review(_) | AlertSubject::Day { .. } => {
            Vec::new()
        }
    };
    rows.push((texts.get("fact-since"), item.since.clone()));
    rows.extend(item.ended.iter().map(|ended| (texts.get("fact-until"), ended.clone())));
    rows
}

/// One cause of many, in a few words.
fn what(texts: Texts, subject: &AlertSubject) -> String {
    match subject {
        AlertSubject::Review(Review::AmountMismatch) => texts.get("review-amount-mismatch"),
        AlertSubject::Review(Review::PaidTwice) => texts.get("review-paid-twice"),
        AlertSubject::Review(Review::PaidLate) => texts.get("review-paid-late"),
        AlertSubject::Day { day, differences } => {
            texts.fill("alert-day-item", &[("day", Arg::Text(day)), ("differences", Arg::Count(*differences))])
        }
        AlertSubject::Job(word) => match word.as_str() {
            "send_certificate" => texts.get("work-certificate"),
            "send_certificate_again" => texts.get("work-certificate-again"),
            "tell_of_decline" => texts.get("work-decline"),
            "tell_of_refund" => texts.get("work-refund"),
            "refund_duplicate" => texts.get("work-duplicate"),
            "confirm_email" => texts.get("work-confirm"),
            "reset_password" => texts.get("work-reset"),
            other => typed::shown(other),
        },
        AlertSubject::Gateway(_) | AlertSubject::Webhooks { .. } | AlertSubject::Brake(_) => String::new(),
    }
}

pub(super) fn summary(texts: Texts, facts: &SummaryLetter) -> Content {
    let numbers = &facts.numbers;
    let day = [("day", Arg::Text(&facts.day))];
    let count = |key: &str, number: u64| (texts.get(key), grouped(number));
    let waits = numbers.open_reviews + numbers.jobs_parked + numbers.days_differ + numbers.days_not_compared;
    Content {
        subject: texts.fill("summary-subject", &day),
        heading: texts.fill("summary-heading", &day),
        greeting: texts.get("hello"),
        paragraphs: vec![texts.get(if waits == 0 { "summary-quiet" } else { "summary-waits" })],
        facts: vec![
            count("fact-begun", numbers.begun),
            (texts.get("fact-paid"), money(numbers.paid)),
            (texts.get("fact-refunded"), money(numbers.refunded)),
            count("fact-declined", numbers.declined),
            count("fact-reviews", numbers.open_reviews),
            count("fact-parked", numbers.jobs_parked),
            count("fact-days-differ", numbers.days_differ),
            count("fact-days-not-compared", numbers.days_not_compared),
        ],
        links: vec![(texts.get("alert-page-button"), facts.page.clone())],
        notes: vec![texts.get("summary-note")],
        why: texts.get("why-operator"),
        test: None,
    }
}

/// How many, and how much.
fn money(sum: Sum) -> String {
    format!("{} · {}", grouped(sum.number), sum.amount.for_people())
}
