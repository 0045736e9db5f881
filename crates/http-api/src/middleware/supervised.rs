//! Nobody does anything in the administration unless they may, and it is on record.

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _, HttpRequest, web};
use application::{Duty, EnterError, Supervised, enter, leave};
use domain::audit::AuditAction;

use super::problems::{refusal, written_out};
use crate::extract::{AdminAccount, origin, signed_in};
use crate::problem::{Code, Problem};
use crate::state::AppState;

/// Lets those through who may, and leaves an entry of each that is somebody, the refused ones among them: see
/// [`application::enter`]. Whoever is nobody (401) leaves a log line alone: anybody could fill the record.
///
/// # Errors
/// None of its own.
pub async fn supervised(
    (duty, action): (Duty, AuditAction),
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let (request, payload) = request.into_parts();
    let (state, call) = match let_in(&request, (duty, action)).await {
        Ok(let_in) => let_in,
        Err(problem) => return Ok(refusal(request, &problem)),
    };
    let answer = written_out(next.call(ServiceRequest::from_parts(request, payload)).await?);
    let query = web::Query::<Vec<(String, String)>>::from_query(answer.request().query_string());
    let query = query.map(web::Query::into_inner).unwrap_or_default();
    let call = call.naming(made(&answer));
    match leave(&state.house, call, answer.status().as_u16(), query).await {
        Ok(()) => Ok(answer),
        Err(error) => Ok(refusal(answer.into_parts().0, &error.into())),
    }
}

async fn let_in(
    request: &HttpRequest,
    (duty, action): (Duty, AuditAction),
) -> Result<(web::Data<AppState>, Supervised), Problem> {
    let state = request.app_data::<web::Data<AppState>>().ok_or(Problem::new(Code::Internal))?.clone();
    let account = signed_in(request).await?;
    let named = request.match_info().get("id").or_else(|| request.match_info().get("slug"));
    let what = (duty, action, named);
    let call = enter(&state.house, &account, what, origin(request)).await?;
    request.extensions_mut().insert(AdminAccount(account));
    Ok((state, call))
}

/// What was made where the path named nothing: the last part of the address at which it now is.
fn made(answer: &ServiceResponse<BoxBody>) -> Option<String> {
    let location = answer.headers().get(header::LOCATION)?.to_str().ok()?;
    location.rsplit('/').next().map(str::to_owned)
}

impl From<EnterError> for Problem {
    fn from(error: EnterError) -> Self {
        match error {
            EnterError::Forbidden => Self::new(Code::Forbidden),
            EnterError::Store(error) => error.into(),
        }
    }
}
