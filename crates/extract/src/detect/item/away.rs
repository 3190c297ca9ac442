//! Entries that only say where somebody is: `Treasurer Anne out of town til the 20th`, `Ravi back on Monday`.

use crate::person;
use crate::sentence::Sentence;
use crate::token::{Token, list};

/// Whether an entry only tells: where somebody is, how something has become, what somebody did (`We talked about a
/// new boat some day`).
pub(super) fn is_told(sentence: &Sentence) -> bool {
    let narrated = sentence.at.len() > 2
        && sentence
            .token(0)
            .is_some_and(|token| token.any(list!["we", "i", "they", "he", "she", "it", "there"]));
    narrated
        || is_away(sentence)
        || changed(sentence)
        || sentence.clauses.len() == 1 && comes(sentence, 0)
}

/// `man from the gas board is coming on Friday`: who comes, and nothing that is to be done.
pub(in crate::detect) fn comes(sentence: &Sentence, clause: usize) -> bool {
    let own = &sentence.clauses[clause].full;
    sentence.person.is_none()
        && (own.start + 1..own.end).any(|at| {
            matches!(sentence.lower(at), "is" | "are" | "'s" | "'re")
                && matches!(sentence.lower(at + 1), "coming" | "arriving" | "visiting")
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

/// `Leak above the kitchen got worse with the storm`, `the left pump broke again`: how something has become.
pub(in crate::detect) fn changed(sentence: &Sentence) -> bool {
    (1..sentence.at.len()).any(|at| {
        matches!(sentence.lower(at), "got" | "became" | "grew")
            && matches!(
                sentence.lower(at + 1),
                "worse"
                    | "better"
                    | "bigger"
                    | "smaller"
                    | "louder"
                    | "stuck"
                    | "lost"
                    | "cold"
                    | "wet"
                    | "hot"
            )
            || sentence.lower(at) == "broke" && sentence.lower(at + 1) != "the"
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
