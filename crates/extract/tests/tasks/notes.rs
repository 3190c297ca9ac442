//! Three texts as people have them.

use super::lines;

#[test]
fn notes_of_a_standup() {
    assert_eq!(
        lines(include_str!("standup.md"), "2026-03-10T11:00:00+01:00"),
        [
            "Fix the invoice PDF | 2026-03-10 | high | Ben | []",
            "Send the beta list to legal | 2026-03-12T12:00:00+01:00 | medium | Nora | []",
            "Write the announcement | 2026-03-20 | medium | Yusuf | [1]",
            "Renew the domain | 2026-03-27 | medium | - | []",
            "Dark mode for the admin pages | - | low | - | []",
        ]
    );
}

#[test]
fn mail_of_a_landlord() {
    assert_eq!(
        lines(
            include_str!("landlord-mail.txt"),
            "2026-03-14T18:02:00+01:00"
        ),
        [
            "Have the kitchen painted | 2026-03-31T10:00:00+01:00 | medium | Martin | []",
            "Write down the meter readings | 2026-03-31T10:00:00+01:00 | medium | Martin | []",
            "Send Judith your new address | 2026-03-20 | medium | Martin | []",
            "Call Judith if the painter can't come | 2026-03-24 | medium | Martin | []",
        ]
    );
}

#[test]
fn chat_of_a_family() {
    assert_eq!(
        lines(include_str!("family-chat.txt"), "2026-03-17T09:45:00+01:00"),
        [
            "Pick Tim up from school | 2026-03-18T15:00:00+01:00 | medium | Paul | []",
            "Remember the swimming bag | - | medium | Paul | []",
            "Order the present for Oma | 2026-03-17 | medium | Lea | []",
        ]
    );
}
