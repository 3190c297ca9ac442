//! What is wrong and should be otherwise: `the number in the footer is wrong, it should end in 71`, `the date on page 2
//! is out of date, should be 5 May`.

use super::opener::{Agent, Opener, Shape};
use crate::clause::View;
use crate::token::list;

/// Why it is a deed.
const RULE: &str = "said to be wrong";

/// Words of the thing at most.
const LONGEST: usize = 8;

/// Reads a thing that is said to be wrong, with how it should be behind a mark.
pub(super) fn read(view: &View<'_>, start: usize) -> Option<Opener> {
    if !view.any(
        start,
        list!["the", "our", "my", "your", "this", "that", "their"],
    ) {
        return None;
    }
    let wrong = (start + 2..view.len().min(start + LONGEST + 2)).find(|at| {
        view.any(
            *at,
            list!["wrong", "incorrect", "outdated", "misspelt", "misspelled"],
        )
    })?;
    let be = wrong - 1 - usize::from(view.any(wrong - 1, list!["still", "also", "now"]));
    let behind = wrong + 1;
    let pause = view.is_mark(behind) || view.is(behind, "and");
    let it = behind + 1 + usize::from(view.any(behind + 1, list!["it", "that", "they", "this"]));
    let should = view.any(it, list!["should", "must", "ought"])
        && view.any(
            it + 1,
            list![
                "be", "say", "read", "end", "start", "show", "have", "point", "go", "link",
            ],
        )
        && view.verb(it + 2).is_none_or(|verb| !verb.forms.participle);
    // `the date that you gave is wrong`
    let plain = (start + 1..be)
        .all(|at| !view.is_mark(at) && !view.any(at, list!["that", "who", "if", "you", "i"]));
    (be > start && view.any(be, list!["is", "are", "'s"]) && pause && should && plain).then(|| {
        Opener {
            shape: Shape::Thing {
                verb: "correct",
                object: start..be,
            },
            firm: true,
            resume: it + 2,
            ..Opener::said(RULE, Agent::Addressee, be, 0.7)
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::summaries;

    #[test]
    fn what_is_wrong_is_to_be_corrected_where_it_is_said_how_it_should_be() {
        for (text, task) in [
            (
                "- the phone number in the footer is wrong, it should end in 4471\n- please take the banner down",
                "Correct the phone number in the footer",
            ),
            (
                "1) The date on page 2 is wrong, should be 5 May.\n2) Can you swap the photo?",
                "Correct the date on page 2",
            ),
            (
                "Hi Bo, our address on the flyer is outdated, it should say Mill Lane. Please also add the logo.",
                "Correct our address on the flyer",
            ),
        ] {
            assert_eq!(summaries(text)[0], task, "{text}");
        }
        for text in [
            "The forecast is wrong, it should rain by noon.",
            "Something is wrong with the boiler.",
            "I think the answer is wrong.",
            "The price was wrong, it should have been lower.",
        ] {
            assert_eq!(summaries(text), [""; 0], "{text}");
        }
    }
}
