//! Ordinary mails, memos and chats: what is asked in them, and what is only said to be polite.

use super::forms::check;

#[test]
fn courtesies_of_mails_ask_for_nothing() {
    check(&[
        (
            "We'd like to invite you to the opening on Thursday at 17:30.",
            &[],
        ),
        (
            "I'd love to welcome everyone to the new library on Friday.",
            &[],
        ),
        ("Any questions, call me on my mobile until six.", &[]),
        ("Your parcel should reach you within three days.", &[]),
        ("The refund should arrive by Friday.", &[]),
        (
            "I'd like to invite the neighbours on Saturday.",
            &["Invite the neighbours"],
        ),
        (
            "Entries should reach the secretary by Friday.",
            &["Send entries to the secretary"],
        ),
    ]);
}
