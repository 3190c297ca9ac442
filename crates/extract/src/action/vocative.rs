//! Who is called in front of an order: `Gareth, chase them`, `Ma, don't lift it`, and nobody in `dentist – ring`.

use crate::clause::View;
use crate::lexicon;
use crate::person;
use crate::token::{List, Token, list};

/// Marks behind the name an order is addressed to.
const STOPS: List<'static> = list![",", ":", "-", "–", "—", "!"];

/// The name an order is addressed to: `Noor, send …`.
pub(crate) fn vocative(view: &View<'_>, at: usize) -> Option<(String, usize)> {
    if !view.may_have(STOPS) {
        return None;
    }
    let greets = |at: usize| {
        let word = view.lower(at);
        view.any(at, list!["ok", "thanks"]) || person::only_greets(word)
    };
    let at = at + (at..at + 3).take_while(|at| greets(*at)).count();
    let at = at + usize::from(view.is(at, ","));
    // `Ma, please don't lift it`
    let family = view.get(at).filter(|token| {
        token.capital
            && token.any(list![
                "ma", "pa", "mum", "mom", "mama", "papa", "dad", "gran", "granny", "nan", "nana",
                "grandma", "grandpa", "oma", "opa", "auntie",
            ])
    });
    if let Some(family) = family.filter(|_| view.any(at + 1, list![",", "!"])) {
        return Some((person::capitalised(family), at + 2));
    }
    let (name, end) = person::name(view, at)?;
    let known = name.split(' ').all(|part| {
        let lower = part.to_lowercase();
        lexicon::is_first_name(&lower) || view.people.contains(&lower)
    });
    let titled = person::is_title(view.lower(at)) && end > at + 1;
    // `dentist 3pm Tuesday, rent Friday`: a role with a day behind it is whom to go to, and hears nothing.
    let dated = || {
        view.at
            .get(end)
            .is_some_and(|next| view.tokens[*next - 1].is_dated())
    };
    // `Landlord – ask for a receipt`: who is asked.
    let reached = || {
        let parted = view.get(end).is_some_and(Token::is_dash);
        parted && view.any(end + 1, super::topic::REACH)
    };
    if !known && !titled && (view.is(end, ":") || dated() || reached()) {
        return None;
    }
    view.any(end, STOPS).then_some((name, end + 1))
}
