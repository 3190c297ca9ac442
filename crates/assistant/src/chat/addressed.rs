//! What a person asks of the assistant itself (“give me two tips”, “explain …”) is answered, and is no
//! task of theirs.

use domain::task::EvidenceSource;

use crate::propose::Proposal;

/// How such requests begin.
const OPENINGS: [&str; 22] = [
    "give me ",
    "tell me ",
    "show me ",
    "help me ",
    "teach me ",
    "remind me what",
    "explain ",
    "suggest ",
    "recommend ",
    "summarize ",
    "summarise ",
    "translate ",
    "rephrase ",
    "rewrite ",
    "describe ",
    "define ",
    "brainstorm ",
    "list ",
    "plan my ",
    "plan me ",
    "say ",
    "advise me ",
];

/// Takes those out of what was found in the message. What comes first for others is forgotten with it.
pub(crate) fn take_out(tasks: &mut Vec<Proposal>) {
    let kept: Vec<bool> = tasks.iter().map(|task| !is_addressed(task)).collect();
    if kept.iter().all(|kept| *kept) {
        return;
    }
    let mut places = Vec::with_capacity(kept.len());
    let mut next = 0;
    for kept in &kept {
        places.push(kept.then_some(next));
        next += usize::from(*kept);
    }
    let moved = |index: usize| places.get(index).copied().flatten();
    let mut keep = kept.iter();
    tasks.retain(|_| keep.next().copied().unwrap_or(true));
    for task in tasks {
        task.depends_on = task
            .depends_on
            .iter()
            .filter_map(|&first| moved(first))
            .collect();
        task.parent = task.parent.and_then(moved);
    }
}

fn is_addressed(task: &Proposal) -> bool {
    if task.evidence.source != EvidenceSource::Message || task.assignee.is_some() {
        return false;
    }
    let quote = task.evidence.quote.trim_start().to_lowercase();
    let polite = [
        "please ",
        "can you ",
        "could you ",
        "would you ",
        "will you ",
    ];
    let plain = polite.iter().fold(quote.as_str(), |rest, word| {
        rest.strip_prefix(word).unwrap_or(rest).trim_start()
    });
    let plain = plain.strip_prefix("please ").unwrap_or(plain);
    OPENINGS.iter().any(|opening| plain.starts_with(opening))
}
