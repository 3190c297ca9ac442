//! A row of deeds behind what is told with its day: `the landlord comes on Friday: we need to clean the oven, fix
//! the door and hide the cat`.

use crate::clause::Head;
use crate::detect::Source;
use crate::draft::Draft;

/// Gives the day that was told in front of the first of a sentence's drafts to the others of its row.
pub(crate) fn told_in_front(source: &Source<'_>, drafts: &mut [Draft]) {
    let Some((first, others)) = drafts.split_first_mut() else {
        return;
    };
    let Some(due) = first.due.clone() else {
        return;
    };
    let sentence = &source.sentences[first.sentence];
    let start = sentence.bytes(first.clause..first.clause + 1).start;
    let in_front = due
        .date
        .is_some_and(|date| source.dates[date].bytes.end <= start);
    let told = (0..first.clause).all(|clause| {
        let head = &sentence.clauses[clause].head;
        matches!(head, Head::Statement | Head::Phrase)
    });
    if !in_front || !told || first.clause == 0 {
        return;
    }
    let mut last = first.clause;
    for draft in others {
        let clause = &sentence.clauses[draft.clause];
        // `… and also ring Amira` starts anew.
        let joined = (clause.full.start..clause.start)
            .all(|word| matches!(sentence.lower(word), "," | "and" | "&"));
        let goes_on = joined
            && draft.sentence == first.sentence
            && draft.clause == last + 1
            && draft.agent == first.agent
            && draft.due.is_none();
        if !goes_on {
            return;
        }
        draft.due = Some(due.clone());
        last = draft.clause;
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::dues;

    #[test]
    fn what_is_told_in_front_dates_the_whole_row() {
        let friday = Some("2026-03-13".to_owned());
        let text = "The agent is coming on Friday - we need to mop the hall, air the loft and hide the dog.";
        assert_eq!(dues(text), [friday.clone(), friday.clone(), friday.clone()]);
        let other = "Mop the hall on Friday, air the loft and hide the dog.";
        assert_eq!(dues(other), [friday, None, None]);
    }
}
