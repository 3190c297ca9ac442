//! A model's proposals, checked against the text: no quote, no task.

use domain::task::Priority;
use extract::{Due, Field, Policy, Reason, Span};
use jiff::Zoned;
use llm::gateway::{Call, Gateway};
use llm::{ChatRequest, Format, Message, ModelError, Use};
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;

use super::{Proposal, Source};
use domain::task::Evidence;

const INSTRUCTIONS: &str = include_str!("../prompts/extract.md");
/// Longest piece of text given to a model, in characters; longer texts keep to the rules beyond it.
const TEXT: usize = 12_000;
/// How sure a model's proposal is taken to be.
const CONFIDENCE: f32 = 0.5;

/// What a model added.
pub(super) struct Added {
    pub(super) tasks: Vec<Proposal>,
    pub(super) model: String,
}

#[derive(Deserialize)]
struct Answer {
    tasks: Vec<Suggested>,
}

#[derive(Deserialize)]
struct Suggested {
    quote: String,
    summary: String,
    #[serde(default)]
    when: String,
    #[serde(default)]
    assignee: String,
    #[serde(default)]
    priority: String,
}

/// Asks the chain for *extract*.
pub(super) async fn propose(
    gateway: &Gateway,
    source: &Source<'_>,
    now: &Zoned,
    policy: &Policy,
    call: Call,
) -> Result<Added, ModelError> {
    let text: String = source.text.chars().take(TEXT).collect();
    let request = ChatRequest {
        messages: vec![
            Message::system(INSTRUCTIONS),
            Message::user(format!("Text:\n<<<\n{text}\n>>>")),
        ],
        format: Format::JsonSchema {
            name: "tasks".to_owned(),
            schema: schema(),
        },
        temperature: Some(0.0),
        max_tokens: Some(1500),
        ..ChatRequest::default()
    };
    let answered = gateway.chat(Use::Extract, request, call).await?;
    let answer: Answer = serde_json::from_str(&answered.value.text)
        .map_err(|error| ModelError::Malformed(error.to_string()))?;
    let tasks = answer.tasks.iter();
    let tasks = tasks
        .filter_map(|suggested| check(suggested, source, now, policy))
        .collect();
    Ok(Added {
        tasks,
        model: answered.model,
    })
}

fn schema() -> serde_json::Value {
    let text = |most: u32| json!({ "type": "string", "maxLength": most });
    json!({
        "type": "object",
        "properties": { "tasks": { "type": "array", "maxItems": 20, "items": {
            "type": "object",
            "properties": {
                "quote": text(400),
                "summary": text(160),
                "when": text(80),
                "assignee": text(40),
                "priority": { "type": "string", "enum": ["low", "medium", "high"] }
            },
            "required": ["quote", "summary", "when", "assignee", "priority"],
            "additionalProperties": false
        }}},
        "required": ["tasks"],
        "additionalProperties": false
    })
}

/// Keeps a proposal only with evidence; its date is computed from the quoted words, its person must
/// stand in the text.
fn check(
    suggested: &Suggested,
    source: &Source<'_>,
    now: &Zoned,
    policy: &Policy,
) -> Option<Proposal> {
    let summary = suggested.summary.trim();
    let (start, end) = locate(source.text, suggested.quote.trim())?;
    if summary.is_empty() {
        return None;
    }
    let quote = part(source.text, start, end);
    let due = due(suggested.when.trim(), (start, &quote), source, now, policy);
    let assignee = Some(suggested.assignee.trim().to_owned())
        .filter(|name| !name.is_empty() && source.text.contains(name.as_str()));
    let priority = match suggested.priority.as_str() {
        "high" => Priority::High,
        "low" => Priority::Low,
        _ => Priority::Medium,
    };
    let (category, area) = facets(summary, now, policy);
    let reason = Reason {
        evidence: None,
        rule: "proposed by a model, quoted from the text".into(),
    };
    Some(Proposal {
        id: None,
        summary: summary.chars().take(200).collect(),
        due,
        grain: None,
        recurrence: None,
        priority,
        category: category.name(),
        area: area.name(),
        assignee,
        depends_on: Vec::new(),
        parent: None,
        evidence: Evidence {
            source: source.kind,
            source_id: source.id.clone(),
            start,
            end,
            quote,
            second: None,
        },
        confidence: CONFIDENCE,
        needs_confirmation: false,
        duplicate_of: None,
        reasons: BTreeMap::from([(Field::Task, reason)]),
    })
}

/// The deadline in words of the text, those of the quote first; what somebody refused is no date.
fn due(
    when: &str,
    (start, quote): (usize, &str),
    source: &Source<'_>,
    now: &Zoned,
    policy: &Policy,
) -> Option<Due> {
    let (from, to) = locate(quote, when)
        .map(|(from, to)| (start + from, start + to))
        .or_else(|| locate(source.text, when))?;
    let words = part(source.text, from, to);
    let mut dates = extract::date::find(&words, now, policy);
    dates.retain(|date| {
        let span = Span {
            start: from + date.span.start,
            end: from + date.span.end,
        };
        !source.refused.iter().any(|piece| piece.touches(span))
    });
    extract::date::deadline_of(&words, &dates, now)
}

/// A piece of a text, by its characters.
fn part(text: &str, start: usize, end: usize) -> String {
    text.chars().skip(start).take(end - start).collect()
}

/// The facets the rules give to a line that is this task.
fn facets(summary: &str, now: &Zoned, policy: &Policy) -> (extract::Category, extract::Area) {
    let line = format!("- [ ] {summary}");
    let tasks = extract::extract(&line, now, policy).tasks;
    tasks
        .first()
        .map_or_else(Default::default, |task| (task.category, task.area))
}

/// Where `quote` stands in `text`, in characters, whatever its case and its blanks.
fn locate(text: &str, quote: &str) -> Option<(usize, usize)> {
    let fold = |letter: char| letter.to_lowercase().next().unwrap_or(letter);
    let wanted: Vec<char> = quote
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .map(fold)
        .collect();
    if wanted.is_empty() {
        return None;
    }
    let mut plain: Vec<(char, usize)> = Vec::new();
    for (at, letter) in text.chars().enumerate() {
        if letter.is_whitespace() {
            if plain.last().is_none_or(|(last, _)| *last != ' ') {
                plain.push((' ', at));
            }
        } else {
            plain.push((fold(letter), at));
        }
    }
    let windows = plain.windows(wanted.len());
    let found = windows.into_iter().find(|window| {
        window
            .iter()
            .zip(&wanted)
            .all(|((letter, _), wanted)| letter == wanted)
    })?;
    Some((found.first()?.1, found.last()?.1 + 1))
}

#[cfg(test)]
mod tests {
    use super::locate;

    #[test]
    fn a_quote_is_found_whatever_its_case_and_blanks() {
        let text = "Hi,\n  please CALL\nthe plumber – it's urgent.";
        let (start, end) = locate(text, "call the plumber").unwrap();
        let quote: String = text.chars().skip(start).take(end - start).collect();
        assert_eq!(quote, "CALL\nthe plumber");
    }

    #[test]
    fn what_the_text_does_not_say_is_no_evidence() {
        assert_eq!(locate("Call the plumber.", "call the painter"), None);
        assert_eq!(locate("Call the plumber.", "  "), None);
    }
}
