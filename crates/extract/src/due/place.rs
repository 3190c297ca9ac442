//! The clause of its sentence to which a date belongs.

use super::{CONJUNCTIONS, correction};
use crate::clause::Head;
use crate::sentence::Sentence;
use crate::token::{Token, list};

/// `hide the fine (pay it by the 15th)`: the date in brackets is of the deed in them.
fn acts_within(sentence: &Sentence, open: usize, token: usize) -> bool {
    let own = &sentence.clauses[sentence.clause_of(token)];
    let Head::Action(opener) = &own.head else {
        return false;
    };
    let verb = sentence.at.get(opener.verb).copied().unwrap_or(0);
    (open..token).contains(&verb) && token > verb + 1 && opener.verb + 1 < own.full.end
}

/// Whether somebody stands here and does something: `Jupp lends`.
fn acts(tokens: &[Token], at: usize) -> bool {
    let verb = tokens.get(at + 1).and_then(|next| next.verb);
    tokens.get(at).is_some_and(|name| {
        name.is_first_name() || name.capital && verb.is_some_and(|verb| verb.forms.third)
    })
}

/// The clause a date belongs to: `email Ruth, tonight, she has been waiting` has it behind a comma,
/// but it is not of what follows the next one.
pub(super) fn place_of(sentence: &Sentence, token: usize, date: usize) -> usize {
    // `chase the sockets (Wes, Thursday)`: what stands in brackets goes with the words before them.
    let inside = sentence.tokens[..token]
        .iter()
        .rposition(|before| before.any(list!["(", ")"]));
    let place = match inside {
        Some(open)
            if open > 0 && sentence.tokens[open].is("(") && !acts_within(sentence, open, token) =>
        {
            sentence.clause_of(open - 1)
        }
        // `sharpen the knives (who?) Friday`
        Some(close) if close + 1 == token && sentence.tokens[close].is(")") => {
            let open = (sentence.tokens[..close].iter()).rposition(|before| before.is("("));
            let before = open.and_then(|open| open.checked_sub(1)).unwrap_or(token);
            sentence.clause_of(before)
        }
        _ => sentence.clause_of(token),
    };
    let Some(found) = sentence.clauses.get(place).filter(|_| place > 0) else {
        return place;
    };
    let opens = found.full.clone().all(|word| {
        let at = sentence.at.get(word).copied().unwrap_or(usize::MAX);
        at > token || sentence.tokens[at].is_mark() || sentence.tokens[at].any(correction::CUES)
    });
    let behind = (token..sentence.tokens.len())
        .find(|at| sentence.tokens[*at].mask != crate::token::Mask::Date(date));
    // `return the books – due Friday – and pay the fine`
    let dashed = token > 0
        && sentence.tokens[token - 1].is_dash()
        && behind.is_some_and(|at| sentence.tokens[at].is_dash());
    let closed = behind.is_some_and(|at| sentence.tokens[at].any(list![",", "(", "please", "pls"]));
    let told = matches!(
        found.head,
        Head::Statement | Head::Phrase | Head::Subordinate(_)
    );
    // `on 7 Jan when the freeze is over`, `Thursday, because he flies`
    let next = found.full.clone().find(|word| {
        let at = sentence.at.get(*word).copied().unwrap_or(usize::MAX);
        at != usize::MAX && at > token && !sentence.tokens[at].is_mark()
    });
    let subordinate = matches!(found.head, Head::Subordinate(_))
        && next
            .and_then(|word| sentence.token(word))
            .is_some_and(|first| first.any(CONJUNCTIONS));
    // `glue the lantern, the old one, by Monday, and fetch the stick`
    let rest = behind
        .filter(|at| sentence.tokens[*at].is(","))
        .map(|at| at + 1);
    let joined = rest.is_some_and(|at| {
        sentence
            .tokens
            .get(at)
            .is_some_and(|next| next.any(list!["and", "then", "but"]))
    });
    // `fetch firewood, Saturday, Jupp lends the trailer`
    let joined = joined
        || rest.is_some_and(|at| acts(&sentence.tokens, at))
            && token > 0
            && sentence.tokens[token - 1].is(",")
            && !sentence
                .date_tokens()
                .iter()
                .any(|(other, _)| *other != token && sentence.clause_of(*other) + 1 == place);
    if opens && (closed && told || subordinate || dashed || joined) {
        place - 1
    } else {
        place
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::dues;

    #[test]
    fn a_day_behind_brackets_is_of_what_stands_before_them() {
        assert_eq!(
            dues("- sharpen the knives (who?) Fri\n- buy milk"),
            [Some("2026-03-13".to_owned()), None]
        );
    }

    #[test]
    fn a_day_between_two_commas_is_of_what_stands_before_it() {
        let day = |day: &str| Some(day.to_owned());
        assert_eq!(
            dues("Fetch firewood, Saturday, Jupp lends the trailer."),
            [day("2026-03-14"), None]
        );
        assert_eq!(
            dues("Fetch firewood today, on Saturday Anna lends the trailer."),
            [day("2026-03-10"), day("2026-03-14")]
        );
    }
}
