//! The gateway over scripted models, on a paused clock.

mod budget;
mod failover;
mod ledger;
mod limits;
mod operate;
mod recovery;
mod restart;
mod streaming;

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::time::Instant;
use uuid::Uuid;

use super::*;
use crate::mock::{MemoryLedger, Reply, ScriptedChat};
use crate::{AccountLimits, CallRecord, Message, ModelType, Models};

/// Midday in UTC.
const START: i64 = 1_800_014_400;

/// A gateway with everything around it.
struct World {
    gateway: Gateway,
    ledger: Arc<MemoryLedger>,
}

/// The time of day, running with tokio's paused clock.
fn clock() -> Clock {
    let begun = Instant::now();
    Arc::new(move || {
        Timestamp::from_second(START)
            .unwrap()
            .checked_add(begun.elapsed())
            .unwrap()
    })
}

fn account(name: &str, model: &Arc<ScriptedChat>) -> Account {
    account_with(name, model, AccountLimits::default())
}

/// The kind is the name up to its number.
fn account_with(name: &str, model: &Arc<ScriptedChat>, limits: AccountLimits) -> Account {
    let kind = name.split('_').next().unwrap();
    let mut account = Account::new(name, kind, ModelType::Cloud);
    account.models = Models::one(format!("{kind}-model"));
    let chat: Arc<dyn crate::ChatModel> = model.clone();
    account.chat = Some(chat);
    account.limits = limits;
    account
}

/// Waits are half of the longest.
fn world(accounts: Vec<Account>, config: GatewayConfig) -> World {
    let ledger = MemoryLedger::new();
    let chains = Chains::default_order(false, true);
    let chance = Box::new(|| 0.5);
    let gateway =
        Gateway::with_chance(config, accounts, chains, ledger.clone(), clock(), chance).unwrap();
    World { gateway, ledger }
}

impl World {
    async fn chat(&self) -> Result<Answered<ChatAnswer>, ModelError> {
        self.gateway.chat(Use::Chat, hello(), call()).await
    }

    fn rows(&self) -> Vec<CallRecord> {
        self.ledger.rows()
    }

    /// Account and outcome of every row.
    fn outcomes(&self) -> Vec<String> {
        self.rows()
            .iter()
            .map(|row| {
                format!(
                    "{} {}",
                    row.account,
                    row.error_class.unwrap_or(row.status.as_str())
                )
            })
            .collect()
    }
}

fn hello() -> ChatRequest {
    ChatRequest {
        messages: vec![Message::user("hello")],
        ..ChatRequest::default()
    }
}

fn call() -> Call {
    Call::new(Uuid::from_u128(7))
}

fn model(replies: impl IntoIterator<Item = Reply>) -> Arc<ScriptedChat> {
    ScriptedChat::new("scripted", replies)
}

fn groq_keys(models: &[&Arc<ScriptedChat>]) -> Vec<Account> {
    let named = models.iter().enumerate();
    named
        .map(|(n, model)| account(&format!("groq_{}", n + 1), model))
        .collect()
}

/// Fails so often, then answers.
fn after_failures(count: usize, reply: Reply) -> Vec<Reply> {
    let mut replies = vec![Reply::down(); count];
    replies.push(reply);
    replies
}

async fn pass(seconds: f64) {
    tokio::time::advance(secs(seconds)).await;
}

fn secs(seconds: f64) -> Duration {
    Duration::from_secs_f64(seconds)
}
