//! One answer while it is made.

use std::time::Instant;

use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::token::LlamaToken;
use llm::Finish;

use super::owner::Started;
use super::sampling::Sampling;
use super::words::Words;
use super::{Piece, TextError, Used};

/// A running answer.
pub(super) struct Sequence {
    /// Its sequence in the cache.
    pub slot: usize,
    job: Started,
    /// Prompt and answer; the cache holds the first `fed` of them.
    tokens: Vec<LlamaToken>,
    fed: usize,
    used: Used,
    limit: usize,
    began: Instant,
    sampling: Sampling,
    words: Words,
}

impl Sequence {
    /// An answer of at most `limit` tokens to `prompt`, of which `reused` are in the cache.
    pub(super) fn new(
        job: Started,
        slot: usize,
        prompt: Vec<LlamaToken>,
        reused: usize,
        limit: usize,
        sampling: Sampling,
    ) -> Self {
        let words = Words::new(job.request.stop.clone());
        Self {
            slot,
            used: Used {
                prompt_tokens: prompt.len(),
                reused_tokens: reused,
                ..Used::default()
            },
            fed: reused,
            tokens: prompt,
            job,
            limit,
            began: Instant::now(),
            sampling,
            words,
        }
    }

    /// Tokens the cache does not hold yet; one while answering.
    pub(super) fn unfed(&self) -> &[LlamaToken] {
        &self.tokens[self.fed..]
    }

    /// Position of the first of them.
    pub(super) fn position(&self) -> usize {
        self.fed
    }

    /// Notes that the cache holds `count` more, and returns them.
    pub(super) fn feed(&mut self, count: usize) -> &[LlamaToken] {
        let from = self.fed;
        self.fed += count;
        &self.tokens[from..self.fed]
    }

    /// Notes that the cache holds nothing of it any more.
    pub(super) fn unfeed(&mut self) {
        self.fed = 0;
    }

    /// The choice of its next token.
    pub(super) fn sampling(&mut self) -> &mut Sampling {
        &mut self.sampling
    }

    /// Whether nobody listens any more.
    pub(super) fn is_cancelled(&self) -> bool {
        self.job.to.is_closed()
    }

    /// Whether its time is over.
    pub(super) fn is_late(&self, now: Instant) -> bool {
        self.job
            .request
            .deadline
            .is_some_and(|deadline| deadline <= now)
    }

    /// Tells its listener of a failure.
    pub(super) fn fail(&self, error: TextError) {
        // A listener that left needs no telling.
        let _ = self.job.to.send(Err(error));
    }

    /// Takes its next token; true when that was the last.
    pub(super) fn take(&mut self, token: LlamaToken, model: &LlamaModel) -> bool {
        let vocab = model.vocab();
        if vocab.is_eog(token) {
            self.end(Finish::Stop);
            return true;
        }
        self.tokens.push(token);
        self.used.answer_tokens += 1;
        let shown = self.words.push(&vocab.token_to_piece(token, false, None));
        self.say(shown.text);
        if shown.stopped {
            self.end(Finish::Stop);
        } else if self.used.answer_tokens >= self.limit {
            self.end(Finish::Length);
        } else {
            return false;
        }
        true
    }

    fn end(&mut self, finish: Finish) {
        let rest = self.words.finish();
        self.say(rest);
        let used = Used {
            worked: self.began.elapsed(),
            ..self.used
        };
        let _ = self.job.to.send(Ok(Piece::End { finish, used }));
    }

    fn say(&self, text: String) {
        if !text.is_empty() {
            let _ = self.job.to.send(Ok(Piece::Text(text)));
        }
    }
}
