//! Letters to those who answer for the money.

use domain::alert::{AlertKind, AlertPhase, GatewayFailure};
use domain::ports::{AlertItem, AlertLetter, AlertSubject, DaySummary, Letter, Sum, SummaryLetter};
use domain::{Review, Tenge};

const ADMIN: &str = "https://charity.kz/admin";

fn item(subject: AlertSubject, page: Option<&str>) -> AlertItem {
    let page = page.map(|page| format!("{ADMIN}/{page}"));
    AlertItem { subject, since: "2026-11-24 09:05".to_owned(), ended: None, page }
}

fn alert(kind: AlertKind, items: Vec<AlertItem>, page: &str) -> AlertLetter {
    let total = u32::try_from(items.len()).unwrap();
    AlertLetter { kind, phase: AlertPhase::Begun, total, items, page: format!("{ADMIN}{page}") }
}

fn over(kind: AlertKind, subject: AlertSubject) -> Letter {
    let item = AlertItem { ended: Some("2026-11-24 10:15".to_owned()), ..item(subject, None) };
    Letter::Alert(AlertLetter { phase: AlertPhase::Over, ..alert(kind, vec![item], "") })
}

fn gateway(failure: GatewayFailure) -> Letter {
    Letter::Alert(alert(AlertKind::GatewayDown, vec![item(AlertSubject::Gateway(failure), None)], ""))
}

fn brake(reason: &str) -> Letter {
    let subject = AlertSubject::Brake(Some(reason.to_owned()));
    Letter::Alert(alert(AlertKind::BrakePulled, vec![item(subject, None)], ""))
}

fn reviews() -> Letter {
    let page = Some("donations/0193f2c4-0000-7000-8000-000000000001");
    let kinds = [Review::PaidTwice, Review::AmountMismatch, Review::PaidLate];
    let items = kinds.map(|review| item(AlertSubject::Review(review), page)).to_vec();
    Letter::Alert(AlertLetter { total: 100, ..alert(AlertKind::Review, items, "/donations?flagged=true") })
}

fn jobs() -> Letter {
    let page = Some("donations/0193f2c4-0000-7000-8000-000000000001");
    let job = |word: &str, page| item(AlertSubject::Job(word.to_owned()), page);
    let of_donations =
        ["send_certificate", "send_certificate_again", "tell_of_decline", "tell_of_refund", "refund_duplicate"];
    let mut items: Vec<_> = of_donations.iter().map(|word| job(word, page)).collect();
    items.extend(["confirm_email", "reset_password"].map(|word| job(word, None)));
    Letter::Alert(alert(AlertKind::JobParked, items, "/jobs?status=parked"))
}

fn day() -> Letter {
    let subject = AlertSubject::Day { day: "2026-11-23".to_owned(), differences: 3 };
    let item = item(subject, Some("reconciliation?date=2026-11-23"));
    Letter::Alert(alert(AlertKind::DayDiffers, vec![item], "/reconciliation"))
}

fn summary(numbers: DaySummary) -> Letter {
    Letter::Summary(SummaryLetter { day: "2026-11-23".to_owned(), numbers, page: ADMIN.to_owned() })
}

/// Each that there is.
pub fn alerts() -> Vec<(&'static str, Letter)> {
    let numbers = DaySummary {
        begun: 1_240,
        paid: Sum { number: 1_100, amount: Tenge::new(5_500_000) },
        refunded: Sum { number: 2, amount: Tenge::new(10_000) },
        declined: 31,
        ..DaySummary::default()
    };
    let waiting =
        DaySummary { open_reviews: 3, jobs_parked: 1, days_differ: 1, days_not_compared: 2, ..numbers.clone() };
    let webhooks = AlertSubject::Webhooks { orders: 12 };
    vec![
        ("alert-reviews", reviews()),
        ("alert-jobs", jobs()),
        ("alert-day", day()),
        ("alert-gateway", gateway(GatewayFailure::Unreachable)),
        ("alert-key", gateway(GatewayFailure::KeyRefused)),
        ("alert-gateway-over", over(AlertKind::GatewayDown, AlertSubject::Gateway(GatewayFailure::KeyRefused))),
        (
            "alert-webhooks",
            Letter::Alert(alert(AlertKind::WebhooksSilent, vec![item(webhooks.clone(), None)], "/deliveries")),
        ),
        ("alert-webhooks-over", over(AlertKind::WebhooksSilent, webhooks)),
        ("alert-brake", brake("Перебор карт <b>\u{202e}https://evil.example</b>")),
        ("alert-brake-over", over(AlertKind::BrakePulled, AlertSubject::Brake(None))),
        ("summary", summary(numbers)),
        ("summary-waits", summary(waiting)),
    ]
}
