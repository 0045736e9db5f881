//! The administration's lists as pages: what narrows them down, the way through them, and what they show.

use chrono::TimeDelta;
use domain::Role;
use domain::ports::MailError;
use serde_json::json;

use crate::support::{App, Browser, webhook};

on_both_databases!(
    donations_are_found_by_every_filter,
    what_was_typed_stays_and_wrong_values_are_said_by_their_field,
    every_list_is_gone_through_page_by_page,
    a_dead_letter_is_seen_with_its_cause_and_tried_anew,
    a_webhook_is_shown_without_what_is_nobodys_business_and_applied_again,
    the_record_is_looked_through_by_somebody_and_by_what_they_did,
);

/// How many rows a page's table has; 0 if it says that there are none.
fn rows(page: &str) -> usize {
    page.split("<tbody>").nth(1).map_or(0, |body| body.split("</tbody>").next().unwrap().matches("<tr>").count())
}

async fn give(app: &App, (amount, name, email): (u32, &str, &str)) -> String {
    let body = json!({"amount": amount, "donor_name": name, "donor_email": email});
    app.clock.advance(TimeDelta::seconds(1));
    app.post("/api/guest-donations").json(&body).await.expect(201)["id"].as_str().unwrap().to_owned()
}

async fn donations_are_found_by_every_filter(app: App) {
    let (paid, _) = app.completed().await;
    let anna = give(&app, (700, "Анна Ким", "anna.kim@example.org")).await;
    let omar = give(&app, (90_000, "Omar", "omar@example.net")).await;
    let mut admin = Browser::operator(&app, 4, Role::Admin).await;
    for (query, expected) in [
        ("", vec![&omar, &anna, &paid]),
        ("q=&status=&campaign=&from=&to=&min_amount=&max_amount=", vec![&omar, &anna, &paid]),
        ("status=completed", vec![&paid]),
        ("q=%D0%BA%D0%B8%D0%BC", vec![&anna]),
        ("q=omar%40example.net", vec![&omar]),
        (&format!("q={paid}"), vec![&paid]),
        ("campaign=trees", vec![&omar, &anna, &paid]),
        ("min_amount=1+000", vec![&omar, &paid]),
        ("max_amount=5%C2%A0000+%E2%82%B8", vec![&anna, &paid]),
        ("from=2000-01-01&to=2001-01-01", vec![]),
        ("flagged=true", vec![]),
    ] {
        let page = admin.get(&format!("/admin/donations?lang=en&{query}")).await.page(200);
        assert_eq!(rows(&page), expected.len(), "{query}: {page}");
        let places: Vec<_> = expected.iter().map(|id| page.find(&format!("/admin/donations/{id}?lang=en"))).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{query}: {page}");
    }
    let page = admin.get("/admin/donations?lang=en&status=completed&q=%D0%B8%D0%B2%D0%B0%D0%BD").await.page(200);
    assert!(page.contains("ivan@example.com"), "whole");
    assert!(
        page.contains("/admin/export?lang=en&#38;format=csv&#38;status=completed&#38;q=%D0%B8%D0%B2%D0%B0%D0%BD"),
        "{page}"
    );
}

async fn what_was_typed_stays_and_wrong_values_are_said_by_their_field(app: App) {
    app.guest_donation().await;
    let mut admin = Browser::operator(&app, 4, Role::Admin).await;
    for (path, field, typed, said) in [
        ("donations", "status", "paid", "Choose one of the list."),
        ("donations", "campaign", "flowers", "Choose one of the list."),
        ("donations", "flagged", "perhaps", "Choose one of the list."),
        ("donations", "from", "yesterday", "Enter a day such as"),
        ("donations", "to", "2026-02-30", "Enter a day such as"),
        ("donations", "min_amount", "ten", "Enter a whole number"),
        ("donations", "max_amount", "1.5", "Enter a whole number"),
        ("jobs", "status", "lost", "Choose one of the list."),
        ("deliveries", "outcome", "lost", "Choose one of the list."),
        ("audit", "action", "lost", "Choose one of the list."),
        ("audit", "who", "nobody@example.com", "There is no account"),
        ("audit", "from", "x", "Enter a day such as"),
    ] {
        let page = admin.get(&format!("/admin/{path}?lang=en&{field}={typed}&q=kept")).await.page(422);
        let near =
            page.split(&format!("id=\"{field}-error\">")).nth(1).unwrap_or_else(|| panic!("{path} {field}: {page}"));
        assert!(near.starts_with(said), "{path} {field}: {near}");
        if !["status", "campaign", "flagged", "outcome", "action"].contains(&field) {
            assert!(page.contains(&format!("value=\"{typed}\"")), "{path} {field}");
        }
        assert!(path != "donations" || page.contains("value=\"kept\""));
        assert!(!page.contains("<tbody>"), "nothing is shown that was not asked for");
    }
}

async fn every_list_is_gone_through_page_by_page(app: App) {
    for number in 0..51 {
        give(&app, (1000 + number, "Omar", "omar@example.net")).await;
    }
    let mut admin = Browser::operator(&app, 4, Role::Admin).await;
    let first = admin.get("/admin/donations?lang=en&q=omar").await.page(200);
    assert!(rows(&first) == 50 && !first.contains("id=\"newest\""));
    let older = link(&first, "older");
    assert!(older.contains("q=omar"));
    give(&app, (9000, "Omar", "omar@example.net")).await;
    let second = admin.get(&older).await.page(200);
    assert!(
        rows(&second) == 1 && second.contains("1\u{202f}000\u{a0}₸") && !second.contains("id=\"older\""),
        "{second}"
    );
    let newest = admin.get(&link(&second, "newest")).await.page(200);
    assert!(rows(&newest) == 50 && newest.contains("9\u{202f}000\u{a0}₸"));
    for odd in [
        "x",
        "1.x",
        "-1.00000000-0000-0000-0000-000000000000",
        "99999999999999999.00000000-0000-0000-0000-000000000000",
    ] {
        assert_eq!(rows(&admin.get(&format!("/admin/donations?after={odd}")).await.page(200)), 50);
    }
    for list in ["jobs", "deliveries", "audit"] {
        admin.get(&format!("/admin/{list}?after=1.00000000-0000-0000-0000-000000000000")).await.page(200);
    }
}

fn link(page: &str, id: &str) -> String {
    let tag = page.split(&format!("<a id=\"{id}\"")).nth(1).unwrap();
    tag.split("href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&#38;", "&")
}

async fn a_dead_letter_is_seen_with_its_cause_and_tried_anew(app: App) {
    let (donation, _) = app.completed().await;
    app.mailbox.fail_next(MailError::Refused("no such mailbox".to_owned()));
    assert_eq!(app.work_off().await.parked, 1);
    let mut admin = Browser::operator(&app, 4, Role::Admin).await;
    let page = admin.get("/admin/jobs?lang=en&status=parked").await.page(200);
    assert!(rows(&page) == 1 && page.contains("no such mailbox") && page.contains(&donation), "{page}");
    let action = page.split("<form method=\"post\" action=\"/admin/jobs/").nth(1).unwrap();
    let action = format!("/admin/jobs/{}", action.split('?').next().unwrap());
    admin.submit("/admin/jobs?lang=en", &action, &[]).await.leads_to("/admin/jobs?lang=en&notice=retried");
    assert_eq!(app.work_off().await.done, 1);
    let csrf = admin.csrf().await;
    let again = admin.post(&format!("{action}?lang=en"), &[("csrf", &csrf)]).await.page(409);
    assert!(again.contains("has not been given up"));
    let story = admin.get(&format!("/admin/donations/{donation}?lang=en")).await.page(200);
    assert!(story.contains("Mail with the certificate"));
}

async fn a_webhook_is_shown_without_what_is_nobodys_business_and_applied_again(app: App) {
    let (donation, order) = app.awaiting().await;
    app.gateway.pay(&order, domain::Tenge::new(5000)).unwrap();
    // It came before anybody knew of its donation, as it seems.
    app.ioka(&webhook::captured("00000000-0000-0000-0000-000000000009", "ord_other", 5000)).await.expect(200);
    app.ioka(&webhook::captured(&donation, order.as_str(), 5000)).await.expect(200);
    let mut admin = Browser::operator(&app, 4, Role::Admin).await;
    for (outcome, notice, said, offered) in [
        ("applied", "duplicate", "It had been applied before", false),
        ("unmatched", "unmatched", "no donation of ours", true),
    ] {
        let list = admin.get(&format!("/admin/deliveries?lang=en&outcome={outcome}")).await.page(200);
        assert_eq!(rows(&list), 1);
        let id = list.split("/admin/deliveries/").nth(1).unwrap()[..36].to_owned();
        let path = format!("/admin/deliveries/{id}?lang=en");
        let page = admin.get(&path).await.page(200);
        assert!(page.contains("PAYMENT_CAPTURED") && page.contains("***"), "{page}");
        assert!(!page.contains("payer\":{\"email\":\"i") && !page.contains("holder\":\"I"));
        assert_eq!(page.contains("id=\"replay\""), offered);
        let csrf = admin.csrf().await;
        let before = app.kept(&donation).await;
        let answer = admin.post(&format!("/admin/deliveries/{id}/replay?lang=en"), &[("csrf", &csrf)]).await;
        answer.leads_to(&format!("{path}&notice={notice}"));
        assert!(admin.get(answer.header("location").unwrap()).await.page(200).contains(said));
        assert_eq!(app.kept(&donation).await, before);
    }
    let nobodys = "/admin/deliveries/00000000-0000-0000-0000-000000000007";
    for path in
        [nobodys, "/admin/deliveries/x", "/admin/donations/x", "/admin/donations/00000000-0000-0000-0000-000000000007"]
    {
        assert!(admin.get(&format!("{path}?lang=en")).await.page(404).contains("nothing of this name"));
    }
}

async fn the_record_is_looked_through_by_somebody_and_by_what_they_did(app: App) {
    let (donation, _) = app.completed().await;
    let mut admin = Browser::operator(&app, 4, Role::Admin).await;
    let mut viewer = Browser::operator(&app, 3, Role::Viewer).await;
    admin.get(&format!("/admin/donations/{donation}")).await.page(200);
    let csrf = viewer.csrf().await;
    viewer.post(&format!("/admin/donations/{donation}/sync"), &[("csrf", &csrf)]).await.page(403);

    let page = admin.get("/admin/audit?lang=en&action=donation.read").await.page(200);
    assert!(
        rows(&page) == 1
            && page.contains("admin@charity.kz")
            && page.contains(&format!("/admin/donations/{donation}?"))
    );
    let page = admin.get("/admin/audit?lang=en&who=Viewer%40charity.kz&action=donation.sync").await.page(200);
    assert!(rows(&page) == 1 && page.contains("refused") && page.contains("127.0.0.1"), "{page}");
    let by_id = admin.get("/admin/audit?lang=en&who=00000000-0000-0000-0000-000000000003&action=donation.sync").await;
    assert_eq!(rows(&by_id.page(200)), 1);
    let long_ago = admin.get("/admin/audit?lang=en&from=2000-01-01&to=2000-01-02").await.page(200);
    assert!(rows(&long_ago) == 0 && long_ago.contains("There are no such entries."));
    assert!(!app.everything_kept().contains("who=Viewer"), "an address does not get into the record");
}
