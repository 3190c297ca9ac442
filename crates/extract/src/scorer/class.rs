//! What kind of word a token is, as far as the lists and its ending tell.

use crate::detect::Source;
use crate::lexicon::Lean;
use crate::token::{Kind, Token};
use crate::weights::{Part, part};

/// The class of a word; small words stand for themselves.
pub(super) fn class<'a>(source: &Source<'_>, token: &'a Token) -> Part<'a> {
    let lower = token.lower.as_str();
    if let Some(class) = small_word(lower) {
        return class;
    }
    match token.kind {
        Kind::Punctuation => return *part!("mark"),
        Kind::Symbol => return *part!("symbol"),
        Kind::Number => return *part!("number"),
        Kind::Word => {}
    }
    if let Some(verb) = token.verb {
        return match (form(token), verb.lean) {
            ("base", Lean::Verb) => *part!("vbV"),
            ("base", Lean::Either) => *part!("vbE"),
            ("base", Lean::Noun) => *part!("vbN"),
            ("base", Lean::State) => *part!("vbS"),
            ("base", Lean::Light) => *part!("vbL"),
            ("third", _) => *part!("vbz"),
            ("past" | "part", _) => *part!("vbd"),
            ("ing", _) => *part!("vbg"),
            _ => *part!("vb?"),
        };
    }
    if source.document.people.has(token) || token.capital && token.is_first_name() {
        return *part!("name");
    }
    if token.is_role() {
        return *part!("role");
    }
    ending(token)
}

/// Pronouns, auxiliaries, articles, prepositions and conjunctions.
fn small_word(lower: &str) -> Option<Part<'_>> {
    Some(match lower {
        "i" | "we" | "you" | "he" | "she" | "they" | "it" | "this" | "that" | "there" | "to"
        | "not" | "n't" | "please" | "if" | "when" | "by" | "for" | "from" | "of" | "with" => {
            Part::of(lower)
        }
        "'ll" | "will" | "shall" => *part!("will"),
        "can" | "could" | "may" | "might" | "would" | "'d" => *part!("could"),
        "must" | "should" | "ought" => *part!("must"),
        "is" | "are" | "was" | "were" | "be" | "been" | "am" | "'s" | "'re" | "'m" => *part!("be"),
        "have" | "has" | "had" | "'ve" => *part!("have"),
        "do" | "does" | "did" => *part!("do"),
        "a" | "an" | "the" | "my" | "our" | "your" | "his" | "her" | "their" | "some" | "any"
        | "all" | "these" | "those" => *part!("det"),
        "and" | "or" | "but" | "&" | "+" => *part!("and"),
        "in" | "on" | "at" | "into" | "about" | "over" | "under" | "after" | "before" | "until"
        | "via" | "per" | "without" => *part!("prep"),
        "me" | "us" | "him" | "them" => *part!("obj"),
        _ => return None,
    })
}

fn ending(token: &Token) -> Part<'static> {
    let ends = |ending: &str| token.lower.ends_with(ending);
    if ends("ly") {
        *part!("ly")
    } else if ends("ing") {
        *part!("ing")
    } else if ends("ed") {
        *part!("ed")
    } else if ends("tion") || ends("ment") {
        *part!("tion")
    } else if token.capital {
        *part!("Cap")
    } else if ends("s") {
        *part!("s")
    } else {
        *part!("word")
    }
}

/// The form in which a verb stands.
pub(super) fn form(token: &Token) -> &'static str {
    match token.verb.map(|verb| verb.forms) {
        Some(forms) if forms.base => "base",
        Some(forms) if forms.third => "third",
        Some(forms) if forms.past => "past",
        Some(forms) if forms.participle => "part",
        Some(forms) if forms.ing => "ing",
        _ => "none",
    }
}

/// How readily a word is taken for a verb.
pub(super) fn lean(lean: Lean) -> &'static Part<'static> {
    match lean {
        Lean::Verb => part!("V"),
        Lean::Either => part!("E"),
        Lean::Noun => part!("N"),
        Lean::State => part!("S"),
        Lean::Light => part!("L"),
    }
}
