//! Order that is said without naming what comes first: `will then submit it`, `once he confirms`,
//! `afterwards`, `cannot go in without the survey`, and the numbers tasks carry.

use crate::clause::Head;
use crate::detect::Source;
use crate::draft::Draft;
use crate::sentence::Sentence;
use crate::token::{List, Mask, Token, list};
use crate::words;

/// How many sentences back something said without a name can speak of.
const NEAR: usize = 3;

/// The task said just before this one.
pub(super) fn just_before(source: &Source<'_>, drafts: &[Draft], at: usize) -> Option<usize> {
    let place = &source.sentences[drafts[at].sentence].unit.place;
    (0..at).rev().find(|before| {
        let draft = &drafts[*before];
        let other = &source.sentences[draft.sentence].unit.place;
        let near = drafts[at].sentence - draft.sentence.min(drafts[at].sentence) <= NEAR;
        draft.alive && near && (source.document.chat || other.block.abs_diff(place.block) <= 1)
    })
}

/// `fill the cracks → paint`: an arrow leads to the deed.
pub(super) fn led_to(source: &Source<'_>, drafts: &[Draft], at: usize) -> bool {
    source.sentences[drafts[at].sentence].unit.place.next
        && super::order::first_of_sentence(drafts, at)
}

/// The first of the deeds of one breath that a clause in front of them holds for: `As soon as it's in, Bea
/// reruns the scan and writes to the client` tells of what was said before both, `and then Luc writes` does not.
pub(super) fn opening(drafts: &[Draft], at: usize, clause: usize) -> usize {
    if drafts[at].then {
        return at;
    }
    let joined = |other: &usize| {
        drafts[*other].sentence == drafts[at].sentence
            && (clause..drafts[at].clause).contains(&drafts[*other].clause)
    };
    (0..at).rev().take_while(joined).last().unwrap_or(at)
}

/// `I can't come. – Then who drives the trailer?`: asked in an answer, it means “in that case”.
pub(super) fn answers(source: &Source<'_>, drafts: &[Draft], at: usize) -> bool {
    let sentence = &source.sentences[drafts[at].sentence];
    let opens = sentence
        .tokens
        .first()
        .is_some_and(|token| token.is("then"));
    // `fine, but then you also print the menus`
    let also = || {
        sentence.tokens.windows(3).any(|row| {
            row[0].is("then") && row[1].is("you") && row[2].any(list!["also", "have", "must"])
        })
    };
    source.document.chat && (sentence.question && opens || also())
}

/// `Beatrix will then submit it`, `Dennis then sends the dead one`, `… afterwards`, `… right after`.
pub(super) fn adverbs(source: &Source<'_>, drafts: &mut [Draft], at: usize) {
    let sentence = &source.sentences[drafts[at].sentence];
    let words: Vec<&Token> = sentence.words(drafts[at].clause).collect();
    // `lay the floor, then sweep` has the steps of one task.
    let verb_at = match &sentence.clauses[drafts[at].clause].head {
        Head::Action(opener) => sentence.token(opener.verb).map(|token| token.start),
        _ => None,
    };
    let inner = words.iter().enumerate().find(|(place, token)| {
        if verb_at.is_some_and(|verb| verb < token.start) {
            return false;
        }
        let before = place
            .checked_sub(1)
            .map_or("", |before| words[before].lower.as_str());
        let next = words.get(place + 1);
        let verb = next.is_some_and(|next| next.verb.is_some());
        *place > 0
            && token.is("then")
            && verb
            && !matches!(
                before,
                "until" | "till" | "by" | "since" | "back" | "before" | "if" | "just"
            )
    });
    let last = words
        .iter()
        .rposition(|token| !token.is_mark() && !token.any(list!["please", "pls"]));
    let closing = last.filter(|place| {
        let token = words[*place];
        let before = place
            .checked_sub(1)
            .map_or("", |before| words[before].lower.as_str());
        token.any(list![
            "afterwards",
            "afterward",
            "thereafter",
            "subsequently"
        ]) || token.is("after")
            && matches!(
                before,
                "right" | "straight" | "directly" | "immediately" | "just" | "shortly"
            )
    });
    let opening = words.iter().filter(|token| !token.is_mark()).take(2);
    let opens = opening
        .map(|token| token.lower.as_str())
        .collect::<Vec<_>>();
    let led = matches!(
        opens.as_slice(),
        [
            "right" | "straight" | "directly" | "immediately" | "shortly",
            "after" | "afterwards"
        ]
    )
    .then_some(0);
    let found = inner.map(|(place, _)| place).or(closing).or(led);
    if let Some(place) = found
        && let Some(first) = just_before(source, drafts, at)
    {
        let bytes = words[place].start..words[place].end;
        drafts[at].after(first, Some(bytes));
    }
}

/// `Ida unscrews the posts beforehand`: the task told just before, in the same breath, waits for it.
pub(super) fn beforehand(source: &Source<'_>, drafts: &mut [Draft], at: usize) {
    let sentence = &source.sentences[drafts[at].sentence];
    let last = sentence
        .words(drafts[at].clause)
        .filter(|token| !token.is_mark() && !token.any(list!["please", "pls"]))
        .last();
    let named = matches!(drafts[at].agent, crate::action::opener::Agent::Named(_));
    // `Ben mows the lawn, but first Ida has to paint the fence`
    let start = sentence.clauses[drafts[at].clause].start;
    let before = |steps: usize| {
        let at = start
            .checked_sub(steps)
            .and_then(|word| sentence.at.get(word));
        at.map(|at| &sentence.tokens[*at])
    };
    if let (Some(but), Some(first)) = (before(2), before(1))
        && but.is("but")
        && first.is("first")
        && let Some(other) = just_before(source, drafts, at)
        && drafts[other].sentence == drafts[at].sentence
    {
        drafts[other].after(at, Some(but.start..first.end));
        return;
    }
    let Some(word) = last.filter(|word| named && word.is("beforehand") && word.mask == Mask::None)
    else {
        return;
    };
    let bytes = word.start..word.end;
    let other = just_before(source, drafts, at)
        .filter(|other| drafts[*other].sentence + 1 >= drafts[at].sentence);
    if let Some(other) = other {
        drafts[other].after(at, Some(bytes));
    }
}

/// `once he confirms`, `as soon as I've got them`: a clause that speaks of what was said before.
pub(super) fn points_back(sentence: &Sentence, clause: usize) -> bool {
    let words: Vec<&Token> = sentence.words(clause).collect();
    let pronoun = words.iter().any(|token| {
        token.any(list![
            "he", "she", "it", "they", "them", "that", "those", "these", "this", "him",
        ])
    });
    let answers = words.iter().any(|token| {
        token.any(list![
            "hear",
            "know",
            "knows",
            "hears",
            "answer",
            "reply",
            "confirmed",
        ])
    });
    let content = words
        .iter()
        .filter(|token| words::is_content(token))
        .count();
    content <= 3 && (pronoun || answers)
}

/// `before I can start`, `before doing that`: what it must come before was said already.
pub(super) fn only_begins(sentence: &Sentence, clause: usize) -> bool {
    sentence
        .words(clause)
        .filter(|token| words::is_content(token) && token.mask == Mask::None)
        .all(|token| {
            token.any(list![
                "before", "start", "begin", "continue", "proceed", "start.", "doing", "happen",
            ])
        })
}

/// `if smoke is green`, `if she approves`: a condition that the earlier task ends well.
pub(super) fn succeeds(sentence: &Sentence, clause: usize) -> bool {
    let words: Vec<&Token> = sentence.words(clause).collect();
    let negated = words
        .iter()
        .any(|token| token.any(list!["n't", "not", "no", "never", "fails"]));
    !negated
        && words.iter().any(|token| {
            token.any(list![
                "green",
                "ok",
                "okay",
                "passes",
                "pass",
                "passed",
                "approves",
                "approved",
                "works",
                "succeeds",
                "clean",
                "agrees",
                "agreed",
                "confirms",
                "confirmed",
                "done",
                "fine",
            ])
        })
}

/// Whether what follows `needs` has to come first: `needs the colours from Hana first`.
pub(super) fn needs_first(after: &[Token]) -> bool {
    let end = after
        .iter()
        .position(|token| token.any(list![".", ";", "!", "?"]))
        .unwrap_or(after.len())
        .min(10);
    let to = after
        .first()
        .is_some_and(|token| token.any(list!["to", "a", "you"]));
    let first = after[..end]
        .iter()
        .any(|token| token.any(list!["first", "beforehand"]));
    let from = after[..end].iter().enumerate().any(|(at, token)| {
        token.is("from")
            && after
                .get(at + 1)
                .is_some_and(|next| next.capital || next.lower.starts_with('@'))
    });
    let label = after.first().is_some_and(|token| is_label(&token.lower));
    !to && (first || from || label)
}

/// `Cannot go in without the survey`, said of the task before it.
pub(super) fn cannot_without(source: &Source<'_>, drafts: &mut [Draft]) {
    for (index, sentence) in source.sentences.iter().enumerate() {
        let tokens = &sentence.tokens;
        let Some(without) = tokens.iter().position(|token| token.is("without")) else {
            continue;
        };
        let cannot = tokens[..without]
            .iter()
            .any(|token| token.any(list!["not", "n't", "cannot", "nothing"]));
        let of = (0..drafts.len())
            .rev()
            .find(|at| drafts[*at].alive && drafts[*at].sentence <= index);
        let Some(at) = of.filter(|at| {
            let other = &source.sentences[drafts[*at].sentence].unit.place;
            cannot && other.block == sentence.unit.place.block
        }) else {
            continue;
        };
        let stems = words::stems_of(&tokens[without + 1..tokens.len().min(without + 6)]);
        if let Some(first) = super::matching(drafts, &stems, at) {
            let bytes = tokens[without].start..sentence.unit.range.end;
            drafts[at].after(first, Some(bytes));
        }
    }
}

/// `Dominik updates the shots; needs the final colours from Hana first`, where Hana has that task: what
/// is needed is no task of its own, and the one before it waits.
pub(super) fn needed(source: &Source<'_>, drafts: &mut [Draft]) {
    for at in 0..drafts.len() {
        if !drafts[at].alive || drafts[at].rule != crate::action::IS_NEEDED {
            continue;
        }
        // `needs 1.1`: the number of another task.
        let label = drafts[at].summary.split(' ').nth(1).map(str::to_owned);
        if let Some(label) = label.filter(|label| is_label(label))
            && drafts[at].summary.split(' ').count() == 2
            && let Some(first) = super::numbered(source, drafts, &label)
            && let Some(waits) = just_before(source, drafts, at)
        {
            let bytes = drafts[at].bytes.clone();
            drafts[at].alive = false;
            drafts[waits].after(first, Some(bytes));
            continue;
        }
        let stems: Vec<String> = drafts[at]
            .stems
            .iter()
            .filter(|stem| !matches!(stem.as_str(), "get" | "first" | "from"))
            .cloned()
            .collect();
        let waits = just_before(source, drafts, at);
        let first = super::matching(drafts, &stems, at);
        // `grant report, needs the numbers from Harold`
        let own = drafts[at].sentence;
        if let (None, Some(waits)) = (first, waits)
            && drafts[waits].sentence == own
            && drafts[waits].clause < drafts[at].clause
        {
            let bytes = drafts[at].bytes.clone();
            drafts[waits].after(at, Some(bytes));
        }
        if let (Some(first), Some(waits)) = (first, waits)
            && first != waits
        {
            let bytes = drafts[at].bytes.clone();
            drafts[at].alive = false;
            drafts[waits].after(first, Some(bytes));
        }
    }
}

/// `3`, `1.2`, `T2`: the number of a task.
pub(super) fn is_label(word: &str) -> bool {
    let mut chars = word.chars();
    let letter = chars
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic());
    let word = if letter && word.len() > 1 {
        chars.as_str()
    } else {
        word
    };
    word.len() <= 5
        && word.starts_with(|c: char| c.is_ascii_digit())
        && word.ends_with(|c: char| c.is_ascii_digit())
        && word.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// The number that stands in front of a task: `1.2 Map the process`, `(1) Sanna merges …`.
pub(super) fn label<'a>(source: &Source<'a>, draft: &Draft) -> Option<&'a str> {
    let sentence = &source.sentences[draft.sentence];
    if let Some(first) = sentence
        .tokens
        .first()
        .filter(|token| is_label(&token.lower))
    {
        return source.text.get(first.start..first.end);
    }
    let mut opening = sentence.tokens.iter().skip_while(|token| token.is("("));
    if let (Some(letter), Some(mark)) = (opening.next(), opening.next())
        && is_letter(letter)
        && mark.any(list![".", ")", ":"])
    {
        return source.text.get(letter.start..letter.end);
    }
    let before = source.text.get(..draft.bytes.start)?;
    // The last word of its line.
    let line = before.trim_end_matches(|c: char| c.is_whitespace() && c != '\n');
    let word = line.rsplit(char::is_whitespace).next()?;
    let bare = word.trim_matches(['(', ')', '.', '#', ':']);
    let letter = bare.len() < word.len()
        && bare.len() == 1
        && bare.starts_with(|c: char| c.is_ascii_uppercase());
    (letter || is_label(bare)).then_some(bare)
}

/// `A`, as `B. …` stands in front of a task.
pub(super) fn is_letter(token: &Token) -> bool {
    token.capital && token.lower.len() == 1 && !token.is("i")
}

/// `thaw it >> proof it >> bake it`: each step waits for the one before.
pub(super) fn chained(source: &Source<'_>, drafts: &mut [Draft], at: usize) {
    let Some(before) = super::previous(drafts, at) else {
        return;
    };
    let between = drafts[before].bytes.end..drafts[at].bytes.start;
    let marks = source.text.get(between.clone()).unwrap_or_default();
    if marks.len() < 80 && !marks.contains('\n') && marks.contains(">>") {
        drafts[at].after(before, Some(between));
    }
}

/// `Ben flushes the pipe today and Ida takes a sample three days later`: a day counted from that of another task.
pub(super) fn days_later(source: &Source<'_>, drafts: &mut [Draft], at: usize) {
    let date_of = |draft: &Draft| draft.due.as_ref().and_then(|due| due.date);
    let Some(date) = date_of(&drafts[at]) else {
        return;
    };
    let found = &source.dates[date];
    let counted = matches!(
        found.why,
        "counted from the day named before" | "day counted from another"
    );
    let Some(base) = date.checked_sub(1).filter(|_| counted) else {
        return;
    };
    let first = (0..at).rev().find(|before| {
        drafts[*before].alive
            && date_of(&drafts[*before]) == Some(base)
            && drafts[at].sentence - drafts[*before].sentence.min(drafts[at].sentence) <= 1
    });
    if let Some(first) = first
        && source.dates[base].due.date() < found.due.date()
    {
        drafts[at].after(first, Some(found.bytes.clone()));
    }
}

/// `Remove the old agents. Before that, tell the team.`: the task before it waits. `With that done, ring
/// her`: it waits for the task before it.
pub(super) fn opened(source: &Source<'_>, drafts: &mut [Draft], at: usize) {
    const ENDED: List<'static> = list![
        "done", "in", "out", "sorted", "finished", "settled", "behind",
    ];
    let tokens = &source.sentences[drafts[at].sentence].tokens;
    let (opens, comes_first) = match tokens.as_slice() {
        [before, that, comma, _, ..] if before.any(list!["before", "b4"]) => {
            (that.any(list!["that", "this"]) && comma.is(","), true)
        }
        [with, that, ended, _, _, ..] if with.is("with") => {
            let told = that.any(list!["that", "this", "those", "both"]);
            (told && ended.any(ENDED), false)
        }
        _ => return,
    };
    let Some(other) = just_before(source, drafts, at).filter(|_| opens) else {
        return;
    };
    if comes_first {
        drafts[other].after(at, Some(tokens[0].start..tokens[1].end));
    } else {
        drafts[at].after(other, Some(tokens[0].start..tokens[2].end));
    }
}

/// `3. photos, last of all`: after everything above it in its list.
pub(super) fn last_of_all(source: &Source<'_>, drafts: &mut [Draft], at: usize) {
    let sentence = &source.sentences[drafts[at].sentence];
    let last = sentence
        .tokens
        .windows(3)
        .find(|three| three[0].is("last") && three[1].is("of") && three[2].is("all"));
    let Some(last) = last.filter(|_| sentence.unit.place.item.is_some()) else {
        return;
    };
    let words = last[0].start..last[2].end;
    for before in at.saturating_sub(super::FAR)..at {
        let listed = source.sentences[drafts[before].sentence]
            .unit
            .place
            .item
            .is_some();
        if drafts[before].alive && listed {
            drafts[at].after(before, Some(words.clone()));
        }
    }
}
