//! `providers`: which accounts are set up, and whether they answer.

use std::time::Duration;

use anyhow::{Result, bail};
use llm::gateway::{AccountStatus, Call, Only};
use llm::{ChatRequest, Message, Use};
use serde_json::{Value, json};

use crate::cli::Providers;
use crate::config::Loaded;
use crate::output::{Cell, Look, Output, cell};
use crate::wire::{Records, Running};

/// Time for one try.
const TRY: Duration = Duration::from_mins(1);

/// Does it.
///
/// # Errors
/// An account that is not set up; with `test`, when one of them does not answer.
pub(super) fn run(loaded: &Loaded, what: &Providers) -> Result<()> {
    // A try counts against quotas, so it is written down; a list is not.
    let records = match what {
        Providers::List(_) => Records::Forgotten,
        Providers::Test { .. } => Records::Kept,
    };
    super::with_assistant(loaded, records, async |running| match what {
        Providers::List(json) => list(running, &mut Output::new(json.json)),
        Providers::Test { names, json } => test(running, names, &mut Output::new(json.json)).await,
    })
}

fn list(running: &Running, output: &mut Output) -> Result<()> {
    let accounts = running.gateway.status();
    if output.json {
        output.pretty(&accounts)?;
        return Ok(output.flush()?);
    }
    let rows: Vec<Vec<Cell>> = accounts.iter().map(row).collect();
    output.table(
        &[
            "account", "provider", "runs", "model", "priority", "enabled",
        ],
        &rows,
    )?;
    if rows.len() <= 1 {
        output.line("")?;
        output.styled(
            Look::Dim,
            "no hosted provider is set up: GROQ_API_KEY, OPENAI_API_KEY, GOOGLE_API_KEY, \
             ANTHROPIC_API_KEY or HUGGINGFACE_API_KEY adds one",
        )?;
    }
    Ok(output.flush()?)
}

fn row(account: &AccountStatus) -> Vec<Cell> {
    let provider = &account.provider;
    vec![
        cell(&provider.provider_name).look(Look::Bold),
        cell(&provider.provider_type),
        cell(account.model_type.as_str()),
        cell(&provider.model),
        cell(provider.priority),
        cell(if provider.enabled { "yes" } else { "no" }),
    ]
}

async fn test(running: &Running, names: &[String], output: &mut Output) -> Result<()> {
    let known: Vec<String> = running
        .gateway
        .status()
        .into_iter()
        .map(|account| account.provider.provider_name)
        .collect();
    if let Some(strange) = names.iter().find(|name| !known.contains(name)) {
        bail!("{strange} is not set up; there are {}", known.join(", "));
    }
    let wanted = if names.is_empty() { &known } else { names };
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut tries: Vec<Value> = Vec::new();
    let mut failed = 0;
    for name in wanted {
        let call = Call::new(running.ids.next())
            .only(Only::Account(name.clone()))
            .within(TRY);
        let request = ChatRequest {
            messages: vec![Message::user("Answer with the one word: ready".to_owned())],
            max_tokens: Some(16),
            ..ChatRequest::default()
        };
        let answer = running.gateway.chat(Use::Conversation, request, call).await;
        let (look, told, seconds) = match &answer {
            Ok(answer) => (
                Look::Green,
                format!("answers ({})", answer.model),
                answer.latency.as_secs_f64(),
            ),
            Err(error) => (Look::Red, error.to_string(), 0.0),
        };
        failed += usize::from(answer.is_err());
        tries.push(json!({ "account": name, "answers": answer.is_ok(), "message": told, "seconds": seconds }));
        let time = if answer.is_ok() {
            format!("{seconds:.2} s")
        } else {
            String::new()
        };
        rows.push(vec![
            cell(name).look(Look::Bold),
            cell(told).look(look),
            cell(time),
        ]);
    }
    if output.json {
        output.pretty(&tries)?;
    } else {
        output.table(&["account", "", "time"], &rows)?;
    }
    output.flush()?;
    if failed > 0 {
        bail!("{failed} of {} do not answer", wanted.len());
    }
    Ok(())
}
