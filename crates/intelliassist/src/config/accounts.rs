//! The accounts at providers: those with variables of their own, and the `[[provider]]` tables.

use std::time::Duration;

use llm::{Account, Chains, Quota, QuotaPeriod, QuotaUnit, Use};
use providers::config::Seconds;
use providers::{Kind, ModelNames, ProviderConfig, retired};
use reqwest::Client;
use secrecy::{ExposeSecret, SecretString};

use super::database::seconds;
use super::{AccountSettings, ConfigError, Settings, UseLocal};

/// Where Ollama listens unless it was told otherwise.
pub(crate) const OLLAMA: &str = "http://localhost:11434";

/// Groq's model for questions where nobody names one (contract 7.7, D8.14).
const GROQ_QUESTIONS: &str = "openai/gpt-oss-120b";
/// Ollama's model for suggestions where nobody names one (contract 7.7).
const OLLAMA_SUGGESTIONS: &str = "phi3:mini";

/// Every account that is set up, in the order of the documentation. `ollama_answers` says whether an
/// instance was found on its usual address (contract D8.32).
pub(crate) fn configured(settings: &Settings, ollama_answers: bool) -> Vec<ProviderConfig> {
    if settings.models.use_local == UseLocal::Only {
        return Vec::new();
    }
    let accounts = &settings.accounts;
    let mut all = Vec::new();
    all.extend(groq(accounts));
    all.extend(hugging_face(accounts));
    all.extend(openai(accounts));
    all.extend(google(accounts));
    all.extend(anthropic(accounts));
    if names_ollama(accounts) || ollama_answers {
        all.push(ollama(accounts));
    }
    all.extend(
        settings
            .provider
            .iter()
            .filter(|account| account.enabled)
            .cloned(),
    );
    all
}

/// Whether one of Ollama's variables is set.
pub(crate) fn names_ollama(accounts: &AccountSettings) -> bool {
    accounts.ollama_base_url.is_some()
        || !accounts.ollama_endpoints.is_empty()
        || accounts.ollama_default_model.is_some()
        || accounts.ollama_suggestion_model.is_some()
        || accounts.ollama_startup_check == Some(true)
}

/// Groq's model as it is asked for, for the status page (contract 002-E3).
pub(crate) fn groq_model(accounts: &AccountSettings) -> String {
    let model = accounts
        .groq_model
        .as_deref()
        .or(Kind::Groq.default_model())
        .unwrap_or_default();
    retired::successor(Kind::Groq, model)
        .unwrap_or(model)
        .to_owned()
}

fn key(key: Option<&SecretString>) -> Option<SecretString> {
    key.filter(|key| !key.expose_secret().trim().is_empty())
        .cloned()
}

fn time(seconds_given: Option<f64>, usual: u64) -> Seconds {
    let usual = Duration::from_secs(usual);
    Seconds::from(seconds_given.map_or(usual, seconds))
}

fn limited(unit: QuotaUnit, period: QuotaPeriod, limit: u64) -> Option<Quota> {
    (limit > 0).then_some(Quota {
        unit,
        period,
        limit,
    })
}

fn named(model: Option<&String>, usual: &str) -> String {
    model.cloned().unwrap_or_else(|| usual.to_owned())
}

fn models<const N: usize>(
    default: Option<&String>,
    by_use: [(Use, Option<String>); N],
) -> ModelNames {
    let by_use = by_use
        .into_iter()
        .filter_map(|(purpose, model)| Some((purpose, model?)));
    ModelNames {
        default: default.cloned(),
        by_use: by_use.collect(),
    }
}

fn groq(accounts: &AccountSettings) -> Vec<ProviderConfig> {
    let keys = [
        &accounts.groq_api_key,
        &accounts.groq_api_key_2,
        &accounts.groq_api_key_3,
    ];
    let numbered = keys.into_iter().zip(1..);
    let used = numbered.filter_map(|(given, number)| Some((key(given.as_ref())?, number)));
    used.map(|(key, number)| ProviderConfig {
        api_key: Some(key),
        base_url: accounts.groq_base_url.clone(),
        models: models(
            accounts.groq_model.as_ref(),
            [(
                Use::Questions,
                Some(named(accounts.groq_question_model.as_ref(), GROQ_QUESTIONS)),
            )],
        ),
        // Counted, not held (contract 002-A13).
        per_minute: Some(30),
        timeout_seconds: Some(time(accounts.groq_timeout_seconds, 10)),
        quota: limited(
            QuotaUnit::Requests,
            QuotaPeriod::Day,
            accounts.groq_daily_requests.unwrap_or(14_400),
        ),
        ..ProviderConfig::new(Kind::Groq, format!("groq_{number}"))
    })
    .collect()
}

fn hugging_face(accounts: &AccountSettings) -> Vec<ProviderConfig> {
    let keys = [
        &accounts.huggingface_api_key,
        &accounts.huggingface_api_key_2,
    ];
    let numbered = keys.into_iter().zip(1..);
    let used = numbered.filter_map(|(given, number)| Some((key(given.as_ref())?, number)));
    used.map(|(key, number)| ProviderConfig {
        api_key: Some(key),
        base_url: accounts.hf_base_url.clone(),
        router_url: accounts.hf_router_base_url.clone(),
        models: models(
            accounts.hf_question_model.as_ref(),
            [
                (Use::Transcription, accounts.whisper_model.clone()),
                (Use::Caption, accounts.vision_model.clone()),
            ],
        ),
        per_minute: Some(1000),
        timeout_seconds: Some(time(accounts.hf_timeout_seconds, 30)),
        transcription_timeout_seconds: Some(time(accounts.transcribe_timeout_seconds, 60)),
        quota: limited(
            QuotaUnit::Characters,
            QuotaPeriod::Month,
            accounts.hf_monthly_characters.unwrap_or(30_000),
        ),
        ..ProviderConfig::new(Kind::HuggingFace, format!("huggingface_{number}"))
    })
    .collect()
}

fn openai(accounts: &AccountSettings) -> Option<ProviderConfig> {
    Some(ProviderConfig {
        api_key: Some(key(accounts.openai_api_key.as_ref())?),
        base_url: accounts.openai_base_url.clone(),
        models: models(accounts.openai_model.as_ref(), []),
        timeout_seconds: Some(time(accounts.openai_timeout_seconds, 30)),
        transcription_timeout_seconds: Some(time(accounts.transcribe_timeout_seconds, 60)),
        ..ProviderConfig::new(Kind::OpenAi, "openai")
    })
}

/// One key, two accounts: Gemini answers, Gemma refines questions (contract D8.10).
fn google(accounts: &AccountSettings) -> Vec<ProviderConfig> {
    let Some(key) = key(accounts.google_api_key.as_ref()) else {
        return Vec::new();
    };
    let account = |kind, model: &Option<String>| ProviderConfig {
        api_key: Some(key.clone()),
        base_url: accounts.gemini_base_url.clone(),
        models: models(model.as_ref(), []),
        timeout_seconds: Some(time(accounts.gemini_timeout_seconds, 30)),
        ..ProviderConfig::new(kind, kind.name())
    };
    vec![
        account(Kind::Gemini, &accounts.gemini_model),
        account(Kind::Gemma, &accounts.gemma_model),
    ]
}

fn anthropic(accounts: &AccountSettings) -> Option<ProviderConfig> {
    Some(ProviderConfig {
        api_key: Some(key(accounts.anthropic_api_key.as_ref())?),
        base_url: accounts.anthropic_base_url.clone(),
        models: models(accounts.anthropic_model.as_ref(), []),
        timeout_seconds: Some(time(accounts.anthropic_timeout_seconds, 30)),
        ..ProviderConfig::new(Kind::Anthropic, "anthropic")
    })
}

/// Ollama, where its variables or a probe say that it is.
pub(crate) fn ollama(accounts: &AccountSettings) -> ProviderConfig {
    let single = accounts.ollama_endpoints.is_empty();
    ProviderConfig {
        base_url: accounts.ollama_base_url.clone().filter(|_| single),
        endpoints: accounts.ollama_endpoints.clone(),
        models: models(
            accounts.ollama_default_model.as_ref(),
            [(
                Use::Suggestion,
                Some(named(
                    accounts.ollama_suggestion_model.as_ref(),
                    OLLAMA_SUGGESTIONS,
                )),
            )],
        ),
        timeout_seconds: Some(time(accounts.ollama_timeout_seconds, 30)),
        ..ProviderConfig::new(Kind::Ollama, "ollama")
    }
}

/// Connects the accounts for the gateway. Nothing is sent yet.
///
/// # Errors
/// The account and what is wrong with it.
pub(crate) fn connect(
    settings: &Settings,
    accounts: &[ProviderConfig],
    client: &Client,
) -> Result<Vec<Account>, ConfigError> {
    accounts
        .iter()
        .map(|account| connect_one(settings, account, client))
        .collect()
}

fn connect_one(
    settings: &Settings,
    config: &ProviderConfig,
    client: &Client,
) -> Result<Account, ConfigError> {
    let mut config = config.clone();
    if config.timeout_seconds.is_none() {
        config.timeout_seconds = Some(Seconds::from(settings.gateway.timeout));
    }
    providers::account(&config, client).map_err(|error| ConfigError::Value {
        place: format!("account {}", config.name),
        message: error.to_string(),
    })
}

/// Who may answer what, in which order (contract D8.10).
///
/// A local model stands in the chain for tasks only while it is fit to propose some.
pub(crate) fn chains(
    settings: &Settings,
    accounts: &[ProviderConfig],
    local_proposes: bool,
) -> Chains {
    let routing = &settings.routing;
    let mut chains = Chains::default_order(routing.prefer_local, routing.use_local_llm);
    // Compatible servers stand where OpenAI stands; nobody else could place them.
    if accounts
        .iter()
        .any(|account| account.kind == Kind::OpenAiCompatible)
    {
        for purpose in Use::ALL {
            let mut tiers = chains.tiers(purpose).to_vec();
            for tier in &mut tiers {
                if tier.iter().any(|member| member == Kind::OpenAi.name()) {
                    tier.push(Kind::OpenAiCompatible.name().to_owned());
                }
            }
            chains.set(purpose, tiers);
        }
    }
    if !local_proposes {
        let mut tiers = chains.tiers(Use::Extract).to_vec();
        for tier in &mut tiers {
            tier.retain(|member| member != "local");
        }
        tiers.retain(|tier| !tier.is_empty());
        chains.set(Use::Extract, tiers);
    }
    for (purpose, tiers) in &routing.chains {
        chains.set(*purpose, tiers.clone());
    }
    chains
}
