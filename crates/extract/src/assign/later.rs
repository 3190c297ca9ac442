//! Who does it, told behind the deed: `…, Yui can do that`, `Viktor owns it`, `that's Darek's job`, `to be
//! supplied by Accounts`, a name alone in brackets.

mod pointed;

use crate::action::opener::Agent;
use crate::detect::Source;
use crate::draft::Draft;
use crate::lexicon;
use crate::person;
use crate::token::{Kind, List, Mask, Token, list};

use super::People;
use pointed::{JOBS, is_yours, pointed};

/// What is taken on.
const IT: List<'static> = list![
    "it", "that", "this", "those", "them", "these", "one", "both",
];

/// Verbs of taking on what was spoken of.
const TAKES: List<'static> = list![
    "do", "does", "doing", "take", "takes", "taking", "handle", "handles", "handling", "own",
    "owns", "sort", "sorts", "cover", "covers", "covering", "manage", "manages", "managing",
    "making", "makes", "got", "has", "drive", "leads", "lead",
];

/// Verbs that tell of a thing, or of what somebody would have, and of no deed.
const STATES: List<'static> = list![
    "wants", "needs", "expects", "waits", "says", "thinks", "hopes", "knows", "closes", "opens",
    "starts", "begins", "ends", "comes", "arrives", "leaves", "expires", "looks", "seems", "means",
    "costs", "remains", "requires", "likes", "stays", "lasts", "is", "has",
];

/// Words by which what was said before is changed.
const CHANGES: List<'static> = list![
    "no",
    "actually",
    "sorry",
    "wait",
    "mean",
    "rather",
    "instead",
    "over",
    "correction",
    "not",
];

/// Gives deeds to those who are named behind them.
pub(crate) fn settle(source: &Source<'_>, drafts: &mut [Draft]) {
    give(source, drafts);
    for draft in drafts.iter_mut().filter(|draft| draft.alive) {
        drop_name(source, draft);
    }
}

/// `Measure the stand, Caspian`: the name of the one who is told to is no part of the deed.
fn drop_name(source: &Source<'_>, draft: &mut Draft) {
    let Some((name, _)) = &draft.assignee else {
        return;
    };
    let Some(deed) = draft.summary.strip_suffix(name.as_str()) else {
        return;
    };
    let tokens = &source.sentences[draft.sentence].tokens;
    let named =
        |pair: &[Token]| pair[0].is(",") && source.text[pair[1].start..pair[1].end] == **name;
    // A date between them is out of the summary, and its comma with it.
    let called = || tokens.windows(2).any(named);
    let deed = deed.trim_end();
    let deed = deed
        .strip_suffix(',')
        .or_else(|| called().then_some(deed))
        .filter(|deed| !deed.is_empty());
    if let Some(deed) = deed {
        draft.summary = deed.to_owned();
    }
}

fn give(source: &Source<'_>, drafts: &mut [Draft]) {
    for at in 0..drafts.len() {
        if !drafts[at].alive {
            continue;
        }
        if drafts[at].assignee.is_none()
            && let Some(name) = passive(source, &drafts[at])
                .or_else(|| bracketed(source, &drafts[at]))
                .or_else(|| shaped_subject(source, &drafts[at]))
        {
            drafts[at].assignee = Some((name, None));
            continue;
        }
        if let Some(name) = bracketed_beside(source, drafts, at) {
            drafts[at].assignee = name.map(|name| (name, None));
            continue;
        }
        if drafts[at].proposed && super::apart::only_reminded(source, &drafts[at]) {
            drafts[at].assignee = None;
        }
        let Some(((name, changes), place)) = taker(source, drafts, at) else {
            continue;
        };
        let named = drafts[at].assignee.as_ref();
        let unsaid = matches!(drafts[at].agent, Agent::Unsaid | Agent::Anyone | Agent::We);
        if named.is_none() || unsaid || changes {
            drafts[at].assignee = Some((name, None));
            // `Ilse takes it over` is no deed besides.
            let (index, token) = place;
            let clause = source.sentences[index].clause_of(token);
            for other in &mut drafts[at + 1..] {
                other.alive &= !(changes && other.sentence == index && other.clause == clause);
            }
        }
    }
}

/// `to be supplied by Accounts`, `must be signed by Dr Lund`: who does what is told without a subject.
fn passive(source: &Source<'_>, draft: &Draft) -> Option<String> {
    let sentence = &source.sentences[draft.sentence];
    let tokens = &sentence.tokens;
    let be = tokens
        .iter()
        .position(|token| token.any(list!["be", "get"]))?;
    let done = tokens
        .get(be + 1)?
        .verb
        .is_some_and(|verb| verb.forms.past || !verb.forms.base);
    let by = (be + 2..tokens.len().min(be + 12))
        .take_while(|at| !tokens[*at].any(list![".", ";", "!"]))
        .find(|at| tokens[*at].is("by") && tokens[*at].mask == Mask::None)?;
    let dot = tokens.get(by + 2).is_some_and(|next| next.is("."));
    let titled = person::is_title(&tokens.get(by + 1)?.lower);
    let at = by + 1 + usize::from(titled) + usize::from(titled && dot);
    (done && is_name(source, tokens, at)).then(|| person::capitalised(&tokens[at]))
}

/// `Eilidh keys in the counts by Friday`, `Forms: Selam finishes the text`: a word that can only be a name, and a verb
/// that says what somebody does.
fn shaped_subject(source: &Source<'_>, draft: &Draft) -> Option<String> {
    let sentence = &source.sentences[draft.sentence];
    let tokens = &sentence.tokens;
    let span = sentence.span(draft.clause)?;
    span.take_while(|at| !tokens[*at].any(list!["that", "which", "who", "because", "so"]))
        .find(|at| {
            let token = &tokens[*at];
            let opens =
                *at == 0 || tokens[at - 1].is_dash() || tokens[at - 1].any(list![":", ",", ";"]);
            let third = tokens.get(at + 1).is_some_and(|next| {
                next.mask == Mask::None
                    && next
                        .verb
                        .is_some_and(|verb| verb.forms.only_third() && !verb.forms.past)
            });
            let states = tokens.get(at + 1).is_some_and(|next| next.any(STATES));
            let known = token.is_first_name();
            let name = known
                || !person::no_name(token)
                    && token.verb.is_none()
                    && !crate::area::knows(&token.lower)
                    && !token.is_role()
                    && token.lower.chars().all(char::is_alphabetic)
                    && !token.lower.ends_with('s');
            let goes_on = tokens
                .get(at + 2)
                .is_some_and(|object| object.is_word() && object.mask == Mask::None);
            opens
                && third
                && !states
                && goes_on
                && name
                && token.capital
                && !token.upper
                && token.mask == Mask::None
                && token.lower.chars().count() > 2
        })
        .map(|at| person::capitalised(&tokens[at]))
}

/// `empty the bucket!! (Ravi)`: nothing but a name in brackets behind the last stop.
fn bracketed(source: &Source<'_>, draft: &Draft) -> Option<String> {
    let own = &source.sentences[draft.sentence];
    let next = source.sentences.get(draft.sentence + 1)?;
    let between = source.text.get(own.unit.range.end..next.unit.range.start)?;
    let same = next.unit.place.block == own.unit.place.block && !between.contains('\n');
    let opens = next.tokens.first()?.any(list!["(", "["]);
    let alone = next
        .tokens
        .iter()
        .all(|token| token.is_mark() || token.mask != Mask::None);
    (same && opens && alone).then(|| next.person.clone())?
}

/// Deeds of one sentence stand beside each other.
const BESIDE: usize = 20;

/// `Paint the fence (Ida), mow the lawn (Ben), buy milk (me)`: of several deeds, each has the name behind it.
fn bracketed_beside(source: &Source<'_>, drafts: &[Draft], at: usize) -> Option<Option<String>> {
    let draft = &drafts[at];
    let beside = |other: &&Draft| other.alive && other.sentence == draft.sentence;
    let named = matches!(draft.agent, Agent::Unsaid | Agent::Anyone | Agent::We);
    let drafts = &drafts[at.saturating_sub(BESIDE)..drafts.len().min(at + BESIDE)];
    if !named || drafts.iter().filter(beside).nth(1).is_none() {
        return None;
    }
    let tokens = &source.sentences[draft.sentence].tokens;
    let from = draft.tokens.iter().copied().max()?;
    let until = drafts
        .iter()
        .filter(beside)
        .filter_map(|other| other.tokens.iter().copied().min())
        .filter(|first| *first > from)
        .min()
        .unwrap_or(tokens.len());
    let open = (from..until).find(|at| tokens[*at].any(list!["(", "["]))?;
    let closes = tokens
        .get(open + 2)
        .is_some_and(|next| next.any(list![")", "]", ","]));
    let name = tokens.get(open + 1).filter(|_| closes)?;
    if name.any(list!["me", "i", "myself"]) {
        return Some(People::speaker(source, draft.sentence));
    }
    let person = name.mask == Mask::Person
        || is_name(source, tokens, open + 1)
        || name.capital && name.is_first_name();
    person.then(|| Some(person::capitalised(name)))
}

/// Who takes on a deed in the words behind it, whether that changes what was said before, and where it stands.
fn taker(
    source: &Source<'_>,
    drafts: &[Draft],
    at: usize,
) -> Option<((String, bool), (usize, usize))> {
    let draft = &drafts[at];
    let own = &source.sentences[draft.sentence];
    let last = drafts[at + 1..]
        .iter()
        .any(|other| other.alive && other.sentence == draft.sentence);
    let verb = draft.tokens.iter().copied().max().unwrap_or(0);
    let found_in = |index: usize, mut range: std::ops::Range<usize>| {
        range.find_map(|at| Some((told(source, index, at)?, (index, at))))
    };
    if !last && let Some(found) = found_in(draft.sentence, verb..own.tokens.len()) {
        return Some(found);
    }
    if last {
        return None;
    }
    // `Sabine is ill. Ferdi takes it over.`
    for index in draft.sentence + 1..(draft.sentence + 3).min(source.sentences.len()) {
        let next = &source.sentences[index];
        if next.unit.place.block != own.unit.place.block || next.question {
            return None;
        }
        // A deed of its own in the sentence behind is what it speaks of.
        let other = drafts
            .iter()
            .any(|other| other.alive && other.sentence == index);
        let found = found_in(index, 0..next.tokens.len().min(if other { 5 } else { 10 }))
            .or_else(|| found_in(index, taken_for(next)));
        if other || found.is_some() {
            return found;
        }
    }
    None
}

/// The one who is named in front of `he` or `she`: `Chris has the card so he'll handle it`.
fn known_taker(source: &Source<'_>, tokens: &[Token], at: usize) -> Option<String> {
    if at < 3 || !tokens[at].any(list!["he", "she"]) {
        return None;
    }
    let word = |at: usize, any: List<'_>| tokens.get(at).is_some_and(|token| token.any(any));
    let takes = word(at + 1, list!["can", "will", "'ll", "could"])
        && word(at + 2, TAKES)
        && word(at + 3, IT)
        && tokens.get(at + 4).is_none_or(|next| !goes_on(next));
    let name = (0..at).rev().find(|name| is_name(source, tokens, *name))?;
    let opens = name == 0 || tokens[name - 1].is_mark();
    (takes && opens).then(|| person::capitalised(&tokens[name]))
}

/// The place of `he` or `she` in `Chris has the card so he'll handle it`, where a clause says why.
fn taken_for(sentence: &crate::sentence::Sentence) -> std::ops::Range<usize> {
    let tokens = &sentence.tokens;
    let so = tokens.iter().position(|token| token.is("so"));
    so.filter(|so| {
        tokens
            .get(so + 1)
            .is_some_and(|next| next.any(list!["he", "she"]))
    })
    .map_or(0..0, |so| so + 1..so + 2)
}

/// Whether somebody can be named at a token: at the start, or behind a mark or a small word.
fn opens(tokens: &[Token], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| &tokens[before]) else {
        return true;
    };
    before.is_mark() && !before.any(list!["(", "'"])
        || before.any(list![
            "but", "and", "actually", "no", "mean", "so", "then", "wait"
        ])
}

/// `Yui can do that`, `I'll see to it`, `Viktor owns it`, `that's Darek's job`, `I mean Tycho will`.
fn told(source: &Source<'_>, index: usize, at: usize) -> Option<(String, bool)> {
    let tokens = &source.sentences[index].tokens;
    if !opens(tokens, at) {
        return None;
    }
    let changed = || tokens[..at].iter().any(|token| token.any(CHANGES));
    let word = |at: usize, any: List<'_>| tokens.get(at).is_some_and(|token| token.any(any));
    if tokens[at].any(list!["that", "it", "this"]) {
        // `that will be Ben`
        let be = usize::from(word(at + 1, list!["will", "'ll"]) && word(at + 2, list!["be"]));
        if be > 0 || word(at + 1, list!["'s", "is"]) {
            return pointed(source, tokens, at + be).map(|name| (name, false));
        }
    }
    // `…, Ida's turn.`
    let turn = word(at + 1, list!["'s"])
        && word(at + 2, JOBS)
        && tokens.get(at + 3).is_none_or(Token::is_mark);
    if is_name(source, tokens, at) && (turn || is_yours(tokens, at)) {
        return Some((person::capitalised(&tokens[at]), false));
    }
    if let Some(name) = known_taker(source, tokens, at) {
        return Some((name, true));
    }
    let speaks = tokens[at].is("i");
    if !speaks && !is_name(source, tokens, at) {
        return None;
    }
    let helped = word(
        at + 1,
        list![
            "can", "will", "'ll", "could", "is", "'s", "shall", "should", "to", "must", "has",
            "'m", "am",
        ],
    );
    let verb = at + 1 + usize::from(helped);
    let it = |at: usize| word(at, IT) && tokens.get(at + 1).is_none_or(|next| !goes_on(next));
    // `Ben takes it on Friday` carries the thing.
    let carries = word(verb, list!["take", "takes", "taking", "drive"])
        && !tokens
            .get(verb + 2)
            .is_none_or(|next| next.is("over") || next.any(list![".", "!", ",", ";"]));
    let takes = word(verb, TAKES)
        && it(verb + 1)
        && !carries
        && !(speaks
            && word(
                verb,
                list!["take", "taking", "got", "has", "making", "drive", "cover"],
            ));
    let sees = word(
        verb,
        list!["see", "sees", "attend", "attends", "tend", "tends"],
    ) && word(verb + 1, list!["to"])
        && it(verb + 2);
    let on_it = in_hand(tokens, verb, speaks);
    let elliptic = helped
        && word(at + 1, list!["will", "'ll", "can", "does"])
        && tokens
            .get(verb)
            .is_none_or(|next| next.any(list![".", "!", ",", ";"]))
        && changed();
    // `Bernadette has offered.`
    let offers = word(at + 1, list!["has", "'s", "have"])
        && word(
            at + 2,
            list!["offered", "volunteered", "agreed", "promised"],
        )
        && tokens
            .get(at + 3)
            .is_none_or(|next| next.any(list![".", "!", ",", ";"]) || next.mask != Mask::None);
    if !(takes || sees || on_it || elliptic || offers) {
        return None;
    }
    let name = if speaks {
        People::speaker(source, index)?
    } else {
        person::capitalised(&tokens[at])
    };
    let over = word(verb + 2, list!["over", "instead", "now"]);
    Some((name, changed() || over))
}

/// `The vendor has to be rung today – Ida on it.`, `Concept by Friday. Ravi leads.`
fn in_hand(tokens: &[Token], verb: usize, speaks: bool) -> bool {
    let word = |at: usize, any: List<'_>| tokens.get(at).is_some_and(|token| token.any(any));
    let ends = |at: usize| tokens.get(at).is_none_or(|next| !goes_on(next));
    word(verb, list!["on"]) && word(verb + 1, IT) && ends(verb + 2)
        || !speaks
            && word(verb, list!["leads", "leading"])
            && tokens.get(verb + 1).is_none_or(Token::is_mark)
}

/// A word of the thing that a pointing word stands before: `does that course`.
fn goes_on(next: &Token) -> bool {
    next.is_word()
        && next.mask == Mask::None
        && !next.any(list![
            "over", "on", "for", "instead", "now", "too", "and", "but", "then", "whenever", "when",
            "as", "himself", "herself", "from", "covered", "because", "since", "please", "already",
            "at", "by", "if", "with", "today", "so", "later", "in", "after", "before",
        ])
}

fn is_name(source: &Source<'_>, tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| {
        let shaped = at > 0
            && !token.upper
            && token.lower.chars().count() > 2
            && !person::no_name(token)
            && lexicon::verb(&token.lower).is_none();
        token.kind == Kind::Word
            && token.mask == Mask::None
            && token.capital
            && (source.document.people.has(token) || token.is_first_name() || shaped)
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::{assignees, found};

    #[test]
    fn the_name_of_the_one_who_is_told_is_no_part_of_the_deed() {
        assert_eq!(
            found("Please measure the shelf, Caspian."),
            ["Measure the shelf"]
        );
        assert_eq!(
            found("Please measure the shelf by Wednesday, Caspian."),
            ["Measure the shelf"]
        );
        assert_eq!(found("Please invite Caspian."), ["Invite Caspian"]);
    }

    #[test]
    fn who_takes_it_on_behind_it_does_it() {
        for (text, name) in [
            ("Please label the jars by Friday. Ines can do that.", "Ines"),
            (
                "The boiler has to be drained by Friday; Ravi owns it.",
                "Ravi",
            ),
            (
                "The hedge must be cut by Friday, that's Ilse's job.",
                "Ilse",
            ),
            ("Plans to be approved by Accounts by Friday.", "Accounts"),
            (
                "The stalls must be swept by Friday, that's on Ravi.",
                "Ravi",
            ),
            ("The list needs typing by Friday. Ines has offered.", "Ines"),
            ("The vendor has to be rung by Friday – Ines on it.", "Ines"),
            ("Concept to the client by Friday. Ravi leads.", "Ravi"),
            (
                "Ravi knows a thatcher, will ring the firm on Friday.",
                "Ravi",
            ),
            ("The stalls must be swept by Friday, Ravi's turn.", "Ravi"),
            (
                "The stalls must be swept by Friday, that will be Ravi.",
                "Ravi",
            ),
            ("Two for you, Ines. Sweep the stalls by Friday.", "Ines"),
            (
                "Please sweep the stalls by Friday. Ravi, you know them, so that's yours.",
                "Ravi",
            ),
        ] {
            assert_eq!(assignees(text), [Some(name.to_owned())], "{text}");
        }
    }

    #[test]
    fn a_correction_gives_it_to_somebody_else() {
        let text = "Ravi prints the badges by Friday. Ravi is ill, Ilse takes it over.";
        assert_eq!(assignees(text).first(), Some(&Some("Ilse".to_owned())));
    }

    #[test]
    fn what_somebody_does_with_that_thing_takes_nothing_on() {
        let text = "Please book the hall by Friday. Ravi does that course, too.";
        assert_eq!(assignees(text).first(), Some(&None));
    }
}
