//! People in a text: names and roles as subjects, and marks such as `@kim`, `(Ali)`, `– Ines`.

pub(crate) mod mark;
mod named;

use std::sync::LazyLock;

use crate::area;
use crate::clause::View;
use crate::hash::HashSet;
use crate::lexicon::{self, Class};
use crate::token::{Kind, List, Token, list};
use crate::words;

pub(crate) use mark::mark;
pub(crate) use named::Named;

/// Words that are no person, whatever their first letter.
static NO_NAMES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../data/no_names.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect()
});

/// Words that greet, in the languages that a mail in English opens with.
static GREETINGS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../data/greetings.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect()
});

/// Whether a word greets: `hi`, `bonjour`, `estimada`.
pub(crate) fn greets(lower: &str) -> bool {
    GREETINGS.contains(lower)
}

/// Whether a word that greets is no name: `Ola` may be one, `Olá` is none.
pub(crate) fn only_greets(lower: &str) -> bool {
    greets(lower) && !(lower.is_ascii() && lexicon::is_first_name(lower))
}

/// Kin that `my` makes a person.
const KIN: List<'static> = list![
    "brother",
    "sister",
    "wife",
    "husband",
    "son",
    "daughter",
    "mother",
    "father",
    "roommate",
    "flatmate",
    "partner",
    "colleague",
    "cousin",
    "mum",
    "mom",
    "dad",
];

/// A word of kinship, or for somebody close.
pub(crate) fn is_kin(lower: &str) -> bool {
    KIN.holds(lower)
        || matches!(
            lower,
            "friend"
                | "boyfriend"
                | "girlfriend"
                | "aunt"
                | "uncle"
                | "niece"
                | "nephew"
                | "neighbour"
                | "neighbor"
                | "fiancé"
                | "fiancée"
                | "boss"
                | "grandson"
                | "granddaughter"
        )
}

/// Reads a name or a role at `at`, as the text gives it; the second value is the index behind it.
pub(crate) fn name(view: &View<'_>, at: usize) -> Option<(String, usize)> {
    let (first, end) = single(view, at)?;
    if view.any(end, list!["and", "&", "+"])
        && let Some((second, end)) = single(view, end + 1)
        && view
            .get(end)
            .is_some_and(|token| token.kind == Kind::Word && !token.capital)
    {
        return Some((format!("{first} and {second}"), end));
    }
    // `Romy's mum solders the frames`
    if view.is(end, "'s")
        && KIN.holds(view.lower(end + 1))
        && view
            .verb(end + 2)
            .is_some_and(|verb| verb.forms.third && verb.lean == lexicon::Lean::Verb)
    {
        return Some((format!("{first}'s {}", view.lower(end + 1)), end + 2));
    }
    Some((first, end))
}

fn single(view: &View<'_>, at: usize) -> Option<(String, usize)> {
    let token = view.get(at)?;
    // Most words begin with a small letter and nothing makes them somebody.
    let perhaps = token.capital
        || token.is_role()
        || token.any(list!["the", "our", "my", "your", "dr", "mr", "mrs", "ms"])
        || token.lower.starts_with('@')
        || view.any(at + 1, OFFICES)
        || view.people.has(token);
    if perhaps { somebody(view, at) } else { None }
}

/// [`single`], where the words are not plainly nobody's name.
fn somebody(view: &View<'_>, at: usize) -> Option<(String, usize)> {
    let token = view.get(at)?;
    if let Some(handle) = token.lower.strip_prefix('@') {
        let name = handle.trim_matches(|c: char| !c.is_alphanumeric());
        return (!name.is_empty()).then(|| (name.to_owned(), at + 1));
    }
    if token.any(list!["the", "our", "my", "your"]) {
        return determined(view, at);
    }
    if let Some(found) = initial(view, at).or_else(|| office(view, at)) {
        return Some(found);
    }
    if token.kind != Kind::Word || token.lower.len() < 2 {
        return None;
    }
    if token.any(list!["mr", "mrs", "ms", "dr", "prof", "herr", "frau"]) && token.capital {
        let dot = usize::from(view.is(at + 1, "."));
        let name = view.get(at + 1 + dot).filter(|token| token.capital)?;
        return Some((capitalised(name), at + 2 + dot));
    }
    // `Pastor Weiss asks`, `Coach Park books`
    if token.capital && is_title(&token.lower) && surname(view, at + 1) {
        let name = view.get(at + 1)?;
        return Some((capitalised(name), at + 2));
    }
    let shown = || capitalised(token);
    // `Ravi volunteers to paint it`
    let offers = token.is("volunteers") && view.is(at + 1, "to");
    if token.is_role() && !token.any(list!["team", "teams"]) && !offers {
        let end = at + 1 + usize::from(view.any(at + 1, list!["team", "lead", "department"]));
        return Some((
            if token.capital {
                shown()
            } else {
                token.lower.clone()
            },
            end,
        ));
    }
    if view.people.has(token) && (token.capital || !common(token)) {
        return Some((shown(), at + 1 + usize::from(surname(view, at + 1))));
    }
    if !token.capital || no_name(token) {
        return None;
    }
    if token.is_first_name() {
        return Some((shown(), at + 1 + usize::from(surname(view, at + 1))));
    }
    // `…, Trace is to move the horses`: within a sentence, a capital letter and a duty.
    let bound = view.any(at + 1, list!["will", "'ll", "must"]) && view.base_verb(at + 2).is_some()
        || view.any(at + 1, list!["is", "has", "needs"])
            && view.is(at + 2, "to")
            && view.base_verb(at + 3).is_some_and(|verb| verb.base != "be");
    if bound
        && !token.upper
        && at > 0
        && view.any(at - 1, list![",", "and", "so", "then"])
        && !area::knows(&token.lower)
    {
        return Some((shown(), at + 1));
    }
    // `Walkers should use the path`: people of a kind are nobody in particular.
    let kind = token.lower.ends_with('s')
        && ["ers", "ors", "ists", "ents", "ants", "ees", "iors"]
            .iter()
            .any(|ending| token.lower.ends_with(ending));
    (!token.upper
        && !kind
        && !common(token)
        && token.lower.chars().all(|c| c.is_alphabetic() || c == '-'))
    .then(|| (shown(), at + 1 + usize::from(surname(view, at + 1))))
}

/// `the plumber`, `our sales team`, `my brother`, `your secretary`: a role behind its article.
fn determined(view: &View<'_>, at: usize) -> Option<(String, usize)> {
    let token = view.get(at)?;
    let role = view.lower(at + 1);
    let (word, end) = if view.any(
        at + 2,
        list!["team", "department", "manager", "guy", "lead"],
    ) && !token.is("my")
        && lexicon::is_role(role)
    {
        (format!("{role} {}", view.lower(at + 2)), at + 3)
    } else {
        (role.to_owned(), at + 2)
    };
    // `your secretary could send it` asks; `your mother tells me` tells.
    if token.is("your") {
        let asked = asks(view, end) || at > 0 && asks(view, at - 1);
        let known = lexicon::is_role(role) && role != "team" || KIN.holds(role);
        return (asked && known).then_some((word, end));
    }
    let known = lexicon::is_role(role) && role != "team" || (!token.is("the") && KIN.holds(role));
    known.then_some((word, end))
}

/// Whether a request is worded with the token.
pub(crate) fn asks(view: &View<'_>, at: usize) -> bool {
    view.any(at, list!["could", "can", "would", "will", "should", "to"])
}

/// The second words of offices that [`office`] knows.
const OFFICES: List<'static> = list!["desk", "lead", "leads", "manager", "office", "shift"];

/// `the front desk schedules`, `team lead to sign`, `IT moves the servers`: people by what they do.
fn office(view: &View<'_>, at: usize) -> Option<(String, usize)> {
    let token = view.get(at)?;
    if token.upper && token.is("it") {
        return Some(("IT".to_owned(), at + 1));
    }
    let firsts = match view.lower(at + 1) {
        "desk" => list!["front", "help", "service"],
        "lead" => list!["team", "tech"],
        "leads" => list!["team"],
        "manager" => list![
            "line", "nurse", "project", "property", "office", "site", "stage", "day", "duty",
            "night", "shift", "store",
        ],
        "office" => list!["head"],
        "shift" => list!["day", "night", "early", "late"],
        _ => return None,
    };
    token.any(firsts).then(|| {
        let first = if token.capital {
            capitalised(token)
        } else {
            token.lower.clone()
        };
        (format!("{first} {}", view.lower(at + 1)), at + 2)
    })
}

/// `K owes B feedback`, `M. to do the course`, `Dr S. to look into it`: a letter for a name, with its
/// verb behind it.
fn initial(view: &View<'_>, at: usize) -> Option<(String, usize)> {
    let titled = view.any(at, list!["dr", "mr", "mrs", "ms"]);
    let letter = at + usize::from(titled) + usize::from(titled && view.is(at + 1, "."));
    let token = view.get(letter)?;
    if !token.capital || token.kind != Kind::Word {
        return None;
    }
    // `JH to get a quote`, `AY reserves the gym`
    // `AM to draft the register`: no hour stands in front.
    let deed = || view.is(letter + 1, "to") && view.base_verb(letter + 2).is_some();
    let half = token.any(list!["am", "pm"]) && (letter > 0 || !deed());
    let pair = token.upper
        && token.lower.chars().count() == 2
        && !half
        && token.lower.chars().all(|c| c.is_ascii_alphabetic())
        && !token.any(list![
            "pr", "qa", "ui", "ux", "db", "ip", "gp", "md", "hq", "mr", "dr", "ms", "ok", "tv",
            "uk", "us", "eu", "un", "id", "pc", "cd", "ac", "pe", "ps", "re", "vs", "no", "so",
            "we", "my", "up", "go", "do", "is", "in", "on", "at", "it", "to", "if", "or", "by",
            "he", "me",
        ]);
    let led = at > 0
        && view.any(
            at - 1,
            list![
                "a", "an", "the", "this", "that", "my", "our", "your", "new", "open",
            ],
        );
    let pair = pair && !led;
    let single = (token.lower.chars().count() == 1 || pair) && !token.any(list!["i", "a"]);
    if !single {
        return None;
    }
    let end = letter + 1 + usize::from(view.is(letter + 1, "."));
    let acts = view.any(
        end,
        list!["to", "will", "'ll", "must", "should", "has", "needs", "is"],
    ) || view.verb(end).is_some_and(|verb| verb.forms.only_third());
    acts.then(|| (token.lower.to_uppercase(), end))
}

fn surname(view: &View<'_>, at: usize) -> bool {
    view.get(at).is_some_and(|token| {
        token.capital && token.kind == Kind::Word && !common(token) && !no_name(token)
    })
}

/// Whether a token is a word that we know to be none of a person.
fn common(token: &Token) -> bool {
    token.verb.is_some() || area::knows(&token.lower)
}

fn lexicon_word(lower: &str) -> bool {
    lexicon::verb(lower).is_some() || area::knows(lower)
}

/// A word with a capital letter in front.
pub(crate) fn capitalised(token: &Token) -> String {
    if token.upper && token.lower.len() <= 3 && !token.is_first_name() {
        return token.lower.to_uppercase();
    }
    words::capitalised(&token.lower)
}

/// Words of respect or kinship before a name.
const TITLES: List<'static> = list![
    "dr",
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "prof",
    "professor",
    "herr",
    "frau",
    "mme",
    "monsieur",
    "madame",
    "maître",
    "señor",
    "señora",
    "sr",
    "sra",
    "don",
    "doña",
    "dona",
    "senhor",
    "senhora",
    "signor",
    "signora",
    "auntie",
    "aunty",
    "aunt",
    "uncle",
    "tita",
    "tito",
    "ate",
    "kuya",
    "tante",
    "onkel",
    "brother",
    "bro",
    "sister",
    "sis",
    "elder",
    "pastor",
    "rev",
    "reverend",
    "father",
    "fr",
    "coach",
    "chef",
    "captain",
    "commander",
    "capt",
    "cllr",
    "councillor",
    "sgt",
    "sergeant",
    "lt",
    "col",
    "nurse",
    "mama",
    "baba",
    "speaker",
    "sir",
    "lady",
    "lord",
    "judge",
    "justice",
];

/// Whether a word is one of respect or kinship before a name, in any spelling.
pub(crate) fn is_title(word: &str) -> bool {
    TITLES.holds(words::lower(word).trim_end_matches('.'))
}

/// Words that are never a name, whatever their first letter.
pub(crate) fn is_no_name(lower: &str) -> bool {
    NO_NAMES.contains(lower) || only_greets(lower) || spelt_as_none(lower)
}

/// [`is_no_name`] of a token, which knows its lists.
pub(crate) fn no_name(token: &Token) -> bool {
    token.classes.has(Class::NoName) || spelt_as_none(&token.lower)
}

/// Whether the ending of a word, or a part of it, says that it is no name.
fn spelt_as_none(lower: &str) -> bool {
    // `Skiing, leaving on Friday`
    // `Separately, the lift is out`
    let adverb = lower.ends_with("ly")
        && [
            "tely", "ally", "tly", "edly", "usly", "vely", "fully", "ingly", "ably", "ibly", "ckly",
        ]
        .iter()
        .any(|ending| lower.ends_with(ending));
    let deed = lower.len() > 5 && lower.ends_with("ing");
    // `Damp-proof paint`, `Six-inch nails`
    let compound = lower.contains('-')
        && lower.rsplit('-').next().is_some_and(lexicon_word)
        && !lower.split('-').any(lexicon::is_first_name);
    // `Workload:`, `Floodlight:`, `Maintenance:`
    let thing = lower.len() > 6
        && !lexicon::is_role(lower)
        && [
            "load", "light", "board", "ment", "ness", "ship", "room", "work", "ware", "tion",
            "sion", "ance", "ence", "ency", "ancy", "cade", "house", "proof", "store", "shop",
            "ogy",
        ]
        .iter()
        .any(|ending| lower.ends_with(ending));
    (deed || adverb || compound || thing) && !lexicon::is_first_name(lower)
}

/// Words that are never a name, as they are listed.
pub(crate) fn no_names() -> impl Iterator<Item = &'static str> {
    let greetings = GREETINGS.iter().copied();
    let greetings = greetings.filter(|word| only_greets(word));
    NO_NAMES.iter().copied().chain(greetings)
}
