//! `GET /api/admin/donations`: searched, and narrowed.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::support::{App, Session};

on_both_databases!(
    donations_are_found_by_whatever_an_operator_has_in_hand,
    every_filter_of_the_contract_narrows_the_list,
    filters_and_search_go_on_from_page_to_page,
    a_filter_that_cannot_be_used_is_refused,
    whoever_is_forgotten_is_not_found,
);

async fn given(app: &App, (name, address, amount): (&str, &str, i64)) -> String {
    let body = json!({"amount": amount, "donor_name": name, "donor_email": address});
    app.clock.advance(TimeDelta::minutes(1));
    app.post("/api/guest-donations").json(&body).await.expect(201)["id"].as_str().unwrap().to_owned()
}

async fn list(app: &App, admin: &Session, query: &str) -> Value {
    app.get(&format!("/api/admin/donations?{query}")).bearer(&admin.token).await.expect(200)
}

fn ids(list: &Value) -> Vec<String> {
    list["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

async fn found(app: &App, admin: &Session, query: &str) -> Vec<String> {
    ids(&list(app, admin, query).await)
}

async fn donations_are_found_by_whatever_an_operator_has_in_hand(app: App) {
    let admin = app.admin().await;
    let asel = given(&app, ("Әсел Құдайбергенқызы", "Asel.K@Example.com", 5000)).await;
    let (ivan, order) = app.completed().await;
    let number = app.shown(&ivan).await["certificate"]["number"].as_str().unwrap().to_owned();
    for q in ["ӘСЕЛ", "құдай", "asel.k@example.com", "EXAMPLE.COM әсел", &asel, &asel.to_uppercase()] {
        assert_eq!(found(&app, &admin, &format!("q={q}")).await, std::slice::from_ref(&asel), "{q}");
    }
    for q in ["иван", "ИВАНОВ Иван", "ivan@", order.as_str(), &number, &number.to_lowercase(), "000001"] {
        assert_eq!(found(&app, &admin, &format!("q={q}")).await, std::slice::from_ref(&ivan), "{q}");
    }
    assert_eq!(found(&app, &admin, "q=example.com").await, [ivan, asel]);
    assert_eq!(found(&app, &admin, "q=nobody").await, [""; 0]);
}

async fn every_filter_of_the_contract_narrows_the_list(app: App) {
    let small = given(&app, ("A", "a@example.com", 500)).await;
    let large = given(&app, ("B", "b@example.com", 9000)).await;
    let at = app.kept(&large).await.created_at.to_rfc3339().replace("+00:00", "Z");
    app.clock.advance(TimeDelta::days(2));
    let (paid, _) = app.completed().await;
    let admin = app.admin().await;
    for (query, expected) in [
        ("", vec![&paid, &large, &small]),
        ("status=completed", vec![&paid]),
        ("campaign=trees", vec![&paid, &large, &small]),
        ("min_amount=5000", vec![&paid, &large]),
        ("max_amount=500", vec![&small]),
        ("min_amount=500&max_amount=5000&status=pending", vec![&small]),
        ("from=2026-03-03", vec![&paid]),
        ("to=2026-03-03", vec![&large, &small]),
        (&format!("from={at}&to=2026-03-03"), vec![&large]),
        (&format!("to={at}"), vec![&small]),
        ("flagged=true", vec![]),
        // As a form sends them.
        ("q=&status=&campaign=&from=&to=&min_amount=&max_amount=", vec![&paid, &large, &small]),
    ] {
        assert_eq!(found(&app, &admin, query).await.iter().collect::<Vec<_>>(), expected, "{query}");
    }
}

async fn filters_and_search_go_on_from_page_to_page(app: App) {
    let admin = app.admin().await;
    let mut made = Vec::new();
    for number in 0..5 {
        made.insert(0, given(&app, ("Иван", "ivan@example.com", 1000 + number)).await);
        given(&app, ("Иван", "ivan@example.com", 9000)).await;
        given(&app, ("Анна", "anna@example.com", 1000)).await;
    }
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = list(&app, &admin, &format!("q=иван&max_amount=2000&limit=2{cursor}")).await;
        seen.extend(ids(&page));
        given(&app, ("Иван", "ivan@example.com", 1000)).await;
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(seen, made);
}

async fn a_filter_that_cannot_be_used_is_refused(app: App) {
    let admin = app.admin().await;
    let query =
        "status=paid&q=%00&campaign=No&from=x&to=2026-02-30&min_amount=-1&max_amount=1.5&limit=0&cursor=x&flagged=x";
    let wrong = app.get(&format!("/api/admin/donations?{query}")).bearer(&admin.token).await;
    let expected = [
        "campaign: unknown_campaign",
        "cursor: invalid_cursor",
        "flagged: not_boolean",
        "from: invalid_date",
        "limit: out_of_range",
        "max_amount: not_whole_number",
        "min_amount: not_whole_number",
        "q: not_searchable",
        "status: unknown_status",
        "to: invalid_date",
    ];
    assert_eq!(wrong.wrong_fields(), expected);
    let unknown = app.get("/api/admin/donations?campaign=no-such").bearer(&admin.token).await;
    assert_eq!(unknown.wrong_fields(), ["campaign: unknown_campaign"]);
}

async fn whoever_is_forgotten_is_not_found(app: App) {
    let admin = app.admin().await;
    let donor = app.register("forgotten@example.com").await;
    let id = app.donation_of(&donor, 5000).await;
    assert_eq!(found(&app, &admin, "q=forgotten").await, std::slice::from_ref(&id));
    app.call(reqwest::Method::DELETE, "/api/auth/me").bearer(&donor.token).await.nothing();
    assert_eq!(found(&app, &admin, "q=forgotten").await, [""; 0]);
    assert_eq!(found(&app, &admin, &format!("q={id}")).await, [id]);
    assert!(!app.everything_kept().contains("forgotten@example.com"));
}
