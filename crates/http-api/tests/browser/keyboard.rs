//! A donor without a mouse.

use diesel_store::testing::TestDatabase;
use thirtyfour::prelude::*;

use crate::donor::Donor;

/// More than any page has to walk through.
const MOST_STEPS: u32 = 60;

/// The element that has the focus: its id, else its class, and whether it shows that it has it.
const FOCUSED: &str = r#"
    const it = document.activeElement;
    const shown = it.matches("input[type=radio]") ? it.nextElementSibling : it;
    const style = getComputedStyle(shown);
    return [it.id || it.className || it.tagName, style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2];
"#;

impl Donor {
    async fn presses(&self, keys: impl Into<thirtyfour::TypingData>) {
        self.browser.action_chain().send_keys(keys).perform().await.unwrap();
    }

    async fn focused(&self) -> (String, bool) {
        self.browser.execute(FOCUSED, Vec::new()).await.unwrap().convert().unwrap()
    }

    /// Walks on until this element has the focus. Every step on the way can be seen.
    async fn tabs_to(&self, id: &str) {
        for _ in 0..MOST_STEPS {
            self.presses(Key::Tab).await;
            let (focused, seen) = self.focused().await;
            assert!(seen, "nobody sees that {focused} has the focus");
            if focused == id {
                return;
            }
        }
        panic!("no way leads to {id}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_gives_with_the_keyboard_alone() {
    let donor = Donor::start("keyboard", TestDatabase::sqlite().await).await;
    donor.opens("/campaigns/trees?lang=kk").await;
    donor.tabs_to("skip").await;
    donor.presses(Key::Enter).await;
    // The first thing after the link is in the form, not in the header.
    donor.tabs_to("preset-2500").await;
    donor.presses(Key::Down).await;
    assert_eq!(donor.focused().await.0, "preset-5000");
    donor.tabs_to("donor_name").await;
    donor.presses("Айгүл Қасымова").await;
    donor.tabs_to("donor_email").await;
    donor.presses("aigul@example.com").await;
    donor.tabs_to("anonymous").await;
    donor.presses(" ").await;
    donor.tabs_to("submit").await;
    donor.presses(Key::Enter).await;
    donor.sees("#card-form").await;
    let donation = donor.donation_of_the_checkout().await;
    let donation = donor.server.get(&format!("/api/guest-donations/{donation}")).await;
    assert_eq!(
        (&donation["amount"], &donation["anonymous"], &donation["donor_name"]),
        (&5000.into(), &true.into(), &"Айгүл Қасымова".into())
    );
    donor.leaves().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_list_of_what_is_wrong_has_the_focus_and_leads_to_the_fields() {
    let donor = Donor::start("keyboard-errors", TestDatabase::sqlite().await).await;
    donor.opens("/campaigns/trees?lang=en").await;
    donor.clicks("#submit").await;
    donor.sees("#errors").await;
    assert_eq!(donor.focused().await.0, "errors");
    donor.presses(Key::Tab).await;
    donor.presses(Key::Enter).await;
    assert_eq!(donor.focused().await.0, "donor_name");
    donor.leaves().await;
}
