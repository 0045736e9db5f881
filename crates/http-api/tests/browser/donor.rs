//! A browser, and what a person does in it.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use diesel_store::testing::TestDatabase;
use tempfile::TempDir;
use thirtyfour::prelude::*;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use crate::server::{PATIENCE, ServerProcess};

/// The sandbox, and a browser in front of it.
pub struct Donor {
    pub server: ServerProcess,
    pub browser: WebDriver,
    /// Where the browser saves files.
    pub downloads: TempDir,
    name: String,
    shots: u32,
    _driver: Child,
    pub database: TestDatabase,
}

/// What a person types into the card form.
pub struct Card {
    pub pan: &'static str,
    pub cvc: &'static str,
}

pub const PAYS: Card = Card { pan: "5555 5555 5555 5599", cvc: "123" };
pub const PAYS_AFTER_3DS: Card = Card { pan: "4111 1111 1111 1111", cvc: "123" };
pub const OVER_THE_LIMIT: Card = Card { pan: "4444 4444 4444 6666", cvc: "123" };
pub const NO_MONEY: Card = Card { pan: "4444 4444 1111 1111", cvc: "123" };
pub const GUIDE_PAYS: Card = Card { pan: "4242 4242 4242 4242", cvc: "999" };
pub const GUIDE_DECLINED: Card = Card { pan: "4000 0000 0000 0002", cvc: "999" };

/// Whether the browser runs scripts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scripts {
    Run,
    DoNotRun,
}

impl Donor {
    /// Starts everything; `name` is the screenshots'.
    pub async fn start(name: &str, database: TestDatabase) -> Self {
        Self::with(name, database, &[], Scripts::Run).await
    }

    /// The same, with these settings.
    pub async fn start_with(name: &str, database: TestDatabase, settings: &[(&str, &str)]) -> Self {
        Self::with(name, database, settings, Scripts::Run).await
    }

    /// The same, in a browser that runs no scripts.
    pub async fn without_scripts(name: &str, database: TestDatabase) -> Self {
        Self::with(name, database, &[], Scripts::DoNotRun).await
    }

    async fn with(name: &str, database: TestDatabase, settings: &[(&str, &str)], scripts: Scripts) -> Self {
        let settings = [settings, &[("DATABASE_URL", database.url())]].concat();
        let server = ServerProcess::start(&settings, &["serve", "--sandbox", "--sandbox-port", "0"]).await;
        let (driver, url) = start_driver().await;
        let downloads = tempfile::tempdir().unwrap();
        let browser = WebDriver::new(url, capabilities(&downloads, scripts)).await.unwrap();
        Self { server, browser, downloads, name: name.to_owned(), shots: 0, _driver: driver, database }
    }

    /// Fills the donate page in and sends it: the browser is then on the checkout. The donation's id.
    pub async fn donates(&mut self) -> String {
        self.opens("/campaigns/trees?lang=ru").await;
        self.shot("donate").await;
        self.types("donor_name", "Айгүл Қасымова").await;
        self.types("donor_email", "aigul@example.com").await;
        self.browser.find(By::Css("#submit")).await.unwrap().click().await.unwrap();
        self.sees("#card-form").await;
        self.donation_of_the_checkout().await
    }

    /// Opens one of our pages.
    pub async fn opens(&self, path: &str) {
        self.browser.goto(format!("{}{path}", self.server.url)).await.unwrap();
    }

    /// The twin knows which donation its page is about.
    pub async fn donation_of_the_checkout(&self) -> String {
        let page = self.browser.current_url().await.unwrap();
        let order = page.path_segments().unwrap().next_back().unwrap().to_owned();
        let orders = self.orders_of_the_twin().await;
        let order = orders.iter().find(|known| known["id"] == order.as_str()).unwrap();
        order["external_id"].as_str().unwrap().to_owned()
    }

    /// How many orders the twin knows. The browser has to be on its page.
    pub async fn orders(&self) -> usize {
        self.orders_of_the_twin().await.len()
    }

    async fn orders_of_the_twin(&self) -> Vec<serde_json::Value> {
        let page = self.browser.current_url().await.unwrap();
        let url = format!("{}/_simulator/state", page.origin().ascii_serialization());
        let state: serde_json::Value = reqwest::get(url).await.unwrap().json().await.unwrap();
        state["orders"].as_array().unwrap().clone()
    }

    /// Pays on the checkout.
    pub async fn pays_with(&mut self, card: &Card) {
        self.types("pan", card.pan).await;
        self.types("exp", "12/26").await;
        self.types("cvc", card.cvc).await;
        self.types("holder", "AIGUL").await;
        self.shot("card").await;
        self.clicks("#pay").await;
    }

    /// Answers the bank's question.
    pub async fn confirms_with(&mut self, password: &str) {
        self.sees("#three-ds-form").await;
        self.types("password", password).await;
        self.shot("3ds").await;
        self.clicks("#confirm").await;
    }

    /// What the checkout says of the payment.
    pub async fn result(&mut self) -> String {
        let result = self.sees("#result").await;
        self.shot("result").await;
        result.attr("data-result").await.unwrap().unwrap()
    }

    /// Is back on our page, which shows this status.
    pub async fn comes_back_to(&mut self, status: &str) {
        self.sees(&format!("[data-status='{status}']")).await;
        self.shot(status).await;
        let address = self.browser.current_url().await.unwrap();
        let port = self.server.url.rsplit(':').next().unwrap().parse().ok();
        assert!(address.port() == port && address.path().starts_with("/donations/"), "{address}");
    }

    pub async fn clicks(&self, css: &str) {
        self.sees(css).await.click().await.unwrap();
    }

    /// Waits for an element.
    pub async fn sees(&self, css: &str) -> WebElement {
        let found = self.browser.query(By::Css(css)).wait(PATIENCE, Duration::from_millis(50)).first().await;
        match found {
            Ok(element) => element,
            Err(error) => {
                let page = self.browser.source().await.unwrap_or_default();
                panic!("{css} is not on {}: {error}\n{page}", self.browser.current_url().await.unwrap())
            }
        }
    }

    pub async fn types(&self, field: &str, text: &str) {
        let field = self.sees(&format!("[name='{field}']")).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    pub async fn shot(&mut self, what: &str) {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("../screenshots");
        std::fs::create_dir_all(&folder).unwrap();
        self.shots += 1;
        let path = folder.join(format!("{}-{:02}-{what}.png", self.name, self.shots));
        self.browser.screenshot(&path).await.unwrap();
    }

    /// Closes the browser. A test that fails before leaves that to `kill_on_drop`.
    pub async fn leaves(self) {
        self.browser.quit().await.unwrap();
    }
}

async fn start_driver() -> (Child, String) {
    let mut command = Command::new("/usr/bin/chromedriver");
    let mut driver = command.arg("--port=0").stdout(Stdio::piped()).kill_on_drop(true).spawn().unwrap();
    let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
    let started = async {
        while let Some(line) = lines.next_line().await.unwrap() {
            if let Some((_, port)) = line.split_once("started successfully on port ") {
                return port.trim_end_matches('.').to_owned();
            }
        }
        panic!("chromedriver ended at once")
    };
    let port = tokio::time::timeout(PATIENCE, started).await.unwrap();
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    (driver, format!("http://127.0.0.1:{port}"))
}

fn capabilities(downloads: &TempDir, scripts: Scripts) -> thirtyfour::ChromeCapabilities {
    let mut chrome = DesiredCapabilities::chrome();
    chrome.set_binary("/usr/bin/chromium").unwrap();
    let content = "profile.managed_default_content_settings.javascript";
    let allowed = if scripts == Scripts::Run { 1 } else { 2 };
    let preferences = serde_json::json!({ "download.default_directory": downloads.path(), content: allowed });
    chrome.add_experimental_option("prefs", preferences).unwrap();
    for argument in [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=390,844",
    ] {
        chrome.add_arg(argument).unwrap();
    }
    chrome
}
