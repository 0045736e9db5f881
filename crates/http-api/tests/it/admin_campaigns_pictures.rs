//! `PUT`, `DELETE /api/admin/campaigns/{slug}/picture`.

use reqwest::Method;
use serde_json::{Value, json};

use super::admin_campaigns::{managed, patch};
use crate::support::{App, Call, Session};

on_both_databases!(
    a_picture_is_shown_as_what_it_is,
    what_is_no_picture_is_refused,
    a_picture_is_taken_away,
    what_is_on_it_can_be_said_anew,
);

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n of a birch";
const ALT: &str = "alt_kk=%D2%9A%D0%B0%D0%B9%D1%8B%D2%A3&alt_ru=%D0%91%D0%B5%D1%80%D1%91%D0%B7%D0%B0&alt_en=A+birch";

fn put(app: &App, admin: &Session, query: &str, (kind, bytes): (&str, &[u8])) -> Call {
    let path = format!("/api/admin/campaigns/saxaul/picture?{query}");
    app.call(Method::PUT, &path).bearer(&admin.token).header("content-type", kind).bytes(bytes)
}

/// The path of the picture in this language.
fn path(campaign: &Value, language: &str) -> String {
    let url = campaign["picture"]["url"][language].as_str().unwrap();
    url.strip_prefix("https://api.charity.test").unwrap().to_owned()
}

async fn a_picture_is_shown_as_what_it_is(app: App) {
    let admin = app.admin().await;
    let old = path(&app.get("/api/campaigns/saxaul").await.expect(200), "kk");
    for (kind, bytes) in [
        ("image/png", PNG),
        ("image/jpeg", b"\xff\xd8\xff\xe0 of a birch"),
        ("image/webp", b"RIFF\0\0\0\0WEBP of a birch"),
    ] {
        let changed = put(&app, &admin, ALT, (kind, bytes)).await.expect(200);
        assert_eq!(changed["picture"]["alt"], json!({"kk": "Қайың", "ru": "Берёза", "en": "A birch"}));
        let public = app.get("/api/campaigns/saxaul").await.expect(200);
        assert_eq!(public["picture"], changed["picture"]);
        for language in ["kk", "ru", "en"] {
            let picture = app.get(&path(&public, language)).await;
            assert_eq!((picture.status, picture.header("content-type")), (200, Some(kind)));
            assert_eq!(picture.header("content-security-policy"), Some("default-src 'none'; sandbox"));
            assert_eq!(picture.body, bytes);
        }
    }
    app.get(&old).await.problem(404, "not_found");
    let whole = [PNG, &vec![7; 1024 * 1024 - PNG.len()]].concat();
    put(&app, &admin, ALT, ("image/png", &whole)).await.expect(200);
    // The same picture again is no change.
    let version = managed(&app, &admin, "saxaul").await["version"].clone();
    assert_eq!(put(&app, &admin, ALT, ("image/png", &whole)).await.expect(200)["version"], version);
}

async fn what_is_no_picture_is_refused(app: App) {
    let admin = app.admin().await;
    let before = managed(&app, &admin, "saxaul").await;
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    for kind in ["image/svg+xml", "image/gif", "text/html", "application/json", "", "image/png; charset=utf-8"] {
        put(&app, &admin, ALT, (kind, PNG)).await.problem(415, "unsupported_media_type");
    }
    for (kind, bytes) in [("image/png", &svg[..]), ("image/jpeg", PNG), ("image/webp", b"RIFF"), ("image/png", b"")] {
        assert_eq!(put(&app, &admin, ALT, (kind, bytes)).await.wrong_fields(), ["picture: not_a_picture"], "{kind}");
    }
    let large = [PNG, &vec![7; 1024 * 1024]].concat();
    put(&app, &admin, ALT, ("image/png", &large)).await.problem(413, "payload_too_large");
    let missing = put(&app, &admin, "alt_kk=a&alt_en=", ("image/png", PNG)).await;
    assert_eq!(missing.wrong_fields(), ["alt_en: invalid_alt", "alt_ru: required"]);
    let long = format!("alt_kk={}&alt_ru=b%00&alt_en=c&alt_en=d", "a".repeat(301));
    let wrong = ["alt_en: invalid_alt", "alt_kk: invalid_alt", "alt_ru: invalid_alt"];
    assert_eq!(put(&app, &admin, &long, ("image/png", PNG)).await.wrong_fields(), wrong);
    let late = put(&app, &admin, ALT, ("image/png", PNG)).header("if-match", "\"7\"").await;
    late.problem(409, "changed_meanwhile");
    let nowhere = app.call(Method::PUT, &format!("/api/admin/campaigns/oak/picture?{ALT}")).bearer(&admin.token);
    nowhere.header("content-type", "image/png").bytes(PNG).await.problem(404, "not_found");
    assert_eq!(managed(&app, &admin, "saxaul").await, before);
}

async fn a_picture_is_taken_away(app: App) {
    let admin = app.admin().await;
    let before = path(&app.get("/api/campaigns/trees").await.expect(200), "ru");
    let remove = || app.call(Method::DELETE, "/api/admin/campaigns/trees/picture").bearer(&admin.token);
    remove().header("if-match", "\"4\"").await.problem(409, "changed_meanwhile");
    let bare = remove().await.expect(200);
    assert_eq!((&bare["picture"], &bare["version"]), (&Value::Null, &json!(1)));
    assert_eq!(remove().await.expect(200), bare);
    assert_eq!(app.get("/api/campaigns/trees").await.expect(200)["picture"], Value::Null);
    app.get(&before).await.problem(404, "not_found");
}

async fn what_is_on_it_can_be_said_anew(app: App) {
    let admin = app.admin().await;
    let before = managed(&app, &admin, "trees").await;
    let alt = json!({"kk": "Дала", "ru": "Степь", "en": "A steppe"});
    let changed = patch(&app, &admin, "trees", &json!({"picture_alt": alt})).await.expect(200);
    assert_eq!((&changed["picture"]["alt"], &changed["picture"]["url"]), (&alt, &before["picture"]["url"]));
    assert_eq!(app.get(&path(&changed, "kk")).await.status, 200);
}
