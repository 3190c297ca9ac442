//! Whether a text instructs the reader in general: recipes, how-to texts, advice. Nobody is asked to
//! do anything by them.

mod kind;
mod words;

use crate::action::opener::Agent;
use crate::clause::Head;
use crate::date::{FoundDate, Role};
use crate::sentence::Sentence;
use crate::text::Section;
use crate::token::list;
use kind::Kind;
pub(crate) use kind::{Kinds, telling_words};
pub(crate) use words::SIGNS;

/// What a text is counted by.
#[derive(Default)]
struct Counts {
    words: usize,
    cooking: usize,
    general: usize,
    personal: usize,
    close: usize,
    you: usize,
    dated: usize,
    listed: usize,
    selling: usize,
    guiding: usize,
    directing: usize,
    ruling: usize,
    hiring: usize,
    starry: usize,
    judging: usize,
    orders: usize,
    /// Orders that nobody dated, said `please` to or put into a list.
    bare: usize,
    /// Speaks of himself: `I`, `my`.
    own: usize,
    /// `please`.
    asking: usize,
    /// Names of places, shops and the like: words with a capital in the middle of a sentence.
    proper: usize,
    named: usize,
    /// Numbered lines as one jots them down: in small letters, without a full stop.
    jotted: usize,
}

impl Counts {
    /// Counts a word by the lists it stands in.
    fn tell(&mut self, kinds: Kinds) {
        self.cooking += kinds.count(Kind::Cooking);
        self.general += kinds.count(Kind::General);
        self.personal += kinds.count(Kind::Personal);
        self.close += kinds.count(Kind::Close);
        self.selling += kinds.count(Kind::Selling);
        self.guiding += kinds.count(Kind::Guiding);
        self.directing += kinds.count(Kind::Directing);
        self.ruling += kinds.count(Kind::Ruling);
        self.hiring += kinds.count(Kind::Hiring);
        self.starry += kinds.count(Kind::Starry);
        self.judging += kinds.count(Kind::Judging);
    }
}

/// Whether one of the sentences says by which day: `pay the card by the 25th`.
fn has_term(text: &str, sentences: &[Sentence], dates: &[FoundDate]) -> bool {
    let term = |date: &FoundDate| {
        let words = text.get(date.bytes.clone()).unwrap_or_default();
        date.role == Role::By && date.time_alone.is_none() && words.starts_with("by ")
    };
    let mut found = sentences.iter().flat_map(Sentence::date_tokens);
    found.any(|(_, date)| term(&dates[date]))
}

/// Words of a text that is more than a note.
const SHORT: usize = 30;

/// Whether the sentences are instructions for anybody.
pub(crate) fn instructs(text: &str, sentences: &[Sentence], dates: &[FoundDate]) -> bool {
    let mut counts = Counts::default();
    for sentence in sentences {
        count(sentence, &mut counts);
    }
    // A numbered list is one of tasks where a heading dates it.
    let headed = sentences.iter().any(|sentence| {
        let heading = sentence.unit.place.heading.as_ref();
        heading.is_some_and(|heading| {
            let at = dates.partition_point(|date| date.bytes.end <= heading.start);
            dates
                .get(at)
                .is_some_and(|date| date.bytes.start < heading.end)
        })
    });
    counts.listed += usize::from(headed);
    let once = sentences
        .iter()
        .flat_map(Sentence::date_tokens)
        .filter(|(_, date)| dates[*date].recurrence.is_none());
    let once = once.count();
    let Counts {
        words,
        cooking,
        general,
        personal,
        dated,
        listed,
        ..
    } = counts;
    let guide = (dated == 0 || personal == 0 && counts.named == 0)
        && sentences.first().is_some_and(|sentence| {
            sentence.lower(0) == "how" && sentence.lower(1) == "to" && !sentence.question
        });
    let dish = cooking >= 3
        && counts.bare >= 2
        && dated == 0
        && listed == 0
        && counts.asking == 0
        && counts.named == 0
        && cooking * 16 >= words;
    let recipe =
        guide || dish || cooking >= 4 && cooking * 12 >= words && personal <= 1 && dated <= 1;
    let advice = personal == 0
        && listed == 0
        && dated == 0
        && words >= 14
        && general >= 1
        && counts.you + general >= 2;
    recipe
        || advice
        || tells_a_way(text, &counts, once)
        || for_anybody(&counts)
        // A few orders, one of them by a day, are somebody's.
        || to_nobody(&counts) && !(words < SHORT && has_term(text, sentences, dates))
        || of_a_kind(&counts)
        || interview(sentences)
}

/// Wordings of advice and of what is told of old.
const CUES: &[&str] = &[
    "how to ",
    " are ever ",
    "'re ever ",
    "’re ever ",
    "you ever ",
    "one should",
    "rule of thumb",
    "rule number",
    "swears by",
    "swear by",
    "swore by",
    "said my ",
    "they say",
    "used to say",
    "always said",
    "always says",
    "always told",
    "never used a",
    "patch notes",
    "proverb",
    "my advice",
    "pro tip",
    "life hack",
    "in general",
    "the old way",
    "the secret is",
    "works every time",
    "always worked",
    "my tip for",
    "tip from",
    "tips from",
    "'s tips",
    "old wisdom",
    "ranch wisdom",
    "in case of fire",
    "in case of emergency",
    "etiquette",
    "regulations:",
    "house rules",
    "trick for ",
    "recipe for ",
    "you asked how ",
    "for what it's worth",
    "a word to all",
    "a word from your",
    "works for us",
    "i can't even",
    "i can’t even",
    "see if i care",
    "kill me now",
    "give me strength",
    "said no one ever",
    "said nobody ever",
    "to anyone who",
    "so says the",
    "lessons learned",
    "words of advice",
    "piece of advice",
];

/// Wordings of advice that say so themselves, whatever days it names.
const SURE_CUES: &[&str] = &[" tip: ", "my two cents", "worked for me"];

/// Orders among words that make them advice for anybody: `if you are ever in …`, `swears by it`.
fn tells_a_way(text: &str, counts: &Counts, once: usize) -> bool {
    let said = || {
        let lower = text.to_lowercase();
        let says = |cues: &[&str]| cues.iter().any(|cue| lower.contains(cue));
        says(SURE_CUES) || once == 0 && says(CUES)
    };
    counts.orders > 0
        && (counts.bare == counts.orders || counts.own == 0 && counts.named == 0)
        && counts.listed == 0
        && counts.asking == 0
        && counts.own <= 5
        && said()
}

/// Whether every order is one without a date, a reader or a writer, in words of general advice,
/// selling or judging: nobody here means anybody.
fn to_nobody(counts: &Counts) -> bool {
    let general = counts.cooking
        + counts.general
        + counts.selling
        + counts.guiding
        + counts.directing
        + counts.ruling
        + counts.judging;
    // A long row of orders is a way of doing things, though the writer says `we` once.
    let speaks = match counts {
        Counts { judging: 2.., .. } => 3,
        Counts { bare: 4.., .. } => 1,
        _ => 0,
    };
    counts.bare > 0
        && counts.jotted < 2
        && counts.bare * 4 >= counts.orders * 3
        && counts.listed == 0
        && counts.asking == 0
        && (counts.orders > 3 || counts.dated * 2 < counts.orders)
        && counts.named <= usize::from(counts.judging >= 2)
        && counts.own <= speaks
        && counts.words >= 15
        // `Pick up the batteries at Boots, then drop the robes at the dry cleaner's.`
        && general >= 2 + if counts.bare > 2 { 0 } else { counts.proper.min(2) }
        && (general * 15 >= counts.words
            || counts.bare >= 2
                && counts.bare == counts.orders
                && counts.dated == 0
                && general * 22 >= counts.words)
}

/// Contracts, job advertisements, forecasts by the stars, reviews.
fn of_a_kind(counts: &Counts) -> bool {
    let dense = |hits: usize, least: usize| hits >= least && hits * 14 >= counts.words;
    // `Book a table at the restaurant and a room at the hotel.`
    let judged = if counts.words < 14 { 3 } else { 2 };
    counts.own <= counts.hiring / 2 && counts.named == 0 && dense(counts.hiring, 3)
        || counts.close == 0
            && counts.named == 0
            && (dense(counts.starry, 2)
                || counts.listed == 0 && (dense(counts.ruling, 3) || dense(counts.judging, judged)))
}

/// Questions and answers before an audience.
fn interview(sentences: &[Sentence]) -> bool {
    let says = |label: &str| {
        sentences.iter().any(|sentence| {
            let owner = sentence.unit.place.owner.as_ref();
            owner
                .and_then(|owner| owner.name.as_deref())
                .is_some_and(|name| name.eq_ignore_ascii_case(label))
        })
    };
    let one_of = |labels: &[&str]| labels.iter().any(|label| says(label));
    one_of(&[
        "host",
        "interviewer",
        "moderator",
        "presenter",
        "reporter",
        "journalist",
    ]) && one_of(&[
        "guest",
        "candidate",
        "minister",
        "skipper",
        "author",
        "expert",
        "caller",
        "mayor",
        "player",
        "coach",
        "senator",
        "actor",
        "singer",
    ]) || says("guide") && one_of(&["tourist", "visitor"])
        || says("commentator 1")
        || (says("q") && says("a"))
}

/// Lines that break in the middle of their sentences: a poem, a song.
pub(crate) fn sings(text: &str) -> bool {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let chorus = lines.iter().any(|line| {
        ["(chorus)", "[chorus]", "chorus:", "(verse)", "[verse 1]"]
            .iter()
            .any(|label| line.eq_ignore_ascii_case(label))
    });
    // Most texts have fewer lines than a poem.
    if lines.len() < 4 {
        return chorus;
    }
    let short = lines
        .iter()
        .all(|line| line.split_whitespace().count() <= 11);
    let plain = lines.iter().all(|line| {
        line.starts_with(|c: char| c.is_alphabetic() || c == '(') && !line.contains(": ")
    });
    if !(short && plain) {
        return chorus;
    }
    if rhymes(&lines) {
        return true;
    }
    let breaks = lines
        .windows(2)
        .filter(|pair| {
            pair[0].ends_with([',', ';', '–', '—'])
                && pair[0].split_whitespace().count() >= 4
                && pair[1].chars().next().is_some_and(char::is_lowercase)
        })
        .count();
    let commas = lines
        .iter()
        .filter(|line| line.ends_with([',', ';']))
        .count();
    chorus || breaks >= 2 - usize::from(commas >= 2)
}

/// Lines of much the same length, two of them with the same sound at their ends.
fn rhymes(lines: &[&str]) -> bool {
    let long = lines.iter().all(|line| {
        line.split_whitespace().count() >= 4 && !line.contains(|c: char| c.is_ascii_digit())
    });
    let ends: Vec<String> = lines
        .iter()
        .filter_map(|line| line.split_whitespace().next_back())
        .map(|word| {
            word.trim_matches(|c: char| !c.is_alphabetic())
                .to_lowercase()
        })
        .collect();
    let sound = |word: &str| -> String {
        let skip = word.chars().count().saturating_sub(3);
        word.chars().skip(skip).collect()
    };
    let alike =
        |a: &String, b: &String| a != b && a.len() >= 4 && b.len() >= 4 && sound(a) == sound(b);
    long && (1..ends.len())
        .any(|at| (at.saturating_sub(3)..at).any(|before| alike(&ends[before], &ends[at])))
}

/// Orders without anybody who gives or takes them: an advertisement, a manual, a description of a
/// way.
fn for_anybody(counts: &Counts) -> bool {
    let apart = counts.close == 0
        && counts.listed == 0
        && counts.jotted < 2
        && counts.named == 0
        && counts.orders > 0
        && counts.bare * 2 >= counts.orders
        && counts.words >= 10;
    let sells = counts.selling >= 3 && counts.selling * 12 >= counts.words;
    let guides = counts.guiding + counts.cooking >= 3
        && (counts.guiding + counts.cooking) * 14 >= counts.words
        && counts.dated <= 1;
    apart && (sells || guides)
}

/// Whether a token is the verb of a deed.
fn is_ordered(sentence: &Sentence, token: usize) -> bool {
    sentence.clauses.iter().any(|clause| {
        matches!(&clause.head, Head::Action(opener) if sentence.at.get(opener.verb) == Some(&token))
    })
}

/// How many orders of a sentence could be meant for anybody: no date, no `please`, no subject but `you`.
fn bare_orders(sentence: &Sentence) -> usize {
    if !sentence.date_tokens().is_empty() && sentence.actions().count() < 3 {
        return 0;
    }
    let anybody = |clause: &usize| match &sentence.clauses[*clause].head {
        Head::Action(opener) => {
            let ordered = opener.agent == Agent::Unsaid && !opener.firm;
            ordered || opener.agent == Agent::Addressee && !opener.firm
        }
        _ => false,
    };
    sentence.actions().filter(anybody).count()
}

/// `3. order tiles`, and no `3. Fry the onions.`
fn jots(sentence: &Sentence) -> bool {
    let place = &sentence.unit.place;
    let numbered = place
        .item
        .as_ref()
        .is_some_and(|item| item.number.is_some());
    let ends = || sentence.tokens.last().is_some_and(|last| last.is("."));
    let small = || sentence.tokens.iter().find(|token| token.is_word());
    numbered && place.first && !ends() && small().is_some_and(|first| !first.capital)
}

fn count(sentence: &Sentence, counts: &mut Counts) {
    let place = &sentence.unit.place;
    counts.listed += usize::from(
        place
            .item
            .as_ref()
            .is_some_and(|item| item.number.is_none())
            || matches!(
                place.section,
                Section::Tasks | Section::Shopping | Section::Someday
            )
            || place.marked
            || place.owner.is_some(),
    );
    counts.jotted += usize::from(jots(sentence));
    let owner = place.owner.as_ref().and_then(|owner| owner.name.as_deref());
    counts.starry += owner.map_or(0, |name| {
        Kinds::of(&name.to_lowercase()).count(Kind::Starry)
    });
    counts.dated += sentence.date_tokens().len();
    counts.orders += sentence.actions().count();
    counts.bare += bare_orders(sentence);
    counts.named += usize::from(sentence.person.is_some());
    for (at, token) in sentence.tokens.iter().enumerate() {
        if !token.is_word() {
            counts.selling += usize::from(token.is("%"));
            continue;
        }
        counts.words += 1;
        // `Book the hotel` is no review of a book.
        let books = token.is("book") && is_ordered(sentence, at);
        // `Remember to lock the shed` reminds somebody; `Remember: less is more` is advice.
        let reminds = token.is("remember")
            && sentence
                .tokens
                .get(at + 1)
                .is_some_and(|next| next.is("to"));
        if !token.kinds.is_empty() && !books && !reminds {
            counts.tell(token.kinds);
        }
        counts.own += usize::from(token.any(list!["i", "me", "my", "we", "us", "our"]));
        counts.asking += usize::from(token.any(list!["please", "pls", "kindly"]));
        counts.you += usize::from(token.any(list!["you", "your"]));
        let inside = at > 0 && sentence.tokens[at - 1].is_word();
        counts.proper += usize::from(inside && token.capital && !token.upper && !token.is("i"));
        counts.named += usize::from(
            at > 0
                && token.capital
                && !token.upper
                && token.is_first_name()
                && !token.any(list![
                    "will", "may", "mark", "rose", "grace", "hope", "joy", "holly",
                ]),
        );
    }
}
