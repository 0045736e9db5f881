//! What of a campaign can be used, and what is refused.

use serde_json::{Value, json};

use super::admin_campaigns::{birch, create, managed, patch, with};
use crate::support::App;

on_both_databases!(
    a_campaign_that_cannot_be_used_is_not_made,
    what_nobody_knows_is_refused_by_name,
    what_cannot_be_used_changes_nothing,
    what_is_null_is_taken_away,
);

async fn a_campaign_that_cannot_be_used_is_not_made(app: App) {
    let admin = app.admin().await;
    let rows = [
        ("slug", json!("Birch"), &["slug: invalid_slug"][..]),
        ("slug", json!(""), &["slug: invalid_slug"]),
        ("slug", json!("a".repeat(65)), &["slug: invalid_slug"]),
        ("slug", json!(7), &["slug: not_text"]),
        ("slug", json!(null), &["slug: required"]),
        ("title", json!(null), &["title: required"]),
        ("title", json!("Birch"), &["title: not_an_object"]),
        ("title", json!({"kk": "Қайың", "en": 5}), &["title.en: not_text", "title.ru: required"]),
        (
            "title",
            json!({"kk": " ", "ru": "x".repeat(201), "en": "a\nb"}),
            &["title.en: control_character", "title.kk: blank", "title.ru: too_long"],
        ),
        (
            "title",
            json!({"kk": "Қайың 🌳", "ru": "白樺", "en": "Birch"}),
            &["title.kk: unprintable_title", "title.ru: unprintable_title"],
        ),
        ("title", json!({"kk": "a", "ru": "b", "en": "c", "de": "d"}), &["title.de: unknown_field"]),
        (
            "text",
            json!({"kk": "a\0", "ru": "ж".repeat(4001), "en": ""}),
            &["text.kk: control_character", "text.ru: too_long"],
        ),
        ("price_per_tree", json!(0), &["price_per_tree: not_positive"]),
        ("price_per_tree", json!(-5), &["price_per_tree: not_positive"]),
        ("price_per_tree", json!(700.0), &["price_per_tree: not_whole_number"]),
        ("price_per_tree", json!("700"), &["price_per_tree: not_whole_number"]),
        ("price_per_tree", json!(5_000_001), &["price_per_tree: out_of_range"]),
        ("price_per_tree", json!(u64::MAX), &["price_per_tree: out_of_range"]),
        ("goal", json!(0), &["goal: not_positive"]),
        ("goal", json!(1.5), &["goal: not_whole_number"]),
        ("presets", json!([99]), &["presets: out_of_range"]),
        ("presets", json!([5_000_001]), &["presets: out_of_range"]),
        ("presets", json!([700, 0]), &["presets: not_amounts"]),
        ("presets", json!([700, "x"]), &["presets: not_amounts"]),
        ("presets", json!(700), &["presets: not_amounts"]),
        ("presets", json!(vec![700; 13]), &["presets: too_many"]),
        ("starts_at", json!("2026-03-01"), &["starts_at: invalid_time"]),
        ("ends_at", json!("2026-03-01T00:00:00"), &["ends_at: invalid_time"]),
        ("ends_at", json!(5), &["ends_at: not_text"]),
        ("position", json!(-1), &["position: out_of_range"]),
        ("position", json!(4_294_967_296_u64), &["position: out_of_range"]),
        ("position", json!(1.5), &["position: not_whole_number"]),
        ("draft", json!("yes"), &["draft: not_boolean"]),
    ];
    for (field, value, expected) in rows {
        let refused = create(&app, &admin, &with(birch(), field, value.clone())).await;
        assert_eq!(refused.wrong_fields(), expected, "{field}: {value}");
    }
    let times =
        with(with(birch(), "starts_at", json!("2026-03-01T00:00:00Z")), "ends_at", json!("2026-03-01T05:00:00+05:00"));
    assert_eq!(create(&app, &admin, &times).await.wrong_fields(), ["ends_at: not_after_start"]);
    assert_eq!(
        create(&app, &admin, &json!({})).await.wrong_fields(),
        ["price_per_tree: required", "slug: required", "title: required"]
    );
    create(&app, &admin, &json!([])).await.problem(422, "validation_failed");
    app.get("/api/campaigns/birch").await.problem(404, "not_found");
}

async fn what_nobody_knows_is_refused_by_name(app: App) {
    let admin = app.admin().await;
    let hostile = [
        ("raised", json!(5)),
        ("donated_under", json!(false)),
        ("version", json!(9)),
        ("state", json!("open")),
        ("id", json!(1)),
    ];
    for (field, value) in &hostile {
        let refused = create(&app, &admin, &with(birch(), field, value.clone())).await;
        assert_eq!(refused.wrong_fields(), [format!("{field}: unknown_field")]);
    }
    create(&app, &admin, &birch()).await.expect(201);
    let before = managed(&app, &admin, "birch").await;
    for field in ["slug", "raised", "trees", "donated_under", "state", "picture", "currency", &"x".repeat(64)] {
        let refused = patch(&app, &admin, "birch", &json!({"goal": 7, field: "birch"})).await;
        assert_eq!(refused.wrong_fields(), [format!("{field}: unknown_field")]);
    }
    let many: serde_json::Map<String, Value> = (0..100).map(|n| (format!("f{n}"), json!(n))).collect();
    assert_eq!(patch(&app, &admin, "birch", &Value::Object(many)).await.wrong_fields().len(), 20);
    let long = patch(&app, &admin, "birch", &json!({"ж".repeat(5000): 1})).await;
    assert_eq!(long.wrong_fields(), [format!("{}: unknown_field", "ж".repeat(64))]);
    assert_eq!(managed(&app, &admin, "birch").await, before);
}

async fn what_cannot_be_used_changes_nothing(app: App) {
    let admin = app.admin().await;
    create(&app, &admin, &with(birch(), "starts_at", json!("2026-03-01T00:00:00Z"))).await.expect(201);
    let before = managed(&app, &admin, "birch").await;
    let rows = [
        (json!({"goal": 5, "title": {"kk": "a", "ru": "b", "en": "🌳"}}), "title.en: unprintable_title"),
        (json!({"goal": 5, "ends_at": "2026-02-01T00:00:00Z"}), "ends_at: not_after_start"),
        (json!({"goal": 5, "presets": [1]}), "presets: out_of_range"),
        (json!({"goal": 5, "price_per_tree": 9_000_000}), "price_per_tree: out_of_range"),
        (json!({"goal": 5, "picture_alt": {"kk": "a", "ru": "b", "en": "c"}}), "picture_alt: no_picture"),
        (json!({"goal": 5, "version": "0"}), "version: invalid_version"),
        (json!({"goal": 5, "draft": 1}), "draft: not_boolean"),
    ];
    for (body, expected) in rows {
        assert_eq!(patch(&app, &admin, "birch", &body).await.wrong_fields(), [expected], "{body}");
    }
    patch(&app, &admin, "oak", &json!({"goal": 5})).await.problem(404, "not_found");
    assert_eq!(managed(&app, &admin, "birch").await, before);
}

async fn what_is_null_is_taken_away(app: App) {
    let admin = app.admin().await;
    let times = with(
        with(birch(), "starts_at", json!("2026-03-01T00:00:00.1234567Z")),
        "ends_at",
        json!("2100-01-01T00:00:00Z"),
    );
    let made = create(&app, &admin, &times).await.expect(201);
    assert_eq!(made["starts_at"], "2026-03-01T00:00:00.123456Z");
    assert_eq!(managed(&app, &admin, "birch").await, made);
    let bare =
        patch(&app, &admin, "birch", &json!({"goal": null, "starts_at": null, "ends_at": null})).await.expect(200);
    for field in ["goal", "starts_at", "ends_at"] {
        assert_eq!(bare[field], Value::Null, "{field}");
    }
    assert_eq!(managed(&app, &admin, "birch").await, bare);
    assert_eq!(patch(&app, &admin, "birch", &json!({"title": null, "presets": null})).await.expect(200), bare);
}
