//! What is to be done: the forms in which a text asks for a deed.

pub(crate) mod blocked;
pub(crate) mod bound;
mod by_then;
mod callback;
mod causative;
pub(crate) mod crowd;
pub(crate) mod dated;
pub(crate) mod imperative;
pub(crate) mod light;
pub(crate) mod mandate;
pub(crate) mod notice;
pub(crate) mod noun;
pub(crate) mod opener;
pub(crate) mod passive;
mod patterns;
mod place;
pub(crate) mod present;
mod reminded;
mod subject;
mod sure;
mod topic;
mod undone;
mod unlisted;
pub(crate) mod vocative;
mod wanted;
mod wished;
mod wrong;

pub(crate) use crowd::IS_TO;
pub(crate) use dated::RULE as HAS_ITS_DAY;
pub(crate) use imperative::ORDER;
pub(crate) use patterns::{
    ASKED, HAS_RUN_OUT, IS_AGREED, IS_ALL_NEEDED, IS_NEEDED, IS_OWED, OBLIGATION, REMINDER, REQUEST,
};
pub(crate) use place::RULE as IS_PLACED;
pub(crate) use undone::RULE as UNDONE;
pub(crate) use wanted::RULE as WANTED;
pub(crate) use wanted::asked::RULE as WANTED_BY;
pub(crate) use wished::WANTED_BACK;

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn what_somebody_does_may_stand_alone_behind_its_thing() {
        assert_eq!(
            found("Invitations: Ida drafts, by Friday."),
            ["Draft invitations"]
        );
        assert_eq!(
            found("Mr Ode winches six posts up by Friday; Clara shucks oysters by Friday."),
            ["Winch six posts up", "Shuck oysters"]
        );
        assert_eq!(
            found("Mei, you load the kiln, please, by Friday."),
            ["Load the kiln"]
        );
    }

    #[test]
    fn two_nouns_and_what_happens_are_no_order() {
        for text in [
            "Feed shop opens at seven.",
            "Dry cleaner closes at five.",
            "Print shop catch-up.",
            "Order withdrawn.",
            "Give me until Friday.",
            "Update to the Easter visit: they stay at home.",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn courteous_requests_ask_for_deeds() {
        let now = "2026-03-04T09:00:00+01:00[+01:00]"
            .parse()
            .expect("a moment");
        for (text, summary) in [
            (
                "I should be grateful if you returned the deeds by Friday.",
                "Return the deeds",
            ),
            (
                "I must ask you to clear the landing by Friday.",
                "Clear the landing",
            ),
            (
                "Would you be an angel and water the ferns on Friday?",
                "Water the ferns",
            ),
            (
                "Could you do me the kindness of posting the parcel by Friday?",
                "Post the parcel",
            ),
            (
                "Don't let me forget to ring the bakery on Friday.",
                "Ring the bakery",
            ),
            (
                "It has fallen to Lena to water the ferns by Friday.",
                "Water the ferns",
            ),
            (
                "It was left with Lena to water the ferns by Friday.",
                "Water the ferns",
            ),
            (
                "It is up to her to water the ferns by Friday.",
                "Water the ferns",
            ),
            (
                "You'd do me a great favour by watering the ferns on Friday.",
                "Water the ferns",
            ),
            (
                "Would one of you be able to water the ferns on Friday?",
                "Water the ferns",
            ),
            (
                "I'd take it kindly if you watered the ferns on Friday.",
                "Water the ferns",
            ),
            (
                "I'd really appreciate you watering the ferns on Friday.",
                "Water the ferns",
            ),
            (
                "What I'd like you to do is water the ferns on Friday.",
                "Water the ferns",
            ),
        ] {
            let found = crate::extract(text, &now, &crate::date::Policy::default()).tasks;
            let summaries: Vec<&str> = found.iter().map(|task| task.summary.as_str()).collect();
            assert_eq!(summaries, [summary], "{text}");
        }
    }

    #[test]
    fn what_is_hoped_for_or_had_done_is_a_task() {
        for (text, summary) in [
            (
                "Any chance you water the ferns on Friday?",
                "Water the ferns",
            ),
            (
                "Any chance of you watering the ferns on Friday?",
                "Water the ferns",
            ),
            (
                "Can one of you three water the ferns on Friday?",
                "Water the ferns",
            ),
            (
                "Don't let me leave without watering the ferns on Friday.",
                "Water the ferns",
            ),
            (
                "I'm having the ferns watered on Friday.",
                "Have the ferns watered",
            ),
            ("Lena has to net the ferns by Friday.", "Net the ferns"),
        ] {
            assert_eq!(crate::testing::found(text), [summary], "{text}");
        }
    }

    #[test]
    fn who_is_asked_to_be_so_kind_is_asked() {
        assert_eq!(
            found("Be so kind as to sharpen the skates by Friday."),
            ["Sharpen the skates"]
        );
        assert_eq!(
            found("Be an angel and sharpen the skates by Friday."),
            ["Sharpen the skates"]
        );
        assert!(found("Be so good next time.").is_empty());
    }
}
