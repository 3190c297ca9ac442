//! Headings that tell by the kind of their words what stands below them.

use crate::token::{List, list};

/// `Shop – Monday list`, `my Saturday list`: what is to be done on a day.
fn is_list_of_day(heading: &str) -> bool {
    let day = heading
        .strip_suffix(" list")
        .and_then(|rest| rest.split(' ').next_back());
    day.is_some_and(|day| {
        day.len() > 2
            && (super::super::layout::opens_with_day(day)
                || matches!(day, "today's" | "tomorrow's" | "weekend"))
    })
}

/// `Saturday jobs`, `Monday list`, `garden jobs`: work about the house, and no `open jobs` that others offer.
pub(super) fn names_jobs(heading: &str) -> bool {
    const KINDS: List<'static> = list![
        "weekend",
        "weekend's",
        "garden",
        "house",
        "household",
        "kitchen",
        "morning",
        "evening",
        "holiday",
        "half-term",
        "easter",
        "christmas",
        "spring",
        "summer",
        "autumn",
        "winter",
        "yard",
        "farm",
        "shed",
        "car",
        "bike",
        "boat",
        "diy",
        "outdoor",
        "indoor",
        "outside",
        "inside",
        "little",
        "small",
        "odd",
        "today's",
        "tomorrow's",
        "remaining",
        "last",
    ];
    if is_list_of_day(heading) {
        return true;
    }
    let kind = heading
        .strip_suffix(" jobs")
        .and_then(|kind| kind.rsplit(' ').next());
    kind.is_some_and(|kind| KINDS.holds(kind) || crate::text::layout::opens_with_day(kind))
}

/// `Things that made me laugh`, `Three good things about today`, `What I'm grateful for`: what was.
pub(super) fn tells_of_joys(heading: &str) -> bool {
    const OPENINGS: &[&str] = &["things", "what", "moments", "reasons", "people"];
    let opens = OPENINGS.iter().any(|word| heading.starts_with(word));
    opens
        && ([
            "made", "grateful", "thankful", "proud", "loved", "enjoyed", "learned", "learnt",
        ])
        .iter()
        .any(|word| heading.split(' ').any(|own| own == *word))
        || heading.contains("good things about")
        || heading.contains("good things that happened")
}

/// `To call`, `To print:`, `People to email`, `Calls to make`: the verb of what is listed below.
pub(crate) fn heading_verb(words: &str) -> Option<&'static str> {
    let lower = words.trim().trim_end_matches(':').to_lowercase();
    if lower == "calls to make" {
        return Some("call");
    }
    let verb = lower
        .strip_prefix("to ")
        .or_else(|| lower.strip_prefix("people to "))?;
    let read = crate::lexicon::base_verb(verb)?;
    let plain = !matches!(
        read.base,
        "do" | "finish" | "bring" | "pack" | "be" | "have" | "go" | "fix"
    );
    plain.then_some(read.base)
}
