//! The document as a page, for people. It needs no script and loads nothing: the one thing that it may use is its own style, which its
//! policy names by its hash.

use std::fmt::Write as _;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::DOCUMENT;

const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;max-width:62rem;margin:auto;padding:1rem;color:#1c2a1e;background:#fff}\
    code{font:.9em ui-monospace,monospace;overflow-wrap:anywhere}\
    summary{cursor:pointer;padding:.3rem 0}details{border-bottom:1px solid #d5ddd5}\
    table{border-collapse:collapse;width:100%;margin:.5rem 0}td,th{text-align:left;vertical-align:top;padding:.2rem .8rem .2rem 0}\
    .method{display:inline-block;min-width:4.5rem;font-weight:700}";

/// What the page's `Content-Security-Policy` says.
pub static POLICY: LazyLock<String> = LazyLock::new(|| {
    let hash = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
    )
});

/// The page.
pub fn page() -> &'static str {
    static PAGE: LazyLock<String> = LazyLock::new(|| {
        let mut html = String::new();
        // Into memory, which does not fail.
        let _ = write_page(&mut html, &DOCUMENT);
        html
    });
    &PAGE
}

type Written = std::fmt::Result;

fn write_page(html: &mut String, document: &Value) -> Written {
    let title = escaped(text(&document["info"]["title"]));
    write!(
        html,
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{title}: API</title><style>{STYLE}</style></head><body><main><h1>{title}: API</h1>"
    )?;
    for paragraph in text(&document["info"]["description"]).split("\n\n") {
        write!(html, "<p>{}</p>", prose(paragraph))?;
    }
    write!(html, "<p>The same for programs: <a href=\"/api/openapi.json\">OpenAPI 3.1</a></p>")?;
    let mut tag = "";
    for (path, methods) in sorted_by_tag(document) {
        for (method, operation) in fields(methods) {
            let its_tag = text(&operation["tags"][0]);
            if its_tag != tag {
                write!(html, "<h2>{}</h2>", escaped(its_tag))?;
                tag = its_tag;
            }
            write_operation(html, (method, path), operation)?;
        }
    }
    write!(html, "<h2>schemas</h2>")?;
    for (name, schema) in fields(&document["components"]["schemas"]) {
        write!(html, "<details id=\"{0}\"><summary><code>{0}</code></summary>", escaped(name))?;
        write_schema(html, schema)?;
        write!(html, "</details>")?;
    }
    write!(html, "</main></body></html>")
}

fn sorted_by_tag(document: &Value) -> Vec<(&str, &Value)> {
    let mut paths: Vec<_> = fields(&document["paths"]).collect();
    paths.sort_by_key(|(_, methods)| fields(methods).next().map(|(_, operation)| text(&operation["tags"][0])));
    paths
}

fn write_operation(html: &mut String, (method, path): (&str, &str), operation: &Value) -> Written {
    let (method, path) = (escaped(&method.to_uppercase()), escaped(path));
    let summary = prose(text(&operation["summary"]));
    write!(html, "<details><summary><code><span class=\"method\">{method}</span> {path}</code> {summary}</summary>")?;
    write!(html, "<p>{}</p>", prose(text(&operation["description"])))?;
    let ways: Vec<_> = items(&operation["security"]).iter().flat_map(fields).map(|(name, _)| name).collect();
    let who =
        if ways.is_empty() { "Anybody may call it.".to_owned() } else { format!("Shows: {}.", ways.join(" or ")) };
    write!(html, "<p>{}</p>", escaped(&who))?;
    write_parameters(html, items(&operation["parameters"]))?;
    let body = &operation["requestBody"]["content"]["application/json"]["schema"];
    if !body.is_null() {
        write!(html, "<p>Body: {}</p>", kind(body))?;
    }
    write!(html, "<table><tr><th>status<th>answer<th></tr>")?;
    for (status, answer) in fields(&operation["responses"]) {
        write!(html, "<tr><td>{}<td>{}<td>", escaped(status), prose(text(&answer["description"])))?;
        for (media, content) in fields(&answer["content"]) {
            let schema = &content["schema"];
            let shown = if schema.is_null() || schema["allOf"].is_array() { String::new() } else { kind(schema) };
            write!(html, "<code>{}</code> {shown} ", escaped(media))?;
        }
        write!(html, "</tr>")?;
    }
    write!(html, "</table></details>")
}

fn write_parameters(html: &mut String, parameters: &[Value]) -> Written {
    if parameters.is_empty() {
        return Ok(());
    }
    write!(html, "<table><tr><th>parameter<th>is<th></tr>")?;
    for parameter in parameters {
        let parameter = resolved(parameter);
        let (name, place) = (escaped(text(&parameter["name"])), escaped(text(&parameter["in"])));
        let about = prose(text(&parameter["description"]));
        write!(html, "<tr><td><code>{name}</code> ({place})<td>{}<td>{about}</tr>", kind(&parameter["schema"]))?;
    }
    write!(html, "</table>")
}

fn write_schema(html: &mut String, schema: &Value) -> Written {
    write!(html, "<p>{}</p><table>", prose(text(&schema["description"])))?;
    let required: Vec<_> = items(&schema["required"]).iter().map(text).collect();
    for (name, field) in fields(&schema["properties"]) {
        let optional = if required.contains(&name) { "" } else { "may be left out" };
        let about = prose(text(&field["description"]));
        write!(html, "<tr><td><code>{}</code><td>{}<td>{about}<td>{optional}</tr>", escaped(name), kind(field))?;
    }
    write!(html, "</table>")
}

/// What a schema allows, in a few words.
fn kind(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|reference| reference.rsplit('/').next()) {
        let name = escaped(name);
        return format!("<a href=\"#{name}\">{name}</a>");
    }
    if let Some(choices) = schema["anyOf"].as_array().or(schema["oneOf"].as_array()) {
        return choices.iter().map(kind).collect::<Vec<_>>().join(" or ");
    }
    if let Some(words) = schema["enum"].as_array() {
        return words
            .iter()
            .map(|word| format!("<code>{}</code>", escaped(&plain(word))))
            .collect::<Vec<_>>()
            .join(", ");
    }
    if !schema["const"].is_null() {
        return format!("<code>{}</code>", escaped(&plain(&schema["const"])));
    }
    if schema["items"].is_object() {
        return format!("list of {}", kind(&schema["items"]));
    }
    let names = match &schema["type"] {
        Value::Array(names) => names.iter().map(plain).collect::<Vec<_>>().join(" or "),
        name => plain(name),
    };
    let bounds =
        [("format", ""), ("minimum", "from "), ("maximum", "to "), ("minLength", "from "), ("maxLength", "to ")];
    let said = bounds.iter().filter(|(bound, _)| !schema[*bound].is_null());
    let said: String = said.map(|(bound, word)| format!(" {word}{}", plain(&schema[*bound]))).collect();
    escaped(&format!("{names}{said}"))
}

fn resolved(parameter: &Value) -> &Value {
    let reference = parameter["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
    reference.and_then(|pointer| DOCUMENT.pointer(pointer)).unwrap_or(parameter)
}

fn fields(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter).map(|(name, value)| (name.as_str(), value))
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A text in which `words` are code.
fn prose(text: &str) -> String {
    let parts = text.split('`').enumerate();
    parts.map(|(n, part)| if n % 2 == 1 { format!("<code>{}</code>", escaped(part)) } else { escaped(part) }).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
