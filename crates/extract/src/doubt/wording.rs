//! Sentences that only look like a request: leave is asked for, others are reported, titles are named.

mod condition;
mod decided;
mod idle;
mod service;
mod stance;

use crate::action::opener::Agent;
use crate::action::{IS_AGREED, IS_TO, ORDER};
use crate::clause::Head;
use crate::detect::Source;
use crate::draft::Draft;
use crate::sentence::Sentence;
use crate::token::{List, Token, list};

/// Why the words of a draft ask for nothing.
pub(super) fn doubt(source: &Source<'_>, draft: &Draft) -> Option<&'static str> {
    let sentence = &source.sentences[draft.sentence];
    if asks_leave(sentence, draft) {
        return Some("asks for leave");
    }
    if proposes(source.text, sentence, draft) {
        return Some("only a proposal");
    }
    if reported(sentence, draft) {
        return Some("what others are said to have to do");
    }
    if titles(sentence, draft) {
        return Some("titles of works");
    }
    if idle::idle(sentence, draft) {
        return Some("a way of speaking");
    }
    if service::serves(sentence, draft) {
        return Some("a service that is announced");
    }
    if decided::decided(sentence, draft) {
        return Some("done by being decided");
    }
    if spares(sentence, draft) {
        return Some("nobody has to");
    }
    if opens_speech(sentence, draft) {
        return Some("a way of speaking");
    }
    if forbids(sentence, draft) {
        return Some("not to be done");
    }
    if is_subject(sentence, draft) {
        return Some("the subject of a statement");
    }
    if offers(sentence, draft) {
        return Some("an offer");
    }
    if is_curious(source, draft) {
        return Some("asked out of curiosity");
    }
    if obeyed(sentence, draft) {
        return Some("asked for and done, in a story");
    }
    if condition::or_else(sentence, draft) {
        return Some("what happens otherwise");
    }
    if condition::able(sentence, draft) {
        return Some("who is able to");
    }
    if condition::needs_only(sentence, draft) {
        return Some("what it depends on");
    }
    if for_information(sentence, draft) {
        return Some("for information");
    }
    if pays(draft, sentence) {
        return Some("how somebody pays");
    }
    if stance::on_condition(sentence, draft) {
        return Some("on what condition");
    }
    if stance::others_need(sentence, draft) {
        return Some("why something else is asked for");
    }
    None
}

/// `nobody needs to stay`, `no one should bring gifts`, `none of you has to pay`.
fn spares(sentence: &Sentence, draft: &Draft) -> bool {
    let clause = &sentence.clauses[draft.clause];
    let Head::Action(opener) = &clause.head else {
        return false;
    };
    let opens = sentence.lower(clause.start);
    let none = opens == "nobody"
        || matches!(opens, "no" | "none")
            && matches!(sentence.lower(clause.start + 1), "one" | "of");
    none && opener.rule != crate::action::UNDONE
        && opener.verb > clause.start + 1
        && !(clause.start..opener.verb).any(|at| matches!(sentence.lower(at), "forget" | "but"))
}

/// `let me begin with the good news`, `kit list to follow`.
fn opens_speech(sentence: &Sentence, draft: &Draft) -> bool {
    let clause = &sentence.clauses[draft.clause];
    let Head::Action(opener) = &clause.head else {
        return false;
    };
    let verb = sentence.lower(opener.verb);
    let speech = matches!(
        verb,
        "begin"
            | "start"
            | "explain"
            | "guess"
            | "introduce"
            | "apologise"
            | "apologize"
            | "assure"
    );
    let lets = speech
        && (sentence.lower(clause.start) == "let" && sentence.lower(clause.start + 1) == "me")
        && sentence.date_tokens().is_empty();
    // `Hi Ida, let me check. Your form has come in.`
    let looks = matches!(verb, "check" | "look" | "see" | "think")
        && sentence.lower(clause.start) == "let"
        && sentence.lower(clause.start + 1) == "me"
        && sentence
            .token(opener.verb + 1)
            .is_none_or(|next| next.any(list![".", "!", "…"]))
        && sentence.date_tokens().is_empty();
    let follows = verb == "follow"
        && opener.verb > clause.start + 1
        && sentence.lower(opener.verb - 1) == "to"
        && sentence
            .token(opener.verb + 1)
            .is_none_or(|token| !token.is_word());
    lets || looks || follows
}

/// `may we paint the door?`
fn asks_leave(sentence: &Sentence, draft: &Draft) -> bool {
    let start = sentence.clauses[draft.clause].start;
    sentence.lower(start) == "may" && matches!(sentence.lower(start + 1), "we" | "i")
}

/// `move stand-up to 9:45?`: an order with a question mark and nobody in it.
fn proposes(text: &str, sentence: &Sentence, draft: &Draft) -> bool {
    let asked = sentence.question && draft.clause + 1 == sentence.clauses.len()
        || text[draft.bytes.clone()].ends_with('?');
    draft.rule == ORDER
        && draft.agent == Agent::Unsaid
        && draft.assignee.is_none()
        && asked
        && !sentence.tokens.iter().any(|token| {
            token.any(list![
                "please", "pls", "who", "can", "could", "will", "would"
            ])
        })
        && !sentence
            .tokens
            .first()
            .is_some_and(|token| token.any(list!["and", "also", "plus"]))
}

/// `Aune must now lead the company, say analysts.`, `users should update, experts say`
fn reported(sentence: &Sentence, draft: &Draft) -> bool {
    let named = matches!(
        draft.agent,
        Agent::Named(_) | Agent::Third | Agent::Unsaid | Agent::Anyone
    ) && draft.rule != ORDER;
    let tokens = &sentence.tokens;
    // `Bank urges savers to swap their notes`
    if draft.rule == IS_TO
        && matches!(&draft.agent, Agent::Named(who) if [" urges ", " urged ", " warns ", " warned "].iter().any(|verb| who.contains(verb)))
    {
        return true;
    }
    let any = |at: usize, words: List<'_>| tokens.get(at).is_some_and(|token| token.any(words));
    let says = || {
        (1..tokens.len())
            .filter(|at| tokens[at - 1].is(","))
            .any(|at| {
                let according = any(at, list!["according"]) && any(at + 1, list!["to"]);
                let first = any(at, list!["say", "says", "said"])
                    && tokens.get(at + 1).is_some_and(|next| {
                        next.is_word()
                            && !next.any(list!["to", "hi", "hello", "that", "i", "we", "you"])
                    });
                let last = (2..=3).any(|ahead| {
                    any(at + ahead - 1, list!["say", "says", "said"])
                        && ends_told(&tokens[at + ahead..])
                        && !any(at, list!["i", "we", "you", "she", "he", "they"])
                });
                according || first || last
            })
    };
    named && says()
}

/// Nothing behind `they said`, but on which day.
fn ends_told(rest: &[Token]) -> bool {
    let dated = rest.first().is_some_and(|token| token.is("on"));
    rest.iter()
        .all(|token| token.is_mark() || dated && token.is_dated())
}

/// `Send Help, Do the Right Thing`: verbs with a capital inside a sentence.
fn titles(sentence: &Sentence, draft: &Draft) -> bool {
    let verb = |token: &&Token| {
        token.capital && !token.upper && token.verb.is_some_and(|verb| verb.forms.base)
    };
    let lower = draft
        .tokens
        .iter()
        .map(|at| &sentence.tokens[*at])
        .filter(|token| token.is_word() && !token.capital && token.lower.chars().count() > 4)
        .count();
    lower == 0
        && draft
            .tokens
            .iter()
            .map(|at| &sentence.tokens[*at])
            .filter(verb)
            .count()
            >= 3
}

/// `If it bothers you, ring the bell`, `if you have questions, call us`: an offer to whoever likes.
fn offers(sentence: &Sentence, draft: &Draft) -> bool {
    const LIKES: List<'static> = list![
        "want",
        "wants",
        "like",
        "likes",
        "fancy",
        "fancies",
        "wish",
        "prefer",
        "bothers",
        "disturbs",
        "interested",
        "curious",
        "questions",
        "loud",
        "unsure",
        "bored",
        "hungry",
    ];
    if idle::reachable(sentence, draft) {
        return true;
    }
    let tokens = &sentence.tokens;
    let nobody = draft.due.is_none() && draft.assignee.is_none();
    if !(nobody && matches!(draft.agent, Agent::Unsaid | Agent::Addressee)) {
        return false;
    }
    (0..tokens.len()).any(|at| {
        if !tokens[at].is("if") {
            return false;
        }
        let you = tokens
            .get(at + 1)
            .is_some_and(|token| token.any(list!["you", "anyone", "anybody"]));
        let bothers = tokens.get(at + 1).is_some_and(|token| token.is("it"))
            && tokens
                .get(at + 2)
                .is_some_and(|token| token.any(list!["bothers", "disturbs"]));
        let likes = tokens[at..tokens.len().min(at + 7)]
            .iter()
            .take_while(|token| !token.is(","))
            .any(|token| token.any(LIKES));
        you && likes || bothers
    })
}

/// `Could you tell me whether it was ever closed? Just curious.`
fn is_curious(source: &Source<'_>, draft: &Draft) -> bool {
    let from = draft.sentence;
    let asks = source.sentences[from]
        .tokens
        .iter()
        .any(|token| token.any(list!["whether", "if", "why", "how", "who", "what", "when"]));
    let curious = |token: &crate::token::Token| token.any(list!["curious", "curiosity"]);
    let near = source.sentences.iter().skip(from).take(3);
    asks && draft.due.is_none() && near.flat_map(|sentence| &sentence.tokens).any(curious)
}

/// `The teacher asked us to close our books, so we did.`
fn obeyed(sentence: &Sentence, draft: &Draft) -> bool {
    let lower = |at: usize| {
        sentence
            .tokens
            .get(at)
            .map_or("", |token| token.lower.as_str())
    };
    let from = draft.tokens.first().copied().unwrap_or(0);
    let asked = (0..from).any(|at| {
        matches!(
            lower(at),
            "asked" | "told" | "made" | "ordered" | "reminded" | "begged"
        )
    });
    asked
        && (from..sentence.tokens.len()).any(|at| {
            matches!(lower(at), "so" | "which" | "and" | "but")
                && matches!(lower(at + 1), "i" | "we" | "he" | "she" | "they")
                && matches!(lower(at + 2), "did" | "had" | "also")
        })
}

/// `A suggestion to repaint the bar was not taken up.`, `the deploy window is from 22 to 23`: the words
/// of a deed are the subject of a statement.
fn is_subject(sentence: &Sentence, draft: &Draft) -> bool {
    let crate::clause::Head::Action(opener) = &sentence.clauses[draft.clause].head else {
        return false;
    };
    let end = sentence.clauses[draft.clause].full.end;
    if draft.rule == IS_TO {
        return (opener.verb..end).any(|word| {
            matches!(sentence.lower(word), "was" | "were") && sentence.lower(word + 1) == "not"
        });
    }
    let verb = sentence.token(opener.verb);
    let nouny = verb.and_then(|token| token.verb).is_some_and(|verb| {
        !matches!(
            verb.base,
            "check"
                | "make"
                | "ensure"
                | "see"
                | "confirm"
                | "tell"
                | "say"
                | "ask"
                | "know"
                | "remember"
                | "note"
                | "hope"
                | "show"
                | "let"
                | "bet"
                | "report"
        )
    });
    let noun = sentence.token(opener.verb + 1).is_some_and(|token| {
        token.is_word()
            && !token.capital
            && !token.any(list![
                "the", "a", "an", "my", "your", "our", "what", "who", "how", "where", "which",
                "all", "any", "that", "this", "whatever", "it", "them", "out", "up", "in", "off",
                "on", "if", "whether", "why", "when", "to", "with", "for", "about", "at", "from",
                "whoever",
            ])
    });
    let is = (opener.verb + 2..end.min(opener.verb + 4))
        .any(|word| matches!(sentence.lower(word), "is" | "are" | "was" | "were"));
    draft.rule == ORDER && nouny && noun && is && opener.resume == opener.verb + 1
}

/// `please DON'T submit it yet`
fn forbids(sentence: &Sentence, draft: &Draft) -> bool {
    draft
        .tokens
        .iter()
        .take(2)
        .any(|at| sentence.tokens[*at].is("n't"))
}

/// `prices rise from August – for information only`
fn for_information(sentence: &Sentence, draft: &Draft) -> bool {
    let lower = |at: usize| {
        sentence
            .tokens
            .get(at)
            .map_or("", |token| token.lower.as_str())
    };
    let told = (0..sentence.tokens.len()).any(|at| {
        lower(at) == "for"
            && lower(at + 1) == "information"
            && !matches!(lower(at + 2), "about" | "on")
    });
    told && draft.rule == IS_AGREED
}

/// `She's paying cash Friday`
fn pays(draft: &Draft, sentence: &Sentence) -> bool {
    let tokens: Vec<&Token> = draft
        .tokens
        .iter()
        .map(|at| &sentence.tokens[*at])
        .collect();
    let means = tokens.first().is_some_and(|token| {
        token.any(list![
            "cash", "card", "cheque", "check", "paypal", "zelle", "venmo", "twint",
        ])
    });
    draft.agent == Agent::Third && means
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn what_nobody_has_to_do_is_no_task() {
        let text = "Dear all, nobody needs to stay for the clearing up, and no one should bring gifts. \
                    Seating plan to follow.";
        assert_eq!(found(text), [""; 0]);
    }

    #[test]
    fn asking_for_leave_asks_for_no_deed() {
        assert_eq!(
            found("Hello Mr Karr, may we store two bikes in the cellar?"),
            [""; 0]
        );
    }

    #[test]
    fn what_analysts_say_is_news() {
        let text = "Port Harbour AG has a new head. Lindqvist must cut costs, say insiders.";
        assert_eq!(found(text), [""; 0]);
    }

    #[test]
    fn an_order_with_a_question_mark_is_a_proposal() {
        assert_eq!(
            found("- renew the lease\n- repaint the porch? no money\n"),
            ["Renew the lease"]
        );
    }

    #[test]
    fn what_happens_otherwise_is_a_threat() {
        assert_eq!(
            found("Return the ladder by Friday or I charge a fee."),
            ["Return the ladder"]
        );
    }

    #[test]
    fn an_offer_is_no_request() {
        assert_eq!(
            found("If you have any questions, call our desk. If it bothers you, just knock."),
            [""; 0]
        );
    }

    #[test]
    fn an_offer_with_a_deadline_is_a_task() {
        assert_eq!(
            found("If you want a seat on the bus, please tell Jo by Friday.").len(),
            1
        );
    }

    #[test]
    fn what_nobody_is_told_to_bring_about_is_no_task() {
        assert_eq!(
            found("TODO\n- Ada: file the form once HR confirms the date\n- tiling, needs both\n")
                .len(),
            1
        );
    }

    #[test]
    fn a_way_of_speaking_asks_for_nothing() {
        assert_eq!(
            found("There is cake in the kitchen. Help yourself to a slice!"),
            [""; 0]
        );
    }
}
