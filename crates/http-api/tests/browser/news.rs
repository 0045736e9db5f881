//! A donation's page brings its news by itself.

use diesel_store::testing::TestDatabase;

use crate::donor::{Donor, PAYS};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_stands_open_tells_of_the_payment_by_itself_and_then_asks_no_more() {
    let mut donor = Donor::start("news", TestDatabase::sqlite().await).await;
    let donation = donor.donates().await;
    let checkout = donor.browser.current_url().await.unwrap();
    donor.opens(&format!("/donations/{donation}?lang=en&result=success")).await;
    donor.sees("[data-status='awaiting_payment']").await;
    // Whatever is told from now on was told without the page being loaded again.
    donor.browser.execute("window.stays = true", Vec::new()).await.unwrap();
    let page = donor.browser.window().await.unwrap();
    donor.browser.new_tab().await.unwrap();
    let tabs = donor.browser.windows().await.unwrap();
    donor.browser.switch_to_window(tabs[1].clone()).await.unwrap();
    donor.browser.goto(checkout.as_str()).await.unwrap();
    donor.pays_with(&PAYS).await;
    assert_eq!(donor.result().await, "success");
    donor.browser.switch_to_window(page).await.unwrap();
    donor.sees("[data-status='completed']").await;
    let stays: bool =
        donor.browser.execute("return window.stays === true", Vec::new()).await.unwrap().convert().unwrap();
    assert!(stays, "the page was loaded again");
    assert_eq!(donor.browser.title().await.unwrap(), "Thank you! · Let’s plant trees");
    let said = donor.sees("#said").await.prop("textContent").await.unwrap().unwrap();
    assert!(said.contains("Thank you! Because of you, 5\u{a0}trees will grow."), "{said}");
    assert!(donor.sees("#news").await.attr("hx-get").await.unwrap().is_none(), "it asks on");
    assert!(!donor.browser.source().await.unwrap().contains("hx-swap-oob"));
    donor.shot("completed").await;
    donor.leaves().await;
}
