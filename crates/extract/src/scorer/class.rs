//! What kind of word a token is, as far as the lists and its ending tell.

use crate::detect::Source;
use crate::lexicon::Lean;
use crate::token::{Kind, Token};

/// The class of a word; small words stand for themselves.
pub(super) fn class<'a>(source: &Source<'_>, token: &'a Token) -> &'a str {
    let lower = token.lower.as_str();
    if let Some(class) = small_word(lower) {
        return class;
    }
    match token.kind {
        Kind::Punctuation => return "mark",
        Kind::Symbol => return "symbol",
        Kind::Number => return "number",
        Kind::Word => {}
    }
    if let Some(verb) = token.verb {
        return match (form(token), verb.lean) {
            ("base", Lean::Verb) => "vbV",
            ("base", Lean::Either) => "vbE",
            ("base", Lean::Noun) => "vbN",
            ("base", Lean::State) => "vbS",
            ("base", Lean::Light) => "vbL",
            ("third", _) => "vbz",
            ("past" | "part", _) => "vbd",
            ("ing", _) => "vbg",
            _ => "vb?",
        };
    }
    if source.document.people.contains(lower) || token.capital && token.is_first_name() {
        return "name";
    }
    if token.is_role() {
        return "role";
    }
    ending(token)
}

/// Pronouns, auxiliaries, articles, prepositions and conjunctions.
fn small_word(lower: &str) -> Option<&str> {
    Some(match lower {
        "i" | "we" | "you" | "he" | "she" | "they" | "it" | "this" | "that" | "there" | "to"
        | "not" | "n't" | "please" | "if" | "when" | "by" | "for" | "from" | "of" | "with" => lower,
        "'ll" | "will" | "shall" => "will",
        "can" | "could" | "may" | "might" | "would" | "'d" => "could",
        "must" | "should" | "ought" => "must",
        "is" | "are" | "was" | "were" | "be" | "been" | "am" | "'s" | "'re" | "'m" => "be",
        "have" | "has" | "had" | "'ve" => "have",
        "do" | "does" | "did" => "do",
        "a" | "an" | "the" | "my" | "our" | "your" | "his" | "her" | "their" | "some" | "any"
        | "all" | "these" | "those" => "det",
        "and" | "or" | "but" | "&" | "+" => "and",
        "in" | "on" | "at" | "into" | "about" | "over" | "under" | "after" | "before" | "until"
        | "via" | "per" | "without" => "prep",
        "me" | "us" | "him" | "them" => "obj",
        _ => return None,
    })
}

fn ending(token: &Token) -> &'static str {
    let ends = |ending: &str| token.lower.ends_with(ending);
    if ends("ly") {
        "ly"
    } else if ends("ing") {
        "ing"
    } else if ends("ed") {
        "ed"
    } else if ends("tion") || ends("ment") {
        "tion"
    } else if token.capital {
        "Cap"
    } else if ends("s") {
        "s"
    } else {
        "word"
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
pub(super) fn lean(lean: Lean) -> &'static str {
    match lean {
        Lean::Verb => "V",
        Lean::Either => "E",
        Lean::Noun => "N",
        Lean::State => "S",
        Lean::Light => "L",
    }
}
