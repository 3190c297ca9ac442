//! Words as they are typed in a hurry: short forms (`cn u`, `som1`, `2 return`) and slips of the
//! fingers in verbs (`chnage`, `defrst`).
//!
//! Short forms are read wherever they stand. A slip is mended only where the words beside it call for a
//! verb and other words show that the writer was in a hurry: no dictionary tells a slip from a rare
//! word.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::{Kind, List, Token, list};
use crate::hash::HashMap;
use crate::lexicon::{self, Class, Known, Lean};

/// Short forms that stand for one word and are none of their own, by that word.
const SHORT: &[(&str, &[&str])] = &[
    ("you", &["u", "ya", "yuo"]),
    ("your", &["ur", "yr"]),
    ("them", &["em"]),
    (
        "please",
        &[
            "plz", "pls", "plss", "plsss", "plese", "pleese", "plase", "plaese",
        ],
    ),
    ("because", &["bc", "cuz", "coz", "cos"]),
    ("about", &["abt"]),
    ("want", &["wanna"]),
    ("should", &["shd", "shud", "shoud", "shold", "shuld"]),
    ("though", &["tho"]),
    ("can", &["cn", "cna"]),
    ("could", &["cud", "cld", "coud", "coudl"]),
    ("would", &["wud", "wld", "woud", "woudl"]),
    (
        "someone",
        &[
            "som1", "sum1", "sm1", "some1", "somone", "sumone", "smone", "smn",
        ],
    ),
    ("have", &["hav", "hve", "ahve"]),
    ("need", &["nede", "neeed"]),
    ("the", &["teh"]),
    ("this", &["ths"]),
    ("that", &["tht", "taht"]),
    ("from", &["frm"]),
    ("and", &["nd"]),
    ("before", &["b4", "bevor", "befor"]),
    ("text", &["txt"]),
    ("send", &["snd"]),
    ("work", &["wrk"]),
    ("good", &["gd"]),
    ("sorry", &["sory"]),
    ("receive", &["recieve"]),
    (
        "remember",
        &[
            "rmember",
            "rember",
            "remeber",
            "rmbr",
            "remembr",
            "remmber",
            "rememer",
            "rembember",
        ],
    ),
    ("forget", &["forgett", "forgt", "foget", "fogret", "froget"]),
    ("gotta", &["gota"]),
    ("until", &["untl", "untill"]),
    ("just", &["jsut", "jus"]),
];

/// What the spelling of a word shows of a hurry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Typed {
    /// It is short for this word.
    Short(&'static str),
    /// Fingers slipped in this word.
    Slip(&'static str),
    /// Nobody writes it who has time.
    Hurried,
}

impl Typed {
    /// The word that is meant by one as it is written: `LSAT` is no slip.
    fn word(self, raw: &str) -> Option<&'static str> {
        let shouted = raw.len() > 1 && raw.bytes().all(|byte| byte.is_ascii_uppercase());
        match self {
            Self::Short(word) => Some(word),
            Self::Slip(word) if !shouted => Some(word),
            Self::Slip(_) | Self::Hurried => None,
        }
    }
}

/// The word that is meant by one that is written otherwise, and whether it was written in a hurry.
pub(super) fn meant(lower: &str, raw: &str, known: Known) -> (Option<String>, bool) {
    // `wash it n hang it up`
    if raw == "n" {
        return (Some("and".to_owned()), true);
    }
    let Some(typed) = typed(lower, known) else {
        return (without_g(lower, known), false);
    };
    let word = typed.word(raw);
    let hurried = word.is_some() || typed == Typed::Hurried;
    (word.map(str::to_owned), hurried)
}

/// What the words of both lists show, by their spelling.
static BY_FORM: LazyLock<HashMap<Cow<'static, str>, Typed>> = LazyLock::new(|| {
    let mut by_form: HashMap<Cow<'static, str>, Typed> = HashMap::default();
    by_form.extend(HURRIED.iter().map(|form| ((*form).into(), Typed::Hurried)));
    for word in COMMON {
        by_form.extend(slips(word).map(|form| (form.into(), Typed::Slip(word))));
    }
    for (word, forms) in SHORT {
        by_form.extend(
            forms
                .iter()
                .map(|form| ((*form).into(), Typed::Short(word))),
        );
    }
    by_form
});

/// The spellings that show a hurry.
pub(crate) fn forms() -> impl Iterator<Item = &'static str> {
    BY_FORM.keys().map(Cow::as_ref)
}

/// What the spelling of a word shows of a hurry, of which this is known.
pub(super) fn typed(lower: &str, known: Known) -> Option<Typed> {
    let listed = known.classes.has(Class::Typed);
    let found = listed.then(|| BY_FORM.get(lower).copied()).flatten();
    found.or_else(|| please(lower).map(Typed::Short))
}

/// `doin`, `carryin'`: the -ing form of a verb, as it is said.
fn without_g(lower: &str, known: Known) -> Option<String> {
    let noun = matches!(
        lower,
        "checkin" | "plugin" | "login" | "signin" | "cabin" | "basin"
    );
    let said = lower.len() >= 4 && lower.ends_with("in") && !noun && known.verb.is_none();
    let full = said.then(|| format!("{lower}g"))?;
    lexicon::verb(&full)
        .is_some_and(|verb| verb.forms.ing && !verb.forms.base)
        .then_some(full)
}

/// Every word that a common one becomes by two swapped letters, and longer ones by one left out.
fn slips(word: &'static str) -> impl Iterator<Item = String> {
    const REAL: List<'static> = list!["form", "three", "fro", "juts", "pleas", "pease", "tanks"];
    let swapped = (1..word.len()).map(|at| {
        let mut letters = word.as_bytes().to_vec();
        letters.swap(at - 1, at);
        letters
    });
    let left_out = (1..word.len().saturating_sub(1)).filter(|_| word.len() >= 6);
    let left_out = left_out.map(|at| [&word.as_bytes()[..at], &word.as_bytes()[at + 1..]].concat());
    swapped
        .chain(left_out)
        .filter_map(|letters| String::from_utf8(letters).ok())
        .filter(move |form| {
            form != word
                && !REAL.holds(form.as_str())
                && !COMMON.holds(form.as_str())
                && lexicon::verb(form).is_none()
        })
}

/// Common words in which fingers slip.
const COMMON: List<'static> = list![
    "please", "could", "would", "should", "can", "you", "your", "the", "them", "they", "their",
    "there", "this", "that", "these", "those", "with", "from", "and", "before", "after", "until",
    "need", "needs", "want", "wants", "have", "will", "what", "when", "just", "some", "someone",
    "somebody", "because", "about", "must", "also", "time", "last", "him", "her", "our", "sorry",
    "thanks", "into", "then", "who", "not", "but", "gotta", "gonna",
];

/// `pleeease`, `plssss`
fn please(lower: &str) -> Option<&'static str> {
    let rest = lower.strip_prefix("ple")?.trim_start_matches('e');
    let rest = rest.strip_prefix('a')?.trim_start_matches('a');
    let rest = rest.strip_prefix('s')?.trim_start_matches('s');
    (lower.len() > 6 && rest.chars().all(|c| c == 'e') && !rest.is_empty()).then_some("please")
}

/// Reads what only its neighbours explain: `need 2 return`, `gotta b there`, a slip in a verb.
pub(super) fn mend(tokens: &mut [Token]) {
    let hurried = tokens.iter().filter(|token| token.hurried).count();
    for at in 0..tokens.len() {
        let verb_behind = |at: usize| {
            tokens
                .get(at)
                .is_some_and(|next| lexicon::base_verb(&next.lower).is_some())
        };
        let full = match tokens[at].lower.as_str() {
            "2" if at > 0 && tokens[at - 1].any(LEAD_TO) && verb_behind(at + 1) => "to",
            "b" if at > 0
                && tokens[at - 1].any(list!["gotta", "to", "will", "'ll", "must", "would"]) =>
            {
                "be"
            }
            "ned"
                if !tokens[at].capital
                    && tokens
                        .get(at + 1)
                        .is_some_and(|next| next.any(list!["to", "2"])) =>
            {
                "need"
            }
            _ if hurried >= 2 && called_for(tokens, at) => match slipped(&tokens[at]) {
                Some(base) => base,
                None => continue,
            },
            _ => continue,
        };
        let token = &mut tokens[at];
        token.reword(full);
        token.repaired = Some(full.to_owned());
        token.kind = Kind::Word;
    }
}

/// Words before `2` that make it `to`.
const LEAD_TO: List<'static> = list![
    "need", "needs", "have", "has", "got", "want", "wants", "remember", "forget", "ought", "going",
    "able", "try", "had", "like",
];

/// Words that nobody writes who has time.
const HURRIED: &[&str] = &[
    "n't", "tmrw", "tmw", "tomorow", "tomorro", "2day", "2moro", "thx", "lol", "im", "wk", "2",
    "4", "moday", "munday", "wensday", "fridy", "saterday", "1st", "r", "k", "kk", "gonna",
    "gotta", "nite", "til", "alredy", "mornin", "frist", "tme", "forgt", "foget",
];

/// Whether the words before `at` call for a verb.
fn called_for(tokens: &[Token], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| &tokens[before]) else {
        return true;
    };
    before.any(list![
        "please", "to", "you", "and", "then", "will", "'ll", "must", "should", "someone", "just",
        "thing", "also",
    ]) || before.is_mark() && !before.is("'")
}

/// The verb that a word is with one letter too many, missing, changed or swapped.
fn slipped(token: &Token) -> Option<&'static str> {
    let word = token.lower.as_str();
    let plain = token.kind == Kind::Word
        && token.verb.is_none()
        && !token.capital
        && token.repaired.is_none()
        && word.len() >= 4
        && word.bytes().all(|byte| byte.is_ascii_lowercase())
        && !lexicon::is_first_name(word)
        && !lexicon::is_role(word)
        && !token.any(list![
            "until", "after", "before", "size", "while", "since", "there", "where", "here", "some",
            "they", "then", "than", "with", "from", "into", "onto", "over", "under", "about",
            "mine", "hers", "ours", "once", "also", "only", "even", "ever", "both", "each",
            "every", "what",
        ])
        && !crate::area::knows(word);
    if !plain {
        return None;
    }
    let letters = |word: &str| {
        let mut letters = word.as_bytes().to_vec();
        letters.sort_unstable();
        letters
    };
    let found: Vec<&'static str> = lexicon::bases(word.as_bytes()[0])
        .filter(|verb| matches!(verb.lean, Lean::Verb | Lean::Either))
        .map(|verb| verb.base)
        .filter(|base| base.len() >= 4 && one_slip(word.as_bytes(), base.as_bytes()))
        .collect();
    // Two swapped letters are the likeliest slip.
    let swapped = found.iter().find(|base| letters(base) == letters(word));
    match (swapped, found.as_slice()) {
        (Some(base), _) | (None, [base]) => Some(base),
        _ => None,
    }
}

/// Whether `a` becomes `b` by one letter added, dropped or changed, or by two swapped ones.
fn one_slip(a: &[u8], b: &[u8]) -> bool {
    let head = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[head..], &b[head..]);
    if a.is_empty() || b.is_empty() {
        return a.len() + b.len() <= 1;
    }
    let changed = a[1..] == b[1..];
    let dropped = a[1..] == *b;
    let added = *a == b[1..];
    let swapped = a.len() > 1 && b.len() > 1 && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..];
    changed || dropped || added || swapped
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn short_forms_are_read_in_full() {
        assert_eq!(found("cn u water teh ferns b4 friday"), ["Water the ferns"]);
        assert_eq!(found("need 2 post the keys by friday"), ["Post the keys"]);
    }

    #[test]
    fn slips_in_verbs_are_mended_in_hurried_words() {
        assert_eq!(
            found("pls colect teh parcel on friday n retrun the drill"),
            ["Collect the parcel", "Return the drill"]
        );
    }

    #[test]
    fn swapped_letters_in_common_words_are_read() {
        assert_eq!(
            found("Pelase cuold yuo post tehm the keys by friday"),
            ["Post them the keys"]
        );
        assert_eq!(found("Three of the forms are there, thanks."), [""; 0]);
    }

    #[test]
    fn a_dropped_g_is_heard() {
        assert_eq!(
            found("Ida's carryin' the ladder over on Friday."),
            ["Carry the ladder over"]
        );
        assert_eq!(
            found("we're doin the gutters on Saturday"),
            ["Do the gutters"]
        );
    }

    #[test]
    fn unhurried_words_are_left_alone() {
        assert!(found("Two bakers and a printet diploma were there.").is_empty());
    }
}
