//! Every answer that any test is given, held against the OpenAPI document.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use http_api::openapi::DOCUMENT;
use jsonschema::Validator;
use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};

/// What was asked and answered.
pub struct Exchange<'a> {
    pub method: &'a Method,
    /// As it was sent, without its query.
    pub path: &'a str,
    pub sent: &'a [u8],
    pub status: u16,
    pub headers: &'a HeaderMap,
    pub body: &'a [u8],
}

/// Where a part of the document stands.
type Place = String;

impl Exchange<'_> {
    /// Nothing if the document says that this may be answered. Pages for people are not in it.
    #[track_caller]
    pub fn is_documented(&self) {
        let Err(why) = self.check() else { return };
        let [sent, body] = [self.sent, self.body].map(|bytes| String::from_utf8_lossy(&bytes[..bytes.len().min(2000)]));
        panic!("the OpenAPI document: {} {}: {why}\n{sent}\n{} {body}", self.method, self.path, self.status);
    }

    fn check(&self) -> Result<(), String> {
        let Some(template) = template_of(self.path) else {
            let of_the_api = self.path.starts_with("/api/") || self.path.starts_with("/health");
            return match (of_the_api, self.status) {
                (false, _) | (true, 404 | 503) => Ok(()),
                (true, _) => Err("the path is not in it".to_owned()),
            };
        };
        // What a browser asks before it asks.
        if *self.method == Method::OPTIONS && self.headers.contains_key("vary") {
            return Ok(());
        }
        let asked = if *self.method == Method::HEAD { &Method::GET } else { self.method };
        let operation = format!("{}/{}", pointer(&["paths", template]), asked.as_str().to_lowercase());
        if DOCUMENT.pointer(&operation).is_none() {
            return match self.status {
                405 | 503 => Ok(()),
                _ => Err("the method is not in it".to_owned()),
            };
        }
        self.answer_fits(&format!("{operation}/responses/{}", self.status))?;
        let taken = (200..300).contains(&self.status) && !self.headers.contains_key("idempotency-replayed");
        if taken { self.request_fits(&operation) } else { Ok(()) }
    }

    fn answer_fits(&self, place: &str) -> Result<(), String> {
        let answer = DOCUMENT.pointer(place).ok_or("the status is not in it")?;
        for (name, header) in answer["headers"].as_object().into_iter().flatten() {
            self.header_fits(name, header)?;
        }
        if *self.method == Method::HEAD {
            return Ok(());
        }
        let Some(contents) = answer["content"].as_object() else {
            return if self.body.is_empty() { Ok(()) } else { Err("there is a body".to_owned()) };
        };
        let sent = self.headers.get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let kind = sent.split(';').next().unwrap_or_default();
        let content = contents.get(kind).ok_or_else(|| format!("the content type {sent} is not in it"))?;
        if content.get("schema").is_none() {
            return Ok(());
        }
        let body = serde_json::from_slice(self.body).map_err(|error| error.to_string())?;
        fits(&format!("{place}/content/{}/schema", escaped(kind)), &body)
    }

    fn header_fits(&self, name: &str, header: &Value) -> Result<(), String> {
        let place =
            header["$ref"].as_str().and_then(|place| place.strip_prefix('#')).ok_or("no header by reference")?;
        let value = self.headers.get(name).and_then(|value| value.to_str().ok());
        match value {
            None if DOCUMENT.pointer(place).is_some_and(|header| header["required"] == true) => {
                Err(format!("the header {name} is missing"))
            }
            None => Ok(()),
            Some(value) => {
                let schema = format!("{place}/schema");
                let is_number = DOCUMENT.pointer(&schema).is_some_and(|schema| schema["type"] == "integer");
                let value =
                    if is_number { value.parse::<i64>().map(Value::from).unwrap_or_default() } else { value.into() };
                fits(&schema, &value)
            }
        }
    }

    /// What was taken must be what the document says one may send.
    fn request_fits(&self, operation: &str) -> Result<(), String> {
        let place = format!("{operation}/requestBody/content/{}/schema", escaped("application/json"));
        if DOCUMENT.pointer(&place).is_none() {
            return Ok(());
        }
        let sent = serde_json::from_slice(self.sent).map_err(|error| error.to_string())?;
        fits(&place, &sent)
    }
}

/// The document's path that is meant: the one that says most of it in its own words.
fn template_of(path: &str) -> Option<&'static str> {
    let paths = DOCUMENT["paths"].as_object().unwrap().keys().map(String::as_str);
    let suits = |template: &&str| {
        let (parts, pattern) = (path.split('/'), template.split('/'));
        path.split('/').count() == template.split('/').count()
            && parts.zip(pattern).all(|(part, pattern)| suits(part, pattern))
    };
    paths.filter(suits).min_by_key(|template| template.matches('{').count())
}

fn suits(part: &str, pattern: &str) -> bool {
    let Some((before, rest)) = pattern.split_once('{') else { return part == pattern };
    let after = rest.split_once('}').map_or("", |(_, after)| after);
    part.len() > before.len() + after.len() && part.starts_with(before) && part.ends_with(after)
}

fn pointer(parts: &[&str]) -> Place {
    parts.iter().map(|part| format!("/{}", escaped(part))).collect()
}

fn escaped(part: &str) -> String {
    part.replace('~', "~0").replace('/', "~1")
}

/// Whether a value has the schema that stands at this place.
fn fits(place: &str, value: &Value) -> Result<(), String> {
    static KNOWN: LazyLock<Mutex<HashMap<Place, Arc<Validator>>>> = LazyLock::new(Mutex::default);
    let validator = {
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(place.to_owned()).or_insert_with(|| Arc::new(validator(place))).clone()
    };
    let errors: Vec<_> = validator.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).collect();
    if errors.is_empty() { Ok(()) } else { Err(errors.join("; ")) }
}

fn validator(place: &str) -> Validator {
    let schema = DOCUMENT.pointer(place).unwrap();
    let within = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema", "allOf": [schema],
        "components": {"schemas": DOCUMENT["components"]["schemas"]},
    });
    jsonschema::options().should_validate_formats(true).build(&within).unwrap()
}
