//! Words as data: verbs with their forms, first names, roles.

mod known;

use std::sync::LazyLock;

pub(crate) use known::{Class, Classes, Known, known};

use crate::hash::{HashMap, HashSet};

/// How readily a word is taken for a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lean {
    /// Hardly ever anything but a verb.
    Verb,
    /// Also a noun, but a verb at the start of a clause.
    Either,
    /// A noun unless what follows makes it a verb.
    Noun,
    /// A verb that names no deed one could be asked for.
    State,
    /// A verb that is a deed only with the right words behind it (`get`, `keep`, `go`).
    Light,
}

/// Forms in which a verb can stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent properties, each asked for by its name"
)]
pub(crate) struct Forms {
    pub base: bool,
    pub third: bool,
    pub past: bool,
    pub participle: bool,
    pub ing: bool,
}

impl Forms {
    /// A form that says what somebody does, and gives no order: `checks`, not `check`.
    pub(crate) fn only_third(self) -> bool {
        self.third && !self.base
    }
}

/// A word read as a verb.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Verb {
    /// The form in the dictionary.
    pub base: &'static str,
    pub lean: Lean,
    pub forms: Forms,
}

static VERBS: LazyLock<HashMap<String, Verb>> = LazyLock::new(|| {
    let mut verbs = HashMap::default();
    for line in include_str!("../data/verbs.txt").lines() {
        add_verb(&mut verbs, line);
    }
    verbs
});

static NAMES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../data/names.txt")
        .lines()
        .chain(include_str!("../data/more_names.txt").lines())
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect()
});

/// Roles and groups that can be told to do something.
static ROLES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../data/roles.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect()
});

/// The word as a verb, in any form.
pub(crate) fn verb(lower: &str) -> Option<Verb> {
    VERBS.get(lower).copied().or_else(|| derived(lower))
}

/// A word that is not listed, as a verb that is, behind a prefix.
fn derived(lower: &str) -> Option<Verb> {
    let hyphened = lower.strip_prefix("re-").and_then(|rest| VERBS.get(rest));
    hyphened.or_else(|| prefixed(lower)).copied()
}

/// The listed verbs that begin with a letter, each once.
pub(crate) fn bases(first: u8) -> impl Iterator<Item = Verb> {
    static BY_LETTER: LazyLock<HashMap<u8, Vec<Verb>>> = LazyLock::new(|| {
        let mut letters: HashMap<u8, Vec<Verb>> = HashMap::default();
        for (form, verb) in VERBS.iter() {
            if form == verb.base {
                letters
                    .entry(verb.base.as_bytes()[0])
                    .or_default()
                    .push(*verb);
            }
        }
        letters
    });
    BY_LETTER.get(&first).into_iter().flatten().copied()
}

/// What stands behind each prefix that a word begins with.
fn rests(lower: &str) -> impl Iterator<Item = &str> {
    let prefixes: &[&str] = match lower.as_bytes().first() {
        Some(b'r') => &["re"],
        Some(b'u') => &["un", "un-"],
        Some(b'p') => &["pre", "pre-"],
        Some(b'o') => &["over", "out"],
        Some(b'd') => &["dis", "de", "de-"],
        Some(b'm') => &["mis"],
        Some(b'c') => &["cross-"],
        _ => &[],
    };
    let fitting = prefixes.iter();
    fitting.filter_map(move |prefix| lower.strip_prefix(prefix))
}

/// `recount`, `unbox`: a known verb behind a prefix.
fn prefixed(lower: &str) -> Option<&'static Verb> {
    // Letters of the shortest such verb, and of it with a prefix.
    const SHORTEST: usize = 4;
    if lower.len() < SHORTEST + 2 {
        return None;
    }
    rests(lower)
        .filter(|rest| rest.len() >= SHORTEST)
        .find_map(|rest| VERBS.get(rest))
        .filter(|verb| {
            verb.lean == Lean::Verb && verb.base.len() >= 4
                || verb.lean == Lean::Either && verb.base.len() >= 5 && lower.starts_with("re")
        })
}

/// The plain form of a verb as the text's own word has it: `re-recorded` is `re-record`.
pub(crate) fn plain_form(lower: &str) -> String {
    match (VERBS.get(lower), lower.strip_prefix("re-").and_then(verb)) {
        (Some(verb), _) => verb.base.to_owned(),
        (None, None) if prefixed(lower).is_some() => {
            let verb = prefixed(lower).map_or("", |verb| verb.base);
            let cut = lower.len() - lower.len().min(behind_prefix(lower));
            format!("{}{verb}", &lower[..cut])
        }
        (None, Some(verb)) => format!("re-{}", verb.base),
        (None, None) => without_ending(lower),
    }
}

/// `reworded` is `reword`, `notarised` is `notarise`: the plain form of a verb we do not know.
fn without_ending(lower: &str) -> String {
    let cut = lower
        .strip_suffix("ed")
        .or_else(|| lower.strip_suffix("ing"));
    let Some(stem) = cut.filter(|stem| stem.len() > 3) else {
        let third = lower.len() > 4
            && !["ss", "us", "is", "as"]
                .iter()
                .any(|end| lower.ends_with(end));
        return if third {
            crate::words::cut(lower).into_owned()
        } else {
            lower.to_owned()
        };
    };
    let last = stem.chars().next_back().unwrap_or_default();
    let doubled =
        stem.len() > 4 && stem.ends_with([last, last].iter().collect::<String>().as_str());
    if let Some(rest) = stem.strip_suffix('i') {
        format!("{rest}y")
    } else if doubled && !matches!(last, 'l' | 's' | 'z' | 'f') {
        stem[..stem.len() - last.len_utf8()].to_owned()
    } else if [
        "is", "iz", "at", "us", "uc", "ag", "rg", "dg", "v", "u", "as", "os", "ur", "ir", "in",
    ]
    .iter()
    .any(|ending| stem.ends_with(ending))
    {
        format!("{stem}e")
    } else {
        stem.to_owned()
    }
}

/// Length of what stands behind the prefix of a verb.
fn behind_prefix(lower: &str) -> usize {
    rests(lower)
        .find(|rest| VERBS.contains_key(*rest))
        .map_or(lower.len(), str::len)
}

/// The word as the plain form of a verb.
pub(crate) fn base_verb(lower: &str) -> Option<Verb> {
    verb(lower).filter(|verb| verb.forms.base)
}

/// Whether the word is a first name on the list.
pub(crate) fn is_first_name(lower: &str) -> bool {
    NAMES.contains(lower) || (!lower.is_ascii() && NAMES.contains(without_accents(lower).as_str()))
}

/// A word in the letters from a to z, as far as they have the same shape: `ramón` is `ramon`.
fn without_accents(lower: &str) -> String {
    let mut plain = String::with_capacity(lower.len());
    for c in lower.chars() {
        match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => plain.push('a'),
            'ç' | 'ć' | 'č' | 'ċ' => plain.push('c'),
            'ď' | 'đ' | 'ð' => plain.push('d'),
            'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => plain.push('e'),
            'ğ' | 'ģ' => plain.push('g'),
            'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => plain.push('i'),
            'ķ' => plain.push('k'),
            'ľ' | 'ł' | 'ļ' => plain.push('l'),
            'ñ' | 'ń' | 'ň' | 'ņ' => plain.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ő' | 'ō' => plain.push('o'),
            'ř' => plain.push('r'),
            'ś' | 'š' | 'ş' | 'ș' => plain.push('s'),
            'ť' | 'ţ' | 'ț' => plain.push('t'),
            'ù' | 'ú' | 'û' | 'ü' | 'ű' | 'ū' | 'ů' | 'ų' => plain.push('u'),
            'ý' | 'ÿ' => plain.push('y'),
            'ź' | 'ż' | 'ž' => plain.push('z'),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'ß' => plain.push_str("ss"),
            'þ' => plain.push_str("th"),
            // The dot that a lower-case `İ` leaves, and marks on their own.
            '\u{300}'..='\u{36f}' => {}
            other => plain.push(other),
        }
    }
    plain
}

/// Whether the word is a role or a group.
pub(crate) fn is_role(lower: &str) -> bool {
    ROLES.contains(lower)
}

fn add_verb(verbs: &mut HashMap<String, Verb>, line: &'static str) {
    let line = line.split('#').next().unwrap_or_default();
    let mut words = line.split_whitespace();
    let Some(head) = words.next() else { return };
    let (base, flags) = head.split_once('/').unwrap_or((head, ""));
    let doubles = base.ends_with('*');
    let base = base.trim_end_matches('*');
    let lean = match flags.chars().next() {
        Some('n') => Lean::Either,
        Some('N') => Lean::Noun,
        Some('s') => Lean::State,
        Some('m' | 'g') => Lean::Light,
        _ => Lean::Verb,
    };
    let stem = if doubles {
        let last = base.chars().next_back().unwrap_or_default();
        format!("{base}{last}")
    } else if let Some(stem) = base.strip_suffix('e').filter(|stem| !stem.ends_with('e')) {
        stem.to_owned()
    } else {
        base.to_owned()
    };
    let past = past_form(base, &stem);
    let mut irregular = words;
    let past_tense = irregular.next().map_or_else(|| past.clone(), str::to_owned);
    let participle = irregular.next().map_or_else(|| past.clone(), str::to_owned);
    let ing = match base {
        "be" | "see" | "oversee" | "flee" => format!("{base}ing"),
        "die" | "lie" | "tie" => format!("{}ying", &base[..base.len() - 2]),
        _ => format!("{stem}ing"),
    };
    let mut put = |form: String, set: fn(&mut Forms)| {
        let entry = verbs.entry(form).or_insert(Verb {
            base,
            lean,
            forms: Forms::default(),
        });
        if entry.base == base || !entry.forms.base {
            set(&mut entry.forms);
        }
    };
    put(base.to_owned(), |forms| forms.base = true);
    put(third_person(base), |forms| forms.third = true);
    put(past_tense, |forms| forms.past = true);
    put(participle, |forms| forms.participle = true);
    put(ing, |forms| forms.ing = true);
    if let Some(stem) = other_stem(base, &stem) {
        put(format!("{stem}ed"), |forms| {
            forms.past = true;
            forms.participle = true;
        });
        put(format!("{stem}ing"), |forms| forms.ing = true);
    }
    if base == "be" {
        for form in ["is", "are", "am"] {
            put(form.to_owned(), |forms| forms.third = true);
        }
        put("were".to_owned(), |forms| forms.past = true);
    }
}

/// The stem as it is spelt across the ocean: `cancelled` and `canceled`, `labelling` and `labeling`.
fn other_stem(base: &str, stem: &str) -> Option<String> {
    let root = base
        .strip_suffix("el")
        .or_else(|| base.strip_suffix("al"))?;
    let long = root.ends_with(['a', 'e', 'o']);
    (!long).then(|| {
        if stem == base {
            format!("{base}l")
        } else {
            base.to_owned()
        }
    })
}

fn past_form(base: &str, stem: &str) -> String {
    match base.strip_suffix('y') {
        Some(rest) if !rest.ends_with(['a', 'e', 'o', 'u']) => format!("{rest}ied"),
        _ if base.ends_with('e') => format!("{base}d"),
        _ => format!("{stem}ed"),
    }
}

fn third_person(base: &str) -> String {
    match base.strip_suffix('y') {
        _ if base == "have" => "has".to_owned(),
        Some(rest) if !rest.ends_with(['a', 'e', 'o', 'u']) => format!("{rest}ies"),
        _ if base.ends_with(['s', 'x', 'z', 'o'])
            || base.ends_with("sh")
            || base.ends_with("ch") =>
        {
            format!("{base}es")
        }
        _ => format!("{base}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_lead_to_their_base() {
        for (form, base) in [
            ("planning", "plan"),
            ("tidied", "tidy"),
            ("written", "write"),
            ("submitted", "submit"),
            ("fixes", "fix"),
            ("has", "have"),
            ("paid", "pay"),
            ("making", "make"),
            ("updated", "update"),
            ("agreed", "agree"),
            ("cancelled", "cancel"),
            ("canceled", "cancel"),
            ("labeling", "label"),
            ("fuelled", "fuel"),
            ("revealed", "reveal"),
        ] {
            assert_eq!(verb(form).map(|verb| verb.base), Some(base), "{form}");
        }
    }

    #[test]
    fn every_listed_verb_has_a_plain_form() {
        assert!(base_verb("send").is_some_and(|verb| verb.lean == Lean::Verb));
        assert!(base_verb("call").is_some_and(|verb| verb.lean == Lean::Either));
        assert!(base_verb("sent").is_none());
        assert!(base_verb("put").is_some_and(|verb| verb.forms.past));
    }

    #[test]
    fn names_are_known_in_lower_case() {
        assert!(is_first_name("ines") && !is_first_name("invoice"));
    }
}
