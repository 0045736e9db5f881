//! Finding donations: what they are found by, and what narrows a list.

use chrono::TimeDelta;
use uuid::Uuid;

use super::Stores;
use super::samples::{
    at, capture, cause, completed, donation, donation_of, edited, email, kept, refund, saved, start, text,
};
use crate::donation::DonationStatus;
use crate::ports::{DonationFilter, DonationQuery, DonationScope, PageCursor};
use crate::{CampaignSlug, Donation, DonationId, OrderId, SearchText, Tenge};

fn query(filter: DonationFilter) -> DonationQuery {
    DonationQuery { scope: DonationScope::All, filter, after: None, limit: 100 }
}

fn searching(text: &str) -> DonationFilter {
    DonationFilter { text: SearchText::parse(text), ..DonationFilter::default() }
}

async fn listed(stores: Stores<'_>, filter: DonationFilter) -> Vec<u128> {
    let donations = stores.donations.list(&query(filter)).await.unwrap();
    donations.iter().map(|donation| donation.id.0.as_u128()).collect()
}

async fn found(stores: Stores<'_>, text: &str) -> Vec<u128> {
    listed(stores, searching(text)).await
}

/// A donation of somebody, made in the minute of its number.
fn from(number: u8, name: &str, address: &str) -> Donation {
    let mut record = donation_of(number.into(), None, at(number.into())).into_record();
    record.donor.name = text(name);
    record.donor.email = email(address);
    Donation::restore(record)
}

/// In the name, in the name for the certificate, in the address.
pub async fn a_donation_is_found_by_the_beginning_of_any_word(stores: Stores<'_>) {
    kept(stores, from(1, "Ivan Petrov-Vodkin", "ivan.vodkin@mail.example.com")).await;
    kept(stores, from(2, "Anna", "anna@example.kz")).await;
    let mut record = from(3, "Anna", "a@b.kz").into_record();
    record.certificate_name = Some(text("Petra"));
    kept(stores, Donation::restore(record)).await;
    for (text, expected) in [
        ("petr", vec![3, 1]),
        ("petrov", vec![1]),
        ("petrov-vodkin", vec![1]),
        ("vod", vec![1]),
        ("ann", vec![3, 2]),
        ("ivan.vodkin@mail.example.com", vec![1]),
        ("vodkin@", vec![1]),
        ("mail.example", vec![1]),
        ("etrov", vec![]),
        ("petrovv", vec![]),
        ("%", vec![]),
        ("pet_ov", vec![]),
        ("", vec![3, 2, 1]),
    ] {
        assert_eq!(found(stores, text).await, expected, "{text}");
    }
}

/// In Kazakh, Russian and Latin letters.
pub async fn the_case_of_letters_makes_no_difference_to_a_search(stores: Stores<'_>) {
    kept(stores, from(1, "Әсел Құдайбергенқызы", "Asel@Example.com")).await;
    kept(stores, from(2, "ПЁТР ИВАНОВ", "petr@example.com")).await;
    for (text, expected) in [
        ("әсел", 1),
        ("ӘСЕЛ", 1),
        ("құдайберген", 1),
        ("ҚҰДАЙБЕРГЕН", 1),
        ("ASEL@EXAMPLE.COM", 1),
        ("пётр", 2),
        ("ПЕТР", 2),
        ("иВаНоВ", 2),
    ] {
        assert_eq!(found(stores, text).await, [expected], "{text}");
    }
}

/// Wherever it is: one in the name, another in the address.
pub async fn every_word_of_a_search_has_to_be_there(stores: Stores<'_>) {
    kept(stores, from(1, "Ivan Petrov", "one@example.com")).await;
    kept(stores, from(2, "Ivan Sidorov", "two@example.com")).await;
    assert_eq!(found(stores, "ivan").await, [2, 1]);
    assert_eq!(found(stores, "petrov ivan").await, [1]);
    assert_eq!(found(stores, "two iv").await, [2]);
    assert_eq!(found(stores, "two petrov").await, []);
}

/// As soon as they are there, the orders of former attempts and the certificates that were replaced too.
pub async fn a_donation_is_found_by_its_id_its_orders_and_its_certificates(stores: Stores<'_>) {
    kept(stores, donation(2)).await;
    let one = kept(stores, donation(1)).await;
    let id = one.id.to_string();
    assert_eq!(found(stores, &id.to_uppercase()).await, [1]);
    let one = saved(stores, &start(&one)).await;
    let named = edited(&one, |record| record.attempts[0].order_id = Some(OrderId::new("ord_AbC")));
    let one = saved(stores, &named).await;
    assert_eq!(found(stores, "ORD_abc").await, [1]);

    assert_eq!(found(stores, "TREE-2026-000001").await, []);
    let paid = saved(stores, &capture(&one)).await;
    for text in ["TREE-2026-000001", "tree-2026-000001", "000001", "2026-0000"] {
        assert_eq!(found(stores, text).await, [1], "{text}");
    }
    saved(stores, &refund(&paid, "r", 1_000)).await;
    for text in ["TREE-2026-000001", "TREE-2026-000002"] {
        assert_eq!(found(stores, text).await, [1], "{text}");
    }
}

/// By what they were before neither.
pub async fn a_donation_is_found_as_it_is_now(stores: Stores<'_>) {
    let one = kept(stores, from(1, "Ivan Petrov", "ivan@example.com")).await;
    let one = saved(stores, &edited(&one, |record| record.donor.name = text("Ioann Petrov"))).await;
    assert_eq!((found(stores, "ivan petrov").await, found(stores, "ioann petrov").await), (vec![1], vec![1]));
    assert_eq!(found(stores, "ivan@").await, [1], "the address is as it was");

    let erased = one.erase_donor((at(9), &cause())).expect("it has a donor");
    saved(stores, &erased).await;
    for text in ["ioann", "petrov", "ivan", "ivan@example.com", "example.com", "erased", "—"] {
        assert_eq!(found(stores, text).await, [], "{text}");
    }
    assert_eq!(found(stores, &one.id.to_string()).await, [1]);
}

/// The amount's ends and the first instant count, the last instant does not.
pub async fn each_filter_narrows_the_list(stores: Stores<'_>) {
    for (number, amount, campaign) in [(1, 100, "trees"), (2, 200, "trees"), (3, 300, "saxaul"), (4, 400, "saxaul")] {
        let mut record = from(number, "Ivan", "ivan@example.com").into_record();
        record.gift.amount = Tenge::new(amount);
        record.campaign = CampaignSlug::parse(campaign).expect("a sample is a slug");
        kept(stores, Donation::restore(record)).await;
    }
    completed(stores, from(5, "Anna", "anna@example.com")).await;
    let all = DonationFilter::default();
    let tenge = |amount| Some(Tenge::new(amount));
    let saxaul = CampaignSlug::parse("saxaul");
    let step = TimeDelta::microseconds(1);
    for (filter, expected) in [
        (DonationFilter { min_amount: tenge(300), ..all.clone() }, vec![5, 4, 3]),
        (DonationFilter { max_amount: tenge(200), ..all.clone() }, vec![2, 1]),
        (DonationFilter { min_amount: tenge(200), max_amount: tenge(300), ..all.clone() }, vec![3, 2]),
        (DonationFilter { min_amount: tenge(301), max_amount: tenge(300), ..all.clone() }, vec![]),
        (DonationFilter { campaign: saxaul.clone(), ..all.clone() }, vec![4, 3]),
        (DonationFilter { from: Some(at(3)), ..all.clone() }, vec![5, 4, 3]),
        (DonationFilter { from: Some(at(3) + step), to: Some(at(5)), ..all.clone() }, vec![4]),
        (DonationFilter { to: Some(at(2)), ..all.clone() }, vec![1]),
        (DonationFilter { status: Some(DonationStatus::Completed), ..all.clone() }, vec![5]),
        (
            DonationFilter {
                status: Some(DonationStatus::Pending),
                campaign: saxaul,
                max_amount: tenge(300),
                ..searching("iv")
            },
            vec![3],
        ),
        (DonationFilter { to: Some(at(2)), ..searching("anna") }, vec![]),
    ] {
        assert_eq!(listed(stores, filter.clone()).await, expected, "{filter:?}");
    }
}

/// Page after page, each once.
pub async fn a_search_goes_on_from_page_to_page(stores: Stores<'_>) {
    for number in 1..=7 {
        kept(stores, from(number, "Ivan Ivanov", "ivan@example.com")).await;
        kept(stores, from(100 + number, "Anna", "anna@example.com")).await;
    }
    let mut query = DonationQuery { limit: 3, ..query(searching("ivan")) };
    let mut seen = Vec::new();
    loop {
        let page = stores.donations.list(&query).await.unwrap();
        let Some(last) = page.last() else { break };
        query.after = Some(PageCursor { created_at: last.created_at, id: last.id });
        seen.extend(page.iter().map(|donation| donation.id));
    }
    assert_eq!(seen, (1..=7).rev().map(|number| DonationId(Uuid::from_u128(number))).collect::<Vec<_>>());
}
