//! What models cost, in one table. A model that is not in it has no known price, never a price of
//! zero.

use std::collections::BTreeMap;

use llm::prices::Price;

use crate::Kind;

/// When the table was put together, from list prices as we knew them, without discounts for batches,
/// cached prompts or long ones. Prices change: the configuration's come before these.
pub const AS_OF: &str = "2026-11-21";

/// Every price in the table by the model's name, for the gateway's configuration.
pub fn all() -> BTreeMap<String, Price> {
    PRICES
        .iter()
        .map(|&(_, model, input, output)| (model.to_owned(), Price { input, output }))
        .collect()
}

/// The price of a model at a provider; `None` where it is not known.
///
/// Dated names (`gpt-4o-mini-2024-07-18`, `claude-haiku-4-5-20251001`) cost what their base costs.
pub fn price(kind: Kind, model: &str) -> Option<Price> {
    if kind == Kind::Ollama {
        // One's own machine: the call itself costs nothing.
        return Some(Price {
            input: 0.0,
            output: 0.0,
        });
    }
    let model = model.strip_prefix("models/").unwrap_or(model);
    PRICES
        .iter()
        .filter(|(of, name, ..)| *of == kind && is_version_of(model, name))
        .max_by_key(|(_, name, ..)| name.len())
        .map(|&(_, _, input, output)| Price { input, output })
}

/// Whether a name is a base name, or the base name with a date or `latest`.
fn is_version_of(model: &str, base: &str) -> bool {
    let Some(rest) = model.strip_prefix(base) else {
        return false;
    };
    let Some(version) = rest.strip_prefix(['-', '@']) else {
        return rest.is_empty();
    };
    version == "latest"
        || (version.len() >= 8 && version.chars().all(|c| c.is_ascii_digit() || c == '-'))
}

/// Kind, base name of the model, price of a million tokens of prompt and of answer.
const PRICES: &[(Kind, &str, f64, f64)] = &[
    (Kind::OpenAi, "gpt-4o-mini", 0.15, 0.60),
    (Kind::OpenAi, "gpt-4o", 2.50, 10.00),
    (Kind::OpenAi, "gpt-4.1", 2.00, 8.00),
    (Kind::OpenAi, "gpt-4.1-mini", 0.40, 1.60),
    (Kind::OpenAi, "gpt-4.1-nano", 0.10, 0.40),
    (Kind::OpenAi, "gpt-5", 1.25, 10.00),
    (Kind::OpenAi, "gpt-5-mini", 0.25, 2.00),
    (Kind::OpenAi, "gpt-5-nano", 0.05, 0.40),
    (Kind::OpenAi, "gpt-5.4", 2.50, 15.00),
    (Kind::OpenAi, "gpt-5.4-mini", 0.75, 4.50),
    (Kind::Groq, "llama-3.1-8b-instant", 0.05, 0.08),
    (Kind::Groq, "llama-3.3-70b-versatile", 0.59, 0.79),
    (Kind::Groq, "openai/gpt-oss-120b", 0.15, 0.60),
    (Kind::Groq, "openai/gpt-oss-20b", 0.075, 0.30),
    (Kind::Gemini, "gemini-2.5-flash", 0.30, 2.50),
    (Kind::Gemini, "gemini-2.5-flash-lite", 0.10, 0.40),
    (Kind::Gemini, "gemini-2.5-pro", 1.25, 10.00),
    (Kind::Anthropic, "claude-haiku-4-5", 1.00, 5.00),
    (Kind::Anthropic, "claude-sonnet-4-5", 3.00, 15.00),
    (Kind::Anthropic, "claude-sonnet-4-6", 3.00, 15.00),
    (Kind::Anthropic, "claude-sonnet-5", 2.00, 10.00),
    (Kind::Anthropic, "claude-sonnet-5-5", 2.00, 10.00),
    (Kind::Anthropic, "claude-opus-4-5", 5.00, 25.00),
    (Kind::Anthropic, "claude-opus-5", 5.00, 25.00),
    (Kind::Anthropic, "claude-opus-5-5", 4.00, 20.00),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn dollars(kind: Kind, model: &str) -> Option<f64> {
        price(kind, model).map(|price| price.input)
    }

    #[test]
    fn dated_names_cost_what_their_base_costs() {
        assert_eq!(dollars(Kind::OpenAi, "gpt-4o-mini-2024-07-18"), Some(0.15));
        assert_eq!(dollars(Kind::OpenAi, "gpt-4o-2024-11-20"), Some(2.50));
        assert_eq!(
            dollars(Kind::Anthropic, "claude-haiku-4-5-20251001"),
            Some(1.0)
        );
        assert_eq!(
            dollars(Kind::Gemini, "models/gemini-2.5-flash-lite"),
            Some(0.10)
        );
    }

    #[test]
    fn unknown_is_not_free() {
        assert_eq!(dollars(Kind::OpenAi, "gpt-4o-audio-preview"), None);
        assert_eq!(dollars(Kind::HuggingFace, "gpt-4o"), None);
        assert_eq!(dollars(Kind::Groq, ""), None);
        assert_eq!(dollars(Kind::Ollama, "anything"), Some(0.0));
    }

    #[test]
    fn no_model_stands_twice_in_the_table() {
        assert_eq!(all().len(), PRICES.len());
    }
}
