//! What brings answers where no language model can give one, as the server is set up.

use serde::Deserialize;

/// Whether models in this process are used (`LOCAL_MODELS`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UseLocal {
    /// Beside the others.
    #[default]
    Auto,
    /// Never.
    Off,
    /// No others.
    Only,
}

impl UseLocal {
    /// The word that sets it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Off => "off",
            Self::Only => "only",
        }
    }

    /// What to do so that somebody answers, to stand in a sentence; `key` is a setting that brings a
    /// provider.
    pub fn remedy(self, key: &str) -> String {
        match self {
            Self::Auto => format!(
                "fetch the local model with `intelliassist models pull`, or set a key such as {key}"
            ),
            Self::Off => format!(
                "set a key such as {key}, or LOCAL_MODELS=auto to use models on this machine, which \
                 are switched off"
            ),
            Self::Only => {
                "fetch the local model with `intelliassist models pull`; others are not asked, as \
                 LOCAL_MODELS=only says"
                    .to_owned()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::UseLocal;

    #[test]
    fn the_remedy_is_one_that_works_with_what_is_set() {
        let [auto, off, only] = [UseLocal::Auto, UseLocal::Off, UseLocal::Only]
            .map(|use_local| use_local.remedy("GROQ_API_KEY"));
        assert!(auto.contains("models pull") && auto.contains("GROQ_API_KEY"));
        assert!(!off.contains("models pull"), "{off}");
        assert!(off.contains("GROQ_API_KEY") && off.contains("LOCAL_MODELS=auto"));
        assert!(only.contains("models pull") && !only.contains("GROQ_API_KEY"));
    }
}
