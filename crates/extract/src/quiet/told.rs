//! Texts that tell nobody anything: stories, advice, jokes, lists of prices, programmes.
//!
//! Several signals are added up, for and against; a single word decides nothing.

use std::cell::LazyCell;

use crate::action::ORDER;
use crate::action::opener::Agent;
use crate::detect::{ERRAND, Source};
use crate::draft::Draft;
use crate::sentence::Sentence;
use crate::text::Section;
use crate::token::{Kind, List, Token, list};

/// Words that say something of all people and all times.
const GENERAL: List<'static> = list![
    "always",
    "never",
    "ever",
    "everyone",
    "everybody",
    "people",
    "usually",
    "generally",
    "nobody",
    "typically",
    "most",
    "century",
];

/// Words of those who hand sayings down.
const ELDERS: List<'static> = list![
    "grandmother",
    "grandfather",
    "grandma",
    "grandpa",
    "abuela",
    "abuelo",
    "nonna",
    "nonno",
    "nani",
    "granny",
    "gran",
    "nan",
    "oma",
    "opa",
    "mother",
    "father",
    "uncle",
    "aunt",
    "coach",
    "teacher",
    "he",
    "she",
    "they",
    "people",
    "locals",
    "boss",
    "proverb",
    "legend",
];

/// Words in front of a text for the public; a colon, a number or `notes` stands behind them.
const PUBLIC: List<'static> = list![
    "changelog",
    "faq",
    "faqs",
    "tips",
    "horoscope",
    "trivia",
    "quiz",
    "riddle",
    "proverb",
    "fable",
];

/// Words of an audience.
const AUDIENCE: List<'static> = list![
    "podcast",
    "listener",
    "listeners",
    "viewers",
    "sponsor",
    "readers",
    "subscribers",
    "gamers",
    "spoiler",
];

/// Words of a kitchen; many of them make a recipe.
const KITCHEN: List<'static> = list![
    "salsa", "tomatoes", "garlic", "onion", "onions", "salt", "pepper", "blend", "blender", "peel",
    "char", "chop", "stir", "simmer", "boil", "bake", "fry", "oven", "dough", "pan", "sauce",
    "soup", "cilantro", "parsley", "oil", "butter", "sugar", "flour", "rice", "beans", "lemon",
    "grate", "whisk", "starter", "fold", "knead", "roast", "season", "serve", "potatoes", "eggs",
    "broth",
];

/// Words of forecasts.
const WEATHER: List<'static> = list![
    "sunny",
    "sunshine",
    "rain",
    "rainy",
    "showers",
    "cloudy",
    "clouds",
    "wind",
    "windy",
    "storms",
    "thunderstorms",
    "dry",
    "snow",
    "fog",
    "foggy",
    "frost",
    "mild",
    "degrees",
    "forecast",
    "weather",
];

/// Why nothing in a text is for its reader to do.
pub(super) fn to_nobody(source: &Source<'_>, drafts: &[Draft]) -> Option<&'static str> {
    if is_price_list(source) {
        return Some("a list of prices");
    }
    if is_programme(source, drafts) {
        return Some("a programme");
    }
    // Most texts have a writer or ask somebody, and need not be looked through.
    if source.document.is_between_people() || source.sentences.iter().any(asks) {
        return None;
    }
    let public = LazyCell::new(|| is_public(source.text));
    let (loose, dated) = loose(source, drafts, &|| *public);
    if loose && told(source, *public).score() >= if dated { 5 } else { 3 } {
        return Some("a story, or advice to anybody");
    }
    None
}

/// Whether nothing says for whom a draft is, and whether any has a date.
fn loose(source: &Source<'_>, drafts: &[Draft], public: &dyn Fn() -> bool) -> (bool, bool) {
    let loose = |draft: &Draft| {
        let place = &source.sentences[draft.sentence].unit.place;
        let item = place.item.as_ref();
        let listed = item.is_some_and(|item| item.checked.is_some() || !public())
            || place.marked
            || matches!(
                place.section,
                Section::Tasks | Section::Shopping | Section::Someday
            );
        let anybody = draft.rule == ORDER && draft.agent == Agent::Unsaid || draft.agent == Agent::Addressee
            // The whole of its first sentence, which names nothing to do.
            || draft.rule == ERRAND && draft.sentence == 0 && public();
        anybody && draft.assignee.is_none() && draft.priority.is_none() && !listed
    };
    let mut alive = drafts.iter().filter(|draft| draft.alive);
    let mut dues = alive.clone().filter_map(|draft| draft.due.as_ref());
    let dated = dues.any(|due| due.recurrence.is_none());
    (alive.all(loose), dated)
}

/// Whether a sentence asks somebody, or plans.
fn asks(sentence: &Sentence) -> bool {
    let tokens = &sentence.tokens;
    let own = |at: usize| {
        tokens[at].any(list!["i", "we"])
            && tokens.get(at + 1).is_some_and(|next| {
                next.any(list![
                    "'ll", "will", "need", "must", "should", "have", "want", "gotta", "'d",
                ])
            })
    };
    (0..tokens.len()).any(|at| {
        tokens[at].any(list![
            "please", "todo", "remind", "asap", "forget", "reminder"
        ]) || own(at)
    })
}

/// What in a text speaks for a story or for general advice.
#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent signals, each with its own weight"
)]
struct Told {
    words: usize,
    orders: usize,
    /// Past deeds of others.
    past: usize,
    general: usize,
    /// Somebody is quoted: `he always said`, `she swears by it`.
    quoted: bool,
    /// `if you are ever in`, `when visiting`: for a time that may never come.
    ever: bool,
    /// `one should`, `ask yourself`, `did you know`, `why do we`.
    anyone: bool,
    public: bool,
    audience: usize,
    kitchen: usize,
    weather: usize,
}

impl Told {
    fn score(&self) -> usize {
        if self.words < if self.public { 8 } else { 12 } {
            return 0;
        }
        self.past.min(2) / 2
            + self.general.min(1)
            + 2 * usize::from(self.quoted)
            + 3 * usize::from(self.ever)
            + 2 * usize::from(self.anyone)
            + 3 * usize::from(self.public)
            + self.audience.min(2)
            + usize::from(self.kitchen >= 4)
            + 5 * usize::from(self.weather >= 4)
            + usize::from(self.orders >= 3)
    }
}

fn told(source: &Source<'_>, public: bool) -> Told {
    let mut told = Told {
        public,
        ..Told::default()
    };
    for sentence in source.sentences {
        told.orders += sentence.actions().count();
        for at in 0..sentence.tokens.len() {
            hear(&sentence.tokens, at, &mut told);
        }
    }
    told
}

/// Whether a text is one for the public, by its first line.
fn is_public(text: &str) -> bool {
    let first = first_line(text);
    // No title needs more words.
    let blank = first.match_indices(char::is_whitespace).nth(8);
    let title = 0..blank.map_or(first.len(), |(at, _)| at);
    opens_public(&crate::token::tokenize(first, title))
        || opens_with(first)
        || asks_and_answers(text)
}

/// `Patch notes:`, `Changelog 2.1`, `Ten tips: …`
fn opens_public(tokens: &[Token]) -> bool {
    let end = |at: usize| {
        tokens
            .get(at)
            .is_none_or(|next| next.any(list![":", "."]) || next.kind == Kind::Number)
    };
    (0..tokens.len().min(3)).any(|at| {
        let notes = tokens[at].any(list!["patch", "release"])
            && tokens.get(at + 1).is_some_and(|next| next.is("notes"))
            && (end(at + 2) || tokens.get(at + 2).is_some_and(|next| next.is("for")));
        // `General tip for new keepers: …`
        let whom = tokens[at].any(list!["tip", "tips", "advice", "wisdom", "rule", "rules"])
            && (tokens.get(at + 1)).is_some_and(|next| next.any(list!["for", "from", "of", "to"]))
            && tokens[at..].iter().any(|token| token.is(":"));
        notes || whom || tokens[at].any(PUBLIC) && end(at + 1)
    })
}

/// Counts what the word at `at` says of the text.
fn hear(tokens: &[Token], at: usize, told: &mut Told) {
    let token = &tokens[at];
    if !token.is_word() {
        return;
    }
    let next =
        |offset: usize, words: List<'_>| tokens.get(at + offset).is_some_and(|it| it.any(words));
    let before = |words: List<'_>| {
        tokens[at.saturating_sub(3)..at]
            .iter()
            .any(|it| it.any(words))
    };
    let verb = token
        .verb
        .filter(|verb| verb.forms.past && !verb.forms.base);
    told.words += 1;
    let stranger =
        before(list!["he", "she", "they", "it", "who", "that", "this"]) || before(ELDERS);
    told.past +=
        usize::from(stranger && (verb.is_some() || token.any(list!["was", "were", "had", "did"])));
    told.general +=
        usize::from(token.any(GENERAL) || token.is("any") && before(list!["you", "your"]));
    let says = token.any(list![
        "said", "says", "told", "taught", "swears", "swore", "insisted", "made",
    ]);
    let elder = tokens[at.saturating_sub(5)..at]
        .iter()
        .any(|it| it.any(ELDERS))
        || tokens[at + 1..tokens.len().min(at + 4)]
            .iter()
            .any(|it| it.any(ELDERS));
    let habit = before(list!["always", "never", "used", "so"])
        || next(1, list!["by"])
        || next(1, list!["us"])
        || at + 1 == tokens.len()
        || next(1, list![".", ",", ":"]);
    told.quoted |= says && elder && habit;
    told.ever |= token.is("ever") && before(list!["if", "when", "whenever"])
        || token.any(list!["when", "while"])
            && next(1, list!["visiting", "travelling", "traveling", "in"]);
    told.quoted |= token.is("advice") && next(1, list!["was", "is", ":"]);
    told.anyone |= token.is("one") && next(1, list!["should", "must", "can", "ought"])
        || token.is("yourself") && at > 0 && tokens[at - 1].any(list!["ask", "tell", "remind"])
        || token.is("did") && next(1, list!["you"]) && next(2, list!["know"])
        || token.is("why") && next(1, list!["do", "does"]) && next(2, list!["we", "you", "people"])
        || token.is("rule") && next(1, list!["number"])
        || token.is("works") && next(1, list!["for"]) && next(2, list!["me", "us"])
        || token.any(list!["trick", "secret", "key"]) && next(1, list!["to", "with", "of", "is"]);
    told.audience += usize::from(token.any(AUDIENCE));
    told.kitchen += usize::from(token.any(KITCHEN));
    told.weather += usize::from(token.any(WEATHER));
}

/// Whether the first line of the text has one of the words.
fn heading_says(source: &Source<'_>, words: &[&str]) -> bool {
    let first = crate::words::lower(first_line(source.text));
    words.iter().any(|word| first.contains(word))
}

/// The first words of columns and pages for anybody.
fn opens_with(line: &str) -> bool {
    const OPENINGS: &[&str] = &[
        "how it works",
        "how to ",
        "tip of the day",
        "did you know",
        "fun fact",
        "pro tip",
        "life hack",
        "quote of the day",
        "word of the day",
        "on this day",
        "once upon a time",
    ];
    begins(line, OPENINGS)
}

fn begins(line: &str, openings: &[&str]) -> bool {
    openings.iter().any(|opening| {
        line.get(..opening.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(opening))
    })
}

/// `Unpopular opinion: we should ban lawns`: what somebody only thinks.
pub(super) fn opines(text: &str) -> bool {
    const OPENINGS: &[&str] = &[
        "unpopular opinion",
        "unpopular take",
        "hot take",
        "controversial take",
        "controversial opinion",
        "shower thought",
    ];
    begins(first_line(text), OPENINGS)
}

/// `Q: …` and `A: …`, each with a colon.
fn asks_and_answers(text: &str) -> bool {
    let says = |label: &str| {
        text.match_indices(label).any(|(at, _)| {
            text[..at]
                .chars()
                .next_back()
                .is_none_or(char::is_whitespace)
        })
    };
    says("Q: ") && says("A: ")
}

fn first_line(text: &str) -> &str {
    let line = text.trim_start().lines().next().unwrap_or("");
    let mut end = line.len().min(200);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    &line[..end]
}

/// Lines that end in an amount, under a word for prices.
fn is_price_list(source: &Source<'_>) -> bool {
    let lines: Vec<&Sentence> = source
        .sentences
        .iter()
        .filter(|sentence| sentence.unit.place.first)
        .collect();
    let ends = |sentence: &&&Sentence| {
        let mut tokens = sentence.tokens.iter().rev().filter(|token| !token.is("."));
        let last = tokens.next();
        let number = |token: Option<&Token>| {
            token.is_some_and(|token| token.kind == Kind::Number && !token.is_dated())
        };
        let money =
            last.is_some_and(|token| token.any(list!["€", "$", "£", "eur", "chf", "usd", "gbp"]));
        sentence.tokens.len() > 1 && (number(last) || money && number(tokens.next()))
    };
    let priced = lines.iter().filter(ends).count();
    let boxed = |sentence: &Sentence| {
        let item = sentence.unit.place.item.as_ref();
        item.is_some_and(|item| item.checked.is_some())
            || sentence.person.is_some()
            || asks(sentence)
    };
    let bought = |sentence: &&Sentence| sentence.unit.place.section == Section::Shopping;
    priced >= 3
        && priced * 2 >= lines.len()
        && heading_says(
            source,
            &["price", "tariff", "menu", "preise", "rates", "fees"],
        )
        && !source.sentences.iter().any(boxed)
        && !lines.iter().any(bought)
}

/// Lines that open with a day and a time and name what is on then, and nobody who does anything.
fn is_programme(source: &Source<'_>, drafts: &[Draft]) -> bool {
    let lines: Vec<&Sentence> = source
        .sentences
        .iter()
        .filter(|sentence| sentence.unit.place.first)
        .collect();
    let timed = lines
        .iter()
        .filter(|sentence| sentence.tokens.first().is_some_and(Token::is_dated))
        .count();
    let plain = drafts.iter().filter(|draft| draft.alive).all(|draft| {
        (draft.rule == ERRAND || draft.sentence == 0 && draft.rule == ORDER)
            && draft.priority.is_none()
            && (draft.sentence == 0 || !source.sentences[draft.sentence].date_tokens().is_empty())
    });
    // `(OV)` behind a film looks like a name.
    let named = drafts
        .iter()
        .filter(|draft| draft.alive && draft.assignee.is_some())
        .count();
    named * 3 <= drafts.len()
        && timed >= 3
        && timed * 3 >= lines.len() * 2
        && plain
        && heading_says(
            source,
            &[
                "programme",
                "program",
                "schedule",
                "timetable",
                "showtimes",
                "fixtures",
                "line-up",
                "lineup",
                "departures",
                "arrivals",
                "opening hours",
                "tour dates",
            ],
        )
        && !source.sentences.iter().any(asks)
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn a_list_of_prices_asks_for_nothing() {
        let text = "Dog parlour – prices from April\nWash 30\nClip from 45\nNails 12\nPuppies 20\n";
        assert_eq!(found(text), [""; 0]);
    }

    #[test]
    fn what_a_grandfather_used_to_say_is_a_story() {
        let text = "My grandfather kept bees and never wore a veil. Move slowly, he said, and always \
                    talk to them. They stung everyone but him.";
        assert_eq!(found(text), [""; 0]);
    }

    #[test]
    fn a_note_with_a_memory_in_it_stays_a_note() {
        let text =
            "The tap dripped all night again. Call the plumber tomorrow, he was always quick.";
        assert_eq!(found(text).len(), 1);
    }
}
