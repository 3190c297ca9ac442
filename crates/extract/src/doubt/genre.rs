//! Texts that tell nobody anything: stories, advice, jokes, lists of prices, programmes.
//!
//! Several signals are added up, for and against; a single word decides nothing.

use super::{NOUN, ORDER};
use crate::action::opener::Agent;
use crate::detect::Source;
use crate::draft::Draft;
use crate::sentence::Sentence;
use crate::text::Section;
use crate::token::{Kind, Mask, Token};

/// Words that say something of all people and all times.
const GENERAL: &[&str] = &[
    "always",
    "never",
    "ever",
    "everyone",
    "anyone",
    "people",
    "usually",
    "generally",
    "often",
    "nobody",
    "rule",
    "secret",
    "trick",
    "yourself",
    "any",
    "every",
    "one",
    "most",
    "either",
    "oneself",
    "whoever",
    "beginners",
    "tip",
    "tips",
    "best",
    "good",
    "because",
    "life",
    "old",
];

/// Words of people who hand things down, of audiences and of publications.
const TELLING: &[&str] = &[
    "grandmother",
    "grandfather",
    "grandma's",
    "abuela",
    "nonna",
    "nani",
    "granny",
    "proverb",
    "saying",
    "story",
    "swears",
    "podcast",
    "listener",
    "listeners",
    "sponsor",
    "episode",
    "reader",
    "readers",
    "patch",
    "changelog",
    "release",
    "player",
    "players",
    "tale",
    "legend",
    "quiz",
    "joke",
    "horoscope",
    "lie",
    "truths",
    "century",
    "locals",
    "crowds",
    "bargaining",
];

/// Words of a kitchen, beyond those that make a text a recipe by themselves.
const KITCHEN: &[&str] = &[
    "salsa", "tomatoes", "garlic", "onion", "onions", "salt", "pepper", "blend", "blender", "peel",
    "char", "chop", "stir", "simmer", "boil", "bake", "fry", "oven", "dough", "pan", "sauce",
    "soup", "cilantro", "oil", "butter", "sugar", "flour", "rice", "beans", "lemon", "grate",
    "whisk",
];

/// Why nothing in a text is for its reader to do.
pub(super) fn to_nobody(source: &Source<'_>, drafts: &[Draft]) -> Option<&'static str> {
    if is_price_list(source) {
        return Some("a list of prices");
    }
    if is_programme(source, drafts) {
        return Some("a programme");
    }
    if all_loose(source, drafts) && told(source) >= 3 {
        return Some("a story, or advice to anybody");
    }
    None
}

/// Whether nothing says for whom a draft is or by when it has to be done.
fn all_loose(source: &Source<'_>, drafts: &[Draft]) -> bool {
    let document = source.document;
    let spoken = document.chat || document.signer.is_some() || document.addressee.is_some();
    let loose = |draft: &Draft| {
        let place = &source.sentences[draft.sentence].unit.place;
        let free = draft
            .due
            .as_ref()
            .is_none_or(|due| due.recurrence.is_some());
        let anybody =
            draft.rule == ORDER && draft.agent == Agent::Unsaid || draft.agent == Agent::Addressee;
        free && anybody
            && draft.assignee.is_none()
            && draft.priority.is_none()
            && place.item.is_none()
            && !place.marked
            && !matches!(
                place.section,
                Section::Tasks | Section::Shopping | Section::Someday
            )
    };
    !spoken
        && drafts.iter().filter(|draft| draft.alive).all(loose)
        && !source.sentences.iter().any(asks)
}

/// Whether a sentence asks somebody, or plans.
fn asks(sentence: &Sentence) -> bool {
    let tokens = &sentence.tokens;
    let own = |at: usize| {
        tokens[at].any(&["i", "we"])
            && tokens.get(at + 1).is_some_and(|next| {
                next.any(&[
                    "'ll", "will", "need", "must", "should", "have", "want", "gotta", "'d",
                ])
            })
    };
    (0..tokens.len()).any(|at| {
        tokens[at].any(&["please", "todo", "remind", "asap", "forget", "reminder"]) || own(at)
    })
}

/// How much in a text speaks for a story or for general advice.
fn told(source: &Source<'_>) -> usize {
    let (mut words, mut past, mut general, mut telling, mut kitchen) = (0, 0, 0, 0, 0);
    let mut ever = false;
    for sentence in source.sentences {
        let tokens = &sentence.tokens;
        for (at, token) in tokens
            .iter()
            .enumerate()
            .filter(|(_, token)| token.is_word())
        {
            words += 1;
            let told = token
                .verb
                .is_some_and(|verb| verb.forms.past && !verb.forms.base && !verb.forms.participle)
                || token
                    .verb
                    .is_some_and(|verb| verb.forms.past && !verb.forms.base)
                    && at > 0
                    && (tokens[at - 1].capital
                        || tokens[at - 1].any(&[
                            "i", "he", "she", "they", "we", "it", "who", "never", "always",
                        ]));
            past += usize::from(told || token.any(&["was", "were", "had", "did", "made", "said"]));
            general += usize::from(token.any(GENERAL));
            telling += usize::from(token.any(TELLING));
            kitchen += usize::from(token.any(KITCHEN));
            ever |= token.is("ever")
                && tokens[at.saturating_sub(3)..at]
                    .iter()
                    .any(|before| before.is("if") || before.is("you"));
        }
    }
    if words < 14 {
        return 0;
    }
    past.min(2) + general.min(2) + 2 * telling.min(2) + kitchen / 3 + 3 * usize::from(ever)
}

/// Lines that end in an amount, under a word for prices.
fn is_price_list(source: &Source<'_>) -> bool {
    let lines: Vec<&Sentence> = source
        .sentences
        .iter()
        .filter(|sentence| sentence.unit.place.first)
        .collect();
    let ends = |sentence: &&&Sentence| {
        let mut tokens = sentence.tokens.iter().rev().filter(|token| !token.is("."));
        let last = tokens.next();
        let number = |token: Option<&Token>| {
            token.is_some_and(|token| {
                token.kind == Kind::Number && !matches!(token.mask, Mask::Date(_))
            })
        };
        let money =
            last.is_some_and(|token| token.any(&["€", "$", "£", "eur", "chf", "usd", "gbp"]));
        sentence.tokens.len() > 1 && (number(last) || money && number(tokens.next()))
    };
    let priced = lines.iter().filter(ends).count();
    let said = source
        .sentences
        .iter()
        .flat_map(|sentence| &sentence.tokens)
        .any(|token| {
            token.any(&[
                "price", "prices", "tariff", "tariffs", "rates", "fees", "menu", "preise", "€",
                "$", "£",
            ])
        });
    let boxed = source.sentences.iter().any(|sentence| {
        let item = sentence.unit.place.item.as_ref();
        item.is_some_and(|item| item.checked.is_some())
            || sentence.person.is_some()
            || asks(sentence)
    });
    priced >= 3 && priced * 2 >= lines.len() && said && !boxed
}

/// Lines that open with a day and a time and name what is on then, and nobody who does anything.
fn is_programme(source: &Source<'_>, drafts: &[Draft]) -> bool {
    let lines: Vec<&Sentence> = source
        .sentences
        .iter()
        .filter(|sentence| sentence.unit.place.first)
        .collect();
    let timed = lines
        .iter()
        .filter(|sentence| {
            sentence
                .tokens
                .first()
                .is_some_and(|token| matches!(token.mask, Mask::Date(_)))
        })
        .count();
    let plain = drafts.iter().filter(|draft| draft.alive).all(|draft| {
        draft.rule == NOUN
            && draft.assignee.is_none()
            && draft.priority.is_none()
            && draft
                .due
                .as_ref()
                .is_some_and(|due| due.recurrence.is_none())
    });
    let said = source
        .sentences
        .iter()
        .take(2)
        .flat_map(|sentence| &sentence.tokens)
        .any(|token| {
            token.any(&[
                "programme",
                "program",
                "schedule",
                "timetable",
                "showtimes",
                "fixtures",
                "hours",
                "line-up",
                "lineup",
            ])
        })
        || source.document.title.as_ref().is_some_and(|title| {
            let title = source.text[title.clone()].to_lowercase();
            [
                "programme",
                "program",
                "schedule",
                "timetable",
                "showtimes",
                "fixtures",
                "line-up",
            ]
            .iter()
            .any(|word| title.contains(word))
        });
    timed >= 3
        && timed * 3 >= lines.len() * 2
        && plain
        && said
        && !source.sentences.iter().any(asks)
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    #[test]
    fn a_list_of_prices_asks_for_nothing() {
        let text = "Dog parlour – prices from April\nWash 30\nClip from 45\nNails 12\nPuppies 20\n";
        assert_eq!(found(text), [""; 0]);
    }

    #[test]
    fn what_a_grandfather_used_to_say_is_a_story() {
        let text = "My grandfather kept bees and never wore a veil. Move slowly, he said, and always \
                    talk to them. They stung everyone but him.";
        assert_eq!(found(text), [""; 0]);
    }

    #[test]
    fn a_note_with_a_memory_in_it_stays_a_note() {
        let text =
            "The tap dripped all night again. Call the plumber tomorrow, he was always quick.";
        assert_eq!(found(text).len(), 1);
    }
}
