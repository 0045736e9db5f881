//! Only our own pages' forms are taken. Another site that has a visitor's browser send one is refused before anything is read.
//!
//! Browsers say where a form comes from: `Sec-Fetch-Site` (Fetch Metadata), and those that are too old for it, or reach us over plain
//! HTTP, `Origin` (Fetch, 3.2). A program that says neither shows no visitor's cookie but its own. Signing in needs no more than
//! this: there is no session yet to bind a token to, and a cookie before the first sign-in would only say again what the
//! browser says here. Whatever acts for somebody signed in needs the session's own token besides.

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _, HttpRequest, web};
use url::Url;

use crate::answer::see_other;
use crate::cookie;
use crate::language::requested_language;
use crate::pages::Pages;
use crate::session::Prolonged;
use crate::views::MessagePage;

/// Pages whose address holds a token, and whose forms act by that token alone.
const BEHIND_LINKS: [&str; 2] = ["/confirm-email", "/reset-password"];

/// Around every page.
pub(crate) async fn own_forms<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let pages = request.app_data::<web::Data<Pages>>().cloned();
    let own = pages.as_ref().is_none_or(|pages| is_own(pages, request.request()));
    if request.method() == Method::POST && !own {
        tracing::info!("page.foreign_form_refused");
        let answer = MessagePage::foreign_form(requested_language(request.request())).answer();
        return Ok(request.into_response(answer).map_into_right_body());
    }
    if let Some(address) = pages.as_ref().and_then(|pages| by_our_own_name(pages, request.request())) {
        return Ok(request.into_response(see_other(&address)).map_into_right_body());
    }
    let mut response = next.call(request).await?;
    let prolonged = response.request().extensions_mut().remove::<Prolonged>();
    // A sign-in or a sign-out has just said what the cookie is to be.
    if let (Some(pages), Some(Prolonged(token))) = (pages, prolonged)
        && !response.headers().contains_key(header::SET_COOKIE)
    {
        response.headers_mut().append(header::SET_COOKIE, cookie::keep(&pages, &token));
    }
    Ok(response.map_into_left_body())
}

fn is_own(pages: &Pages, request: &HttpRequest) -> bool {
    let says = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap_or("not text"));
    match (says("sec-fetch-site"), says("origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        // What a browser says of a page that is not to say where it is. The token in the form is proof enough.
        (None, Some("null")) => BEHIND_LINKS.contains(&request.path()),
        (None, Some(origin)) => is_ours(pages, request, origin),
        (None, None) => true,
    }
}

/// The names that a machine has for itself.
const THIS_MACHINE: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// The same page under the name that the gateway sends donors back to, for somebody on this machine who has called it by another:
/// a browser keeps a cookie for one name, and the session would be gone after paying. Elsewhere the name is left alone: what a
/// proxy makes of it is not known here.
fn by_our_own_name(pages: &Pages, request: &HttpRequest) -> Option<String> {
    let ours = Url::parse(&pages.backend_url).ok()?;
    let host = request.headers().get(header::HOST)?.to_str().ok()?;
    let reached = Url::parse(&format!("{}://{host}", ours.scheme())).ok()?;
    let of_this_machine = |url: &Url| url.host_str().is_some_and(|name| THIS_MACHINE.contains(&name));
    let same = reached.host_str() == ours.host_str() || reached.port_or_known_default() != ours.port_or_known_default();
    let accepted = request.headers().get(header::ACCEPT).and_then(|accepted| accepted.to_str().ok());
    let opens = *request.method() == Method::GET && accepted.is_some_and(|accepted| accepted.contains("text/html"));
    let page = request.uri().path_and_query()?;
    (opens && !same && of_this_machine(&ours) && of_this_machine(&reached))
        .then(|| format!("{}{page}", pages.backend_url))
}

/// Under the address that we are known by, or the one that the visitor has reached us by.
fn is_ours(pages: &Pages, request: &HttpRequest, origin: &str) -> bool {
    let Ok(origin) = Url::parse(origin) else { return false };
    if Url::parse(&pages.backend_url).is_ok_and(|ours| ours.origin() == origin.origin()) {
        return true;
    }
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let reached = host.and_then(|host| Url::parse(&format!("{}://{host}", origin.scheme())).ok());
    reached.is_some_and(|reached| matches!(origin.scheme(), "http" | "https") && reached.origin() == origin.origin())
}
