//! axe finds nothing on any page, in any language, on a phone or a desk.
//!
//! On SQLite alone: no page differs by the database.

use diesel_store::testing::TestDatabase;
use serde_json::Value;

use crate::donor::{Donor, NO_MONEY, PAYS};

/// See the folder's README.
const AXE: &str = include_str!("axe/axe.min.js");

/// What WCAG 2.2 asks for at the levels A and AA.
const RUN: &str = r#"
    const done = arguments[arguments.length - 1];
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    axe.run(document, { runOnly: { type: "tag", values: tags } }).then(
        (found) => done({
            rules: found.passes.length,
            violations: found.violations.map((one) => [one.id, ...one.nodes.map((node) => node.html + node.failureSummary)]),
        }),
        (error) => done({ rules: 0, violations: [[String(error)]] }),
    );
"#;

/// Fewer rules than any page passes: a page that is empty or that axe did not see passes none.
const LEAST_RULES: u64 = 10;

/// A phone, and a desk.
const WIDTHS: [u32; 2] = [360, 1440];

impl Donor {
    /// Has axe look at the page that is open.
    pub async fn is_accessible(&mut self, what: &str) {
        for width in WIDTHS {
            self.is_accessible_at(width, what).await;
        }
    }

    /// The same, at one width.
    pub async fn is_accessible_at(&mut self, width: u32, what: &str) {
        self.browser.set_window_rect(0, 0, width, 900).await.unwrap();
        let found = self.axe().await;
        assert_eq!(found["violations"], Value::Array(Vec::new()), "{what} at {width}");
        assert!(found["rules"].as_u64().unwrap() > LEAST_RULES, "{what} at {width}: {found}");
        assert!(!self.scrolls_sideways().await, "{what} is wider than {width}");
        self.shot(&format!("{what}-{width}")).await;
    }

    async fn axe(&self) -> Value {
        self.browser.execute(AXE, Vec::new()).await.unwrap();
        self.browser.execute_async(RUN, Vec::new()).await.unwrap().json().clone()
    }

    async fn scrolls_sideways(&self) -> bool {
        let script = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
        self.browser.execute(script, Vec::new()).await.unwrap().convert().unwrap()
    }

    /// Opens the page in each language and has axe look at it.
    async fn is_accessible_in_each_language(&mut self, what: &str, path: &str) {
        for language in ["kk", "ru", "en"] {
            let sign = if path.contains('?') { '&' } else { '?' };
            self.opens(&format!("{path}{sign}lang={language}")).await;
            assert_eq!(self.sees("html").await.attr("lang").await.unwrap().unwrap(), language);
            self.is_accessible(&format!("{what}-{language}")).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn axe_finds_nothing_on_the_pages_that_need_no_donation() {
    let mut donor = Donor::start("axe-open", TestDatabase::sqlite().await).await;
    for (what, path) in [
        ("campaigns", "/"),
        ("campaign", "/campaigns/trees"),
        ("another", "/campaigns/saxaul"),
        ("no-donation", "/donations/x"),
        ("no-page", "/no/such/page"),
        ("sign-in", "/sign-in"),
        ("sign-up", "/sign-up"),
        ("forgot-password", "/forgot-password"),
    ] {
        donor.is_accessible_in_each_language(what, path).await;
    }
    for language in ["kk", "ru", "en"] {
        donor.opens(&format!("/campaigns/trees?lang={language}")).await;
        donor.types("amount", "7").await;
        donor.clicks("#submit").await;
        donor.sees("#errors").await;
        donor.is_accessible(&format!("errors-{language}")).await;
    }
    donor.leaves().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn axe_finds_nothing_on_a_donations_page_whatever_becomes_of_it() {
    let mut donor = Donor::start("axe-donation", TestDatabase::sqlite().await).await;
    let donation = donor.donates().await;
    let page = format!("/donations/{donation}");
    let checkout = donor.browser.current_url().await.unwrap();
    donor.is_accessible_in_each_language("unpaid", &page).await;
    donor.is_accessible_in_each_language("waiting", &format!("{page}?result=success")).await;
    donor.is_accessible_in_each_language("waited", &format!("{page}?look=99")).await;
    donor.browser.goto(checkout.as_str()).await.unwrap();
    donor.pays_with(&NO_MONEY).await;
    assert_eq!(donor.result().await, "declined");
    donor.server.wait_for(&donation, "failed").await;
    donor.is_accessible_in_each_language("failed", &page).await;
    donor.browser.goto(checkout.as_str()).await.unwrap();
    donor.pays_with(&PAYS).await;
    assert_eq!(donor.result().await, "success");
    let completed = donor.server.wait_for(&donation, "completed").await;
    donor.is_accessible_in_each_language("completed", &page).await;
    let certificate = format!("/certificates/{}", completed["certificate"]["number"].as_str().unwrap());
    donor.is_accessible_in_each_language("certificate", &certificate).await;
    // Its donation is now among the latest.
    donor.is_accessible_in_each_language("campaign-given", "/campaigns/trees").await;
    donor.leaves().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn axe_finds_nothing_on_the_pages_of_somebody_signed_in() {
    let mut donor = Donor::start("axe-account", TestDatabase::sqlite().await).await;
    donor.opens("/sign-up?lang=en").await;
    donor.types("name", "Айгүл Қасымова").await;
    donor.types("email", "aigul@example.com").await;
    donor.types("password", "correct horse battery").await;
    donor.clicks("#submit").await;
    donor.sees("#sign-out").await;
    donor.is_accessible_in_each_language("none-yet", "/my-donations").await;
    donor.opens("/campaigns/trees?lang=ru").await;
    donor.sees("#giving-as").await;
    donor.clicks("#submit").await;
    donor.sees("#card-form").await;
    for (what, path) in [("mine", "/my-donations"), ("own", "/account"), ("giving-as", "/campaigns/trees")] {
        donor.is_accessible_in_each_language(what, path).await;
    }
    donor.leaves().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn axe_would_find_what_is_wrong() {
    let donor = Donor::start("axe-wrong", TestDatabase::sqlite().await).await;
    donor.opens("/campaigns/trees?lang=en").await;
    let spoil = "document.querySelector('label[for=donor_name]').remove(); document.documentElement.lang = '';";
    donor.browser.execute(spoil, Vec::new()).await.unwrap();
    let found = donor.axe().await["violations"].to_string();
    assert!(found.contains("\"label\"") && found.contains("\"html-has-lang\""), "{found}");
    donor.leaves().await;
}
