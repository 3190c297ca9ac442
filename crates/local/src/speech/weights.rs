//! Reads the weights from a `CTranslate2` `model.bin`.
//!
//! The file is, little-endian: version, name of the architecture, its revision, a number of variables,
//! each with name, shape, type and bytes; names that are aliases end it and are not needed here. The
//! layout is that of version 6 of the format (`CTranslate2` 4, `python/ctranslate2/specs/model_spec.py`).
//! Nothing in the file is trusted: no length is allocated that the file cannot hold.

use std::collections::HashMap;
use std::io::Read;

use candle_core::{DType, Device, Tensor};

const VERSION: u32 = 6;
const ARCHITECTURE: &str = "WhisperSpec";
/// Dimensions of the largest tensor, a convolution, and one to spare.
const MAX_RANK: u8 = 4;

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(super) struct BadWeights(String);

/// Named tensors, all in f32.
#[derive(Debug, Default)]
pub(super) struct Weights {
    tensors: HashMap<String, Tensor>,
    /// Settings that are stored among the tensors.
    numbers: HashMap<String, i16>,
}

/// A file and what is left of it.
struct Source<R> {
    from: R,
    left: u64,
}

impl<R: Read> Source<R> {
    fn bytes(&mut self, length: u64) -> Result<Vec<u8>, BadWeights> {
        let cut = || BadWeights("it is cut short".to_owned());
        self.left = self.left.checked_sub(length).ok_or_else(cut)?;
        let mut bytes = vec![0; usize::try_from(length).map_err(|_| cut())?];
        let read = self.from.read_exact(&mut bytes);
        read.map_err(|error| BadWeights(error.to_string()))?;
        Ok(bytes)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], BadWeights> {
        let bytes = self.bytes(N as u64)?;
        bytes
            .try_into()
            .map_err(|_| BadWeights("it is cut short".to_owned()))
    }

    fn byte(&mut self) -> Result<u8, BadWeights> {
        Ok(self.array::<1>()?[0])
    }

    fn number(&mut self) -> Result<u32, BadWeights> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    /// Text with its length before it and a zero byte behind it.
    fn text(&mut self) -> Result<String, BadWeights> {
        let length = u16::from_le_bytes(self.array()?);
        let mut bytes = self.bytes(u64::from(length))?;
        if bytes.pop() != Some(0) {
            return Err(BadWeights("a name in it does not end".to_owned()));
        }
        String::from_utf8(bytes).map_err(|_| BadWeights("a name in it is no text".to_owned()))
    }
}

impl Weights {
    /// Reads a file of that many bytes.
    pub(super) fn read(from: impl Read, bytes: u64) -> Result<Self, BadWeights> {
        let mut source = Source { from, left: bytes };
        let version = source.number()?;
        if version != VERSION {
            return Err(BadWeights(format!(
                "its format is version {version}, not {VERSION}"
            )));
        }
        let architecture = source.text()?;
        if architecture != ARCHITECTURE {
            return Err(BadWeights(format!("it holds a {architecture}")));
        }
        let _revision = source.number()?;
        let mut weights = Self::default();
        for _ in 0..source.number()? {
            weights.read_variable(&mut source)?;
        }
        Ok(weights)
    }

    fn read_variable(&mut self, source: &mut Source<impl Read>) -> Result<(), BadWeights> {
        let name = source.text()?;
        let bad = |why: &str| BadWeights(format!("{name}: {why}"));
        let rank = source.byte()?;
        if rank > MAX_RANK {
            return Err(bad("too many dimensions"));
        }
        let mut shape = Vec::new();
        for _ in 0..rank {
            let size = usize::try_from(source.number()?);
            shape.push(size.map_err(|_| bad("too large"))?);
        }
        let kind = source.byte()?;
        let length = u64::from(source.number()?);
        let (kind, width) = match kind {
            0 => (DType::F32, 4),
            1 => (DType::U8, 1),
            2 => (DType::I16, 2),
            4 => (DType::F16, 2),
            other => return Err(bad(&format!("type {other} is not read here"))),
        };
        let elements = shape.iter().try_fold(width, |product: u64, size| {
            product
                .checked_mul(*size as u64)
                .filter(|product| *product > 0)
        });
        if elements != Some(length) {
            return Err(bad("its size does not fit its shape"));
        }
        let bytes = source.bytes(length)?;
        if rank > 0 {
            let tensor = Tensor::from_raw_buffer(&bytes, kind, &shape, &Device::Cpu)
                .and_then(|tensor| tensor.to_dtype(DType::F32));
            let tensor = tensor.map_err(|error| bad(&error.to_string()))?;
            self.tensors.insert(name, tensor);
        } else if let Ok(number) = bytes.try_into() {
            self.numbers.insert(name, i16::from_le_bytes(number));
        }
        Ok(())
    }

    pub(super) fn contains(&self, name: &str) -> bool {
        self.tensors.contains_key(name)
    }

    /// The shape of a tensor; empty when there is none.
    pub(super) fn shape(&self, name: &str) -> &[usize] {
        self.tensors.get(name).map_or(&[], Tensor::dims)
    }

    /// Takes a tensor out, which must have that shape.
    pub(super) fn take(&mut self, name: &str, shape: &[usize]) -> Result<Tensor, BadWeights> {
        let tensor = self.tensors.remove(name);
        let tensor = tensor.ok_or_else(|| BadWeights::missing(name))?;
        if tensor.dims() != shape {
            let found = tensor.dims();
            return Err(BadWeights(format!(
                "{name} has the shape {found:?}, not {shape:?}"
            )));
        }
        Ok(tensor)
    }

    /// A number of heads, which must cut the width into equal parts.
    pub(super) fn heads(&self, name: &str, width: usize) -> Result<usize, BadWeights> {
        let number = self.numbers.get(name).copied();
        number
            .and_then(|number| usize::try_from(number).ok())
            .filter(|heads| *heads > 0 && width.is_multiple_of(*heads))
            .ok_or_else(|| BadWeights::missing(name))
    }
}

impl BadWeights {
    /// Something the model needs is not there, or not in a form it can use.
    pub(super) fn missing(name: &str) -> Self {
        Self(format!("{name} is missing"))
    }
}

impl From<candle_core::Error> for BadWeights {
    fn from(error: candle_core::Error) -> Self {
        Self(error.to_string())
    }
}

#[cfg(test)]
mod tests;
