//! Forms that others have a donor's browser send, and addresses that lead elsewhere.

use crate::support::{App, Browser, form};

on_both_databases!(
    a_form_without_the_sessions_own_token_does_nothing,
    a_form_of_another_sites_page_is_refused,
    a_form_of_our_own_page_is_taken_however_the_browser_says_so,
    signing_in_leads_nowhere_but_to_our_pages,
);

const ASEM: &str = "asem@example.com";

/// Every form that acts for somebody signed in.
fn acting(id: &str) -> Vec<(String, Vec<(&'static str, &'static str)>)> {
    vec![
        ("/sign-out".to_owned(), Vec::new()),
        ("/account/confirm-again".to_owned(), Vec::new()),
        ("/account/sign-out-everywhere".to_owned(), Vec::new()),
        ("/account/delete".to_owned(), vec![("password", "correct horse")]),
        ("/donate".to_owned(), vec![("amount", "5000")]),
        (format!("/donations/{id}/pay"), Vec::new()),
    ]
}

/// A donation of the browser's account, which has yet to be paid.
async fn donation(browser: &mut Browser<'_>) -> String {
    let answer = browser.submit("/campaigns/trees?lang=en", "/donate", &[("amount", "5000")]).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let mine = browser.get("/my-donations").await.page(200);
    mine.split("/donations/").nth(1).unwrap()[..36].to_owned()
}

async fn a_form_without_the_sessions_own_token_does_nothing(app: App) {
    let mut browser = Browser::of(&app, ASEM).await;
    let mut thief = Browser::of(&app, "thief@example.com").await;
    let id = donation(&mut browser).await;
    let orders = app.gateway.orders().len();
    let (own, others) = (browser.csrf().await, thief.csrf().await);
    let mut flipped = own.clone().into_bytes();
    flipped[0] = if flipped[0] == b'0' { b'1' } else { b'0' };
    let flipped = String::from_utf8(flipped).unwrap();
    let token = browser.token().to_owned();
    app.work_off().await;
    for (path, fields) in acting(&id) {
        for wrong in [None, Some(""), Some("x"), Some(&others), Some(&flipped), Some(&own[..62]), Some(&token)] {
            let mut fields = fields.clone();
            fields.extend(wrong.map(|csrf| ("csrf", csrf)));
            let answer = browser.post(&format!("{path}?lang=en"), &fields).await;
            assert!(answer.page(403).contains("This page is out of date"), "{path}");
            assert!(answer.every("set-cookie").is_empty());
        }
    }
    assert!(browser.is_in().await);
    let mine = browser.get("/my-donations").await.page(200);
    assert_eq!(mine.matches("class=\"card gift\"").count(), 1, "{mine}");
    assert_eq!(app.gateway.orders().len(), orders);
    assert_eq!(app.work_off().await, Default::default());

    // Of another session of the same account, too.
    let mut second = Browser::new(&app);
    second.post("/sign-in", &[("email", ASEM), ("password", "correct horse")]).await;
    let csrf = second.csrf().await;
    assert_eq!(browser.post("/sign-out", &[("csrf", &csrf)]).await.status, 403);
    assert_eq!(browser.post("/sign-out", &[("csrf", &own)]).await.status, 303);
    assert!(second.is_in().await && !browser.is_in().await);
}

async fn a_form_of_another_sites_page_is_refused(app: App) {
    let mut browser = Browser::of(&app, ASEM).await;
    let id = donation(&mut browser).await;
    let csrf = browser.csrf().await;
    let mut forms = acting(&id);
    let guest = [("amount", "5000"), ("donor_name", "Иван"), ("donor_email", "ivan@example.com")];
    forms.push(("/donate".to_owned(), guest.to_vec()));
    for path in ["/sign-in", "/sign-up", "/forgot-password", "/reset-password", "/confirm-email"] {
        forms.push((path.to_owned(), vec![("email", ASEM), ("password", "correct horse"), ("name", "A")]));
    }
    let said = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("sec-fetch-site", "nonsense"),
        ("origin", "https://evil.test"),
        ("origin", "http://api.charity.test"),
        ("origin", "https://api.charity.test.evil.test"),
        ("origin", "https://charity.test"),
        ("origin", "file://"),
        ("origin", "null"),
    ];
    for (path, mut fields) in forms {
        fields.push(("csrf", &csrf));
        for (name, value) in said {
            if value == "null" && ["/reset-password", "/confirm-email"].contains(&path.as_str()) {
                continue;
            }
            let call = form(&app, &format!("{path}?lang=en"), &fields).header(name, value);
            let answer = browser.send(call).await;
            assert!(answer.page(403).contains("This did not come from our page"), "{path} {value}");
            assert!(answer.every("set-cookie").is_empty());
        }
        // What the browser says of the site wins over an origin that suits.
        let call = form(&app, &path, &fields).header("sec-fetch-site", "cross-site");
        let answer = browser.send(call.header("origin", "https://api.charity.test")).await;
        answer.page(403);
    }
    assert!(browser.is_in().await);
    let mine = browser.get("/my-donations").await.page(200);
    assert_eq!(mine.matches("class=\"card gift\"").count(), 1);
}

async fn a_form_of_our_own_page_is_taken_however_the_browser_says_so(app: App) {
    Browser::of(&app, ASEM).await;
    let reached = format!("http://{}", app.address);
    let said = [
        vec![("sec-fetch-site", "same-origin")],
        vec![("sec-fetch-site", "none")],
        vec![("sec-fetch-site", "same-origin"), ("origin", "null")],
        vec![("origin", "https://api.charity.test")],
        vec![("origin", &reached)],
        Vec::new(),
    ];
    for headers in said {
        let fields = [("email", ASEM), ("password", "correct horse")];
        let call = form(&app, "/sign-in?lang=en", &fields);
        let call = headers.iter().fold(call, |call, (name, value)| call.header(name, value));
        let mut browser = Browser::new(&app);
        browser.send(call).await.leads_to("/my-donations?lang=en");
        assert!(browser.is_in().await, "{headers:?}");
    }
    // Their pages do not say where they are, so old browsers do not say it of their forms either.
    for path in ["/reset-password", "/confirm-email"] {
        let fields = [("token", "0"), ("password", "another horse")];
        form(&app, path, &fields).header("origin", "null").await.page(422);
    }
}

async fn signing_in_leads_nowhere_but_to_our_pages(app: App) {
    Browser::of(&app, ASEM).await;
    for (next, to) in [
        ("/account", "/account?lang=en"),
        ("/donations/1?result=success", "/donations/1?result=success&lang=en"),
        ("https://evil.test/", "/my-donations?lang=en"),
        ("//evil.test/", "/my-donations?lang=en"),
        ("/\\evil.test/", "/my-donations?lang=en"),
        ("/%0d%0aSet-Cookie: a=b", "/my-donations?lang=en"),
        ("/\r\nSet-Cookie:a=b", "/my-donations?lang=en"),
        ("javascript:alert(1)", "/my-donations?lang=en"),
        ("/sign-out", "/my-donations?lang=en"),
        ("", "/my-donations?lang=en"),
    ] {
        let mut browser = Browser::new(&app);
        let query = url::form_urlencoded::byte_serialize(next.as_bytes()).collect::<String>();
        let fields = [("email", ASEM), ("password", "correct horse")];
        let page = format!("/sign-in?lang=en&next={query}");
        browser.submit(&page, "/sign-in", &fields).await.leads_to(to);
        browser.get(&page).await.leads_to(to);
        let mut fields = fields.to_vec();
        fields.push(("next", next));
        Browser::new(&app).post("/sign-in?lang=en", &fields).await.leads_to(to);
        let email = format!("{}@example.com", app.gateway.orders().len() + query.len());
        let fields = [("email", &*email), ("password", "correct horse"), ("name", "A"), ("next", next)];
        let signed_up = Browser::new(&app).post("/sign-up?lang=en", &fields).await;
        assert!(signed_up.status == 422 || signed_up.header("location") == Some(to));
    }
}
