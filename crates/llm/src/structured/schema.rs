//! A small checker for the part of JSON schema that our requests use: `type`, `required`,
//! `properties`, `additionalProperties`, `items`, `enum`, `const`, lengths and bounds.

use serde_json::{Map, Value};

/// Problems told at most: a model needs a few, not all.
const MOST: usize = 8;
/// Depth of schemas looked into.
const DEEPEST: usize = 64;

/// What of a value breaks a schema, one sentence each; nothing when it satisfies it. Words of a
/// schema that are not known here are not checked.
pub fn violations(value: &Value, schema: &Value) -> Vec<String> {
    let mut found = Vec::new();
    visit(value, schema, "the answer", 0, &mut found);
    found.truncate(MOST);
    found
}

fn visit(value: &Value, schema: &Value, at: &str, depth: usize, found: &mut Vec<String>) {
    let Some(schema) = schema.as_object() else {
        return;
    };
    if depth > DEEPEST || found.len() > MOST {
        return;
    }
    if let Some(wanted) = schema.get("type")
        && !has_type(value, wanted)
    {
        found.push(format!("{at} must be of type {}", words(wanted)));
        return;
    }
    if let Some(Value::Array(allowed)) = schema.get("enum")
        && !allowed.contains(value)
    {
        found.push(format!(
            "{at} must be one of {}",
            words(&Value::Array(allowed.clone()))
        ));
    }
    if let Some(only) = schema.get("const")
        && only != value
    {
        found.push(format!("{at} must be {only}"));
    }
    match value {
        Value::String(text) => {
            bounds(
                text.chars().count() as f64,
                schema,
                at,
                "Length",
                "characters",
                found,
            );
        }
        Value::Number(number) => {
            limits(number.as_f64().unwrap_or_default(), schema, at, found);
        }
        Value::Array(items) => {
            bounds(items.len() as f64, schema, at, "Items", "items", found);
            if let Some(each) = schema.get("items") {
                for (index, item) in items.iter().enumerate() {
                    visit(item, each, &format!("{at}[{index}]"), depth + 1, found);
                }
            }
        }
        Value::Object(fields) => visit_object(fields, schema, at, depth, found),
        Value::Null | Value::Bool(_) => {}
    }
}

fn visit_object(
    fields: &Map<String, Value>,
    schema: &Map<String, Value>,
    at: &str,
    depth: usize,
    found: &mut Vec<String>,
) {
    let required = schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    for name in required.filter_map(Value::as_str) {
        if !fields.contains_key(name) {
            found.push(format!("{at} must have \"{name}\""));
        }
    }
    let known = schema.get("properties").and_then(Value::as_object);
    for (name, field) in fields {
        let at = format!("{at}.{name}");
        let others = schema.get("additionalProperties");
        match known.and_then(|known| known.get(name)).or(others) {
            Some(Value::Bool(false)) => found.push(format!("{at} is not allowed")),
            Some(schema) => visit(field, schema, &at, depth + 1, found),
            None => {}
        }
    }
}

fn has_type(value: &Value, wanted: &Value) -> bool {
    match wanted {
        Value::String(name) => match name.as_str() {
            "object" => value.is_object(),
            "array" => value.is_array(),
            "string" => value.is_string(),
            "boolean" => value.is_boolean(),
            "null" => value.is_null(),
            "number" => value.is_number(),
            "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
            _ => true,
        },
        Value::Array(names) => names.iter().any(|name| has_type(value, name)),
        _ => true,
    }
}

/// `minLength`, `maxItems` and their like.
fn bounds(
    size: f64,
    schema: &Map<String, Value>,
    at: &str,
    suffix: &str,
    unit: &str,
    found: &mut Vec<String>,
) {
    let bound = |prefix: &str| {
        schema
            .get(&format!("{prefix}{suffix}"))
            .and_then(Value::as_f64)
    };
    if let Some(least) = bound("min").filter(|least| size < *least) {
        found.push(format!("{at} must have at least {least} {unit}"));
    }
    if let Some(most) = bound("max").filter(|most| size > *most) {
        found.push(format!("{at} must have at most {most} {unit}"));
    }
}

fn limits(number: f64, schema: &Map<String, Value>, at: &str, found: &mut Vec<String>) {
    let limit = |name: &str| schema.get(name).and_then(Value::as_f64);
    if let Some(least) = limit("minimum").filter(|least| number < *least) {
        found.push(format!("{at} must be at least {least}"));
    }
    if let Some(most) = limit("maximum").filter(|most| number > *most) {
        found.push(format!("{at} must be at most {most}"));
    }
}

/// A type or a list of values, for a sentence.
fn words(value: &Value) -> String {
    match value {
        Value::String(name) => name.clone(),
        Value::Array(values) => {
            let each: Vec<String> = values.iter().map(words).collect();
            each.join(", ")
        }
        other => other.to_string(),
    }
}
