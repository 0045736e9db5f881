//! `GET /campaigns/{slug}/picture-{name}`.

use reqwest::Method;

use crate::support::{App, Setup};

on_both_databases!(a_picture_may_be_kept_for_good_and_does_nothing, what_is_no_picture_is_not_found);

/// The path of the campaign's picture.
async fn path(app: &App, slug: &str) -> String {
    let campaign = app.get(&format!("/api/campaigns/{slug}")).await.expect(200);
    let url = campaign["picture"]["url"]["kk"].as_str().unwrap();
    url.strip_prefix("https://api.charity.test").unwrap().to_owned()
}

async fn a_picture_may_be_kept_for_good_and_does_nothing(app: App) {
    for slug in ["trees", "saxaul"] {
        let path = path(&app, slug).await;
        assert!(path.starts_with(&format!("/campaigns/{slug}/picture-")), "{path}");
        let picture = app.get(&path).await;
        assert_eq!((picture.status, picture.header("content-type")), (200, Some("image/svg+xml")));
        assert!(picture.text().starts_with("<svg"));
        assert_eq!(picture.header("cache-control"), Some("public, max-age=31536000, immutable"));
        assert_eq!(picture.header("content-security-policy"), Some("default-src 'none'; sandbox"));
        assert_eq!(picture.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(picture.header("cross-origin-resource-policy"), Some("cross-origin"));
        let head = app.call(Method::HEAD, &path).await;
        assert_eq!((head.status, head.header("content-type")), (200, Some("image/svg+xml")));
        app.post(&path).await.problem(405, "method_not_allowed");
    }
}

async fn what_is_no_picture_is_not_found(app: App) {
    let trees = path(&app, "trees").await;
    for path in [
        trees.replace("/trees/", "/saxaul/"),
        trees.replace("/trees/", "/forest/"),
        trees.to_uppercase().replace("/CAMPAIGNS/TREES/PICTURE-", "/campaigns/trees/picture-"),
        "/campaigns/trees/picture-kk".to_owned(),
        "/campaigns/trees/picture-".to_owned(),
        format!("/campaigns/trees/picture-{}", "0".repeat(32)),
        format!("{trees}%00"),
    ] {
        app.get(&path).await.problem(404, "not_found");
    }
}

set_up_on_both_databases!(a_picture_of_ones_own_is_served_as_what_it_is);

async fn a_picture_of_ones_own_is_served_as_what_it_is(setup: Setup) {
    let text = r#"
        [[campaigns]]
        slug = "forest"
        price_per_tree = 900
        title = { kk = "Орман", ru = "Лес", en = "Forest" }
        picture = { kk = "kk.png", ru = "other.jpg", en = "kk.png" }
        picture_alt = { kk = "Қарағай", ru = "Сосна", en = "A pine" }
    "#;
    let png = b"\x89PNG\r\n\x1a\n of a pine";
    let app = setup
        .with_file("local.toml", text)
        .with_file("kk.png", png)
        .with_file("other.jpg", b"\xff\xd8\xff\xe0\0")
        .start();
    let shown = app.get("/api/campaigns/forest").await.expect(200)["picture"].clone();
    assert_eq!(shown["alt"]["ru"], "Сосна");
    assert_eq!(shown["url"]["kk"], shown["url"]["en"]);
    for (language, kind) in [("kk", "image/png"), ("ru", "image/jpeg")] {
        let url = shown["url"][language].as_str().unwrap();
        let picture = app.get(url.strip_prefix("https://api.charity.test").unwrap()).await;
        assert_eq!((picture.status, picture.header("content-type")), (200, Some(kind)));
        assert!(language != "kk" || picture.body == png);
    }
}
