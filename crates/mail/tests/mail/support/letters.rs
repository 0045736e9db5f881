//! Letters of every kind.

use domain::donation::DeclineReason;
use domain::ports::{CertificateFate, Letter, PaymentFailed, RefundOf, Refunded, Thanks};
use domain::{CertificateNumber, Tenge};

use super::alerts::alerts;

const PAGE: &str = "https://charity.kz/donations/0193f2c4-0000-7000-8000-000000000001";

fn number(sequence: i64) -> CertificateNumber {
    CertificateNumber::new("TREE", 2026, sequence)
}

pub fn thanks() -> Thanks {
    Thanks {
        name: "Айгүл Серікқызы".to_owned(),
        amount: Tenge::new(5000),
        before_refunds: None,
        campaign: "Ағаш отырғызу".to_owned(),
        number: number(42),
        trees: 10,
        replaces: None,
        page: PAGE.to_owned(),
        verify: "https://charity.kz/certificates/TREE-2026-000042".to_owned(),
        test_mode: false,
    }
}

fn again() -> Thanks {
    Thanks {
        amount: Tenge::new(3000),
        before_refunds: Some(Tenge::new(5000)),
        number: number(43),
        trees: 6,
        replaces: Some(number(42)),
        verify: "https://charity.kz/certificates/TREE-2026-000043".to_owned(),
        ..thanks()
    }
}

fn refunded() -> Refunded {
    Refunded {
        name: "Айгүл Серікқызы".to_owned(),
        amount: Tenge::new(2000),
        donation: Tenge::new(5000),
        of: RefundOf::Part { left: Tenge::new(3000) },
        certificate: Some(CertificateFate::Replaced { earlier: number(42), by: number(43) }),
        page: PAGE.to_owned(),
        test_mode: false,
    }
}

fn failed(reason: DeclineReason) -> PaymentFailed {
    PaymentFailed { amount: Tenge::new(1_250_000), reason, page: PAGE.to_owned(), test_mode: false }
}

pub fn samples() -> Vec<(&'static str, Letter)> {
    let (whole, stays) = (CertificateFate::Withdrawn(number(42)), CertificateFate::Stays(number(42)));
    let amount = Tenge::new(5000);
    let long_link = format!("https://charity.kz/reset-password?token={}", "Ab3_".repeat(16));
    let letters = vec![
        ("thanks", Letter::Thanks(thanks())),
        ("thanks-again", Letter::Thanks(again())),
        ("thanks-no-tree", Letter::Thanks(Thanks { amount: Tenge::new(300), trees: 0, ..thanks() })),
        (
            "test-thanks",
            Letter::Thanks(Thanks {
                number: CertificateNumber::new("TEST", 2026, 1),
                trees: 1,
                amount: Tenge::new(500),
                test_mode: true,
                ..thanks()
            }),
        ),
        ("failed", Letter::PaymentFailed(failed(DeclineReason::NotEnoughMoney))),
        ("failed-unknown", Letter::PaymentFailed(failed(DeclineReason::Unknown))),
        (
            "test-failed",
            Letter::PaymentFailed(PaymentFailed { test_mode: true, ..failed(DeclineReason::NotConfirmed) }),
        ),
        ("refund-part", Letter::Refunded(refunded())),
        (
            "refund-small-part",
            Letter::Refunded(Refunded {
                amount: Tenge::new(100),
                of: RefundOf::Part { left: Tenge::new(4900) },
                certificate: Some(stays.clone()),
                ..refunded()
            }),
        ),
        (
            "refund-whole",
            Letter::Refunded(Refunded { amount, of: RefundOf::Whole, certificate: Some(whole.clone()), ..refunded() }),
        ),
        ("refund-rest", Letter::Refunded(Refunded { of: RefundOf::Whole, certificate: Some(whole), ..refunded() })),
        (
            "refund-second-payment",
            Letter::Refunded(Refunded { amount, of: RefundOf::SecondPayment, certificate: Some(stays), ..refunded() }),
        ),
        ("refund-uncounted", Letter::Refunded(Refunded { of: RefundOf::Uncounted, certificate: None, ..refunded() })),
        ("test-refund", Letter::Refunded(Refunded { test_mode: true, ..refunded() })),
        (
            "confirm-email",
            Letter::ConfirmEmail { link: long_link.replace("reset-password", "confirm-email"), valid_days: 7 },
        ),
        ("reset-password", Letter::ResetPassword { link: long_link, valid_hours: 1 }),
    ];
    letters.into_iter().chain(alerts()).collect()
}

/// Names and titles of people who wish the reader ill, or who are only far from what the letter expects.
pub fn hostile() -> Vec<(&'static str, Letter)> {
    let named = |name: &str| Letter::Thanks(Thanks { name: name.to_owned(), ..thanks() });
    let refunded = |name: &str| Letter::Refunded(Refunded { name: name.to_owned(), ..refunded() });
    vec![
        ("hostile-markup", named("</p><script>alert(1)</script><img src=x onerror=\"x\"> & 'q'")),
        ("hostile-link", named("You won! https://evil.example/prize")),
        ("hostile-lines", named("A\r\nBcc: x@example.com\r\n\r\n<b>B\0")),
        ("hostile-direction", refunded("Иван\u{202e}\u{200b} {$name} { amount }\u{feff}")),
        ("hostile-arabic", refunded("محمد بن سلمان!")),
        ("hostile-long", named(&"Абдурахманғалиұлының".repeat(6))),
        (
            "hostile-campaign",
            Letter::Thanks(Thanks { campaign: "<a href='x'>Trees\u{202e}\n</a> & {$trees}".to_owned(), ..thanks() }),
        ),
    ]
}
