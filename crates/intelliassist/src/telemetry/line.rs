//! How an event becomes a line.

use std::fmt::{self, Write as _};
use std::io::Write as _;
use std::sync::Mutex;

use jiff::Timestamp;
use serde_json::{Map, Value};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use tracing_appender::non_blocking::NonBlocking;
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

use crate::config::LogFormat;

/// Widths of contract 5.5, narrower so that a line fits a terminal.
const LOGGER: usize = 28;
const LEVEL: usize = 7;

/// Writes every event to every output.
pub(super) struct Lines {
    format: LogFormat,
    service: String,
    environment: String,
    outputs: Mutex<Vec<NonBlocking>>,
}

impl Lines {
    pub(super) fn new(
        format: LogFormat,
        service: String,
        environment: String,
        outputs: Vec<NonBlocking>,
    ) -> Self {
        Self {
            format,
            service,
            environment,
            outputs: Mutex::new(outputs),
        }
    }

    fn line(&self, now: Timestamp, metadata: &Metadata<'_>, fields: Fields) -> String {
        match self.format {
            LogFormat::Human => human(now, metadata, fields),
            LogFormat::Json => self.json(now, metadata, fields),
        }
    }

    /// The keys of contract 5.5, then the fields; one of the same name gets an underscore.
    fn json(&self, now: Timestamp, metadata: &Metadata<'_>, fields: Fields) -> String {
        let mut object = Map::new();
        object.insert("timestamp".to_owned(), Value::String(format!("{now:.6}")));
        object.insert("level".to_owned(), level(metadata).into());
        object.insert("logger".to_owned(), metadata.target().into());
        object.insert("message".to_owned(), fields.message.into());
        object.insert("service".to_owned(), self.service.as_str().into());
        object.insert("environment".to_owned(), self.environment.as_str().into());
        for (name, value) in fields.others {
            let name = if object.contains_key(&name) {
                format!("{name}_")
            } else {
                name
            };
            object.insert(name, value);
        }
        let mut line = Value::Object(object).to_string();
        line.push('\n');
        line
    }
}

fn level(metadata: &Metadata<'_>) -> &'static str {
    match *metadata.level() {
        tracing::Level::TRACE => "TRACE",
        tracing::Level::DEBUG => "DEBUG",
        tracing::Level::INFO => "INFO",
        tracing::Level::WARN => "WARNING",
        tracing::Level::ERROR => "ERROR",
    }
}

/// `time | logger | level | message`, then the fields.
fn human(now: Timestamp, metadata: &Metadata<'_>, fields: Fields) -> String {
    let target = metadata.target();
    let level = level(metadata);
    let mut line = format!("{now:.3} | {target:LOGGER$} | {level:LEVEL$} | ");
    line.push_str(&one_line(&fields.message));
    for (name, value) in fields.others {
        let text = match value {
            Value::String(text) => quoted(&text),
            other => other.to_string(),
        };
        // Writing to a text cannot fail.
        let _ = write!(line, " {name}={text}");
    }
    line.push('\n');
    line
}

/// A text that cannot begin a line of its own.
fn one_line(text: &str) -> String {
    if text.chars().any(char::is_control) {
        text.escape_debug().to_string()
    } else {
        text.to_owned()
    }
}

fn quoted(text: &str) -> String {
    let plain = !text.is_empty()
        && !text
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || c == '"');
    if plain {
        text.to_owned()
    } else {
        format!("{text:?}")
    }
}

/// The fields of an event or span.
#[derive(Debug, Clone, Default)]
struct Fields {
    message: String,
    others: Map<String, Value>,
}

impl Fields {
    fn take(&mut self, field: &Field, value: Value) {
        if field.name() == "message" {
            self.message = match value {
                Value::String(text) => text,
                other => other.to_string(),
            };
        } else {
            self.others.insert(field.name().to_owned(), value);
        }
    }
}

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.take(field, value.into());
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.take(field, value.into());
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.take(field, value.into());
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.take(field, value.into());
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.take(field, value.into());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.take(field, format!("{value:?}").into());
    }
}

impl<S> Layer<S> for Lines
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        if let Some(span) = context.span(id) {
            span.extensions_mut().insert(fields);
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        if let Some(span) = context.span(id)
            && let Some(fields) = span.extensions_mut().get_mut::<Fields>()
        {
            values.record(fields);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        for span in context.event_scope(event).into_iter().flatten() {
            if let Some(around) = span.extensions().get::<Fields>() {
                for (name, value) in &around.others {
                    if !fields.others.contains_key(name) {
                        fields.others.insert(name.clone(), value.clone());
                    }
                }
            }
        }
        let now = domain::Clock::now(&domain::SystemClock);
        let line = self.line(now, event.metadata(), fields);
        let mut outputs = self
            .outputs
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        for output in outputs.iter_mut() {
            // A console that went away must not end anything.
            let _ = output.write_all(line.as_bytes());
        }
    }
}
