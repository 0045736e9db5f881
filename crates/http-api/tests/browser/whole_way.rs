//! The whole way, on a phone: give, be declined, pay, come back, fetch the certificate, open the address in its code, see it valid; then all of it
//! is given back, and the same address says so. In each language, as a guest and with an account, with scripts and without, on both databases.

use std::process::Stdio;

use diesel_store::testing::TestDatabase;
use hayro::hayro_syntax::Pdf;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use serde_json::{Value, json};
use thirtyfour::prelude::*;
use tokio::io::AsyncWriteExt as _;

use crate::donor::{Donor, NO_MONEY, PAYS};
use crate::server::program;

const PASSWORD: &str = "correct horse battery";

/// Who gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Giver {
    Guest,
    /// Signs up first.
    Registered,
}

macro_rules! the_whole_way {
    ($($name:ident: $giver:ident, $language:literal, $start:ident;)+) => {
        mod on_sqlite { $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let database = super::TestDatabase::sqlite().await;
                let donor = super::Donor::$start(concat!("whole-", stringify!($name), "-sqlite"), database).await;
                super::the_whole_way(donor, super::Giver::$giver, $language).await;
            }
        )+ }

        mod on_postgres { $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let database = super::TestDatabase::postgres().await;
                let donor = super::Donor::$start(concat!("whole-", stringify!($name), "-postgres"), database).await;
                super::the_whole_way(donor, super::Giver::$giver, $language).await;
            }
        )+ }
    };
}

the_whole_way! {
    a_guest_in_kazakh: Guest, "kk", start;
    a_guest_in_russian: Guest, "ru", start;
    a_guest_in_english: Guest, "en", start;
    a_guest_in_kazakh_without_scripts: Guest, "kk", without_scripts;
    a_guest_in_russian_without_scripts: Guest, "ru", without_scripts;
    a_guest_in_english_without_scripts: Guest, "en", without_scripts;
    an_account_in_kazakh: Registered, "kk", start;
    an_account_in_russian: Registered, "ru", start;
    an_account_in_english: Registered, "en", start;
    an_account_in_kazakh_without_scripts: Registered, "kk", without_scripts;
    an_account_in_russian_without_scripts: Registered, "ru", without_scripts;
    an_account_in_english_without_scripts: Registered, "en", without_scripts;
}

async fn the_whole_way(mut donor: Donor, giver: Giver, language: &str) {
    if giver == Giver::Registered {
        donor.signs_up(language).await;
    }
    let donation = donor.gives(giver, language).await;
    donor.pays_with(&NO_MONEY).await;
    assert_eq!(donor.result().await, "declined");
    donor.clicks("#back").await;
    donor.comes_back_to("failed").await;
    assert_eq!(donor.sees("html").await.attr("lang").await.unwrap().unwrap(), language);
    donor.clicks("form #pay").await;
    donor.pays_with(&PAYS).await;
    assert_eq!(donor.result().await, "success");
    donor.comes_back_to("completed").await;
    let code = code_of(donor.certificate().await);
    assert!(code.contains("/certificates/TREE-") && code.contains("?s="), "{code}");
    donor.opens_code(&code, language).await;
    donor.sees("[data-state='valid']").await;
    donor.sees("[data-signature='matches']").await;
    donor.shot("valid").await;
    donor.everything_goes_back(&donation).await;
    donor.opens_code(&code, language).await;
    donor.sees("[data-state='withdrawn']").await;
    donor.shot("withdrawn").await;
    donor.opens(&format!("/donations/{donation}?lang={language}")).await;
    donor.comes_back_to("refunded").await;
    assert!(
        donor.browser.find_all(By::Css("#certificate")).await.unwrap().is_empty(),
        "a withdrawn certificate is offered"
    );
    donor.leaves().await;
}

impl Donor {
    async fn signs_up(&mut self, language: &str) {
        self.opens(&format!("/sign-up?lang={language}")).await;
        self.types("name", "Дәурен Әбдірахманов").await;
        self.types("email", "dauren@example.com").await;
        self.types("password", PASSWORD).await;
        self.shot("sign-up").await;
        self.clicks("main #submit").await;
        self.sees("#sign-out").await;
    }

    /// Fills the form in; the browser is then on the checkout. The donation's id.
    async fn gives(&mut self, giver: Giver, language: &str) -> String {
        self.opens(&format!("/campaigns/trees?lang={language}")).await;
        assert_eq!(self.sees("html").await.attr("lang").await.unwrap().unwrap(), language);
        self.clicks("#preset-5000").await;
        if giver == Giver::Guest {
            self.types("donor_name", "Дәурен Әбдірахманов").await;
            self.types("donor_email", "dauren@example.com").await;
        }
        self.shot("form").await;
        self.clicks("#submit").await;
        self.sees("#card-form").await;
        self.donation_of_the_checkout().await
    }

    /// What the button on the donation's page leads to, as the browser would fetch it.
    async fn certificate(&self) -> Vec<u8> {
        let button = self.sees("#certificate").await;
        let address = button.prop("href").await.unwrap().unwrap();
        let cookies = self.browser.get_all_cookies().await.unwrap();
        let cookies: Vec<_> = cookies.iter().map(|cookie| format!("{}={}", cookie.name, cookie.value)).collect();
        let request = reqwest::Client::new().get(address).header("cookie", cookies.join("; "));
        let answer = request.send().await.unwrap();
        assert_eq!(answer.headers()["content-type"], "application/pdf");
        answer.bytes().await.unwrap().to_vec()
    }

    async fn opens_code(&self, code: &str, language: &str) {
        self.browser.goto(format!("{code}&lang={language}")).await.unwrap();
    }

    /// An administrator gives everything back over REST.
    async fn everything_goes_back(&self, donation: &str) {
        let token = self.administrator().await;
        let path = format!("{}/api/admin/donations/{donation}/refund", self.server.url);
        let refund = reqwest::Client::new().post(path).bearer_auth(token).json(&json!({ "reason": "The donor asked" }));
        let answer = refund.send().await.unwrap();
        assert_eq!(answer.status(), 201);
        let refund: Value = answer.json().await.unwrap();
        assert_eq!((&refund["status"], &refund["amount"]), (&"succeeded".into(), &5000.into()));
    }

    /// Made at the command line, and signed in.
    async fn administrator(&self) -> String {
        let folder = tempfile::tempdir().unwrap();
        let mut command = program(folder.path(), &[("DATABASE_URL", self.database.url())]);
        command.args(["admin", "create", "--email", "aiman@charity.kz", "--name", "Aiman"]);
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(PASSWORD.as_bytes()).await.unwrap();
        assert!(child.wait().await.unwrap().success());
        let credentials = json!({ "email": "aiman@charity.kz", "password": PASSWORD });
        let (status, session) = self.server.post("/api/auth/login", credentials).await.unwrap();
        assert_eq!(status, 200, "{session}");
        session["token"].as_str().unwrap().to_owned()
    }
}

/// What the code on the document says, read by a decoder from what a PDF reader draws; neither shares anything with the writer.
fn code_of(document: Vec<u8>) -> String {
    let pdf = Pdf::new(document).unwrap();
    let settings = PixmapSettings { x_scale: 3.0, y_scale: 3.0, ..PixmapSettings::default() };
    let page = &pdf.pages()[0];
    let dots = hayro::render(page, &RenderCache::new(), &Default::default(), &RenderSettings::default(), &settings);
    let (width, rgba) = (usize::from(dots.width()), dots.data_as_u8_slice());
    // Dark or light is all that a code is made of: green tells it.
    let shade = |x: usize, y: usize| rgba[(y * width + x) * 4 + 1];
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, dots.height().into(), shade);
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1, "one code on the document");
    grids[0].decode().unwrap().1
}
