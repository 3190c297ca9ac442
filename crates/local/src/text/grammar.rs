//! Answers of a given form: a JSON schema or a grammar holds every token to it.
//!
//! The form is turned into a grammar before the request is queued, so that one the converter cannot
//! express is an error at once. A grammar guarantees the form, not the sense, and a token limit can
//! still cut an answer: whoever asked parses and checks the result.

use std::collections::HashMap;
use std::sync::Arc;

use llama_cpp_2::json_schema_to_grammar;
use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::sampling::LlamaSampler;
use serde_json::{Value, json};

use super::{Form, TextError};

const ROOT: &str = "root";
const KEPT: usize = 32;

/// The grammar of a form; `None` for free text.
///
/// # Errors
/// [`TextError::Format`] when the form has none.
pub(super) fn grammar_of(form: &Form) -> Result<Option<Arc<str>>, TextError> {
    match form {
        Form::Free => Ok(None),
        Form::Gbnf(grammar) => Ok(Some(grammar.as_str().into())),
        Form::Object => convert(&json!({"type": "object"})).map(Some),
        Form::Schema(schema) => convert(schema).map(Some),
    }
}

fn convert(schema: &Value) -> Result<Arc<str>, TextError> {
    match json_schema_to_grammar(&schema.to_string()) {
        Ok(grammar) => Ok(grammar.into()),
        Err(error) => Err(TextError::Format(error.to_string())),
    }
}

/// Grammars read once and cloned for every answer; they belong to a loaded model.
#[derive(Default)]
pub(super) struct Grammars {
    read: HashMap<Arc<str>, LlamaSampler>,
}

impl Grammars {
    /// A fresh sampler of this grammar.
    pub(super) fn sampler(
        &mut self,
        model: &LlamaModel,
        grammar: &Arc<str>,
    ) -> Result<LlamaSampler, TextError> {
        if let Some(read) = self.read.get(grammar) {
            return Ok(read.clone());
        }
        let sampler = LlamaSampler::grammar(model, grammar, ROOT)
            .map_err(|error| TextError::Format(error.to_string()))?;
        if self.read.len() >= KEPT {
            self.read.clear();
        }
        self.read.insert(Arc::clone(grammar), sampler.clone());
        Ok(sampler)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_becomes_a_grammar() {
        let schema = json!({
            "type": "object",
            "properties": {"tasks": {"type": "array", "maxItems": 2, "items": {"type": "string"}}},
            "required": ["tasks"],
        });
        let grammar = grammar_of(&Form::Schema(schema)).unwrap().unwrap();
        assert!(grammar.contains("root ::="), "{grammar}");
        assert!(
            grammar_of(&Form::Object)
                .unwrap()
                .unwrap()
                .contains("root ::=")
        );
        assert_eq!(grammar_of(&Form::Free).unwrap(), None);
    }

    #[test]
    fn fields_come_in_the_order_of_the_schema() {
        let schema = json!({
            "type": "object",
            "properties": {"quote": {"type": "string"}, "due": {"type": "string"}},
            "required": ["quote", "due"],
        });
        let grammar = grammar_of(&Form::Schema(schema)).unwrap().unwrap();
        let root = grammar
            .lines()
            .find(|line| line.starts_with("root ::="))
            .unwrap();
        assert!(
            root.find("quote").unwrap() < root.find("due").unwrap(),
            "{root}"
        );
    }

    #[test]
    fn a_schema_that_cannot_be_expressed_is_refused_at_once() {
        let schema = json!({"$ref": "#/$defs/missing"});
        assert!(matches!(
            grammar_of(&Form::Schema(schema)),
            Err(TextError::Format(_))
        ));
    }
}
