//! The words that stand for others: `it`, `them`, `that`, `one`, `yours`, `him`.

use super::persons::{Sex, is_body, sex_of, title_of};
use super::{Around, Thing, Things};
use crate::detect::Source;
use crate::sentence::Sentence;
use crate::summary;
use crate::token::{Kind, Mask, list};

/// The words of a deed, as its pronouns are looked at.
pub(super) struct Words<'a> {
    pub(super) source: &'a Source<'a>,
    pub(super) sentence: &'a Sentence,
    pub(super) tokens: &'a [usize],
    /// The plain form of its verb.
    pub(super) base: &'a str,
    /// The token of its verb.
    pub(super) verb: Option<usize>,
    pub(super) people: Around<'a>,
}

impl Things {
    /// What the word at `place` stands for, if it is a pronoun that can be filled in.
    pub(super) fn stands_for(
        &self,
        words: &Words<'_>,
        place: usize,
        replaced: bool,
    ) -> Option<String> {
        let Around { speaker, named, .. } = words.people;
        let token = words.token(place);
        let in_words = words.any_content();
        let determiner = words.is_determiner(place);
        if token.any(list!["one", "ones", "some"]) && !replaced && !determiner {
            return self.one_of_them(words, place);
        }
        if words.counts_alone(place) && !replaced {
            return self.so_many(words, place);
        }
        // `I'll call you`: whoever is written to.
        if token.is("you") && words.tokens.len() == 1 {
            return words.source.document.addressee.clone();
        }
        // `call IT` is no `call it`.
        let sure = token.any(list!["it", "them"]) && !token.upper
            || token.is("they") && place == 0
            || words.is_lot(place);
        // `those two`, `both`
        let pair = (token.any(list!["these", "those"])
            && place + 2 == words.tokens.len()
            && words.token(place + 1).any(list!["two", "three", "four"]))
            || token.is("both") && words.tokens.len() == 1 && self.has_several();
        let points = token.any(list!["that", "this", "these", "those"]) && !determiner || pair;
        let own =
            token.any(list!["yours", "mine", "ours", "theirs"]) && words.led(place) && !in_words;
        let many = token.any(list!["them", "they", "these", "those", "both", "lot"]);
        if sure && words.names_before(place) {
            return None;
        }
        if (own || (sure || points) && !self.spoken_to(words, place))
            && !replaced
            && (!in_words || place == 0 || sure)
            && let Some(thing) = self.meant(words.source, (words.people.index, words.base), many)
        {
            if thing.plural == many {
                thing.said.set(words.people.index);
            }
            return Some(thing.words(words.source));
        }
        // `he should take the cash with him`: himself.
        let with = place
            .checked_sub(1)
            .is_some_and(|before| words.token(before).is("with"))
            && matches!(words.base, "take" | "bring" | "carry" | "have");
        if with && token.any(list!["him", "her", "them", "you", "me", "us"]) {
            return None;
        }
        let her = token.is("her") && !determiner;
        // `The twins are at judo. They need to be picked up.`
        let them =
            token.is("they") && place == 0 || token.is("them") && self.spoken_to(words, place);
        if (her || them || token.is("him"))
            && let Some(person) = self.somebody(words, named.is_some(), token)
        {
            return Some(person.words(words.source));
        }
        if (token.is("him") || her)
            && let Some(named) = named.filter(|named| {
                Some(*named) != speaker
                    && !words.does_it(named)
                    && !words.says(place, named)
                    && agrees_in_sex(token, named)
            })
        {
            return Some(named.to_owned());
        }
        speaker
            .filter(|_| token.is("me"))
            .map(std::borrow::ToOwned::to_owned)
    }

    /// Whether several of a kind were the last thing named.
    fn has_several(&self) -> bool {
        self.named.iter().rev().take(3).any(|thing| thing.plural)
    }

    /// Whom `him`, `her` and `them` mean, where somebody was spoken of by what they are: in the same
    /// sentence, or shortly before where nobody has a name.
    fn somebody(
        &self,
        words: &Words<'_>,
        named: bool,
        pronoun: &crate::token::Token,
    ) -> Option<&Thing> {
        let index = words.people.index;
        let reach = if named { 0 } else { 3 };
        let many = pronoun.any(list!["them", "they"]);
        let fits = |person: &&Thing| {
            let tokens = &words.source.sentences[person.sentence].tokens;
            let lower = |at: Option<&usize>| at.map_or("", |at| tokens[*at].lower.as_str());
            let head = lower(person.tokens.last());
            let sex = title_of(lower(person.tokens.first())).unwrap_or_else(|| sex_of(head));
            // `your mum` is not `them`.
            many && (person.plural || matches!(sex, Sex::Unsaid))
                || !many
                    && !person.plural
                    && !is_body(&crate::words::cut(head))
                    && match sex {
                        Sex::She => pronoun.is("her"),
                        Sex::He => pronoun.is("him"),
                        Sex::Unsaid => true,
                    }
        };
        let near = |person: &&Thing| index.saturating_sub(person.sentence) <= reach;
        self.persons.iter().rev().take_while(near).find(fits)
    }

    /// `tell them`, `confirm with them`, `give them a bell`: people.
    fn spoken_to(&self, words: &Words<'_>, place: usize) -> bool {
        if !words.token(place).is("them") {
            return false;
        }
        let index = words.people.index;
        let before = place
            .checked_sub(1)
            .map_or(words.base, |place| words.token(place).lower.as_str());
        let at_hand = || {
            let near = |thing: &&Thing| index - thing.sentence.min(index) <= 2;
            let mut things = self.named.iter().filter(near);
            things.any(|thing| thing.plural && thing.weight >= 5)
        };
        let sends = matches!(before, "write" | "email" | "text" | "pay");
        // `count the plates and send them the number`
        let receives = passes_on(if place == 0 { words.base } else { before })
            && words
                .sentence
                .tokens
                .get(words.tokens[place] + 1)
                .is_some_and(|next| {
                    let determined = next.any(list![
                        "a", "an", "the", "some", "my", "your", "our", "another", "any",
                    ]);
                    // `give them final numbers`, but not `give them back`
                    let thing = crate::words::is_content(next)
                        && next.kind == Kind::Word
                        && next.verb.is_none()
                        && !summary::particle(&next.lower)
                        && !next.any(list![
                            "away",
                            "again",
                            "all",
                            "first",
                            "both",
                            "please",
                            "straight",
                            "direct",
                            "directly",
                            "together",
                            "home",
                            "along",
                            "separately"
                        ])
                        && next.mask == Mask::None;
                    determined || thing
                });
        let spoken = before == "to"
            && matches!(
                words.base,
                "write" | "speak" | "talk" | "reply" | "respond" | "apologise" | "explain"
            );
        receives || spoken || to_people(before) && !(sends && at_hand())
    }
}

impl Words<'_> {
    /// `Tom hands him the keys`: whoever does it is not `him`.
    fn does_it(&self, name: &str) -> bool {
        let first = name.split(' ').next().unwrap_or(name).to_lowercase();
        self.verb.is_some_and(|verb| {
            let before = &self.sentence.tokens[verb.saturating_sub(3)..verb];
            before.iter().any(|token| token.lower == first)
        })
    }

    /// `ask Ida whether 8 pm works for her`: she is named in the title already.
    fn says(&self, place: usize, name: &str) -> bool {
        let first = name.split(' ').next().unwrap_or(name).to_lowercase();
        (0..place).any(|before| self.token(before).lower == first)
    }

    /// `dye the lot`, `mount the thing`: what is left of it says as little as `it`.
    fn is_lot(&self, place: usize) -> bool {
        place == 0 && super::lot::stands_in(self.sentence, self.tokens[place])
    }

    pub(super) fn token(&self, place: usize) -> &crate::token::Token {
        &self.sentence.tokens[self.tokens[place]]
    }

    fn any_content(&self) -> bool {
        let mut tokens = self.tokens.iter();
        tokens.any(|at| {
            let token = &self.sentence.tokens[*at];
            crate::words::is_content(token) && !token.any(list!["yours", "mine", "ours", "theirs"])
        })
    }

    /// `write up the decisions and circulate them`: the deed itself names what the pronoun behind its
    /// second verb stands for.
    fn names_before(&self, place: usize) -> bool {
        let Some(verb) = place.checked_sub(1) else {
            return false;
        };
        let joined = verb > 0
            && (self.token(verb).verb).is_some_and(|verb| verb.forms.base || verb.forms.third)
            && self.token(verb - 1).any(list!["and", "or", "then"]);
        let many = self.token(place).is("them");
        joined
            && (0..verb - 1).any(|place| {
                let token = self.token(place);
                let plural = token.lower.ends_with('s') && !token.lower.ends_with("ss");
                let ends = place + 1 == verb - 1
                    || !self.token(place + 1).is_word()
                    || self.token(place + 1).verb.is_none()
                        && !crate::words::is_content(self.token(place + 1));
                crate::words::is_content(token) && !token.capital && ends && plural == many
            })
    }

    /// Whether the word at `place` belongs to the one behind it: `that report`.
    fn is_determiner(&self, place: usize) -> bool {
        self.tokens.get(place + 1).is_some_and(|at| {
            // `get this booked`: the verb behind it is no noun.
            *at == self.tokens[place] + 1
                && Some(*at) != self.verb
                && takes_determiner(&self.sentence.tokens[*at])
        })
    }

    /// Whether nothing but small words stand between the verb and the word at `place`.
    pub(super) fn led(&self, place: usize) -> bool {
        (0..place).all(|place| {
            let token = self.token(place);
            summary::particle(&token.lower)
                || token.any(list!["in", "me", "us", "him", "her", "them"])
                || !self.sentence.unit.place.first && token.capital
        })
    }
}

/// Whether `that` before this word belongs to it: `that report`, but not `that to Kim`.
fn takes_determiner(next: &crate::token::Token) -> bool {
    next.is_word()
        && !next.any(list![
            "to", "for", "up", "down", "off", "out", "over", "back", "in", "on", "with", "at",
            "from", "and", "about", "again", "away", "by", "through", "into", "right", "straight",
            "before", "after", "until", "first", "ready", "done",
        ])
}

/// Verbs that pass one thing to somebody.
fn passes_on(base: &str) -> bool {
    matches!(
        base,
        "give"
            | "send"
            | "lend"
            | "show"
            | "offer"
            | "hand"
            | "buy"
            | "bring"
            | "make"
            | "get"
            | "cook"
            | "owe"
            | "teach"
            | "read"
            | "do"
            | "drop"
    )
}

/// Verbs and prepositions behind which `them` are people.
fn to_people(word: &str) -> bool {
    matches!(
        word,
        "tell"
            | "ask"
            | "call"
            | "remind"
            | "email"
            | "text"
            | "phone"
            | "ring"
            | "message"
            | "let"
            | "inform"
            | "with"
            | "thank"
            | "invite"
            | "pay"
            | "meet"
            | "notify"
            | "write"
    )
}

/// `her` is not Jack.
fn agrees_in_sex(pronoun: &crate::token::Token, name: &str) -> bool {
    match sex_of(&name.to_lowercase()) {
        Sex::She => !pronoun.is("him"),
        Sex::He => !pronoun.is("her"),
        Sex::Unsaid => true,
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn what_was_new_is_known_when_it_is_spoken_of_again() {
        assert_eq!(
            found("Lou has found a typo in the brochure. She will correct it by Friday."),
            ["Correct the typo in the brochure"]
        );
        assert_eq!(
            found(
                "The shop is closed at noon. Lou has found an error in the leaflets. It is urgent \
                 because the leaflets go out on Monday. She will repair it by Friday."
            ),
            ["Repair the error in the leaflets"]
        );
        assert_eq!(
            found("I spotted a typo in the brochure. Please correct it by Friday."),
            ["Correct the typo in the brochure"]
        );
    }

    #[test]
    fn the_deed_itself_names_what_its_second_verb_is_done_to() {
        assert_eq!(
            found("Kickoff notes:\n- Ida orders the lamps and hangs them by Friday."),
            ["Order the lamps and hang them"]
        );
    }

    #[test]
    fn how_a_thing_is_is_no_part_of_it() {
        assert_eq!(
            found("Otter camera: batteries flat; Ida changes them on Friday."),
            ["Change batteries (otter camera)"]
        );
    }

    #[test]
    fn him_and_her_are_people_of_that_sex() {
        for (text, summary) in [
            (
                "The roofer signs off the gable – Magnus rings him on Friday.",
                "Ring the roofer",
            ),
            (
                "The midwife's stamp is missing, so please call her by Friday.",
                "Call the midwife",
            ),
        ] {
            let found = found(text);
            assert!(found.contains(&summary.to_owned()), "{text}: {found:?}");
        }
        // A bank is nobody whom one calls `him`.
        assert!(
            !found("The bank wants the deed. Please call him by Friday.")
                .contains(&"Call the bank".to_owned())
        );
    }

    #[test]
    fn the_same_is_done_to_the_same() {
        assert_eq!(
            found(
                "The fitter comes only if the yard is free and we've cleared the ramp. Ida, you clear it by Friday, please."
            ),
            ["Clear the ramp"]
        );
    }

    #[test]
    fn what_it_stood_for_it_stands_for_again() {
        assert_eq!(
            found(
                "The price list has two errors. Kim, take it off the server today. After that Ravi corrects it."
            )
            .last(),
            Some(&"Correct the price list".to_owned())
        );
    }

    #[test]
    fn people_who_get_something_are_no_things() {
        let found = found("The lamps are in the loft. Please give them a ring by Friday.");
        assert_eq!(found, ["Give them a ring"]);
    }

    #[test]
    fn whoever_is_written_to_is_named() {
        assert_eq!(
            found("Dear Marta,\n\nI will call you on Friday.\n\nBest,\nOlek"),
            ["Call Marta"]
        );
    }

    #[test]
    fn where_it_is_said_to_be_is_not_what_is_meant() {
        let text =
            "Rolf: The lease is still unsigned.\nAda: It's in my bag. I'll sign it tonight.\n";
        assert_eq!(found(text), ["Sign the lease"]);
    }

    #[test]
    fn somebody_known_by_what_they_are_is_meant() {
        assert_eq!(
            found("The roofer has rung. Please call him back by Friday."),
            ["Call the roofer back"]
        );
        assert_eq!(
            found("I must get hold of the chimney sweep, so text him on Friday."),
            ["Get hold of the chimney sweep", "Text the chimney sweep"]
        );
    }
}
