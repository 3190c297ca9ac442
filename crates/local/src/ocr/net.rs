//! A network on rten: one picture-shaped input, one output.

use std::fmt::Display;
use std::sync::Arc;

use rten::{Model, ModelOptions, RunOptions, ThreadPool, Value};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, Tensor};

use super::failed;
use crate::resident::{EngineError, LoadError, Loading};

pub(super) struct Net {
    model: Model,
    file: &'static str,
}

impl Net {
    /// Reads a file of the model.
    pub(super) fn load(loading: &Loading<'_>, file: &'static str) -> Result<Self, LoadError> {
        let mut options = ModelOptions::with_all_ops();
        options.prepack_weights(true);
        let model = options.load_file(loading.path(file)?);
        Ok(Self {
            model: model.map_err(|error| unreadable(file, &error))?,
            file,
        })
    }

    /// An entry of the file's metadata.
    pub(super) fn entry(&self, name: &str) -> Result<&str, LoadError> {
        let entry = self.model.metadata().get(name);
        entry.ok_or_else(|| unreadable(self.file, &format!("it has no entry {name}")))
    }

    /// Runs on the threads of `pool` alone: the output's shape of `N` dimensions, and its numbers.
    pub(super) fn run<const N: usize>(
        &self,
        input: NdTensor<f32, 4>,
        pool: &Arc<ThreadPool>,
    ) -> Result<([usize; N], Vec<f32>), EngineError> {
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(pool)));
        let output = self.model.run_one(input.into(), Some(options));
        let output: Tensor<f32> = match output.map_err(|error| self.wrong(error))? {
            Value::FloatTensor(tensor) => tensor,
            other => return Err(self.wrong(format!("its output is {:?}", other.dtype()))),
        };
        let shape = <[usize; N]>::try_from(output.shape())
            .map_err(|_| self.wrong("its output has another form"))?;
        Ok((shape, output.into_data()))
    }

    /// Something that should not come out of this network.
    pub(super) fn wrong(&self, why: impl Display) -> EngineError {
        failed(format_args!("{}: {why}", self.file))
    }
}

fn unreadable(file: &str, why: &dyn Display) -> LoadError {
    LoadError::Unreadable {
        file: file.to_owned(),
        why: why.to_string(),
    }
}
