//! From sentences to drafts of tasks, in the order of the text, so that what is said later can take
//! back or change what was said before.

pub(crate) mod about;
mod asked;
mod brought;
mod chat;
mod first;
mod grace;
mod granted;
mod handed;
mod item;
mod likely;
mod low;
mod needs;
mod offer;
mod open;
mod put_off;
mod reported;
mod same;
mod share;
mod shared_day;
mod topic;
mod weak;
mod whole;

pub(crate) use first::DEED_FIRST;
pub(crate) use granted::RULE as GRANTED;
pub(crate) use handed::RULE as HANDED_ON;
pub(crate) use item::{ERRAND, NOTED, OPEN_STATE};
pub(crate) use low::RULE as MAY_BE_DONE;
use needs::Need;
pub(crate) use offer::RULE as ACCEPTED;
use open::{is_open, is_ticked};
pub(crate) use share::RULE as PART;
use whole::Whole;

use std::ops::Range;

use jiff::Zoned;

use crate::action::opener::{Agent, Opener};
use crate::clause::{Head, Order};
use crate::date::{FoundDate, Grain, Policy};
use crate::draft::Draft;
use crate::hash::HashSet;
use crate::revise::replace;
use crate::rows::Rows;
use crate::scorer::Scores;
use crate::sentence::Sentence;
use crate::task::{Priority, Span};
use crate::text::{Document, Section};
use crate::thing::{Around, Resolved, Things};
use crate::token::{Mask, Token, list};
use crate::{assign, due, reply, revise, summary, words};

/// What the sentences are read against.
pub(crate) struct Source<'a> {
    pub text: &'a str,
    pub document: &'a Document,
    pub sentences: &'a [Sentence],
    pub dates: &'a [FoundDate],
    /// Pieces of the text, in characters, that are no dates.
    pub refused: &'a [Span],
    pub now: &'a Zoned,
    pub policy: &'a Policy,
}

/// Finds the drafts of a text.
pub(crate) fn drafts(source: &Source<'_>, scores: &Scores) -> Vec<Draft> {
    let mut state = State {
        source,
        drafts: Vec::new(),
        things: Things::of(source),
        people: assign::People::new(source.document),
        advice: None,
        dropped: None,
        topics: topic::topics(source),
        scores,
        whole: Whole::default(),
    };
    for index in 0..source.sentences.len() {
        state.sentence(index);
    }
    state.drafts
}

struct State<'a> {
    source: &'a Source<'a>,
    drafts: Vec<Draft>,
    things: Things,
    people: assign::People,
    /// The block in which advice is given to whoever may need it.
    advice: Option<usize>,
    /// The sentence and clause whose deed was left out last.
    dropped: Option<(usize, usize)>,
    /// Sentences that only say what the ones behind them are about.
    topics: HashSet<usize>,
    scores: &'a Scores,
    whole: Whole,
}

impl State<'_> {
    fn sentence(&mut self, index: usize) {
        let source = self.source;
        let sentence = &source.sentences[index];
        if !is_open(sentence)
            || !source.document.chat && is_ticked(sentence)
            || self.topics.contains(&index)
            || self.heads_handout(index)
        {
            return;
        }
        if reply::reply(source, index, &mut self.drafts) || self.brought(index) {
            return;
        }
        self.people.hear(source, index);
        let first = self.drafts.len();
        if self.open_state(index) {
            self.share_dates(index, first);
            return;
        }
        if advises(sentence) {
            self.advice = Some(sentence.unit.place.block);
        }
        for clause in 0..sentence.clauses.len() {
            self.clause(index, clause);
        }
        self.some_day(index, first);
        self.row_of_notes(index, first);
        if self.drafts.len() == first {
            self.noun(index);
        }
        self.handed(index, first);
        self.likely(index, first);
        self.share_dates(index, first);
        revise::after_sentence(source, index, first, &mut self.drafts);
    }

    fn clause(&mut self, index: usize, clause: usize) {
        let source = self.source;
        let sentence = &source.sentences[index];
        if let Some(opener) = self.in_company(index, clause) {
            self.add(index, clause, &opener);
            self.things.hear(index, clause);
            return;
        }
        if source.document.chat && self.shares(index, clause) {
            return;
        }
        match &sentence.clauses[clause].head {
            Head::Action(opener) => {
                // `They are expected to sign`, where nobody was named: news.
                let strangers = opener.agent == Agent::Third
                    && sentence.lower(sentence.clauses[clause].start) == "they"
                    && !self.source.document.chat
                    && self.people.named().is_none();
                // `They can open jars and solve puzzles`: what goes on shares the fate of the first.
                let follows = opener.agent == Agent::Unsaid
                    && !opener.subject_said
                    && clause > 0
                    && self.dropped == Some((index, clause - 1))
                    && !sentence.clauses[clause].lead.polite
                    && !matches!(
                        sentence.lower(sentence.clauses[clause].start),
                        "must" | "should" | "gotta" | "need"
                    );
                // `One day I'd like to walk there. And learn the names of the ducks.`
                let wished = clause == 0
                    && opener.agent == Agent::Unsaid
                    && sentence.clauses[0].lead.joined
                    && !sentence.clauses[0].lead.polite
                    && self.wishes(index);
                let jokes = opener.agent == Agent::We && jokes(sentence);
                // `If you are ever in Jaipur, see the fort. Carry cash.`
                let advises = self.advice == Some(sentence.unit.place.block)
                    && opener.agent == Agent::Unsaid
                    && !opener.firm
                    && sentence
                        .date_tokens()
                        .iter()
                        .all(|(_, date)| self.source.dates[*date].grain >= Grain::Month);
                if strangers
                    || wished
                    || advises
                    || jokes
                    || follows
                    || opener.weak && !self.holds(index, clause, opener)
                {
                    self.dropped = Some((index, clause));
                } else {
                    self.add(index, clause, opener);
                }
            }
            // `she can't claim for you`: no word to leave anything.
            Head::Negated(opener) if opener.weak && opener.agent == Agent::Third => {}
            Head::Negated(opener) => {
                let (_, tokens) = summary::of(self.source.text, sentence, clause, opener);
                let stems = stems(sentence, opener.verb, &tokens);
                revise::take_back(&mut self.drafts, &stems, index, self.source);
            }
            // `if you have paid already, ignore this letter`: only for those who have.
            Head::Cancel { .. }
                if sentence.clauses[..clause]
                    .iter()
                    .any(|before| before.head == Head::Subordinate(Order::Condition)) => {}
            Head::Cancel { words } => self.cancel(index, clause, *words),
            Head::Subordinate(Order::Before) => {
                self.before(index, clause);
                self.deed_first(index, clause);
            }
            Head::Subordinate(Order::After) => self.deed_first(index, clause),
            // `provided that Jo has signed`, but `if you have already paid` is not said to be so.
            Head::Subordinate(Order::Condition) => {
                if sentence.lower(sentence.clauses[clause].start) == "provided" {
                    self.deed_first(index, clause);
                }
            }
            Head::Statement | Head::Phrase | Head::Blocked | Head::Subordinate(_) => {
                revise::statement(self.source, index, clause, &mut self.drafts);
            }
        }
        self.things.hear(index, clause);
    }

    /// Whether the sentence before says what somebody would like.
    fn wishes(&self, index: usize) -> bool {
        let before = index.checked_sub(1).map(|at| &self.source.sentences[at]);
        before.is_some_and(|before| {
            let same = before.unit.place.block == self.source.sentences[index].unit.place.block;
            let words = || (0..before.at.len()).map(|word| before.lower(word));
            let wish =
                words().any(|word| matches!(word, "'d" | "would" | "could" | "wish" | "dream"));
            let blocked = |clause: &crate::clause::Clause| clause.head == Head::Blocked;
            same && wish
                && before.clauses.iter().any(blocked)
                && !before.question
                && !before
                    .clauses
                    .iter()
                    .any(|clause| matches!(clause.head, Head::Action(_)))
        })
    }

    /// Takes back what the words of a clause name, from `words` on.
    fn cancel(&mut self, index: usize, clause: usize, words: usize) {
        let sentence = &self.source.sentences[index];
        let end = sentence.clauses[clause].full.end;
        // `I'd like to … nah, forget it`: what is taken back was no task.
        let wish = sentence.clauses[..clause]
            .iter()
            .any(|clause| match &clause.head {
                Head::Blocked | Head::Subordinate(_) => true,
                Head::Action(opener) => opener.weak,
                _ => false,
            });
        if wish
            && self
                .drafts
                .last()
                .is_none_or(|draft| draft.sentence != index)
        {
            return;
        }
        let stems = words::stems_of((words..end).filter_map(|word| sentence.token(word)));
        if stems.is_empty() && self.of_another(index, clause) {
            return;
        }
        if stems.is_empty() && replace::set_anew(self.source, index, clause, &mut self.drafts) {
            return;
        }
        revise::cancel(&mut self.drafts, &stems, index, self.source);
    }

    /// `Tulsa is dead, drop it`: what is taken back was told just before, and is no task.
    fn of_another(&self, index: usize, clause: usize) -> bool {
        let sentence = &self.source.sentences[index];
        let Some(before) = clause.checked_sub(1) else {
            return false;
        };
        let named = sentence
            .token(sentence.clauses[before].start)
            .is_some_and(|token| {
                token.capital
                    && !token.any(list!["I", "it", "that", "this"])
                    && words::is_content(token)
            });
        let stems = words::stems_of(sentence.words(before));
        let told = sentence.clauses[before].head == Head::Statement && named;
        told && !self
            .drafts
            .iter()
            .any(|draft| draft.alive && words::shared(&stems, &draft.stems) > 0)
    }

    fn add(&mut self, index: usize, clause: usize, opener: &Opener) {
        let source = self.source;
        let sentence = &source.sentences[index];
        let (summary, tokens) = summary::of(source.text, sentence, clause, opener);
        if self.is_passed_over(index, clause)
            || self.confirms(index, clause, opener, &tokens)
            || self.insists(index, clause, opener, &tokens)
        {
            return;
        }
        let agent = self.agent(index, clause, opener);
        let mut resolved = self.resolved((index, opener), &agent, &summary, &tokens);
        let mut rule = opener.rule;
        let mut below = None;
        if !source.document.quoted.is_empty()
            && (opener.rule == handed::RULE || handed::takes_over(sentence, opener, &tokens))
        {
            below = self
                .whole
                .below
                .get_or_init(|| handed::asked_below(source))
                .as_ref();
        }
        if let Some(asked) = below {
            resolved.summary.clone_from(&asked.summary);
            resolved.replaced = true;
            rule = handed::RULE;
        }
        let mut stems = stems(sentence, opener.verb, &tokens);
        if resolved.replaced {
            stems = words::stems(&resolved.summary);
        }
        if resolved.summary.is_empty()
            || (resolved.empty && !resolved.replaced)
            || weak::names_nothing(sentence, opener, &tokens, &resolved)
        {
            return;
        }
        let due = due::choose(source, sentence, clause).or_else(|| self.after_grace(index, clause));
        let besides = below.map_or_else(Vec::new, |below| below.besides.clone());
        let due = below.map_or(due.clone(), |below| below.due(source, index, due));
        let assignee = match self.in_need(index, clause, (opener, &agent)) {
            // `Luna needs a new collar`: somebody else gets it for her.
            Some(Need::Thing(name)) => {
                resolved.summary = needs::meant_for(resolved.summary, &name);
                None
            }
            Some(Need::Deed) => None,
            None => self.people.assignee(source, index, &agent),
        };
        let draft = Draft {
            sentence: index,
            clause,
            rule,
            agent,
            confidence: opener.confidence,
            proposed: false,
            summary: resolved.summary,
            tokens,
            stems,
            bytes: self.evidence(index, clause),
            due,
            priority: priority_of(sentence),
            assignee,
            depends: std::collections::BTreeMap::new(),
            then: sentence.clauses[clause].lead.then,
            alive: true,
        };
        if revise::repeats(&mut self.drafts, &draft) {
            return;
        }
        let Some(draft) = replace::said_anew(source, &mut self.drafts, draft) else {
            return;
        };
        if source.document.chat && opener.agent == Agent::Speaker {
            revise::takes_over(source, &mut self.drafts, &draft);
        }
        let (draft, second) = self.part(draft);
        for draft in std::iter::once(draft).chain(second) {
            self.drafts.extend(assign::split_people(draft, sentence));
        }
        self.hand_on_besides(besides);
    }

    /// Whether a clause is part of a question, only gives time, or tells what was done.
    fn is_passed_over(&self, index: usize, clause: usize) -> bool {
        let sentence = &self.source.sentences[index];
        asked::is_part(sentence, clause)
            || self.gives_time(index, clause)
            || grace::was_done(sentence, clause)
    }

    /// The summary of a deed with its pronouns filled in.
    fn resolved(
        &self,
        (index, opener): (usize, &Opener),
        agent: &Agent,
        summary: &str,
        tokens: &[usize],
    ) -> Resolved {
        let source = self.source;
        let sentence = &source.sentences[index];
        let speaker = assign::People::speaker(source, index);
        let named = self.people.spoken_of(source, index, agent);
        let around = Around {
            speaker: speaker.as_deref(),
            named: named.as_deref(),
            index,
        };
        let resolved = self
            .things
            .resolve(source, sentence, opener, summary, tokens, around);
        Resolved {
            summary: asked::whole(source.text, sentence, resolved.summary),
            ..resolved
        }
    }

    /// Who is to do it: a deed joined to another one by `and` is done by the same person.
    fn agent(&self, index: usize, clause: usize, opener: &Opener) -> Agent {
        let sentence = &self.source.sentences[index];
        // `Maria empties the fridge, so take your food home`: that is said to others.
        let start = sentence.clauses[clause].start;
        let follows = start > 0 && sentence.lower(start - 1) == "so";
        if opener.agent != Agent::Unsaid || opener.subject_said || follows {
            return opener.agent.clone();
        }
        let before = self.drafts.last().filter(|draft| {
            draft.sentence == index
                && draft.clause < clause
                && (draft.clause + 1..clause)
                    .all(|between| matches!(sentence.clauses[between].head, Head::Phrase))
        });
        before.map_or(Agent::Unsaid, |draft| draft.agent.clone())
    }

    /// The clause and what only adds to it.
    fn evidence(&self, index: usize, clause: usize) -> Range<usize> {
        let sentence = &self.source.sentences[index];
        let mut first = clause;
        let mut last = clause + 1;
        while first > 0
            && (matches!(sentence.clauses[first - 1].head, Head::Subordinate(_))
                || (first == 1 && sentence.clauses[0].head == Head::Phrase))
        {
            first -= 1;
        }
        while last < sentence.clauses.len()
            && matches!(
                sentence.clauses[last].head,
                Head::Phrase | Head::Subordinate(_)
            )
        {
            last += 1;
        }
        if first == 0 && last == sentence.clauses.len() {
            return sentence.unit.range.clone();
        }
        sentence.bytes(first..last)
    }
}

/// `If you are ever in Lisbon, …`: what follows is for whoever gets there.
fn advises(sentence: &Sentence) -> bool {
    sentence.clauses.iter().any(|clause| {
        clause.head == Head::Subordinate(Order::Condition)
            && clause
                .full
                .clone()
                .any(|word| sentence.lower(word) == "ever")
    })
}

fn priority_of(sentence: &Sentence) -> Option<(Priority, Option<Range<usize>>)> {
    if let Some((priority, bytes)) = &sentence.priority {
        return Some((*priority, Some(bytes.clone())));
    }
    (sentence.unit.place.section == Section::Someday).then_some((Priority::Low, None))
}

/// Stems of a verb and its words.
fn stems(sentence: &Sentence, verb: usize, tokens: &[usize]) -> Vec<String> {
    let found = tokens.iter().map(|at| &sentence.tokens[*at]);
    let found = found.chain(sentence.token(verb));
    words::stems_of(found.filter(|token| token.mask == Mask::None))
}

/// Whether a wording stands anywhere in a clause.
pub(crate) fn says(sentence: &Sentence, clause: usize, rows: &Rows) -> bool {
    let mut words = sentence.clauses[clause].full.clone();
    words.any(|at| rows.starts(|offset| sentence.lower(at + offset)))
}

/// `we should move to Norway 😂`, but not `we have to clear the drain lol`.
fn jokes(sentence: &Sentence) -> bool {
    let laughs =
        |token: &Token| token.lower.starts_with(['😂', '🤣']) || token.any(list!["lol", "haha"]);
    let binds = |token: &Token| token.any(list!["have", "must", "need"]);
    sentence.tokens.iter().any(laughs) && !sentence.tokens.iter().any(binds)
}
