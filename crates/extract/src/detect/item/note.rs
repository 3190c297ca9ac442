//! Notes of several things, each with its day, a line each or in a row: `Vet Tuesday 9:15`, `boiler service
//! Friday`; `vet 9:15 Tuesday, rent Friday, call Ida`; `homework: geography map for Wednesday, spelling for
//! Friday`; `Thursday: vet 9:30, recycling out`.

use std::ops::Range;

use super::super::{Source, State};
use super::several::date_of;
use crate::clause::Head;
use crate::draft::Draft;
use crate::due::{self, Chosen};
use crate::sentence::Sentence;
use crate::token::{Kind, List, Token, list};
use crate::words;

/// Why a thing with its day is a task.
pub(crate) const RULE: &str = "noted with its day";

/// Lines of a note at most.
const MOST: usize = 8;
/// Words of one thing at most, without its day.
const LONGEST: usize = 6;

/// What people have to see to themselves: visits, payments, papers. A yoga class or a match is on without them.
const OWN: List<'static> = list![
    "dentist",
    "dentist's",
    "doctor",
    "doctor's",
    "doctors",
    "gp",
    "vet",
    "vet's",
    "vets",
    "optician",
    "optician's",
    "opticians",
    "physio",
    "hygienist",
    "orthodontist",
    "chiropodist",
    "dermatologist",
    "paediatrician",
    "pediatrician",
    "hairdresser",
    "hairdresser's",
    "barber",
    "barber's",
    "haircut",
    "groomer",
    "mot",
    "tyres",
    "tires",
    "service",
    "servicing",
    "inspection",
    "checkup",
    "check-up",
    "jab",
    "jabs",
    "vaccination",
    "vaccine",
    "scan",
    "x-ray",
    "appointment",
    "appt",
    "rent",
    "bill",
    "bills",
    "tax",
    "taxes",
    "invoice",
    "deposit",
    "insurance",
    "premium",
    "loan",
    "mortgage",
    "subscription",
    "fine",
    "fees",
    "instalment",
    "installment",
    "essay",
    "homework",
    "worksheet",
    "assignment",
    "coursework",
    "form",
    "forms",
    "slip",
    "application",
    "report",
    "passport",
    "passports",
    "visa",
    "licence",
    "license",
    "permit",
    "registration",
    "renewal",
    "prescription",
    "parcel",
    "package",
    "present",
    "gift",
    "books",
    "plumber",
    "electrician",
    "locksmith",
    "sweep",
    "interview",
    "cleaners",
];

/// Labels in front of what is to be handed in or done.
const LABELS: List<'static> = list![
    "homework",
    "hw",
    "todo",
    "errands",
    "due",
    "deadlines",
    "jobs",
    "chores",
];

impl State<'_> {
    /// Whether the whole text is a note of things with a day each, this one among them.
    pub(super) fn dated_note(&self, index: usize) -> bool {
        let source = self.source;
        let sentence = &source.sentences[index];
        (!sentence.dated().is_empty() || is_brief(sentence))
            && *self.whole.dated_notes.get_or_init(|| is_note(source))
            && starts_with_thing(&sentence.tokens)
    }

    /// Takes the things of a sentence that names several, each with its day; what was found in it so far, the
    /// drafts from `first` on, keeps to its own day.
    pub(in crate::detect) fn row_of_notes(&mut self, index: usize, first: usize) {
        let source = self.source;
        let sentence = &source.sentences[index];
        let Some(row) = row(source, sentence) else {
            return;
        };
        let day = row
            .label
            .and_then(|label| date_of(source, sentence, &(0..label)));
        for part in &row.parts {
            let own = date_of(source, sentence, part);
            let joined = own
                .as_ref()
                .and_then(|own| due::on_day(source, own, day.as_ref()));
            let due = joined.or(own).or_else(|| day.clone());
            if !self.keep_to(sentence, first, part, due.as_ref()) {
                self.add_part(index, part, due, RULE);
            }
        }
        self.drafts[first..].sort_by_key(|draft| opening(sentence, draft));
    }

    /// Gives the drafts made of words of a part its day; whether there are any.
    fn keep_to(
        &mut self,
        sentence: &Sentence,
        first: usize,
        part: &Range<usize>,
        due: Option<&Chosen>,
    ) -> bool {
        let mut known = false;
        for draft in &mut self.drafts[first..] {
            let begins = opening(sentence, draft).is_some_and(|token| part.contains(&token));
            if begins || draft.tokens.iter().any(|token| part.contains(token)) {
                draft.due = due.cloned();
                known = true;
            }
        }
        known
    }
}

impl State<'_> {
    /// Adds the thing that a line of such a note names.
    pub(super) fn add_noted(&mut self, index: usize) {
        let sentence = &self.source.sentences[index];
        let part = 0..sentence.tokens.len();
        let due = date_of(self.source, sentence, &part);
        self.add_part(index, &part, due, RULE);
    }
}

/// The token at which the words of a draft begin.
fn opening(sentence: &Sentence, draft: &Draft) -> Option<usize> {
    let start = sentence.clauses.get(draft.clause)?.start;
    (draft.tokens.first()).or(sentence.at.get(start)).copied()
}

/// Whether a text consists of a few things with a day each, at least half of which are one's own to see to.
fn is_note(source: &Source<'_>) -> bool {
    let sentences = source.sentences;
    if !(2..=MOST).contains(&sentences.len()) || source.document.chat {
        return false;
    }
    let named = |sentence: &Sentence| {
        let place = &sentence.unit.place;
        place.heading.is_none()
            && place.owner.is_none()
            && !sentence.question
            && sentence.at.len() <= LONGEST + 1
            && starts_with_thing(&sentence.tokens)
            && sentence.clauses.iter().all(|clause| {
                matches!(clause.head, Head::Phrase) || matches!(clause.head, Head::Action(_))
            })
            && (ahead(source, sentence) || is_brief(sentence))
    };
    let dated = sentences
        .iter()
        .filter(|sentence| !sentence.dated().is_empty());
    let own = sentences
        .iter()
        .filter(|sentence| sentence.tokens.iter().any(|token| token.any(OWN)));
    own.count() * 2 >= sentences.len() && dated.count() >= 2 && sentences.iter().all(named)
}

/// `MOT!` among lines with a day: one word for what has to be seen to.
fn is_brief(sentence: &Sentence) -> bool {
    let mut words = sentence.tokens.iter().filter(|token| token.is_word());
    let known = words.next().is_some_and(|token| token.any(OWN));
    known && words.next().is_none()
}

/// Whether one of the days of a sentence is still to come, and is no repetition.
fn ahead(source: &Source<'_>, sentence: &Sentence) -> bool {
    let mut dates = sentence
        .dated()
        .iter()
        .map(|(_, date)| &source.dates[*date]);
    dates.any(|date| date.recurrence.is_none() && date.due.date() >= source.now.date())
}

/// What a row of notes consists of: its label, up to the colon, and its things.
struct Row {
    label: Option<usize>,
    parts: Vec<Range<usize>>,
}

/// Cuts a sentence that names several things, most of them with a day; `None` where it does anything else.
fn row(source: &Source<'_>, sentence: &Sentence) -> Option<Row> {
    let tokens = &sentence.tokens;
    if sentence.dated().len() < 2 || source.document.chat || tokens.len() > 60 || sentence.question
    {
        return None;
    }
    let label = tokens.iter().take(4).position(|token| token.is(":"));
    let from = label.map_or(0, |colon| colon + 1);
    let cut = |at: usize| tokens[at].any(list![",", ";"]);
    let mut parts = Vec::new();
    let mut start = from;
    for at in from..=tokens.len() {
        if at < tokens.len() && !cut(at) {
            continue;
        }
        if tokens[start.min(at)..at].iter().any(Token::is_word) {
            parts.push(start..at);
        }
        start = at + 1;
    }
    let dated = |part: &&Range<usize>| {
        let own = &tokens[(*part).clone()];
        starts_with_thing(own) && own.iter().any(Token::is_dated)
    };
    let labelled = label.is_some_and(|colon| tokens[..colon].iter().any(|token| token.any(LABELS)));
    let day = label.is_some_and(|colon| tokens[0].is_dated() && colon <= 3);
    if label.is_some() && !labelled && !day {
        return None;
    }
    let own = parts
        .iter()
        .filter(dated)
        .any(|part| tokens[part.clone()].iter().any(|token| token.any(OWN)));
    let least = if day { 1 } else { 2 };
    let enough = parts.len() >= 3 || label.is_some() && parts.len() == 2;
    let first = parts.first().is_some_and(|part| dated(&part)) || day;
    (enough
        && first
        && (own || labelled)
        && parts.iter().filter(dated).count() >= least
        && parts.iter().all(|part| is_plain(sentence, part)))
    .then_some(Row { label, parts })
}

/// A few words in front that name a thing, and no person.
fn starts_with_thing(tokens: &[Token]) -> bool {
    let Some(first) = tokens.first() else {
        return false;
    };
    let mut words = tokens.iter().take_while(|token| !token.is_dated());
    first.kind == Kind::Word
        && !first.is_dated()
        && words.any(|token| words::is_content(token) && !(token.capital && token.is_first_name()))
}

/// A thing or an order of few words, which tells nothing.
fn is_plain(sentence: &Sentence, part: &Range<usize>) -> bool {
    const TELLS: List<'static> = list![
        "i", "we", "he", "she", "they", "you", "it", "is", "are", "was", "were", "has", "have",
        "had", "did", "will", "'s", "'m", "'re", "'ve", "'ll", "who", "which", "but", "would",
        "could", "should", "can", "n't", "not", "no", "be", "been", ":",
    ];
    let own = sentence.tokens[part.clone()]
        .iter()
        .filter(|token| !token.is_dated());
    let told = |token: &Token| {
        let over = token
            .verb
            .is_some_and(|verb| verb.forms.past && !verb.forms.base);
        token.any(TELLS) || over
    };
    let mut count = 0;
    for token in own {
        if told(token) {
            return false;
        }
        count += usize::from(token.is_word());
    }
    (1..=LONGEST).contains(&count)
}

#[cfg(test)]
mod tests {
    use crate::testing::{assignees, dues, found, summaries};

    #[test]
    fn lines_that_name_a_thing_and_its_day_are_tasks() {
        assert_eq!(
            found("Optician Tue 9:15\nVet Wed 10am"),
            ["Optician", "Vet"]
        );
        assert_eq!(
            found("Water bill due 14th\nRent Friday\nSchool play Thursday 6pm"),
            ["Water bill", "Rent", "School play"]
        );
        assert_eq!(
            found("Tyres, Monday. Haircut, Thursday at 4."),
            ["Tyres", "Haircut"]
        );
    }

    #[test]
    fn one_word_among_such_lines_needs_no_day() {
        let text = "dentist weds 2.40\nMOT!\nEllie swimming bag thurs";
        assert_eq!(summaries(text), ["Dentist", "MOT", "Ellie swimming bag"]);
        assert_eq!(dues(text)[1], None);
        for text in ["MOT!\nEllie swims thurs", "Rent!\nYoga Monday", "Report"] {
            assert_eq!(summaries(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_row_of_things_keeps_each_to_its_day() {
        let text = "dentist 3pm thurs, council tax wed, ring gran";
        assert_eq!(summaries(text), ["Dentist", "Council tax", "Ring gran"]);
        let days = ["2026-03-12T15:00:00+01:00", "2026-03-11"].map(|day| Some(day.to_owned()));
        assert_eq!(dues(text)[..2], days);
        assert_eq!(dues(text)[2], None);
        assert_eq!(assignees(text), [None, None, None]);
        let text = "hw: geography map for Wed, spelling list for Friday";
        assert_eq!(summaries(text), ["Geography map", "Spelling list"]);
        let text = "Thursday: vet 9:30, recycling out";
        assert_eq!(summaries(text), ["Vet", "Recycling out"]);
        let days = ["2026-03-12T09:30:00+01:00", "2026-03-12"].map(|day| Some(day.to_owned()));
        assert_eq!(dues(text), days);
    }

    #[test]
    fn what_is_on_without_anybody_stays_quiet() {
        for text in [
            "Maths Mon 9:00\nEnglish Mon 10:00\nHistory Tue 11:00",
            "Yoga Monday 18:00\nPilates Tuesday 19:00\nZumba Thursday 18:30",
            "Rehearsal Monday 7pm\nConcert Saturday 8pm\nParty Sunday",
            "Ana Monday\nBen Tuesday\nCleo Wednesday",
            "Bins: Monday\nRecycling: Thursday",
            "dentist was 3pm tues, rent went up fri, mum called",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }
}
