//! A loaded model at work: waiting requests are given sequences, and step by step all running answers
//! advance together.

#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::token::LlamaToken;

use super::engine::{DecodeFailure, Engine, PIECE, Row, SEQUENCES, Threads, usize_of};
use super::grammar::Grammars;
use super::owner::Job;
use super::sampling::Sampling;
use super::sequence::Sequence;
use super::slots::{Placement, Slots};
use super::steps::Steps;
use super::template::Template;
use super::{LoadError, TextError};

/// What is left for the prompt is at least this share of the context, whatever answer is asked for.
const LEAST_PROMPT: (usize, usize) = (3, 4);

/// A request that waits for a sequence; its prompt is made once.
struct Waiting {
    job: Job,
    prompt: Option<Vec<LlamaToken>>,
}

/// A loaded model at work.
pub(super) struct Session<'m> {
    model: &'m LlamaModel,
    engine: Engine<'m>,
    template: Template<'m>,
    grammars: Grammars,
    slots: Slots,
    steps: Steps,
    context: usize,
    waiting: VecDeque<Waiting>,
    running: Vec<Sequence>,
}

/// A row of a step whose result is the next token of an answer.
struct Question {
    running: usize,
    row: i32,
}

impl<'m> Session<'m> {
    pub(super) fn new(
        model: &'m LlamaModel,
        context: u32,
        threads: Threads,
    ) -> Result<Self, LoadError> {
        let context = context.min(model.n_ctx_train().max(1));
        let engine = Engine::new(model, context, threads)?;
        let divisible = !model.is_recurrent() && !model.is_hybrid();
        Ok(Self {
            model,
            template: Template::of(model)?,
            slots: Slots::new(usize_of(SEQUENCES), engine.cells(), divisible),
            engine,
            grammars: Grammars::default(),
            steps: Steps::default(),
            context: usize_of(context),
            waiting: VecDeque::new(),
            running: Vec::new(),
        })
    }

    pub(super) fn push(&mut self, job: Job) {
        self.waiting.push_back(Waiting { job, prompt: None });
    }

    /// Whether nothing runs and nothing waits.
    pub(super) fn is_idle(&self) -> bool {
        self.running.is_empty() && self.waiting.is_empty()
    }

    /// Threads while answering.
    pub(super) fn answer_threads(&self) -> usize {
        self.engine.threads().answer
    }

    /// Tells everyone that nothing comes any more.
    pub(super) fn refuse_all(&mut self, error: &TextError) {
        for waiting in self.waiting.drain(..) {
            waiting.job.fail(error.clone());
        }
        for sequence in self.running.drain(..) {
            sequence.fail(error.clone());
            self.slots.release(sequence.slot);
        }
    }

    /// Lets go of who left and who is out of time, then gives sequences to who waits.
    pub(super) fn admit(&mut self, now: Instant) {
        self.let_go(|sequence| {
            let late = sequence.is_late(now);
            if late {
                sequence.fail(TextError::Timeout);
            }
            late || sequence.is_cancelled()
        });
        self.waiting.retain(|waiting| {
            let late = waiting.job.is_late(now);
            if late {
                waiting.job.fail(TextError::Timeout);
            }
            !late && !waiting.job.is_cancelled()
        });
        while let Some(waiting) = self.waiting.pop_front() {
            // The first in the queue goes first: nobody overtakes it.
            if let Some(waiting) = self.begin(waiting) {
                self.waiting.push_front(waiting);
                break;
            }
        }
    }

    /// Starts one request, or tells it why not; hands it back when there is no place for it yet.
    fn begin(&mut self, mut waiting: Waiting) -> Option<Waiting> {
        let prompt = match waiting.prompt.take() {
            Some(prompt) => prompt,
            None => match self.prompt(&waiting.job) {
                Ok(prompt) => prompt,
                Err(error) => {
                    waiting.job.fail(error);
                    return None;
                }
            },
        };
        let asked = usize_of(waiting.job.request.max_tokens);
        let limit = asked.min(self.context.saturating_sub(prompt.len())).max(1);
        let Some(placement) = self.slots.place(&prompt, limit) else {
            waiting.prompt = Some(prompt);
            return Some(waiting);
        };
        let job = waiting.job;
        let grammar = job.grammar.as_ref();
        let grammar = grammar
            .map(|text| self.grammars.sampler(self.model, text))
            .transpose();
        match grammar {
            Ok(grammar) => {
                let sampling = Sampling::new(self.model, &job.request, grammar);
                let reused = self.take_place(&placement, &prompt, limit);
                let job = job.start();
                let slot = placement.slot;
                self.running
                    .push(Sequence::new(job, slot, prompt, reused, limit, sampling));
            }
            Err(error) => job.fail(error),
        }
        None
    }

    fn prompt(&self, job: &Job) -> Result<Vec<LlamaToken>, TextError> {
        let (part, whole) = LEAST_PROMPT;
        let least = self.context * part / whole;
        let wanted = usize_of(job.request.max_tokens);
        let room = self.context.saturating_sub(wanted).max(least);
        self.template.prompt(&job.request.turns, room)
    }

    /// Prepares the cache for a request; returns how much of its prompt is there already.
    fn take_place(&mut self, place: &Placement, prompt: &[LlamaToken], limit: usize) -> usize {
        let there = match place.copy_from {
            Some(from) => self.engine.copy(from, place.slot, place.keep),
            None => self.engine.cut(place.slot, place.keep),
        };
        for at in &place.forget {
            self.forget(*at);
        }
        let keep = if there { place.keep } else { 0 };
        self.slots
            .take(place.slot, prompt[..keep].to_vec(), prompt.len() + limit);
        keep
    }

    fn forget(&mut self, slot: usize) {
        self.engine.empty(slot);
        self.slots.forget(slot);
    }

    /// One step: a token for every running answer and a piece of the first unread prompt. Returns the
    /// threads of answers if this step made it change them.
    pub(super) fn step(&mut self) -> Option<usize> {
        let (rows, fed, questions) = self.plan();
        if rows.is_empty() {
            return None;
        }
        let only_answers = fed.iter().all(|count| *count <= 1);
        let began = Instant::now();
        if let Err(failure) = self.decode(&rows) {
            self.recover(failure);
            return None;
        }
        for (sequence, count) in self.running.iter_mut().zip(&fed) {
            let slot = sequence.slot;
            self.slots.extend(slot, sequence.feed(*count));
        }
        let mut over = vec![false; self.running.len()];
        for question in questions {
            over[question.running] = self.answer(&question);
        }
        let took = began.elapsed();
        let mut over = over.into_iter();
        self.let_go(|_| over.next().unwrap_or(false));
        if only_answers {
            return self.watch(rows.len(), took);
        }
        None
    }

    /// Rows of the next step, how many tokens of each running answer they are, and which rows end in
    /// a question.
    fn plan(&self) -> (Vec<Row>, Vec<usize>, Vec<Question>) {
        let mut rows: Vec<Row> = Vec::new();
        let mut fed = Vec::with_capacity(self.running.len());
        let mut questions = Vec::new();
        let mut piece = PIECE;
        for (running, sequence) in self.running.iter().enumerate() {
            let unfed = sequence.unfed();
            let count = if unfed.len() == 1 {
                1
            } else {
                unfed.len().min(piece)
            };
            if unfed.len() > 1 {
                // One prompt at a time: the others would only make each step longer.
                piece = 0;
            }
            fed.push(count);
            for (at, token) in unfed[..count].iter().enumerate() {
                let ask = at + 1 == unfed.len();
                if ask && let Ok(row) = i32::try_from(rows.len()) {
                    questions.push(Question { running, row });
                }
                rows.push(Row {
                    token: *token,
                    position: sequence.position() + at,
                    sequence: sequence.slot,
                    ask,
                });
            }
        }
        (rows, fed, questions)
    }

    /// Computes rows; a full cache gives up what idle sequences hold.
    fn decode(&mut self, rows: &[Row]) -> Result<(), DecodeFailure> {
        match self.engine.decode(rows) {
            Err(DecodeFailure::Full) => {
                for slot in self.slots.idle() {
                    self.forget(slot);
                }
                self.engine.decode(rows)
            }
            other => other,
        }
    }

    /// Takes the next token of an answer; true when it is over.
    fn answer(&mut self, question: &Question) -> bool {
        let sequence = &mut self.running[question.running];
        match sequence
            .sampling()
            .next(self.engine.context(), question.row)
        {
            Ok(token) => sequence.take(token, self.model),
            Err(error) => {
                sequence.fail(error);
                true
            }
        }
    }

    fn let_go(&mut self, mut over: impl FnMut(&Sequence) -> bool) {
        let slots = &mut self.slots;
        self.running.retain(|sequence| {
            let over = over(sequence);
            if over {
                slots.release(sequence.slot);
            }
            !over
        });
    }

    /// After a step that failed nothing in the cache can be trusted.
    fn recover(&mut self, failure: DecodeFailure) {
        for sequence in self.running.drain(..) {
            sequence.fail(failure.into());
            self.slots.release(sequence.slot);
        }
        for slot in self.slots.idle() {
            self.forget(slot);
        }
    }

    /// Falls back to one answering thread when steps have become slow.
    fn watch(&mut self, answers: usize, took: Duration) -> Option<usize> {
        let threads = self.engine.threads();
        if threads.answer == 1 || !self.steps.are_slow(answers, self.slots.cached(), took) {
            return None;
        }
        tracing::warn!(
            threads.before = threads.answer,
            "the machine is busy: the text model answers with one thread from now on"
        );
        let one = Threads {
            answer: 1,
            ..threads
        };
        if let Err(error) = self.rebuild(one) {
            self.refuse_all(&error.into());
        }
        Some(self.answer_threads())
    }

    /// A context with other threads; running answers are read again.
    fn rebuild(&mut self, threads: Threads) -> Result<(), LoadError> {
        self.engine.rebuild(threads)?;
        self.steps = Steps::default();
        for sequence in &mut self.running {
            sequence.unfeed();
            self.slots.forget(sequence.slot);
        }
        for slot in self.slots.idle() {
            self.slots.forget(slot);
        }
        Ok(())
    }
}
