//! Days that several deeds share: that of their sentence, their label, their heading or the title.

use super::State;
use crate::action::opener::Agent;
use crate::due;

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
            let inherited = due::heading_due(self.source, heading.clone());
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
