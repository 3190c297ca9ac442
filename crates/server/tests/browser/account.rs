//! An account of a real provider's kind, whose provider is the test's.

use std::time::Duration;

use llm::{Account, ModelType, Models};
use providers::http::ClientConfig;
use providers::{Kind, ProviderConfig, connect};
use secrecy::SecretString;
use testkit::Setup;
use testkit::upstream::Upstream;

/// The model that it is asked for.
const MODEL: &str = "llama-3.1-8b-instant";

/// A Groq account at this upstream.
pub(crate) fn groq(name: &str, upstream: &Upstream) -> Account {
    let mut config = ProviderConfig::new(Kind::Groq, name);
    config.api_key = Some(SecretString::from(key(name)));
    config.base_url = Some(upstream.url(""));
    // Only the first test of a process installs it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = providers::http::client(&ClientConfig::default()).unwrap();
    let mut account = Account::new(name, "groq", ModelType::Cloud);
    account.models = Models::one(MODEL);
    account.chat = connect(&config, &client).unwrap().chat;
    account.limits.timeout = Duration::from_secs(20);
    account
}

/// The key of an account; nobody may ever see it.
pub(crate) fn key(name: &str) -> String {
    format!("sk-canary-{name}")
}

/// An assistant with these accounts.
pub(crate) fn with(accounts: Vec<Account>) -> Setup {
    Setup {
        accounts,
        ..Setup::default()
    }
}
