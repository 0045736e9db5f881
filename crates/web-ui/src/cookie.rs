//! The one cookie: a browser's session.
//!
//! Scripts cannot read it, other sites' forms and pictures do not send it (RFC 6265bis, `SameSite=Lax`; a link from a mail or the way
//! back from the checkout does). Over HTTPS its name begins with `__Host-`: no neighbour's host can set or overwrite it.

use actix_web::HttpRequest;
use actix_web::http::header::{self, HeaderValue};

use crate::pages::Pages;

const NAME: &str = "donations-session";

fn name(pages: &Pages) -> String {
    if pages.over_https() { format!("__Host-{NAME}") } else { NAME.to_owned() }
}

/// What the browser shows; `None` if it shows none, or nothing that we ever gave out.
pub(crate) fn token(pages: &Pages, request: &HttpRequest) -> Option<String> {
    let name = name(pages);
    let lines = request.headers().get_all(header::COOKIE).filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let (_, token) = pairs.find(|(shown, _)| *shown == name)?;
    (token.len() == 64 && token.bytes().all(|byte| byte.is_ascii_hexdigit())).then(|| token.to_owned())
}

/// Has the browser keep the token for as long as its session stands.
pub(crate) fn keep(pages: &Pages, token: &str) -> HeaderValue {
    write(pages, token, pages.house.settings.session_ttl.num_seconds())
}

/// Has the browser forget the token.
pub(crate) fn forget(pages: &Pages) -> HeaderValue {
    write(pages, "", 0)
}

/// To be kept for so many seconds.
fn write(pages: &Pages, value: &str, age: i64) -> HeaderValue {
    let secure = if pages.over_https() { "; Secure" } else { "" };
    let name = name(pages);
    let cookie = format!("{name}={value}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::try_from(cookie).expect("letters, digits and punctuation")
}
