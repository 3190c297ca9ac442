//! `the lot` and `the whole thing`, which say as little as `it`.

use crate::sentence::Sentence;
use crate::token::list;

/// The tokens behind a verb, `the lot`, `the whole thing` and the like without their article: all of it is
/// one pronoun.
pub(super) fn without_article<'a>(sentence: &Sentence, tokens: &'a [usize]) -> &'a [usize] {
    let small = |at: &&usize| sentence.tokens[**at].any(list!["the", "whole"]);
    let skip = tokens.iter().take_while(small).count();
    let stands = skip > 0
        && tokens.get(skip).is_some_and(|at| stands_in(sentence, *at))
        && tokens.get(skip + 1).is_none_or(|next| {
            let next = &sentence.tokens[*next];
            next.is_mark()
                || next.any(list![
                    "to", "on", "by", "up", "down", "off", "out", "back", "over", "again", "away",
                    "before", "after",
                ])
        });
    if stands { &tokens[skip..] } else { tokens }
}

/// Whether the word is the `lot` of `the lot` or the `thing` of `the whole thing`.
pub(super) fn stands_in(sentence: &Sentence, at: usize) -> bool {
    let before = at.checked_sub(1).map(|at| &sentence.tokens[at]);
    sentence.tokens[at].any(list!["lot", "thing"])
        && before.is_some_and(|before| before.any(list!["the", "whole"]))
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn the_lot_and_the_thing_are_what_was_spoken_of() {
        assert_eq!(
            found("Could you weigh out the yarns tonight, then I'll dye the lot on Saturday."),
            ["Weigh out the yarns", "Dye the yarns"]
        );
        assert_eq!(
            found("The roof box is here. Ida has to mount the thing on Friday."),
            ["Mount the roof box"]
        );
        assert_eq!(
            found("The van is here. Please strike the thing about the stand by Friday."),
            ["Strike the thing about the stand"]
        );
        assert_eq!(
            found("Buy the thing Ida wanted by Friday."),
            ["Buy the thing Ida wanted"]
        );
    }
}
