//! Lines that open with `>` and are no quotation.

use super::{Line, Shape, item};

/// `> hide the grill (Omar)` below `ROOMIES`: several short lines right below one another that quote
/// no sentence are the items of a list.
pub(super) fn items(text: &str, lines: &mut [Line]) {
    let mut at = 0;
    while at < lines.len() {
        let count = lines[at..]
            .iter()
            .take_while(|line| line.shape == Shape::Quoted)
            .count();
        let below = at > 0
            && matches!(
                lines[at - 1].shape,
                Shape::Text { .. } | Shape::Heading { .. }
            );
        let block = &mut lines[at..at + count];
        let stopped = (block.iter())
            .filter(|line| text[line.range.clone()].ends_with('.'))
            .count();
        let pointed = block.iter().all(|line| points(&text[line.range.clone()]));
        if count >= 2 && below && stopped * 2 < count && pointed {
            for line in block {
                let range = line.range.clone();
                if let Some(read) = item(&text[range.clone()], range.start, range.end, 0) {
                    *line = read;
                }
            }
        }
        at += count.max(1);
    }
}

/// A few words behind one mark, without the stop or the greeting of a quoted sentence.
fn points(line: &str) -> bool {
    let Some(words) = line.strip_prefix("> ").map(str::trim) else {
        return false;
    };
    let opens = words.to_lowercase();
    // `> raffle: Eva asks the shops in the high street for prizes until the 26th`
    let labelled = words
        .split_once(": ")
        .is_some_and(|(label, _)| label.split(' ').count() <= 3);
    let most = if labelled { 20 } else { 12 };
    !words.ends_with(['?', ',', ':'])
        && (1..=most).contains(&words.split_whitespace().count())
        && ![
            "from:", "to:", "sent:", "date:", "subject:", "hi ", "hello ", "dear ", "on ",
        ]
        .iter()
        .any(|start| opens.starts_with(start))
}
