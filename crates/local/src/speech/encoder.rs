//! The half of Whisper that listens: a spectrogram of 30 s becomes a row of numbers every 20 ms.

use candle_core::Tensor;

use super::layers::{FeedForward, Linear, Norm, attend, gelu, heads};
use super::weights::{BadWeights, Weights};
use crate::resident::{EngineError, Run};

/// The encoder.
#[derive(Debug)]
pub(super) struct Encoder {
    first: Convolution,
    second: Convolution,
    positions: Tensor,
    blocks: Vec<Block>,
    norm: Norm,
    heads: usize,
}

#[derive(Debug)]
struct Convolution {
    weight: Tensor,
    bias: Tensor,
    stride: usize,
}

#[derive(Debug)]
struct Block {
    norm: Norm,
    /// Queries, keys and values in one.
    into: Linear,
    out: Linear,
    feed_forward: FeedForward,
}

impl Encoder {
    pub(super) fn take(weights: &mut Weights) -> Result<Self, BadWeights> {
        let &[width, bands, kernel] = weights.shape("encoder/conv1/weight") else {
            return Err(BadWeights::missing("encoder/conv1/weight"));
        };
        let &[positions, _] = weights.shape("encoder/position_encodings/encodings") else {
            return Err(BadWeights::missing("encoder/position_encodings/encodings"));
        };
        let heads = weights.heads("encoder/num_heads", width)?;
        let mut blocks = Vec::new();
        while weights.contains(&format!(
            "encoder/layer_{}/self_attention/layer_norm/gamma",
            blocks.len()
        )) {
            let name = format!("encoder/layer_{}", blocks.len());
            blocks.push(Block::take(weights, &name, width, heads)?);
        }
        Ok(Self {
            first: Convolution::take(weights, "encoder/conv1", [width, bands, kernel], 1)?,
            second: Convolution::take(weights, "encoder/conv2", [width, width, kernel], 2)?,
            positions: weights.take("encoder/position_encodings/encodings", &[positions, width])?,
            norm: Norm::take(weights, "encoder/layer_norm", width)?,
            blocks,
            heads,
        })
    }

    /// Bands of the spectrogram it wants.
    pub(super) fn bands(&self) -> usize {
        self.first.weight.dims().get(1).copied().unwrap_or_default()
    }

    /// Frames of the spectrogram it wants.
    pub(super) fn frames(&self) -> usize {
        let positions = self.positions.dims().first().copied().unwrap_or_default();
        positions * self.first.stride * self.second.stride
    }

    /// What is heard in a spectrogram: positions × width. Looks between its blocks whether to go on.
    pub(super) fn forward(&self, spectrogram: &Tensor, run: &Run) -> Result<Tensor, EngineError> {
        let sound = self.second.forward(&self.first.forward(spectrogram)?)?;
        let mut rows = (sound.squeeze(0)?.t()? + &self.positions)?;
        for block in &self.blocks {
            run.go_on()?;
            rows = block.forward(&rows, self.heads)?;
        }
        Ok(self.norm.forward(&rows)?)
    }
}

impl Convolution {
    fn take(
        weights: &mut Weights,
        name: &str,
        shape: [usize; 3],
        stride: usize,
    ) -> Result<Self, BadWeights> {
        let [outputs, _, _] = shape;
        let bias = weights.take(&format!("{name}/bias"), &[outputs])?;
        Ok(Self {
            weight: weights.take(&format!("{name}/weight"), &shape)?,
            bias: bias.reshape((1, outputs, 1))?,
            stride,
        })
    }

    fn forward(&self, sound: &Tensor) -> candle_core::Result<Tensor> {
        let padding = self.weight.dim(2)? / 2;
        let sound = sound.conv1d(&self.weight, padding, self.stride, 1, 1)?;
        let sound = sound.broadcast_add(&self.bias)?;
        gelu(&sound)?;
        Ok(sound)
    }
}

impl Block {
    fn take(
        weights: &mut Weights,
        name: &str,
        width: usize,
        heads: usize,
    ) -> Result<Self, BadWeights> {
        let attention = format!("{name}/self_attention");
        let scale = 1.0 / ((width / heads) as f64).sqrt();
        Ok(Self {
            norm: Norm::take(weights, &format!("{attention}/layer_norm"), width)?,
            into: Linear::take_scaled(
                weights,
                &format!("{attention}/linear_0"),
                (width, 3 * width),
                width,
                scale,
            )?,
            out: Linear::take(weights, &format!("{attention}/linear_1"), width, width)?,
            feed_forward: FeedForward::take(weights, &format!("{name}/ffn"), width)?,
        })
    }

    fn forward(&self, rows: &Tensor, count: usize) -> candle_core::Result<Tensor> {
        let all = self.into.forward(&self.norm.forward(rows)?)?;
        let width = all.dim(1)? / 3;
        let part = |index| heads(&all.narrow(1, index * width, width)?, count);
        let (queries, keys, values) = (part(0)?, part(1)?, part(2)?);
        // One head after the other: the table of all pairs of positions is large.
        let each = (0..count).map(|head| {
            let one = |all: &Tensor| all.narrow(0, head, 1);
            attend(&one(&queries)?, &one(&keys)?, &one(&values)?)
        });
        let seen = each.collect::<candle_core::Result<Vec<_>>>()?;
        let rows = (rows + self.out.forward(&Tensor::cat(&seen, 1)?)?)?;
        &rows + self.feed_forward.forward(&rows)?
    }
}
