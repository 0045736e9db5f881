//! Accounts and their sessions.

use domain::Role;
use serde_json::{Value, json};

use super::donations::{email, languages};
use super::operation::{Access, Operation};
use super::schema::{described, input, instant, line, number, object, one_of, or_null, reference, secret, text, uuid};
use crate::problem::Code;

const ACCOUNTS: &str = "accounts";

pub(super) fn operations() -> Vec<Operation> {
    let post = |path, id| Operation::post(path, (ACCOUNTS, id));
    vec![
        post("/api/auth/register", "register")
            .does("Makes an account and signs it in.")
            .body("Registration")
            .problems(&[Code::EmailTaken, Code::RateLimited])
            .answers(201, "The session.", "Session"),
        post("/api/auth/login", "logIn")
            .does("Signs in.")
            .body("Credentials")
            .problems(&[Code::InvalidCredentials, Code::RateLimited])
            .answers(200, "The session.", "Session"),
        post("/api/auth/refresh", "refresh")
            .does("Renews a session's tokens.")
            .note("Each refresh token is used once. One that comes a second time ends its session.")
            .body("RefreshToken")
            .problems(&[Code::Unauthenticated])
            .answers(200, "The session, with new tokens.", "Session"),
        post("/api/auth/logout", "logOut")
            .does("Ends a session.")
            .body("RefreshToken")
            .answers_nothing(204, "It has ended, or there was none."),
        post("/api/auth/password/forgot", "forgotPassword")
            .does("Sends a mail with a link to choose another password.")
            .body("EmailAddress")
            .problems(&[Code::RateLimited])
            .answers_nothing(202, "The same whether or not anybody has the address."),
        post("/api/auth/password/reset", "resetPassword")
            .does("Chooses another password with the token of such a link, and ends every session.")
            .body("NewPassword")
            .answers_nothing(204, "It was chosen."),
        post("/api/auth/confirm", "confirmEmail")
            .does("Confirms the address with the token of a mail's link.")
            .body("LinkToken")
            .answers_nothing(204, "It is confirmed."),
        Operation::get("/api/auth/me", (ACCOUNTS, "readAccount"))
            .does("The caller's account.")
            .of(Access::SignedIn)
            .answers(200, "The account.", "Account"),
        Operation::delete("/api/auth/me", (ACCOUNTS, "deleteAccount"))
            .does("Deletes the caller's account.")
            .note("Its donations stay for the books, without what was personal about them.")
            .of(Access::SignedIn)
            .answers_nothing(204, "It is gone."),
    ]
}

pub(super) fn schemas() -> Vec<(&'static str, Value)> {
    let account = json!({
        "id": uuid(), "email": text(), "name": text(), "language": languages(), "role": roles(), "created_at": instant(),
        "email_confirmed_at": or_null(instant()),
    });
    let session = json!({
        "token": described(text(), "The access token (a JWT), for `Authorization: Bearer`."), "refresh_token": text(),
        "expires_in": described(number(0), "How long the access token counts, in seconds."), "user": reference("Account"),
    });
    let registration = json!({"email": email(), "password": secret(10, 128), "name": line(1, 120)});
    vec![
        ("Account", object(account)),
        ("Session", object(session)),
        ("Registration", input(registration, json!({"language": languages()}))),
        ("Credentials", input(json!({"email": secret(1, 1024), "password": secret(1, 1024)}), json!({}))),
        ("RefreshToken", input(json!({"refresh_token": secret(1, 1024)}), json!({}))),
        ("EmailAddress", input(json!({"email": secret(1, 1024)}), json!({}))),
        ("NewPassword", input(json!({"token": secret(1, 1024), "password": secret(10, 128)}), json!({}))),
        ("LinkToken", input(json!({"token": secret(1, 1024)}), json!({}))),
    ]
}

pub(super) fn roles() -> Value {
    one_of(Role::ALL.map(Role::word))
}
