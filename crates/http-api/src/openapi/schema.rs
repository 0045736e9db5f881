//! Words for writing schemas (JSON Schema 2020-12) shortly.

use serde_json::{Map, Value, json};

/// The schema of this name.
pub(super) fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// The schema of this name, or null.
pub(super) fn reference_or_null(name: &str) -> Value {
    json!({"anyOf": [reference(name), {"type": "null"}]})
}

/// The same, and what it means.
pub(super) fn described(mut schema: Value, about: &str) -> Value {
    schema["description"] = about.into();
    schema
}

/// An answer's object: all of these are there, and nothing else.
pub(super) fn object(properties: Value) -> Value {
    let required: Vec<_> = properties.as_object().into_iter().flat_map(Map::keys).cloned().collect();
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}

/// An answer's object with more that may be there.
pub(super) fn object_with(properties: Value, optional: Value) -> Value {
    let mut schema = object(properties);
    if let (Some(Value::Object(known)), Value::Object(optional)) = (schema.get_mut("properties"), optional) {
        known.extend(optional);
    }
    schema
}

/// The object, and more that is always there.
pub(super) fn extended(base: &Value, more: Value) -> Value {
    let mut properties = base["properties"].clone();
    if let (Value::Object(known), Value::Object(more)) = (&mut properties, more) {
        known.extend(more);
    }
    object(properties)
}

/// A request's object. What else it holds is not read.
pub(super) fn input(required: Value, optional: Value) -> Value {
    let names: Vec<_> = required.as_object().into_iter().flat_map(Map::keys).cloned().collect();
    let mut properties = required;
    if let (Value::Object(known), Value::Object(optional)) = (&mut properties, optional) {
        known.extend(optional.into_iter().map(|(name, schema)| (name, or_null(schema))));
    }
    json!({"type": "object", "properties": properties, "required": names})
}

/// A request's object that holds nothing else.
pub(super) fn strict_input(required: Value, optional: Value) -> Value {
    let mut schema = input(required, optional);
    schema["additionalProperties"] = false.into();
    schema
}

/// The schema, or null.
pub(super) fn or_null(mut schema: Value) -> Value {
    match schema.get_mut("type") {
        Some(kind @ Value::String(_)) => {
            let known = kind.take();
            *kind = json!([known, "null"]);
            if let Some(Value::Array(words)) = schema.get_mut("enum") {
                words.push(Value::Null);
            }
            schema
        }
        _ => json!({"anyOf": [schema, {"type": "null"}]}),
    }
}

/// One page of a list.
pub(super) fn page_of(name: &str) -> Value {
    let cursor = described(or_null(text()), "What the next page is asked for with; null on the last one.");
    object(json!({"items": list_of(&reference(name)), "next_cursor": cursor}))
}

pub(super) fn list_of(schema: &Value) -> Value {
    json!({"type": "array", "items": schema})
}

/// One of these words.
pub(super) fn one_of(words: impl IntoIterator<Item = &'static str>) -> Value {
    json!({"type": "string", "enum": words.into_iter().collect::<Vec<_>>()})
}

pub(super) fn text() -> Value {
    json!({"type": "string"})
}

/// One line that somebody writes, of `min` to `max` characters.
pub(super) fn line(min: usize, max: usize) -> Value {
    json!({"type": "string", "minLength": min, "maxLength": max, "pattern": "^[^\u{0}-\u{1f}\u{7f}-\u{9f}]*$"})
}

/// A text that is kept or compared as it is.
pub(super) fn secret(min: usize, max: usize) -> Value {
    json!({"type": "string", "minLength": min, "maxLength": max, "pattern": "^[^\u{0}]*$"})
}

pub(super) fn flag() -> Value {
    json!({"type": "boolean"})
}

pub(super) fn uuid() -> Value {
    json!({"type": "string", "format": "uuid"})
}

pub(super) fn instant() -> Value {
    json!({"type": "string", "format": "date-time", "pattern": "Z$"})
}

pub(super) fn date() -> Value {
    json!({"type": "string", "format": "date"})
}

/// A whole number from `least` on.
pub(super) fn number(least: i64) -> Value {
    json!({"type": "integer", "minimum": least})
}

/// Whole tenge.
pub(super) fn tenge(least: i64) -> Value {
    described(number(least), "Whole tenge.")
}

pub(super) fn kzt() -> Value {
    json!({"type": "string", "const": "KZT"})
}

/// Texts under names that are not fixed.
pub(super) fn details() -> Value {
    json!({"type": "object", "additionalProperties": {"type": "string"}})
}
