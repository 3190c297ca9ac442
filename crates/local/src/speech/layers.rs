//! The layers that encoder and decoder are made of.

use candle_core::{CpuStorage, InplaceOp1, Layout, Result, Tensor};
use candle_nn::ops;
use rayon::prelude::*;

use super::weights::{BadWeights, Weights};

/// Of the layer norms (the default of `PyTorch`, which Whisper was trained with).
const EPSILON: f32 = 1e-5;

/// Elements one thread works on at a time.
const CHUNK: usize = 16 * 1024;

/// `x · W + b`.
#[derive(Debug)]
pub(super) struct Linear {
    /// Inputs × outputs.
    weight: Tensor,
    bias: Tensor,
}

impl Linear {
    /// Takes a layer out of the file.
    pub(super) fn take(
        weights: &mut Weights,
        name: &str,
        inputs: usize,
        outputs: usize,
    ) -> std::result::Result<Self, BadWeights> {
        let weight = weights.take(&format!("{name}/weight"), &[outputs, inputs])?;
        let bias = weights.take(&format!("{name}/bias"), &[outputs])?;
        Self::of(&weight, bias)
    }

    /// The same, with its first `scaled` outputs multiplied: queries carry the scale of the attention.
    pub(super) fn take_scaled(
        weights: &mut Weights,
        name: &str,
        (inputs, outputs): (usize, usize),
        scaled: usize,
        scale: f64,
    ) -> std::result::Result<Self, BadWeights> {
        let weight = weights.take(&format!("{name}/weight"), &[outputs, inputs])?;
        let bias = weights.take(&format!("{name}/bias"), &[outputs])?;
        let scaled = |tensor: &Tensor| {
            let first = (tensor.narrow(0, 0, scaled)? * scale)?;
            let rest = tensor.narrow(0, scaled, outputs - scaled)?;
            Tensor::cat(&[&first, &rest], 0)
        };
        Self::of(&scaled(&weight)?, scaled(&bias)?)
    }

    fn of(weight: &Tensor, bias: Tensor) -> std::result::Result<Self, BadWeights> {
        Ok(Self {
            weight: weight.t()?,
            bias,
        })
    }

    pub(super) fn forward(&self, rows: &Tensor) -> Result<Tensor> {
        rows.matmul(&self.weight)?.broadcast_add(&self.bias)
    }
}

/// Brings every row to mean 0 and deviation 1, then scales and shifts it.
#[derive(Debug)]
pub(super) struct Norm {
    scale: Tensor,
    shift: Tensor,
}

impl Norm {
    pub(super) fn take(
        weights: &mut Weights,
        name: &str,
        width: usize,
    ) -> std::result::Result<Self, BadWeights> {
        Ok(Self {
            scale: weights.take(&format!("{name}/gamma"), &[width])?,
            shift: weights.take(&format!("{name}/beta"), &[width])?,
        })
    }

    pub(super) fn forward(&self, rows: &Tensor) -> Result<Tensor> {
        ops::layer_norm(rows, &self.scale, &self.shift, EPSILON)
    }
}

/// Two layers with a bend between them, four times as wide inside.
#[derive(Debug)]
pub(super) struct FeedForward {
    norm: Norm,
    widen: Linear,
    narrow: Linear,
}

impl FeedForward {
    pub(super) fn take(
        weights: &mut Weights,
        name: &str,
        width: usize,
    ) -> std::result::Result<Self, BadWeights> {
        Ok(Self {
            norm: Norm::take(weights, &format!("{name}/layer_norm"), width)?,
            widen: Linear::take(weights, &format!("{name}/linear_0"), width, 4 * width)?,
            narrow: Linear::take(weights, &format!("{name}/linear_1"), 4 * width, width)?,
        })
    }

    /// What is to be added to the rows.
    pub(super) fn forward(&self, rows: &Tensor) -> Result<Tensor> {
        let wide = self.widen.forward(&self.norm.forward(rows)?)?;
        gelu(&wide)?;
        self.narrow.forward(&wide)
    }
}

/// Cuts rows into heads: rows × width becomes heads × rows × width of a head.
pub(super) fn heads(rows: &Tensor, heads: usize) -> Result<Tensor> {
    let (count, width) = rows.dims2()?;
    rows.reshape((count, heads, width / heads))?
        .transpose(0, 1)?
        .contiguous()
}

/// Attention of all heads; the scale is in the queries already. Heads × rows × width each.
pub(super) fn attend(queries: &Tensor, keys: &Tensor, values: &Tensor) -> Result<Tensor> {
    let (heads, count, width) = queries.dims3()?;
    let scores = queries.matmul(&keys.transpose(1, 2)?)?;
    ops::softmax_last_dim(&scores)?
        .matmul(values)?
        .transpose(0, 1)?
        .reshape((count, heads * width))
}

/// The Gaussian error linear unit, in place. candle's exact one computes in double precision by series
/// and costs as much as the matrix products around it.
pub(super) fn gelu(tensor: &Tensor) -> Result<()> {
    tensor.inplace_op1(&Gelu)
}

struct Gelu;

impl InplaceOp1 for Gelu {
    fn name(&self) -> &'static str {
        "gelu"
    }

    fn cpu_fwd(&self, storage: &mut CpuStorage, layout: &Layout) -> Result<()> {
        let CpuStorage::F32(all) = storage else {
            candle_core::bail!("gelu wants f32");
        };
        let range = layout.contiguous_offsets();
        let Some(values) = range.and_then(|(from, to)| all.get_mut(from..to)) else {
            candle_core::bail!("gelu wants its values side by side");
        };
        values
            .par_chunks_mut(CHUNK)
            .for_each(|chunk| chunk.iter_mut().for_each(|x| *x = gelu_of(*x)));
        Ok(())
    }
}

/// x · Φ(x), with the error function of Abramowitz and Stegun 7.1.26 (error below 1.5e-7).
fn gelu_of(x: f32) -> f32 {
    const P: f32 = 0.327_591_1;
    const A: [f32; 5] = [
        0.254_829_6,
        -0.284_496_74,
        1.421_413_7,
        -1.453_152,
        1.061_405_4,
    ];
    let z = x.abs() * std::f32::consts::FRAC_1_SQRT_2;
    let t = 1.0 / (1.0 + P * z);
    let series = A.iter().rev().fold(0.0, |sum, a| (sum + a) * t);
    // 1 − erf(z), of which the half is the tail of the normal distribution.
    let tail = 0.5 * series * (-z * z).exp();
    if x < 0.0 { x * tail } else { x - x * tail }
}

#[cfg(test)]
mod tests {
    use candle_core::Device;

    use super::*;

    #[test]
    fn gelu_is_candles_exact_one() {
        let xs: Vec<f32> = (-800..800).map(|x| x as f32 / 100.0).collect();
        let xs = Tensor::new(xs, &Device::Cpu).unwrap();
        let exact = xs.gelu_erf().unwrap().to_vec1::<f32>().unwrap();
        gelu(&xs).unwrap();
        for (ours, exact) in xs.to_vec1::<f32>().unwrap().iter().zip(&exact) {
            assert!((ours - exact).abs() < 2e-6, "{ours} {exact}");
        }
    }

    #[test]
    fn attention_to_equal_keys_is_the_mean_of_the_values() {
        let queries = Tensor::ones((2, 1, 4), candle_core::DType::F32, &Device::Cpu).unwrap();
        let keys = Tensor::ones((2, 3, 4), candle_core::DType::F32, &Device::Cpu).unwrap();
        let values = Tensor::arange(0_f32, 24.0, &Device::Cpu)
            .and_then(|values| values.reshape((2, 3, 4)))
            .unwrap();
        let seen = attend(&queries, &keys, &values).unwrap();
        let expected = [4.0, 5.0, 6.0, 7.0, 16.0, 17.0, 18.0, 19.0];
        let seen = seen.squeeze(0).unwrap().to_vec1::<f32>().unwrap();
        for (seen, expected) in seen.iter().zip(expected) {
            assert!((seen - expected).abs() < 1e-5, "{seen} {expected}");
        }
    }

    #[test]
    fn heads_are_slices_of_each_row() {
        let rows = Tensor::arange(0_f32, 8.0, &Device::Cpu)
            .and_then(|rows| rows.reshape((2, 4)))
            .unwrap();
        let cut = heads(&rows, 2).unwrap().to_vec3::<f32>().unwrap();
        assert_eq!(cut, [[[0.0, 1.0], [4.0, 5.0]], [[2.0, 3.0], [6.0, 7.0]]]);
    }
}
