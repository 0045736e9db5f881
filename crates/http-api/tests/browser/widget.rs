//! The widget, on a page of another origin that allows scripts and calls of the API and nothing else.

use std::net::TcpListener;
use std::time::Duration;

use actix_web::{App, HttpResponse, HttpServer, web};
use diesel_store::testing::TestDatabase;
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::checkout::on_both_databases;
use crate::donor::{self, PAYS};
use crate::server::PATIENCE;

/// A visitor of somebody else's page.
struct Donor {
    person: donor::Donor,
    page: String,
}

on_both_databases!(a_donation_on_another_sites_page, a_server_that_is_not_reached_and_a_donor_who_tries_again);

impl Donor {
    /// The page's port is taken first, because the server has to know whose pages may call it.
    async fn start(name: &str, database: TestDatabase) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let page = format!("http://{}", listener.local_addr().unwrap());
        let person = donor::Donor::start_with(&format!("widget-{name}"), database, &[("CORS_ORIGINS", &page)]).await;
        serve(listener, &person.server.url);
        let donor = Self { person, page };
        donor.person.browser.goto(&donor.page).await.unwrap();
        donor.sees("#amount").await;
        donor
    }

    /// Waits for an element inside the widget.
    async fn sees(&self, css: &str) -> WebElement {
        let find = "return document.querySelector('donate-widget').shadowRoot?.querySelector(arguments[0])";
        let found = async {
            let mut pause = tokio::time::interval(Duration::from_millis(50));
            loop {
                pause.tick().await;
                let answer = self.person.browser.execute(find, vec![json!(css)]).await.unwrap();
                if let Ok(element) = answer.element() {
                    return element;
                }
            }
        };
        tokio::time::timeout(PATIENCE, found).await.unwrap_or_else(|_| panic!("{css} is not in the widget"))
    }

    async fn types(&self, css: &str, text: &str) {
        let field = self.sees(css).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    async fn value(&self, css: &str) -> String {
        self.sees(css).await.prop("value").await.unwrap().unwrap()
    }

    async fn text(&self, css: &str) -> String {
        self.sees(css).await.text().await.unwrap()
    }

    async fn submits(&self) {
        self.sees("#submit").await.click().await.unwrap();
    }

    /// What a script in the page answers.
    async fn runs(&self, script: &str) -> Value {
        self.person.browser.execute(script, vec![]).await.unwrap().json().clone()
    }
}

/// A page with the widget in it, as anybody may write it.
fn serve(listener: TcpListener, api: &str) {
    let policy = format!("default-src 'none'; script-src {api}; connect-src {api}");
    let html = format!(
        "<!doctype html><html lang=\"ru\"><title>A school's page</title><h1>A school's page</h1>\
         <donate-widget campaign=\"trees\" lang=\"ru\"><a href=\"{api}/\">Помочь</a></donate-widget>\
         <script src=\"{api}/widget.js\" async></script>"
    );
    let page = move || {
        let answer = (policy.clone(), html.clone());
        App::new().default_service(web::to(move || {
            let (policy, html) = answer.clone();
            async move {
                HttpResponse::Ok()
                    .insert_header(("Content-Security-Policy", policy))
                    .content_type("text/html; charset=utf-8")
                    .body(html)
            }
        }))
    };
    tokio::spawn(HttpServer::new(page).workers(1).disable_signals().listen(listener).unwrap().run());
}

async fn a_donation_on_another_sites_page(name: &str, database: TestDatabase) {
    let mut donor = Donor::start(name, database).await;
    donor.types("#trees", "12").await;
    assert_eq!(donor.value("#amount").await, "6000");
    donor.types("#amount", "5250").await;
    assert_eq!(donor.value("#trees").await, "10");
    donor.person.shot("widget").await;

    donor.submits().await;
    donor.sees("#donor_name[aria-invalid]").await;
    donor.types("#donor_name", "Айгүл 鼋").await;
    donor.types("#donor_email", "aigul@example.com").await;
    donor.submits().await;
    // Only the server knows which letters a certificate can show.
    donor.sees("#donor_email:not([aria-invalid])").await;
    donor.sees("#donor_name[aria-invalid]").await;
    let error = donor.text("#donor_name-error:not([hidden])").await;
    assert!(error.contains('鼋') && error.contains("сертификат"), "{error}");
    donor.person.shot("wrong").await;

    donor.types("#donor_name", "Айгүл Қасымова").await;
    let origin = donor.person.server.url.clone();
    let loaded = donor.runs("return performance.getEntriesByType('resource').map((entry) => entry.name)").await;
    let loaded: Vec<_> = loaded.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect();
    assert!(loaded.len() >= 3 && loaded.iter().all(|name| name.starts_with(&origin)), "{loaded:?}");
    assert_eq!(donor.runs("return document.cookie").await, "");

    donor.submits().await;
    donor.person.sees("#card-form").await;
    let donation = donor.person.donation_of_the_checkout().await;
    donor.person.pays_with(&PAYS).await;
    assert_eq!(donor.person.result().await, "success");
    donor.person.comes_back_to("completed").await;
    let completed = donor.person.server.wait_for(&donation, "completed").await;
    assert_eq!((&completed["amount"], &completed["trees"]), (&json!(5250), &json!(10)));
    assert_eq!(completed["language"], "ru");
    donor.person.leaves().await;
}

/// The first answer is lost on its way back; the repeat, with the same key, finds the donation that was made.
async fn a_server_that_is_not_reached_and_a_donor_who_tries_again(name: &str, database: TestDatabase) {
    let mut donor = Donor::start(name, database).await;
    let lose = "window.keys = []; const real = window.fetch; window.fetch = async (url, init) => {
        if (!String(url).endsWith('/guest-donations')) return real(url, init);
        window.keys.push(init.headers['Idempotency-Key']);
        const answer = await real(url, init);
        window.ids = [...(window.ids || []), (await answer.clone().json()).id];
        if (window.keys.length === 1) throw new TypeError('lost');
        sessionStorage.setItem('seen', JSON.stringify([window.keys, window.ids]));
        return answer;
    };";
    donor.runs(lose).await;
    donor.types("#donor_name", "Айгүл Қасымова").await;
    donor.types("#donor_email", "aigul@example.com").await;
    donor.submits().await;
    let said = donor.text("#told.wrong:not(:empty)").await;
    assert!(said.contains("не удвоится"), "{said}");
    donor.person.shot("lost").await;
    donor.submits().await;
    donor.person.sees("#card-form").await;

    donor.person.browser.goto(&donor.page).await.unwrap();
    let seen = donor.runs("return JSON.parse(sessionStorage.getItem('seen'))").await;
    let [keys, ids] = [&seen[0], &seen[1]];
    assert!(keys[0].is_string() && keys[0] == keys[1], "{keys}");
    assert!(ids[0].is_string() && ids[0] == ids[1], "{ids}");
    donor.person.leaves().await;
}

/// On SQLite alone: it does not differ by the database.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn axe_finds_nothing_in_the_widget() {
    let mut donor = Donor::start("axe", TestDatabase::sqlite().await).await;
    for (language, theme) in [("kk", "light"), ("ru", "dark"), ("en", "light")] {
        let set = format!(
            "const widget = document.querySelector('donate-widget');
             widget.setAttribute('lang', '{language}'); widget.setAttribute('theme', '{theme}');"
        );
        donor.runs(&set).await;
        donor.sees(&format!("section[lang='{language}'] #amount")).await;
        donor.person.is_accessible(&format!("form-{language}")).await;
        donor.submits().await;
        donor.sees("#donor_email[aria-invalid]").await;
        donor.person.is_accessible(&format!("errors-{language}")).await;
    }
    donor.person.leaves().await;
}
