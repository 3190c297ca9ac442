//! The wordings of requests, promises and obligations, as data.
//!
//! A pattern is a row of words: `a|b` is either, `a?` may be missing, `<who>` is a subject, `<adv>` any
//! adverbs, `<do>` the verb of the deed, `<did>` its past, `<doing>` its -ing form, `<thing:verb>` a noun phrase to
//! which the verb is supplied. Contractions are cut as in [`crate::token`].

mod element;
mod index;

use std::sync::LazyLock;

use super::opener::Agent;

pub(in crate::action) use element::Element;
pub(super) use index::{after_subject, candidates};

/// One wording.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent properties, each asked for by its name"
)]
pub(super) struct Pattern {
    pub(super) rule: &'static str,
    pub(super) elements: Vec<Element>,
    pub(super) agent: Agent,
    pub(super) negates: bool,
    pub(super) firm: bool,
    pub(super) weak: bool,
    pub(super) confidence: f32,
    /// The agent is the group's, whoever else the words name: `I told Sam I'd …`.
    pub(super) own_agent: bool,
    /// The bits of two words that it cannot do without, besides its first.
    needs: [u64; 2],
}

impl Pattern {
    /// Whether it can match in a sentence whose words have these bits.
    pub(super) fn may_match(&self, bits: u64) -> bool {
        self.needs.iter().all(|need| need & bits != 0)
    }
}

/// What a group of wordings has in common.
struct Group {
    rule: &'static str,
    agent: Agent,
    firm: bool,
    weak: bool,
    confidence: f32,
    wordings: &'static [&'static str],
}

/// Rule of what is asked for in the words of a request.
pub(crate) const REQUEST: &str = "a request";
/// Rule of what somebody is not to forget.
pub(crate) const REMINDER: &str = "a reminder";
/// Rule of what is asked for in a question.
pub(crate) const ASKED: &str = "a request worded as a question";
/// Rule of what somebody needs.
pub(crate) const IS_NEEDED: &str = "something is needed";
/// Rule of what is owed or promised to somebody.
pub(crate) const IS_OWED: &str = "something was promised";
/// Rule of what is said to be all that is needed.
pub(crate) const IS_ALL_NEEDED: &str = "said to be what is needed";
/// Rule of what there is no more of.
pub(crate) const HAS_RUN_OUT: &str = "something has run out";
/// Rule of what somebody has to do.
pub(crate) const OBLIGATION: &str = "somebody has to, or will";
/// Rule of what somebody does, told in the present tense.
pub(crate) const IS_AGREED: &str = "somebody does it, as agreed";

const REQUESTS: Group = Group {
    rule: REQUEST,
    agent: Agent::Addressee,
    firm: true,
    weak: false,
    confidence: 0.9,
    wordings: &[
        "can|could|would|will you <adv> have|get <who> to? <do>",
        "can|could|would|will|may|might i|we <adv> ask|trouble|bother|beg|request|invite|get|have <who> to <adv> <do>",
        "can|could|may i|we get|have <thing:send>",
        "may|might i|we <adv> ask you? for <thing:send>",
        "i|we <adv> need|want|require two|three|four|five|some|several things|items|documents of|from you|us : <thing:send>",
        "it would|'d help a? lot? <adv> if <who> could|would|can <adv> <do>",
        "it would|'d help <adv> a|no? lot|end|bit? <adv> if <who> <did>",
        "i|we would|'d <adv> take it kindly|well|amiss? if <who> <did>",
        "i|we would|'d sure|really|much|greatly|truly|dearly? appreciate you|your <doing>",
        "<who> would|'d|will|'ll oblige|help|assist me|us greatly|much? by <doing>",
        "it would|'d|'ll be a great|big|huge|real? help|relief|favour|favor if <who> could|would|can <adv> <do>",
        "it would|'d|'ll be a great|big|huge|real? help|relief|favour|favor if <who> <did>",
        "i|we have|'ve yet to receive|see|get|have <thing:send>",
        "i|we have|'ve n't|not <adv> received|had|got your <thing:send>",
        "i|we still|also lack|await|miss <thing:send>",
        "what|all i|we <adv> lack|await|miss is|are|'s <thing:send>",
        "would|do|could you <adv> mind <doing>",
        "mind <doing>",
        "would|could|will you be <adv> so? kind|good enough|as|and to? <do>",
        "be so kind|good as|and to? <do>",
        "can|could you please|pls to <do>",
        "you go|come <do>",
        "would|could|will|can you be a|an dear|star|hero|darling|pal|love|angel|sweetheart|legend|treasure|gem|sport and <do>",
        "would|could|will|can you do me|us a|the favor|favour|kindness|solid and|of to? <do>",
        "would|could|will|can you do me|us a|the favor|favour|kindness|solid of <doing>",
        "would|will|are|might you be? able|free|willing|available to <adv> <do>",
        "do you think you could|can <adv> <do>",
        "do you have time to <do>",
        "any chance that? <who> could|can|would? <adv> <do>",
        "any chance of you|your <doing>",
        "can|could|would|will one|either|some|any of you two|three|both|lot|guys|lads|all? <adv> <do>",
        "is it possible for <who> to <adv> <do>",
        "is there any chance you could|can <do>",
        "would|could it be possible|feasible|arranged|convenient for <who> to <adv> <do>",
        "why do n't <who> <do>",
        "i was|'m|am wondering|hoping if|whether|that? you could|can|would|might <adv> <do>",
        "i was|'m|am wondering|hoping if|whether|that? you 'd|would|might|could be able to <do>",
        "i wonder if you could|can <adv> <do>",
        "i|we 'd|would|should be <adv> very? grateful|thankful|glad|obliged|delighted|pleased if|when <who> could|can|would <adv> <do>",
        "i|we 'd|would|should be <adv> very? grateful|thankful|glad|obliged|delighted|pleased|happy|happier|easier if <who> <did>",
        "i|we would|'d|must|shall ask|urge|beg|request|invite|encourage <who> to <adv> <do>",
        "i|we 'd|would really? appreciate it? if you could|can|would <adv> <do>",
        "i|we would|'d like|love|want <who> to <adv> <do>",
        "it would|'d be <adv> great|good|nice|helpful|lovely|awesome|fantastic|super|amazing|wonderful|perfect|ideal|cool|best if <who> could|can|would <adv> <do>",
        "would be great|good|nice|helpful|lovely|awesome|perfect if <who> could <do>",
        "be a|an dear|star|hero|darling|pal|love|angel|sweetheart|legend|treasure|gem|sport and <do>",
        "do me|us a favor|favour|kindness|solid and|, <do>",
        "would|'d like|love <who> to <adv> <do>",
        "wants|wanted|asks|asked you|us|me to <adv> <do>",
        "<who> 'd|would rather|prefer <who> <did>",
        "<who> 'd|would prefer it? if <who> <did>",
        "i|we 'd|would really? appreciate|love it? if <who> <did>",
        "it would|'d be <adv> great|good|nice|helpful|lovely|best if <who> <did>",
        "if you could|would|can|'d <adv> <do>",
        "i|we do? <adv> need|want|expect|require|beg|ask|urge|trust <who> to <adv> <do>",
        "i|we count|rely|counting|relying on <who> to <adv> <do>",
        "i 'm|am asking|counting|relying on? <who> to <adv> <do>",
        "you are|'re to <do>",
        "what|all you <adv> need|have|must|should to? do now|next|first? is|:|'s to? <do>",
        "what|all i|we <adv> need|want|ask you to do now|next|first? is|:|'s to? <do>",
        "the? only|one|single|last thing i|we <adv> need|want|ask|require from|of you is|:|'s to? <do>",
        "the? only|one|single|last thing i|we <adv> need|want|ask|require from|of you , <who> , is to? <do>",
        "the? only|one|single|last thing you <adv> need|have to do is|:|'s to? <do>",
        "your|the one|only|sole|main? task|job|homework|part|duty|assignment is|'s to <do>",
        "it 's|is|was|falls|fell|comes|came|has|have|rests|lies|remains been? fallen|come|left? up|down? to|on|upon|with|for <who> to <adv> <do>",
        "i|we have|'ve talked|persuaded|roped|coaxed|cajoled|charmed|bullied <who> into <doing>",
        "i|we have|'ve persuaded|convinced|begged|bribed|got|begged|asked <who> to <do>",
        "you would|'d|will|'ll be? do|doing me|us a|an <adv> great|big|huge|real|enormous|immense? favour|favor|service|kindness by|in? <doing>",
        "what i|we <adv> want|need|'d|would|ask like|love|prefer|want? <who> to do is|'s to? <do>",
        "it 's|is your turn|job to <do>",
        "<who> is|'s|are responsible for <doing>",
        "<who> is|'s|are in charge of <doing>",
        "<who> is|'s|are responsible for <thing:do>",
        "<who> is|'s|are in charge of <thing:do>",
        "<who> is|'s|are|'re|am|'m trusted|entrusted|charged|tasked|saddled|lumbered|stuck with <doing>",
        "<who> is|'s|are|'re|am|'m trusted|entrusted|charged|tasked|saddled|lumbered|stuck with <thing:do>",
    ],
};

const QUESTIONS: Group = Group {
    rule: ASKED,
    agent: Agent::Addressee,
    firm: true,
    weak: false,
    confidence: 0.85,
    wordings: &[
        "can|could|would|will|wo|may|might <who> n't? <adv> <do>",
        "could|can|will|would the <who> <adv> <do>",
        "could|can|will|would|might the? <who> <adv> be <adv> able|free|willing|available|around|prepared to <adv> <do>",
    ],
};

const REMINDERS: Group = Group {
    rule: REMINDER,
    agent: Agent::Unsaid,
    firm: true,
    weak: false,
    confidence: 0.9,
    wordings: &[
        "do n't|not <adv> forget|forgetting to <adv> <do>",
        "do n't|not <adv> forget about? <doing>",
        "do n't|not let me|us|him|her|them forget to <adv> <do>",
        "do n't|not let me|us|him|her|them forget about? <thing:remember>",
        "do n't|not let me|us|him|her|them leave|go|out|off without <doing>",
        "never forget to <do>",
        "not forget to <do>",
        "must n't|not forget to <do>",
        "not to forget :? to? <do>",
        "ca|can n't forget to <do>",
        "do n't|not <adv> forget|remember that? you|we|i said|promised that? you|we|i 'd|'ll|would|will <adv> <do>",
        "do n't|not <adv> forget that? you|we|i have|need|'ve got? to <adv> <do>",
        "do n't|not <adv> forget that? you|we|i 're|are|'m|am <doing>",
        "do n't|not <adv> forget about? <thing:remember>",
        "<who> ,? do n't|not <adv> forget to <do>",
        "<who> ,? do n't|not <adv> forget about? <thing:remember>",
        "remember to <adv> <do>",
        "must|should|gotta <adv> remember to <adv> <do>",
        "need|needs|have|got to remember to <adv> <do>",
        "remember that? you|i|we have|need|must|should to? <do>",
        "remind me|us|myself|everyone|everybody to <adv> <do>",
        "<who> need|needs|have|has|must|should to? <adv> remember to <do>",
        "<who> must|should n't|not forget to <do>",
        "<who> must|should n't|not forget about? <thing:remember>",
        "<who> ca|can n't|not forget to <do>",
        "make sure|certain that? <who> <adv> <do>",
        "make sure|certain to <adv> <do>",
        "make sure|certain <who> remembers? to <do>",
        "be sure to <adv> <do>",
        "be sure and <do>",
        "see to it that <who> <do>",
        "ensure that? <who> <do>",
        "time to <do>",
        "it 's|is time to <do>",
        "it 's|is time <who> <do>",
    ],
};

const ORDERS: Group = Group {
    rule: "a plan or an order",
    agent: Agent::Unsaid,
    firm: false,
    weak: false,
    confidence: 0.8,
    wordings: &[
        "let 's|us <adv> <do>",
        "lets <adv> <do>",
        "let 's|us not forget to <do>",
        "need|have|got|ought to <adv> <do>",
        "gotta|must|should|need <adv> <do>",
        "have|'ve got to <adv> <do>",
        "will <adv> <do>",
        "todo|fixme|to-do|task|action|action-item|ai|reminder :? <do>",
        "next|first|last|remaining|only step|steps|thing|task|action|item|up is|'s|: to? <do>",
        "let 's|us <adv> aim|try|plan to <do>",
        "it was agreed|resolved|decided to <do>",
        "it was agreed|resolved|decided that? <who> will|would|should|to? <adv> <do>",
        "resolved|decided that <who> will|would|should|to? <do>",
        "the? plan|task|assignment|action|agreement|deal|decision|homework is|'s to <do>",
        "we|i|they agreed|decided|resolved to <adv> <do>",
        "agreed|decided to <do>",
        "agreed that <who> will|would|should|to <do>",
        "it only|just? remains to <do>",
        "what|all that? remains|is|'s left? to do? is|'s|: to? <do>",
        "what|all that? remains|is|'s left? to do? is|'s|: <doing>",
        "the? only|one|last thing left|outstanding|remaining is|'s|: to? <do>",
        "the? only|one|last thing left|outstanding|remaining is|'s|: <doing>",
        "someone|somebody please|pls? <do>",
        "need|needs|require|looking someone|somebody|anyone|people|volunteers to <adv> <do>",
        "need|needs|want two|three|four|some|more|a? kids|helpers|hands|others|students|friends|guys|parents to <adv> <do>",
        "i|we <adv> need|require people|volunteers to <adv> <do>",
    ],
};

const PROMISES: Group = Group {
    rule: "a promise",
    agent: Agent::Speaker,
    firm: true,
    weak: false,
    confidence: 0.9,
    wordings: &[
        "let me <adv> <do>",
        "lemme <do>",
        "i|we have|'ve|did? promised|promise|told|assured|said <who> that? i|we 'll|'d|will|would <adv> <do>",
        "i|we have|'ve|did? promised|promise|said|say|agreed|sworn|swore|offered that? i|we 'll|'d|will|would <adv> <do>",
        "promised|said that? i|we 'll|'d|will|would <adv> <do>",
        "i|we have|'ve? promised <who> to <do>",
        "i|we have|'ve? promised|sworn|pledged|undertaken to <do>",
        "happy|glad to <do>",
        "i|we have|'ve|am|'m committed to <doing>",
        "i 'm|am happy|glad to <do>",
        "my job|task|homework|part|plan|goal is|'s <adv> to <do>",
        "i volunteer|volunteered|offered to <do>",
        "it 's|is our|my turn|job|go to <do>",
        "i|we 'll|will|shall let you|him|her|them have <thing:send>",
        "i|we still? have|'ve <adv> two|three|four|five|some|several|the|a|an|my|our|to <do>",
    ],
};

const OBLIGATIONS: Group = Group {
    rule: OBLIGATION,
    agent: Agent::Speaker,
    firm: false,
    weak: false,
    confidence: 0.9,
    wordings: &[
        "<who> must|should|'ll|will <adv> get round|around to <doing>",
        "<who> need|needs|have|has|want to get round|around to <doing>",
        "<who> <adv> 'll|will|shall|must|should|gotta <adv> <do>",
        "<who> <adv> ought|oughta to? <adv> <do>",
        "<who> <adv> must|should to <do>",
        "<who> <adv> do|does? have|has|need|needs|got|gotta|'ve|'s got? to <adv> <do>",
        "<who> <adv> 've|'s|have|has <adv> got to <adv> <do>",
        "<who> have|has|'ve got? until|till then to <adv> <do>",
        "what|all i|we do? <adv> have|need|'ve <adv> got? to do is|'s|: to? <do>",
        "<who> on our|my|their side|part|end <adv> 'll|will|shall|must <adv> <do>",
        "<who> need n't|not <adv> <do>",
        "<who> <adv> do|does|did n't|not <adv> have|need|want|plan to <adv> <do>",
        "<who> <adv> 'm|am|'re|are|is|'s <adv> going|gon|gonna|fixing to|na <adv> <do>",
        "<who> <adv> 'm|am|'re|are|is|'s <adv> gonna <adv> <do>",
        "<who> gonna <do>",
        "<who> 'm|am|'re|are|is|'s <adv> down to <adv> <do>",
        "<who> 'm|am|'re|are|is|'s <adv> down for <doing>",
        "<who> 'm|am|'re|are|is|'s <adv> down for <thing:do>",
        "<who> 'm|am|'re|are|is|'s on the hook for <doing>",
        "<who> would|'d <adv> only? have|need to <adv> <do>",
        "<who> 's|has|'ve gotta <adv> <do>",
        "<who> <adv> 'm|am|'re|are|is|'s <adv> about|supposed|meant|expected|required|due|planning|scheduled|obliged|asked|requested|urged|reminded|set|determined|committed to <adv> <do>",
        "<who> <adv> plan|plans|intend|intends|aim|aims|propose|promises|promise|mean|undertake|undertakes|pledge to <adv> <do>",
        "<who> 'd|had better <adv> <do>",
        "<who> take|takes it upon|on|to myself|himself|herself|themselves to <adv> <do>",
        "<who> have|has|'s|'ve? <adv> agreed|offered|volunteered|promised|undertook|undertaken|pledged|vowed|sworn to <adv> <do>",
        "it 's|is|was <who> who|that 'll|will|must|should|has|needs|is to? <do>",
        "nobody|noone but|except <who> can|could|may <do>",
        "<who> is|are|am|'s|'m|'re to <adv> <do>",
        "<who> asked|told|reminded|wants|needs|expects|asks|tells|requested|instructed|begged <who> to <adv> <do>",
        "<who> has|have|'s|'ve asked|told|reminded|requested|instructed|begged <who> to <adv> <do>",
        "<who> said|says to <adv> <do>",
        "<who> wanted <who> to <do>",
        "<who> ,? could|can|would|will you <adv> <do>",
        "<who> to|2 <adv> <do>",
        "<who> 'd|would|will|'ll <adv> have|need to <adv> <do>",
        "<who> & <who> to <do>",
        "<who> is|was|were|are|has|have|'s|'ve been? mandated|tasked|instructed|assigned|delegated|appointed|nominated|asked|requested|told|persuaded|roped in? to <adv> <do>",
        "it 's|is <who> 's turn|job|task|duty|responsibility to <do>",
        "<who> 's turn|job|task|duty|responsibility is|'s? to <do>",
        "<who> said|says|promised <who> 'd|'ll|would|will <adv> <do>",
        "<who> ,? please|pls|kindly <do>",
        "<who> you <told>",
        "<who> <told>",
    ],
};

const PLANS: Group = Group {
    rule: "a plan",
    agent: Agent::Speaker,
    firm: false,
    weak: true,
    confidence: 0.6,
    wordings: &[
        "i|we <adv> want|wanna to? <adv> <do>",
        "<who> want|wants|hope|hopes to <adv> <do>",
        "<who> wanna to? <adv> <do>",
        "i|we 'd|would like to <adv> <do>",
        "<who> 'm|am|'re|are <adv> <doing>",
        "<who> can <adv> <do>",
        "<who> can only <do>",
        "can <adv> <do>",
        "i|we 'd <adv> <do>",
        "want to <do>",
        "hoping|planning|going to <do>",
    ],
};

const ASSIGNED: Group = Group {
    rule: IS_AGREED,
    agent: Agent::Speaker,
    firm: true,
    weak: true,
    confidence: 0.7,
    wordings: &[
        "<who> <adv> <does>",
        "it 's|is <who> who|that <does>",
        "it will|'ll be <who> who|that <does>",
        "it 's|is <who> who|that 's|is <doing>",
        "<who> 's|is <adv> <doing>",
        "<who> 'll|will be <doing>",
    ],
};

const OWED: Group = Group {
    rule: IS_OWED,
    agent: Agent::Speaker,
    firm: true,
    weak: false,
    confidence: 0.7,
    wordings: &["i <adv> promised|owe <who> <thing:give>"],
};

const NEEDED: Group = Group {
    rule: IS_ALL_NEEDED,
    agent: Agent::Unsaid,
    firm: true,
    weak: false,
    confidence: 0.8,
    wordings: &[
        "what|all i|we do? <adv> need|want|require is|are|'s <thing:get>",
        "what|all i|we 'd|would <adv> like|need is|are|'s <thing:get>",
        "the only thing i|we <adv> need is|are|'s <thing:get>",
        "what|all that? 's|is <adv> outstanding|missing|left|open|lacking|needed is|are|'s <thing:get>",
        "what|all that? 's|is <adv> outstanding|missing|left|lacking|needed on|from our|your|my|their side|end|part is|are|'s <thing:get>",
        "what|all that? 's|is <adv> outstanding|missing|left|lacking|needed for|from|with <who> is|are|'s <thing:get>",
        "the only|one|last|single open|outstanding|remaining|missing thing|point|item|bit|piece is|are|'s <thing:get>",
        "what|all i|we do|'d|would? <adv> need|want|require|lack|like|love from <who> is|are|'s <thing:get>",
        "what|all i|we do|'d|would? <adv> need|want|require|lack|like|love from you , <who> , is|are|'s <thing:get>",
    ],
};

const RELAYED: Group = Group {
    rule: "passed on from somebody",
    agent: Agent::Unsaid,
    firm: false,
    weak: false,
    confidence: 0.7,
    wordings: &[
        "<who> says|say <order>",
        "physio|doctor|dr|doc|pt|vet|dentist|gp|nurse|teacher|boss|landlord says|say <order>",
        "<who> advised|recommended to <adv> <do>",
    ],
};

const LACKING: Group = Group {
    rule: HAS_RUN_OUT,
    agent: Agent::Unsaid,
    firm: true,
    weak: false,
    confidence: 0.6,
    wordings: &[
        "we|i ran|'ve|have|'re|are|'m|am run|running? <adv> out of <thing:buy>",
        "we|i 're|are|'m|am <adv> running? low on <thing:buy>",
        "running low on <thing:buy>",
    ],
};

const THINGS: Group = Group {
    rule: IS_NEEDED,
    agent: Agent::Unsaid,
    firm: false,
    weak: true,
    confidence: 0.6,
    wordings: &[
        "need|needs <doing>",
        "need|needs <thing:get>",
        "we|i <adv> need <thing:get>",
        "<who> needs <thing:get>",
        "i|we <adv> do? want|expect|require <thing:get>",
        "i|we 'd|would <adv> like|love to have|see|receive|get <thing:send>",
        "i|we 'd|would <adv> like|love|need <thing:send> from you",
        "what they|he|she do|does? <adv> want|wants|need|needs is|are|'s <thing:send>",
        "what <who> do|does? <adv> want|wants|need|needs is|are|'s <thing:send>",
        "you owe me|us <thing:send>",
        "<who> owes me|us <thing:send>",
        "<who> has|have|'s|'ve? asked me|us for <thing:send>",
        "missing|outstanding|lacking :|is|are <thing:send>",
    ],
};

static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let groups = [
        REQUESTS,
        REMINDERS,
        QUESTIONS,
        PROMISES,
        OBLIGATIONS,
        ORDERS,
        ASSIGNED,
        OWED,
        RELAYED,
        NEEDED,
        PLANS,
        LACKING,
        THINGS,
    ];
    groups
        .into_iter()
        .flat_map(|group| {
            let elements = |wording: &'static str| wording.split(' ').map(Element::read).collect();
            let wordings = group.wordings.iter();
            let wordings = wordings.map(move |wording| (wording, elements(wording)));
            wordings.map(move |(wording, elements): (_, Vec<Element>)| Pattern {
                rule: group.rule,
                needs: element::needs(&elements),
                elements,
                agent: group.agent.clone(),
                negates: group.rule == OBLIGATIONS.rule
                    && wording.contains("n't")
                    && !wording.contains("forget"),
                firm: group.firm,
                weak: group.weak,
                confidence: group.confidence,
                own_agent: group.rule == PROMISES.rule
                    || group.rule == OWED.rule
                    || group.rule == RELAYED.rule,
            })
        })
        .collect()
});
