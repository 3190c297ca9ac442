//! Several things to do in one breath: `car inspection before the 30th, card for Dad, school form`.

use std::ops::Range;

use super::State;
use super::errand::{ERRAND, Errand};
use crate::clause::Head;
use crate::due::{self, Chosen};
use crate::sentence::Sentence;
use crate::text::Section;
use crate::token::{List, Mask, Token, list};
use crate::{summary, words};

use super::super::Source;

/// Words of one thing.
const LONGEST: usize = 9;
/// Words of a sentence from which it is read as one.
const MANY: usize = 120;

impl State<'_> {
    /// Adds each thing of a sentence that only lists things to do, unlike ones; whether it does.
    pub(super) fn several(&mut self, index: usize) -> bool {
        let source = self.source;
        let sentence = &source.sentences[index];
        let Some(parts) = unlike(sentence, source.sentences.len() == 1) else {
            return false;
        };
        let shared = parts
            .iter()
            .find_map(|part| part.shared.then(|| date_of(source, sentence, &part.tokens)))
            .flatten();
        for part in parts {
            if part.shared || self.known(index, &part.tokens) || stands(sentence, &part.tokens) {
                continue;
            }
            let own = date_of(source, sentence, &part.tokens);
            // `Sat: oil change 9am, bank`
            let hour = own
                .as_ref()
                .and_then(|hour| due::on_day(source, hour, shared.as_ref()));
            let due = hour.or(own).or_else(|| shared.clone());
            self.add_part(index, &part.tokens, due, ERRAND);
        }
        true
    }

    /// Whether one of the drafts was made of these words.
    fn known(&self, index: usize, tokens: &Range<usize>) -> bool {
        let sentence = &self.source.sentences[index];
        let acts = sentence.clauses.iter().any(|clause| {
            let start = sentence.at.get(clause.start);
            matches!(
                clause.head,
                Head::Action(_) | Head::Cancel { .. } | Head::Negated(_)
            ) && start.is_some_and(|start| tokens.contains(start))
        });
        acts || self.drafts.iter().rev().take(40).any(|draft| {
            draft.sentence == index && draft.tokens.iter().any(|token| tokens.contains(token))
        })
    }

    pub(super) fn add_part(
        &mut self,
        index: usize,
        tokens: &Range<usize>,
        due: Option<Chosen>,
        rule: &'static str,
    ) {
        let source = self.source;
        let sentence = &source.sentences[index];
        let lead = list![
            "and", "also", "or", "plus", "then", "that", "so", "oh", "&", "+",
        ];
        let from = tokens
            .clone()
            .find(|at| !sentence.tokens[*at].any(lead))
            .unwrap_or(tokens.end);
        let first = sentence.at.partition_point(|at| *at < from);
        let last = sentence.at.partition_point(|at| *at < tokens.end);
        let nominal = self.nominal(index, first..last);
        let (summary, own) = summary::of_noun(source.text, sentence, first..last, nominal);
        let stems = words::stems(&summary);
        if stems.is_empty() {
            return;
        }
        let clause = sentence.clause_of(from);
        let errand = Errand {
            summary,
            tokens: own,
            stems,
            bytes: sentence.tokens[from].start..sentence.tokens[tokens.end - 1].end,
            due,
            confidence: 0.6,
            rule,
        };
        self.add_errand(index, clause, errand);
    }
}

/// The words of one thing, or of what holds for all of them: `tomorrow: …`, `… – all by Friday`.
struct Part {
    tokens: Range<usize>,
    shared: bool,
}

/// The things of a sentence that lists unlike ones, each with its own day, state or purpose.
fn unlike(sentence: &Sentence, alone: bool) -> Option<Vec<Part>> {
    let tokens = &sentence.tokens;
    if tokens.len() > MANY || sentence.unit.place.section == Section::Shopping {
        return None;
    }
    let label = tokens.iter().take(14).position(|token| token.is(":"));
    let parts = parts(tokens, label);
    let things: Vec<&Part> = parts.iter().filter(|part| !part.shared).collect();
    let marked = things.iter().filter(|part| own_mark(tokens, part)).count();
    let plain = things
        .iter()
        .filter(|part| is_thing(&tokens[part.tokens.clone()]))
        .count();
    let labelled = things.iter().any(|part| {
        tokens[part.tokens.clone()]
            .iter()
            .any(|token| token.is(":"))
    });
    // `tomorrow: …, …, …`
    let led = label.is_some_and(|colon| tokens[..colon].iter().any(Token::is_dated));
    // `nursery fees, petrol, parcel back by Saturday`, and nothing else in the text; `eggs, flour, milk by Friday` is
    // one errand.
    let bounded = || {
        let last = things.last().map_or(0..0, |part| part.tokens.clone());
        tokens[last]
            .iter()
            .any(|token| token.any(list!["by", "before", "until", "till"]))
    };
    let worded = |part: &&&Part| {
        let own = tokens[part.tokens.clone()].iter();
        own.filter(|token| token.is_word() && !token.is_dated())
            .count()
            >= 2
    };
    let bare = alone
        && label.is_none()
        && marked == 1
        && bounded()
        && things.iter().filter(worded).count() >= 2;
    let least = if led || bare { 3 } else { 4 };
    // `Sat: oil change 9am, post office, haircut`: where one has an hour, they are no shopping.
    let timed = || {
        things.iter().any(|part| {
            let own = &tokens[part.tokens.clone()];
            let named = own.iter().any(|token| token.is_word() && !token.is_dated());
            named
                && own.iter().any(|token| {
                    token.is_dated() && token.lower.starts_with(|c: char| c.is_ascii_digit())
                })
        })
    };
    let enough = marked >= 2 || bare || led && marked == 1 && timed();
    (!labelled && things.len() >= least && enough && plain * 5 >= things.len() * 4).then_some(parts)
}

/// Cuts a sentence at its commas, outside brackets, with its label in front.
fn parts(tokens: &[Token], label: Option<usize>) -> Vec<Part> {
    let mut parts = Vec::new();
    let first = label.map_or(0, |colon| colon + 1);
    if let Some(colon) = label {
        parts.push(Part {
            tokens: 0..colon,
            shared: true,
        });
    }
    let mut from = first;
    let mut depth = 0_usize;
    for at in first..=tokens.len() {
        let token = tokens.get(at);
        depth += usize::from(token.is_some_and(|token| token.is("(")));
        depth = depth.saturating_sub(usize::from(token.is_some_and(|token| token.is(")"))));
        let parted = depth == 0
            && token
                .is_none_or(|token| token.any(list![",", ";", ".", "!"]) || closes_all(tokens, at));
        if !parted {
            continue;
        }
        let shared = token.is_none_or(|token| token.is("."))
            && tokens.get(from).is_some_and(|token| token.is("all"));
        if tokens[from..at].iter().any(Token::is_word) {
            parts.push(Part {
                tokens: from..at,
                shared,
            });
        }
        from = at + 1;
    }
    parts
}

/// A dash in front of `all by Friday`.
fn closes_all(tokens: &[Token], at: usize) -> bool {
    tokens[at].is_dash() && tokens.get(at + 1).is_some_and(|next| next.is("all"))
}

/// Whether one of several things has a day, a state or a purpose of its own.
fn own_mark(tokens: &[Token], part: &Part) -> bool {
    let own = &tokens[part.tokens.clone()];
    own.iter().any(|token| {
        matches!(token.mask, Mask::Date(_) | Mask::Priority)
            || token.any(list![
                "for", "to", "re", "back", "missing", "overdue", "from", "ok", "→", "if",
            ])
    }) && own.iter().filter(|token| token.is_word()).count() >= 2
}

/// A few words that name a thing and tell nothing of anybody.
fn is_thing(own: &[Token]) -> bool {
    const TELLS: List<'static> = list![
        "i", "we", "he", "she", "they", "you", "it", "is", "are", "was", "were", "has", "have",
        "had", "did", "does", "will", "'s", "'m", "'re", "'ve", "'ll", "who", "which", "because",
        "but", "would", "could", "should", "can", "n't", "be", "been", "so", "like", ":", "idea",
        "ideas",
    ];
    let words = own.iter().filter(|token| token.is_word()).count();
    let plain = own.iter().filter(|token| token.mask == Mask::None);
    let possessive = own
        .windows(2)
        .any(|pair| pair[1].is("'s") && pair[0].capital);
    // `walking back from …`, but not `swimming form`.
    let going = own.windows(2).any(|pair| {
        pair[0].verb.is_some_and(|verb| verb.forms.ing)
            && pair[1].any(list![
                "back", "from", "to", "in", "the", "at", "on", "home", "out", "around",
            ])
    });
    (1..=LONGEST).contains(&words)
        && !going
        && plain
            .filter(|token| !(possessive && token.is("'s")))
            .all(|token| {
                let past = token.verb.is_some_and(|verb| {
                    verb.forms.past && !verb.forms.base && !verb.forms.participle
                });
                !token.any(TELLS) && !past
            })
}

/// Words that name no thing to do.
const NOTHING: List<'static> = list![
    "ok", "okay", "quick", "right", "well", "bullet", "end", "that", "today", "all", "thanks",
    "thx", "ta", "cheers", "before", "after", "by", "at", "on", "until", "latest", "please", "pls",
    "and", "etc", "stop", "next", "point", "new", "also", "item", "comma", "maybe", "usual",
];

/// `hotel ok`, `sitter paid`: nothing left to do.
fn stands(sentence: &Sentence, tokens: &Range<usize>) -> bool {
    const WELL: List<'static> = list![
        "ok",
        "okay",
        "fine",
        "done",
        "paid",
        "booked",
        "sorted",
        "sent",
        "enough",
        "full",
        "bought",
        "ordered",
        "cancelled",
        "canceled",
        "signed",
    ];
    let last = sentence.tokens[tokens.clone()]
        .iter()
        .rev()
        .find(|token| token.is_word() && token.mask == Mask::None);
    let empty = sentence.tokens[tokens.clone()]
        .iter()
        .filter(|token| token.is_word() && token.mask == Mask::None)
        .all(|token| token.any(NOTHING));
    let lies = sentence.tokens[tokens.clone()]
        .iter()
        .any(|token| token.any(list!["somewhere", "already", "here", "there"]));
    empty || lies || last.is_none_or(|token| token.any(WELL))
}

/// The day of one thing.
pub(super) fn date_of(
    source: &Source<'_>,
    sentence: &Sentence,
    tokens: &Range<usize>,
) -> Option<Chosen> {
    let mut day = None;
    let mut hour = None;
    for (token, index) in sentence.date_tokens() {
        let date = &source.dates[index];
        if !tokens.contains(&token) || date.due.date() < source.now.date() {
            continue;
        }
        let chosen = Chosen {
            due: date.due.clone(),
            grain: date.grain,
            recurrence: date.recurrence.clone(),
            date: Some(index),
        };
        let slot = if due::is_time_only(source.text, date) {
            &mut hour
        } else {
            &mut day
        };
        slot.get_or_insert(chosen);
    }
    match (&day, &hour) {
        (Some(_), Some(hour)) => due::on_day(source, hour, day.as_ref()).or(day),
        _ => day.or(hour),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{dues, found};

    #[test]
    fn unlike_things_in_one_breath_are_tasks_of_their_own() {
        let text = "To do: tax return before the 30th, chimney sweep, present for Lotte, library books back by Friday, gas bottle";
        assert_eq!(found(text).len(), 5);
    }

    #[test]
    fn errands_of_a_day_one_of_which_has_an_hour_are_tasks_of_their_own() {
        for text in [
            "Sat: oil change 9am, library, haircut if time",
            "Friday: dentist 10:30, bakery, garage",
            "Tomorrow: physio 8am, library, bottle bank",
        ] {
            assert_eq!(found(text).len(), 3, "{text}");
        }
        assert_eq!(
            dues("Sat: oil change 9am, library, haircut if time"),
            [
                Some("2026-03-14T09:00:00+01:00".to_owned()),
                Some("2026-03-14".to_owned()),
                Some("2026-03-14".to_owned())
            ]
        );
        assert!(found("Sat: eggs, flour, milk").len() < 2);
    }

    #[test]
    fn things_of_one_errand_stay_together() {
        let text = "TODO\n- shop: flour, butter, yeast, raisins\n";
        assert_eq!(found(text).len(), 1);
    }
}
