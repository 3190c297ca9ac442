//! What a clause is, by the words that open it and by the clause before it.

use super::finite::{is_statement, subordinate};
use super::{Clause, Head, Lead, Order, View};
use crate::action::opener::{self, Opener, Shape};
use crate::action::{blocked, bound, imperative, mandate, notice, passive};
use crate::token::list;

/// Reads what opens the clause at `start`.
pub(super) fn head_at(
    view: &View<'_>,
    start: usize,
    lead: Lead,
    before: Option<&Clause>,
    from: usize,
) -> Head {
    if view.get(start).is_some_and(|token| token.quoted) && from > 0 {
        return Head::Phrase;
    }
    // `When can you start?`
    if from == 0
        && view.question
        && view.is(start, "when")
        && view.any(start + 1, list!["can", "could", "will", "would"])
        && view.is_mark(start + 4)
    {
        return Head::Blocked;
    }
    // `if they can't deliver by then, cancel it`: what was ordered, and nothing that was said.
    let supposed = view.is(start, "cancel")
        && before.is_some_and(|clause| clause.head == Head::Subordinate(Order::Condition));
    if let Some(words) = blocked::cancels(view, start).filter(|_| !supposed) {
        return Head::Cancel { words };
    }
    // `if you could send it, that would be great`
    let asks = view.is(start, "if")
        && view.is(start + 1, "you")
        && view.any(start + 2, list!["could", "would", "can", "'d"])
        && (!before.is_some_and(|clause| matches!(clause.head, Head::Action(_)))
            || lead.joined && is_praised(view, start))
        && opener::read(view, start).is_some();
    if let Some(order) = subordinate(view, start).filter(|_| !asks) {
        return match relative(view, start, from) {
            Some(opener) => Head::Action(opener),
            None => Head::Subordinate(order),
        };
    }
    if let Some(opener) = before.and_then(|clause| left_open(view, start, clause)) {
        return Head::Action(opener);
    }
    let goes_on = lead.joined
        && view.is(start, "to")
        && before.is_some_and(|clause| matches!(clause.head, Head::Action(_)));
    if !goes_on && blocked::blocks(view, start, lead) {
        return Head::Blocked;
    }
    if let Some(opener) = opener::read(view, start) {
        return match opener.negated {
            true => Head::Negated(opener),
            false if lead.hedged && !opener.firm => Head::Blocked,
            // `generally you should bleed radiators once a year`
            false if lead.general && opener.agent == opener::Agent::Addressee => Head::Blocked,
            // `I'd asked Gerd to bring the stove and Ros to book the bus`
            false
                if lead.joined
                    && before.is_some_and(|clause| clause.head == Head::Blocked)
                    && matches!(opener.agent, opener::Agent::Named(_))
                    && view.is(opener.verb - 1, "to")
                    && opener.verb <= start + 3 =>
            {
                Head::Blocked
            }
            false => Head::Action(opener),
        };
    }
    // `sign it or it goes back`: what happens otherwise.
    if lead.or
        && !lead.polite
        && before.is_some_and(|clause| matches!(clause.head, Head::Action(_) | Head::Negated(_)))
        && is_statement(view, start)
    {
        return Head::Subordinate(Order::Aside);
    }
    if let Some(head) = forbids(view, start) {
        return head;
    }
    if lead.general {
        return Head::Blocked;
    }
    if let Some(head) = before.and_then(|clause| continues(view, start, lead, clause)) {
        return head;
    }
    let called = before.is_some_and(|clause| {
        clause.head == Head::Phrase
            && clause.full.len() <= 2
            && view.is(clause.full.end, ",")
            && crate::person::name(view, clause.start).is_some()
    });
    if asks_back(view, start, lead) && !called || notice::titles(view, start, from == 0) {
        return Head::Phrase;
    }
    order(view, start, lead, before, from == 0)
}

/// `I do the salad, and if you could bring the bread that'd be great`
fn is_praised(view: &View<'_>, start: usize) -> bool {
    (start + 4..view.len().min(start + 20)).any(|at| {
        view.any(at, list!["would", "'d"])
            && view.any(at + 1, list!["be", "appreciate", "help", "love"])
    })
}

/// `Eye wash hall C defect, to be replaced`: what is to be done to what was named.
fn left_open(view: &View<'_>, start: usize, before: &Clause) -> Option<Opener> {
    let named = matches!(before.head, Head::Phrase | Head::Statement)
        && before.start < before.full.end
        && view.any(before.full.end, list![",", "–", "—", "-", "("]);
    (named && view.is(start, "to") && view.any(start + 1, list!["be", "get"]))
        .then(|| passive::left_open(view, before.start..before.full.end, start))
        .flatten()
}

/// `the new form, which Kim still has to sign`: the thing stands before its clause.
fn relative(view: &View<'_>, start: usize, from: usize) -> Option<Opener> {
    // `I'm back on Thursday, when I'll sign the lease`
    if from > 0
        && view.is(start, "when")
        && view.is(start - 1, ",")
        && view.any(start + 1, list!["i", "we"])
        && view.any(start + 2, list!["'ll", "will", "shall"])
    {
        return opener::read(view, start + 1).filter(|opener| !opener.negated);
    }
    if !view.any(start, list!["which", "that"]) || from == 0 {
        return None;
    }
    let opener = opener::read(view, start + 1)?;
    let bare = opener.verb + 1 >= view.len()
        || view.is_mark(opener.verb + 1)
        || view.any(
            opener.verb + 1,
            list![
                "first", "before", "by", "and", "to", "from", "into", "over", "back", "in", "on",
                "up", "round", "again", "for", "so",
            ],
        );
    // `which I will do tomorrow` speaks of the deed itself.
    let named = view.is(start, "which")
        && matches!(&opener.agent, opener::Agent::Named(name) if name.starts_with(char::is_uppercase));
    let duty = opener.subject_said && (!opener.weak || named) && !opener.negated;
    if bare && duty && view.is(opener.verb, "do") {
        return Some(opener);
    }
    let end = (0..start).rev().find(|at| !view.is_mark(*at))? + 1;
    let ends = |at: &usize| {
        !view.is_mark(*at)
            && !crate::clause::is_finite(view, *at)
            && !view.any(
                *at,
                list![
                    "to", "by", "for", "with", "in", "on", "at", "from", "about", "until",
                    "before", "after", "and", "but", "is", "are",
                ],
            )
    };
    let begin = (end.saturating_sub(7)..end).rev().take_while(ends).last()?;
    (bare && duty && opener.shape == Shape::Active).then_some(Opener {
        shape: Shape::Passive { object: begin..end },
        ..opener
    })
}

/// `don't send it`; alone, it takes back what was asked: `I asked you to bring laptops. Don't.`
fn forbids(view: &View<'_>, start: usize) -> Option<Head> {
    if !(view.is(start, "do") && view.any(start + 1, list!["n't", "not"])) {
        return None;
    }
    let verb = start + 2;
    if view.any(verb, list!["forget", "worry", "hesitate"]) {
        return Some(Head::Phrase);
    }
    Some(if view.base_verb(verb).is_some() {
        Head::Negated(imperative::negated(verb))
    } else if start == 0 && start + 3 >= view.len() {
        Head::Cancel { words: view.len() }
    } else {
        Head::Blocked
    })
}

/// What goes on with the clause before it.
fn continues(view: &View<'_>, start: usize, lead: Lead, clause: &Clause) -> Option<Head> {
    // `have the kitchen painted and the windows cleaned`
    if lead.joined
        && has_done(&clause.head)
        && let Some((object, verb)) = passive::causative(view, start.wrapping_sub(1))
    {
        return Some(Head::Action(imperative::causative(object, verb, lead)));
    }
    // `make sure the batteries are changed and the lawn is mowed`
    if lead.joined
        && matches!(&clause.head, Head::Action(first) if first.rule == passive::SURE)
        && let Some(opener) = passive::is_done(view, start)
    {
        return Some(Head::Action(opener));
    }
    // `we ask that the oven be cleaned and the keys be returned`
    if lead.joined
        && matches!(&clause.head, Head::Action(first) if first.rule == mandate::RULE)
        && let Some(opener) =
            mandate::wanted(view, start).filter(|_| !view.any(start, list!["let", "have"]))
    {
        return Some(Head::Action(opener));
    }
    // `Jo closes the trail, puts up a notice and tells Kim`
    if (lead.joined || view.is(start.wrapping_sub(1), ","))
        && let Head::Action(first) = &clause.head
        && first.rule == crate::action::IS_AGREED
        && view.verb(first.verb).is_some_and(|verb| verb.forms.third)
        && view.verb(start).is_some_and(|verb| verb.forms.only_third())
        && crate::action::present::does(view, start, &first.agent)
    {
        return Some(Head::Action(Opener {
            verb: start,
            shape: Shape::Active,
            resume: start + 1,
            ..first.clone()
        }));
    }
    if let Some(opener) = goes_on_to(view, start, clause) {
        return Some(Head::Action(opener));
    }
    if let Some(named) = super::joined::on_its_own_day(view, start, lead, clause) {
        return Some(Head::Action(named));
    }
    // `remember to lock up and to feed the cat`
    if lead.joined
        && view.is(start, "to")
        && let Head::Action(first) = &clause.head
        && view
            .base_verb(start + 1)
            .is_some_and(|verb| opener::acceptable(view, start + 1, verb.lean))
    {
        return Some(Head::Action(Opener {
            agent: first.agent.clone(),
            ..imperative::read(view, start + 1, lead)
        }));
    }
    let verb = view.base_verb(start).filter(|_| !lead.polite)?;
    if imperative::goes_on(view, start, clause) {
        // `I'll assume it is fine and order the pavers`
        let promised = view.any(clause.start, list!["i", "we"])
            && view.any(clause.start + 1, list!["'ll", "will", "must"])
            && opener::acceptable(view, start, verb.lean);
        let agent = if view.is(clause.start, "i") {
            opener::Agent::Speaker
        } else {
            opener::Agent::We
        };
        return Some(if promised {
            Head::Action(Opener {
                agent,
                ..imperative::read(view, start, lead)
            })
        } else {
            Head::Blocked
        });
    }
    // `if you'd like one, put your name on the sheet`: an offer.
    let reaches = matches!(
        verb.base,
        "ring" | "call" | "phone" | "text" | "email" | "contact" | "write" | "reply" | "message"
    );
    (offers(view, clause) || reaches && excuses(view, clause)).then_some(Head::Blocked)
}

/// `Ralf knows a roofer, calls him this week`: what the one of whom something is told will do, without saying
/// who it is again.
fn goes_on_to(view: &View<'_>, start: usize, clause: &Clause) -> Option<Opener> {
    let third = |at: usize| view.verb(at).is_some_and(|verb| verb.forms.only_third());
    if clause.head != Head::Statement
        || !view.is(start.wrapping_sub(1), ",")
        || !third(start)
        || !view.any(start + 1, list!["him", "her", "them", "it", "the", "his"])
    {
        return None;
    }
    let (name, end) = crate::person::name(view, clause.start)?;
    let agent = opener::Agent::Named(name);
    (third(end) && crate::action::present::does(view, start, &agent))
        .then(|| Opener::agreed(agent, start))
}

/// An order, or no deed at all.
fn order(view: &View<'_>, start: usize, lead: Lead, before: Option<&Clause>, opens: bool) -> Head {
    if imperative::may_start(view, start, lead, before)
        && (imperative::is(view, start, lead, opens)
            || imperative::is_unlisted(view, start, lead, before))
    {
        let inherits = before
            .filter(|_| lead.joined && !lead.polite && !lead.corrects)
            .map(|clause| &clause.head);
        let opener = imperative::read(view, start, lead);
        return match inherits {
            // `she wanted to leave at four, and pack the headphones`: the order is not hers.
            Some(Head::Blocked)
                if !before.is_some_and(|clause| {
                    view.is(clause.start, "to")
                        || view.any(clause.start, list!["he", "she", "they"])
                            && view.is(start.wrapping_sub(2), ",")
                }) =>
            {
                Head::Blocked
            }
            Some(Head::Negated(first)) => Head::Negated(Opener {
                agent: first.agent.clone(),
                ..opener
            }),
            // `no need to mop the hall or move the chairs`
            Some(Head::Cancel { .. }) if lead.or => Head::Cancel { words: start },
            _ if lead.hedged => Head::Blocked,
            _ => Head::Action(opener),
        };
    }
    let free = before.is_none_or(|clause| {
        !matches!(clause.head, Head::Action(_))
            && (view.is_mark(clause.full.end) || view.is(clause.full.end, "so"))
    });
    if free
        && !view.question
        && let Some(opener) = bound::read(view, start).or_else(|| passive::target(view, start))
    {
        return Head::Action(opener);
    }
    if is_statement(view, start) {
        Head::Statement
    } else {
        Head::Phrase
    }
}

/// `Buy a striker?`: an order with a question mark is a thought, unless it is asked for politely or
/// goes on with a request.
fn asks_back(view: &View<'_>, start: usize, lead: Lead) -> bool {
    // `can you check whether it came and, if so, bring it over?`
    let asked = (0..start)
        .any(|at| view.any(at, list!["can", "could", "would", "will"]) && view.is(at + 1, "you"));
    view.question
        && !asked
        && !view.listed
        && !lead.polite
        && !lead.joined
        && view.next_mark(start, view.len()) + 2 >= view.len()
        && view.base_verb(start).is_some()
}

/// `if you want a note`, `if you're interested`: up to whoever it is said to.
fn offers(view: &View<'_>, clause: &Clause) -> bool {
    let at = clause.start;
    clause.head == Head::Subordinate(Order::Condition)
        && view.is(at, "if")
        && view.is(at + 1, "you")
        && (view.any(
            at + 2,
            list!["want", "wish", "prefer", "like", "fancy", "enjoy"],
        ) || view.any(at + 2, list!["'d", "would", "'re", "are"])
            && view.any(
                at + 3,
                list!["like", "love", "prefer", "interested", "curious", "keen"],
            ))
}

/// `should you be unable to attend`, `if the time doesn't suit`, `if not`: for whoever finds it so.
fn excuses(view: &View<'_>, clause: &Clause) -> bool {
    let words = clause.start + 1..clause.full.end;
    let not = view.is(clause.start + 1, "not") && clause.start + 2 >= clause.full.end;
    clause.head == Head::Subordinate(Order::Condition)
        && (not
            || words.clone().any(|at| {
                view.any(
                    at,
                    list![
                        "unable",
                        "unsure",
                        "doubt",
                        "suit",
                        "suits",
                        "inconvenient",
                        "questions",
                        "query",
                        "queries",
                        "difficulty",
                        "dissatisfied",
                        "unhappy",
                    ],
                )
            }))
}

pub(super) fn has_done(head: &Head) -> bool {
    matches!(
        head,
        Head::Action(Opener {
            shape: Shape::Causative { .. },
            ..
        })
    )
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn a_condition_may_be_told_by_its_order_of_words() {
        assert_eq!(
            found("Note for the night: should the pump stall, ring Ida at once."),
            ["Ring Ida at once if the pump stall"]
        );
        assert_eq!(
            found("Ravi, should no answer come by Friday, then ring the depot."),
            ["Ring the depot if no answer come"]
        );
    }

    #[test]
    fn what_a_clause_adds_to_a_thing_may_be_its_deed() {
        assert_eq!(
            found(
                "The choir has a cello, which Ida has promised to bring to the workshop by Friday."
            ),
            ["Bring a cello to the workshop"]
        );
    }

    #[test]
    fn what_is_not_needed_may_be_either_of_two() {
        for text in [
            "There's no need to mop the hall or move the chairs.",
            "If you are ever in Porto on a Sunday, skip the tower and take the tram to the sea.",
            "I thought we'd have to rewire the shed but it was only the bulb.",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn what_a_deed_is_for_is_left_out() {
        assert_eq!(
            found("Please sand the step by Friday so the guests can use it."),
            ["Sand the step"]
        );
    }

    #[test]
    fn a_promise_may_stand_behind_its_day() {
        assert_eq!(
            found("I'm back on Friday, when I'll sign the lease."),
            ["Sign the lease"]
        );
    }

    #[test]
    fn a_colon_ends_a_clause_of_time() {
        assert_eq!(
            found("Two things before we open: rename the file, and add a picture."),
            ["Rename the file", "Add a picture"]
        );
    }
}
