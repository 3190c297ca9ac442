//! Where settings come from, laid over one another in one table.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use super::ConfigError;
use super::names::{self, Kind, Setting};

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Nobody said anything.
    Default,
    /// The configuration file.
    File(PathBuf),
    /// The `.env` file.
    DotEnv,
    /// The environment.
    Environment,
    /// A flag.
    Flag,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(path) => write!(f, "{}", path.display()),
            Self::DotEnv => f.write_str(".env"),
            Self::Environment => f.write_str("environment"),
            Self::Flag => f.write_str("flag"),
        }
    }
}

/// A setting given on the command line.
#[derive(Debug, Clone)]
pub(crate) struct Flag {
    /// Its place in the configuration file.
    pub(crate) path: &'static str,
    /// The flag, for messages.
    pub(crate) name: &'static str,
    /// What was given.
    pub(crate) value: String,
}

/// All that was said, and by whom.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    pub(crate) table: Table,
    /// Place → (origin, name of variable or flag).
    pub(crate) origins: BTreeMap<String, (Origin, String)>,
    /// What is strange but no reason to refuse anything.
    pub(crate) warnings: Vec<String>,
    /// Values that were worked out, by place, in words.
    pub(crate) resolved: BTreeMap<String, String>,
    /// The configuration file that was read.
    pub(crate) file: Option<PathBuf>,
}

impl Sources {
    /// Where the value at a place came from, and under which name.
    pub(crate) fn origin(&self, path: &str) -> (Origin, &str) {
        match self.origins.get(path) {
            Some((origin, name)) => (origin.clone(), name),
            None => (Origin::Default, ""),
        }
    }

    /// Whether anybody set the value at a place.
    pub(crate) fn is_set(&self, path: &str) -> bool {
        self.origins.contains_key(path)
    }

    /// Remembers what a setting came to.
    pub(super) fn resolve(&mut self, path: &str, value: impl fmt::Display) {
        self.resolved.insert(path.to_owned(), value.to_string());
    }

    /// Puts another value in the place of one that was given.
    pub(super) fn replace(&mut self, path: &str, value: Value) {
        if let Some((table, key)) = path.split_once('.')
            && let Some(Value::Table(table)) = self.table.get_mut(table)
        {
            table.insert(key.to_owned(), value);
        }
    }

    pub(super) fn add_file(&mut self, path: &Path) -> Result<(), ConfigError> {
        let text = std::fs::read_to_string(path).map_err(|cause| ConfigError::Unreadable {
            path: path.to_owned(),
            cause,
        })?;
        let table: Table = text
            .parse()
            .map_err(|error: toml::de::Error| ConfigError::Syntax {
                path: path.to_owned(),
                message: place(&text, &error),
            })?;
        note(&table, "", path, &mut self.origins);
        self.table = table;
        self.file = Some(path.to_owned());
        Ok(())
    }

    pub(super) fn add_variables(
        &mut self,
        variables: &[(String, String)],
        origin: &Origin,
    ) -> Result<(), ConfigError> {
        for setting in names::SETTINGS {
            let found = setting.names.iter().find_map(|name| {
                let given = variables.iter().find(|(given, value)| {
                    given.eq_ignore_ascii_case(name) && !value.trim().is_empty()
                });
                given.map(|(given, value)| (given, value))
            });
            if let Some((name, value)) = found {
                self.set(setting, name, value, origin.clone())?;
            }
        }
        for (name, value) in variables {
            if let Some(near) = names::nearly(name) {
                self.warnings
                    .push(format!("{name} is no setting; did you mean {near}?"));
            }
            let secret = names::by_name(name).is_some_and(|setting| setting.kind == Kind::Secret);
            if secret && value.trim().is_empty() {
                self.warnings
                    .push(format!("{name} is blank, which counts as not set"));
            }
        }
        Ok(())
    }

    pub(super) fn add_flags(&mut self, flags: &[Flag]) -> Result<(), ConfigError> {
        for flag in flags {
            let known = names::SETTINGS
                .iter()
                .find(|setting| setting.path == flag.path);
            if let Some(setting) = known {
                self.set(setting, flag.name, &flag.value, Origin::Flag)?;
            }
        }
        Ok(())
    }

    fn set(
        &mut self,
        setting: &Setting,
        name: &str,
        text: &str,
        origin: Origin,
    ) -> Result<(), ConfigError> {
        let value = convert(setting.kind, text.trim()).map_err(|message| {
            let place = match origin {
                Origin::DotEnv => format!("{name} in .env"),
                _ => name.to_owned(),
            };
            ConfigError::Value { place, message }
        })?;
        self.origins
            .insert(setting.path.to_owned(), (origin, name.to_owned()));
        let mut table = &mut self.table;
        let mut keys = setting.path.split('.').peekable();
        while let Some(key) = keys.next() {
            if keys.peek().is_none() {
                table.insert(key.to_owned(), value);
                break;
            }
            let inner = table
                .entry(key)
                .or_insert_with(|| Value::Table(Table::new()));
            let Value::Table(inner) = inner else {
                let message = "must be a table".to_owned();
                return Err(ConfigError::Value {
                    place: key.to_owned(),
                    message,
                });
            };
            table = inner;
        }
        Ok(())
    }
}

/// What is wrong and in which line. The line itself is not shown: it may hold a key.
fn place(text: &str, error: &toml::de::Error) -> String {
    let message = error.message();
    let before = error.span().and_then(|span| text.get(..span.start));
    match before {
        Some(before) => format!("line {}: {message}", before.matches('\n').count() + 1),
        None => message.to_owned(),
    }
}

/// Remembers that everything in a file came from it.
fn note(
    table: &Table,
    prefix: &str,
    path: &Path,
    origins: &mut BTreeMap<String, (Origin, String)>,
) {
    for (key, value) in table {
        let place = if prefix.is_empty() {
            key.clone()
        } else {
            format!("{prefix}.{key}")
        };
        match value {
            Value::Table(inner) => note(inner, &place, path, origins),
            _ => {
                origins.insert(place.clone(), (Origin::File(path.to_owned()), place));
            }
        }
    }
}

fn convert(kind: Kind, text: &str) -> Result<Value, String> {
    let whole = || {
        let number = text.replace('_', "").parse::<i64>();
        number.map_err(|_| format!("{text:?} is no whole number"))
    };
    let number = || match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(number),
        _ => Err(format!("{text:?} is no number")),
    };
    match kind {
        Kind::Text | Kind::Secret => Ok(Value::String(text.to_owned())),
        Kind::Integer => whole().map(Value::Integer),
        Kind::Number => number().map(Value::Float),
        Kind::Millis => number().map(|millis| Value::Float(millis / 1000.0)),
        Kind::Bool => match text.to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" | "on" => Ok(Value::Boolean(true)),
            "false" | "0" | "no" | "off" => Ok(Value::Boolean(false)),
            _ => Err(format!("{text:?} is neither true nor false")),
        },
        Kind::List | Kind::SecretList => list(text),
    }
}

/// Separated by commas, or a JSON list.
fn list(text: &str) -> Result<Value, String> {
    let items: Vec<String> = if text.starts_with('[') {
        serde_json::from_str(text).map_err(|error| format!("is no JSON list of texts: {error}"))?
    } else {
        text.split(',').map(|item| item.trim().to_owned()).collect()
    };
    let items = items
        .into_iter()
        .filter(|item| !item.is_empty())
        .map(Value::String);
    Ok(Value::Array(items.collect()))
}

/// The environment; what is not Unicode cannot be one of ours.
pub(super) fn environment() -> Vec<(String, String)> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect()
}

/// One variable that is a convention among programs and no setting of ours, such as `NO_COLOR`.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the environment"
)]
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The variables of a `.env` file; none if there is no such file.
pub(super) fn dot_env(path: &Path) -> Result<Vec<(String, String)>, ConfigError> {
    let entries = match dotenvy::from_path_iter(path) {
        Ok(entries) => entries,
        Err(error) if error.not_found() => return Ok(Vec::new()),
        Err(error) => return Err(unreadable(path, &error)),
    };
    entries
        .collect::<Result<_, _>>()
        .map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &dotenvy::Error) -> ConfigError {
    // A line that cannot be parsed may hold a key, so its text is not shown.
    let message = match error {
        dotenvy::Error::LineParse(_, at) => format!("a line cannot be read (at character {at})"),
        other => other.to_string(),
    };
    ConfigError::DotEnv {
        path: path.to_owned(),
        message,
    }
}
