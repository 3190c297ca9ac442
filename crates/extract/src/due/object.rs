//! Dates of what a deed is about, which say nothing of when it is done: `Monday's meeting`, `move it to 04:00`.

use super::statement;
use crate::date::{Due, FoundDate, Role};
use crate::sentence::Sentence;
use crate::token::{List, Mask, Token, list};

/// `Monday's meeting`, `the meeting on Monday`: the date of a thing, not of the deed.
pub(super) fn names_event(sentence: &Sentence, token: usize, date: usize) -> bool {
    let last = (token..sentence.tokens.len())
        .take_while(|at| sentence.tokens[*at].mask == Mask::Date(date))
        .last()
        .unwrap_or(token);
    let possessive = sentence.tokens[last].is("'s");
    let before = token.checked_sub(1).map(|at| &sentence.tokens[at]);
    let after = sentence.tokens.get(last + 1);
    let attributive = before
        .is_some_and(|token| token.any(list!["the", "for", "our", "my", "your"]))
        && after.is_some_and(|token| {
            token.is_word()
                && token.mask == Mask::None
                && !token.any(list![
                    "at", "and", "to", "so", "i", "we", "you", "please", "with", "because", "if",
                    "or", "but", "in",
                ])
        });
    // `about Friday's party tomorrow`: the party has its day.
    let dated = token > 1 && sentence.tokens[token - 2].is_dated();
    let of_event = !dated
        && before.is_some_and(|token| {
            token.any(list![
                "meeting",
                "party",
                "trip",
                "wedding",
                "conference",
                "flight",
                "appointment",
                "exam",
                "event",
                "workshop",
                "visit",
                "demo",
                "game",
                "match",
                "dinner",
                "talk",
                "fair",
            ])
        });
    possessive || attributive || of_event || statement::is_of_the_thing(sentence, token)
}

/// `move the job to 04:00`, `the chicken from Saturday`, `kill the Tuesday meeting`: the date
/// tells what is dealt with, not when.
pub(super) fn is_object(
    text: &str,
    sentence: &Sentence,
    token: usize,
    date: &FoundDate,
    verb: usize,
) -> bool {
    let before = token.checked_sub(1).map(|at| &sentence.tokens[at]);
    let target = date.time_alone.is_some() && before.is_some_and(|token| token.is("to"));
    let words = text[date.bytes.clone()].to_ascii_lowercase();
    let origin = date.role == Role::After
        && matches!(date.due, Due::Day(_))
        && words.starts_with("from ")
        && !lasts(sentence, verb)
        && !words.bytes().any(|byte| byte.is_ascii_digit())
        && before.is_some_and(|token| token.is_word() && token.mask == Mask::None);
    let ends_it = sentence.tokens.get(verb).is_some_and(|token| {
        token.any(list![
            "kill",
            "cancel",
            "skip",
            "move",
            "drop",
            "reschedule"
        ])
    });
    // `look up the times of the Sunday buses`
    let informs = sentence.tokens.get(verb).is_some_and(|token| {
        token.any(list!["look", "find", "check", "ask", "enquire", "inquire"])
    }) && token > verb + 1;
    // `drop it off before the 2 pm pitch` has its time of the pitch.
    let attributive = before.is_some_and(|token| token.is("the"))
        && !matches!(date.role, Role::By | Role::Before)
        && sentence
            .tokens
            .iter()
            .skip(token)
            .find(|token| token.mask == Mask::None)
            .is_some_and(Token::is_word);
    // `ask the union about Sunday cover`, `call him re Monday's slot`: what is spoken of.
    let spoken_of = |token: &Token| token.any(list!["about", "re", "regarding", "concerning"]);
    // `call Ana re: Sunday cover`
    let colon = before.is_some_and(|token| token.is(":"))
        && token > 1
        && spoken_of(&sentence.tokens[token - 2]);
    let behind_it = colon
        || before.is_some_and(spoken_of)
        || before.is_some_and(|token| token.any(list!["the", "our", "his", "her", "their", "my"]))
            && token > 1
            && spoken_of(&sentence.tokens[token - 2]);
    let noun = sentence.tokens[token..]
        .iter()
        .find(|next| next.mask != sentence.tokens[token].mask)
        .is_some_and(|next| {
            next.is_word()
                && next.mask == Mask::None
                && next.verb.is_none_or(|verb| !verb.forms.past)
                && (crate::words::is_content(next) || next.is("'s"))
        });
    let topic = behind_it && token > verb && noun && matches!(date.due, Due::Day(_));
    // `cancel the one on Friday`: which of them.
    let which = before.is_some_and(|token| token.any(list!["one", "ones"]))
        && token > 1
        && sentence.tokens[token - 2].is("the")
        && sentence.tokens[token].any(list!["on", "for", "from", "at"]);
    target || origin || topic || which || (ends_it || informs) && attributive
}

/// `feed the hens from Monday`, `you cover the desk from Friday`: a deed that goes on from a day.
fn lasts(sentence: &Sentence, verb: usize) -> bool {
    const LASTING: List<'static> = list![
        "feed",
        "water",
        "cover",
        "mind",
        "lend",
        "borrow",
        "walk",
        "run",
        "teach",
        "host",
        "staff",
        "man",
        "use",
        "train",
        "start",
        "begin",
        "work",
        "look",
        "light",
        "serve",
        "sit",
        "wear",
        "stay",
        "drive",
        "guard",
        "test",
        "log",
        "deputise",
        "substitute",
        "manage",
    ];
    let token = sentence.tokens.get(verb);
    token
        .and_then(|token| token.verb)
        .is_some_and(|verb| LASTING.holds(verb.base))
}

#[cfg(test)]
mod tests {
    use crate::testing::dues;

    #[test]
    fn which_of_several_is_no_day_of_the_deed() {
        for (text, due) in [
            ("Cancel the one on Friday.", None),
            ("Sign that one on Friday.", Some("2026-03-13")),
            ("Sign the one in the drawer by Friday.", Some("2026-03-13")),
            ("Sign the one by Friday.", Some("2026-03-13")),
        ] {
            assert_eq!(dues(text), [due.map(str::to_owned)], "{text}");
        }
    }
}
