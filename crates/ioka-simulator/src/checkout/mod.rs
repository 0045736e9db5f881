//! The pages a payer sees: hosted checkout, card saving, 3-D Secure. All of them work without JavaScript.

mod card_form;
mod format;
mod page;
mod save_card;
mod three_ds;
mod words;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

pub(crate) use format::tenge;

use crate::error::Refusal;

/// The style sheet of all pages.
const STYLE: &str = include_str!("../../assets/simulator.css");

/// Routes of the pages outside the API.
pub(crate) fn routes(config: &mut ServiceConfig) {
    let lang = "{lang:ru|kz|kk|en}";
    config
        .route("/orders/{id}", web::get().to(to_default_language))
        .service(
            web::resource(format!("/{lang}/orders/{{id}}"))
                .route(web::get().to(page::show))
                .route(web::post().to(page::pay)),
        )
        .route("/customers/{id}", web::get().to(to_default_language))
        .service(
            web::resource(format!("/{lang}/customers/{{id}}"))
                .route(web::get().to(save_card::show))
                .route(web::post().to(save_card::save)),
        )
        .route("/assets/simulator.css", web::get().to(style));
}

/// Routes of the page of 3-D Secure, under `/v2`.
pub(crate) fn three_ds_routes(config: &mut ServiceConfig) {
    config.service(
        web::resource("/{id}/check3ds").route(web::get().to(three_ds::show)).route(web::post().to(three_ds::answer)),
    );
}

/// Ioka's checkout address ends up under `/ru/`. \[CAP\]
async fn to_default_language(request: HttpRequest) -> HttpResponse {
    let query = request.query_string();
    let mark = if query.is_empty() { "" } else { "?" };
    found(StatusCode::FOUND, &format!("/ru{}{mark}{query}", request.path()))
}

async fn style() -> HttpResponse {
    HttpResponse::Ok().content_type("text/css; charset=utf-8").body(STYLE)
}

/// A redirect.
pub(crate) fn found(status: StatusCode, target: &str) -> HttpResponse {
    HttpResponse::build(status).insert_header((header::LOCATION, target)).finish()
}

/// Where an address may be sent to in a form's redirect, besides this site.
fn origin(address: &str) -> Option<String> {
    url::Url::parse(address).ok().map(|url| url.origin()).filter(url::Origin::is_tuple).map(|o| o.ascii_serialization())
}

/// A page with headers that keep everything foreign out.
///
/// `also_to` is an address that forms of this page may end up at.
pub(crate) fn html(status: StatusCode, page: &impl Template, also_to: Option<&str>) -> HttpResponse {
    let text = match page.render() {
        Ok(text) => text,
        Err(error) => {
            tracing::error!(%error, "a page could not be written");
            return HttpResponse::InternalServerError().finish();
        }
    };
    let also_to = also_to.and_then(origin).map(|origin| format!(" {origin}")).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'{also_to}; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    let mut answer = HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .body(text);
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        answer.headers_mut().insert(HeaderName::from_static("content-security-policy"), policy);
    }
    answer
}

#[derive(Template)]
#[template(path = "missing.html")]
struct MissingPage<'a> {
    words: &'a words::Words,
}

/// A page that says that there is no such order, payment or customer.
fn missing(language: words::Language, refusal: &Refusal) -> HttpResponse {
    html(refusal.status, &MissingPage { words: language.words() }, None)
}
