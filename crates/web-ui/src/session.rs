//! Who is looking at a page.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::error::InternalError;
use actix_web::{Error, FromRequest, HttpMessage as _, HttpRequest, web};
use application::Access;
use application::accounts::browser_account;
use domain::Account;
use domain::donation::{Actor, Cause};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::cookie;
use crate::handlers::broken;
use crate::language::requested_language;
use crate::pages::Pages;

/// The hidden field in which a form of somebody signed in shows where it comes from.
pub(crate) const CSRF_FIELD: &str = "csrf";

/// Whoever is looking: somebody signed in, or anybody else.
pub(crate) struct Visitor {
    /// Who; `None` if nobody is signed in.
    pub(crate) account: Option<Account>,
    /// What the cookie shows, while it counts.
    token: Option<String>,
}

/// Left with the request: its session stands for longer from now on, and so shall the cookie.
pub(crate) struct Prolonged(pub(crate) String);

impl Visitor {
    /// How this visitor comes to a donation of their own.
    pub(crate) fn access(&self) -> Access {
        self.account.as_ref().map_or(Access::Guest, |account| Access::Owner(account.id))
    }

    /// Who asks, for the timeline.
    pub(crate) fn cause(&self, pages: &Pages, request: &HttpRequest) -> Cause {
        let actor = self.account.as_ref().map_or(Actor::Guest, |account| Actor::Account(account.id));
        Cause { actor, request_id: (pages.request_id)(request) }
    }

    /// What the forms of this session carry, and nobody else's can: `None` if nobody is signed in.
    pub(crate) fn csrf(&self) -> Option<String> {
        self.token.as_deref().map(|token| hex::encode(mac(token).finalize().into_bytes()))
    }

    /// Whether a form with this in its hidden field may act for the visitor. Compared in constant time. Where nobody is signed in
    /// there is nobody to act for.
    pub(crate) fn wrote(&self, shown: Option<&str>) -> bool {
        let Some(token) = self.token.as_deref() else { return true };
        let shown = shown.and_then(|shown| hex::decode(shown).ok()).unwrap_or_default();
        mac(token).verify_slice(&shown).is_ok()
    }

    /// The cookie's token, to end its session with.
    pub(crate) fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }
}

/// Keyed with what the browser's cookie says, which no other site and no other session knows. It goes back to nobody: what stands in
/// a page does not tell the cookie.
fn mac(token: &str) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(token.as_bytes()).expect("a key of any length will do");
    mac.update(b"a form of the donor's pages");
    mac
}

impl FromRequest for Visitor {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let pages = web::Data::<Pages>::extract(&request).await?;
            let nobody = Self { account: None, token: None };
            let Some(token) = cookie::token(&pages, &request) else { return Ok(nobody) };
            match browser_account(&pages.house, &token).await {
                Ok(None) => Ok(nobody),
                Ok(Some((account, prolonged))) => {
                    if prolonged.is_some() {
                        request.extensions_mut().insert(Prolonged(token.clone()));
                    }
                    Ok(Self { account: Some(account), token: Some(token) })
                }
                Err(error) => {
                    let answer = broken(&error, requested_language(&request));
                    Err(InternalError::from_response("the store failed", answer).into())
                }
            }
        })
    }
}
