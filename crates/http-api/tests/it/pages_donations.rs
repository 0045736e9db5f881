//! Donors who are signed in give, pay, and see what is theirs; and nobody else's.

use chrono::TimeDelta;
use domain::OrderId;
use domain::Tenge;
use reqwest::Method;

use crate::support::{Answer, App, Browser, Session, webhook};

on_both_databases!(
    a_donor_who_is_signed_in_gives_pays_and_has_the_certificate,
    a_failed_payment_can_be_tried_again_by_its_owner,
    what_is_anothers_is_not_there,
    a_guests_donation_is_for_whoever_knows_its_id,
    an_administrator_sees_no_more_on_these_pages_than_others,
    donations_are_listed_page_by_page,
    the_corner_says_who_is_in,
);

const ASEM: &str = "asem@example.com";

async fn given(browser: &mut Browser<'_>) -> (String, Answer) {
    let answer = browser.submit("/campaigns/trees?lang=en", "/donate", &[("amount", "5000")]).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let mine = browser.get("/my-donations").await.page(200);
    (mine.split("/donations/").nth(1).unwrap()[..36].to_owned(), answer)
}

/// The order that the donation waits for.
async fn order_of(app: &App, id: &str) -> OrderId {
    app.kept(id).await.current_attempt().unwrap().order_id.clone().unwrap()
}

/// Ioka reports the payment of the donation's order.
async fn captured(app: &App, id: &str) {
    let order = order_of(app, id).await;
    app.gateway.pay(&order, Tenge::new(5000)).unwrap();
    app.ioka(&webhook::captured(id, order.as_str(), 5000)).await.expect(200);
}

async fn a_donor_who_is_signed_in_gives_pays_and_has_the_certificate(app: App) {
    let mut browser = Browser::of(&app, ASEM).await;
    let form = browser.get("/campaigns/trees?lang=en").await.page(200);
    assert!(form.contains("You are donating as Асем Ким, asem@example.com."), "{form}");
    assert!(!form.contains("name=\"donor_name\"") && !form.contains("name=\"donor_email\""));
    let (id, answer) = given(&mut browser).await;
    assert!(answer.header("location").unwrap().contains("checkout"), "{answer:?}");
    let kept = app.kept(&id).await;
    assert!(kept.donor.account.is_some());
    assert_eq!((kept.donor.name.as_str(), kept.donor.email.as_str()), ("Асем Ким", ASEM));
    // Neither over the guests' API nor for whoever knows the id.
    app.get(&format!("/api/guest-donations/{id}")).await.problem(404, "not_found");

    let path = format!("/donations/{id}");
    let page = browser.get(&format!("{path}?lang=en&result=success")).await.page(200);
    assert!(page.contains("data-status=\"awaiting_payment\""));
    assert_eq!(browser.get(&format!("{path}/certificate.pdf")).await.status, 404);
    captured(&app, &id).await;
    let page = browser.get(&format!("{path}?lang=en")).await.page(200);
    assert!(page.contains(&format!("href=\"{path}/certificate.pdf?lang=en\"")), "{page}");
    let pdf = browser.get(&format!("{path}/certificate.pdf?lang=en")).await;
    assert_eq!((pdf.status, pdf.header("content-type")), (200, Some("application/pdf")));
    assert!(pdf.body.starts_with(b"%PDF-"));
    assert_eq!(pdf.header("cache-control"), Some("no-store"));
    let mine = browser.get("/my-donations?lang=en").await.page(200);
    assert!(mine.contains(">Paid<") && mine.contains(&format!("{path}/certificate.pdf?lang=en")), "{mine}");
    let timeline = domain::ports::DonationStore::timeline(app.store(), kept.id).await.unwrap();
    let account = kept.donor.account.unwrap();
    let by_account = domain::donation::Actor::Account(account);
    assert!(timeline[..2].iter().all(|entry| entry.cause.actor == by_account), "{timeline:?}");
}

async fn a_failed_payment_can_be_tried_again_by_its_owner(app: App) {
    let mut browser = Browser::of(&app, ASEM).await;
    let (id, first) = given(&mut browser).await;
    let order = order_of(&app, &id).await;
    app.ioka(&webhook::declined(&id, order.as_str(), ("pay_1", "insufficientFunds"))).await.expect(200);
    let path = format!("/donations/{id}");
    let page = browser.get(&format!("{path}?lang=en")).await.page(200);
    assert!(page.contains("data-status=\"failed\""), "{page}");
    let pay = format!("{path}/pay");
    let again = browser.submit(&format!("{path}?lang=en"), &pay, &[]).await;
    assert_eq!(again.status, 303);
    assert!(again.header("location").unwrap().contains("checkout"), "{again:?} after {first:?}");
    browser.get(&pay).await;
}

async fn what_is_anothers_is_not_there(app: App) {
    let mut owner = Browser::of(&app, ASEM).await;
    let (id, _) = given(&mut owner).await;
    captured(&app, &id).await;
    let (unpaid, _) = given(&mut owner).await;
    let orders = app.gateway.orders().len();
    let unknown = "0193f2c4-0000-7000-8000-00000000ffff";
    let mut other = Browser::of(&app, "oleg@example.com").await;
    let csrf = other.csrf().await;
    let mut nobody = Browser::new(&app);
    for browser in [&mut other, &mut nobody] {
        for rest in ["", "/certificate.pdf", "/pay"] {
            for method in [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::DELETE] {
                let mut answers = Vec::new();
                for id in [&*id, &*unpaid, unknown] {
                    let path = format!("/donations/{id}{rest}?lang=en");
                    let call = app.call(method.clone(), &path).header("sec-fetch-site", "same-origin");
                    let call = call.header("content-type", "application/x-www-form-urlencoded");
                    let answer = browser.send(call.bytes(format!("csrf={csrf}"))).await;
                    assert!([303, 404, 405].contains(&answer.status), "{method} {path}: {answer:?}");
                    let location = answer.header("location").unwrap_or_default().replace(id, "…");
                    answers.push((answer.status, location, answer.text().replace(id, "…")));
                }
                answers.dedup();
                assert_eq!(answers.len(), 1, "{method} {rest}: {answers:?}");
            }
        }
        assert!(!browser.get("/my-donations").await.text().contains(&id));
    }
    assert_eq!(app.gateway.orders().len(), orders);
    let page = nobody.get(&format!("/donations/{id}?lang=en")).await.page(404);
    assert!(page.contains("id=\"sign-in-here\"") && !page.contains("Асем"), "{page}");
    let page = other.get(&format!("/donations/{id}?lang=en")).await.page(404);
    assert!(!page.contains("sign-in-here") && page.contains("id=\"sign-out\""), "{page}");
}

async fn a_guests_donation_is_for_whoever_knows_its_id(app: App) {
    let (id, _) = app.completed().await;
    let mut signed_in = Browser::of(&app, ASEM).await;
    for browser in [&mut signed_in, &mut Browser::new(&app)] {
        browser.get(&format!("/donations/{id}")).await.page(200);
        assert_eq!(browser.get(&format!("/donations/{id}/certificate.pdf")).await.status, 200);
    }
    let guest = app.guest_donation().await;
    let page = format!("/donations/{guest}?lang=en");
    let paid = signed_in.submit(&page, &format!("/donations/{guest}/pay"), &[]).await;
    assert!(paid.header("location").unwrap().contains("checkout"));
    assert!(app.kept(&guest).await.donor.account.is_none(), "paying for somebody makes it nobody else's");
}

async fn an_administrator_sees_no_more_on_these_pages_than_others(app: App) {
    app.admin().await;
    let mut owner = Browser::of(&app, ASEM).await;
    let (id, _) = given(&mut owner).await;
    let mut admin = Browser::new(&app);
    let right = [("email", "admin@charity.kz"), ("password", "correct horse")];
    admin.submit("/sign-in?lang=en", "/sign-in", &right).await.leads_to("/admin?lang=en");
    admin.get(&format!("/donations/{id}")).await.page(404);
    assert!(!admin.get("/my-donations").await.page(200).contains(&id));
}

async fn donations_are_listed_page_by_page(app: App) {
    let mut browser = Browser::of(&app, ASEM).await;
    let api = Session::of(&app.log_in(ASEM, "correct horse").await.expect(200));
    let mut ids = Vec::new();
    for number in 0..45 {
        ids.push(app.donation_of(&api, 500 + number * 500).await);
    }
    ids.reverse();
    let mut seen = Vec::new();
    let mut next = Some("/my-donations?lang=en".to_owned());
    while let Some(path) = next {
        let page = browser.get(&path).await.page(200);
        assert_eq!(page.contains("id=\"newest\""), !seen.is_empty());
        let items = page.split("class=\"gift-head\"").skip(1);
        seen.extend(items.map(|item| item.split("/donations/").nth(1).unwrap()[..36].to_owned()));
        // Whatever is given meanwhile does not move the pages.
        app.clock.advance(TimeDelta::seconds(1));
        app.donation_of(&api, 500).await;
        let older = page.split("id=\"older\" rel=\"next\" href=\"").nth(1);
        next = older.map(|rest| rest.split('"').next().unwrap().replace("&#38;", "&"));
    }
    assert_eq!(seen, ids);
    for odd in ["x", "1.x", "-1.0193f2c4-0000-7000-8000-00000000ffff", "99999999999999999999.0", ""] {
        browser.get(&format!("/my-donations?after={odd}")).await.page(200);
    }
}

async fn the_corner_says_who_is_in(app: App) {
    let mut browser = Browser::of(&app, ASEM).await;
    let mut nobody = Browser::new(&app);
    let id = app.guest_donation().await;
    for path in ["/campaigns/trees?lang=en", &format!("/donations/{id}?lang=en")] {
        let page = browser.get(path).await.page(200);
        assert!(page.contains("id=\"my-donations\"") && page.contains("id=\"sign-out\""), "{page}");
        let page = nobody.get(path).await.page(200);
        assert!(page.contains("id=\"sign-in\"") && !page.contains("sign-out"), "{page}");
        assert_eq!(nobody.get(path).await.header("cache-control"), Some("no-store"));
    }
    let account = browser.get("/account").await;
    let policy = account.header("content-security-policy").unwrap();
    assert!(policy.contains("form-action 'self';") && policy.contains("frame-ancestors 'none'"), "{policy}");
}
