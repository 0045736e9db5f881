//! Who asks.

use std::future::{Future, Ready, ready};
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, web};
use application::Origin;
use domain::Account;
use domain::donation::Actor;

use crate::extract::client_address;
use crate::middleware::RequestId;
use crate::problem::{Code, Problem};
use crate::state::AppState;

/// Somebody signed in: the account of a valid access token.
pub struct SignedInAccount(pub Account);

impl FromRequest for SignedInAccount {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { signed_in(&request).await.map(Self) })
    }
}

/// Whoever the middleware `supervised` has let in: on record, and with the right to do it. A route without it lets nobody in.
#[derive(Clone)]
pub struct AdminAccount(pub Account);

impl FromRequest for AdminAccount {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(request.extensions().get::<Self>().cloned().ok_or(Problem::new(Code::Internal)))
    }
}

/// The account of the request's access token.
///
/// # Errors
/// 401 without a token, or with one that does not count.
pub async fn signed_in(request: &HttpRequest) -> Result<Account, Problem> {
    let state = request.app_data::<web::Data<AppState>>().ok_or(Problem::new(Code::Internal))?;
    let sent = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let (scheme, token) = sent.and_then(|value| value.split_once(' ')).ok_or(Problem::new(Code::Unauthenticated))?;
    if !scheme.eq_ignore_ascii_case("Bearer") {
        return Err(Problem::new(Code::Unauthenticated));
    }
    let account = application::accounts::authenticate(&state.house, token.trim()).await?;
    account.ok_or(Problem::new(Code::Unauthenticated))
}

/// What the timeline will say of who did it.
pub struct Cause;

impl Cause {
    /// Somebody without an account did it.
    pub fn guest(request: &HttpRequest) -> domain::donation::Cause {
        Self::of(Actor::Guest, request)
    }

    /// Somebody signed in did it.
    pub fn account(account: &Account, request: &HttpRequest) -> domain::donation::Cause {
        Self::of(Actor::Account(account.id), request)
    }

    fn of(actor: Actor, request: &HttpRequest) -> domain::donation::Cause {
        domain::donation::Cause { actor, request_id: request_id(request) }
    }
}

/// The request's id.
pub fn request_id(request: &HttpRequest) -> Option<String> {
    request.extensions().get::<RequestId>().map(|id| id.0.clone())
}

/// Where the request comes from.
pub fn origin(request: &HttpRequest) -> Origin {
    Origin { request_id: request_id(request), address: Some(client_address(request)) }
}
