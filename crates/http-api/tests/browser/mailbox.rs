//! The mails of a development folder, looked at in a browser: from the list to a mail, and by its link to the donation.

use std::time::Duration;

use diesel_store::testing::TestDatabase;
use thirtyfour::prelude::*;

use crate::donor::{Donor, PAYS};
use crate::server::PATIENCE;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mails_link_leads_out_of_its_frame_on_sqlite() {
    a_mails_link_leads_out_of_its_frame(Donor::start("mailbox-sqlite", TestDatabase::sqlite().await).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mails_link_leads_out_of_its_frame_on_postgres() {
    a_mails_link_leads_out_of_its_frame(Donor::start("mailbox-postgres", TestDatabase::postgres().await).await).await;
}

async fn a_mails_link_leads_out_of_its_frame(mut donor: Donor) {
    let donation = donor.donates().await;
    donor.pays_with(&PAYS).await;
    donor.comes_back_to("completed").await;
    open_the_mail(&donor).await;
    let frame = donor.sees("iframe.mailbox-html").await;
    donor.shot("mail").await;
    frame.enter_frame().await.unwrap();
    // The sheet of the page does not reach into the frame, and the mail has one of its own.
    donor.sees("h1").await;
    donor.clicks("td.button a").await;
    donor.browser.enter_default_frame().await.unwrap();
    let led_to = donor.sees("[data-status='completed']").await;
    assert!(led_to.is_displayed().await.unwrap());
    let address = donor.browser.current_url().await.unwrap();
    assert_eq!(address.path(), format!("/donations/{donation}"));
    donor.leaves().await;
}

/// The mail is on its way as soon as the donation is paid; the list shows it once it is in the folder.
async fn open_the_mail(donor: &Donor) {
    let looked = async {
        let mut pause = tokio::time::interval(Duration::from_millis(200));
        loop {
            pause.tick().await;
            donor.browser.goto(format!("{}/dev/mail?lang=en", donor.server.url)).await.unwrap();
            if let Ok(link) = donor.browser.find(By::Css(".mailbox-list a")).await {
                link.click().await.unwrap();
                return;
            }
        }
    };
    tokio::time::timeout(PATIENCE, looked).await.unwrap();
}
