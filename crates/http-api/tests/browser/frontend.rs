//! A charity's own site: the example, on a port of its own, which donors come back to (`FRONTEND_URL`).

use std::net::TcpListener;
use std::path::Path;
use std::time::Duration;

use diesel_store::testing::TestDatabase;
use mail_parser::MessageParser;
use serde_json::json;
use tempfile::TempDir;
use url::Url;

use crate::checkout::on_both_databases;
use crate::donor::{self, NO_MONEY, PAYS};
use crate::server::PATIENCE;

const PASSWORD: &str = "correct horse battery";

/// A donor of the example site.
struct Donor {
    person: donor::Donor,
    site: String,
    mails: TempDir,
}

on_both_databases!(
    the_sites_own_form_declined_and_then_paid,
    a_donor_with_an_account,
    the_pages_that_mails_lead_to,
    what_is_wrong_is_said_beside_its_field,
);

impl Donor {
    /// The site's port is taken first, because the server sends donors back to it.
    async fn start(name: &str, database: TestDatabase) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let site = format!("http://{}", listener.local_addr().unwrap());
        let mails = tempfile::tempdir().unwrap();
        let settings = [("FRONTEND_URL", site.as_str()), ("MAIL_FOLDER", mails.path().to_str().unwrap())];
        let person = donor::Donor::start_with(&format!("site-{name}"), database, &settings).await;
        let api = Url::parse(&person.server.url).unwrap();
        tokio::spawn(example_frontend::serve(listener, &api).unwrap());
        Self { person, site, mails }
    }

    async fn opens(&self, path: &str) {
        self.person.browser.goto(format!("{}{path}", self.site)).await.unwrap();
    }

    /// Is on the site's page about the donation, which shows this status. The heading.
    async fn comes_back_to(&mut self, status: &str) -> String {
        self.person.sees(&format!("#story[data-status='{status}']")).await;
        self.person.shot(status).await;
        let address = self.person.browser.current_url().await.unwrap();
        assert!(address.as_str().starts_with(&format!("{}/donations/", self.site)), "{address}");
        self.person.sees("h1").await.text().await.unwrap()
    }

    /// Presses the button and waits for the file that it saves.
    async fn downloads_the_certificate(&self) -> Vec<u8> {
        self.person.clicks("#certificate").await;
        waited_for(|| files(self.person.downloads.path(), "pdf").pop()).await
    }

    /// Waits for the mail that leads to this page of the site; the link's path.
    async fn link_in_a_mail(&self, page: &str) -> String {
        let link = format!("{}{page}?token=", self.site);
        let in_mail = |mail: Vec<u8>| {
            let text = MessageParser::new().parse(&mail)?.body_text(0)?.into_owned();
            let token: String = text.split_once(&link)?.1.chars().take_while(char::is_ascii_alphanumeric).collect();
            Some(format!("{page}?token={token}"))
        };
        waited_for(|| files(self.mails.path(), "eml").into_iter().find_map(in_mail)).await
    }

    async fn signs_in(&self, password: &str) {
        self.person.types("email", "dana@example.com").await;
        self.person.types("password", password).await;
        self.person.clicks("#sign-in .button").await;
    }
}

/// What is in the files of this kind.
fn files(folder: &Path, kind: &str) -> Vec<Vec<u8>> {
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let wanted = paths.filter(|path| path.extension().is_some_and(|known| known == kind));
    wanted.filter_map(|path| std::fs::read(path).ok()).collect()
}

async fn waited_for<T>(mut look: impl FnMut() -> Option<T>) -> T {
    let seen = async {
        let mut pause = tokio::time::interval(Duration::from_millis(50));
        loop {
            pause.tick().await;
            if let Some(seen) = look() {
                return seen;
            }
        }
    };
    tokio::time::timeout(PATIENCE, seen).await.unwrap()
}

async fn the_sites_own_form_declined_and_then_paid(name: &str, database: TestDatabase) {
    let mut donor = Donor::start(name, database).await;
    donor.opens("/?lang=kk").await;
    donor.person.types("amount", "3250").await;
    assert_eq!(donor.person.sees("#trees").await.text().await.unwrap(), "Ағаш саны: 6");
    donor.person.types("donor_name", "Айгүл Қасымова").await;
    donor.person.types("donor_email", "aigul@example.com").await;
    donor.person.shot("form").await;
    donor.person.clicks("#submit").await;
    donor.person.sees("#card-form").await;
    let donation = donor.person.donation_of_the_checkout().await;
    donor.person.pays_with(&NO_MONEY).await;
    assert_eq!(donor.person.result().await, "declined");
    donor.person.clicks("#back").await;
    assert_eq!(donor.comes_back_to("failed").await, "Төлем өтпеді");
    let why = donor.person.sees(".lead").await.text().await.unwrap();
    assert!(why.starts_with("Картада"), "{why}");

    donor.person.clicks("#pay").await;
    donor.person.pays_with(&PAYS).await;
    assert_eq!(donor.person.result().await, "success");
    assert_eq!(donor.comes_back_to("completed").await, "Рақмет!");
    let completed = donor.person.server.wait_for(&donation, "completed").await;
    assert_eq!((&completed["amount"], &completed["trees"]), (&json!(3250), &json!(6)));
    assert!(donor.downloads_the_certificate().await.starts_with(b"%PDF"));
    donor.person.leaves().await;
}

async fn a_donor_with_an_account(name: &str, database: TestDatabase) {
    let mut donor = Donor::start(name, database).await;
    donor.opens("/donations?lang=ru").await;
    donor.person.clicks("#sign-in .link").await;
    donor.person.types("name", "Дана").await;
    donor.signs_in(PASSWORD).await;
    donor.person.types("amount", "5000").await;
    donor.person.clicks("#give .button").await;
    donor.person.pays_with(&PAYS).await;
    assert_eq!(donor.person.result().await, "success");

    // The tokens went with the page that had them: the donation is shown to nobody who has not signed in again.
    donor.signs_in("not the password").await;
    donor.person.sees("#sign-in .told.wrong:not(:empty)").await;
    donor.signs_in(PASSWORD).await;
    assert_eq!(donor.comes_back_to("completed").await, "Спасибо!");
    assert!(donor.downloads_the_certificate().await.starts_with(b"%PDF"));
    donor.person.leaves().await;
}

async fn the_pages_that_mails_lead_to(name: &str, database: TestDatabase) {
    let donor = Donor::start(name, database).await;
    donor.opens("/donations?lang=en").await;
    donor.person.clicks("#sign-in .link").await;
    donor.person.types("name", "Dana").await;
    donor.signs_in(PASSWORD).await;
    donor.person.sees("#sign-out").await;

    donor.opens(&donor.link_in_a_mail("/confirm-email").await).await;
    donor.person.clicks("#confirm .button").await;
    donor.person.sees("#confirm [data-text='confirmed']").await;
    let address = donor.person.browser.current_url().await.unwrap();
    assert!(!address.as_str().contains("token"), "{address}");

    donor.opens("/reset-password").await;
    donor.person.types("email", "dana@example.com").await;
    donor.person.clicks("#reset .button").await;
    donor.person.sees("#reset [data-text='link-sent']").await;
    donor.opens(&donor.link_in_a_mail("/reset-password").await).await;
    donor.person.types("password", "battery horse correct").await;
    donor.person.clicks("#reset .button").await;
    donor.person.sees("#reset [data-text='password-changed']").await;
    donor.opens("/donations").await;
    donor.signs_in("battery horse correct").await;
    donor.person.sees("#sign-out").await;
    donor.person.leaves().await;
}

async fn what_is_wrong_is_said_beside_its_field(name: &str, database: TestDatabase) {
    let mut donor = Donor::start(name, database).await;
    donor.opens("/?lang=ru").await;
    donor.person.types("amount", "50").await;
    donor.person.types("donor_email", "nobody").await;
    donor.person.clicks("#submit").await;
    donor.person.sees(".told.wrong:not(:empty)").await;
    donor.person.shot("wrong").await;
    for field in ["donor_name", "donor_email"] {
        let error = donor.person.sees(&format!("#{field}-error")).await.text().await.unwrap();
        assert!(!error.is_empty() && !error.is_ascii(), "{field}: {error}");
    }
    let focused = donor.person.browser.active_element().await.unwrap();
    assert_eq!(focused.attr("aria-invalid").await.unwrap().as_deref(), Some("true"));
    donor.person.leaves().await;
}

/// On SQLite alone, as the other pages: none differs by the database.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn axe_finds_nothing_on_the_site() {
    let mut donor = Donor::start("axe", TestDatabase::sqlite().await).await;
    for language in ["kk", "ru", "en"] {
        for (what, path, sign) in [
            ("home", "/", "#submit"),
            ("mine", "/donations", "#sign-in"),
            ("no-donation", "/donations/x", "#sign-in"),
            ("reset", "/reset-password?token=x", "#password"),
            ("confirm", "/confirm-email?token=x", "#confirm .button"),
            ("no-page", "/nowhere", "h1"),
        ] {
            let with = if path.contains('?') { '&' } else { '?' };
            donor.opens(&format!("{path}{with}lang={language}")).await;
            donor.person.sees(sign).await;
            donor.person.is_accessible(&format!("{what}-{language}")).await;
        }
    }
    donor.opens("/").await;
    donor.person.clicks("#submit").await;
    donor.person.sees(".told.wrong:not(:empty)").await;
    donor.person.is_accessible("errors").await;
    donor.person.leaves().await;
}
