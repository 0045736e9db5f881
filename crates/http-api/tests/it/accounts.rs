//! Registering and signing in.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::App;

on_both_databases!(
    whoever_registers_is_signed_in,
    whoever_has_an_account_can_log_in,
    an_address_is_taken_whatever_the_case_of_its_letters,
    of_many_at_once_one_gets_the_address,
    a_wrong_password_and_an_unknown_address_get_the_same_answer,
    passwords_have_10_to_128_characters,
    what_is_missing_or_wrong_is_said_at_once,
    no_answer_tells_a_password_or_its_hash,
);

async fn whoever_registers_is_signed_in(app: App) {
    let body = json!({"email": "Asem@Example.com", "password": "correct horse", "name": "Асем Ким", "language": "kk"});
    let answer = app.post("/api/auth/register").json(&body).await.expect(201);
    assert_eq!(answer["expires_in"], 1800);
    assert!(!answer["refresh_token"].as_str().unwrap().is_empty());
    let user = json!({
        "id": answer["user"]["id"], "email": "Asem@Example.com", "name": "Асем Ким", "language": "kk", "role": "donor",
        "created_at": "2026-03-01T10:00:00.000000Z", "email_confirmed_at": null,
    });
    assert_eq!(answer["user"], user);
    let me = app.get("/api/auth/me").bearer(answer["token"].as_str().unwrap()).await;
    assert_eq!(me.expect(200), user);
}

async fn whoever_has_an_account_can_log_in(app: App) {
    let session = app.register("asem@example.com").await;
    let answer = app.log_in("ASEM@example.com", "correct horse").await.expect(200);
    assert_eq!(answer["user"]["id"], session.account);
    let mut fields: Vec<&String> = answer.as_object().unwrap().keys().collect();
    fields.sort();
    assert_eq!(fields, ["expires_in", "refresh_token", "token", "user"]);
    let me = app.get("/api/auth/me").bearer(answer["token"].as_str().unwrap()).await;
    assert_eq!(me.expect(200)["email"], "asem@example.com");
    let first = app.get("/api/auth/me").bearer(&session.token).await;
    assert_eq!(first.expect(200)["id"], session.account);
}

async fn an_address_is_taken_whatever_the_case_of_its_letters(app: App) {
    app.register("asem@example.com").await;
    for email in ["asem@example.com", "Asem@EXAMPLE.com", " asem@example.com "] {
        let body = json!({"email": email, "password": "another horse", "name": "Somebody"});
        app.post("/api/auth/register").json(&body).await.problem(409, "email_taken");
    }
    app.log_in("asem@example.com", "correct horse").await.expect(200);
}

async fn of_many_at_once_one_gets_the_address(app: App) {
    let register = |n: usize| {
        let email = if n.is_multiple_of(2) { "asem@example.com" } else { "ASEM@example.com" };
        let body = json!({"email": email, "password": "correct horse", "name": "Асем Ким"});
        app.post("/api/auth/register").json(&body).into_future()
    };
    let mut statuses: Vec<_> = join_all((0..8).map(register)).await.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409, 409, 409, 409, 409, 409]);
}

async fn a_wrong_password_and_an_unknown_address_get_the_same_answer(app: App) {
    app.register("asem@example.com").await;
    let refused = |mut problem: Value| {
        problem["request_id"] = Value::Null;
        problem
    };
    let wrong = app.log_in("asem@example.com", "wrong horse").await;
    let expected = refused(wrong.problem(401, "invalid_credentials"));
    for (email, password) in [
        ("nobody@example.com", "correct horse"),
        ("no address", "correct horse"),
        ("asem@example.com", "Correct horse"),
        ("asem@example.com", "correct horse "),
        ("asem@example.com", "x"),
        ("asem@example.com", &"x".repeat(1000)),
    ] {
        let answer = app.log_in(email, password).await;
        assert_eq!(refused(answer.problem(401, "invalid_credentials")), expected, "{email}");
        assert_eq!(answer.header("www-authenticate"), wrong.header("www-authenticate"), "{email}");
    }
}

async fn passwords_have_10_to_128_characters(app: App) {
    for (n, letter) in ["a", "қ", "🌳"].into_iter().enumerate() {
        for (length, code) in
            [(9, "too_short"), (129, "too_long"), (1, "too_short"), (20_000 / letter.len(), "too_long")]
        {
            let body = json!({"email": format!("a{n}@example.com"), "password": letter.repeat(length), "name": "Ким"});
            let wrong = app.post("/api/auth/register").json(&body).await.wrong_fields();
            assert_eq!(wrong, [format!("password: {code}")], "{letter} {length}");
        }
        for length in [10, 128] {
            let (email, password) = (format!("a{n}-{length}@example.com"), letter.repeat(length));
            let body = json!({"email": email, "password": password, "name": "Ким"});
            app.post("/api/auth/register").json(&body).await.expect(201);
            app.log_in(&email, &password).await.expect(200);
        }
    }
}

async fn what_is_missing_or_wrong_is_said_at_once(app: App) {
    let wrong = app.post("/api/auth/register").json(&json!({})).await.wrong_fields();
    assert_eq!(wrong, ["email: required", "name: required", "password: required"]);
    let body = json!({"email": "nobody", "password": 7, "name": "\0", "language": "de"});
    let wrong = app.post("/api/auth/register").json(&body).await.wrong_fields();
    let expected =
        ["email: invalid_email", "language: unknown_language", "name: control_character", "password: not_text"];
    assert_eq!(wrong, expected);
    let body = json!({"email": "a@example.com", "password": "with a \0 in it", "name": " "});
    let wrong = app.post("/api/auth/register").json(&body).await.wrong_fields();
    assert_eq!(wrong, ["name: blank", "password: control_character"]);
    assert_eq!(
        app.post("/api/auth/login").json(&json!({})).await.wrong_fields(),
        ["email: required", "password: required"]
    );
    let nul = app.log_in("a\0@example.com", "correct horse").await;
    assert!([401, 422].contains(&nul.status), "{nul:?}");
}

async fn no_answer_tells_a_password_or_its_hash(app: App) {
    let session = app.register("asem@example.com").await;
    let answers = [
        app.get("/api/auth/me").bearer(&session.token).await,
        app.log_in("asem@example.com", "correct horse").await,
        app.log_in("asem@example.com", "a wrong horse").await,
    ];
    for answer in answers {
        let text = answer.text();
        assert!(!text.contains("horse") && !text.contains("argon2"), "{text}");
    }
}
