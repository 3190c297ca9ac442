//! People named beside the deed: `parking – Lena books it`, `our plumber, Mr Reyes, will come`, and
//! those who only stand in its way: `agree it with Vi, kindly let us know`.

use crate::detect::Source;
use crate::draft::Draft;
use crate::person::{self, Named};
use crate::sentence::Sentence;
use crate::token::{Kind, List, Mask, Token, list};

/// Words by which a name before them is the one who acts.
const ACTS: List<'static> = list![
    "to", "will", "'ll", "shall", "can", "is", "'s", "has", "must", "should", "needs", "does",
    "do",
];

/// Words behind which a name is only dealt with.
const PREPOSITIONS: List<'static> = list![
    "with", "to", "from", "for", "of", "by", "about", "at", "and", "or", "like", "than",
];

fn is_named(token: &Token, people: &Named) -> bool {
    token.kind == Kind::Word
        && token.mask == Mask::None
        && token.capital
        && (people.has(token) || token.is_first_name())
}

/// `Colin knows an electrician, will ask him round`: who the sentence began with goes on.
pub(super) fn goes_on(sentence: &Sentence, people: &Named) -> Option<String> {
    let tokens = &sentence.tokens;
    let (name, verb) = (tokens.first()?, tokens.get(1)?);
    let tells = verb.any(list!["is", "has", "'s", "was", "had"])
        || verb
            .verb
            .is_some_and(|verb| (verb.forms.third || verb.forms.past) && !verb.forms.base);
    let will = || {
        (3..tokens.len()).any(|at| {
            tokens[at].any(list!["will", "'ll"])
                && tokens[at - 1].any(list![",", ";", "and", "but"])
        })
    };
    (is_named(name, people) && tells && will()).then(|| person::capitalised(name))
}

/// `airport parking – Lena books`, `Mould → Ade emailing the agency`, `scores: JB -> hire them`,
/// `bring her home – Pete, you've got the car`: the one who is named behind the thing.
pub(super) fn behind(sentence: &Sentence, people: &Named) -> Option<String> {
    let tokens = &sentence.tokens;
    (1..tokens.len()).find_map(|at| {
        let before = &tokens[at - 1];
        let parted = before.is_dash() && !before.is("=") || before.is(":");
        let named = is_named(&tokens[at], people);
        if !parted || at < 2 || !(named || tokens[at].capital) {
            return None;
        }
        let next = tokens.get(at + 1)?;
        let verb = next
            .verb
            .is_some_and(|verb| verb.forms.third || verb.forms.ing);
        // `the till is short → Corinna cashes up`
        if !named {
            let third = next.verb.is_some_and(|verb| verb.forms.only_third());
            let arrow = before.is_arrow();
            let shaped = !tokens[at].upper
                && tokens[at].kind == Kind::Word
                && tokens[at].mask == Mask::None
                && tokens[at].verb.is_none()
                && !person::no_name(&tokens[at]);
            return (arrow && third && shaped).then(|| person::capitalised(&tokens[at]));
        }
        let to_you = next.is(",")
            && tokens
                .get(at + 2)
                .is_some_and(|token| token.any(list!["you", "please", "can", "could", "your"]));
        // `Wed – Mum's prescription` is hers, and for somebody else to fetch; `Wed – Mum's bringing it`
        let owns = !before.is_arrow()
            && next.is("'s")
            && tokens.get(at + 2).is_some_and(|token| {
                let does = |verb: crate::lexicon::Verb| verb.forms.ing || verb.forms.participle;
                token.is_word()
                    && !token.verb.is_some_and(does)
                    && !person::is_kin(&token.lower)
                    && !token.any(list![
                        "the", "a", "an", "to", "on", "in", "got", "our", "not", "away", "off",
                        "action", "actions", "job", "task", "turn", "crew", "team"
                    ])
            });
        let acts = next.any(ACTS) && !owns || verb || next.is_dash() && !next.is("-") || to_you;
        acts.then(|| person::capitalised(&tokens[at]))
    })
}

/// `Our plumber, Mr Reyes, will call`, `Ana, my sister, will bring it`: whose deed the words behind the
/// second comma tell.
pub(super) fn apposed(sentence: &Sentence) -> Option<String> {
    let tokens = &sentence.tokens;
    let acts = (3..tokens.len()).find(|at| {
        tokens[*at].any(list!["will", "shall", "is", "has", "must", "should"])
            && tokens[at - 1].is(",")
    })?;
    let open = tokens[..acts - 1].iter().rposition(|token| token.is(","))?;
    let start = tokens[..open]
        .iter()
        .rposition(Token::is_mark)
        .map_or(0, |mark| mark + 1);
    let name_in = |range: std::ops::Range<usize>| {
        (range.len() <= 5).then_some(())?;
        let possessive = tokens[range.end].is("'s");
        let mut names = tokens[range].iter().filter(|token| {
            token.kind == Kind::Word
                && token.capital
                && !person::is_title(&token.lower)
                && !person::no_name(token)
                && !token.any(list!["our", "my", "the", "your", "his", "her", "their"])
        });
        names
            .next()
            .filter(|_| !possessive)
            .map(person::capitalised)
    };
    let role = tokens[start..open].first().is_some_and(|token| {
        token.any(list![
            "our", "my", "the", "your", "his", "her", "their", "a"
        ])
    });
    if role {
        name_in(open + 1..acts - 1)
    } else {
        let explains = tokens.get(open + 1)?.any(list![
            "our", "my", "the", "your", "his", "her", "their", "a", "an", "who",
        ]);
        explains.then(|| name_in(start..open))?
    }
}

/// `Once it is agreed with Aunt Vi, kindly let them know`: the name goes with the words before it.
pub(super) fn is_dealt_with(sentence: &Sentence, name: &str) -> bool {
    let lower = name.to_lowercase();
    let tokens = &sentence.tokens;
    let Some(at) = tokens.iter().position(|token| token.lower == lower) else {
        return false;
    };
    let titled = at > 0 && person::is_title(&tokens[at - 1].lower);
    let before = at.checked_sub(1 + usize::from(titled));
    before.is_some_and(|before| tokens[before].any(PREPOSITIONS))
        && tokens.get(at + 1).is_some_and(|next| next.is(","))
}

/// `remind me to ring the bank`: whoever says so does it.
pub(super) fn is_reminded(sentence: &Sentence) -> bool {
    sentence.tokens.windows(3).any(|row| {
        row[0].is("remind") && row[1].any(list!["me", "myself"]) && row[2].is("to")
            || row[0].is("let") && row[1].is("me") && row[2].is("forget")
    })
}

/// `gotta email them`, `Need to ring the bank`: nobody but the speaker owes it.
pub(super) fn owes(sentence: &Sentence) -> bool {
    let tokens = &sentence.tokens;
    (0..tokens.len()).any(|at| {
        let opens = at == 0
            || tokens[at - 1].is_mark()
            || tokens[at - 1].any(list!["and", "but", "so", "also", "still", "then"]);
        let to = || tokens.get(at + 1).is_some_and(|next| next.is("to"));
        opens
            && (tokens[at].any(list!["gotta", "gonna", "needa"])
                || tokens[at].any(list!["need", "have", "got", "ought", "want", "going"]) && to())
    })
}

/// `Ambrose, you mentioned the gutters`: who is reminded of what they said is not told to do it.
pub(super) fn only_reminded(source: &Source<'_>, draft: &Draft) -> bool {
    let tokens = &source.sentences[draft.sentence].tokens;
    let Some(name) = tokens.iter().position(Token::is_word) else {
        return false;
    };
    let past = tokens.get(name + 3).is_some_and(|token| {
        token
            .verb
            .is_some_and(|verb| verb.forms.past && !verb.forms.base)
    });
    let called = draft
        .assignee
        .as_ref()
        .is_some_and(|(called, _)| called.to_lowercase() == tokens[name].lower);
    let said = tokens.get(name + 1).is_some_and(|token| token.is(","))
        && tokens.get(name + 2).is_some_and(|token| token.is("you"));
    called && said && past
}

#[cfg(test)]
mod tests {
    use crate::testing::assignees;

    #[test]
    fn a_name_behind_a_dash_with_its_verb_does_it() {
        for (text, name) in [
            ("To do\n- train tickets – Ravi books, by 3 May", "Ravi"),
            ("To do\n- leak in cellar → Ilse calling the plumber", "Ilse"),
            ("To do\n- fetch the cot – Marta, you have the van", "Marta"),
            ("To do\n- Gutters: Ilse, P3, three neighbours asked", "Ilse"),
            ("To do\n- Gutters: must, Ilse, by the end of May", "Ilse"),
            ("To do\n- clear the gutters / Ilse, today", "Ilse"),
            (
                "PREP\nchop 3 kg onions ... Ilse\nboil eggs ... Ravi  DONE",
                "Ilse",
            ),
        ] {
            assert_eq!(
                assignees(text).first(),
                Some(&Some(name.to_owned())),
                "{text}"
            );
        }
    }

    #[test]
    fn one_in_apposition_is_the_subject() {
        for (text, name) in [
            (
                "Our electrician, Mr Reyes, will replace the fuse box next week.",
                "Reyes",
            ),
            (
                "Ingrid, my sister, will collect the keys on Friday.",
                "Ingrid",
            ),
        ] {
            assert_eq!(assignees(text), [Some(name.to_owned())], "{text}");
        }
    }

    #[test]
    fn one_who_is_dealt_with_is_not_told_to_act() {
        let text = "Dear Cleo,\nOnce you have agreed the date with Uncle Rolf, please send the cards by Friday.\nYours\nIda";
        assert_eq!(assignees(text).last(), Some(&Some("Cleo".to_owned())));
    }
}
