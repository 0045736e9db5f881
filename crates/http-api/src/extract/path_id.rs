//! Ids in paths.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use domain::DonationId;
use uuid::Uuid;

use crate::problem::{Code, Problem};

/// The donation that the path names. What is no UUID names none: 404.
pub struct PathDonation(pub DonationId);

/// Anything else that the path names by a UUID.
pub struct PathId(pub Uuid);

impl FromRequest for PathDonation {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(id_in(request).map(|id| Self(DonationId(id))))
    }
}

impl FromRequest for PathId {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(id_in(request).map(Self))
    }
}

fn id_in(request: &HttpRequest) -> Result<Uuid, Problem> {
    let text = request.match_info().get("id").unwrap_or_default();
    let hyphenated = text.len() == 36;
    Uuid::try_parse(text).ok().filter(|_| hyphenated).ok_or(Problem::new(Code::NotFound))
}
