//! The OpenAPI document: every path of the API, with everything that it may answer.
//!
//! It is written by hand beside the code, in which words that are fixed (states, codes, actions) are taken from where they are
//! defined. It cannot say something else than the server does: the tests compare its paths with `routes.rs`, hold every answer that any
//! of them is given against it, and have a program make up requests from it.

mod accounts;
mod admin;
mod books;
mod campaigns;
mod donations;
mod operation;
mod page;
mod public;
mod schema;

use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use operation::Operation;
use schema::{described, object_with, text};

pub use page::{POLICY, page};

/// The document.
pub static DOCUMENT: LazyLock<Value> = LazyLock::new(document);

const ABOUT: &str = "Donations with certificates of the trees that are planted for them, paid over Ioka.\n\n\
    Money is whole tenge. Instants are RFC 3339 in UTC. Each `GET` is also answered as `HEAD`, without its body; a method that a path does not \
    know is answered 405 `method_not_allowed` with `Allow`, a path that nobody knows 404 `not_found`. Every answer has `X-Request-Id`: the \
    caller's own, if it sent a sane one. Every refusal is `application/problem+json` (RFC 9457); `code` is the word to rely on, and the texts \
    follow `Accept-Language` (kk, ru, en). Fields of a body that the API does not know are not read.";

fn document() -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for operation in operations() {
        let methods = paths.entry(operation.path).or_insert_with(|| json!({}));
        methods[operation.method] = operation.render();
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Donations",
            "version": env!("CARGO_PKG_VERSION"),
            "description": ABOUT,
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": schemas(),
            "headers": headers(),
            "parameters": {"Idempotency-Key": idempotency_key(), "If-Match": if_match()},
            "securitySchemes": security_schemes(),
        },
    })
}

fn operations() -> impl Iterator<Item = Operation> {
    let own = [donations::operations(), accounts::operations(), public::operations()];
    own.into_iter().chain([admin::operations(), books::operations(), campaigns::operations()]).flatten()
}

fn schemas() -> Map<String, Value> {
    let own = [donations::schemas(), accounts::schemas(), public::schemas()];
    let named = own
        .into_iter()
        .chain([admin::schemas(), books::schemas(), campaigns::schemas()])
        .flatten()
        .chain([("Problem", problem())]);
    named.map(|(name, schema)| (name.to_owned(), schema)).collect()
}

/// With `errors` if, and only if, fields of the request were wrong.
fn problem() -> Value {
    let error = object_with(json!({"field": text(), "code": text(), "message": text()}), json!({}));
    let mut schema = object_with(
        json!({
            "type": text(), "title": text(), "status": {"type": "integer"}, "detail": text(),
            "code": described(text(), "The word that stands for what is wrong, and never changes."), "request_id": text(),
            "success": {"const": false},
        }),
        json!({"errors": {"type": "array", "items": error}}),
    );
    schema["if"] = json!({"properties": {"code": {"const": "validation_failed"}}});
    schema["then"] = json!({"required": ["errors"]});
    schema["else"] = json!({"properties": {"errors": false}});
    schema
}

fn headers() -> Value {
    let header = |about: &str, schema: Value| json!({"description": about, "schema": schema});
    let required = |about: &str, schema: Value| json!({"description": about, "required": true, "schema": schema});
    json!({
        "X-Request-Id": required("The request's id.", json!({"type": "string", "pattern": "^[A-Za-z0-9_.:-]{1,128}$"})),
        "Content-Language": required("The language of the texts.", donations::languages()),
        "ETag": required("The version, for `If-Match`.", text()),
        "Location": required("Where what was made is shown.", text()),
        "Content-Disposition": required("The file's name.", text()),
        "Retry-After": header("When asking again is worth while, in seconds.", schema::number(1)),
        "WWW-Authenticate": header("How to sign in (RFC 9110).", text()),
        "Idempotency-Replayed": header("This is the first request's answer again.", json!({"type": "string", "const": "true"})),
    })
}

fn idempotency_key() -> Value {
    let schema = json!({"type": "string", "pattern": "^[!-~]{1,255}$"});
    let about = "A repeat with the same key and body gets the first answer again, for 24 hours.";
    json!({"name": "Idempotency-Key", "in": "header", "description": about, "schema": schema})
}

fn if_match() -> Value {
    let about = "The version that the caller has seen, as `ETag` gave it: refused if it is another one by now.";
    json!({"name": "If-Match", "in": "header", "description": about, "schema": text()})
}

fn security_schemes() -> Value {
    let signature =
        |name: &str, about: &str| json!({"type": "apiKey", "in": "header", "name": name, "description": about});
    json!({
        "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "The `token` of a session."},
        "ioka": signature("X-Signature", "The gateway's own dialect: HMAC-SHA256 over the JSON with its keys sorted, in hex."),
        "guide": signature("X-Ioka-Signature", "The guide's dialect: HMAC-SHA256 over the bytes of the body, in hex."),
    })
}
