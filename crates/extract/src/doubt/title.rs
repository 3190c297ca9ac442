//! The title of a ticket above what is to be done for it.

use std::ops::Range;

use super::line::could_be_noun;
use crate::action::ORDER;
use crate::date::Role;
use crate::detect::{ERRAND, Source};
use crate::draft::Draft;
use crate::lexicon::Lean;
use crate::scorer;
use crate::text::{is_meeting, is_ticket};
use crate::token::{List, Mask, Token, list};

/// Gives up what was read in the title of a ticket, where lines below say what is to be done: `#3318 Terminal
/// prints blank receipts` above `Replace the thermal head today`.
pub(super) fn give_way(source: &Source<'_>, drafts: &mut [Draft]) {
    let titles = titles(source.text);
    for title in &titles {
        let from = drafts.partition_point(|draft| draft.bytes.start < title.start);
        let below = drafts.partition_point(|draft| draft.bytes.start < title.end);
        let told = drafts[below..]
            .iter()
            .find(|draft| draft.alive)
            .is_some_and(|next| is_of(source.text, title, next.bytes.start, &titles));
        for draft in drafts[from..below.max(from)].iter_mut().filter(|_| told) {
            draft.alive &= !matches!(draft.rule, ERRAND | ORDER | scorer::RULE);
        }
    }
}

/// Whether what starts at a byte stands in the text of a ticket with this title.
fn is_of(text: &str, title: &Range<usize>, start: usize, titles: &[Range<usize>]) -> bool {
    let between = &text[title.end..start];
    let next = titles.partition_point(|other| other.start <= title.start);
    let other = titles.get(next).is_some_and(|other| other.start <= start);
    !other && !between.trim_start_matches('\n').contains("\n\n")
}

/// Why a draft only says what the text is, or what a meeting is to speak of.
pub(super) fn doubt(source: &Source<'_>, draft: &Draft) -> Option<&'static str> {
    if draft.rule == ERRAND && is_point(source, draft) {
        return Some("a point of an agenda");
    }
    let title = matches!(draft.rule, ERRAND | ORDER | scorer::RULE) && names_meeting(source, draft);
    title.then_some("the title of the text")
}

/// `2. Budget (Ines)`, `09:30 Warm-up` below `Agenda`: what will be spoken of, or happens anyway.
fn is_point(source: &Source<'_>, draft: &Draft) -> bool {
    let opening: String = source.text.chars().take(80).collect();
    let opening = opening.trim_start().lines().next().unwrap_or_default();
    let mut words = opening.split(|c: char| !c.is_alphanumeric()).take(8);
    let bound =
        |(_, date): &(usize, usize)| matches!(source.dates[*date].role, Role::By | Role::Before);
    words.any(|word| word.eq_ignore_ascii_case("agenda"))
        && draft.bytes.start > opening.len()
        && !source.sentences[draft.sentence]
            .date_tokens()
            .iter()
            .any(bound)
}

/// `Plant review, 9 Feb`, `Book launch mtg.`, `Call with the vendors` in front of what was said there.
fn names_meeting(source: &Source<'_>, draft: &Draft) -> bool {
    let sentence = &source.sentences[draft.sentence];
    let item = sentence.unit.place.item.as_ref();
    let marked = item.is_some_and(|item| item.number.is_some() || item.checked.is_some());
    if draft.sentence > 0 || marked || sentence.question || source.sentences.len() < 3 {
        return false;
    }
    let words: Vec<&Token> = sentence
        .tokens
        .iter()
        .filter(|token| token.mask == Mask::None && !token.is(".") && !token.is(","))
        .take_while(|token| {
            token.is_word()
                && !token.is_dash()
                && !token.any(list!["with", "w", "w/", "about", "re"])
        })
        .collect();
    let orders = words[0..words.len().min(1)]
        .iter()
        .any(|token| token.verb.is_some_and(|verb| verb.lean == Lean::Verb));
    let article = words
        .iter()
        .any(|token| token.any(list!["the", "a", "an", "my", "to", "for", "our", "your"]));
    // `Call w/ the vendors, 20 April`
    let with = words.len() == 1
        && sentence.tokens[0].any(list![
            "call", "meeting", "sync", "catchup", "catch-up", "chat"
        ])
        && sentence.tokens[1..]
            .iter()
            .take(2)
            .any(|token| token.any(list!["with", "w", "w/"]))
        && source.text.trim_start().lines().next().is_some_and(|line| {
            !line.ends_with('.') && line.len() < 80 && line.len() < source.text.trim().len()
        });
    (with || (2..=5).contains(&words.len()))
        && !orders
        && !article
        && words.last().is_some_and(|token| is_meeting(&token.lower))
}

/// Documents, as the last word of a heading: `call log`, `visit summary`, `run sheet`.
const DOCUMENTS: List<'static> = list![
    "log",
    "summary",
    "notes",
    "note",
    "minutes",
    "protocol",
    "rota",
    "programme",
    "program",
    "timetable",
    "calendar",
    "overview",
    "departures",
    "arrivals",
    "recap",
    "roundup",
    "diary",
    "tracker",
    "sheet",
];

/// Days from which on a day without its year is rather one of the past.
const LONG_AHEAD: i32 = 300;

/// `Call log 2 March` above other lines: what the text is, not what it asks for.
pub(super) fn heads(source: &Source<'_>, draft: &Draft) -> bool {
    let sentence = &source.sentences[draft.sentence];
    let item = sentence.unit.place.item.as_ref();
    let numbered = item.is_some_and(|item| item.number.is_some() || item.checked.is_some());
    if draft.sentence > 0 || numbered || source.sentences.len() < 2 || sentence.question {
        return false;
    }
    let one_line = source.sentences.get(1).is_some_and(|next| {
        source.text[sentence.unit.range.end..next.unit.range.start].contains('\n')
    });
    let ends = sentence.unit.range.end;
    // The dot of `10.12.` closes nothing.
    let line = source.text[..ends].trim_end();
    let closed = line.ends_with('!')
        || line
            .strip_suffix('.')
            .is_some_and(|rest| !rest.ends_with(|c: char| c.is_ascii_digit()));
    let words: Vec<&Token> = sentence
        .words(draft.clause)
        .filter(|token| token.is_word())
        .collect();
    let named = words.iter().take(2).skip(1).any(|token| {
        token.any(DOCUMENTS) || token.any(list!["list", "tasks", "window", "plan", "prices"])
    });
    let article = words
        .iter()
        .take(3)
        .any(|token| token.any(list!["the", "a", "an", "my", "your", "our", "this", "that"]));
    let versioned = words.get(1).is_some_and(|token| {
        token
            .lower
            .strip_prefix('v')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    });
    // `Call with Mrs. Vukić`, on the day it was.
    let with = |token: &&Token| token.any(list!["with", "w", "w/"]);
    let met = words.get(1).is_some_and(with)
        && draft.due.as_ref().is_none_or(|due| {
            // A day of the last weeks without its year is read as one of the next year.
            let ahead = due.due.date() - source.now.date();
            ahead.get_days() <= 0 || ahead.get_days() > LONG_AHEAD
        })
        && !sentence.date_tokens().is_empty();
    // A verb that is no noun heads a title only in front of a dash or a bracket: `bring list (from 9)`.
    let nouny = draft.rule == ERRAND
        || could_be_noun(sentence, draft)
        || words
            .get(1)
            .is_some_and(|token| token.any(list!["list", "sheet", "log", "rota"]))
            && sentence
                .tokens
                .iter()
                .any(|token| token.is("(") || token.is_dash());
    let several = source.sentences.len() > 2;
    // `Meeting note for the file – Mr Lund / Ms Reyes re roof`: whom and what it was about stands behind.
    let opens = |at: usize, words| sentence.token(at).is_some_and(|token| token.any(words));
    let called = draft.rule == ERRAND
        && opens(
            0,
            list![
                "meeting",
                "call",
                "file",
                "attendance",
                "visit",
                "interview",
                "phone"
            ],
        )
        && opens(1, list!["note", "notes", "minutes", "record"]);
    if called && one_line && several && !closed {
        return true;
    }
    one_line && !closed && !article && (several && nouny && (named || versioned) || met)
}

/// The lines that open with the number of a ticket.
fn titles(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut titles = Vec::new();
    for line in text.split_inclusive('\n') {
        if is_ticket(line) {
            titles.push(start..start + line.len());
        }
        start += line.len();
    }
    titles
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn the_title_of_a_ticket_gives_way_to_what_is_to_be_done() {
        let text =
            "#4410 [P2] Label printer feeds two sheets\nOwner: Ines\nClean the rollers this week.";
        assert_eq!(found(text), ["Clean the rollers"]);
        let text =
            "[TILL-31] Drawer: coin tray jams on opening\nRuth – order a new spring, P1, today";
        assert_eq!(found(text), ["Order a new spring"]);
    }

    #[test]
    fn what_a_meeting_is_called_or_speaks_of_is_no_task() {
        let text = "Range planning, 9 Feb\nTrial went well.\nInes to order the lamps by Friday.";
        assert_eq!(found(text), ["Order the lamps"]);
        let text =
            "Agenda, Monday\n- Budget (Ines)\n- Any other business\n- Ines to bring the lamp";
        assert_eq!(found(text), ["Bring the lamp"]);
    }

    #[test]
    fn a_ticket_with_nothing_but_its_title_is_a_task() {
        assert_eq!(
            found("[TILL-32] Replace the coin tray\nOwner: Ruth"),
            ["Replace the coin tray"]
        );
    }

    #[test]
    fn the_title_of_a_log_asks_for_nothing() {
        let text = "Phone log 4 March\n- Mr Obi – wrong number\n- Bakery – all fine\n";
        assert_eq!(found(text), [""; 0]);
    }

    #[test]
    fn a_call_that_was_held_heads_what_was_said_there() {
        assert_eq!(
            found("Call w/ Brook & Co, 3 March\nOn the line: Ida and Bo\n- Ida sends the offer\n"),
            ["Send the offer"]
        );
    }

    #[test]
    fn what_a_note_calls_itself_is_no_task() {
        let text = "Meeting note for the file – Mr Lund / Ms Reyes re roof lease\n\nMr Lund came in at ten. Ida, please write to the council.";
        assert_eq!(found(text), ["Write to the council"]);
    }
}
