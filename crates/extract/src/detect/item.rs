//! Items that name their task by a noun, where items are tasks or somebody is named for them.

mod aside;
mod away;
mod errand;
mod gap;
mod handout;
mod note;
mod several;
mod state;
mod told;

use std::ops::Range;

use crate::token::{List, list};

use aside::{before_brackets, before_closing};
pub(super) use away::{comes, is_away, visits};
pub(crate) use errand::ERRAND;
use errand::Errand;
pub(crate) use note::RULE as NOTED;
pub(crate) use state::RULE as OPEN_STATE;
use told::states_only;
pub(super) use told::{changed, is_the_case};

use super::State;
use crate::action::noun;
use crate::clause::Head;
use crate::sentence::Sentence;
use crate::task::Priority;
use crate::text::{Place, Section, section_verb};
use crate::{due, lexicon, summary, words};

/// Headings of what is only reported.
const TOLD: List<'static> = list![
    "update",
    "updates",
    "status",
    "news",
    "decisions",
    "went well",
    "what went well",
    "facts",
    "findings",
    "results",
    "numbers",
    "figures",
    "observations",
    "learnings",
    "feedback",
];

impl State<'_> {
    /// An item that names its task by a noun, where items are tasks or somebody is named for it.
    pub(super) fn noun(&mut self, index: usize) {
        let source = self.source;
        let sentence = &source.sentences[index];
        if self.handed_out(index) {
            return;
        }
        if self.dated_note(index) {
            self.add_noted(index);
            return;
        }
        let place = &sentence.unit.place;
        let listed = place.item.is_some() || place.marked;
        let tasks = matches!(
            place.section,
            Section::Tasks | Section::Someday | Section::Shopping
        ) && (listed || place.heading.is_some());
        let boxed = place
            .item
            .as_ref()
            .is_some_and(|item| item.checked == Some(false));
        let low = listed && matches!(sentence.priority, Some((Priority::Low, _)));
        // The first line of a text may only say who met.
        let owned =
            sentence.person.is_some() && (listed || index > 0 || source.sentences.len() <= 3);
        let alone = self.alone(index);
        let charged = place.owner.as_ref().is_some_and(|owner| !owner.speaks)
            && (listed || !sentence.date_tokens().is_empty() || self.shared_out(place))
            && sentence
                .clauses
                .iter()
                .all(|clause| clause.head == Head::Phrase)
            && (sentence.at.len() >= 2 || self.shared_out(place) && !sentence.at.is_empty());
        let among = charged
            || listed && (self.among_tasks(index) || self.bound(index) || is_open_state(sentence));
        // What stands under `Updates` is told, not asked.
        let told = place.heading.as_ref().is_some_and(|heading| {
            let words = source.text[heading.clone()].trim_matches([':', '*', ' ']);
            TOLD.iter().any(|told| words.eq_ignore_ascii_case(told))
        });
        if told && !boxed || states_only(sentence) || self.topics.contains(&index) {
            return;
        }
        if !place.first && !owned || !(tasks || boxed || owned || low || alone || among) {
            return;
        }
        let closing = before_closing(sentence);
        let ends = closing.unwrap_or_else(|| before_brackets(sentence));
        let heads = |wanted: &dyn Fn(&Head) -> bool| {
            let mut own = sentence.clauses.iter().filter(|clause| clause.start < ends);
            own.any(|clause| wanted(&clause.head))
        };
        let brief = sentence.at.len() <= 4
            && !(0..sentence.at.len()).any(|word| {
                matches!(
                    sentence.lower(word),
                    "is" | "are" | "was" | "has" | "have" | "did" | "'s"
                )
            });
        let says =
            heads(&|head| matches!(head, Head::Cancel { .. } | Head::Negated(_) | Head::Blocked))
                || (heads(&|head| *head == Head::Statement) && !brief);
        if (says && !boxed && !low)
            || heads(&|head| matches!(head, Head::Cancel { .. }))
            || sentence.question
        {
            return;
        }
        let Some(clause) = sentence.clauses.iter().position(|clause| {
            matches!(clause.head, Head::Phrase | Head::Statement)
                && (clause.start..clause.full.end)
                    .filter_map(|word| sentence.token(word))
                    .any(|token| {
                        names_something(token) && !source.document.people.contains(&token.lower)
                    })
        }) else {
            return;
        };
        self.add_noun(index, clause);
    }

    /// Adds the task that the noun phrase in a clause names.
    pub(super) fn add_noun(&mut self, index: usize, clause: usize) {
        let source = self.source;
        let sentence = &source.sentences[index];
        let place = &sentence.unit.place;
        if self.several(index) {
            return;
        }
        let start = sentence.clauses[clause].start;
        let mut end = sentence.clauses[clause].full.end;
        // `Rewe: oat milk, lentils`
        if sentence.lower(end) == ":" {
            end = sentence
                .clauses
                .get(clause + 1)
                .map_or(end, |next| next.full.end);
        }
        // `eggs, dog food & lightbulbs`
        for next in &sentence.clauses[clause + 1..] {
            let follows = next.full.start == end
                && next.head == Head::Phrase
                && matches!(sentence.lower(end), "," | "and" | "&" | "+");
            if !follows || end - sentence.clauses[clause].start > 14 {
                break;
            }
            end = next.full.end;
        }
        let closing = before_closing(sentence).filter(|closing| *closing > start);
        let range = start..closing.map_or(end, |closing| end.min(closing));
        let nominal = self.nominal(index, range.clone());
        let (mut summary, tokens) = summary::of_noun(source.text, sentence, range.clone(), nominal);
        if place.section == Section::Shopping && nominal.is_none() {
            summary = summary::finish(&format!("buy {}", summary::lower_first(&summary)));
        }
        if let Some(verb) = place
            .heading
            .clone()
            .and_then(|heading| section_verb(&source.text[heading]))
            && nominal.is_none()
            && place.section != Section::Shopping
        {
            // `People to email` above `Sarah re invoice`, `Aunt May`: names keep their capital.
            let capital = |word: usize| sentence.token(word).is_some_and(|token| token.capital);
            let name = sentence.token(start).is_some_and(|token| {
                token.capital && (token.is_first_name() || capital(start + 1))
            });
            if !name {
                summary = summary::lower_first(&summary);
            }
            summary = summary::finish(&format!("{verb} {summary}"));
        }
        let stems = words::stems(&summary);
        if stems.is_empty() || self.joins_errand(index, &summary) {
            return;
        }
        let errand = Errand {
            summary,
            tokens,
            stems,
            bytes: sentence.unit.range.clone(),
            due: due::choose(source, sentence, clause),
            confidence: 0.7,
            rule: ERRAND,
        };
        self.add_errand(index, clause, errand);
    }

    fn nominal(&self, index: usize, range: Range<usize>) -> Option<(usize, &'static str)> {
        let sentence = &self.source.sentences[index];
        let listed = sentence.unit.place.item.is_some();
        let view = crate::clause::View {
            listed,
            ..sentence.view(&self.source.document.people)
        };
        noun::nominal(&view, range.start, range.end)
    }

    /// `Gabe: chains, shovel`, `Noor: towels`: several lines say whose each thing is, and something
    /// else is to be done.
    fn shared_out(&self, place: &Place) -> bool {
        let source = self.source;
        let known = place
            .owner
            .as_ref()
            .and_then(|owner| owner.name.as_deref())
            .is_some_and(|name| {
                let lower = name.to_lowercase();
                lexicon::is_first_name(&lower) || source.document.people.contains(&lower)
            });
        if !known || place.section != Section::Plain {
            return false;
        }
        *self.whole.shares.get_or_init(|| {
            let owned = source.sentences.iter().filter(|sentence| {
                let place = &sentence.unit.place;
                place.first && place.owner.as_ref().is_some_and(|owner| !owner.speaks)
            });
            let acts = |sentence: &Sentence| sentence.actions().next().is_some();
            !source.document.chat && owned.take(2).count() == 2 && source.sentences.iter().any(acts)
        })
    }

    /// The whole text is one short note with a date, or with a mark of its owner.
    fn alone(&self, index: usize) -> bool {
        let source = self.source;
        let sentence = &source.sentences[index];
        if index > 0 {
            return false;
        }
        let only_marked = source.sentences[1..].iter().all(|other| {
            other.tokens.iter().all(|token| {
                token.is_mark()
                    || token.mask != crate::token::Mask::None
                    || token.lower.starts_with(['@', '#'])
            })
        });
        let mut words = 0..sentence.at.len();
        let told = words.any(|word| {
            let verb = sentence.token(word + 1).and_then(|token| token.verb);
            sentence.lower(word) == "to" && verb.is_some_and(|verb| verb.forms.base)
        });
        !told
            && only_marked
            && sentence.tokens.len() <= 12
            && sentence
                .clauses
                .iter()
                .all(|clause| clause.head == Head::Phrase)
            && sentence.date_tokens().iter().any(|(_, date)| {
                let date = &source.dates[*date];
                date.recurrence.is_some() || date.due.date() >= source.now.date()
            })
    }

    /// `holiday requests by Friday`: an item that names a thing and its deadline.
    fn bound(&self, index: usize) -> bool {
        let source = self.source;
        let sentence = &source.sentences[index];
        sentence
            .clauses
            .iter()
            .all(|clause| clause.head == Head::Phrase)
            && sentence.date_tokens().iter().any(|(at, date)| {
                let date = &source.dates[*date];
                // `complaint re noise before 8am`
                let about = || {
                    let mut ahead = sentence.tokens[..*at].iter();
                    due::is_time_only(source.text, date)
                        && ahead.any(|token| token.any(list!["re", "about", "regarding", "over"]))
                };
                matches!(date.role, crate::date::Role::By | crate::date::Role::Before)
                    && date.due.date() >= source.now.date()
                    && !about()
            })
    }

    /// Most items of the same list ask for something.
    pub(super) fn among_tasks(&self, index: usize) -> bool {
        let source = self.source;
        let sentence = &source.sentences[index];
        let place = &sentence.unit.place;
        let Some(item) = &place.item else {
            return false;
        };
        let boxes = |sentence: &Sentence| {
            let item = sentence.unit.place.item.as_ref();
            item.is_some_and(|item| item.checked == Some(false))
        };
        let alike: Vec<&Sentence> = source
            .sentences
            .iter()
            .skip(index.saturating_sub(40))
            .take(80)
            .filter(|other| {
                other.unit.place.first
                    && other.unit.place.heading == place.heading
                    && other
                        .unit
                        .place
                        .item
                        .as_ref()
                        .is_some_and(|other| other.parent == item.parent && other.id != item.id)
            })
            .collect();
        let ordered = |sentence: &Sentence| {
            let strong = |head: &Head| matches!(head, Head::Action(opener) if !opener.weak);
            sentence
                .clauses
                .first()
                .is_some_and(|clause| strong(&clause.head))
        };
        let asks = |sentence: &&&Sentence| {
            let ticked = sentence
                .unit
                .place
                .item
                .as_ref()
                .is_some_and(|item| item.checked == Some(true));
            ticked || ordered(sentence) || sentence.person.is_some() || sentence.priority.is_some()
        };
        let states = alike
            .iter()
            .filter(|sentence| {
                let short = sentence.at.len() <= 6
                    && !(0..sentence.at.len()).any(|word| {
                        matches!(
                            sentence.lower(word),
                            "is" | "are" | "was" | "were" | "has" | "have" | "had" | "'s" | "did"
                        )
                    });
                sentence
                    .clauses
                    .first()
                    .is_some_and(|clause| clause.head == Head::Statement)
                    && !short
            })
            .count();
        let asking = alike.iter().filter(asks).count();
        // Where tasks have boxes, what has none is a note.
        let noted = item.checked.is_none() && alike.iter().any(|other| boxes(other));
        // Brief entries, none of them a statement: one plain order among them tells what they are.
        let brief = states == 0
            && asking > 0
            && alike.iter().any(|other| ordered(other))
            && alike
                .iter()
                .all(|other| other.tokens.iter().filter(|token| token.is_word()).count() <= 12);
        !alike.is_empty()
            && !noted
            && (brief || asking * 2 >= alike.len() && states * 4 <= alike.len())
    }
}

/// Words behind which a thing is named, and before which a verb tells what was done.
const DETERMINERS: List<'static> = list![
    "the", "a", "an", "my", "our", "your", "his", "her", "its", "their", "all", "both", "two",
    "three", "new", "some", "this", "that", "it", "them", "him", "me", "us", "in", "on", "at",
    "by", "to", "for", "from", "with", "up", "off", "out", "over", "as",
];

/// `Sync indicator – in progress, Xiu`: the state of an entry, behind its words.
fn is_open_state(sentence: &Sentence) -> bool {
    let tokens = &sentence.tokens;
    (1..tokens.len()).any(|at| {
        let next = |word: &str| tokens.get(at + 1).is_some_and(|token| token.is(word));
        let behind = tokens[at - 1].is_mark();
        let open = tokens[at].any(list![
            "todo",
            "pending",
            "blocked",
            "wip",
            "open",
            "outstanding"
        ]) || tokens[at].is("to") && next("do")
            || tokens[at].is("in") && (next("progress") || next("review"));
        behind && open
    })
}

/// A word that can carry a task on its own: no name, no greeting.
fn names_something(token: &crate::token::Token) -> bool {
    let greeting = token.any(list![
        "thx", "thanks", "cheers", "regards", "best", "xo", "xx", "love", "hi", "hello", "ok",
    ]);
    words::is_content(token)
        && !greeting
        && token.lower.chars().any(char::is_alphabetic)
        && (!token.capital
            || crate::area::knows(&token.lower)
            || token.verb.is_some()
            || token.upper
            || !token.is_first_name())
}
