//! Donate, pay with each test card, come back, see the status.

use diesel_store::testing::TestDatabase;

use crate::donor::{Card, Donor, GUIDE_DECLINED, GUIDE_PAYS, NO_MONEY, OVER_THE_LIMIT, PAYS, PAYS_AFTER_3DS};

/// One test on SQLite and one on PostgreSQL for each of these ways.
macro_rules! on_both_databases {
    ($($way:ident),+ $(,)?) => {
        mod on_sqlite { $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $way() {
                let database = diesel_store::testing::TestDatabase::sqlite().await;
                super::$way(concat!(stringify!($way), "-sqlite"), database).await;
            }
        )+ }

        mod on_postgres { $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $way() {
                let database = diesel_store::testing::TestDatabase::postgres().await;
                super::$way(concat!(stringify!($way), "-postgres"), database).await;
            }
        )+ }
    };
}

pub(crate) use on_both_databases;

on_both_databases!(
    a_card_that_pays,
    a_card_that_is_declined_and_then_another,
    the_right_password_of_the_bank,
    the_wrong_password_of_the_bank_and_then_the_right_one,
    a_card_over_its_limit_and_a_donor_who_goes_back,
    the_guides_cards,
);

async fn a_card_that_pays(name: &str, database: TestDatabase) {
    let mut donor = Donor::start(name, database).await;
    let donation = donor.donates().await;
    donor.pays_with(&PAYS).await;
    assert_eq!(donor.result().await, "success");
    donor.comes_back_to("completed").await;
    let completed = donor.server.wait_for(&donation, "completed").await;
    assert!(completed["certificate"]["number"].is_string(), "{completed}");
    donor.leaves().await;
}

async fn a_card_that_is_declined_and_then_another(name: &str, database: TestDatabase) {
    let mut donor = Donor::start(name, database).await;
    let donation = donor.donates().await;
    declined_once(&mut donor, &NO_MONEY).await;
    let failed = donor.server.wait_for(&donation, "failed").await;
    assert_eq!(failed["failure"]["code"], "not_enough_money");
    donor.clicks("#retry").await;
    donor.pays_with(&PAYS).await;
    assert_eq!(donor.result().await, "success");
    donor.comes_back_to("completed").await;
    let completed = donor.server.wait_for(&donation, "completed").await;
    assert_eq!(completed["payment_order_id"], failed["payment_order_id"], "the same order was paid");
    donor.leaves().await;
}

async fn the_right_password_of_the_bank(name: &str, database: TestDatabase) {
    let mut donor = Donor::start(name, database).await;
    let donation = donor.donates().await;
    donor.pays_with(&PAYS_AFTER_3DS).await;
    donor.confirms_with("12345678").await;
    assert_eq!(donor.result().await, "success");
    donor.comes_back_to("completed").await;
    donor.server.wait_for(&donation, "completed").await;
    donor.leaves().await;
}

async fn the_wrong_password_of_the_bank_and_then_the_right_one(name: &str, database: TestDatabase) {
    let mut donor = Donor::start(name, database).await;
    let donation = donor.donates().await;
    donor.pays_with(&PAYS_AFTER_3DS).await;
    donor.confirms_with("00000000").await;
    assert_eq!(donor.result().await, "declined");
    let failed = donor.server.wait_for(&donation, "failed").await;
    assert_eq!(failed["failure"]["code"], "not_confirmed");
    donor.clicks("#retry").await;
    donor.pays_with(&PAYS_AFTER_3DS).await;
    donor.confirms_with("12345678").await;
    assert_eq!(donor.result().await, "success");
    donor.comes_back_to("completed").await;
    donor.leaves().await;
}

async fn a_card_over_its_limit_and_a_donor_who_goes_back(name: &str, database: TestDatabase) {
    let mut donor = Donor::start(name, database).await;
    let donation = donor.donates().await;
    declined_once(&mut donor, &OVER_THE_LIMIT).await;
    let failed = donor.server.wait_for(&donation, "failed").await;
    assert_eq!(failed["failure"]["code"], "limit_exceeded");
    donor.clicks("#back").await;
    donor.comes_back_to("failed").await;
    donor.leaves().await;
}

async fn the_guides_cards(name: &str, database: TestDatabase) {
    let mut donor = Donor::start(name, database).await;
    let donation = donor.donates().await;
    declined_once(&mut donor, &GUIDE_DECLINED).await;
    donor.clicks("#retry").await;
    donor.pays_with(&GUIDE_PAYS).await;
    assert_eq!(donor.result().await, "success");
    donor.comes_back_to("completed").await;
    donor.server.wait_for(&donation, "completed").await;
    donor.leaves().await;
}

async fn declined_once(donor: &mut Donor, card: &Card) {
    donor.pays_with(card).await;
    assert_eq!(donor.result().await, "declined");
}
