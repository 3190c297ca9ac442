//! What a call costs. The table is part of the configuration; a model that is not in it has an
//! unknown price, never zero.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{ModelType, Usage};

/// Price of a model in US dollars per million tokens.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// For a million tokens of prompts.
    pub input: f64,
    /// For a million tokens of answers.
    pub output: f64,
}

/// The price of a call in millionths of a US dollar; `None` where price or tokens are unknown.
/// Models on this machine cost nothing.
pub(crate) fn micro_usd(
    prices: &BTreeMap<String, Price>,
    model: &str,
    model_type: ModelType,
    usage: Usage,
) -> Option<u64> {
    let Some(price) = prices.get(model) else {
        return (model_type != ModelType::Cloud).then_some(0);
    };
    // Dollars per million tokens are millionths of a dollar per token.
    let micro =
        price.input * usage.input_tokens? as f64 + price.output * usage.output_tokens? as f64;
    if !(0.0..1e15).contains(&micro) {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked just above to be a small, positive number"
    )]
    let micro = micro.round() as u64;
    Some(micro)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_stays_unknown() {
        let usage = Usage {
            input_tokens: Some(1_000_000),
            output_tokens: Some(1_000),
            ..Usage::default()
        };
        let own = BTreeMap::from([(
            "mine".to_owned(),
            Price {
                input: 1.0,
                output: 2.0,
            },
        )]);
        let price = |model, kind, usage| micro_usd(&own, model, kind, usage);
        assert_eq!(price("mine", ModelType::Cloud, usage), Some(1_002_000));
        assert_eq!(price("never-heard-of", ModelType::Cloud, usage), None);
        assert_eq!(price("phi3:mini", ModelType::Local, usage), Some(0));
        assert_eq!(price("mine", ModelType::Cloud, Usage::default()), None);
    }
}
