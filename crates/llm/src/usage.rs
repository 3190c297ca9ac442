//! What a call used.

use serde::{Deserialize, Serialize};

/// Tokens of one call; `None` where the provider did not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Usage {
    /// Tokens of the prompt.
    pub input_tokens: Option<u64>,
    /// Tokens of the answer.
    pub output_tokens: Option<u64>,
    /// Time the provider says it worked on the answer, in whole milliseconds (contract 004-A1).
    #[serde(default)]
    pub provider_ms: Option<u64>,
}

impl Usage {
    /// Prompt and answer together, if both are known.
    pub fn total_tokens(&self) -> Option<u64> {
        self.input_tokens?.checked_add(self.output_tokens?)
    }
}
