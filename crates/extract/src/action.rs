//! What is to be done: the forms in which a text asks for a deed.

pub(crate) mod blocked;
pub(crate) mod bound;
mod by_then;
mod causative;
pub(crate) mod crowd;
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
mod subject;
mod sure;
mod unlisted;
mod wanted;
mod wished;

pub(crate) use crowd::IS_TO;
pub(crate) use imperative::ORDER;
pub(crate) use patterns::{HAS_RUN_OUT, IS_AGREED, IS_ALL_NEEDED, IS_NEEDED};
pub(crate) use wanted::RULE as WANTED;

#[cfg(test)]
mod tests {
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
        ] {
            let found = crate::extract(text, &now, &crate::date::Policy::default()).tasks;
            let summaries: Vec<&str> = found.iter().map(|task| task.summary.as_str()).collect();
            assert_eq!(summaries, [summary], "{text}");
        }
    }
}
