//! Campaigns as pages: made, translated, previewed, changed, closed.

use domain::Role;

use crate::support::{App, Browser};

on_both_databases!(
    a_campaign_is_made_looked_at_beforehand_published_and_closed,
    what_is_wrong_is_said_by_its_field_and_nothing_typed_is_lost,
    whoever_saves_second_sees_both_and_loses_nothing,
    a_price_that_was_donated_at_stays_and_says_why,
    a_viewer_sees_campaigns_and_no_forms,
    what_is_typed_stays_text,
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

async fn page(browser: &mut Browser<'_>, path: &str) -> String {
    let answer = browser.get(path).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.text()
}

const SPRING: [(&str, &str); 9] = [
    ("slug", "spring"),
    ("title_kk", "Көктемгі орман"),
    ("title_ru", "Весенний лес"),
    ("title_en", "Spring forest"),
    ("text_kk", "Бірінші.\r\n\r\nЕкінші."),
    ("text_ru", "Первый.\r\n\r\nВторой."),
    ("text_en", "First.\r\n\r\nSecond."),
    ("price_per_tree", "1 000"),
    ("presets", "1 000, 2 000; 5000"),
];

async fn make_spring(browser: &mut Browser<'_>) {
    // The form's tick stands there beforehand.
    let fields: Vec<_> = SPRING.iter().copied().chain([("draft", "true")]).collect();
    let made = browser.submit("/admin/campaigns/new?lang=en", "/admin/campaigns", &fields).await;
    made.leads_to("/admin/campaigns/spring?lang=en&notice=created");
}

async fn a_campaign_is_made_looked_at_beforehand_published_and_closed(app: App) {
    let mut admin = operator(&app, Role::Admin).await;
    make_spring(&mut admin).await;
    let shown = page(&mut admin, "/admin/campaigns/spring?lang=en&notice=created").await;
    assert!(shown.contains("The campaign has been created.") && shown.contains("draft, not public"), "{shown}");
    assert_eq!(app.get("/campaigns/spring").await.status, 404, "a draft is nobody else's to see");

    let preview = page(&mut admin, "/admin/campaigns/spring/preview?lang=ru").await;
    assert!(preview.contains("id=\"previewed\"") && preview.contains("<h1>Весенний лес</h1>"), "{preview}");
    assert!(preview.contains("<div class=\"campaign\" inert>") && preview.contains("<p>Второй.</p>"), "{preview}");
    assert!(!preview.contains("<script") && !preview.contains("og:title"), "{preview}");
    let listed = page(&mut admin, "/admin/campaigns?lang=kk").await;
    assert!(listed.contains("Көктемгі орман") && listed.contains("/admin/campaigns/spring?lang=kk"), "{listed}");

    let at = "/admin/campaigns/spring";
    let fields = [("draft", ""), ("title_en", "Forest of spring"), ("goal", "2 000 000 ₸"), ("ends_at", "2027-01-01")];
    admin
        .submit("/admin/campaigns/spring?lang=en", at, &fields)
        .await
        .leads_to("/admin/campaigns/spring?lang=en&notice=changed");
    let public = app.get("/api/campaigns/spring").await.expect(200);
    assert_eq!(
        (&public["title"]["en"], &public["goal"], &public["state"]),
        (&"Forest of spring".into(), &2_000_000.into(), &"open".into())
    );
    assert_eq!(
        (&public["presets"], &public["ends_at"]),
        (&serde_json::json!([1000, 2000, 5000]), &"2026-12-31T19:00:00.000000Z".into())
    );
    assert!(page(&mut admin, "/admin/campaigns/spring?lang=en").await.contains("value=\"2027-01-01\""));

    let close = "/admin/campaigns/spring/close";
    let unsure = admin.submit("/admin/campaigns/spring?lang=en", close, &[]).await;
    assert_eq!(unsure.status, 422);
    assert!(unsure.text().contains("Tick the box if you really want"), "{}", unsure.text());
    assert_eq!(app.get("/api/campaigns/spring").await.expect(200)["state"], "open");
    let closed = admin.submit("/admin/campaigns/spring?lang=en", close, &[("sure", "true")]).await;
    closed.leads_to("/admin/campaigns/spring?lang=en&notice=closed");
    assert_eq!(app.get("/api/campaigns/spring").await.expect(200)["state"], "closed");
    assert!(!page(&mut admin, "/admin/campaigns/spring?lang=en").await.contains("id=\"close-now\""));
}

async fn what_is_wrong_is_said_by_its_field_and_nothing_typed_is_lost(app: App) {
    let mut admin = operator(&app, Role::Admin).await;
    let wrong = [
        ("slug", "Spring!"),
        ("title_kk", ""),
        ("title_ru", "Весна"),
        ("title_en", "Spring"),
        ("text_ru", "Текст"),
        ("price_per_tree", "free"),
        ("goal", "-5"),
        ("presets", "many"),
        ("starts_at", "tomorrow"),
        ("position", "first"),
    ];
    let answer = admin.submit("/admin/campaigns/new?lang=en", "/admin/campaigns", &wrong).await;
    assert_eq!(answer.status, 422);
    let html = answer.text();
    for field in ["slug", "title_kk", "price_per_tree", "goal", "presets", "starts_at", "position"] {
        assert!(html.contains(&format!("id=\"{field}-error\"")), "{field}: {html}");
    }
    assert!(!html.contains("id=\"title_ru-error\""), "{html}");
    for typed in ["value=\"Spring!\"", "value=\"Весна\"", "\nТекст</textarea>", "value=\"free\"", "value=\"tomorrow\""]
    {
        assert!(html.contains(typed), "{typed}: {html}");
    }
    let unprintable = [("title_en", "Spring 🌳"), ("ends_at", "2026-01-01"), ("starts_at", "2026-02-01")];
    let fields: Vec<_> = SPRING.iter().copied().filter(|(name, _)| *name != "title_en").chain(unprintable).collect();
    let html = admin.submit("/admin/campaigns/new?lang=en", "/admin/campaigns", &fields).await.text();
    assert!(html.contains("id=\"title_en-error\"") && html.contains("The end must be later than the start."), "{html}");
    make_spring(&mut admin).await;
    let taken = admin.submit("/admin/campaigns/new?lang=en", "/admin/campaigns", &SPRING).await;
    assert_eq!(taken.status, 409);
    assert!(taken.text().contains("There is a campaign with this address."), "{}", taken.text());
    assert_eq!(admin.get("/admin/campaigns/winter?lang=en").await.status, 404);
}

/// As two people who have the same page open.
async fn whoever_saves_second_sees_both_and_loses_nothing(app: App) {
    let mut admin = operator(&app, Role::Admin).await;
    make_spring(&mut admin).await;
    let at = "/admin/campaigns/spring";
    admin.submit("/admin/campaigns/spring?lang=en", at, &[("title_en", "The first one’s")]).await;
    let second = [("version", "0"), ("title_en", "The second one’s"), ("goal", "7000")];
    let conflict = admin.submit("/admin/campaigns/spring?lang=en", at, &second).await;
    assert_eq!(conflict.status, 409);
    let html = conflict.text();
    assert!(html.contains("value=\"The second one’s\"") && html.contains("Saved now: The first one’s"), "{html}");
    assert!(html.contains("value=\"7000\"") && html.contains("Saved now: –"), "{html}");
    assert!(html.contains("name=\"version\" value=\"1\"") && !html.contains("id=\"title_ru-error\""), "{html}");
    assert!(page(&mut admin, "/admin/campaigns/spring?lang=en").await.contains("value=\"The first one’s\""));
    let again = [("version", "1"), ("title_en", "The second one’s"), ("goal", "7000")];
    admin
        .submit("/admin/campaigns/spring?lang=en", at, &again)
        .await
        .leads_to("/admin/campaigns/spring?lang=en&notice=changed");
    assert!(page(&mut admin, "/admin/campaigns/spring?lang=en").await.contains("value=\"The second one’s\""));
}

async fn a_price_that_was_donated_at_stays_and_says_why(app: App) {
    let mut admin = operator(&app, Role::Admin).await;
    let free = page(&mut admin, "/admin/campaigns/trees?lang=en").await;
    assert!(free.contains("name=\"price_per_tree\""), "{free}");
    let price = app.get("/api/campaigns/trees").await.expect(200)["price_per_tree"].clone();
    app.guest_donation().await;
    let fixed = page(&mut admin, "/admin/campaigns/trees?lang=en").await;
    assert!(!fixed.contains("name=\"price_per_tree\"") && fixed.contains("id=\"fixed-price\""), "{fixed}");
    assert!(fixed.contains("The price stays: people have donated at it"), "{fixed}");
    // Whoever sends one all the same changes all but the price.
    let sent = [("price_per_tree", "1"), ("title_en", "Trees, trees")];
    admin
        .submit("/admin/campaigns/trees?lang=en", "/admin/campaigns/trees", &sent)
        .await
        .leads_to("/admin/campaigns/trees?lang=en&notice=changed");
    let now = app.get("/api/campaigns/trees").await.expect(200);
    assert_eq!((&now["price_per_tree"], &now["title"]["en"]), (&price, &"Trees, trees".into()));
}

async fn a_viewer_sees_campaigns_and_no_forms(app: App) {
    let mut viewer = operator(&app, Role::Viewer).await;
    let listed = page(&mut viewer, "/admin/campaigns?lang=en").await;
    assert!(listed.contains("/admin/campaigns/trees?lang=en") && !listed.contains("id=\"new\""), "{listed}");
    let shown = page(&mut viewer, "/admin/campaigns/trees?lang=en").await;
    assert!(!shown.contains("id=\"save\"") && !shown.contains("id=\"close-now\""), "{shown}");
    let new = page(&mut viewer, "/admin/campaigns/new?lang=en").await;
    assert!(new.contains("Only administrators make campaigns.") && !new.contains("id=\"save\""), "{new}");
    let csrf = viewer.csrf().await;
    let fields: Vec<_> = SPRING.iter().copied().chain([("csrf", csrf.as_str())]).collect();
    for path in ["/admin/campaigns", "/admin/campaigns/trees", "/admin/campaigns/trees/close"] {
        assert_eq!(viewer.post(path, &fields).await.status, 403, "{path}");
    }
    assert_eq!(app.get("/api/campaigns/spring").await.status, 404);
}

async fn what_is_typed_stays_text(app: App) {
    let mut admin = operator(&app, Role::Admin).await;
    let hostile = "<script>alert(1)</script> \"><b>";
    let fields: Vec<_> =
        SPRING.iter().copied().filter(|(name, _)| *name != "text_en").chain([("text_en", hostile)]).collect();
    let made = admin.submit("/admin/campaigns/new?lang=en", "/admin/campaigns", &fields).await;
    assert_eq!(made.status, 303, "{}", made.text());
    for path in ["/admin/campaigns/spring?lang=en", "/admin/campaigns/spring/preview?lang=en"] {
        let html = page(&mut admin, path).await;
        assert!(!html.contains("<script>alert") && html.contains("&#60;script&#62;alert"), "{html}");
    }
}
