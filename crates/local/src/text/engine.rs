//! llama.cpp, as far as we use it: loading a model, computing a batch, and the cache of its sequences.
//!
//! Everything here runs on the owner's thread: the context borrows the model and belongs to one thread.

use std::num::NonZeroU32;
use std::path::Path;
use std::sync::OnceLock;

use llama_cpp_2::context::LlamaContext;
use llama_cpp_2::context::params::LlamaContextParams;
use llama_cpp_2::llama_backend::LlamaBackend;
use llama_cpp_2::llama_batch::LlamaBatch;
use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::model::params::LlamaModelParams;
use llama_cpp_2::token::LlamaToken;
use llama_cpp_2::{DecodeError, LogOptions, send_logs_to_tracing};

use super::TextError;
use super::error::LoadError;

/// Sequences that can run at once.
pub(super) const SEQUENCES: u32 = 4;

/// Tokens of a prompt that are computed in one step: a cancel is seen between steps.
pub(super) const PIECE: usize = 32;

/// Contexts' worth of cells that all sequences share.
const POOL: u32 = 2;

/// Tokens of one batch: a piece of a prompt and one token for every running answer.
const BATCH: u32 = 64;

/// The library, begun once per process.
pub(super) fn backend() -> Result<&'static LlamaBackend, LoadError> {
    static BACKEND: OnceLock<Option<LlamaBackend>> = OnceLock::new();
    let begun = BACKEND.get_or_init(|| {
        // Its own idea of what is worth telling is far too much for anybody but a developer.
        let wanted = tracing::enabled!(target: "llama-cpp-2", tracing::Level::DEBUG);
        send_logs_to_tracing(LogOptions::default().with_logs_enabled(wanted));
        LlamaBackend::init().ok()
    });
    begun.as_ref().ok_or(LoadError::Library)
}

/// Loads a model; `reached` hears how far it is, from 0 to 1, and says whether to go on.
pub(super) fn load(
    path: &Path,
    reached: impl FnMut(f32) -> bool + 'static,
) -> Result<LlamaModel, LoadError> {
    let unreadable = || LoadError::Unreadable(path.display().to_string());
    let params = LlamaModelParams::default()
        .with_n_gpu_layers(0)
        .with_progress_callback(reached);
    LlamaModel::load_from_file(backend()?, path, &params).map_err(|_| unreadable())
}

/// One token of a batch.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    /// The token.
    pub token: LlamaToken,
    /// Its position in its sequence.
    pub position: usize,
    /// Its sequence.
    pub sequence: usize,
    /// Whether the next token is wanted.
    pub ask: bool,
}

/// How many threads compute what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Threads {
    /// While reading prompts.
    pub prompt: usize,
    /// While answering.
    pub answer: usize,
}

/// A loaded model with its context.
pub(super) struct Engine<'m> {
    /// The model.
    pub model: &'m LlamaModel,
    context: LlamaContext<'m>,
    batch: LlamaBatch<'static>,
    threads: Threads,
    cells: u32,
}

impl<'m> Engine<'m> {
    /// Makes a context for conversations of `context` tokens.
    pub(super) fn new(
        model: &'m LlamaModel,
        context: u32,
        threads: Threads,
    ) -> Result<Self, LoadError> {
        let cells = context.saturating_mul(POOL);
        Ok(Self {
            model,
            context: new_context(model, cells, threads)?,
            batch: LlamaBatch::new(usize_of(BATCH), 1),
            threads,
            cells,
        })
    }

    /// Threads in force.
    pub(super) fn threads(&self) -> Threads {
        self.threads
    }

    /// Cells that all sequences share.
    pub(super) fn cells(&self) -> usize {
        usize_of(self.cells)
    }

    /// Makes the context anew, with other threads; everything cached is lost.
    pub(super) fn rebuild(&mut self, threads: Threads) -> Result<(), LoadError> {
        self.context = new_context(self.model, self.cells, threads)?;
        self.threads = threads;
        Ok(())
    }

    /// Computes rows, at most a piece and one per sequence.
    pub(super) fn decode(&mut self, rows: &[Row]) -> Result<(), DecodeFailure> {
        self.batch.clear();
        for row in rows {
            let position = i32::try_from(row.position).map_err(|_| DecodeFailure::Broken)?;
            self.batch
                .add(row.token, position, &[sequence(row.sequence)], row.ask)
                .map_err(|_| DecodeFailure::Broken)?;
        }
        match self.context.decode(&mut self.batch) {
            Ok(()) => Ok(()),
            Err(DecodeError::NoKvCacheSlot) => Err(DecodeFailure::Full),
            Err(error) => {
                tracing::error!(%error, "the text engine could not compute a batch");
                Err(DecodeFailure::Broken)
            }
        }
    }

    /// The context, to read what the last batch brought.
    pub(super) fn context(&self) -> &LlamaContext<'m> {
        &self.context
    }

    /// Keeps the first `keep` tokens of a sequence; false when its cache cannot be cut there, which
    /// empties it.
    pub(super) fn cut(&mut self, at: usize, keep: usize) -> bool {
        let position = u32::try_from(keep).ok();
        let cut = self
            .context
            .clear_kv_cache_seq(u32::try_from(at).ok(), position, None);
        if matches!(cut, Ok(true)) {
            return true;
        }
        self.empty(at);
        false
    }

    /// Empties a sequence.
    pub(super) fn empty(&mut self, at: usize) {
        // Removing a whole sequence cannot fail, and the number is one of four.
        let _ = self
            .context
            .clear_kv_cache_seq(u32::try_from(at).ok(), None, None);
    }

    /// Gives a sequence the first `keep` tokens of another; they share the cells.
    pub(super) fn copy(&mut self, from: usize, to: usize, keep: usize) -> bool {
        self.empty(to);
        let end = u32::try_from(keep).ok();
        self.context
            .copy_kv_cache_seq(sequence(from), sequence(to), Some(0), end)
            .is_ok()
    }
}

/// Why a batch could not be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DecodeFailure {
    /// No cell is free.
    Full,
    /// Anything else: what is cached cannot be trusted.
    Broken,
}

impl From<DecodeFailure> for TextError {
    fn from(failure: DecodeFailure) -> Self {
        match failure {
            DecodeFailure::Full => Self::Engine("the cache is full".to_owned()),
            DecodeFailure::Broken => Self::Engine("a step could not be computed".to_owned()),
        }
    }
}

fn new_context(
    model: &LlamaModel,
    cells: u32,
    threads: Threads,
) -> Result<LlamaContext<'_>, LoadError> {
    let params = LlamaContextParams::default()
        .with_n_ctx(NonZeroU32::new(cells))
        .with_n_batch(BATCH)
        .with_n_ubatch(BATCH)
        .with_n_seq_max(SEQUENCES)
        // One pool of cells, so that sequences can share what they have in common.
        .with_kv_unified(true)
        .with_n_threads(count(threads.answer))
        .with_n_threads_batch(count(threads.prompt))
        .with_no_perf(true);
    model
        .new_context(backend()?, params)
        .map_err(|_| LoadError::Context)
}

fn count(threads: usize) -> i32 {
    i32::try_from(threads).unwrap_or(i32::MAX)
}

fn sequence(at: usize) -> i32 {
    i32::try_from(at).unwrap_or(i32::MAX)
}

/// A count of the library as one of ours.
pub(super) fn usize_of(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
