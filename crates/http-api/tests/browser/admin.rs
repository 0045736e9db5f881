//! Every page of the administration, with the donations of a year in it: as somebody who may look and as an administrator, in
//! each language, looked at by axe; and every button, pressed once. On both databases.

use std::time::Duration;

use charity_seed::{ADMIN, Passwords, Plan, VIEWER, fill};
use diesel_store::testing::TestDatabase;
use domain::ports::{
    Clock as _, DeliveryOutcome, DeliveryQuery, DeliveryStore, DonationFilter, DonationQuery, DonationScope,
    DonationStore, JobQuery, JobStatus, JobStore, PasswordHasher as _,
};
use domain::reconciliation::Day;
use domain::{Donation, DonationStatus};
use http_api::security::{Argon2Passwords, SystemClock};
use thirtyfour::prelude::*;

use crate::donor::{Donor, PAYS};
use crate::server::PATIENCE;

const PASSWORD: &str = "made-up password";

/// How many donations there are if `WALK_DONATIONS` does not say: enough for every page to have something of every kind.
const DONATIONS: u32 = 3_000;

/// One of the made-up ones that still takes donations.
const CAMPAIGN: &str = "/admin/campaigns/city-shade";
const PREVIEW: &str = "/admin/campaigns/city-shade/preview";

/// A phone, and a desk.
const PHONE: u32 = 390;
const DESK: u32 = 1440;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_and_button_of_the_administration_on_sqlite() {
    walk("admin-sqlite", TestDatabase::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_and_button_of_the_administration_on_postgres() {
    walk("admin-postgres", TestDatabase::postgres().await).await;
}

async fn walk(name: &str, database: TestDatabase) {
    make_up(&database).await;
    let mut walker = Donor::start(name, database).await;
    // Everything before this one is of a gateway that the sandbox does not know.
    let donation = walker.donates().await;
    walker.pays_with(&PAYS).await;
    assert_eq!(walker.result().await, "success");
    walker.server.wait_for(&donation, "completed").await;
    let pages = Pages::of(&walker, &donation).await;
    walker.looks_at_everything(VIEWER, &pages).await;
    walker.presses_no_button(&pages).await;
    walker.signs_out().await;
    walker.looks_at_everything(ADMIN, &pages).await;
    walker.presses_every_button(&pages).await;
    walker.leaves().await;
}

#[expect(clippy::disallowed_methods, reason = "how large a test is, is no setting of the product")]
fn donations() -> u32 {
    std::env::var("WALK_DONATIONS").map_or(DONATIONS, |text| text.parse().unwrap())
}

async fn make_up(database: &TestDatabase) {
    let hash = Argon2Passwords.hash(PASSWORD).await.unwrap();
    let passwords = Passwords { admin: hash.clone(), viewer: hash.clone(), donors: hash };
    let plan = Plan { donations: donations(), seed: 1, now: SystemClock.now(), passwords };
    let filled = fill(database.store(), &plan, |_| {}).await.unwrap();
    assert_eq!(filled.donations, donations());
}

/// The pages that are of one thing.
struct Pages {
    donation: String,
    flagged: String,
    refunded: String,
    delivery: String,
    parked: String,
    day: String,
}

impl Pages {
    async fn of(walker: &Donor, donation: &str) -> Self {
        let store = walker.database.store();
        let one = async |scope, status| {
            let filter = DonationFilter { status, ..DonationFilter::default() };
            let query = DonationQuery { scope, filter, after: None, limit: 1 };
            DonationStore::list(store, &query).await.unwrap().remove(0)
        };
        let page = |donation: &Donation| format!("/admin/donations/{}", donation.id);
        let query = DeliveryQuery { outcome: Some(DeliveryOutcome::Unmatched), limit: 1, ..DeliveryQuery::default() };
        let delivery = DeliveryStore::list(store, &query).await.unwrap().remove(0);
        let query = JobQuery { donation: None, status: Some(JobStatus::Parked), after: None, limit: 1 };
        let parked = JobStore::list(store, &query).await.unwrap().remove(0);
        Self {
            donation: format!("/admin/donations/{donation}"),
            flagged: page(&one(DonationScope::Flagged, None).await),
            refunded: page(&one(DonationScope::All, Some(DonationStatus::PartiallyRefunded)).await),
            delivery: format!("/admin/deliveries/{}", delivery.id),
            parked: format!("/admin/jobs/{}/retry", parked.id),
            day: format!("/admin/reconciliation?date={}", Day::of(SystemClock.now()).before(10)),
        }
    }

    /// Each with its screenshots' name.
    fn all(&self) -> Vec<(&'static str, &str)> {
        vec![
            ("dashboard", "/admin"),
            ("donations", "/admin/donations"),
            ("found", "/admin/donations?q=%D2%9A%D0%B0%D1%81%D1%8B%D0%BC%D0%BE%D0%B2%D0%B0"),
            ("failed", "/admin/donations?status=failed"),
            ("nothing-found", "/admin/donations?q=Zyxwv"),
            ("donation", &self.donation),
            ("flagged", &self.flagged),
            ("refunded", &self.refunded),
            ("deliveries", "/admin/deliveries"),
            ("delivery", &self.delivery),
            ("jobs", "/admin/jobs"),
            ("parked", "/admin/jobs?status=parked"),
            ("audit", "/admin/audit"),
            ("campaigns", "/admin/campaigns"),
            ("campaign", CAMPAIGN),
            ("preview", PREVIEW),
            ("month", "/admin/reconciliation"),
            ("day", &self.day),
        ]
    }
}

impl Donor {
    async fn signs_in(&self, email: &str) {
        self.opens("/sign-in?lang=en&next=%2Fadmin").await;
        self.types("email", email).await;
        self.types("password", PASSWORD).await;
        self.clicks("#submit").await;
        self.sees("#who").await;
    }

    async fn signs_out(&self) {
        self.clicks("#sign-out").await;
        self.sees(".brand").await;
    }

    /// Signs in, and looks at every page in every language.
    async fn looks_at_everything(&mut self, email: &str, pages: &Pages) {
        self.signs_in(email).await;
        let who = email.split('@').next().unwrap().to_owned();
        for (language, width) in [("kk", DESK), ("ru", PHONE), ("en", DESK)] {
            for (what, path) in pages.all() {
                let sign = if path.contains('?') { '&' } else { '?' };
                self.opens(&format!("{path}{sign}lang={language}")).await;
                assert_eq!(self.sees("html").await.attr("lang").await.unwrap().unwrap(), language);
                // A preview is the page as donors would see it, in a frame.
                self.sees("#who, #previewed").await;
                self.is_accessible_at(width, &format!("{who}-{what}-{language}")).await;
            }
        }
    }

    /// Whoever may only look is shown no form that would do anything but sign out.
    async fn presses_no_button(&self, pages: &Pages) {
        for (_, path) in pages.all().into_iter().filter(|(_, path)| *path != PREVIEW) {
            self.opens(path).await;
            self.sees("#who").await;
            let forms = self.browser.find_all(By::Css("form[method=post]")).await.unwrap();
            assert_eq!(forms.len(), 1, "{path}");
        }
    }

    /// Every button once, each of which leads to a page that says that it was done.
    async fn presses_every_button(&mut self, pages: &Pages) {
        self.browser.set_window_rect(0, 0, DESK, 900).await.unwrap();
        self.opens("/admin?lang=en").await;
        self.types("reason", "Cards are being tested").await;
        self.pushes("pull").await;
        self.sees("#braked").await;
        self.is_accessible_at(DESK, "admin-braked").await;
        self.pushes("release").await;
        self.acts_on_a_donation(&pages.donation).await;
        self.resolves(&pages.flagged).await;
        self.opens(&format!("{}?lang=en", pages.delivery)).await;
        self.pushes("replay").await;
        self.opens("/admin/jobs?status=parked&lang=en").await;
        self.clicks(&format!("form[action^='{}'] button", pages.parked)).await;
        self.is_told("retry").await;
        self.opens(&format!("{}&lang=en", pages.day)).await;
        self.pushes("compare-now").await;
        self.looks_after_a_campaign().await;
    }

    async fn looks_after_a_campaign(&mut self) {
        for language in ["kk", "ru", "en"] {
            self.opens(&format!("/admin/campaigns/new?lang={language}")).await;
            self.sees("#save").await;
            self.is_accessible_at(PHONE, &format!("admin-new-campaign-{language}")).await;
        }
        self.clicks("#save").await;
        self.sees(".field.failed").await;
        self.is_accessible_at(DESK, "admin-new-campaign-errors").await;
        self.opens(&format!("{CAMPAIGN}?lang=en")).await;
        self.pushes("save").await;
        self.clicks("form:has(#close-now) input[type=checkbox]").await;
        self.pushes("close-now").await;
        self.sees("[data-status=ended]").await;
    }

    async fn acts_on_a_donation(&mut self, page: &str) {
        let page = format!("{page}?lang=en");
        self.opens(&page).await;
        self.pushes("ask").await;
        self.opens(&page).await;
        self.pushes("send").await;
        self.opens(&page).await;
        self.fills("rename", &[("name", "Айгүл Қасымова-Ким"), ("reason", "A letter was wrong")]).await;
        self.pushes("rename").await;
        self.opens(&page).await;
        // More than there is: it says so, and what was typed is still there.
        self.fills("refund", &[("amount", "9999999"), ("reason", "Asked for by the donor")]).await;
        self.clicks("#refund").await;
        self.sees(".field.failed, #trouble").await;
        self.is_accessible_at(PHONE, "admin-refund-too-much").await;
        self.fills("refund", &[("amount", "500")]).await;
        self.clicks("#refund").await;
        self.sees("#confirm").await;
        self.is_accessible_at(PHONE, "admin-refund-check").await;
        self.pushes("confirm").await;
        let id = page.rsplit('/').next().unwrap().split('?').next().unwrap();
        self.server.wait_for(id, "partially_refunded").await;
    }

    async fn resolves(&mut self, page: &str) {
        self.opens(&format!("{page}?lang=en")).await;
        let button = self.sees("[id^='resolve-']").await.id().await.unwrap().unwrap();
        self.fills(&button, &[("note", "Looked at with the bank's statement")]).await;
        self.pushes(&button).await;
    }

    /// Fills in the form that this button sends.
    async fn fills(&self, button: &str, fields: &[(&str, &str)]) {
        for (name, text) in fields {
            let field = self.sees(&format!("form:has(#{button}) [name='{name}']")).await;
            field.clear().await.unwrap();
            field.send_keys(*text).await.unwrap();
        }
    }

    async fn pushes(&mut self, button: &str) {
        let page = self.sees("html").await;
        self.clicks(&format!("#{button}")).await;
        // What the page before has said is no answer to this.
        page.wait_until().wait(PATIENCE, Duration::from_millis(50)).stale().await.unwrap();
        self.is_told(button).await;
    }

    /// The page says that it was done.
    async fn is_told(&mut self, what: &str) {
        let notice = self.sees("#notice").await.text().await.unwrap();
        assert!(!notice.is_empty(), "{what}");
        self.shot(&format!("done-{what}")).await;
    }
}
