//! The OpenAPI document says what the server does. That each answer is as it says, every other test shows: its client holds all that it
//! is given against the document.

use std::collections::BTreeSet;

use http_api::openapi::DOCUMENT;
use serde_json::Value;

use crate::support::{App, Setup};

/// Served by the pages, and called by other sites' pages as the API is.
const ELSEWHERE: [(&str, &str); 1] = [("GET", "/widget.js")];

/// Method and path of every route but HEAD, which is GET's.
fn routes(source: &str) -> BTreeSet<(String, String)> {
    let mut there = BTreeSet::new();
    for resource in source.split("at(\"").skip(1) {
        let (path, rest) = resource.split_once("\", \"").unwrap();
        let methods = rest.split('"').next().unwrap().split(", ").filter(|method| *method != "HEAD");
        there.extend(methods.map(|method| (method.to_owned(), path.to_owned())));
    }
    there
}

#[test]
fn every_route_is_in_the_document_and_nothing_else() {
    let source = include_str!("../../src/routes.rs");
    let mut there = routes(source);
    assert!(there.len() > 40, "{there:?}");
    there.extend(ELSEWHERE.map(|(method, path)| (method.to_owned(), path.to_owned())));
    let mut told = BTreeSet::new();
    for (path, methods) in DOCUMENT["paths"].as_object().unwrap() {
        told.extend(methods.as_object().unwrap().keys().map(|method| (method.to_uppercase(), path.clone())));
    }
    assert_eq!(told, there);
}

/// Everything below a value, with where it stands.
fn walk<'a>(value: &'a Value, place: &str, seen: &mut dyn FnMut(&str, &'a Value)) {
    seen(place, value);
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| walk(value, &format!("{place}/{name}"), seen))
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(n, value)| walk(value, &format!("{place}/{n}"), seen))
        }
        _ => {}
    }
}

#[test]
fn every_reference_leads_somewhere_and_everything_named_is_used() {
    let mut used = BTreeSet::new();
    walk(&DOCUMENT, "", &mut |place, value| {
        if let Some(reference) = value["$ref"].as_str() {
            let target = reference.strip_prefix('#').unwrap();
            assert!(DOCUMENT.pointer(target).is_some(), "{place} leads to {reference}");
            used.insert(target.to_owned());
        }
    });
    for kind in ["schemas", "headers", "parameters"] {
        for name in DOCUMENT["components"][kind].as_object().unwrap().keys() {
            assert!(used.contains(&format!("/components/{kind}/{name}")), "nobody uses {kind}/{name}");
        }
    }
}

#[test]
fn every_schema_is_one_and_answers_say_all_that_they_hold() {
    let mut asked = BTreeSet::new();
    walk(&DOCUMENT["paths"], "", &mut |place, value| {
        if let (true, Some(reference)) = (place.contains("/requestBody/"), value["$ref"].as_str()) {
            asked.insert(reference.rsplit('/').next().unwrap());
        }
    });
    for (name, schema) in DOCUMENT["components"]["schemas"].as_object().unwrap() {
        jsonschema::meta::validate(schema).unwrap();
        if schema["type"] == "object" && !asked.contains(name.as_str()) && name != "AnyObject" {
            assert_eq!(schema["additionalProperties"], false, "{name}");
        }
    }
}

#[test]
fn every_operation_has_a_name_of_its_own_and_says_what_it_does() {
    let mut names = BTreeSet::new();
    for (path, methods) in DOCUMENT["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            assert!(names.insert(operation["operationId"].as_str().unwrap()), "{method} {path}");
            assert!(!operation["summary"].as_str().unwrap().is_empty(), "{method} {path}");
            assert!(operation["responses"].as_object().unwrap().keys().any(|status| status.starts_with('2')));
        }
    }
}

#[tokio::test]
async fn the_document_is_served_to_programs_and_as_a_page() {
    let app: App = Setup::sqlite().await.start();
    assert_eq!(app.get("/api/openapi.json").await.expect(200), *DOCUMENT);
    let answer = app.get("/api/docs").await;
    let html = answer.page(200);
    for path in DOCUMENT["paths"].as_object().unwrap().keys() {
        assert!(html.contains(&format!("</span> {path}</code>")), "{path}");
    }
    for loaded in ["<script", "<link", "<img", "src=", "http://", "url("] {
        assert!(!html.contains(loaded), "{loaded}");
    }
    let policy = answer.header("content-security-policy").unwrap();
    assert!(policy.contains("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"), "{policy}");
}

/// A browser applies the style only if its hash is the one that the policy names.
#[tokio::test]
async fn the_pages_style_is_the_one_that_its_policy_names() {
    use base64::Engine as _;
    use sha2::Digest as _;
    let app: App = Setup::sqlite().await.start();
    let answer = app.get("/api/docs").await;
    let html = answer.page(200);
    let style = html.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0;
    let hash = base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(style));
    assert!(answer.header("content-security-policy").unwrap().contains(&format!("'sha256-{hash}'")));
}
