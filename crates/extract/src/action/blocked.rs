//! What only looks like a task: wishes, questions, advice, set phrases, and what takes a task back.

use std::sync::LazyLock;

use crate::clause::{Lead, View};
use crate::rows::Rows;

/// Whether the words at `at` match a row of words, each with alternatives.
pub(crate) fn row(view: &View<'_>, at: usize, pattern: &str) -> bool {
    pattern.split(' ').enumerate().all(|(offset, words)| {
        words == "*" || words.split('|').any(|word| view.is(at + offset, word))
    })
}

/// Orders that nobody means as one.
const IDIOMS: &[&str] = &[
    "take care !|.|,|and|",
    "take it easy",
    "take your time",
    "take part",
    "take place",
    "take a seat",
    "hang on",
    "hang in",
    "hold on",
    "check this|it out",
    "guess what",
    "bear with",
    "excuse me|us|the",
    "let me|us know if you|anything|there|something|this|that",
    "let me|us know when|how|what you|it|things|u|they",
    "let me|us know !|.|,|",
    "keep up",
    "give it a rest",
    "give up",
    "make sense",
    "make yourself",
    "make it",
    "find attached|enclosed|below",
    "see attached|you|below|above",
    "note that",
    "call it",
    "call me crazy|old-fashioned|a",
    "have a nice|great|good|lovely|safe|wonderful|fantastic|fab|blast|fun|super|happy|blessed|restful|relaxing",
    "press f",
    "inform you that|of",
    "thank god|goodness|heavens|you",
    "call u|you|ya later",
    "call now|today to|for",
    "hope for",
    "dare to",
    "dream big",
    "save the date|best",
    "tell me about it",
    "tell me how|what|when|why|more",
    "pardon",
    "say no more",
    "cut it out",
    "break a leg",
    "catch up|you",
    "go ahead",
    "go figure",
    "drop me a line if",
    "shoot me",
    "give my",
    "say hi|hello",
    "cross fingers|your",
    "turn out|s",
    "contact us|me if|for|with|at",
    "visit our|us|the website",
    "click here|the|on",
    "follow us|me|the link",
    "reply stop",
    "hit me",
    "pass !|.|,|",
    "count me",
    "set for",
    "stick to",
    "move on",
    "read on",
    "sign me up",
    "lay off",
    "press any|enter",
    "leave it|me alone|be",
    "let it go",
    "rest assured",
    "bring it on",
    "give or take",
    "put your feet up",
    "ask yourself",
    "keep the change|faith",
    "mind the",
    "picture this",
    "spread the word",
    "stay tuned",
    "drive safe|safely|carefully",
    "travel safe|safely",
    "take my word",
    "trust me",
    "believe me",
    "wish me",
    "give me|us till|until|some",
    "give me|us a sec|second|minute|min|moment|break|shout",
    "try again",
    "help yourself|yourselves|out",
    "leave it|them|that where|as|like|with",
    "leave the rest",
    "start over|fresh",
    "sleep well|tight|more",
    "go for it",
    "keep me posted",
    "keep you posted",
    "send|sends love|regards|greetings|kisses|hugs|best",
    "send|sends his|her|their|my|our|all|much|lots|warm|kind|best|fond love|regards|greetings|wishes|thanks|apologies|best|of",
    "carries|carrying|carry on",
    "hold off",
    "turn|show up !|.|,|",
    "ask you for|about|a|one|two|three|something",
    "go to bed|sleep",
    "thank the",
    "remind me :|,|who|what|where|how|why",
    "do me|us a|the favor|favour|kindness|solid",
    "do you",
];

static WISHED: LazyLock<Rows> = LazyLock::new(|| {
    Rows::new(&[
        "it|that|this would|'d|might be *",
        "would|might be nice|great|good|fun|lovely|cool",
        "it|that would|'d *",
        "it might|may|could be *",
    ])
});

static HYPOTHETICAL: LazyLock<Rows> = LazyLock::new(|| {
    Rows::new(&[
        "i|we|you|they|he|she|one|people could|might|may",
        "i|we am|'m|are|'re calling|writing|ringing|emailing|texting|phoning about|concerning|regarding|because|from|with|in|you",
        "i|we write to confirm|inform|thank|advise|express|say|apologise|apologize|acknowledge|tell",
        "i wish",
        "if only",
        "i|we 'd|would love|rather|prefer",
        "i|we would|'d never|always|have",
        "i|we am|'m|'re|are thinking|tempted|considering|dreaming",
        "i dream",
        "imagine",
        "what if",
        "how|what about",
        "i|we hope|hoped|wonder|guess|wondered",
        "thinking|dreaming about|of",
        "i|we|he|she|they would|should|could|might|'d have",
        "i|we|you should|could have",
        "i|we|he|she|they was|were going|supposed|hoping|planning|thinking",
        "may god|allah|the|you|he|she|they|your|all",
        "god bless|willing",
        "in theory",
        "in a perfect|ideal world",
        "i|we|he|she|they had|wanted|needed|meant|tried|used|hoped|planned|forgot|managed|refused to",
    ])
});

static ASKING: LazyLock<Rows> = LazyLock::new(|| {
    Rows::new(&[
        "should|shall|can|could|may|must|might|would|do|did|will i",
        "should|shall|did|do|are|were|have|would we",
        "do|did|does you|they|he|she|it|anyone|anybody|someone|we",
        "want me|us to",
        "have|has|is|are|was|were|am|had you|i|we|he|she|it|they|anyone|anybody|there|that|this",
        "do n't you|we|they",
        "did n't you|we|they",
        "did|does *",
        "would you like|prefer|rather|say|have",
        "can you believe|imagine|see|hear|guess|remember|swim|smell|come|make|explain",
        "could|can|would you tell|explain|say me|us|how|why|what|when|where|who|which|if|whether|the|that|?",
        "could|can|would you imagine",
        "will|would|can|could you be|still|have|join|like|make|come",
        "can|could we talk|chat|speak|meet|catch|just|have|get",
        "will we|he|she|they|it",
        "would he|she|they|it",
        "can|could he|she|they|it",
    ])
});

static ASKING_FOR_DEEDS: LazyLock<Rows> = LazyLock::new(|| {
    Rows::new(&[
        "can|could|would you make the|a|an|some|sure",
        "are|is|were you able",
        "do|would you mind",
        "do you think you",
        "do you have time",
        "is it possible",
        "would it be possible",
        "is there any",
        "why do n't you",
        "can|could|may|might|would i|we ask|trouble|bother|beg|request|get|have you|the|them|him|her",
        "can|could|may i|we get|have the|your|those|these|that",
        "would|could|are|will you be able|so|willing|free|available|kind|good|up",
        "would|could|will|can you be a|an dear|star|hero|darling|pal|love|angel|sweetheart|legend|treasure|gem|sport",
        "would|could|will|can you do me|us a|the",
        "can|could|would|will you tell|explain mom|mum|dad|him|her|them|the|everyone|to",
        "can|could|would|will you have the|my|our|your|all|those|both",
    ])
});

static ADVICE: LazyLock<Rows> = LazyLock::new(|| {
    Rows::new(&[
        "you should|must|have|could|can|may|might|need always|never|ever|definitely|try|visit|see|watch|read|taste|go|check|really|totally|not",
        "you should|could|can try|visit|see|watch|listen|taste|consider|be|use|feel|go|get|find|also",
        "you can|may|could *",
        "you have|'ve got|to to|try|see",
        "feel free",
        "do n't hesitate|worry|mention|panic|get|be|take|let",
        "the trick|key|secret|point|idea|best|good *",
        "it|that 's|is always|best|better|worth|good|important|a|easy|hard|possible|great|fun|nice|never",
        "a good *",
        "everyone|everybody should always|never|ever|definitely|really|totally|see|watch|try|visit|taste|know|learn|be|have|at|own|experience|get|live|love|enjoy|feel|think",
        "people|one|most|some should|must|needs|has|have|say|think",
        "somebody|someone|somebody|people|they said|says|thinks|suggested|thought",
        "try the|a|some|our|it|this|their",
        "always *",
        "if you ever|'re|are ever",
        "in general",
        "as a rule",
        "tip :",
        "pro tip|tip:",
    ])
});

static COURTESY: LazyLock<Rows> = LazyLock::new(|| {
    Rows::new(&[
        "thank you",
        "thanks for|a|so|to|again",
        "cheers|ta|thx for|to",
        "have a|fun|an",
        "enjoy *",
        "see you",
        "talk|speak to|soon|later you|",
        "looking forward",
        "good luck|morning|night|evening|to",
        "congrats|congratulations",
        "happy birthday|new|easter",
        "hope *",
        "welcome *",
        "sorry for|about|to",
        "please find|note|do|be|let|accept|bear|keep|stay|feel|see",
        "let me|us know if|when|how|what|should you|it|there|this|that|anything|things|i|we",
        "let me|us know should|in",
        "keep me|us|in|an|calm|going|your",
        "stay *",
        "nothing to|for",
        "no problem|worries|need|rush|idea",
        "get well|better",
        "get some rest|sleep|air|peace",
        "take care",
        "be *",
        "well done",
        "nice *",
        "wish *",
        "glad *",
        "i 'm|am glad|sorry|afraid|happy|sure|looking|back",
    ])
});

/// Wordings that take something back, and how many words come before what they take back.
const CANCELS: &[(&str, usize)] = &[
    ("scratch|forget|ignore|scrap what i said about", 5),
    ("nah forget it|that", 3),
    ("nah", 1),
    ("nope", 1),
    ("nvm", 1),
    ("never mind about", 3),
    ("never mind", 2),
    ("nevermind", 1),
    ("forget about", 2),
    ("forget it|that|this", 1),
    ("forget the|my|what", 1),
    ("ignore that|this|it|the|my|what|point", 1),
    ("skip that|this|it|the", 1),
    ("scratch that|this|it|the", 1),
    ("scrap that|this|it|the", 1),
    ("drop that|this|it", 1),
    ("cancel that|this|it", 1),
    ("strike that", 1),
    ("disregard", 1),
    ("no need to", 3),
    ("no need for", 3),
    ("no need", 2),
    ("there 's|is no need to|for", 4),
    ("there 's|is no need", 3),
    ("no longer need to", 4),
    ("do n't bother with|about|to", 4),
    ("do n't bother", 3),
    ("do n't worry about", 4),
    ("leave the|that|it to|out", 1),
    ("we|i|you can skip|forget|ignore|drop|scrap", 3),
    ("let 's skip|forget|drop|scrap|not", 3),
    ("hold off on|with", 3),
];

static CANCEL_ROWS: LazyLock<Rows> = LazyLock::new(|| {
    let rows: Vec<&str> = CANCELS.iter().map(|(row, _)| *row).collect();
    Rows::new(&rows)
});

static IDIOM_ROWS: LazyLock<Rows> = LazyLock::new(|| Rows::new(IDIOMS));

fn here(rows: &Rows, view: &View<'_>, at: usize) -> bool {
    rows.starts(|offset| view.lower(at + offset))
}

/// Whether a set phrase starts at `at`.
pub(crate) fn idiom(view: &View<'_>, at: usize) -> bool {
    // `call IT` is no `call it`.
    let office = view.is(at + 1, "it") && view.get(at + 1).is_some_and(|token| token.upper);
    !office && IDIOM_ROWS.starts(|offset| view.lower(at + offset))
}

/// Whether the clause at `at` opens as a wish, a question for information, advice or a set phrase.
pub(crate) fn blocks(view: &View<'_>, at: usize, lead: Lead) -> bool {
    // `Hi Kim, could you tell me which one it was?`
    let called = crate::action::opener::subject(view, at)
        .filter(|(agent, _)| matches!(agent, crate::action::opener::Agent::Named(_)))
        .map(|(_, end)| end + usize::from(view.is(end, ",")))
        .filter(|end| *end > at && view.any(*end, &["can", "could", "would", "will", "do", "did"]));
    called.is_some_and(|at| question(view, at))
        || reported(view, at)
        || wish(view, at, lead)
        || question(view, at)
        || advice(view, at)
        || past(view, at)
        || courtesy(view, at)
}

/// `it would be lovely to`, `we could maybe`, `I'd love to`, `I wish`.
fn wish(view: &View<'_>, at: usize, lead: Lead) -> bool {
    // `it would be great if you could …` asks for something.
    let asks = (at..view.len().min(at + 9)).any(|index| {
        view.is(index, "if")
            && view.any(index + 2, &["could", "can", "would"])
            && !view.any(index + 1, &["we", "i", "it", "they"])
            || view.any(index, &["if", "rather", "prefer"])
                && (view.is(index + 1, "you") || crate::person::name(view, index + 1).is_some())
                && view
                    .verb(index + 2)
                    .is_some_and(|verb| verb.forms.past && !verb.forms.base)
    });
    if here(&WISHED, view, at) && !asks {
        return true;
    }
    if !asks && here(&HYPOTHETICAL, view, at) {
        // `you would like`, `could you` are handled elsewhere; `I'd like you to` is a request.
        return !(0..6).any(|offset| view.is(at + offset, "you") && view.is(at + offset + 1, "to"));
    }
    let some_day = at >= 2 && view.is(at - 1, "day") && view.any(at - 2, &["one", "some"]);
    let vague = some_day
        || (at..view.next_mark(at, 14)).any(|index| {
            view.any(index, &["sometime", "someday"]) && !view.listed
                || (view.is(index, "more") && view.is(index + 1, "often"))
                || (view.is(index, "one") && view.is(index + 1, "day"))
                || (view.is(index, "at") && row(view, index, "at some point in life"))
        });
    let subject = view.any(at, &["i", "we"]);
    subject && (vague || lead.hedged)
}

/// `who buys`, `do you want me to`, `should I`, `have you booked`, `can I`.
fn question(view: &View<'_>, at: usize) -> bool {
    // `can you make a list`, `could you explain it to Kim by Friday` ask for deeds.
    // `could you have Kim redraw it`
    let through = view.is(at + 1, "you")
        && view.any(at + 2, &["have", "get"])
        && crate::person::name(view, at + 3)
            .is_some_and(|(_, end)| view.is(end, "to") || view.base_verb(end).is_some());
    let deed = through || here(&ASKING_FOR_DEEDS, view, at);
    if deed {
        return false;
    }
    let head = view.lower(at);
    // `have it looked at`
    if head == "have" && !view.question && super::passive::causative(view, at).is_some() {
        return false;
    }
    // `you said you'd bring yours, still good?`
    if view.question && head == "you" && view.any(at + 1, &["said", "promised", "wanted"]) {
        return true;
    }
    let word = matches!(
        head,
        "who" | "whose" | "why" | "how" | "where" | "what" | "which" | "whether"
    );
    // `what we do need is your ids`
    let needed = head == "what"
        && view.any(at + 1, &["i", "we"])
        && (at + 2..at + 5).any(|at| view.any(at, &["need", "require", "want"]))
        && (at + 3..at + 7).any(|at| view.any(at, &["is", "are", "'s"]));
    if needed {
        return false;
    }
    if word {
        return view.question || head != "where" && at == 0 || matches!(head, "whether");
    }
    here(&ASKING, view, at)
}

/// `always`, `you should try`, `feel free to`, `the trick is to`.
fn advice(view: &View<'_>, at: usize) -> bool {
    if view.is(at, "to") {
        return !view.listed;
    }
    if view.is(at, "never") {
        return !row(view, at, "never forget to") && !row(view, at, "never mind");
    }
    if view.is(at, "do") && row(view, at, "do n't|not let * forget") {
        return false;
    }
    let praises = view.any(at, &["it", "that"])
        && row(
            view,
            at,
            "it|that 's|is important|best|better|good|a * you|we",
        );
    if praises {
        return false;
    }
    here(&ADVICE, view, at)
}

/// `have you`, `was going to`, `already sent`.
fn past(view: &View<'_>, at: usize) -> bool {
    let first = view.lower(at);
    if matches!(first, "already" | "just") {
        return view
            .verb(at + 1)
            .is_some_and(|verb| verb.forms.past || verb.forms.participle);
    }
    let subject = matches!(first, "i" | "we" | "he" | "she" | "they" | "you");
    subject
        && (view.any(at + 1, &["already", "just"])
            && view
                .verb(at + 2)
                .is_some_and(|verb| verb.forms.past && !verb.forms.base)
            || view.any(at + 1, &["did", "had"])
            || (view.any(at + 1, &["have", "'ve", "has"])
                && view
                    .verb(
                        at + 2 + usize::from(view.any(at + 2, &["already", "just", "all", "now"])),
                    )
                    .is_some_and(|verb| verb.forms.participle && !view.is(at + 2, "got"))))
}

/// `He always said you should buy land`: what somebody used to say.
fn reported(view: &View<'_>, at: usize) -> bool {
    (at.saturating_sub(3)..at + 4).any(|word| {
        view.any(word, &["always", "often", "never"])
            && view.any(
                word + 1,
                &["said", "says", "say", "told", "tells", "taught"],
            )
            || view.is(word, "used")
                && view.is(word + 1, "to")
                && view.any(word + 2, &["say", "tell", "joke"])
    }) && !view.any(at, &["please", "so", "but"])
}

/// `thank you`, `have a nice day`, `looking forward`.
fn courtesy(view: &View<'_>, at: usize) -> bool {
    here(&COURTESY, view, at)
        && !row(view, at, "be sure|a|there|at")
        && !row(view, at, "have|take a look|peek|stab|go at")
        && !row(view, at, "have a read of|through")
        && !row(view, at, "have a quiet word|chat")
        && !row(view, at, "i 'm|am happy|glad to")
        && !row(view, at, "please do n't forget")
        && !row(view, at, "please be sure")
}

/// Whether the clause takes back what was said; the index of the words that say what.
pub(crate) fn cancels(view: &View<'_>, at: usize) -> Option<usize> {
    let (index, _) = CANCEL_ROWS.find(|offset| view.lower(at + offset))?;
    let kept = row(view, at, "do n't|not forget")
        || row(view, at, "forget to")
        || row(
            view,
            at,
            "drop it|that|this|them off|at|by|in|to|into|over|through|round|around|down|behind|on|with|back|inside|under",
        );
    (!kept).then_some(at + CANCELS[index].1)
}
