//! The pages of people who sign in; one page, one file.

use actix_web::HttpResponse;
use actix_web::http::header;
use domain::{DonorEmail, Language, LineText, TextError};

use crate::answer::see_other;
use crate::cookie;
use crate::form::FieldError;
use crate::pages::Pages;
use crate::texts::{Arg, Texts};
use crate::views::address;

pub(crate) mod confirm_email;
pub(crate) mod forgot_password;
pub(crate) mod mine;
pub(crate) mod own;
pub(crate) mod reset_password;
pub(crate) mod sign_in;
pub(crate) mod sign_out;
pub(crate) mod sign_up;

/// As over the API.
const SHORTEST_PASSWORD: usize = 10;
const LONGEST_PASSWORD: usize = 128;

/// Whoever is to sign in first, and come back to `path` then.
fn to_sign_in(path: &str, language: Language) -> HttpResponse {
    see_other(&address("/sign-in", &[("lang", language.code()), ("next", path)]))
}

/// On to another page with the cookie of the session that has just begun. Its token has never been seen before: whatever stood in the
/// browser's cookie until now does not become a session (CWE-384).
fn signed_in(pages: &Pages, token: &str, to: &str) -> HttpResponse {
    let mut answer = see_other(to);
    answer.headers_mut().append(header::SET_COOKIE, cookie::keep(pages, token));
    answer
}

/// The browser's session is over.
fn signed_out(pages: &Pages, mut answer: HttpResponse) -> HttpResponse {
    answer.headers_mut().append(header::SET_COOKIE, cookie::forget(pages));
    answer
}

/// What was typed is checked field by field, so that one answer names all that is wrong.
struct Check {
    texts: Texts,
    errors: Vec<FieldError>,
}

impl Check {
    fn new(language: Language) -> Self {
        Self { texts: Texts(language), errors: Vec::new() }
    }

    fn wrong(&mut self, field: &'static str, message: String) {
        self.errors.push(FieldError { field, message });
    }

    fn email(&mut self, typed: &str) -> Option<DonorEmail> {
        let key = if typed.trim().is_empty() { "error-email-required" } else { "error-email" };
        let email = DonorEmail::parse(typed).ok();
        if email.is_none() {
            self.wrong("email", self.texts.get(key));
        }
        email
    }

    fn name<const MAX: usize>(&mut self, typed: &str) -> Option<LineText<MAX>> {
        let parsed = LineText::parse(typed);
        let message = match &parsed {
            Ok(_) => return parsed.ok(),
            Err(TextError::Blank) => self.texts.get("error-name-required"),
            Err(TextError::ControlCharacter) => self.texts.get("error-control-character"),
            Err(TextError::TooLong(max)) => self.texts.fill("error-too-long", &[("max", count(*max))]),
        };
        self.wrong("name", message);
        None
    }

    /// A password that is to be one from now on.
    fn new_password(&mut self, typed: &str) {
        let length = typed.chars().count();
        let message = if length == 0 {
            self.texts.get("error-password-required")
        } else if length < SHORTEST_PASSWORD {
            self.texts.fill("error-password-short", &[("min", count(SHORTEST_PASSWORD))])
        } else if length > LONGEST_PASSWORD {
            self.texts.fill("error-too-long", &[("max", count(LONGEST_PASSWORD))])
        } else if typed.contains('\0') {
            self.texts.get("error-control-character")
        } else {
            return;
        };
        self.wrong("password", message);
    }
}

fn count(number: usize) -> Arg {
    Arg::Count(u64::try_from(number).unwrap_or(u64::MAX))
}
