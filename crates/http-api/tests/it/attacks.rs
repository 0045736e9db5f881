//! Attacks on the API, tried and refused: what is another's, what nobody may set, what ends up in pages, mails, headers and paths.
//!
//! Who may call what at all is in `access_matrix.rs`, which tokens count in `tokens.rs`, whose forms are taken in `attacks_browsers.rs`.

use domain::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::access_tables::{ENDPOINTS, admin_pages};
use crate::support::named::Named;
use crate::support::{App, Browser, Session, Setup, webhook};

on_both_databases!(
    an_id_that_is_not_the_callers_tells_nothing,
    nobody_sets_what_is_not_theirs_to_set,
    an_operator_sets_nothing_but_what_the_call_is_for,
    what_a_donor_writes_is_text_wherever_it_is_shown,
    what_a_webhook_says_is_text_wherever_it_is_shown,
    what_an_operator_writes_of_a_campaign_is_text_wherever_it_is_shown,
    nothing_that_is_typed_becomes_a_header,
    no_answer_of_the_api_can_be_framed,
);

const NOBODYS: &str = "00000000-0000-4000-8000-000000000007";

/// The same answer for what is not there and for what is another's: nobody can tell one from the other.
async fn an_id_that_is_not_the_callers_tells_nothing(app: App) {
    let (owner, thief) = (app.register("owner@example.com").await, app.register("thief@example.com").await);
    let admin = app.admin().await;
    let (own, guests) = (app.donation_of(&owner, 5000).await, app.guest_donation().await);
    for (method, path, _, body, _) in ENDPOINTS.iter().filter(|(_, path, ..)| path.contains("{id}")) {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let call = |id: &str, session: &Session| {
            let call =
                app.call(method.clone(), &path.replace("{id}", id)).bearer(&session.token).header("x-request-id", "r");
            if body.is_empty() { call } else { call.text(body) }
        };
        let (taken, caller) = if path.starts_with("/api/admin/") { (NOBODYS, &admin) } else { (own.as_str(), &thief) };
        let nobodys = call(NOBODYS, caller).await.problem(404, "not_found");
        for id in [taken, "7", "%00", "..", "' OR 1=1 --", &NOBODYS.replace('-', ""), &format!("{{{NOBODYS}}}")] {
            let id: String = url::form_urlencoded::byte_serialize(id.as_bytes()).collect();
            assert_eq!(call(&id, caller).await.problem(404, "not_found"), nobodys, "{method} {path} {id}");
        }
        if path.starts_with("/api/donations/") {
            assert_eq!(call(&guests, &thief).await.problem(404, "not_found"), nobodys, "{method} {path}");
        }
    }
    assert_eq!(app.shown(&guests).await["status"], "pending");
    let mine = app.get(&format!("/api/donations/{own}")).bearer(&owner.token).await.expect(200);
    assert_eq!(mine["status"], "pending");
}

/// What the server alone decides, under every name that somebody might try.
fn smuggled() -> Value {
    json!({
        "id": NOBODYS, "status": "completed", "state": "completed", "price": 1, "price_per_tree": 1, "account": NOBODYS,
        "account_id": NOBODYS, "donor_id": NOBODYS, "user_id": NOBODYS, "role": "admin", "is_admin": true, "admin": true,
        "test_mode": false, "currency": "USD", "refunded_amount": -5000, "payment_order_id": "ord_smuggled",
        "checkout_url": "https://evil.test/smuggled", "certificate": {"number": "TREE-2020-000001"}, "version": 99,
        "created_at": "2001-01-01T00:00:00Z", "completed_at": "2001-01-01T00:00:00Z", "email_confirmed_at": "2001-01-01T00:00:00Z",
        "reviews": [], "$set": {"role": "admin"}, "__proto__": {"role": "admin"}, "success": true,
    })
}

fn with_smuggled(body: Value) -> Value {
    let mut all = smuggled();
    all.as_object_mut().unwrap().extend(body.as_object().unwrap().clone());
    all
}

async fn nobody_sets_what_is_not_theirs_to_set(app: App) {
    let registration = json!({"email": "asem@example.com", "password": "correct horse", "name": "Асем"});
    let session = Session::of(&app.post("/api/auth/register").json(&with_smuggled(registration)).await.expect(201));
    let me = app.get("/api/auth/me").bearer(&session.token).await.expect(200);
    assert_eq!((&me["role"], &me["email_confirmed_at"]), (&json!("donor"), &Value::Null));
    assert_ne!(me["id"], NOBODYS);

    let mut donor = with_smuggled(json!({"amount": 5000}));
    donor["donor_name"] = "Somebody Else".into();
    donor["donor_email"] = "victim@example.com".into();
    let own = app.post("/api/donations").bearer(&session.token).json(&donor).await.expect(201);
    let guest = with_smuggled(json!({"amount": 5000, "donor_name": "Иван", "donor_email": "ivan@example.com"}));
    let guests = app.post("/api/guest-donations").bearer(&session.token).json(&guest).await.expect(201);
    for (donation, account, email) in
        [(own, Some(&session.account), "asem@example.com"), (guests, None, "ivan@example.com")]
    {
        let kept = app.kept(donation["id"].as_str().unwrap()).await;
        assert_eq!(kept.donor.account.map(|id| id.to_string()).as_ref(), account);
        assert_eq!(kept.donor.email.as_str(), email);
        assert_eq!((kept.status().word(), kept.gift.amount.get(), kept.gift.trees), ("pending", 5000, 10));
        assert!(kept.attempts.is_empty() && kept.refunds.is_empty() && kept.certificate.is_none() && !kept.test_mode);
        let id = kept.id.to_string();
        let path =
            if account.is_some() { format!("/api/donations/{id}") } else { format!("/api/guest-donations/{id}") };
        let paid = app.post(&format!("{path}/payment")).bearer(&session.token).json(&smuggled()).await.expect(200);
        assert_eq!(paid["status"], "awaiting_payment");
        let cancelled = app.post(&format!("{path}/cancel")).bearer(&session.token).json(&smuggled()).await.expect(200);
        assert_eq!(cancelled["status"], "cancelled");
        assert_eq!(app.kept(&id).await.gift.amount.get(), 5000);
    }
    for (path, body) in [
        ("/api/auth/login", json!({"email": "asem@example.com", "password": "correct horse"})),
        ("/api/auth/refresh", json!({"refresh_token": session.refresh_token})),
    ] {
        let renewed = app.post(path).json(&with_smuggled(body)).await.expect(200);
        assert_eq!(renewed["user"]["role"], "donor", "{path}");
    }
    for secret in ["ord_smuggled", "evil.test", "2001-01-01", NOBODYS, "TREE-2020", "victim@example.com"] {
        assert!(!app.everything_kept().contains(secret), "{secret}");
    }
}

async fn an_operator_sets_nothing_but_what_the_call_is_for(app: App) {
    let admin = app.operator(1, Role::Admin).await;
    let (donation, _) = app.completed().await;
    let before = app.kept(&donation).await;
    let refund = with_smuggled(json!({"amount": 1000, "reason": "asked"}));
    let made = app.refund(&admin, &donation, &refund).await.expect(201);
    assert_ne!(made["id"], NOBODYS);
    for act in ["receipt", "sync"] {
        let call =
            app.post(&format!("/api/admin/donations/{donation}/{act}")).bearer(&admin.token).json(&smuggled()).await;
        assert!(call.status < 300, "{act}: {}", call.text());
    }
    let brake = with_smuggled(json!({"on": false}));
    app.call(Method::PUT, "/api/admin/brake").bearer(&admin.token).json(&brake).await.expect(200);
    let kept = app.kept(&donation).await;
    assert_eq!((kept.gift, &kept.donor), (before.gift, &before.donor));
    assert_eq!((kept.refunded().get(), kept.status().word()), (1000, "partially_refunded"));
    for secret in ["ord_smuggled", "evil.test", "2001-01-01", "TREE-2020"] {
        assert!(!app.everything_kept().contains(secret), "{secret}");
    }
}

const MARKUP: &str = "<script>alert(1)</script><img src=x onerror=alert(2)>'\"&amp;";

/// Nothing of it stands in HTML as it was written.
#[track_caller]
fn is_text(html: &str, what: &str) {
    for tag in ["<script>alert", "<img src=x", "onerror=alert(2)>"] {
        assert!(!html.contains(tag), "{what}: {html}");
    }
}

async fn what_a_donor_writes_is_text_wherever_it_is_shown(app: App) {
    let admin = app.admin().await;
    let mut operator = Browser::signed_in(&app, "admin@charity.kz").await;
    let body = json!({
        "amount": 5000, "donor_name": "<b onerror=alert(2)>Иван", "donor_email": "ivan@example.com", "message": MARKUP,
        "certificate_name": "<img src=x onerror=alert(2)>",
    });
    let donation = app.post("/api/guest-donations").json(&body).await.expect(201)["id"].as_str().unwrap().to_owned();
    let order = app.pay(&donation).await.expect(200)["order_id"].as_str().unwrap().to_owned();
    let order = domain::OrderId::new(order);
    app.gateway.pay(&order, domain::Tenge::new(5000)).unwrap();
    app.ioka(&webhook::captured(&donation, order.as_str(), 5000)).await.expect(200);
    app.refund(&admin, &donation, &json!({"amount": 1000, "reason": MARKUP})).await.expect(201);
    app.work_off().await;

    let number = app.number_of(&donation).await;
    let mut pages = vec![
        format!("/donations/{donation}"),
        format!("/donations/{donation}/news?seen={MARKUP}"),
        format!("/certificates/{number}"),
        "/campaigns/trees".to_owned(),
        "/".to_owned(),
        format!("/sign-in?next=/{MARKUP}"),
        format!("/reset-password?token={MARKUP}"),
        format!("/{MARKUP}"),
    ];
    pages.extend(admin_pages().map(|path| path.replace("{id}", &donation).replace("{slug}", "trees")));
    for page in pages {
        let answer = operator.get(&page).await;
        // A file that is saved is read by no browser.
        let saved = answer.header("content-disposition").is_some_and(|how| how.starts_with("attachment"));
        let as_said = answer.header("x-content-type-options") == Some("nosniff");
        if !(saved && as_said && answer.header("content-type").is_some_and(|kind| kind.starts_with("text/csv"))) {
            is_text(&answer.text(), &page);
        }
        assert!(answer.status < 500, "{page}");
    }
    let mails = app.mailbox.mails();
    assert!(!mails.is_empty());
    for mail in mails {
        is_text(&mail.html, &mail.subject);
    }
    let api = app.get("/api/campaigns/trees").await;
    assert_eq!(api.header("content-type"), Some("application/json"), "a browser shows it as text");
}

async fn what_a_webhook_says_is_text_wherever_it_is_shown(app: App) {
    let admin = app.admin().await;
    let mut operator = Browser::signed_in(&app, "admin@charity.kz").await;
    let (donation, order) = app.awaiting().await;
    let declined = webhook::declined(&donation, order.as_str(), ("pay_1", "<script>alert(1)</script>"));
    let declined =
        declined.replace("Отказ", "<img src=x onerror=alert(2)>").replace("\"TEST\"", "\"<script>alert(1)</script>\"");
    assert_eq!(app.ioka(&declined).await.expect(200)["outcome"], "applied");
    let foreign = webhook::guide("<script>alert(1)</script>", ("<img src=x>", "<img src=x>"), 5000);
    app.guide(&foreign).await.expect(200);
    app.work_off().await;
    let kept = domain::ports::DeliveryQuery { donation: None, outcome: None, after: None, limit: 10 };
    let kept = domain::ports::DeliveryStore::list(app.store(), &kept).await.unwrap();
    let mut pages = vec![format!("/donations/{donation}")];
    for path in admin_pages() {
        pages.extend(kept.iter().map(|delivery| path.replace("{id}", &delivery.id.to_string())));
        pages.push(path.replace("{id}", &donation));
    }
    for page in pages {
        is_text(&operator.get(&page).await.text(), &page);
    }
    for mail in app.mailbox.mails() {
        is_text(&mail.html, &mail.subject);
    }
    let story = app.story(&admin, &donation).await;
    assert_eq!(story["failure"]["code"], "unknown");
    assert!(!story["failure"]["message"].as_str().unwrap().contains('<'), "{story}");
}

async fn what_an_operator_writes_of_a_campaign_is_text_wherever_it_is_shown(app: App) {
    let admin = app.admin().await;
    let mut operator = Browser::signed_in(&app, "admin@charity.kz").await;
    let each = |text: &str| json!({"kk": text, "ru": text, "en": text});
    let body =
        json!({"slug": "birch", "title": each("<b onerror=alert(2)>"), "text": each(MARKUP), "price_per_tree": 700});
    app.post("/api/admin/campaigns").bearer(&admin.token).json(&body).await.expect(201);
    let public = ["/", "/campaigns/birch", "/donate?campaign=birch"].map(str::to_owned);
    let pages = admin_pages().map(|path| path.replace("{slug}", "birch").replace("{id}", NOBODYS));
    for page in public.into_iter().chain(pages) {
        is_text(&operator.get(&page).await.text(), &page);
    }
}

async fn nothing_that_is_typed_becomes_a_header(app: App) {
    let guest = |field: &str, text: &str| {
        let mut body = json!({"amount": 5000, "donor_name": "Иван", "donor_email": "ivan@example.com"});
        body[field] = text.into();
        app.post("/api/guest-donations").json(&body)
    };
    for field in ["donor_name", "donor_email", "certificate_name", "message"] {
        for text in ["Иван\r\nBcc: all@example.com", "Иван\nX: y", "a\u{0}b", "\r\n\r\n<script>"] {
            let wrong = guest(field, text).await.wrong_fields();
            assert!(wrong.len() == 1 && wrong[0].starts_with(field), "{wrong:?}");
        }
    }
    for path in [
        "/?lang=en%0d%0aX-Evil:%201",
        "/sign-in?lang=en&next=/account%0d%0aX-Evil:%201",
        "/sign-in?next=/%0d%0aSet-Cookie:%20a=b",
        "/donate?campaign=%0d%0aX-Evil:%201",
        "/certificates/TREE%0d%0aX-Evil:%201",
        "/api/donations/%0d%0aX-Evil:%201",
        "/admin?lang=%0d%0aX-Evil:%201",
        "/admin/%0d%0aX-Evil:%201",
    ] {
        let answer = app.get(path).await;
        assert!(answer.header("x-evil").is_none() && answer.every("set-cookie").is_empty(), "{path}: {answer:?}");
        assert!(answer.status < 500, "{path}");
    }
    let answer = app.get("/api/config").header("x-request-id", "a b\tX-Evil: 1").await;
    assert!(answer.header("x-evil").is_none() && !answer.header("x-request-id").unwrap().contains("Evil"));
}

async fn no_answer_of_the_api_can_be_framed(app: App) {
    for (method, path, ..) in ENDPOINTS.iter().filter(|(_, _, named, ..)| *named == Named::Nothing) {
        let answer = app.call(Method::from_bytes(method.as_bytes()).unwrap(), path).await;
        assert_eq!(answer.header("x-frame-options"), Some("DENY"), "{method} {path}");
        assert!(
            answer.header("content-security-policy").unwrap().contains("frame-ancestors 'none'"),
            "{method} {path}"
        );
    }
}

/// Files beside the program, and pictures of other campaigns, are not reached by any spelling.
#[tokio::test]
async fn no_path_leads_out_of_what_is_served() {
    let secret = "PORT = 1 # nobody-may-read-this";
    let app = Setup::sqlite().await.with_file("secret.toml", secret).start();
    let up =
        ["..", "%2e%2e", "%2E%2E", ".%2e", "..%2f..", "..%5c", "%252e%252e", "..%00", "..;", "....//", "%c0%ae%c0%ae"];
    let ends = ["etc/passwd", "Cargo.toml", "config/default.toml", "secret.toml", "data/donations.db", ".env"];
    let starts = [
        "",
        "/static",
        "/assets",
        "/fonts",
        "/campaigns/trees/picture-",
        "/campaigns/trees",
        "/dev/mail",
        "/certificates",
        "/api/certificates",
        "/api/campaigns",
        "/api",
        "/widget.js",
        "/admin",
    ];
    for start in starts {
        for up in up {
            for end in ends {
                for path in [format!("{start}/{up}/{up}/{up}/{end}"), format!("{start}{up}%2f{end}")] {
                    let answer = app.raw_get(&path).await;
                    assert!([303, 400, 404].contains(&answer.0), "{path}: {answer:?}");
                    for leak in ["root:", "[package]", "nobody-may-read-this", "SQLite format", "app_env"] {
                        assert!(!answer.1.contains(leak), "{path}: {leak}");
                    }
                }
            }
        }
    }
}

impl App {
    /// Asks for a path as it is written: a client of ours would put it straight.
    async fn raw_get(&self, path: &str) -> (u16, String) {
        use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
        let mut stream = tokio::net::TcpStream::connect(self.address).await.unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nHost: api.charity.test\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        (text.split(' ').nth(1).unwrap().parse().unwrap(), text)
    }
}
