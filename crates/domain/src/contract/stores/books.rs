//! The books of a period, as each table has them.

use super::Stores;
use super::samples::{
    AMOUNT, at, capture, completed, donation, donation_of, edited, kept, news, order_id, refund, saved, start, started,
};
use crate::books::DayFigures;
use crate::donation::{AttemptState, CaptureReport, OrderFact};
use crate::ports::{BookQuery, GatewayMode, TimeSpan};
use crate::reconciliation::Day;
use crate::{CertificateNumber, Donation, DonationStatus, Instant, ReportedAmount, Tenge};

/// The samples are paid at minute 2. The span has its first instant and not its last.
fn of(from: i64, until: i64) -> BookQuery {
    BookQuery { span: TimeSpan { from: at(from), until: at(until) }, money: GatewayMode::Real, limit: 100 }
}

/// The donation's payment, as if the gateway had made it then.
async fn paid_at(stores: Stores<'_>, donation: &Donation, at: Instant) -> Donation {
    let moved = edited(donation, |record| {
        if let AttemptState::Paid(capture) = &mut record.attempts[0].state {
            capture.paid_at = at;
        }
    });
    saved(stores, &moved).await
}

/// The ids of the donations whose books of this span have something, by payments, refunds, donations and certificates.
async fn in_books(stores: Stores<'_>, query: &BookQuery) -> [Vec<u128>; 4] {
    let books = stores.books;
    let payments = books.payments(query, None).await.unwrap();
    let refunds = books.refunds(query, None).await.unwrap();
    let donations = books.donations(query, None).await.unwrap();
    let certificates = books.certificates(query, None).await.unwrap();
    let sorted = |mut ids: Vec<u128>| {
        ids.sort_unstable();
        ids
    };
    [
        sorted(payments.iter().map(|one| one.donation.0.as_u128()).collect()),
        sorted(refunds.iter().map(|one| one.donation.0.as_u128()).collect()),
        sorted(donations.iter().map(|one| one.id.0.as_u128()).collect()),
        sorted(certificates.iter().map(|one| one.donation.0.as_u128()).collect()),
    ]
}

/// Each table tells what it holds, and nothing of what was not paid.
pub async fn a_paid_donation_is_in_every_book(stores: Stores<'_>) {
    kept(stores, donation(1)).await;
    started(stores, donation(2)).await;
    let paid = completed(stores, donation(3)).await;
    let paid = saved(stores, &refund(&paid, "refund-1", 1_000)).await;
    let query = of(2, 3);
    let payments = stores.books.payments(&query, None).await.unwrap();
    assert_eq!(payments.len(), 1);
    assert_eq!((payments[0].donation, payments[0].attempt, payments[0].amount), (paid.id, 1, Tenge::new(AMOUNT)));
    assert_eq!((payments[0].order.clone(), payments[0].paid_at), (Some(order_id(paid.id, 1)), at(2)));
    assert_eq!((payments[0].payment.clone(), payments[0].mismatched), (None, false));
    let refunds = stores.books.refunds(&query, None).await.unwrap();
    assert_eq!((refunds.len(), refunds[0].id, refunds[0].amount), (1, paid.refunds[0].id, Tenge::new(1_000)));
    assert_eq!((refunds[0].donation, refunds[0].attempt), (paid.id, 1));
    let donations = stores.books.donations(&query, None).await.unwrap();
    assert_eq!((donations.len(), donations[0].id, donations[0].gift), (1, paid.id, paid.gift));
    assert_eq!((donations[0].status, donations[0].net()), (DonationStatus::PartiallyRefunded, Tenge::new(4_000)));
    let certificates = stores.books.certificates(&query, None).await.unwrap();
    assert_eq!(
        (certificates.len(), certificates[0].number.as_str()),
        (1, "TREE-2026-000002"),
        "the first was replaced"
    );
    assert_eq!((certificates[0].trees, certificates[0].worth()), (8, Tenge::new(4_000)));
    let all = [vec![3], vec![3], vec![3], vec![3]];
    assert_eq!(in_books(stores, &query).await, all);
    for (from, until) in [(0, 2), (3, 100)] {
        assert_eq!(in_books(stores, &of(from, until)).await, [const { Vec::new() }; 4], "{from} to {until}");
    }
}

/// Whenever we learnt of it, and whenever it was given back: payment, refund, donation and certificate are of one day.
pub async fn what_belongs_to_a_period_hangs_on_the_payment(stores: Stores<'_>) {
    let paid = completed(stores, donation(1)).await;
    let paid = paid_at(stores, &paid, at(-600)).await;
    let paid = saved(stores, &refund(&paid, "refund-1", 1_000)).await;
    let late = edited(&paid, |record| record.refunds[0].created_at = at(5_000));
    saved(stores, &late).await;
    assert_eq!(in_books(stores, &of(-600, -599)).await, [vec![1], vec![1], vec![1], vec![1]]);
    assert_eq!(in_books(stores, &of(-599, 10_000)).await, [const { Vec::new() }; 4]);
}

/// Nothing falls out of sight because another table is wrong.
pub async fn without_a_payment_the_other_books_go_by_their_own_dates(stores: Stores<'_>) {
    let paid = completed(stores, donation(1)).await;
    let paid = saved(stores, &refund(&paid, "refund-1", 1_000)).await;
    saved(stores, &edited(&paid, |record| record.attempts[0].state = AttemptState::Ended)).await;
    assert_eq!(in_books(stores, &of(2, 3)).await, [vec![], vec![1], vec![1], vec![1]]);
}

/// It is in the book of payments, and says that its amount is not the donation's.
pub async fn a_payment_of_another_amount_is_told_apart(stores: Stores<'_>) {
    let donation = started(stores, donation(1)).await;
    let other = ReportedAmount::Tenge(Tenge::new(AMOUNT - 1));
    let report = CaptureReport { payment_id: None, ordered: other.clone(), captured: other, paid_at: None };
    saved(stores, &news(&donation, OrderFact::Captured(report))).await;
    let payments = stores.books.payments(&of(2, 3), None).await.unwrap();
    assert_eq!(payments.iter().map(|payment| payment.mismatched).collect::<Vec<_>>(), [true]);
    assert_eq!(in_books(stores, &of(2, 3)).await, [vec![1], vec![], vec![], vec![]]);
}

/// Play money stands in no book of real money.
pub async fn each_kind_of_money_has_its_own_books(stores: Stores<'_>) {
    completed(stores, donation(1)).await;
    let play = edited(&donation(2), |record| record.test_mode = true).donation;
    let play = kept(stores, Donation::restore(crate::DonationRecord { version: 0, ..play.into_record() })).await;
    let play = saved(stores, &start(&play)).await;
    let play = saved(stores, &capture(&play)).await;
    saved(stores, &refund(&play, "refund-1", 1_000)).await;
    let test = BookQuery { money: GatewayMode::Test, ..of(2, 3) };
    assert_eq!(in_books(stores, &of(2, 3)).await, [vec![1], vec![], vec![1], vec![1]]);
    assert_eq!(in_books(stores, &test).await, [vec![2], vec![2], vec![2], vec![2]]);
}

/// Each row once, in its order.
pub async fn the_books_come_page_by_page(stores: Stores<'_>) {
    for number in 1..=5_u8 {
        let paid = completed(stores, donation(number.into())).await;
        saved(stores, &refund(&paid, &format!("refund-{number}"), 500)).await;
    }
    let query = BookQuery { limit: 2, ..of(2, 3) };
    let (mut payments, mut refunds, mut donations, mut certificates) = (vec![], vec![], vec![], vec![]);
    loop {
        let after = payments.last().map(|last: &crate::books::BookedPayment| (last.donation, last.attempt));
        let page = stores.books.payments(&query, after).await.unwrap();
        assert!(page.len() <= 2);
        if page.is_empty() {
            break;
        }
        payments.extend(page);
        let after = refunds.last().map(|last: &crate::books::BookedRefund| last.id);
        refunds.extend(stores.books.refunds(&query, after).await.unwrap());
        let after = donations.last().map(|last: &crate::books::BookedDonation| last.id);
        donations.extend(stores.books.donations(&query, after).await.unwrap());
        let after = certificates.last().map(|last: &crate::books::BookedCertificate| last.number.clone());
        certificates.extend(stores.books.certificates(&query, after).await.unwrap());
    }
    let all = [1, 2, 3, 4, 5];
    assert_eq!(payments.iter().map(|one| one.donation.0.as_u128()).collect::<Vec<_>>(), all);
    assert_eq!(donations.iter().map(|one| one.id.0.as_u128()).collect::<Vec<_>>(), all);
    let numbers: Vec<_> = certificates.iter().map(|one| one.number.clone()).collect();
    let expected: Vec<_> = [2, 4, 6, 8, 10].map(|sequence| CertificateNumber::new("TREE", 2026, sequence)).to_vec();
    assert_eq!(numbers, expected);
    refunds.sort_by_key(|one| one.donation.0);
    assert_eq!(refunds.iter().map(|one| one.donation.0.as_u128()).collect::<Vec<_>>(), all);
}

/// Of the donations that were completed on it, as they are now. A day without any has nothing.
pub async fn a_days_figures_count_donations_and_their_certificates(stores: Stores<'_>) {
    completed(stores, donation(1)).await;
    let part = completed(stores, donation(2)).await;
    saved(stores, &refund(&part, "refund-1", 1_000)).await;
    let whole = completed(stores, donation(3)).await;
    saved(stores, &refund(&whole, "refund-2", AMOUNT)).await;
    kept(stores, donation_of(4, None, at(0))).await;
    let today = Day::of(at(0));
    let days = [today.before(1), today];
    let figures = stores.books.day_figures(&days, GatewayMode::Real).await.unwrap();
    let expected = DayFigures { paid: 3, kept: 2, net: Tenge::new(9_000), issued: 4, valid: 2 };
    assert_eq!(figures, [DayFigures::default(), expected]);
    let play = stores.books.day_figures(&[today], GatewayMode::Test).await.unwrap();
    assert_eq!(play, [DayFigures::default()]);
}
