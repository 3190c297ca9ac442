//! What is wrong with a request, in the form that clients of the original services know
//! (contract 0.3): `{"type","loc","msg","input","ctx"?}`.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::error::ApiError;

/// One thing that is wrong with a request.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Problem {
    /// `missing`, `string_too_long`, …
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    /// Where: `body`, `query` or `path`, then the way to the field.
    pub(crate) loc: Vec<Value>,
    /// In words.
    pub(crate) msg: String,
    /// What was given.
    pub(crate) input: Value,
    /// The limits that were missed.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub(crate) ctx: Map<String, Value>,
}

impl Problem {
    /// A value that breaks a rule of the assistant.
    pub(crate) fn value(loc: &[&str], msg: impl Into<String>) -> Self {
        Self::new("value_error", loc, msg, Value::Null)
    }

    /// A problem of any kind.
    pub(crate) fn new(
        kind: &'static str,
        loc: &[&str],
        msg: impl Into<String>,
        input: Value,
    ) -> Self {
        let loc = loc.iter().map(|&part| Value::from(part)).collect();
        Self {
            kind,
            loc,
            msg: msg.into(),
            input,
            ctx: Map::new(),
        }
    }

    fn with(mut self, key: &str, limit: Value) -> Self {
        self.ctx.insert(key.to_owned(), limit);
        self
    }
}

/// Collects everything that is wrong with one request, so that a person mends it in one go.
#[derive(Debug)]
pub(crate) struct Problems {
    place: &'static str,
    found: Vec<Problem>,
}

impl Problems {
    /// For `body`, `query` or `path`.
    pub(crate) fn of(place: &'static str) -> Self {
        Self {
            place,
            found: Vec::new(),
        }
    }

    /// Text with a number of characters in a range.
    pub(crate) fn length(&mut self, field: &'static str, text: &str, least: usize, most: usize) {
        let count = text.chars().count();
        let loc = [self.place, field];
        if count < least {
            let plural = if least == 1 { "" } else { "s" };
            let msg = format!("String should have at least {least} character{plural}");
            let problem = Problem::new("string_too_short", &loc, msg, json!(text));
            self.found.push(problem.with("min_length", json!(least)));
        } else if count > most {
            let msg = format!("String should have at most {most} characters");
            self.too_long(field, text, most, &msg);
        }
    }

    /// Text over its limit, where the message names another way.
    pub(crate) fn too_long(&mut self, field: &'static str, text: &str, most: usize, msg: &str) {
        let shown: String = text.chars().take(200).collect();
        let problem = Problem::new("string_too_long", &[self.place, field], msg, json!(shown));
        self.found.push(problem.with("max_length", json!(most)));
    }

    /// As [`Problems::length`], for a field that may be absent.
    pub(crate) fn optional_length(
        &mut self,
        field: &'static str,
        text: Option<&str>,
        least: usize,
        most: usize,
    ) {
        if let Some(text) = text {
            self.length(field, text, least, most);
        }
    }

    /// A number in a range, both ends included.
    pub(crate) fn range(&mut self, field: &'static str, number: f64, least: f64, most: f64) {
        let loc = [self.place, field];
        if number < least || number.is_nan() {
            let msg = format!("Input should be greater than or equal to {least}");
            let problem = Problem::new("greater_than_equal", &loc, msg, json!(number));
            self.found.push(problem.with("ge", json!(least)));
        } else if number > most {
            let msg = format!("Input should be less than or equal to {most}");
            let problem = Problem::new("less_than_equal", &loc, msg, json!(number));
            self.found.push(problem.with("le", json!(most)));
        }
    }

    /// Text that must have a certain form.
    pub(crate) fn pattern(&mut self, field: &'static str, text: &str, fits: bool, form: &str) {
        if !fits {
            let msg = format!("String should match {form}");
            let loc = [self.place, field];
            self.found.push(Problem::new(
                "string_pattern_mismatch",
                &loc,
                msg,
                json!(text),
            ));
        }
    }

    /// A word that must be one of a few.
    pub(crate) fn word<T>(
        &mut self,
        field: &'static str,
        word: &str,
        parsed: Result<T, domain::UnknownWord>,
    ) -> Option<T> {
        match parsed {
            Ok(value) => Some(value),
            Err(unknown) => {
                let msg = format!("Input should be one of {}", unknown.allowed);
                let problem = Problem::new("enum", &[self.place, field], msg, json!(word));
                self.found
                    .push(problem.with("expected", json!(unknown.allowed)));
                None
            }
        }
    }

    /// Any other rule.
    pub(crate) fn rule(&mut self, field: &'static str, input: Value, msg: impl Into<String>) {
        self.found.push(Problem::new(
            "value_error",
            &[self.place, field],
            msg,
            input,
        ));
    }

    /// Ends the collection.
    ///
    /// # Errors
    /// 422 with everything that was found.
    pub(crate) fn finish(self) -> Result<(), ApiError> {
        if self.found.is_empty() {
            Ok(())
        } else {
            Err(ApiError::validation(self.found))
        }
    }
}
