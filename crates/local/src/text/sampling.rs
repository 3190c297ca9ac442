//! Which token comes next: the choice by probability, held to a grammar when there is one.

use llama_cpp_2::context::LlamaContext;
use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::sampling::LlamaSampler;
use llama_cpp_2::token::LlamaToken;
use llama_cpp_2::token::data::LlamaTokenData;
use llama_cpp_2::token::data_array::LlamaTokenDataArray;

use super::{Request, TextError};

/// Small models fall into loops: words of the last tokens are made a little less likely.
const REPEAT_WINDOW: i32 = 64;
const REPEAT_PENALTY: f32 = 1.1;
const TOP_K: i32 = 40;
const TOP_P: f32 = 0.95;
const TEMPERATURE: f32 = 0.7;

/// The library's word for a seed of its own choice.
const ANY_SEED: u32 = u32::MAX;

/// The choice of tokens for one answer.
pub(super) struct Sampling {
    chain: LlamaSampler,
    grammar: Option<LlamaSampler>,
}

impl Sampling {
    /// The choice that a request asks for. Held to a grammar it is greedy unless told otherwise: sense
    /// matters more there than variety.
    pub(super) fn new(
        model: &LlamaModel,
        request: &Request,
        grammar: Option<LlamaSampler>,
    ) -> Self {
        let default = if grammar.is_some() { 0.0 } else { TEMPERATURE };
        let temperature = request.temperature.unwrap_or(default);
        let mut steps = Vec::new();
        if grammar.is_none() {
            let words = model.n_vocab();
            steps.push(LlamaSampler::penalties(
                words,
                REPEAT_WINDOW,
                REPEAT_PENALTY,
                0.0,
                0.0,
            ));
        }
        if temperature > 0.0 {
            steps.push(LlamaSampler::top_k(TOP_K));
            steps.push(LlamaSampler::top_p(request.top_p.unwrap_or(TOP_P), 1));
            steps.push(LlamaSampler::temp(temperature));
            steps.push(LlamaSampler::dist(request.seed.unwrap_or(ANY_SEED)));
        } else {
            steps.push(LlamaSampler::greedy());
        }
        Self {
            chain: LlamaSampler::chain(steps, true),
            grammar,
        }
    }

    /// The next token after row `row` of the last batch.
    ///
    /// # Errors
    /// [`TextError::Engine`] when the grammar allows no token at all.
    pub(super) fn next(
        &mut self,
        context: &LlamaContext<'_>,
        row: i32,
    ) -> Result<LlamaToken, TextError> {
        let Some(grammar) = &mut self.grammar else {
            return Ok(self.chain.sample(context, row));
        };
        // Asking the grammar about one token is cheap, about the whole vocabulary is not: so first see
        // whether it allows the token that would be chosen anyway.
        let mut candidates = context.token_data_array_ith(row);
        candidates.apply_sampler(&mut self.chain);
        let mut chosen = candidates.selected_token();
        if !chosen.is_some_and(|token| allows(grammar, token)) {
            let mut candidates = context.token_data_array_ith(row);
            grammar.apply(&mut candidates);
            candidates.apply_sampler(&mut self.chain);
            chosen = candidates.selected_token();
        }
        let dead_end = || TextError::Engine("the grammar came to a dead end".to_owned());
        let token = chosen.ok_or_else(dead_end)?;
        grammar.try_accept(token).map_err(|_| dead_end())?;
        self.chain.accept(token);
        Ok(token)
    }
}

fn allows(grammar: &mut LlamaSampler, token: LlamaToken) -> bool {
    let mut alone = LlamaTokenDataArray::new(vec![LlamaTokenData::new(token, 1.0, 0.0)], false);
    grammar.apply(&mut alone);
    alone
        .data
        .iter()
        .all(|candidate| candidate.logit().is_finite())
}
