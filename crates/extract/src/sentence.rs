//! A sentence with everything marked in it: dates, hesitations, urgency, people, clauses.

use std::borrow::Cow;
use std::ops::Range;

use crate::clause::{self, Clause, Head, View};
use crate::date::{FoundDate, Role};
use crate::lexicon::{self, Lean};
use crate::person::Named;
use crate::priority;
use crate::task::Priority;
use crate::text::Unit;
use crate::token::{self, List, Mask, Token, list};
use crate::{filler, person};

/// Dates less certain than this are left to be words.
const CERTAIN: f32 = 0.4;

/// A sentence, read.
pub(crate) struct Sentence {
    pub unit: Unit,
    pub tokens: Vec<Token>,
    pub clauses: Vec<Clause>,
    /// Where the words of the clauses stand among the tokens.
    pub at: Vec<usize>,
    /// The bit of each of them.
    each: Vec<u64>,
    /// Who is marked as the one to do it.
    pub person: Option<String>,
    /// The marker of urgency and its bytes.
    pub priority: Option<(Priority, Range<usize>)>,
    pub question: bool,
    /// Spoken without marks.
    dictated: bool,
    /// The bits of its words.
    bits: u64,
    /// Dates in other cells of its row, or among its attributes.
    pub row_dates: Vec<usize>,
    /// The first token of each of its dates, with the date's index.
    dates: Vec<(usize, usize)>,
    /// The last sentence before it that is no item.
    pub above: Option<usize>,
}

/// Reads the units of a text, in their order.
pub(crate) fn read_all(
    text: &str,
    units: Vec<Unit>,
    dates: &[FoundDate],
    people: &Named,
) -> Vec<Sentence> {
    // Each step goes over all sentences before the next one begins: its code stays at hand.
    let tokens: Vec<Vec<Token>> = (units.iter())
        .map(|unit| token::tokenize(text, unit.range.clone()))
        .collect();
    let mut above = None;
    let mut sentences: Vec<Sentence> = Vec::with_capacity(units.len());
    for (index, (unit, tokens)) in units.into_iter().zip(tokens).enumerate() {
        let sentence = Sentence {
            above,
            ..marked(text, unit, tokens, dates, people)
        };
        if sentence.unit.place.item.is_none() {
            above = Some(index);
        }
        sentences.push(sentence);
    }
    for sentence in &mut sentences {
        sentence.cut(people);
    }
    sentences
}

/// A unit of the text with everything marked in it, not yet cut into clauses.
fn marked(
    text: &str,
    unit: Unit,
    mut tokens: Vec<Token>,
    dates: &[FoundDate],
    people: &Named,
) -> Sentence {
    let first = dates.partition_point(|date| date.bytes.end <= unit.scope.start);
    let last = dates.partition_point(|date| date.bytes.start < unit.scope.end);
    let in_scope = first..last.max(first);
    let mut row_dates: Vec<usize> = Vec::new();
    if unit.scope != unit.range {
        row_dates.extend(in_scope.clone());
    }
    if let Some(words) = &unit.place.fields.due {
        let from = dates.partition_point(|date| date.bytes.end <= words.start);
        let to = dates.partition_point(|date| date.bytes.start < words.end);
        row_dates.extend(from..to.max(from));
    }
    mask_dates(&mut tokens, dates, in_scope);
    mask_markdown(&mut tokens);
    filler::mark(&mut tokens);
    filler::mark_repeats(&mut tokens);
    if unit.place.first {
        mask_verb_label(&mut tokens);
    }
    let priority = find_priority(text, &unit, &tokens);
    // Where its own tokens were looked through for nothing, there is nothing to mark.
    let beside = unit.place.fields.priority.is_some() || unit.scope != unit.range;
    if beside || priority.is_some() {
        priority::mark(&mut tokens);
    }
    let listed = unit.place.item.is_some() || unit.place.marked;
    let person = person::mark(&mut tokens, people, listed);
    let dates = date_tokens(&tokens);
    Sentence {
        unit,
        tokens,
        clauses: Vec::new(),
        at: Vec::new(),
        each: Vec::new(),
        person,
        priority,
        question: false,
        dictated: false,
        bits: 0,
        row_dates,
        dates,
        above: None,
    }
}

fn find_priority(text: &str, unit: &Unit, tokens: &[Token]) -> Option<(Priority, Range<usize>)> {
    if unit.place.fields.priority.is_some() {
        return unit.place.fields.priority.clone();
    }
    if unit.scope == unit.range {
        return priority::find(tokens).map(|(priority, range)| {
            (
                priority,
                tokens[range.start].start..tokens[range.end - 1].end,
            )
        });
    }
    let row = token::tokenize(text, unit.scope.clone());
    priority::find(&row)
        .map(|(priority, range)| (priority, row[range.start].start..row[range.end - 1].end))
}

/// `let the plumber in tomorrow`, `hand it in today`: the particle of the verb, as no such day has an `in`.
pub(crate) fn is_particle_before_day(tokens: &[Token], at: usize) -> bool {
    const DAYS: List<'static> = list![
        "today",
        "tonight",
        "tomorrow",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    // `get the lamp looked at next week`
    let looked = tokens[at].is("at") && at > 0 && tokens[at - 1].is("looked");
    looked || tokens[at].is("in") && tokens.get(at + 1).is_some_and(|next| next.any(DAYS))
}

fn mask_dates(tokens: &mut [Token], dates: &[FoundDate], range: Range<usize>) {
    for index in range {
        let date = &dates[index];
        if date.certainty < CERTAIN || (date.role == Role::Duration && date.recurrence.is_none()) {
            continue;
        }
        let (mut first, mut after) = (None, None);
        for (at, token) in tokens.iter_mut().enumerate() {
            if token.start < date.bytes.end && token.end > date.bytes.start {
                token.mask = Mask::Date(index);
                first = first.or(Some(at));
                after = Some(at + 1);
            }
        }
        if let (Some(first), Some(after)) = (first, after)
            && is_told(tokens, first, after)
        {
            for token in &mut tokens[first..after] {
                token.mask = Mask::None;
            }
            continue;
        }
        if let Some(first) = first.filter(|at| is_particle_before_day(tokens, *at))
            && !tokens.get(first + 2).is_some_and(|next| next.is("'s"))
        {
            tokens[first].mask = Mask::None;
        }
        // `slides for Monday's meeting`: the preposition goes with the meeting.
        let possessive = after.is_some_and(|at| {
            at + 1 < tokens.len() && (tokens[at].is("'s") || tokens[at - 1].is("'s"))
        });
        if possessive
            && let Some(first) = tokens
                .iter_mut()
                .find(|token| token.mask == Mask::Date(index))
            && first.any(list!["for", "of", "about"])
        {
            first.mask = Mask::None;
        }
        // `boots before Saturday's match`: what the day is of only says when.
        if let Some(noun) = after
            .filter(|_| possessive)
            .map(|at| at + usize::from(tokens[at].is("'s")))
            && first.is_some_and(|at| tokens[at].any(list!["before", "by", "until", "till"]))
            && tokens.get(noun).is_some_and(Token::is_word)
            && tokens.get(noun + 1).is_none_or(Token::is_mark)
        {
            tokens[noun].mask = Mask::Date(index);
        }
        // `Monday's meeting`, `due Friday`.
        if let Some(next) = after
            .and_then(|at| tokens.get_mut(at))
            .filter(|token| token.is("'s"))
        {
            next.mask = Mask::Date(index);
        }
    }
    mask_rows_of_days(tokens);
    for at in 0..tokens.len().saturating_sub(1) {
        if tokens[at].any(list!["due", "deadline"])
            && let Mask::Date(index) = tokens[at + 1].mask
        {
            tokens[at].mask = Mask::Date(index);
        }
    }
}

/// `Tuesday or Wednesday`, `on the 12th, 15th and 18th`: what joins days, and the days of the month behind the first.
fn mask_rows_of_days(tokens: &mut [Token]) {
    for at in 1..tokens.len().saturating_sub(1) {
        let before = tokens[at - 1].mask;
        if !tokens[at - 1].is_dated() || !tokens[at].any(list![",", "and", "or", "&"]) {
            continue;
        }
        let next = &tokens[at + 1];
        let ordinal = |token: &Token| {
            let digits = token
                .lower
                .trim_end_matches(|c: char| c.is_ascii_alphabetic());
            !digits.is_empty()
                && digits.len() + 2 == token.lower.len()
                && digits.bytes().all(|byte| byte.is_ascii_digit())
        };
        let joined = tokens[at].is("or") && next.is_dated();
        if joined || ordinal(&tokens[at - 1]) && ordinal(next) {
            tokens[at].mask = before;
            if tokens[at + 1].mask == Mask::None {
                tokens[at + 1].mask = before;
            }
        }
    }
}

/// `ask whether 8 pm works`, `tell Ida mid-month is fine`: a time that is what somebody is to hear of.
fn is_told(tokens: &[Token], first: usize, after: usize) -> bool {
    const TELLING: List<'static> = list![
        "tell", "text", "email", "message", "let", "inform", "remind", "warn", "write", "answer",
        "reply", "ask", "check",
    ];
    // `if Thursday still works`
    let adverb = tokens
        .get(after)
        .is_some_and(|next| next.any(list!["still", "really", "also"]));
    let after = after + usize::from(adverb);
    let suits = tokens.get(after).is_some_and(|next| {
        next.any(list![
            "works", "suits", "is", "does", "doesn't", "isn't", "would"
        ])
    });
    let asked = || {
        tokens[..first]
            .last()
            .is_some_and(|before| before.any(list!["whether", "if", "that", "know"]))
    };
    let told = || {
        let near = &tokens[first.saturating_sub(4)..first];
        let verb = near.iter().position(|token| token.any(TELLING));
        verb.is_some_and(|at| !near[at..].iter().any(Token::is_mark))
    };
    suits && told() && (asked() || tokens[after].any(list!["works", "suits", "is"]))
}

/// `To clean: oven, balcony`, `Buy: masks`: the colon parts a verb from its objects.
fn mask_verb_label(tokens: &mut [Token]) {
    let heard: Vec<usize> = (0..tokens.len())
        .filter(|at| tokens[*at].mask == Mask::None)
        .take(4)
        .collect();
    let lower = |place: usize| heard.get(place).map_or("", |at| tokens[*at].lower.as_str());
    let to = usize::from(lower(0) == "to");
    let Some(verb) = lexicon::base_verb(lower(to)) else {
        return;
    };
    let colon = to + 1 + usize::from(crate::summary::particle(lower(to + 1)));
    let plain = matches!(verb.lean, Lean::Verb) || ERRANDS.holds(verb.base);
    let next = lexicon::base_verb(lower(colon + 1)).is_some_and(|verb| verb.lean == Lean::Verb);
    let named = lexicon::is_first_name(lower(colon + 1));
    if lower(colon) != ":" || !(plain || to == 1) || lower(to) == "do" || next || named {
        return;
    }
    let (colon, to) = (heard[colon], (to == 1).then_some(heard[0]));
    tokens[colon].mask = Mask::Filler;
    if let Some(to) = to {
        tokens[to].mask = Mask::Filler;
    }
}

/// Verbs that stand before a colon and what they are done to.
const ERRANDS: List<'static> = list![
    "buy", "order", "book", "call", "clean", "print", "pack", "bring", "ask", "pay", "return",
    "collect", "send", "email", "ring", "wash", "chase", "confirm", "borrow", "rent", "phone",
];

/// Stars and underscores that only set words in bold.
fn mask_markdown(tokens: &mut [Token]) {
    for token in tokens {
        let marks = token.is_mark()
            && token
                .lower
                .chars()
                .all(|c| matches!(c, '*' | '_' | '`' | '~'));
        if marks {
            token.mask = Mask::Filler;
        }
    }
}

impl Sentence {
    /// Cuts what is marked into clauses.
    fn cut(&mut self, people: &Named) {
        let place = &self.unit.place;
        let listed = place.first && (place.item.is_some() || place.marked);
        let view = View::new(&self.tokens, listed, people);
        self.clauses = clause::clauses(&view);
        (self.question, self.dictated, self.bits) = (view.question, view.dictated, view.bits);
        (self.at, self.each) = (view.at.into_owned(), view.each.into_owned());
    }

    /// Its words as the rules look at them, no item of a list.
    pub(crate) fn view<'a>(&'a self, people: &'a Named) -> View<'a> {
        View {
            tokens: &self.tokens,
            at: Cow::Borrowed(&self.at),
            each: Cow::Borrowed(&self.each),
            question: self.question,
            dictated: self.dictated,
            listed: false,
            bits: self.bits,
            people,
        }
    }

    /// Bytes from the first to the last of the clause's words, with what is masked between them.
    pub(crate) fn bytes(&self, clauses: Range<usize>) -> Range<usize> {
        let first = self
            .clauses
            .get(clauses.start)
            .map_or(0, |clause| clause.start);
        let last = self
            .clauses
            .get(clauses.end.max(1) - 1)
            .map_or(first + 1, |clause| clause.full.end);
        let from = self.at.get(first).copied().unwrap_or(0);
        // What is masked after the last word belongs to it, up to the first word of the next clause.
        let to = self
            .at
            .get(last)
            .copied()
            .unwrap_or(self.tokens.len())
            .max(from + 1);
        let end = self.tokens[from..to.min(self.tokens.len())]
            .iter()
            .rev()
            .find(|token| !token.is_mark() || token.is(")"))
            .or(self.tokens.get(from))
            .map_or(self.unit.range.end, |token| token.end);
        let start = self
            .tokens
            .get(from)
            .map_or(self.unit.range.start, |token| token.start);
        start..end.max(start)
    }

    /// The tokens from the first word of a clause to the first of the next, with what is masked.
    pub(crate) fn span(&self, clause: usize) -> Option<Range<usize>> {
        let clause = self.clauses.get(clause)?;
        let until = self.at.get(clause.full.end).copied();
        let from = *self.at.get(clause.start)?;
        Some(from..until.unwrap_or(self.tokens.len()))
    }

    /// Its words that count, without marks.
    pub(crate) fn plain_words(&self) -> Vec<&str> {
        let plain = |token: &&Token| token.is_word() && token.mask == Mask::None;
        let mut words = Vec::with_capacity(self.tokens.len());
        words.extend((self.tokens.iter().filter(plain)).map(|token| token.lower.as_str()));
        words
    }

    /// The clause in which the token at `index` stands.
    pub(crate) fn clause_of(&self, index: usize) -> usize {
        let seen = self.at.partition_point(|at| *at <= index);
        let mut found = 0;
        for (place, clause) in self.clauses.iter().enumerate() {
            if clause.full.start < seen.max(1) {
                found = place;
            }
        }
        found
    }

    /// The token at which a word of the clauses stands.
    pub(crate) fn token(&self, word: usize) -> Option<&Token> {
        self.at.get(word).map(|at| &self.tokens[*at])
    }

    /// The lower-case word at an index of the clauses.
    pub(crate) fn lower(&self, word: usize) -> &str {
        self.token(word).map_or("", |token| token.lower.as_str())
    }

    /// Tokens of a clause that count.
    pub(crate) fn words(&self, clause: usize) -> impl Iterator<Item = &Token> {
        let range = self
            .clauses
            .get(clause)
            .map_or(0..0, |clause| clause.full.clone());
        range.filter_map(|word| self.token(word))
    }

    /// Clauses that ask for a deed.
    pub(crate) fn actions(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.clauses.len()).filter(|index| matches!(self.clauses[*index].head, Head::Action(_)))
    }

    /// As [`Self::date_tokens`], to look at only.
    pub(crate) fn dated(&self) -> &[(usize, usize)] {
        &self.dates
    }

    /// Indices of tokens that hold the first word of each date, with the date's index.
    pub(crate) fn date_tokens(&self) -> Vec<(usize, usize)> {
        self.dates.clone()
    }
}

/// The first token of each date, with the date's index.
fn date_tokens(tokens: &[Token]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if let Mask::Date(date) = token.mask
            && found.last().is_none_or(|(_, last)| *last != date)
        {
            found.push((at, date));
        }
    }
    found
}
