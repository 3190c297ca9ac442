//! `ask` and `chat`: words as they come, on a terminal.

use std::io::{BufRead, IsTerminal};

use anyhow::{Context, Result, bail};
use assistant::{AskInput, AskStatus, ChatInput, ChatPiece, ChatReply, Proposal, View};
use serde_json::json;

use crate::cli::{Ask, Chat, When};
use crate::config::Loaded;
use crate::output::{Cell, Look, Output, cell};
use crate::progress::Waiting;
use crate::reference;
use crate::wire::{Records, Running};

/// Asks once. No tasks are made of it.
///
/// # Errors
/// When no model could answer; the database's.
pub(super) fn ask(loaded: &Loaded, options: &Ask) -> Result<()> {
    let query = options.question.join(" ");
    super::with_assistant(loaded, Records::Kept, async |running| {
        let mut output = Output::new(options.who.json.json);
        let view = running.view(options.who.user.as_deref());
        let waiting = Waiting::begin("thinking", &running.statuses);
        let input = AskInput {
            request_id: running.ids.next(),
            query: query.clone(),
        };
        let reply = view.ask(input).await?;
        waiting.end();
        if output.json {
            output.pretty(&json!({
                "answer": reply.answer,
                "model": reply.model,
                "status": reply.status.as_str(),
                "refined": reply.refined,
            }))?;
        } else if reply.status != AskStatus::Error {
            output.line(safe(&reply.answer))?;
        }
        output.flush()?;
        if reply.status == AskStatus::Error {
            bail!(
                "no model could answer: {}. `intelliassist providers list` shows which accounts are \
                 set up",
                loaded.settings.models.use_local.remedy("GROQ_API_KEY")
            );
        }
        Ok(())
    })
}

/// Talks until the input ends.
///
/// # Errors
/// The database's.
pub(super) fn chat(loaded: &Loaded, options: &Chat) -> Result<()> {
    super::with_assistant(loaded, Records::Kept, async |running| {
        let mut output = Output::new(false);
        let view = running.view(options.user.as_deref());
        let session = options
            .session
            .clone()
            .unwrap_or_else(|| running.ids.next().to_string());
        let is_person = std::io::stdin().is_terminal();
        if is_person {
            output.styled(Look::Dim, "Ctrl-D ends; what comes up as a task is saved.")?;
        }
        loop {
            if is_person {
                output.words("you> ")?;
            }
            let Some(message) = next_line().await? else {
                break;
            };
            if message.trim().is_empty() {
                continue;
            }
            let save = !options.no_save;
            let message = message.trim().to_owned();
            let input = input(running, loaded, message, Some(session.clone()), save)?;
            if let Some(reply) = answer(running, &view, input, &mut output).await? {
                tasks(&mut output, &reply.tasks)?;
            }
        }
        if is_person {
            output.line("")?;
            let again = format!("intelliassist chat --session {session}");
            output.styled(Look::Dim, format_args!("`{again}` goes on from here"))?;
        }
        Ok(output.flush()?)
    })
}

fn input(
    running: &Running,
    loaded: &Loaded,
    message: String,
    session_id: Option<String>,
    save_tasks: bool,
) -> Result<ChatInput> {
    Ok(ChatInput {
        request_id: running.ids.next(),
        message,
        context: None,
        session_id,
        save_tasks,
        now: reference::of(&When::default(), &loaded.settings)?,
    })
}

/// Shows an answer piece by piece; `None` when it was interrupted, and what was said is kept then.
async fn answer(
    running: &Running,
    view: &View,
    input: ChatInput,
    output: &mut Output,
) -> Result<Option<ChatReply>> {
    let mut waiting = Some(Waiting::begin("thinking", &running.statuses));
    let mut pieces = view.chat_stream(input).await?;
    let mut said = false;
    loop {
        let piece = tokio::select! {
            piece = pieces.recv() => piece,
            interrupted = tokio::signal::ctrl_c() => {
                interrupted.context("cannot wait for Ctrl-C")?;
                drop(waiting.take());
                output.line("")?;
                output.styled(Look::Dim, "interrupted")?;
                return Ok(None);
            }
        };
        drop(waiting.take());
        match piece {
            Some(ChatPiece::Text(text)) if !output.json => {
                said = true;
                output.words(&safe(&text))?;
            }
            Some(ChatPiece::Text(_)) => {}
            Some(ChatPiece::Done(reply)) => {
                if !output.json {
                    if !said {
                        output.words(&safe(&reply.response))?;
                    }
                    output.line("")?;
                }
                return Ok(Some(*reply));
            }
            Some(ChatPiece::Broken { message }) => {
                output.line("")?;
                bail!("{message}");
            }
            None => bail!("the answer ended before its end"),
        }
    }
}

/// What a model says, without what would steer the terminal.
fn safe(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect()
}

fn tasks(output: &mut Output, tasks: &[Proposal]) -> Result<()> {
    if tasks.is_empty() {
        return Ok(());
    }
    let rows: Vec<Vec<Cell>> = tasks
        .iter()
        .map(|task| {
            let id = task
                .id
                .map_or_else(|| "proposed".to_owned(), |id| format!("task {id}"));
            let due = task
                .due
                .as_ref()
                .map_or_else(String::new, ToString::to_string);
            vec![
                cell(format!("  {id}")).look(Look::Green),
                cell(&task.summary),
                cell(due),
            ]
        })
        .collect();
    Ok(output.table(&["", "", ""], &rows)?)
}

/// The next line of input; `None` at its end, or at Ctrl-C.
async fn next_line() -> Result<Option<String>> {
    let read = tokio::task::spawn_blocking(|| {
        let mut line = String::new();
        let read = std::io::stdin().lock().read_line(&mut line)?;
        Ok::<_, std::io::Error>((read > 0).then_some(line))
    });
    tokio::select! {
        line = read => Ok(line??),
        interrupted = tokio::signal::ctrl_c() => {
            interrupted.context("cannot wait for Ctrl-C")?;
            Ok(None)
        }
    }
}
