//! Nobody does anything in the administration unless they may, and it is on record.

use std::collections::BTreeMap;

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _, HttpRequest, web};
use application::{Act, Origin, audit};
use domain::Role;
use domain::audit::{AuditAction, AuditOutcome};

use super::problems::{refusal, written_out};
use crate::extract::{AdminAccount, origin, signed_in};
use crate::problem::{Code, Problem};
use crate::state::AppState;

/// Whether a route changes anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duty {
    /// It shows.
    Look,
    /// It changes, or has something done.
    Change,
}

impl Duty {
    const fn is_given_to(self, role: Role) -> bool {
        match (role, self) {
            (Role::Admin, Self::Look | Self::Change) | (Role::Viewer, Self::Look) => true,
            (Role::Viewer, Self::Change) | (Role::Donor, Self::Look | Self::Change) => false,
        }
    }
}

/// Lets those through who may, and leaves an entry of each that is somebody, the refused ones among them. What changes something
/// is on record before it is done: if that fails, it is not done. The entry of the answer is written before the answer goes out.
/// Whoever is nobody (401) leaves a log line alone: anybody could fill the record.
///
/// # Errors
/// None of its own.
pub async fn supervised(
    (duty, action): (Duty, AuditAction),
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let (request, payload) = request.into_parts();
    let call = match let_in(&request, (duty, action)).await {
        Ok(call) => call,
        Err(problem) => return Ok(refusal(request, &problem)),
    };
    let answer = written_out(next.call(ServiceRequest::from_parts(request, payload)).await?);
    let status = answer.status().as_u16();
    let outcome = AuditOutcome::of_status(status);
    let mut act = call.act;
    if outcome == AuditOutcome::Done {
        act.details.extend(facts(answer.request()));
    }
    match audit(&call.state.house, &act, (outcome, Some(status)), &call.origin).await {
        Ok(()) => Ok(answer),
        // It is done and on record as begun: its answer is true, and hiding it would have it done again.
        Err(_) if duty == Duty::Change => Ok(answer),
        Err(error) => Ok(refusal(answer.into_parts().0, &error.into())),
    }
}

/// A call of somebody who may.
struct Call {
    state: web::Data<AppState>,
    act: Act,
    origin: Origin,
}

async fn let_in(request: &HttpRequest, (duty, action): (Duty, AuditAction)) -> Result<Call, Problem> {
    let state = request.app_data::<web::Data<AppState>>().ok_or(Problem::new(Code::Internal))?.clone();
    let account = signed_in(request).await?;
    let act = Act { target: request.match_info().get("id").map(str::to_owned), ..Act::of(&account, action) };
    let call = Call { state, act, origin: origin(request) };
    if !duty.is_given_to(account.role) {
        let forbidden = (AuditOutcome::Refused, Some(403));
        audit(&call.state.house, &call.act, forbidden, &call.origin).await?;
        return Err(Problem::new(Code::Forbidden));
    }
    if duty == Duty::Change {
        audit(&call.state.house, &call.act, (AuditOutcome::Begun, None), &call.origin).await?;
    }
    request.extensions_mut().insert(AdminAccount(account));
    Ok(call)
}

/// Parameters that say nothing of a person.
const TOLD: [&str; 7] = ["status", "flagged", "date", "actor", "action", "from", "to"];

/// What was asked for, once it has been found to be sound.
fn facts(request: &HttpRequest) -> BTreeMap<String, String> {
    let pairs = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
    let pairs = pairs.map(web::Query::into_inner).unwrap_or_default();
    pairs.into_iter().filter(|(name, _)| TOLD.contains(&name.as_str())).collect()
}
