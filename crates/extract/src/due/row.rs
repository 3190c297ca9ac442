//! A row of deeds in front of what is told with its day, or behind it: `the landlord comes on Friday: we need to clean
//! the oven, fix the door and hide the cat`.

use super::reach::{coordinated, parted};
use crate::clause::Head;
use crate::detect::Source;
use crate::draft::Draft;
use crate::sentence::Sentence;

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

/// `clear the gutters, sweep the path and test the pump before the term starts on 1 June`: whether
/// what stands between a deed and a clause is the rest of its row, without a day of its own.
pub(super) fn is_whole(sentence: &Sentence, between: &[usize]) -> bool {
    let dated = |next: usize| {
        let dates = sentence.dated();
        dates
            .iter()
            .any(|(token, _)| sentence.clause_of(*token) == next)
    };
    let (last, row) = match between {
        [] => return true,
        [row @ .., last] => (*last, row),
    };
    // `wash the cups, wipe the table, and call Ben before …`: the last one has it alone.
    let goes_on = |next: &usize| {
        let own =
            matches!(&sentence.clauses[*next].head, Head::Action(opener) if !opener.subject_said);
        own && !dated(*next) && (parted(sentence, *next) || coordinated(sentence, *next))
    };
    coordinated(sentence, last)
        && !dated(last)
        && (!parted(sentence, last) || sentence.actions().count() == 2)
        && row.iter().all(goes_on)
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

    #[test]
    fn what_comes_behind_a_row_dates_all_of_it() {
        let thursday = Some("2026-03-12".to_owned());
        let text =
            "Print the forms, water the plants and empty the fridge before we leave on Friday.";
        assert_eq!(dues(text), vec![thursday.clone(); 3]);
        let apart = "Wash the cups, wipe the table, and call Ben before he leaves on Friday.";
        assert_eq!(dues(apart), [None, None, thursday]);
    }
}
