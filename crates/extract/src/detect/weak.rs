//! Forms that are a task only in the right company, and those that speak of the task before.

mod cared;
mod confirm;
mod signs;

use super::State;
use crate::action::opener::{Agent, Opener, Shape};
use crate::action::{IS_AGREED, IS_NEEDED, WANTED, bound, crowd, passive};
use crate::clause::Head;
use crate::date::Role;
use crate::due::Chosen;
use crate::sentence::Sentence;
use crate::text::Section;
use crate::thing::Resolved;
use crate::token::{Token, list};
use crate::{due, person, reply};
use signs::{
    brings, comes_first, conditional, goes_on, of_another, settled, shared_out, taken_by_name,
    waits,
};

impl State<'_> {
    /// A weak form is a task only with a date that lies ahead, as an item of a list, among other
    /// tasks, or when it waits for something.
    pub(super) fn holds(&self, index: usize, clause: usize, opener: &Opener) -> bool {
        let source = self.source;
        let sentence = &source.sentences[index];
        let place = &sentence.unit.place;
        let listed =
            place.item.is_some() && matches!(place.section, Section::Tasks | Section::Shopping);
        let nobody = sentence.lower(sentence.clauses[clause].start) == "nobody";
        if nobody {
            return false;
        }
        if sentence.question {
            let asked = matches!(opener.agent, Agent::Named(_) | Agent::Addressee);
            return asked && source.document.chat && reply::agreed(source, index)
                || self.asks_plainly(index, clause, opener);
        }
        if self.offered(index, clause, opener) || self.given_out(index, clause, opener) {
            return true;
        }
        if opener.firm && opener.agent != Agent::Third && conditional(sentence, clause) {
            return true;
        }
        let chosen = due::choose(source, sentence, clause);
        if opener.rule == passive::TARGET {
            let behind = sentence
                .at
                .get(opener.verb)
                .and_then(|at| sentence.tokens.get(at + 1));
            // `closed until autumn`: how it is till then.
            let lasts = behind.is_some_and(|next| next.any(list!["until", "till", "on", "since"]));
            return !lasts
                && !chosen
                    .as_ref()
                    .is_some_and(|chosen| of_another(source, (index, clause), chosen))
                && chosen.is_some_and(|chosen| {
                    chosen.date.is_some_and(|date| {
                        matches!(source.dates[date].role, Role::By | Role::Before)
                    })
                });
        }
        if opener.rule == bound::RULE {
            let open = place
                .item
                .as_ref()
                .is_some_and(|item| item.checked == Some(false));
            return listed
                || open
                || chosen.is_some()
                || self.goes_there(index, clause, opener)
                || self.among_tasks(index);
        }
        // `the heap gets turned on Sundays`, `the order is placed by Ilka afterwards`
        if opener.rule == passive::IS_DONE_BY {
            let ahead = chosen.is_some_and(|chosen| chosen.due.date() >= source.now.date());
            return listed || ahead || waits(sentence, clause);
        }
        // `guests are asked to leave their boots outside`: a rule of the house, unless by a day.
        if opener.rule == crowd::TOLD && opener.firm {
            let public = matches!(
                sentence.lower(sentence.clauses[clause].start),
                "guests"
                    | "visitors"
                    | "customers"
                    | "passengers"
                    | "motorists"
                    | "drivers"
                    | "users"
            );
            let day = |at: &usize| !due::is_time_only(source.text, &source.dates[*at]);
            let dated = chosen.is_some_and(|chosen| chosen.date.as_ref().is_some_and(day));
            return listed || dated || !public;
        }
        if needs_anew(sentence, clause, opener) {
            return true;
        }
        if !opener.firm {
            let waits = waits(sentence, clause) && opener.subject_said;
            let arranged = opener.agent == Agent::Unsaid && opener.subject_said;
            return listed
                || waits
                || chosen.is_some_and(|chosen| arranged || chosen.recurrence.is_none());
        }
        self.agreed(index, clause, opener, listed, chosen)
    }

    /// What somebody does, said in the present tense: whether it was agreed.
    fn agreed(
        &self,
        index: usize,
        clause: usize,
        opener: &Opener,
        listed: bool,
        chosen: Option<Chosen>,
    ) -> bool {
        let source = self.source;
        let sentence = &source.sentences[index];
        let place = &sentence.unit.place;
        // What somebody else does regularly may be agreed as well.
        let own = matches!(opener.agent, Agent::Speaker | Agent::Addressee);
        let dated = chosen.is_some_and(|chosen| !own || chosen.recurrence.is_none());
        let among = !own
            && !source.document.chat
            && opener.agent != Agent::Third
            && (self.drafts.iter().any(|draft| draft.alive) || self.asks_later(index));
        if source.document.chat
            && opener.agent == Agent::Speaker
            && brings(source, sentence, opener)
        {
            return true;
        }
        if opener.agent == Agent::Speaker && self.takes_a_share(index, opener) {
            return true;
        }
        // `after that we tell the landlord`, but not `we meet on Fridays`.
        if opener.agent == Agent::We {
            return waits(sentence, clause) && sentence.clauses[clause].lead.then
                || comes_first(sentence, clause)
                || taken_by_name(source, index);
        }
        let named = matches!(opener.agent, Agent::Named(_));
        if named && (source.document.notes || source.document.met || shared_out(sentence)) {
            return true;
        }
        let arrow = sentence.token(0).is_some_and(Token::is_arrow);
        // `She is moving to Oregon in June`: news, unless she was just given something to do.
        let news = opener.agent == Agent::Third
            && place.item.is_none()
            && !arrow
            && !self.drafts.last().is_some_and(|draft| {
                draft.alive && draft.sentence + 1 >= index && matches!(draft.agent, Agent::Named(_))
            });
        // `Nora checks the attic, and if it's not there she orders one`
        let next_step = conditional(sentence, clause)
            && self.drafts.last().is_some_and(|draft| {
                draft.alive && draft.sentence == index && matches!(draft.agent, Agent::Named(_))
            });
        let item = place.item.is_some() && !own || arrow || next_step;
        !news
            && (listed
                || dated
                || waits(sentence, clause)
                || item
                || among
                || settled(sentence, opener)
                || named && goes_on(source, (index, clause), opener))
    }

    /// `Sunil tells the neighbours. I do the invitations.`: one's own share of the work.
    fn takes_a_share(&self, index: usize, opener: &Opener) -> bool {
        let sentence = &self.source.sentences[index];
        let deed = matches!(
            sentence.lower(opener.verb),
            "do" | "bring" | "make" | "take" | "handle" | "organise" | "organize" | "get"
        ) && matches!(sentence.lower(opener.verb + 1), "the" | "our");
        deed && self.drafts.last().is_some_and(|draft| {
            let block = self.source.sentences[draft.sentence].unit.place.block;
            draft.alive
                && draft.assignee.is_some()
                && block == sentence.unit.place.block
                && draft.sentence + 3 >= index
        })
    }

    /// `I can take that one`, in answer to somebody.
    fn offered(&self, index: usize, clause: usize, opener: &Opener) -> bool {
        let sentence = &self.source.sentences[index];
        opener.agent == Agent::Speaker
            && (opener.subject_said || sentence.unit.place.first && clause == 0)
            && self.source.document.chat
            && opener.verb > 0
            && sentence.lower(opener.verb - 1) == "can"
    }

    /// `You can scan it for me?`, `You do the cake?`: a request in the order of a statement.
    fn asks_plainly(&self, index: usize, clause: usize, opener: &Opener) -> bool {
        let sentence = &self.source.sentences[index];
        let own = &sentence.clauses[clause];
        let you = matches!(sentence.lower(own.start), "you" | "u");
        let modal = opener.verb == own.start + 2 && sentence.lower(own.start + 1) == "can";
        let alone = clause == 0 && clause + 1 == sentence.clauses.len();
        let object = sentence
            .token(opener.verb + 1)
            .is_some_and(crate::token::Token::is_word);
        opener.agent == Agent::Addressee
            && you
            && object
            && (modal || opener.firm && alone && opener.verb == own.start + 1)
    }

    /// `Tim, you're doing the stairs`, `you get the tie-downs`: work that is given out.
    fn given_out(&self, index: usize, clause: usize, opener: &Opener) -> bool {
        let source = self.source;
        let sentence = &source.sentences[index];
        let behind = sentence.lower(opener.verb + 1);
        let doing = matches!(sentence.lower(opener.verb.wrapping_sub(1)), "'re" | "are")
            && (self.people.greets() || source.document.notes)
            && sentence
                .token(opener.verb + 1)
                .is_some_and(crate::token::Token::is_word)
            && !matches!(
                behind,
                "great" | "well" | "fine" | "good" | "so" | "too" | "a" | "very"
            );
        let beside = self.drafts.last().is_some_and(|draft| {
            let block = source.sentences[draft.sentence].unit.place.block;
            draft.alive
                && block == sentence.unit.place.block
                && due::choose(source, sentence, clause).is_none()
        }) && matches!(behind, "the" | "a" | "an" | "your");
        let start = sentence.clauses[clause].start;
        // `Mei, you load it, please`
        let asked = (opener.verb..sentence.at.len().min(opener.verb + 9))
            .any(|word| matches!(sentence.lower(word), "please" | "pls"));
        // `Ada, you keep the minutes`
        let view = sentence.view(&source.document.people);
        let dictated = view.dictated;
        let called = start > 1
            && matches!(sentence.lower(start - 1), "," | "–" | "—" | "-" | ":")
            && person::name(&view, start - 2).is_some_and(|(_, end)| end == start - 1);
        let told = opener.firm
            && opener.verb == start + 1
            && (called || (source.document.chat || beside || asked) && (clause == 0 || dictated));
        opener.agent == Agent::Addressee && (doing || told)
    }

    /// `winter coat to the cleaner's`: asked for politely, or taken somewhere among other errands.
    fn goes_there(&self, index: usize, clause: usize, opener: &Opener) -> bool {
        let source = self.source;
        let sentence = &source.sentences[index];
        let asked = sentence
            .tokens
            .iter()
            .any(|token| token.any(list!["please", "pls"]));
        let taken = matches!(opener.shape, Shape::Thing { verb: "take", .. });
        let alone = clause == 0 && sentence.clauses.len() == 1;
        let among = self.asks_later(index) || self.drafts.iter().any(|draft| draft.alive);
        asked || taken && alone && among && !source.document.chat
    }

    /// Whether one of the sentences behind this one surely asks for something.
    pub(super) fn asks_later(&self, index: usize) -> bool {
        let sure = |sentence: &Sentence| {
            sentence.clauses.iter().any(|clause| {
                matches!(&clause.head, Head::Action(opener) if !opener.weak && opener.agent != Agent::Third)
            })
        };
        let later = self.source.sentences.iter().skip(index + 1);
        later.take(8).any(sure)
    }
}

/// `the alarm beeps, need a new battery`: what one notes to get because the old one is no good.
fn needs_anew(sentence: &Sentence, clause: usize, opener: &Opener) -> bool {
    let start = sentence.clauses[clause].start;
    // `she needs a new job` is no errand.
    let wish = list![
        "job",
        "life",
        "hobby",
        "home",
        "start",
        "challenge",
        "idea",
        "plan",
        "break"
    ];
    let anew = |word: usize| {
        let has = |at: usize, words| sentence.token(at).is_some_and(|token| token.any(words));
        has(word, list!["new", "another", "replacement", "spare"]) && !has(word + 1, wish)
    };
    if sentence.question {
        return false;
    }
    if opener.rule == WANTED {
        // `the smoke alarms need new batteries`
        let from = opener.verb + 1;
        let bought = |word: usize| {
            sentence
                .token(word)
                .is_some_and(|token| crate::area::is_bought(&token.lower))
        };
        return anew(from) && (from + 1..opener.resume.min(from + 5)).any(bought);
    }
    opener.rule == IS_NEEDED
        && matches!(sentence.lower(start), "need" | "needs")
        && (anew(start + 1) || anew(start + 2))
}

/// Whether nothing is named to which the deed is done: `you just bring yourself`, `Kim reminds him`, and
/// nobody knows whom.
pub(super) fn names_nothing(
    sentence: &Sentence,
    opener: &Opener,
    tokens: &[usize],
    resolved: &Resolved,
) -> bool {
    let Some(first) = tokens.first().map(|at| &sentence.tokens[*at]) else {
        return false;
    };
    let oneself = tokens.len() == 1 && first.any(list!["yourself", "yourselves", "themselves"]);
    // `calling them in the morning`, where it is not known whom.
    let whom = || opener.rule == "said to be under way" && first.any(list!["them", "him", "her"]);
    let unsaid = (opener.rule == IS_AGREED || whom())
        && !resolved.replaced
        && tokens.iter().all(|at| {
            sentence.tokens[*at].any(list!["him", "her", "me", "us", "them", "it", "that", "you"])
        })
        && resolved.summary.split(' ').count() == 1 + tokens.len();
    oneself || unsaid || first.any(list!["nothing", "nobody", "anything"])
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn work_shared_out_by_name_is_agreed() {
        assert_eq!(
            found("Bazaar: Lia hires the van, Tom bakes the bread."),
            ["Hire the van", "Bake the bread"]
        );
    }

    #[test]
    fn present_deeds_are_promised_in_chats_and_given_out_by_name() {
        let text = "Rui: the bench is ours on Sunday\nAda: i sand the boards\nRui: fine. then i oil the legs\n";
        assert_eq!(found(text), ["Sand the boards", "Oil the legs"]);
        assert_eq!(
            found("Rui: i know the man\nAda: we always sand the boards\n"),
            [""; 0]
        );
        assert_eq!(
            found("And Ada, you keep the minutes."),
            ["Keep the minutes"]
        );
        assert_eq!(
            found("You can scan the letter for me?"),
            ["Scan the letter for me"]
        );
    }

    #[test]
    fn who_makes_food_for_a_party_says_so_in_the_present() {
        let text =
            "Ida: what do we need on Sunday?\nRui: I make lemonade\nAda: then I make a quiche\n";
        assert_eq!(found(text), ["Make lemonade", "Make a quiche"]);
        let habits = "Ida: I make good money\nRui: I always make soup\nAda: I make sense\n";
        assert_eq!(found(habits), [""; 0]);
    }

    #[test]
    fn the_first_of_several_steps_is_one_of_them() {
        assert_eq!(
            found("Plan: first we freeze the branch, then Ines tests it on Friday."),
            ["Freeze the branch", "Test the branch"]
        );
    }

    #[test]
    fn what_is_to_be_left_as_it_is_is_no_task() {
        for text in [
            "Ida, please leave the pump as it is.",
            "Please leave the archive alone, Kim does that.",
            "Leave Tom to his scones.",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn who_is_named_and_taken_up_by_a_pronoun_does_it() {
        let text = "The well is open, and Kim, he makes a new lid next week.";
        assert_eq!(found(text), ["Make a new lid"]);
        assert_eq!(
            found("Tie the gate, otherwise she'll lose the goat."),
            ["Tie the gate"]
        );
    }

    #[test]
    fn pledges_bind_in_any_tense() {
        for text in [
            "I've promised Kim I'd tune the harp by Friday.",
            "Kim has kindly agreed to tune the harp by Friday.",
            "Kim takes it upon herself to tune the harp by Friday.",
            "It will be Kim who tunes the harp on Friday.",
            "I mean to tune the harp by Friday.",
            "The porter, Kim, was told to tune the harp by Friday.",
            "I did say I'd tune the harp by Friday.",
            "The porter, Kim, has promised to tune the harp by Friday.",
        ] {
            assert_eq!(found(text), ["Tune the harp"], "{text}");
        }
    }

    #[test]
    fn what_remains_is_a_task() {
        for text in [
            "All that's missing is the list of rooms, by Friday.",
            "What's still outstanding is the list of rooms, by Friday.",
            "The only open point is the list of rooms, by Friday.",
        ] {
            assert_eq!(found(text), ["Get the list of rooms"], "{text}");
        }
    }

    #[test]
    fn rules_of_the_house_are_no_tasks_without_a_day() {
        assert!(found("Guests are asked to leave their boots outside.").is_empty());
        assert_eq!(
            found("Guests are asked to return their keys by Friday."),
            ["Return their keys"]
        );
    }
}
