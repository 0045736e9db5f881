//! Forms count against the same limits, and whoever meets one is told so on a page.

use serde_json::json;

use crate::support::{App, Browser};

limited_on_both_databases!(
    forms_of_accounts_count_with_the_api,
    the_form_to_donate_counts_with_the_api_and_once,
    the_button_to_pay_counts_with_the_api,
);

async fn forms_of_accounts_count_with_the_api(app: App) {
    let mut browser = Browser::new(&app);
    let forms = ["/sign-in", "/sign-up", "/forgot-password"];
    for number in 0..9 {
        let answer = browser.post(&format!("{}?lang=en", forms[number % 3]), &[("email", "a@example.com")]).await;
        assert_ne!(answer.status, 429, "{number}");
    }
    assert_eq!(app.log_in("a@example.com", "wrong").await.status, 401);
    for path in forms {
        let answer = browser.post(&format!("{path}?lang=en"), &[("email", "a@example.com")]).await;
        assert!(answer.page(429).contains("Please wait a little"));
        assert_eq!(answer.header("retry-after"), Some("6"));
        browser.get(path).await.page(200);
    }
    app.log_in("a@example.com", "wrong").await.problem(429, "rate_limited");
}

async fn the_form_to_donate_counts_with_the_api_and_once(app: App) {
    let mut browser = Browser::new(&app);
    let once = "0123456789abcdef0123456789abcdef";
    let fields = [("amount", "5000"), ("donor_name", "Иван"), ("donor_email", "ivan@example.com"), ("once", once)];
    for _ in 0..5 {
        assert_eq!(browser.post("/donate?lang=en", &fields).await.status, 303);
    }
    for _ in 0..19 {
        app.guest_donation().await;
    }
    let again = browser.post("/donate?lang=en", &fields).await;
    assert_eq!(again.status, 303, "the same form is no new donation");
    let answer = browser.post("/donate?lang=en", &fields[..3]).await;
    assert!(answer.page(429).contains("Please wait a little"));
    assert_eq!(answer.header("retry-after"), Some("3"));
    let body = json!({"amount": 5000, "donor_name": "Иван", "donor_email": "ivan@example.com"});
    app.post("/api/guest-donations").json(&body).await.problem(429, "rate_limited");
}

async fn the_button_to_pay_counts_with_the_api(app: App) {
    let mut ids = Vec::new();
    for _ in 0..11 {
        ids.push(app.guest_donation().await);
    }
    let mut browser = Browser::new(&app);
    for (number, id) in ids[..10].iter().enumerate() {
        if number % 2 == 0 {
            app.pay(id).await.expect(200);
        } else {
            assert_eq!(browser.post(&format!("/donations/{id}/pay?lang=kk"), &[]).await.status, 303);
        }
    }
    let id = &ids[10];
    let answer = browser.post(&format!("/donations/{id}/pay?lang=kk"), &[]).await;
    let page = answer.page(429);
    assert!(page.contains("Сәл күте тұрыңыз") && page.contains(&format!("/donations/{id}?lang=kk")), "{page}");
    assert_eq!(answer.header("retry-after"), Some("60"));
    browser.get(&format!("/donations/{id}?lang=kk")).await.page(200);
}
