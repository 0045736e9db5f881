//! Letters about a donation.

use domain::ports::{CertificateFate, PaymentFailed, RefundOf, Refunded, Thanks};
use domain::{CertificateNumber, grouped};

use super::Content;
use super::texts::{Arg, Texts};
use super::typed;

pub(super) fn thanks(texts: Texts, facts: &Thanks) -> Content {
    let number = facts.number.as_str();
    let gift = [("amount", Arg::Money(facts.amount)), ("trees", Arg::Count(facts.trees))];
    let mut paragraphs = Vec::new();
    if let Some(whole) = facts.before_refunds {
        paragraphs
            .push(texts.fill("thanks-left", &[("whole", Arg::Money(whole)), ("amount", Arg::Money(facts.amount))]));
    }
    let (subject, heading) = if let Some(earlier) = &facts.replaces {
        paragraphs.push(texts.fill("thanks-replaces", &[("earlier", Arg::Text(earlier.as_str()))]));
        (texts.fill("thanks-again-subject", &[("number", Arg::Text(number))]), texts.get("thanks-again-heading"))
    } else {
        (texts.fill("thanks-subject", &[("number", Arg::Text(number))]), texts.get("thanks-heading"))
    };
    paragraphs.push(texts.fill("thanks-lead", &gift));
    paragraphs.push(texts.get("thanks-attached"));
    Content {
        subject,
        heading,
        greeting: greeting(texts, &facts.name),
        paragraphs,
        facts: vec![
            (texts.get("fact-certificate"), number.to_owned()),
            (texts.get("fact-campaign"), typed::shown(&facts.campaign)),
            (texts.get("fact-amount"), facts.amount.for_people()),
            (texts.get("fact-trees"), grouped(u64::from(facts.trees))),
        ],
        links: vec![
            (texts.get("open-donation"), facts.page.clone()),
            (texts.get("check-certificate"), facts.verify.clone()),
        ],
        notes: Vec::new(),
        why: texts.get("why-donation"),
        test: facts.test_mode.then(|| texts.get("test-mode")),
    }
}

pub(super) fn payment_failed(texts: Texts, facts: &PaymentFailed) -> Content {
    let reason = format!("failure-{}", facts.reason.word().replace('_', "-"));
    Content {
        subject: texts.get("failed-subject"),
        heading: texts.get("failed-heading"),
        greeting: texts.get("hello"),
        paragraphs: vec![texts.fill("failed-lead", &[("amount", Arg::Money(facts.amount))]), texts.get(&reason)],
        facts: Vec::new(),
        links: vec![(texts.get("failed-button"), facts.page.clone())],
        notes: vec![texts.get("failed-note")],
        why: texts.get("why-donation"),
        test: facts.test_mode.then(|| texts.get("test-mode")),
    }
}

pub(super) fn refunded(texts: Texts, facts: &Refunded) -> Content {
    let key = match facts.of {
        RefundOf::Part { .. } => "refund-part",
        RefundOf::Whole if facts.amount == facts.donation => "refund-whole",
        RefundOf::Whole => "refund-rest",
        RefundOf::SecondPayment => "refund-second-payment",
        RefundOf::Uncounted => "refund-uncounted",
    };
    let amounts = [("amount", Arg::Money(facts.amount)), ("donation", Arg::Money(facts.donation))];
    let mut paragraphs = vec![texts.fill(key, &amounts)];
    if !facts.test_mode {
        paragraphs.push(texts.get("refund-bank"));
    }
    paragraphs.extend(facts.certificate.as_ref().map(|fate| certificate(texts, fate)));
    let mut named = vec![(texts.get("fact-given-back"), facts.amount.for_people())];
    if let RefundOf::Part { left } = facts.of {
        named.push((texts.get("fact-left"), left.for_people()));
    }
    Content {
        subject: texts.get("refund-subject"),
        heading: texts.get("refund-heading"),
        greeting: greeting(texts, &facts.name),
        paragraphs,
        facts: named,
        links: vec![(texts.get("open-donation"), facts.page.clone())],
        notes: Vec::new(),
        why: texts.get("why-donation"),
        test: facts.test_mode.then(|| texts.get("test-mode")),
    }
}

fn certificate(texts: Texts, fate: &CertificateFate) -> String {
    let say = |key: &str, number: &CertificateNumber| texts.fill(key, &[("number", Arg::Text(number.as_str()))]);
    match fate {
        CertificateFate::Stays(number) => say("refund-certificate-stays", number),
        CertificateFate::Replaced { earlier, by } => {
            let both = [("earlier", Arg::Text(earlier.as_str())), ("number", Arg::Text(by.as_str()))];
            texts.fill("refund-certificate-replaced", &both)
        }
        CertificateFate::Withdrawn(number) => say("refund-certificate-withdrawn", number),
    }
}

fn greeting(texts: Texts, name: &str) -> String {
    match typed::name(name) {
        Some(name) => texts.fill("hello-name", &[("name", Arg::Text(&name))]),
        None => texts.get("hello"),
    }
}
