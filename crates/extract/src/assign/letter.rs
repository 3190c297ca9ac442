//! Who is meant in letters and by titles: the items of a list in a letter, and `Mrs Grant said she'd print it`.

use std::ops::Range;

use crate::clause::Head;
use crate::detect::Source;
use crate::sentence::Sentence;
use crate::token::{Token, list};

/// `Hi Priya, … A few things before Monday:` above a list: in a letter, an order is for the one it is written to, where
/// nobody speaks of their own work.
pub(super) fn told(source: &Source<'_>, index: usize) -> bool {
    let document = &source.document;
    let sentence = &source.sentences[index];
    if document.chat || document.addressee.is_none() || sentence.unit.place.heading.is_some() {
        return false;
    }
    let orders = matches!(
        sentence.clauses.first().map(|clause| &clause.head),
        Some(Head::Action(opener)) if opener.rule == crate::action::ORDER
    );
    let own = |sentence: &Sentence| {
        sentence
            .tokens
            .iter()
            .any(|token| token.any(list!["i", "we", "my", "our", "us"]))
    };
    let above = || sentence.above.map(|above| &source.sentences[above]);
    orders && above().is_some_and(|above| above.unit.place.item.is_none() && !own(above))
}

/// `Mrs Grant said she'd print it`: who is named by title right in front of what is said of them.
pub(super) fn titled(tokens: &[Token], pronoun: Option<usize>, she: bool) -> Option<Range<usize>> {
    let said = pronoun?.checked_sub(1)?;
    let name = said.checked_sub(1)?;
    let title = name.checked_sub(1)?;
    let fits = if she {
        tokens[title].any(list!["mrs", "ms", "miss"])
    } else {
        tokens[title].is("mr")
    };
    let says = tokens[said].any(list![
        "said", "says", "thinks", "thought", "promised", "offered"
    ]);
    (says && fits && tokens[title].capital && tokens[name].capital)
        .then(|| tokens[title].start..tokens[name].end)
}

#[cfg(test)]
mod tests {
    use crate::testing::assignees;

    #[test]
    fn items_of_a_letter_are_for_the_one_it_is_written_to() {
        let some = |name: &str| Some(name.to_owned());
        assert_eq!(
            assignees(
                "Hi Priya,\n\nWe're glad to have you! A few things before Monday:\n\n* Upload a photo for the badge\n* Bring your passport\n\nAlicia\n"
            ),
            [some("Priya"), some("Priya")]
        );
        // Work of one's own.
        assert_eq!(
            assignees(
                "Hi Priya,\n\nThis is my list for the week:\n\n* Order the chairs\n* Call the caterer\n\nAlicia\n"
            ),
            [None, None]
        );
    }

    #[test]
    fn who_is_named_by_title_is_whom_the_pronoun_means() {
        assert_eq!(
            assignees(
                "Tom calls the school today. Mrs Okoro said she'd print the flyers by Friday."
            )[1],
            Some("Mrs Okoro".to_owned())
        );
        assert_eq!(
            assignees(
                "Anna calls the school today. Mr Okoro rang. She'll print the flyers by Friday."
            )
            .last(),
            Some(&Some("Anna".to_owned()))
        );
    }
}
