//! Which accounts may answer a use, and in what order (contract D8.10).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Account, Use};

/// For every use its tiers; a tier lists provider kinds or account names. A tier is asked after all
/// accounts of the one before it; inside a tier the score decides.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Chains {
    tiers: BTreeMap<Use, Vec<Vec<String>>>,
}

impl Chains {
    /// The chains of contract D8.10.
    ///
    /// `prefer_local` puts `ollama` and `local` first in every chain; without `use_local_llm` neither
    /// suggests for tasks (contract D8.16). A conversation has none: its provider is fixed.
    pub fn default_order(prefer_local: bool, use_local_llm: bool) -> Self {
        let mut chains = Self::default();
        for (purpose, tiers) in defaults(use_local_llm) {
            let tiers = tiers
                .iter()
                .map(|tier| tier.iter().map(|kind| (*kind).to_owned()).collect());
            chains.set(purpose, tiers.collect());
            // Suggestions have them in front already, or not at all.
            if prefer_local && purpose != Use::Suggestion {
                chains.put_local_first(purpose);
            }
        }
        chains
    }

    /// Replaces the chain of one use.
    pub fn set(&mut self, purpose: Use, tiers: Vec<Vec<String>>) {
        self.tiers.insert(purpose, tiers);
    }

    /// Replaces the chains of all uses that `other` names.
    pub fn overlay(&mut self, other: Self) {
        self.tiers.extend(other.tiers);
    }

    /// The tiers of a use; none when nothing is set.
    pub fn tiers(&self, purpose: Use) -> &[Vec<String>] {
        self.tiers.get(&purpose).map_or(&[], Vec::as_slice)
    }

    /// The first tier of a use that names the account or its kind.
    pub fn tier_of(&self, purpose: Use, account: &Account) -> Option<usize> {
        self.tiers(purpose).iter().position(|tier| {
            tier.iter()
                .any(|m| *m == account.name || *m == account.kind)
        })
    }

    fn put_local_first(&mut self, purpose: Use) {
        let tiers = self.tiers.entry(purpose).or_default();
        for tier in tiers.iter_mut() {
            tier.retain(|member| member != "ollama" && member != "local");
        }
        tiers.retain(|tier| !tier.is_empty());
        tiers.insert(0, vec!["ollama".to_owned()]);
        tiers.insert(1, vec!["local".to_owned()]);
    }
}

/// Tiers of provider kinds.
type Tiers = &'static [&'static [&'static str]];

fn defaults(use_local_llm: bool) -> [(Use, Tiers); 10] {
    let suggestion: Tiers = if use_local_llm {
        &[&["ollama", "local"], &["gemini"], &["mock"]]
    } else {
        &[&["gemini"], &["mock"]]
    };
    let talk: Tiers = &[
        &["groq"],
        &["openai", "anthropic", "gemini"],
        &["ollama"],
        &["local"],
    ];
    [
        (Use::Suggestion, suggestion),
        (Use::AskRefine, &[&["gemma"], &["ollama"], &["local"]]),
        (
            Use::AskAnswer,
            &[
                &["openai"],
                &["anthropic", "gemini", "groq"],
                &["ollama"],
                &["local"],
            ],
        ),
        (Use::Chat, talk),
        (Use::Insight, talk),
        (
            Use::Caption,
            &[
                &["huggingface"],
                &["openai", "gemini", "anthropic", "ollama"],
                &["local"],
            ],
        ),
        (
            Use::Transcription,
            &[&["huggingface"], &["groq", "openai"], &["local"]],
        ),
        (Use::ReadText, &[&["local"]]),
        (
            Use::Questions,
            &[
                &["groq"],
                &["huggingface"],
                &["openai", "gemini", "anthropic"],
            ],
        ),
        (
            Use::Extract,
            &[
                &["groq", "openai", "gemini", "anthropic"],
                &["ollama"],
                &["local"],
            ],
        ),
    ]
}

#[cfg(test)]
mod tests;
