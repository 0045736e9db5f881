//! The administration's first page: what came in, what waits for a person, and how payments went.

use chrono::TimeDelta;
use domain::Role;
use serde_json::json;

use crate::support::{App, Browser, webhook};

on_both_databases!(
    what_came_in_is_seen_at_a_glance,
    charts_are_drawings_with_words_and_a_table,
    what_waits_for_a_person_leads_to_where_it_is_settled,
    where_all_is_well_nothing_waits,
    every_language_has_every_text,
    a_viewer_sees_the_same_without_buttons,
);

/// A browser in which an operator of this role has just signed in.
async fn operator(app: &App, role: Role) -> Browser<'_> {
    app.operator(70 + role as u128, role).await;
    let mut browser = Browser::new(app);
    let email = format!("{}@charity.kz", role.word());
    let fields = [("email", email.as_str()), ("password", "correct horse")];
    browser.submit("/sign-in?lang=en&next=%2Fadmin", "/sign-in", &fields).await;
    browser
}

async fn first_page(browser: &mut Browser<'_>, language: &str) -> String {
    let answer = browser.get(&format!("/admin?lang={language}")).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.text()
}

/// The part of a page between the element of this id and the end of its kind.
fn part<'a>(page: &'a str, id: &str, end: &str) -> &'a str {
    let rest = page.split_once(&format!("id=\"{id}\"")).unwrap_or_else(|| panic!("no {id} in {page}")).1;
    rest.split_once(end).unwrap().0
}

async fn what_came_in_is_seen_at_a_glance(app: App) {
    let (paid, _) = app.completed().await;
    let admin = app.admin().await;
    app.refund(&admin, &paid, &json!({"amount": 1200, "reason": "asked"})).await.expect(201);
    let (failed, order) = app.awaiting().await;
    app.ioka(&webhook::declined(&failed, order.as_str(), ("pay_1", "NOT_ENOUGH_MONEY"))).await.expect(200);
    let page = first_page(&mut operator(&app, Role::Admin).await, "en").await;
    let today = part(&page, "tile-today", "</section>");
    assert!(today.contains("3\u{202f}800\u{a0}₸") && today.contains("1 donation<"), "{today}");
    assert!(today.contains("Yesterday: 0\u{a0}₸"), "{today}");
    assert!(part(&page, "tile-conversion", "</section>").contains("50\u{a0}%"));
    let declines = part(&page, "declines", "</section>");
    assert!(declines.contains("Not enough money on the card") && declines.contains("(100 %)"), "{declines}");

    app.clock.advance(TimeDelta::days(1));
    app.completed().await;
    let page = first_page(&mut operator(&app, Role::Viewer).await, "en").await;
    let today = part(&page, "tile-today", "</section>");
    assert!(today.contains("5\u{202f}000\u{a0}₸") && today.contains("Yesterday: 3\u{202f}800\u{a0}₸"), "{today}");
    assert!(part(&page, "tile-month", "</section>").contains("8\u{202f}800\u{a0}₸"));
}

async fn charts_are_drawings_with_words_and_a_table(app: App) {
    app.completed().await;
    let page = first_page(&mut operator(&app, Role::Admin).await, "en").await;
    for (id, bars) in [("chart-money", 30), ("chart-conversion", 30), ("chart-months", 12)] {
        let chart = part(&page, id, "</figure>");
        assert!(chart.contains(&format!("role=\"img\" aria-labelledby=\"{id}-title {id}-desc\"")), "{chart}");
        assert_eq!(chart.matches("class=\"part\"").count(), bars, "{id}");
        assert_eq!(chart.matches("<th scope=\"row\">").count(), bars, "{id}: every number is in the table, too");
        // The highest bar reaches the top.
        assert!(chart.contains("y=\"0\" width=\"8\" height=\"1000\"/></g>"), "{chart}");
    }
    assert!(part(&page, "chart-money", "</figure>").contains("<th scope=\"row\">01.03.2026</th>"));
    assert!(!page.contains("style=\"") && !page.contains("<style") && !page.contains("<script"), "{page}");
}

async fn what_waits_for_a_person_leads_to_where_it_is_settled(app: App) {
    let (id, order) = app.awaiting().await;
    app.ioka(&webhook::captured(&id, order.as_str(), 4000)).await.expect(200);
    let nobodys = "00000000-0000-0000-0000-000000000009";
    app.ioka(&webhook::captured(nobodys, "ord_nobodys", 5000)).await.expect(200);
    let mut admin = operator(&app, Role::Admin).await;
    let page = first_page(&mut admin, "en").await;
    let waits = part(&page, "attention", "</section>");
    for (todo, link) in [
        ("todo-reviews", "/admin/donations?lang=en&#38;flagged=true"),
        ("todo-days", "/admin/reconciliation?lang=en&#38;date=2026-02-28"),
        ("todo-deliveries", "/admin/deliveries?lang=en&#38;outcome=unmatched"),
    ] {
        let todo = part(waits, todo, "</li>");
        assert!(todo.contains(link), "{todo}");
    }
    assert!(part(waits, "todo-reviews", "</li>").contains("amount differs: 1"), "{waits}");
    assert!(!waits.contains("todo-brake"));
    admin.submit("/admin?lang=en", "/admin/brake", &[("reason", "cards are tested")]).await;
    let page = first_page(&mut admin, "en").await;
    assert!(part(&page, "todo-brake", "</li>").contains("href=\"#brake\""), "{page}");
}

async fn where_all_is_well_nothing_waits(app: App) {
    application::compare_due_days(&app.house(), &|_| Box::pin(std::future::ready(application::Onward::GoOn)))
        .await
        .unwrap();
    let page = first_page(&mut operator(&app, Role::Admin).await, "en").await;
    assert!(part(&page, "attention", "</section>").contains("id=\"nothing-waits\""), "{page}");
    assert!(part(&page, "declines", "</section>").contains("No payment was declined"), "{page}");
}

async fn every_language_has_every_text(app: App) {
    app.completed().await;
    let mut admin = operator(&app, Role::Admin).await;
    for (language, raised) in [("en", "Raised"), ("ru", "Собрано"), ("kk", "Жиналды")] {
        let page = first_page(&mut admin, language).await;
        assert!(page.contains(raised) && !page.contains("dash-"), "{language}: {page}");
    }
}

async fn a_viewer_sees_the_same_without_buttons(app: App) {
    app.completed().await;
    let page = first_page(&mut operator(&app, Role::Viewer).await, "en").await;
    assert!(page.contains("tile-today") && !page.contains("id=\"pull\""), "{page}");
}
