//! One verb for two things with a day each: `post the cards by Monday and the parcel by Friday`.

use std::ops::Range;

use super::State;
use super::several::date_of;
use crate::draft::Draft;
use crate::summary;
use crate::token::{Token, list};
use crate::words;

impl State<'_> {
    /// Cuts a draft that names a second thing behind a day of the first one.
    pub(in crate::detect) fn part(&self, draft: Draft) -> (Draft, Option<Draft>) {
        let sentence = &self.source.sentences[draft.sentence];
        let Some(second) = second(&sentence.tokens, &draft.tokens) else {
            return (draft, None);
        };
        let (Some(first_token), Some(last)) = (draft.tokens.first(), draft.tokens.last()) else {
            return (draft, None);
        };
        let begin = draft.tokens[second];
        let behind = sentence.tokens[last + 1..]
            .iter()
            .position(|token| !token.is_dated())
            .map_or(sentence.tokens.len(), |length| last + 1 + length);
        let own = |range: Range<usize>| date_of(self.source, sentence, &range);
        let (Some(due), Some(later)) = (own(*first_token..begin), own(begin..behind)) else {
            return (draft, None);
        };
        let verb = draft
            .summary
            .split(' ')
            .next()
            .unwrap_or_default()
            .to_owned();
        let worded = |tokens: &[usize]| {
            let mut tokens = tokens.to_vec();
            summary::clean(sentence, &mut tokens);
            let rest = summary::render(self.source.text, &sentence.tokens, &tokens);
            (summary::finish(&format!("{verb} {rest}")), tokens)
        };
        let of = |tokens: &[usize], due| {
            let (summary, tokens) = worded(tokens);
            Draft {
                stems: words::stems(&summary),
                summary,
                tokens,
                due: Some(due),
                ..draft.clone()
            }
        };
        let other = of(&draft.tokens[second + 1..], later);
        (of(&draft.tokens[..second], due), Some(other))
    }
}

/// Place of the `and` behind a day, in front of a thing with a day of its own.
fn second(all: &[Token], tokens: &[usize]) -> Option<usize> {
    (1..tokens.len().saturating_sub(1)).find(|place| {
        let at = tokens[*place];
        let dated = |at: usize| all.get(at).is_some_and(Token::is_dated);
        let determined = all[tokens[place + 1]].any(list![
            "the", "my", "our", "your", "his", "her", "their", "a", "an"
        ]);
        let ends = dated(tokens[tokens.len() - 1] + 1);
        all[at].any(list!["and", "&"])
            && dated(at - 1)
            && determined
            && ends
            && tokens[place + 1..].len() <= 6
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn two_things_with_a_day_each_are_two_tasks() {
        assert_eq!(
            found("Please post the cards by Monday and the parcel by Friday."),
            ["Post the cards", "Post the parcel"]
        );
        assert_eq!(
            found("Please post the cards and the parcel by Friday."),
            ["Post the cards and the parcel"]
        );
    }
}
