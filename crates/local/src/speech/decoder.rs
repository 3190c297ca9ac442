//! The half of Whisper that speaks: what was heard and the words so far give the next word's odds.
//!
//! Keys and values of everything said are kept, and those of what was heard are computed once per
//! window, so that a step costs one row through the layers.

use candle_core::{DType, Device, Result, Tensor};

use super::layers::{FeedForward, Linear, Norm, attend, heads};
use super::weights::{BadWeights, Weights};

/// The decoder.
#[derive(Debug)]
pub(super) struct Decoder {
    embeddings: Tensor,
    positions: Tensor,
    blocks: Vec<Block>,
    norm: Norm,
    heads: usize,
}

#[derive(Debug)]
struct Block {
    norm: Norm,
    /// Queries, keys and values in one.
    into: Linear,
    out: Linear,
    heard_norm: Norm,
    heard_queries: Linear,
    /// Keys and values in one.
    heard_into: Linear,
    heard_out: Linear,
    feed_forward: FeedForward,
}

/// What is known in one window: what was heard, and what was said so far.
pub(super) struct Memory {
    blocks: Vec<Kept>,
    said: usize,
}

/// Keys and values of one block, heads × rows × width of a head.
struct Kept {
    heard_keys: Tensor,
    heard_values: Tensor,
    keys: Tensor,
    values: Tensor,
}

impl Memory {
    /// Forgets all but the first `said` words.
    pub(super) fn rewind(&mut self, said: usize) {
        self.said = self.said.min(said);
    }
}

impl Decoder {
    pub(super) fn take(weights: &mut Weights) -> std::result::Result<Self, BadWeights> {
        let &[words, width] = weights.shape("decoder/embeddings/weight") else {
            return Err(BadWeights::missing("decoder/embeddings/weight"));
        };
        let &[positions, _] = weights.shape("decoder/position_encodings/encodings") else {
            return Err(BadWeights::missing("decoder/position_encodings/encodings"));
        };
        let heads = weights.heads("decoder/num_heads", width)?;
        let mut blocks = Vec::new();
        while weights.contains(&format!(
            "decoder/layer_{}/self_attention/layer_norm/gamma",
            blocks.len()
        )) {
            let name = format!("decoder/layer_{}", blocks.len());
            blocks.push(Block::take(weights, &name, width, heads)?);
        }
        Ok(Self {
            embeddings: weights.take("decoder/embeddings/weight", &[words, width])?,
            positions: weights.take("decoder/position_encodings/encodings", &[positions, width])?,
            norm: Norm::take(weights, "decoder/layer_norm", width)?,
            blocks,
            heads,
        })
    }

    /// Words it knows, special ones counted.
    pub(super) fn words(&self) -> usize {
        self.embeddings.dims().first().copied().unwrap_or_default()
    }

    /// Words that fit into one window, the prompt counted.
    pub(super) fn limit(&self) -> usize {
        self.positions.dims().first().copied().unwrap_or_default()
    }

    /// The memory of a window in which that was heard.
    pub(super) fn listen(&self, heard: &Tensor) -> Result<Memory> {
        let width = heard.dim(1)?;
        let shape = (self.heads, self.limit(), width / self.heads);
        let kept = |block: &Block| {
            let both = block.heard_into.forward(heard)?;
            Ok(Kept {
                heard_keys: heads(&both.narrow(1, 0, width)?, self.heads)?,
                heard_values: heads(&both.narrow(1, width, width)?, self.heads)?,
                keys: Tensor::zeros(shape, DType::F32, &Device::Cpu)?,
                values: Tensor::zeros(shape, DType::F32, &Device::Cpu)?,
            })
        };
        let blocks = self.blocks.iter().map(kept).collect::<Result<_>>()?;
        Ok(Memory { blocks, said: 0 })
    }

    /// Says one word more. What is returned is for [`Decoder::odds`].
    pub(super) fn say(&self, word: u32, memory: &mut Memory) -> Result<Tensor> {
        let word = usize::try_from(word).map_err(candle_core::Error::wrap)?;
        let place = self.positions.narrow(0, memory.said, 1)?;
        let mut row = (self.embeddings.narrow(0, word, 1)? + place)?;
        for (block, kept) in self.blocks.iter().zip(&memory.blocks) {
            row = block.forward(&row, kept, memory.said, self.heads)?;
        }
        memory.said += 1;
        Ok(row)
    }

    /// How likely each word is to be the next, as logarithms that need not sum to anything.
    pub(super) fn odds(&self, row: &Tensor) -> Result<Vec<f32>> {
        let row = self.norm.forward(row)?;
        row.matmul(&self.embeddings.t()?)?.squeeze(0)?.to_vec1()
    }
}

impl Block {
    fn take(
        weights: &mut Weights,
        name: &str,
        width: usize,
        heads: usize,
    ) -> std::result::Result<Self, BadWeights> {
        let own = format!("{name}/self_attention");
        let heard = format!("{name}/attention");
        let scale = 1.0 / ((width / heads) as f64).sqrt();
        let mut scaled = |name: String, outputs| {
            Linear::take_scaled(weights, &name, (width, outputs), width, scale)
        };
        Ok(Self {
            into: scaled(format!("{own}/linear_0"), 3 * width)?,
            heard_queries: scaled(format!("{heard}/linear_0"), width)?,
            norm: Norm::take(weights, &format!("{own}/layer_norm"), width)?,
            out: Linear::take(weights, &format!("{own}/linear_1"), width, width)?,
            heard_norm: Norm::take(weights, &format!("{heard}/layer_norm"), width)?,
            heard_into: Linear::take(weights, &format!("{heard}/linear_1"), width, 2 * width)?,
            heard_out: Linear::take(weights, &format!("{heard}/linear_2"), width, width)?,
            feed_forward: FeedForward::take(weights, &format!("{name}/ffn"), width)?,
        })
    }

    fn forward(&self, row: &Tensor, kept: &Kept, said: usize, count: usize) -> Result<Tensor> {
        let all = self.into.forward(&self.norm.forward(row)?)?;
        let width = all.dim(1)? / 3;
        let part = |index| heads(&all.narrow(1, index * width, width)?, count);
        kept.keys.slice_set(&part(1)?, 1, said)?;
        kept.values.slice_set(&part(2)?, 1, said)?;
        let (keys, values) = (
            kept.keys.narrow(1, 0, said + 1)?,
            kept.values.narrow(1, 0, said + 1)?,
        );
        let seen = attend(&part(0)?, &keys, &values)?;
        let row = (row + self.out.forward(&seen)?)?;
        let queries = self
            .heard_queries
            .forward(&self.heard_norm.forward(&row)?)?;
        let seen = attend(
            &heads(&queries, count)?,
            &kept.heard_keys,
            &kept.heard_values,
        )?;
        let row = (&row + self.heard_out.forward(&seen)?)?;
        &row + self.feed_forward.forward(&row)?
    }
}
