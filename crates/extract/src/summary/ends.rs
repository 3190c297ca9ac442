//! The ends of a summary: words that cannot stand there, and prepositions whose day was taken out.

use crate::sentence::{Sentence, is_particle_before_day};
use crate::token::{List, Token, list};
use crate::words::is_drawer;

/// Words that cannot end a summary.
const NO_END: List<'static> = list![
    "and",
    "or",
    "but",
    "then",
    "also",
    "too",
    "again",
    "though",
    "please",
    "by",
    "until",
    "till",
    "before",
    "due",
    "for",
    "from",
    "of",
    "with",
    "to",
    "than",
    "the",
    "a",
    "an",
    "at",
    "as",
    "so",
    "because",
    "&",
    "if",
    "when",
    "however",
    "pls",
    "thanks",
    "still",
    "just",
    "already",
    "probably",
    "soon",
    "first",
    "afterwards",
    "next",
    "is",
    "are",
    "it's",
    "my",
    "hey",
    "hon",
    "mate",
    "thx",
    "ok",
    "okay",
    "guys",
    "folks",
    "definitely",
    "yeah",
    "instead",
    "either",
    "yet",
    "ideally",
    "preferably",
    "hopefully",
    "possibly",
    "perhaps",
    "sorry",
    "cheers",
    "ta",
    "xx",
    "xxx",
    "lol",
    "haha",
    "promise",
    "ofc",
    "xo",
    "alright",
    "anyway",
    "re",
];

/// Drops marks and small words at the ends, and prepositions whose date was taken out.
pub(crate) fn clean(sentence: &Sentence, tokens: &mut Vec<usize>) {
    let all = &sentence.tokens;
    let mut kept: Vec<usize> = Vec::with_capacity(tokens.len());
    for (place, at) in tokens.iter().enumerate() {
        let next = tokens.get(place + 1);
        let date_follows = all.get(at + 1).is_some_and(Token::is_dated);
        let stranded = date_follows
            && all[*at].any(list![
                "on", "by", "at", "for", "in", "until", "till", "before", "from", "of", "this",
                "the", "due", "around", "is", "to", "starting", "since",
            ])
            && next.is_none_or(|next| all[*next].is_mark() || preposition(&all[*next]))
            // `fill in before Friday`: the date has its own preposition.
            && !(all[*at].any(list!["in", "at", "after"]) && all.get(at + 1).is_some_and(preposition));
        let stranded =
            stranded && !is_till(all, kept.last(), *at) && !is_particle_before_day(all, *at);
        let odd = all[*at].kind == crate::token::Kind::Symbol
            && all[*at]
                .lower
                .chars()
                .all(|c| !matches!(c, '€' | '$' | '£' | '%' | '+' | '&' | '°'));
        let doubled = all[*at].is_mark()
            && !all[*at].quoted
            && (kept.is_empty()
                || kept.last().is_some_and(|last| all[*last].is(",")) && all[*at].is(","));
        let courtesy = all[*at].any(list!["please", "pls"]);
        if !(stranded || odd || doubled || courtesy) {
            kept.push(*at);
        }
    }
    // `find out where the key is`
    let asked = kept.len() > 2
        && kept[..kept.len() - 2].iter().any(|at| {
            all[*at].any(list![
                "where", "who", "what", "how", "which", "whose", "when"
            ])
        });
    while let Some(last) = kept.last() {
        let token = &all[*last];
        let particle = is_particle_before_day(all, *last);
        let tail =
            (!asked || !token.is("is")) && !belongs(all, &kept) && !particle && token.any(NO_END)
                || (token.is_mark() && !token.any(list![")", "\"", "”"]) || token.is(")"));
        let stranded = token.any(list!["on", "in", "this", "around"])
            && !particle
            && all
                .get(*last + 1)
                .is_some_and(|token| token.is_dated() && !preposition(token));
        // `at least two days before the meeting`
        let least = token.is("least") && kept.len() > 1 && all[kept[kept.len() - 2]].is("at");
        if !(tail || stranded || least) {
            break;
        }
        kept.pop();
    }
    *tokens = kept;
}

/// `have it looked at`, `count the till`: the last word is part of what stands before it.
fn belongs(all: &[Token], kept: &[usize]) -> bool {
    let [.., before, last] = kept else {
        return false;
    };
    let (before, last) = (&all[*before], &all[*last]);
    let governed = last.any(list!["at", "after", "to", "with"])
        && before.verb.is_some_and(|verb| {
            verb.forms.participle && matches!(verb.base, "look" | "see" | "deal" | "attend")
        });
    governed || is_till(all, kept.get(kept.len() - 2), kept[kept.len() - 1])
}

/// `count the till`: the drawer of a shop, and no bound.
fn is_till(all: &[Token], before: Option<&usize>, at: usize) -> bool {
    before.is_some_and(|before| is_drawer(&all[*before].lower, &all[at].lower))
}

fn preposition(token: &Token) -> bool {
    token.any(list![
        "on", "by", "at", "for", "in", "until", "before", "from", "to", "with", "about", "and",
        "or", "but", "because", "so",
    ])
}
