//! The title of a ticket above what is to be done for it.

use std::ops::Range;

use crate::action::ORDER;
use crate::detect::{ERRAND, Source};
use crate::draft::Draft;
use crate::scorer;
use crate::text::is_ticket;

/// Gives up what was read in the title of a ticket, where lines below say what is to be done: `#3318 Terminal
/// prints blank receipts` above `Replace the thermal head today`.
pub(super) fn give_way(source: &Source<'_>, drafts: &mut [Draft]) {
    let titles = titles(source.text);
    for title in &titles {
        let from = drafts.partition_point(|draft| draft.bytes.start < title.start);
        let below = drafts.partition_point(|draft| draft.bytes.start < title.end);
        let told = drafts[below..]
            .iter()
            .find(|draft| draft.alive)
            .is_some_and(|next| is_of(source.text, title, next.bytes.start, &titles));
        for draft in drafts[from..below.max(from)].iter_mut().filter(|_| told) {
            draft.alive &= !matches!(draft.rule, ERRAND | ORDER | scorer::RULE);
        }
    }
}

/// Whether what starts at a byte stands in the text of a ticket with this title.
fn is_of(text: &str, title: &Range<usize>, start: usize, titles: &[Range<usize>]) -> bool {
    let between = &text[title.end..start];
    let next = titles.partition_point(|other| other.start <= title.start);
    let other = titles.get(next).is_some_and(|other| other.start <= start);
    !other && !between.trim_start_matches('\n').contains("\n\n")
}

/// The lines that open with the number of a ticket.
fn titles(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut titles = Vec::new();
    for line in text.split_inclusive('\n') {
        if is_ticket(line) {
            titles.push(start..start + line.len());
        }
        start += line.len();
    }
    titles
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn the_title_of_a_ticket_gives_way_to_what_is_to_be_done() {
        let text =
            "#4410 [P2] Label printer feeds two sheets\nOwner: Ines\nClean the rollers this week.";
        assert_eq!(found(text), ["Clean the rollers"]);
        let text =
            "[TILL-31] Drawer: coin tray jams on opening\nRuth – order a new spring, P1, today";
        assert_eq!(found(text), ["Order a new spring"]);
    }

    #[test]
    fn a_ticket_with_nothing_but_its_title_is_a_task() {
        assert_eq!(
            found("[TILL-32] Replace the coin tray\nOwner: Ruth"),
            ["Replace the coin tray"]
        );
    }
}
