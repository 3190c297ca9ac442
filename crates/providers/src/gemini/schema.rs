//! JSON Schema as Google AI takes it: a subset with its own spelling of “or null”.

use serde_json::{Map, Value};

/// What is understood; anything else in a schema is refused, so it is left out.
const KNOWN: [&str; 22] = [
    "anyOf",
    "default",
    "description",
    "enum",
    "example",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "nullable",
    "pattern",
    "properties",
    "propertyOrdering",
    "required",
    "title",
    "type",
];

/// The schema in Google's words; `None` for one that refers to other schemas, which cannot be said.
pub(super) fn translated(schema: &Value) -> Option<Value> {
    let schema = schema.as_object()?;
    if schema.contains_key("$ref") {
        return None;
    }
    let mut result = Map::new();
    for (key, value) in schema {
        match key.as_str() {
            "type" => of_type(value, &mut result),
            "const" => {
                result.insert("enum".to_owned(), Value::Array(vec![value.clone()]));
            }
            "oneOf" | "anyOf" => {
                let options: Option<Vec<Value>> =
                    value.as_array()?.iter().map(translated).collect();
                result.insert("anyOf".to_owned(), Value::Array(options?));
            }
            "items" => {
                result.insert(key.clone(), translated(value)?);
            }
            "properties" => {
                let properties: Option<Map<String, Value>> = value
                    .as_object()?
                    .iter()
                    .map(|(name, schema)| Some((name.clone(), translated(schema)?)))
                    .collect();
                result.insert(key.clone(), Value::Object(properties?));
            }
            // Other formats are refused, those of numbers say nothing that counts.
            "format" if value != "date-time" && value != "enum" => {}
            known if KNOWN.contains(&known) => {
                result.insert(key.clone(), value.clone());
            }
            _ => {}
        }
    }
    only_texts_in_enum(&mut result);
    Some(Value::Object(result))
}

/// `["string", "null"]` is a nullable string.
fn of_type(value: &Value, result: &mut Map<String, Value>) {
    let Value::Array(types) = value else {
        result.insert("type".to_owned(), value.clone());
        return;
    };
    if types.iter().any(|name| name == "null") {
        result.insert("nullable".to_owned(), Value::Bool(true));
    }
    if let Some(first) = types.iter().find(|name| *name != "null") {
        result.insert("type".to_owned(), first.clone());
    }
}

/// Only texts may be enumerated, and null is said by `nullable`.
fn only_texts_in_enum(result: &mut Map<String, Value>) {
    let Some(Value::Array(values)) = result.get_mut("enum") else {
        return;
    };
    values.retain(|value| !value.is_null());
    let all_texts = values.iter().all(Value::is_string);
    if !all_texts || values.is_empty() {
        result.remove("enum");
    } else if !result.contains_key("type") {
        result.insert("type".to_owned(), Value::from("string"));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::translated;

    #[test]
    fn what_is_refused_is_left_out() {
        let schema = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object", "additionalProperties": false, "required": ["due"],
            "properties": {
                "due": {"type": ["string", "null"], "format": "date", "description": "when"},
                "level": {"enum": ["low", "high", null]},
                "kind": {"const": "task"},
                "count": {"type": "integer", "enum": [1, 2]},
                "tags": {"type": "array", "items": {"type": "string", "minLength": 1}},
                "either": {"oneOf": [{"type": "string"}, {"type": "number", "exclusiveMinimum": 0}]}
            }
        });
        assert_eq!(
            translated(&schema).unwrap(),
            json!({
                "type": "object", "required": ["due"],
                "properties": {
                    "due": {"nullable": true, "type": "string", "description": "when"},
                    "level": {"enum": ["low", "high"], "type": "string"},
                    "kind": {"enum": ["task"], "type": "string"},
                    "count": {"type": "integer"},
                    "tags": {"type": "array", "items": {"type": "string", "minLength": 1}},
                    "either": {"anyOf": [{"type": "string"}, {"type": "number"}]}
                }
            })
        );
    }

    #[test]
    fn references_cannot_be_said() {
        let schema = json!({"type": "array", "items": {"$ref": "#/$defs/task"}, "$defs": {}});
        assert_eq!(translated(&schema), None);
    }
}
