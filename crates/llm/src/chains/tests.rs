//! The chains of contract D8.10.

use super::*;

fn written(chains: &Chains, purpose: Use) -> String {
    let tiers: Vec<String> = chains
        .tiers(purpose)
        .iter()
        .map(|tier| tier.join(", "))
        .collect();
    tiers.join(" → ")
}

#[test]
fn the_default_chains_are_the_contracts() {
    let talk = "groq → openai, anthropic, gemini → ollama → local";
    let table = [
        (Use::Suggestion, "ollama, local → gemini → mock"),
        (Use::AskRefine, "gemma → ollama → local"),
        (
            Use::AskAnswer,
            "openai → anthropic, gemini, groq → ollama → local",
        ),
        (Use::Chat, talk),
        (Use::Insight, talk),
        (
            Use::Caption,
            "huggingface → openai, gemini, anthropic, ollama → local",
        ),
        (Use::Transcription, "huggingface → groq, openai → local"),
        (
            Use::Questions,
            "groq → huggingface → openai, gemini, anthropic",
        ),
        (
            Use::Extract,
            "groq, openai, gemini, anthropic → ollama → local",
        ),
        (Use::Conversation, ""),
    ];
    let chains = Chains::default_order(false, true);
    for (purpose, chain) in table {
        assert_eq!(written(&chains, purpose), chain, "{purpose}");
    }
}

#[test]
fn local_models_first_or_not_for_suggestions() {
    let chains = Chains::default_order(true, true);
    assert_eq!(
        written(&chains, Use::Chat),
        "ollama → local → groq → openai, anthropic, gemini"
    );
    assert_eq!(
        written(&chains, Use::Caption),
        "ollama → local → huggingface → openai, gemini, anthropic"
    );
    assert!(written(&chains, Use::Suggestion).starts_with("ollama, local → "));
    for prefer_local in [false, true] {
        let without = Chains::default_order(prefer_local, false);
        assert_eq!(written(&without, Use::Suggestion), "gemini → mock");
    }
}

#[test]
fn chains_are_written_in_configuration_files_by_use() {
    let chains: Chains =
        serde_json::from_str(r#"{"ask_answer": [["openai"], ["groq_2", "groq"]]}"#).unwrap();
    assert_eq!(written(&chains, Use::AskAnswer), "openai → groq_2, groq");
    assert!(serde_json::from_str::<Chains>(r#"{"asking": []}"#).is_err());
}
