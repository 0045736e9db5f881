//! `serve --sandbox`: server and twin in one process.

use reqwest::redirect::Policy;

use crate::server::ServerProcess;

#[tokio::test]
async fn a_test_card_on_the_twins_page_completes_the_donation() {
    let mut server = ServerProcess::start(&[], &["serve", "--sandbox", "--sandbox-port", "0"]).await;
    let donation = server.donate().await;
    let (status, started) = server.pay(&donation).await;
    assert_eq!((status, started["status"].as_str()), (200, Some("awaiting_payment")), "{started}");

    let browser = reqwest::Client::builder().redirect(Policy::limited(5)).build().unwrap();
    let page = browser.get(started["checkout_url"].as_str().unwrap()).send().await.unwrap();
    let action = page.url().clone();
    assert!(page.text().await.unwrap().contains("id=\"pan\""));
    let card = [("pan", "5555555555555599"), ("exp", "12/26"), ("cvc", "123"), ("holder", "AIGUL")];
    let form: String = card.iter().map(|(name, value)| format!("{name}={}&", value.replace('/', "%2F"))).collect();
    let request = browser.post(action).header("content-type", "application/x-www-form-urlencoded").body(form);
    let paid = request.send().await.unwrap();
    assert!(paid.status().is_success(), "{}", paid.status());

    let completed = server.wait_for(&donation, "completed").await;
    assert_eq!(completed["test_mode"], false, "the fake gateway had no part in it");
    assert!(completed["certificate"]["number"].as_str().unwrap().starts_with("TREE-"));
    assert_eq!(server.terminate().await.code(), Some(0));
}

#[tokio::test]
async fn there_is_no_sandbox_in_production() {
    let folder = tempfile::tempdir().unwrap();
    let secret = "5f2b8d1c9e7a4063b1d8f0e2c4a69753";
    let settings = [
        ("APP_ENV", "production"),
        ("IOKA_ENABLED", "true"),
        ("IOKA_API_KEY", secret),
        ("IOKA_WEBHOOK_SECRET", secret),
        ("JWT_SECRET", secret),
    ];
    let output = crate::server::program(folder.path(), &settings).args(["serve", "--sandbox"]).output().await.unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("--sandbox: not in production"));
}
