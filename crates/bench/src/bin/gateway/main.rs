//! What the gateway costs and what it saves; `bench/gateway.sh` runs it beside a plain proxy.
//!
//! `serve PORT UPSTREAM` answers chat completions through the gateway, and nothing else is in the
//! process: no database, no routes of the product. `keys` asks three accounts of which one fails, and
//! tells the share of good answers, the latency, and how soon a breaker notices trouble and its end.
//! `soak` makes many requests and looks at the memory.

mod face;
mod keys;
mod soak;

use std::error::Error;
use std::sync::Arc;

use domain::{Clock, SystemClock};
use llm::{Chains, Gateway, GatewayConfig, NoLedger};
use providers::http::ClientConfig;
use providers::{Kind, ProviderConfig};
use secrecy::SecretString;

/// Whatever goes wrong ends the run.
type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

#[tokio::main]
async fn main() -> Result<()> {
    // It fails only where one is installed already, which serves as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["serve", port, upstream] => face::serve(port.parse()?, gateway(upstream, 1)?).await,
        ["keys"] => keys::run().await,
        ["soak", whole, streamed, count] => soak::run(whole, streamed, count.parse()?).await,
        _ => Err("gateway serve PORT UPSTREAM | keys | soak UPSTREAM STREAMING COUNT".into()),
    }
}

/// So many Groq accounts at an address, with the keys `key-1`, `key-2`, …
fn gateway(upstream: &str, keys: usize) -> Result<Gateway> {
    gateway_with(upstream, keys, GatewayConfig::default())
}

fn gateway_with(upstream: &str, keys: usize, config: GatewayConfig) -> Result<Gateway> {
    let client = providers::http::client(&ClientConfig::default())?;
    let mut accounts = Vec::new();
    for number in 1..=keys {
        let mut account = ProviderConfig::new(Kind::Groq, format!("groq_{number}"));
        account.api_key = Some(SecretString::from(format!("key-{number}")));
        account.base_url = Some(upstream.to_owned());
        accounts.push(providers::account(&account, &client)?);
    }
    let clock = Arc::new(|| SystemClock.now());
    let chains = Chains::default_order(false, true);
    Ok(Gateway::new(
        config,
        accounts,
        chains,
        Arc::new(NoLedger),
        clock,
    )?)
}
