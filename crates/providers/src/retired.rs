//! Model names that no longer work and what took their place (contract 6, D8.14).
//!
//! The originals and old configurations carry such names; they are accepted and mapped here, once,
//! with a warning when the account is connected.

use crate::Kind;

/// The model that took the place of a retired one; `None` for names that are not retired.
pub fn successor(kind: Kind, model: &str) -> Option<&'static str> {
    let model = model.strip_prefix("models/").unwrap_or(model);
    RETIRED
        .iter()
        .find(|(kinds, retired, _)| kinds.contains(&kind) && *retired == model)
        .map(|&(_, _, successor)| successor)
}

/// The name to send for a model: its successor if it is retired.
pub(crate) fn current(kind: Kind, model: &str) -> &str {
    successor(kind, model).unwrap_or(model)
}

/// Warns about a retired name in the configuration.
pub(crate) fn warn(kind: Kind, account: &str, model: &str) {
    if let Some(successor) = successor(kind, model) {
        tracing::warn!(
            provider.name = account,
            model.retired = model,
            model.successor = successor,
            "{account}: the model {model} is retired, {successor} is used instead"
        );
    }
}

const GOOGLE: &[Kind] = &[Kind::Gemini, Kind::Gemma];

const RETIRED: &[(&[Kind], &str, &str)] = &[
    (&[Kind::Groq], "llama3-8b-8192", "llama-3.1-8b-instant"),
    (&[Kind::Groq], "llama3-70b-8192", "openai/gpt-oss-120b"),
    (
        &[Kind::Groq],
        "llama-3.1-70b-versatile",
        "openai/gpt-oss-120b",
    ),
    (
        &[Kind::Groq],
        "llama-3.3-70b-versatile",
        "openai/gpt-oss-120b",
    ),
    (&[Kind::Groq], "mixtral-8x7b-32768", "openai/gpt-oss-20b"),
    (&[Kind::Groq], "gemma2-9b-it", "llama-3.1-8b-instant"),
    (
        &[Kind::Groq],
        "distil-whisper-large-v3-en",
        "whisper-large-v3-turbo",
    ),
    (GOOGLE, "gemini-pro", "gemini-2.5-flash"),
    (GOOGLE, "gemini-1.0-pro", "gemini-2.5-flash"),
    (GOOGLE, "gemini-1.5-flash", "gemini-2.5-flash"),
    (GOOGLE, "gemini-1.5-flash-8b", "gemini-2.5-flash-lite"),
    (GOOGLE, "gemini-1.5-pro", "gemini-2.5-pro"),
    (GOOGLE, "gemini-2.0-flash", "gemini-2.5-flash"),
    (GOOGLE, "gemini-2.0-flash-lite", "gemini-2.5-flash-lite"),
    // A slip of the pen in an original's template.
    (GOOGLE, "gemma-1-3b", "gemma-3-1b-it"),
    (&[Kind::OpenAi], "gpt-3.5-turbo-0301", "gpt-4o-mini"),
    (&[Kind::OpenAi], "gpt-3.5-turbo-0613", "gpt-4o-mini"),
    (
        &[Kind::Anthropic],
        "claude-3-haiku-20240307",
        "claude-haiku-4-5",
    ),
    (
        &[Kind::Anthropic],
        "claude-3-5-haiku-20241022",
        "claude-haiku-4-5",
    ),
    (
        &[Kind::Anthropic],
        "claude-3-5-sonnet-20241022",
        "claude-sonnet-4-5",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Contract D8.14.
    #[test]
    fn the_originals_names_have_successors() {
        for (kind, model, expected) in [
            (Kind::Groq, "llama3-8b-8192", "llama-3.1-8b-instant"),
            (Kind::Groq, "llama-3.3-70b-versatile", "openai/gpt-oss-120b"),
            (Kind::Gemini, "gemini-1.5-flash", "gemini-2.5-flash"),
            (Kind::Gemini, "models/gemini-1.5-flash", "gemini-2.5-flash"),
            (Kind::Gemma, "gemma-1-3b", "gemma-3-1b-it"),
        ] {
            assert_eq!(successor(kind, model), Some(expected), "{model}");
        }
        assert!(successor(Kind::Groq, "mixtral-8x7b-32768").is_some());
    }

    #[test]
    fn a_name_is_retired_only_where_it_was_served() {
        assert_eq!(successor(Kind::OpenAiCompatible, "llama3-8b-8192"), None);
        assert_eq!(successor(Kind::OpenAi, "gpt-4o-mini"), None);
        assert_eq!(current(Kind::OpenAi, "gpt-4o-mini"), "gpt-4o-mini");
    }

    #[test]
    fn no_successor_is_itself_retired() {
        for (kinds, _, heir) in RETIRED {
            for kind in *kinds {
                assert_eq!(successor(*kind, heir), None, "{heir}");
            }
        }
    }
}
