//! Requests, by the route that they were for: never by their path, which holds ids and is as many as anybody likes.

use std::borrow::Cow;
use std::time::Instant as Started;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, web};

use crate::state::AppState;

/// How a request is counted.
pub(super) struct Answered {
    pub(super) route: Cow<'static, str>,
    pub(super) method: &'static str,
    pub(super) status: &'static str,
}

/// Counts the request when it is answered.
///
/// # Errors
/// None of its own.
pub async fn measured(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let state = request.app_data::<web::Data<AppState>>().cloned();
    let method = method(request.method());
    let route = request.match_pattern().map_or(Cow::Borrowed("none"), Cow::Owned);
    let started = Started::now();
    let answer = next.call(request).await;
    if let Some(state) = state {
        let status = answer.as_ref().map_or_else(|error| error.error_response().status(), ServiceResponse::status);
        state.monitoring.meter().answered(&Answered { route, method, status: class(status) }, started.elapsed());
    }
    answer
}

/// Anybody can make up a method of their own.
fn method(method: &Method) -> &'static str {
    const KNOWN: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    KNOWN.into_iter().find(|known| *known == method.as_str()).unwrap_or("other")
}

fn class(status: StatusCode) -> &'static str {
    match status.as_u16() / 100 {
        1 => "1xx",
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        _ => "5xx",
    }
}
