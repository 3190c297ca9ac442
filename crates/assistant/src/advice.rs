//! What brings a model to work that none does, as the server is set up: the one place that knows what
//! `LOCAL_MODELS` makes of such advice.

use serde::Deserialize;

/// Settings that bring a provider which listens to recordings.
const HEARING_KEYS: &str = "HUGGINGFACE_API_KEY, GROQ_API_KEY or OPENAI_API_KEY";
/// What takes models of this machine into use, where they are switched off.
const SWITCH_ON: &str = "LOCAL_MODELS=auto to use models on this machine, which are switched off";

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
        self.bring("", Some(&format!("a key such as {key}")))
    }

    /// What to do so that somebody listens to recordings, to stand in a sentence.
    pub(crate) fn remedy_for_speech(self) -> String {
        self.bring(" speech-base", Some(HEARING_KEYS))
    }

    /// What to do so that text in pictures is read, to stand in a sentence. Only models of this machine
    /// read it.
    pub(crate) fn remedy_for_pictures(self) -> String {
        self.bring(" ocr", None)
    }

    /// What besides another try helps where those who listen failed just now; the end of a sentence.
    pub(crate) const fn also_for_speech(self) -> &'static str {
        match self {
            Self::Auto => {
                "; a local model (`intelliassist models pull speech-base`) does not depend on others"
            }
            Self::Off => "; models on this machine (LOCAL_MODELS=auto) do not depend on others",
            // It is the local model that failed.
            Self::Only => "",
        }
    }

    /// Brings a model of this machine (`model` is what `models pull` is told, behind a space), or a
    /// provider by its keys.
    fn bring(self, model: &str, keys: Option<&str>) -> String {
        let fetch = format!("fetch the local model with `intelliassist models pull{model}`");
        match (self, keys) {
            (Self::Auto, Some(keys)) => format!("{fetch}, or set {keys}"),
            (Self::Auto | Self::Only, None) => fetch,
            (Self::Off, Some(keys)) => format!("set {keys}, or {SWITCH_ON}"),
            (Self::Off, None) => format!("set {SWITCH_ON}"),
            (Self::Only, Some(_)) => {
                format!("{fetch}; others are not asked, as LOCAL_MODELS=only says")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::UseLocal;

    #[test]
    fn the_remedy_is_one_that_works_with_what_is_set() {
        for (remedy, key) in [
            (
                (|set: UseLocal| set.remedy("GROQ_API_KEY")) as fn(UseLocal) -> String,
                "GROQ_API_KEY",
            ),
            (UseLocal::remedy_for_speech, "HUGGINGFACE_API_KEY"),
        ] {
            let [auto, off, only] = [UseLocal::Auto, UseLocal::Off, UseLocal::Only].map(remedy);
            assert!(auto.contains("models pull") && auto.contains(key));
            assert!(!off.contains("models pull"), "{off}");
            assert!(off.contains(key) && off.contains("LOCAL_MODELS=auto"));
            assert!(only.contains("models pull") && !only.contains("API_KEY"));
        }
    }

    #[test]
    fn nobody_is_told_to_fetch_a_model_that_would_not_be_used() {
        let [auto, off, only] = [UseLocal::Auto, UseLocal::Off, UseLocal::Only];
        assert!(auto.remedy_for_pictures().contains("models pull ocr"));
        assert_eq!(only.remedy_for_pictures(), auto.remedy_for_pictures());
        let switched_off = [off.remedy_for_pictures(), off.also_for_speech().to_owned()];
        for told in switched_off {
            assert!(
                told.contains("LOCAL_MODELS=auto") && !told.contains("pull"),
                "{told}"
            );
        }
        assert!(auto.also_for_speech().contains("models pull speech-base"));
        assert_eq!(only.also_for_speech(), "");
    }
}
