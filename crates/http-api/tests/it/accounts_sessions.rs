//! Sessions that are renewed, stolen and ended.

use chrono::TimeDelta;
use futures_util::future::join_all;
use serde_json::json;

use crate::support::{Answer, App, Session};

on_both_databases!(
    a_session_is_renewed_with_two_new_tokens,
    a_token_that_comes_again_ends_all_that_came_of_the_sign_in,
    the_thief_who_comes_first_is_thrown_out_with_the_owner,
    of_many_renewals_at_once_one_wins_and_all_are_thrown_out,
    what_is_no_refresh_token_renews_nothing,
    a_session_lasts_as_long_as_it_is_renewed,
    whoever_logs_out_is_out_and_the_others_stay,
    logging_out_tells_nothing,
    only_hashes_of_tokens_are_kept,
);

async fn refresh(app: &App, token: &str) -> Answer {
    app.post("/api/auth/refresh").json(&json!({"refresh_token": token})).await
}

async fn log_out(app: &App, token: &str) -> Answer {
    app.post("/api/auth/logout").json(&json!({"refresh_token": token})).await
}

async fn is_in(app: &App, session: &Session) -> bool {
    let answer = app.get("/api/auth/me").bearer(&session.token).await;
    if answer.status == 200 {
        return true;
    }
    answer.problem(401, "unauthenticated");
    false
}

async fn signed_in_again(app: &App) -> Session {
    Session::of(&app.log_in("asem@example.com", "correct horse").await.expect(200))
}

async fn a_session_is_renewed_with_two_new_tokens(app: App) {
    let mut session = app.register("asem@example.com").await;
    for _ in 0..3 {
        let answer = refresh(&app, &session.refresh_token).await.expect(200);
        let mut fields: Vec<&String> = answer.as_object().unwrap().keys().collect();
        fields.sort();
        assert_eq!(fields, ["expires_in", "refresh_token", "token", "user"]);
        let next = Session::of(&answer);
        assert_ne!((&next.token, &next.refresh_token), (&session.token, &session.refresh_token));
        assert!(next.token != session.token && next.refresh_token != session.refresh_token);
        assert_eq!(next.account, session.account);
        assert!(
            is_in(&app, &next).await && is_in(&app, &session).await,
            "the access token of before runs out by itself"
        );
        session = next;
    }
}

async fn a_token_that_comes_again_ends_all_that_came_of_the_sign_in(app: App) {
    let first = app.register("asem@example.com").await;
    let other = signed_in_again(&app).await;
    let second = Session::of(&refresh(&app, &first.refresh_token).await.expect(200));
    let third = Session::of(&refresh(&app, &second.refresh_token).await.expect(200));
    refresh(&app, &first.refresh_token).await.problem(401, "unauthenticated");
    for session in [&first, &second, &third] {
        assert!(!is_in(&app, session).await);
        refresh(&app, &session.refresh_token).await.problem(401, "unauthenticated");
    }
    assert!(is_in(&app, &other).await, "another sign-in is another session");
    refresh(&app, &other.refresh_token).await.expect(200);
    signed_in_again(&app).await;
}

async fn the_thief_who_comes_first_is_thrown_out_with_the_owner(app: App) {
    let owner = app.register("asem@example.com").await;
    let thief = Session::of(&refresh(&app, &owner.refresh_token).await.expect(200));
    let answer = refresh(&app, &owner.refresh_token).await;
    answer.problem(401, "unauthenticated");
    assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
    assert!(!is_in(&app, &thief).await && !is_in(&app, &owner).await);
    refresh(&app, &thief.refresh_token).await.problem(401, "unauthenticated");
}

async fn of_many_renewals_at_once_one_wins_and_all_are_thrown_out(app: App) {
    let session = app.register("asem@example.com").await;
    let answers = join_all((0..8).map(|_| refresh(&app, &session.refresh_token))).await;
    let (won, lost): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 200);
    assert_eq!((won.len(), lost.len()), (1, 7));
    for answer in lost {
        answer.problem(401, "unauthenticated");
    }
    let winner = Session::of(&won[0].expect(200));
    assert!(!is_in(&app, &winner).await);
    refresh(&app, &winner.refresh_token).await.problem(401, "unauthenticated");
}

async fn what_is_no_refresh_token_renews_nothing(app: App) {
    let session = app.register("asem@example.com").await;
    let token = &session.refresh_token;
    let tampered = format!("{}{}", &token[1..], if token.starts_with('0') { '1' } else { '0' });
    let mut tokens =
        vec![session.token.clone(), tampered, token.to_uppercase(), format!(" {token}"), token[1..].to_owned()];
    tokens.extend(["x", "%", "________", "қазақ", "' OR 1=1 --", "null"].map(str::to_owned));
    tokens.retain(|other| other != token);
    for token in tokens {
        refresh(&app, &token).await.problem(401, "unauthenticated");
    }
    for (body, wrong) in [
        (json!({}), "refresh_token: required"),
        (json!({"refresh_token": 7}), "refresh_token: not_text"),
        (json!({"refresh_token": ""}), "refresh_token: too_short"),
        (json!({"refresh_token": "a".repeat(5000)}), "refresh_token: too_long"),
        (json!({"refresh_token": "a\0"}), "refresh_token: control_character"),
    ] {
        for path in ["/api/auth/refresh", "/api/auth/logout"] {
            assert_eq!(app.post(path).json(&body).await.wrong_fields(), [wrong]);
        }
    }
    assert!(is_in(&app, &session).await, "none of it was a replay");
    refresh(&app, token).await.expect(200);
}

async fn a_session_lasts_as_long_as_it_is_renewed(app: App) {
    let mut session = app.register("asem@example.com").await;
    for _ in 0..3 {
        app.clock.advance(TimeDelta::days(29));
        assert!(!is_in(&app, &session).await, "half an hour is long over");
        session = Session::of(&refresh(&app, &session.refresh_token).await.expect(200));
        assert!(is_in(&app, &session).await);
    }
    app.clock.advance(TimeDelta::days(30));
    refresh(&app, &session.refresh_token).await.problem(401, "unauthenticated");
}

async fn whoever_logs_out_is_out_and_the_others_stay(app: App) {
    let session = app.register("asem@example.com").await;
    let (other, oleg) = (signed_in_again(&app).await, app.register("oleg@example.com").await);
    let renewed = Session::of(&refresh(&app, &session.refresh_token).await.expect(200));
    log_out(&app, &renewed.refresh_token).await.nothing();
    for session in [&session, &renewed] {
        assert!(!is_in(&app, session).await);
        refresh(&app, &session.refresh_token).await.problem(401, "unauthenticated");
    }
    assert!(is_in(&app, &other).await && is_in(&app, &oleg).await);

    // With a token that was used long ago one is out too.
    let renewed = Session::of(&refresh(&app, &other.refresh_token).await.expect(200));
    log_out(&app, &other.refresh_token).await.nothing();
    assert!(!is_in(&app, &renewed).await);
}

async fn logging_out_tells_nothing(app: App) {
    let session = app.register("asem@example.com").await;
    for token in ["x", "%", &session.token, &session.account] {
        log_out(&app, token).await.nothing();
    }
    assert!(is_in(&app, &session).await);
    for _ in 0..3 {
        log_out(&app, &session.refresh_token).await.nothing();
    }
    assert!(!is_in(&app, &session).await);
}

async fn only_hashes_of_tokens_are_kept(app: App) {
    let session = app.register("asem@example.com").await;
    let renewed = Session::of(&refresh(&app, &session.refresh_token).await.expect(200));
    app.work_off().await;
    let link = app.link("asem@example.com", "confirm-email");
    let kept = app.everything_kept();
    assert!(kept.contains("asem@example.com"), "it was looked at");
    for secret in [&session.refresh_token, &renewed.refresh_token, &renewed.token, &link] {
        assert!(!kept.contains(secret.as_str()));
    }
}
