//! Who brings or does what, in one line: `Ida = soup, Bo = paper plates, me = bread`.

use std::ops::Range;

use super::State;
use super::errand::{ERRAND, Errand};
use super::several::date_of;
use crate::action::opener::Agent;
use crate::sentence::Sentence;
use crate::token::list;
use crate::{due, summary, words};

impl State<'_> {
    /// Adds the thing of each person, where a sentence hands out several; whether it does.
    pub(super) fn handed_out(&mut self, index: usize) -> bool {
        let source = self.source;
        let sentence = &source.sentences[index];
        let starts = people(sentence, |lower| source.document.people.contains(lower));
        if starts.len() < 2 {
            return false;
        }
        let shared = due::choose(source, sentence, 0)
            .filter(|chosen| is_shared(sentence, &starts, chosen.date));
        for (place, at) in starts.iter().enumerate() {
            let end = starts
                .get(place + 1)
                .copied()
                .unwrap_or(sentence.tokens.len());
            let agent = if sentence.tokens[*at].any(list!["me", "i"]) {
                Agent::Speaker
            } else {
                Agent::Named(
                    source.text[sentence.tokens[*at].start..sentence.tokens[*at].end].to_owned(),
                )
            };
            let own = date_of(source, sentence, &(at + 2..end));
            self.hand(
                index,
                at + 2..thing_end(sentence, at + 2, end),
                &agent,
                own.or_else(|| shared.clone()),
            );
        }
        true
    }

    /// `- new rota. Ida = bins, Ben = plants`: the words in front only say what is handed out.
    pub(in crate::detect) fn heads_handout(&self, index: usize) -> bool {
        let source = self.source;
        let own = &source.sentences[index].unit.place;
        let next = source.sentences.get(index + 1);
        next.is_some_and(|next| {
            next.unit.place.block == own.block
                && !next.unit.place.first
                && next
                    .tokens
                    .iter()
                    .any(|token| token.any(list!["=", "→", "->", "=>"]))
                && people(next, |lower| source.document.people.contains(lower)).len() > 1
        })
    }

    fn hand(
        &mut self,
        index: usize,
        tokens: Range<usize>,
        agent: &Agent,
        due: Option<crate::due::Chosen>,
    ) {
        let source = self.source;
        let sentence = &source.sentences[index];
        let first = sentence.at.partition_point(|at| *at < tokens.start);
        let last = sentence.at.partition_point(|at| *at < tokens.end);
        if first >= last {
            return;
        }
        let nominal = self.nominal(index, first..last);
        let (summary, own) = summary::of_noun(source.text, sentence, first..last, nominal);
        let stems = words::stems(&summary);
        if stems.is_empty() {
            return;
        }
        let errand = Errand {
            summary,
            tokens: own,
            stems,
            bytes: sentence.tokens[tokens.start].start..sentence.tokens[tokens.end - 1].end,
            due,
            confidence: 0.7,
            rule: ERRAND,
        };
        let before = self.drafts.len();
        self.add_errand(index, sentence.clause_of(tokens.start), errand);
        let assignee = self.people.assignee(source, index, agent);
        if let Some(draft) = self.drafts[before..].last_mut() {
            draft.assignee = assignee;
        }
    }
}

/// The tokens of people behind whom `=`, `→` or a colon stands.
fn people(sentence: &Sentence, spoken_of: impl Fn(&str) -> bool) -> Vec<usize> {
    let tokens = &sentence.tokens;
    let opens = |at: usize| {
        at == 0
            || tokens[at - 1].is_mark()
            || tokens[at - 1].any(list!["and", "&"])
            || tokens[at - 1].is_dated()
    };
    (0..tokens.len().saturating_sub(2))
        .filter(|at| {
            let token = &tokens[*at];
            let person = token.any(list!["me", "i"])
                || token.capital && (token.is_first_name() || spoken_of(&token.lower));
            person && opens(*at) && tokens[at + 1].any(list!["=", "→", "->", "=>", ":"])
        })
        .collect()
}

/// Whether a date holds for the things of all: `On the 18th: Ida = soup, Ben = bread`, `Ida = soup, Ben = bread, by
/// Friday`, but not the first of `Ida = bins on Wednesdays, Ben = plants`.
fn is_shared(sentence: &Sentence, starts: &[usize], date: Option<usize>) -> bool {
    let place = sentence
        .dated()
        .iter()
        .find(|(_, found)| Some(*found) == date)
        .map(|(token, _)| *token);
    place.is_none_or(|at| {
        let ends = starts.last().is_some_and(|last| at > *last);
        starts.first().is_some_and(|first| at < *first)
            || ends && at > 0 && sentence.tokens[at - 1].is_mark()
    })
}

/// Where the thing from `from` on ends, before the next person.
fn thing_end(sentence: &Sentence, from: usize, next: usize) -> usize {
    let tokens = &sentence.tokens;
    let stop = (from..next)
        .find(|at| tokens[*at].any(list![".", ";", "!"]))
        .unwrap_or(next);
    let trailing = tokens[from..stop]
        .iter()
        .rev()
        .take_while(|token| token.is_mark() || token.any(list!["and", "&"]))
        .count();
    stop - trailing
}

#[cfg(test)]
mod tests {
    use crate::testing::{assignees, dues, summaries};

    #[test]
    fn each_persons_thing_has_its_own_day() {
        let day = |day: &str| Some(format!("2026-03-{day}"));
        for (text, days) in [
            (
                "New rota: Ida = bins on Wednesdays, Ben = plants on Fridays.",
                [day("11"), day("13")],
            ),
            (
                "Stall: Ida = bunting on Thursday, Ben = balloons.",
                [day("12"), None],
            ),
            (
                "Stall: Ida = bunting, Ben = cash box, by Thursday.",
                [day("12"), day("12")],
            ),
        ] {
            assert_eq!(dues(text), days, "{text}");
        }
    }

    #[test]
    fn what_is_handed_out_is_each_persons() {
        let text = "Picnic on the 18th: Ida = soup, Ben = paper plates, Maria = bread.";
        assert_eq!(summaries(text), ["Soup", "Paper plates", "Bread"]);
        let named = |name: &str| Some(name.to_owned());
        assert_eq!(
            assignees(text),
            [named("Ida"), named("Ben"), named("Maria")]
        );
    }
}
