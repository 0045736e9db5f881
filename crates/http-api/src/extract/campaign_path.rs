//! The campaign that a path names, the version of it that the caller has seen, and a picture for it.

use std::future::{Future, Ready, ready};
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest};
use application::campaigns::{MOST_PICTURE_BYTES, NewPicture};
use domain::{CampaignSlug, LineText, Localised, PictureKind};

use super::body::read_at_most;
use super::page::Query;
use crate::problem::{Code, FieldError, Problem};

/// The campaign that the path names. What is no slug names none: 404.
pub struct PathCampaign(pub CampaignSlug);

impl FromRequest for PathCampaign {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let slug = CampaignSlug::parse(request.match_info().get("slug").unwrap_or_default());
        ready(slug.map(Self).ok_or(Problem::new(Code::NotFound)))
    }
}

/// The version in `If-Match` (RFC 9110, 13.1.1), as `ETag` gave it; `None` without one, and for `*`.
pub struct IfMatch(pub Option<i64>);

impl FromRequest for IfMatch {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(sent) = request.headers().get(header::IF_MATCH) else { return ready(Ok(Self(None))) };
        let text = sent.to_str().unwrap_or_default().trim();
        if text == "*" {
            return ready(Ok(Self(None)));
        }
        let version = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        let version = version.and_then(|text| text.parse().ok()).filter(|version: &i64| *version >= 0);
        let wrong = || Problem::field(FieldError::new("If-Match", "invalid_version"));
        ready(version.map(|version| Self(Some(version))).ok_or_else(wrong))
    }
}

/// A picture as the body, and what is on it in the query: `?alt_kk=…&alt_ru=…&alt_en=…`.
pub struct PictureBody(pub NewPicture);

impl FromRequest for PictureBody {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let mut payload = payload.take();
        Box::pin(async move {
            let announced = announced_kind(&request).ok_or(Problem::new(Code::UnsupportedMediaType))?;
            let bytes = read_at_most(MOST_PICTURE_BYTES, &request, &mut payload).await?.to_vec();
            let alt = alt(&request)?;
            if PictureKind::of_bytes(&bytes) == Some(announced) {
                Ok(Self(NewPicture { bytes, alt }))
            } else {
                Err(Problem::field(FieldError::new("picture", "not_a_picture")))
            }
        })
    }
}

/// Which of the kinds that are taken from strangers the caller says it is.
fn announced_kind(request: &HttpRequest) -> Option<PictureKind> {
    let sent = request.headers().get(header::CONTENT_TYPE)?.to_str().ok()?.trim().to_ascii_lowercase();
    PictureKind::from_media_type(&sent).filter(|kind| *kind != PictureKind::Svg)
}

fn alt(request: &HttpRequest) -> Result<Localised<LineText<300>>, Problem> {
    let mut query = Query::of(request)?;
    let [kk, ru, en] = ["alt_kk", "alt_ru", "alt_en"]
        .map(|name| query.required(name, "invalid_alt", |text| LineText::parse(text).ok()));
    query.finish()?;
    let alt = kk.zip(ru).zip(en).map(|((kk, ru), en)| Localised { kk, ru, en });
    alt.ok_or_else(|| Problem::validation(Vec::new()))
}
