//! Whoever has been let in.

use std::future::{Ready, ready};
use std::rc::Rc;

use actix_web::dev::Payload;
use actix_web::error::InternalError;
use actix_web::{Error, FromRequest, HttpMessage as _, HttpRequest};
use application::Duty;
use domain::donation::Cause;
use domain::ports::{Brake, GatewayMode};
use domain::{Account, Language};
use url::form_urlencoded;

use super::guard::unguarded;
use crate::language::{query_value, requested_language};
use crate::pages::Pages;
use crate::session::Visitor;

/// Somebody who may look, is on record, and what every page says of the house. Only the guard makes one; a route without the guard lets
/// nobody in.
#[derive(Clone)]
pub(crate) struct Operator {
    /// Who.
    pub(crate) account: Account,
    /// The page's language.
    pub(crate) language: Language,
    /// How the brake stands.
    pub(crate) brake: Option<Brake>,
    /// Whether no money moves.
    pub(crate) test_mode: bool,
    /// The page's path.
    pub(crate) path: String,
    /// What its address asks for, but the language and a notice.
    pub(crate) query: Vec<(String, String)>,
    visitor: Rc<Visitor>,
    cause: Cause,
}

impl Operator {
    pub(super) fn new(
        pages: &Pages,
        request: &HttpRequest,
        (visitor, account): (Rc<Visitor>, Account),
        brake: Option<Brake>,
    ) -> Self {
        let query = form_urlencoded::parse(request.query_string().as_bytes()).into_owned();
        Self {
            language: requested_language(request),
            brake,
            test_mode: pages.house.gateway.mode() == GatewayMode::Test,
            path: request.path().to_owned(),
            query: query.filter(|(name, _)| !matches!(name.as_str(), "lang" | "notice")).collect(),
            cause: visitor.cause(pages, request),
            account,
            visitor,
        }
    }

    /// Whether what changes anything is offered.
    pub(crate) fn may_change(&self) -> bool {
        Duty::Change.is_given_to(self.account.role)
    }

    /// Who asks, for the timeline.
    pub(crate) fn cause(&self) -> &Cause {
        &self.cause
    }

    /// What the forms of this session carry.
    pub(crate) fn csrf(&self) -> String {
        self.visitor.csrf().unwrap_or_default()
    }

    /// Whether a form with this in its hidden field is one of this session.
    pub(super) fn wrote(&self, shown: Option<&str>) -> bool {
        self.visitor.wrote(shown)
    }

    /// What the address asks for under this name; empty if nothing.
    pub(crate) fn asked(&self, name: &str) -> &str {
        self.query.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

impl FromRequest for Operator {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let operator = request.extensions().get::<Self>().cloned();
        ready(operator.ok_or_else(|| InternalError::from_response("unguarded", unguarded(request)).into()))
    }
}

/// The key of the text for the address's `notice`, among these words and keys.
pub(crate) fn notice<'a>(request: &HttpRequest, known: &[(&str, &'a str)]) -> Option<&'a str> {
    let asked = query_value(request, "notice")?;
    known.iter().find(|(word, _)| *word == asked).map(|(_, key)| *key)
}
