//! Nobody sees or does anything in the administration unless they may, and it is on record.

use std::rc::Rc;

use actix_web::body::BoxBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::{Next, from_fn};
use actix_web::{Error, FromRequest as _, HttpMessage as _, HttpRequest, HttpResponse, Route, web};
use application::{Duty, EnterError, Supervised, enter, leave, read_brake};
use domain::audit::AuditAction;
use url::{Url, form_urlencoded};

use super::operator::Operator;
use super::views::RefusalPage;
use crate::answer::see_other;
use crate::handlers::broken;
use crate::language::requested_language;
use crate::next_page::{ADMINISTRATION, local};
use crate::pages::Pages;
use crate::session::Visitor;
use crate::views::{MessagePage, address};

/// A route that shows something: to every operator.
pub(crate) fn look(action: AuditAction, route: Route) -> Route {
    supervise((Duty::Look, action), route)
}

/// A route that changes something, or has something done: for administrators. Its handler takes a [`SignedForm`].
///
/// [`SignedForm`]: super::signed_form::SignedForm
pub(crate) fn change(action: AuditAction, route: Route) -> Route {
    supervise((Duty::Change, action), route)
}

fn supervise(what: (Duty, AuditAction), route: Route) -> Route {
    route.wrap(from_fn(move |request: ServiceRequest, next: Next<BoxBody>| supervised(what, request, next)))
}

/// Whoever is nobody signs in first and comes back; whoever may not is told so; both without a word of what is there.
async fn supervised(
    what: (Duty, AuditAction),
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let (request, payload) = request.into_parts();
    let (pages, call) = match let_in(&request, what).await {
        Ok(let_in) => let_in,
        Err(page) => return Ok(ServiceResponse::new(request, kept_by_nobody(page))),
    };
    let answer = next.call(ServiceRequest::from_parts(request, payload)).await?.map_body(|_, body| body);
    let query = form_urlencoded::parse(answer.request().query_string().as_bytes()).into_owned();
    let query: Vec<_> = query.collect();
    let answer = match leave(&pages.house, call, answer.status().as_u16(), query).await {
        Ok(()) => answer,
        Err(error) => {
            let page = broken(&error, requested_language(answer.request()));
            answer.into_response(page)
        }
    };
    let (request, answer) = answer.into_parts();
    Ok(ServiceResponse::new(request, kept_by_nobody(answer)))
}

async fn let_in(
    request: &HttpRequest,
    (duty, action): (Duty, AuditAction),
) -> Result<(web::Data<Pages>, Supervised), HttpResponse> {
    let language = requested_language(request);
    let Some(pages) = request.app_data::<web::Data<Pages>>().cloned() else {
        return Err(MessagePage::broken(language).answer());
    };
    let visitor = Visitor::from_request(request, &mut Payload::None).await.map_err(|error| error.error_response())?;
    let Some(account) = visitor.account.clone() else {
        tracing::info!("admin.nobody_turned_away");
        return Err(see_other(&address("/sign-in", &[("lang", language.code()), ("next", &back_to(request))])));
    };
    let match_info = request.match_info();
    let target = match_info.get("id").or_else(|| match_info.get("slug"));
    let call = match enter(&pages.house, &account, (duty, action, target), pages.origin(request)).await {
        Ok(call) => call,
        Err(EnterError::Forbidden) => return Err(RefusalPage::forbidden(&visitor, language).answer()),
        Err(EnterError::Store(error)) => return Err(broken(&error, language)),
    };
    let brake = read_brake(&pages.house).await.map_err(|error| broken(&error, language))?;
    // Made before the extensions are held, for it reads them.
    let operator = Operator::new(&pages, request, (Rc::new(visitor), account), brake);
    request.extensions_mut().insert(operator);
    Ok((pages, call))
}

/// Where whoever has to sign in first comes back to: the page, or the one from which a form was sent.
fn back_to(request: &HttpRequest) -> String {
    let opened = matches!(*request.method(), Method::GET | Method::HEAD);
    let page = if opened {
        request.uri().path_and_query().map(ToString::to_string)
    } else {
        let from = request.headers().get(header::REFERER).and_then(|page| Url::parse(page.to_str().ok()?).ok());
        from.map(|page| page[url::Position::BeforePath..url::Position::AfterQuery].to_owned())
    };
    let page = page.and_then(|page| local(&page)).filter(|page| page.starts_with(ADMINISTRATION));
    page.unwrap_or_else(|| ADMINISTRATION.to_owned())
}

/// Neither by anything on the way nor by a search engine, whatever it is.
fn kept_by_nobody(mut answer: HttpResponse) -> HttpResponse {
    let headers = answer.headers_mut();
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

/// A route of the administration that nobody guards lets nobody in.
pub(super) fn unguarded(request: &HttpRequest) -> HttpResponse {
    tracing::error!(path = request.path(), "admin.unguarded");
    MessagePage::refused(requested_language(request), StatusCode::INTERNAL_SERVER_ERROR).answer()
}
