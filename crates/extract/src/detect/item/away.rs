//! Entries that only say where somebody is: `Treasurer Anne out of town til the 20th`, `Ravi back on Monday`.

use crate::person;
use crate::sentence::Sentence;
use crate::token::{List, Token, list};

/// `man from the gas board is coming on Friday`: who comes, and nothing that is to be done.
pub(in crate::detect) fn comes(sentence: &Sentence, clause: usize) -> bool {
    const VERBS: List<'static> = list!["coming", "arriving", "visiting"];
    sentence.person.is_none() && arrival(sentence, clause, VERBS).is_some()
}

/// `the electrician is coming at nine to check the fuse box`: who comes, and what for.
pub(in crate::detect) fn visits(sentence: &Sentence, clause: usize) -> bool {
    const VERBS: List<'static> = list!["coming"];
    let own = &sentence.clauses[clause];
    arrival(sentence, clause, VERBS).is_some_and(|at| {
        (own.start..at).any(|who| sentence.token(who).is_some_and(Token::is_role))
            && (at + 1..own.full.end.min(at + 4)).any(|to| sentence.lower(to) == "to")
    })
}

/// Where a clause says by one of these verbs that somebody is on their way.
fn arrival(sentence: &Sentence, clause: usize, verbs: List<'_>) -> Option<usize> {
    let own = &sentence.clauses[clause].full;
    (own.start + 2..=own.end).find(|at| {
        matches!(sentence.lower(at - 1), "is" | "are" | "'s" | "'re")
            && sentence.token(*at).is_some_and(|token| token.any(verbs))
    })
}

/// `Treasurer Anne out of town til the 20th`, `Ravi back on Monday`, `Dr Shah off`: where somebody is.
pub(in crate::detect) fn is_away(sentence: &Sentence) -> bool {
    let named = |token: &Token| token.is_first_name() || token.is_role();
    let begins = sentence
        .token(0)
        .is_some_and(|token| token.capital && (named(token) || person::is_title(&token.lower)));
    let alone = sentence.clauses.len() == 1 && sentence.tokens.len() <= 14;
    begins
        && alone
        && (1..sentence.at.len().min(4)).any(|at| {
            let place = sentence
                .token(at)
                .is_some_and(|token| token.any(list!["out", "away", "off", "back"]));
            let behind = sentence.token(at + 1);
            place
                && behind.is_none_or(|next| {
                    !next.is_word()
                        || next.any(list![
                            "of", "from", "for", "until", "till", "on", "in", "next", "this"
                        ])
                })
        })
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn where_somebody_is_is_no_task() {
        for text in [
            "- order the paint (Bo, Friday)\n- Treasurer Ines out of town until the 20th\n",
            "- order the paint (Bo, Friday)\n- Ines away until Friday\n",
            "- order the paint (Bo, Friday)\n- damp in the cellar got worse over winter\n",
            "- order the paint (Bo, Friday)\n- left pump broke again\n",
            "- order the paint (Bo, Friday)\n- man from the gas board is coming tomorrow\n",
            "- order the paint (Bo, Friday)\n- the grandparents are arriving on Friday\n",
            "- order the paint (Bo, Friday)\n- Dr Beck off until the 20th\n",
            "- order the paint (Bo, Friday)\n- We talked about buying a kiln some day, low priority\n",
        ] {
            assert_eq!(found(text), ["Order the paint"], "{text}");
        }
        assert_eq!(
            found("- order the paint (Bo, Friday)\n- Ines: lights off by Friday\n").len(),
            2
        );
    }
}
