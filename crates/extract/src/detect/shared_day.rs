//! Days that several deeds share: that of their sentence, their label, their heading or the title.

use super::State;
use crate::action::opener::Agent;
use crate::due;
use crate::sentence::Sentence;
use crate::text::Section;
use crate::token::{Token, list};

/// `This week` above `- expenses, whenever`, `sometime: sew on the button`: an item that has no day is none of the
/// heading's.
fn any_time(sentence: &Sentence) -> bool {
    let tokens = &sentence.tokens;
    sentence.unit.place.section == Section::Someday
        || tokens.iter().enumerate().any(|(at, token)| {
            token.any(list!["sometime", "someday", "eventually"])
                || token.is("whenever") && tokens.get(at + 1).is_none_or(Token::is_mark)
        })
}

impl State<'_> {
    /// Deeds joined by `and` share the date that stands with one of them; a heading's date holds for
    /// what stands below it.
    pub(super) fn share_dates(&mut self, index: usize, first: usize) {
        if self.drafts.len() == first {
            return;
        }
        let sentence = &self.source.sentences[index];
        if sentence.unit.place.today {
            for draft in self.drafts[first..]
                .iter_mut()
                .filter(|draft| draft.due.is_none())
            {
                draft.due = Some(due::today(self.source.now));
            }
        }
        if let Some(carried) = due::carried(self.source, index) {
            for draft in &mut self.drafts[first..] {
                if draft.due.is_none() && matches!(draft.agent, Agent::Unsaid) {
                    draft.due = Some(carried.clone());
                }
            }
        }
        due::told_in_front(self.source, &mut self.drafts[first..]);
        let labelled = due::labelled_before(self.source, index);
        if let Some(labelled) = labelled.or_else(|| due::label_due(self.source, index)) {
            for draft in &mut self.drafts[first..] {
                draft.due.get_or_insert_with(|| labelled.clone());
            }
        }
        if let Some(visit) = self.day_of_visit(index, first) {
            for draft in &mut self.drafts[first..] {
                draft.due.get_or_insert_with(|| visit.clone());
            }
        }
        let day = due::title_day(self.source, index);
        for draft in &mut self.drafts[first..] {
            let hour = draft.due.as_ref();
            if let Some(joined) = hour.and_then(|own| due::on_day(self.source, own, day.as_ref())) {
                draft.due = Some(joined);
            }
        }
        let own = sentence.unit.range.start;
        let title = self.source.document.title.as_ref();
        let title = title.filter(|title| title.end <= own && sentence.unit.place.heading.is_none());
        if let Some(heading) = sentence.unit.place.heading.as_ref().or(title) {
            let inherited =
                due::heading_due(self.source, heading.clone()).filter(|_| !any_time(sentence));
            for draft in &mut self.drafts[first..] {
                match &draft.due {
                    None => draft.due.clone_from(&inherited),
                    Some(own) => {
                        if let Some(joined) = due::on_day(self.source, own, inherited.as_ref()) {
                            draft.due = Some(joined);
                        }
                    }
                }
            }
        }
    }
}

impl State<'_> {
    /// `Can you look at it when you're over on Sunday?` … `Bring your screwdrivers`: what is brought to where
    /// somebody comes in a chat, is brought when they come.
    fn day_of_visit(&self, index: usize, first: usize) -> Option<due::Chosen> {
        const BACK: usize = 8;
        let source = self.source;
        let brings = self.drafts[first..]
            .iter()
            .any(|draft| draft.summary.starts_with("Bring "));
        if !source.document.chat || !brings {
            return None;
        }
        let before = self.drafts[..first].iter().rev().take(BACK);
        let mut before = before.filter(|draft| draft.alive && draft.sentence + BACK >= index);
        before
            .find(|draft| {
                source.sentences[draft.sentence]
                    .tokens
                    .windows(4)
                    .any(|row| {
                        let you = row[1].any(list!["you", "your", "you're", "u", "ur"]);
                        let comes = list![
                            "over", "here", "round", "around", "come", "visit", "down", "up"
                        ];
                        row[0].is("when") && you && (row[2].any(comes) || row[3].any(comes))
                    })
            })
            .and_then(|draft| draft.due.as_ref())
            .map(due::day_of)
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::dues;

    #[test]
    fn what_is_brought_to_a_visit_has_its_day() {
        let sunday = Some("2026-03-15".to_owned());
        assert_eq!(
            dues(
                "Dad: can you fix the tap when you're over on Sunday\nMe: sure\nDad: ok. bring your good spanner\nMe: will do\n"
            ),
            [sunday.clone(), sunday.clone()]
        );
        assert_eq!(
            dues(
                "Dad: can you fix the tap on Sunday\nMe: sure\nDad: ok. bring the spanner back\nMe: will do\n"
            ),
            [sunday, None]
        );
    }

    #[test]
    fn what_has_time_has_not_the_day_of_its_heading() {
        let friday = Some("2026-03-13".to_owned());
        assert_eq!(
            dues(
                "This week\n- call the roofer\n- receipts from January, whenever\n- fix the gate sometime\n"
            ),
            [friday.clone(), None, None]
        );
        assert_eq!(
            dues("This week\n- call the roofer whenever it leaks\n- oil the gate\n"),
            [friday.clone(), friday]
        );
    }
}
