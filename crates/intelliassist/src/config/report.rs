//! The configuration shown: what is in force and where it came from (`config check`), what there is
//! (`config docs`), and files to begin with (`config template`).

use std::fmt::Write;

use toml::Value;

use super::names::{Kind, SETTINGS, Setting};
use super::{Loaded, Origin};

/// Shown in the place of a secret.
const HIDDEN: &str = "set (hidden)";

/// One setting in force.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(crate) struct InForce {
    /// Place in the configuration file.
    pub(crate) setting: String,
    /// The variable that gives it; empty where only the file can.
    pub(crate) variable: String,
    /// Its value; secrets are hidden.
    pub(crate) value: String,
    /// Where it came from.
    pub(crate) origin: String,
}

/// Every setting, in the order of the documentation, then what only the file can say.
pub(crate) fn in_force(loaded: &Loaded) -> Vec<InForce> {
    let sources = &loaded.sources;
    let mut rows: Vec<InForce> = SETTINGS.iter().map(|setting| of(loaded, setting)).collect();
    let known = |path: &str| SETTINGS.iter().any(|setting| setting.path == path);
    for (path, (origin, _)) in sources.origins.iter().filter(|(path, _)| !known(path)) {
        let value = at(loaded, path);
        rows.push(InForce {
            setting: path.clone(),
            variable: String::new(),
            value: value.map_or_else(String::new, |value| shown(path, value)),
            origin: origin.to_string(),
        });
    }
    rows
}

fn of(loaded: &Loaded, setting: &Setting) -> InForce {
    let (origin, name) = loaded.sources.origin(setting.path);
    let resolved = loaded.sources.resolved.get(setting.path);
    let is_secret = matches!(setting.kind, Kind::Secret | Kind::SecretList);
    let value = match (at(loaded, setting.path), resolved) {
        (Some(value), _) if is_secret && is_blank(value) => String::new(),
        (Some(_), _) if is_secret => HIDDEN.to_owned(),
        (_, Some(resolved)) => resolved.clone(),
        (Some(value), None) => {
            in_units(setting.kind, value).unwrap_or_else(|| shown(setting.path, value))
        }
        (None, None) => setting.default.to_owned(),
    };
    let origin = match (&origin, name) {
        (Origin::Environment | Origin::DotEnv, name) if !setting.names.contains(&name) => {
            format!("{origin} ({name})")
        }
        (Origin::Flag, name) => format!("flag {name}"),
        _ => origin.to_string(),
    };
    let variable = loaded.sources.origin(setting.path).1;
    let by_variable = setting
        .names
        .iter()
        .find(|known| known.eq_ignore_ascii_case(variable));
    InForce {
        setting: setting.path.to_owned(),
        variable: by_variable
            .or(setting.names.first())
            .copied()
            .unwrap_or_default()
            .to_owned(),
        value,
        origin,
    }
}

/// Milliseconds are kept as seconds, and shown in the unit of their variable.
fn in_units(kind: Kind, value: &Value) -> Option<String> {
    let seconds = value.as_float().filter(|_| kind == Kind::Millis)?;
    Some((seconds * 1000.0).to_string())
}

fn at<'a>(loaded: &'a Loaded, path: &str) -> Option<&'a Value> {
    let mut keys = path.split('.');
    let first = loaded.sources.table.get(keys.next()?)?;
    keys.try_fold(first, |value, key| value.get(key))
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    }
}

/// A value without what nobody may see: keys of accounts, and passwords inside addresses.
fn shown(path: &str, value: &Value) -> String {
    let last = path.rsplit('.').next().unwrap_or(path);
    if ["key", "password", "secret", "token"]
        .iter()
        .any(|word| last.contains(word))
    {
        return HIDDEN.to_owned();
    }
    match value {
        Value::String(text) => without_password(text),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| shown(path, item)).collect();
            items.join(", ")
        }
        Value::Table(table) => {
            let items = table
                .iter()
                .map(|(key, value)| format!("{key} = {}", shown(key, value)));
            format!("{{ {} }}", items.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

/// `https://user:secret@host` without what stands before the host.
fn without_password(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else {
        return text.to_owned();
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    match authority.rsplit_once('@') {
        Some((who, _)) => format!("{scheme}://…@{}", &rest[who.len() + 1..]),
        None => text.to_owned(),
    }
}

/// The page that `docs/configuration.md` is.
pub(crate) fn page() -> String {
    let mut page = String::from(
        "# Configuration\n\n\
         Written by `intelliassist config docs`; `make docs` brings it up to date.\n\n\
         Everything has a default: nothing needs to be set. Flags stand above the environment, the \
         environment above `.env`, `.env` above `intelliassist.toml` (or `--config FILE`). Names of \
         variables may be written in any case; a blank variable counts as not set. Unknown keys of the \
         file are refused. `intelliassist config check` shows what is in force and where it came from; \
         `intelliassist config template` prints a file to begin with.\n",
    );
    for (table, settings) in tables() {
        let title = if table.is_empty() {
            "top level".to_owned()
        } else {
            format!("[{table}]")
        };
        // Writing to a text cannot fail.
        let _ = write!(
            page,
            "\n## {title}\n\n| variable | key | default | what it does |\n"
        );
        page.push_str("| --- | --- | --- | --- |\n");
        for setting in settings {
            let names: Vec<String> = setting
                .names
                .iter()
                .map(|name| format!("`{name}`"))
                .collect();
            let default = match setting.default {
                "" => String::new(),
                default => cell(default),
            };
            let _ = writeln!(
                page,
                "| {} | `{}` | {default} | {} |",
                names.join(", "),
                key(setting),
                cell(setting.about)
            );
        }
    }
    page.push_str(FILE_ONLY);
    page
}

/// What no variable can say.
const FILE_ONLY: &str = r#"
## Only in the file

Further accounts, any number of them. Compatible servers (vLLM, LM Studio, llama.cpp, OpenRouter) are `openai_compatible`:

```toml
[[provider]]
name = "workstation"
kind = "openai_compatible"   # openai, groq, huggingface, gemini, gemma, anthropic, ollama
base_url = "http://192.168.1.20:8080/v1"
api_key = "…"                # where it wants one
priority = 1                 # 1 (first) to 10 in its tier
timeout_seconds = 60
models = { default = "qwen3-8b", chat = "qwen3-8b" }
quota = { unit = "requests", period = "day", limit = 1000 }
```

Who is asked for what, tier by tier, by kind or name of account. Uses: `suggestion`, `ask_refine`, `ask_answer`, `chat`, `insight`, `caption`, `transcription`, `questions`, `extract`.

```toml
[routing.chains]
chat = [["workstation"], ["groq", "openai"], ["local"]]
```

Fine points of the gateway (`[gateway]`), of local models (`[local]`: `context`, `queue`), of the server (`[server]`: `body_limit`, `request_timeout`, `header_timeout`, `drain_timeout`, `stream_ping`, `max_connections`), of the database (`[database]`: `acquire_timeout_seconds`, `statement_timeout_seconds`, `start_timeout_seconds`) and of connections to providers (`[http]`) keep their defaults unless they are written.
"#;

/// A file to begin with: every setting with its default, commented out.
pub(crate) fn template() -> String {
    let mut text = String::from(
        "# IntelliAssist. Every line is optional; what is commented out shows the default.\n",
    );
    for (table, settings) in tables() {
        text.push('\n');
        if !table.is_empty() {
            let _ = writeln!(text, "[{table}]");
        }
        for setting in settings {
            let _ = writeln!(text, "# {}", setting.about);
            let _ = writeln!(text, "#{} = {}", key(setting), example(setting));
        }
    }
    text
}

/// The same as variables, for a `.env` file.
pub(crate) fn env_template() -> String {
    let mut text = String::from(
        "# Copy to .env. Every line is optional; what is commented out shows the default.\n\
         # Written by `intelliassist config template --env`; docs/configuration.md says more.\n",
    );
    for (table, settings) in tables() {
        let _ = writeln!(
            text,
            "\n# --- {}",
            if table.is_empty() { "general" } else { &table }
        );
        for setting in settings {
            let name = setting.names.first().copied().unwrap_or_default();
            let is_value = is_literal(setting);
            let value = if is_value { setting.default } else { "" };
            let words = if is_value || setting.default.is_empty() {
                setting.about.to_owned()
            } else {
                format!("{} [{}]", setting.about, setting.default)
            };
            let value = if value.contains(' ') {
                format!("\"{value}\"")
            } else {
                value.to_owned()
            };
            let _ = writeln!(text, "# {words}\n#{name}={value}");
        }
    }
    text
}

/// Settings by table, in the order of their first appearance.
fn tables() -> Vec<(String, Vec<&'static Setting>)> {
    let mut tables: Vec<(String, Vec<&'static Setting>)> = vec![(String::new(), Vec::new())];
    for setting in SETTINGS {
        let table = setting.path.split_once('.').map_or("", |(table, _)| table);
        match tables.iter_mut().find(|(name, _)| name == table) {
            Some((_, settings)) => settings.push(setting),
            None => tables.push((table.to_owned(), vec![setting])),
        }
    }
    tables
}

fn key(setting: &Setting) -> &'static str {
    setting
        .path
        .split_once('.')
        .map_or(setting.path, |(_, key)| key)
}

/// Whether the default is a value rather than a description of one.
fn is_literal(setting: &Setting) -> bool {
    let default = setting.default;
    match setting.kind {
        Kind::Integer => default.parse::<i64>().is_ok(),
        Kind::Number | Kind::Millis => default.parse::<f64>().is_ok(),
        Kind::Bool => matches!(default, "true" | "false"),
        Kind::Text => {
            !default.is_empty()
                && (setting.path == "server.description"
                    || !default.contains(' ') && !default.contains('\''))
        }
        Kind::Secret | Kind::List | Kind::SecretList => false,
    }
}

/// The default as TOML, or an empty value of the right kind.
fn example(setting: &Setting) -> String {
    let default = setting.default;
    let empty = match setting.kind {
        Kind::Text | Kind::Secret => "\"\"",
        Kind::List | Kind::SecretList => "[]",
        Kind::Integer | Kind::Number | Kind::Millis => "0",
        Kind::Bool => "true",
    };
    if !is_literal(setting) {
        return empty.to_owned();
    }
    match setting.kind {
        Kind::Text => Value::String(default.to_owned()).to_string(),
        Kind::Millis => {
            let seconds = default.parse::<f64>().map(|millis| millis / 1000.0);
            seconds.map_or_else(|_| empty.to_owned(), |seconds| seconds.to_string())
        }
        _ => default.to_owned(),
    }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
