//! Request bodies: JSON of at most 64 KiB.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::{Bytes, BytesMut};
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt as _;
use serde_json::Value;

use super::Fields;
use crate::problem::{Code, FieldError, Problem};

/// The most that is read of a body, in bytes.
const MAX_BODY: usize = 64 * 1024;

/// A JSON object, whose fields the handler then takes one by one.
pub struct JsonBody(pub Fields);

impl FromRequest for JsonBody {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let mut payload = payload.take();
        Box::pin(async move {
            require_json(&request)?;
            let bytes = read_body(&request, &mut payload).await?;
            match serde_json::from_slice(&bytes) {
                Ok(Value::Object(object)) => Ok(Self(Fields::new(object))),
                Ok(_) => Err(Problem::field(FieldError::new("", "not_an_object"))),
                Err(_) => Err(Problem::new(Code::MalformedJson)),
            }
        })
    }
}

/// The whole body, byte for byte.
///
/// # Errors
/// 413 past 64 KiB, 400 if it cannot be read.
pub async fn read_body(request: &HttpRequest, payload: &mut Payload) -> Result<Bytes, Problem> {
    read_at_most(MAX_BODY, request, payload).await
}

/// The whole body, if it has at most so many bytes.
pub(super) async fn read_at_most(most: usize, request: &HttpRequest, payload: &mut Payload) -> Result<Bytes, Problem> {
    let announced =
        request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > most) {
        return Err(Problem::new(Code::PayloadTooLarge));
    }
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Problem::new(Code::BadRequest))?;
        if body.len() + chunk.len() > most {
            return Err(Problem::new(Code::PayloadTooLarge));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// RFC 8259 JSON is UTF-8, whatever a `charset` says; any other one is refused.
fn require_json(request: &HttpRequest) -> Result<(), Problem> {
    let sent = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut parts = sent.split(';').map(|part| part.trim().to_ascii_lowercase());
    let essence = parts.next().unwrap_or_default();
    let json = essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"));
    let utf8 = parts
        .filter_map(|part| part.strip_prefix("charset=").map(|set| set.trim_matches('"').to_owned()))
        .all(|set| set == "utf-8" || set == "utf8");
    if json && utf8 { Ok(()) } else { Err(Problem::new(Code::UnsupportedMediaType)) }
}
