//! The whole life of an account through the pages' forms, without JavaScript.

use chrono::TimeDelta;
use serde_json::json;

use crate::support::{App, Browser};

on_both_databases!(
    an_account_lives_through_forms_alone,
    what_was_typed_stays_but_for_passwords,
    nobody_learns_by_signing_in_or_forgetting_who_has_an_account,
    a_link_that_is_opened_changes_nothing,
    a_link_that_is_over_says_so_and_keeps_the_form,
    the_mail_to_confirm_can_be_sent_again,
    guests_donations_appear_once_the_address_is_proved,
    an_account_is_deleted_only_with_its_password,
    the_pages_speak_three_languages,
);

const ASEM: &str = "asem@example.com";

async fn an_account_lives_through_forms_alone(app: App) {
    let mut browser = Browser::new(&app);
    browser.get("/my-donations?lang=en").await.leads_to("/sign-in?lang=en&next=%2Fmy-donations");
    assert!(browser.get("/?lang=en").await.text().contains("id=\"sign-in\""));
    let mut browser = Browser::of(&app, ASEM).await;
    let mine = browser.get("/my-donations?lang=en").await.page(200);
    assert!(mine.contains("You have not donated yet") && mine.contains("id=\"unconfirmed\""), "{mine}");

    app.work_off().await;
    let link = format!("/confirm-email?lang=en&token={}", app.link(ASEM, "confirm-email"));
    let confirmed = browser.submit(&link, "/confirm-email", &[]).await;
    confirmed.leads_to("/my-donations?lang=en&notice=confirmed");
    assert!(!browser.get("/my-donations").await.page(200).contains("id=\"unconfirmed\""));

    browser.submit("/account?lang=en", "/sign-out", &[]).await.leads_to("/?lang=en");
    assert!(browser.cookie.is_none() && !browser.is_in().await);
    let sign_in = "/sign-in?lang=en&next=%2Faccount";
    let wrong = browser.submit(sign_in, "/sign-in", &[("email", ASEM), ("password", "wrong horse")]).await;
    assert!(wrong.page(422).contains("The address or the password is wrong."));
    let right = [("email", ASEM), ("password", "correct horse")];
    browser.submit(sign_in, "/sign-in", &right).await.leads_to("/account?lang=en");
    assert!(browser.is_in().await);

    app.clock.advance(TimeDelta::minutes(2));
    browser.submit("/forgot-password?lang=en", "/forgot-password", &[("email", ASEM)]).await.page(200);
    app.work_off().await;
    let link = format!("/reset-password?lang=en&token={}", app.link(ASEM, "reset-password"));
    let reset = browser.submit(&link, "/reset-password", &[("password", "another horse")]).await;
    reset.leads_to("/sign-in?lang=en&notice=password");
    assert!(!browser.is_in().await);
    assert!(browser.submit("/sign-in", "/sign-in", &right).await.status == 422);
    let right = [("email", ASEM), ("password", "another horse")];
    browser.submit("/sign-in?lang=en", "/sign-in", &right).await.leads_to("/my-donations?lang=en");

    let deleted = browser.submit("/account?lang=en", "/account/delete", &[("password", "another horse")]).await;
    assert!(deleted.page(200).contains("Your account is deleted"));
    assert!(browser.cookie.is_none());
    assert!(browser.submit("/sign-in", "/sign-in", &right).await.status == 422);
}

async fn what_was_typed_stays_but_for_passwords(app: App) {
    let mut browser = Browser::new(&app);
    let name = "<img src=x onerror=alert(1)>";
    let fields = [("name", name), ("email", "asem@"), ("password", "secretly")];
    let page = browser.submit("/sign-up?lang=en&next=%2Faccount", "/sign-up", &fields).await.page(422);
    for text in [
        "value=\"&#60;img src=x onerror=alert(1)&#62;\"",
        "value=\"asem@\"",
        "id=\"email-error\"",
        "id=\"password-error\"",
        "At least 10 characters",
        "name=\"next\" value=\"/account\"",
        "<title>Error: ",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
    assert!(
        !page.contains("secretly") && !page.contains("<img src=x") && !page.contains("id=\"name-error\""),
        "{page}"
    );
    let page = browser.post("/sign-up?lang=en", &[]).await.page(422);
    for field in ["name", "email", "password"] {
        assert!(page.contains(&format!("id=\"{field}-error\"")), "{page}");
    }
    let page = browser.post("/sign-in?lang=en", &[("email", ASEM), ("password", "secretly")]).await.page(422);
    assert!(page.contains("value=\"asem@example.com\"") && !page.contains("secretly"));

    // A name that is taken over later is text everywhere.
    let fields = [("name", name), ("email", ASEM), ("password", "correct horse")];
    browser.post("/sign-up?lang=en", &fields).await.leads_to("/my-donations?lang=en");
    for path in ["/account", "/my-donations", "/"] {
        let page = browser.get(path).await.page(200);
        assert!(!page.contains("<img src=x"), "{page}");
    }
    assert!(browser.get("/account").await.text().contains("&#60;img src=x"));
    let mut other = Browser::new(&app);
    let page = other.post("/sign-up?lang=en", &fields).await.page(422);
    assert!(page.contains("There is an account with this address already."), "{page}");
}

async fn nobody_learns_by_signing_in_or_forgetting_who_has_an_account(app: App) {
    Browser::of(&app, ASEM).await;
    for (path, status) in [("/sign-in?lang=en", 422), ("/forgot-password?lang=en", 200)] {
        let mut answers = Vec::new();
        for email in [ASEM, "nobody@example.com", "ASEM@example.com"] {
            let answer = Browser::new(&app).post(path, &[("email", email), ("password", "wrong horse")]).await;
            assert!(answer.every("set-cookie").is_empty());
            answers.push(answer.page(status).replace(email, "…"));
        }
        answers.dedup();
        assert_eq!(answers.len(), 1, "{answers:?}");
    }
}

/// Mail programs open links by themselves, and so do those who look for harm in them.
async fn a_link_that_is_opened_changes_nothing(app: App) {
    let mut browser = Browser::of(&app, ASEM).await;
    app.clock.advance(TimeDelta::minutes(2));
    browser.post("/forgot-password", &[("email", ASEM)]).await.page(200);
    app.work_off().await;
    for page in ["confirm-email", "reset-password"] {
        let token = app.link(ASEM, page);
        for _ in 0..2 {
            let answer = Browser::new(&app).get(&format!("/{page}?token={token}&lang=en")).await;
            assert!(answer.page(200).contains(&format!("name=\"token\" value=\"{token}\"")));
            assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
        }
        app.call(reqwest::Method::HEAD, &format!("/{page}?token={token}")).await;
    }
    assert!(browser.get("/account?lang=en").await.page(200).contains("Not confirmed yet"));
}

async fn a_link_that_is_over_says_so_and_keeps_the_form(app: App) {
    let mut browser = Browser::new(&app);
    let fields = [("token", "<script>"), ("password", "another horse")];
    let page = browser.post("/reset-password?lang=en", &fields).await.page(422);
    assert!(page.contains("This link has been used or is too old.") && !page.contains("<script"), "{page}");
    assert!(!page.contains("another horse"));
    let page = browser.post("/confirm-email?lang=en", &[("token", "0")]).await.page(422);
    assert!(page.contains("This link has been used or is too old."), "{page}");
    browser.post("/confirm-email", &[]).await.page(422);
    let page = browser.post("/reset-password?lang=en", &[("token", "0"), ("password", "short")]).await.page(422);
    assert!(page.contains("id=\"password-error\"") && page.contains("name=\"token\" value=\"0\""), "{page}");
}

async fn the_mail_to_confirm_can_be_sent_again(app: App) {
    let mut browser = Browser::of(&app, ASEM).await;
    app.work_off().await;
    let mails = async || {
        app.work_off().await;
        app.mailbox.mails().len()
    };
    assert_eq!(mails().await, 1);
    app.clock.advance(TimeDelta::minutes(2));
    for _ in 0..3 {
        let asked = browser.submit("/account?lang=en", "/account/confirm-again", &[]).await;
        asked.leads_to("/account?lang=en&notice=mail");
    }
    assert!(browser.get("/account?lang=en&notice=mail").await.page(200).contains("The mail is on its way."));
    assert_eq!(mails().await, 2, "one a minute");
    app.confirm(ASEM).await;
    app.clock.advance(TimeDelta::minutes(2));
    assert!(!browser.get("/account").await.page(200).contains("confirm-again"));
    let csrf = browser.csrf().await;
    browser.post("/account/confirm-again?lang=en", &[("csrf", &csrf)]).await.leads_to("/account?lang=en&notice=mail");
    assert_eq!(mails().await, 2, "a proved address is not asked about again");
}

async fn guests_donations_appear_once_the_address_is_proved(app: App) {
    let id = app.guest_donation_of(ASEM).await;
    let mut browser = Browser::of(&app, ASEM).await;
    let path = format!("/donations/{id}");
    assert!(!browser.get("/my-donations").await.page(200).contains(&path), "not proved yet");
    Browser::new(&app).get(&path).await.page(200);
    app.work_off().await;
    let link = format!("/confirm-email?token={}", app.link(ASEM, "confirm-email"));
    Browser::new(&app).submit(&link, "/confirm-email", &[]).await;
    assert!(browser.get("/my-donations").await.page(200).contains(&path));
    browser.get(&path).await.page(200);
    let page = Browser::new(&app).get(&format!("{path}?lang=en")).await.page(404);
    assert!(page.contains(&format!("/sign-in?lang=en&#38;next=%2Fdonations%2F{id}")), "{page}");
}

async fn an_account_is_deleted_only_with_its_password(app: App) {
    let mut browser = Browser::of(&app, ASEM).await;
    for password in ["", "wrong horse"] {
        let page = browser.submit("/account?lang=en", "/account/delete", &[("password", password)]).await.page(422);
        assert!(page.contains("id=\"password-error\"") && !page.contains("wrong horse"), "{page}");
        assert!(browser.is_in().await);
    }
    assert_eq!(app.log_in(ASEM, "correct horse").await.status, 200);
    browser.submit("/account", "/account/delete", &[("password", "correct horse")]).await.page(200);
    app.log_in(ASEM, "correct horse").await.problem(401, "invalid_credentials");
    browser.get("/account?lang=en").await.leads_to("/sign-in?lang=en&next=%2Faccount");
}

async fn the_pages_speak_three_languages(app: App) {
    let mut browser = Browser::of(&app, ASEM).await;
    let session = app.register("oleg@example.com").await;
    app.post("/api/donations").bearer(&session.token).json(&json!({"amount": 5000})).await.expect(201);
    for lang in ["kk", "ru", "en"] {
        let mut seen = Vec::new();
        for path in ["/my-donations", "/account"] {
            seen.push(browser.get(&format!("{path}?lang={lang}")).await.page(200));
        }
        for path in ["/sign-in", "/sign-up", "/forgot-password", "/reset-password", "/confirm-email"] {
            seen.push(Browser::new(&app).get(&format!("{path}?lang={lang}")).await.page(200));
        }
        for page in seen {
            assert!(page.contains(&format!("<html lang=\"{lang}\">")));
            for other in ["kk", "ru", "en"] {
                assert!(page.contains(&format!("hreflang=\"{other}\"")));
            }
            assert!(!page.contains("<script") && !page.contains("page-") && !page.contains("-heading<"), "{page}");
        }
    }
}
