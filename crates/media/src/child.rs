//! Foreign files are read in a process of their own.
//!
//! Parsers of pictures, sound and documents are large, and somebody will feed them a file that makes
//! one of them crash, hang or eat all memory. So the server starts its own program again for each file
//! ([`Reader::child`]), asks on its standard input and reads frames from its standard output. The child
//! limits its own address space, processor time and files ([`serve`]) and gets no environment, so no
//! keys; the parent kills it when it takes too long, says too much, or is no longer wanted. Whatever
//! happens to it, the parent gets an error with a reason.
//!
//! Memory in the parent: one answer, and for a recording two pieces (77 MB).

mod answer;
mod frame;
mod process;
mod recording;
mod request;
mod serve;

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use crate::audio::AudioError;
use crate::document::{self, Document, DocumentError};
use crate::image::{self, ImageError, Picture};
use crate::kind::Kind;
use crate::limits::Limits;
use answer::{DocumentHead, PictureHead};
use process::Process;
use request::{Request, What};

pub use recording::Recording;
pub use serve::serve;

/// Why a file was not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// A recording that cannot be heard.
    #[error(transparent)]
    Audio(#[from] AudioError),
    /// A picture that cannot be seen.
    #[error(transparent)]
    Image(#[from] ImageError),
    /// A document that cannot be read.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// Larger than [`Limits::file`].
    #[error("the file is larger than {} MiB, which is the limit", .0 >> 20)]
    TooLarge(u64),
    /// The file harmed the process that read it, which is gone. It would do so again.
    #[error("this file could not be read safely: {0}")]
    Unsafe(Harm),
    /// The file is not there, or may not be read.
    #[error("the file could not be opened")]
    Open(#[source] io::Error),
    /// The process that reads could not be started. Another time it may work.
    #[error("the reader of files could not be started")]
    Start(#[source] io::Error),
}

/// What a file did to its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Harm {
    /// The reader crashed, or wanted more memory than it may have.
    #[error("it crashes the reader")]
    Crashed,
    /// It took longer than [`Limits::time`].
    #[error("it takes too long")]
    TooSlow,
    /// The answer was longer than any answer may be.
    #[error("what is in it is too large")]
    TooMuch,
    /// The answer was no answer.
    #[error("its reader gave no sensible answer")]
    Garbled,
}

/// Reads files, in this process or in a child.
#[derive(Debug, Clone)]
pub struct Reader {
    how: How,
    limits: Limits,
}

#[derive(Debug, Clone)]
enum How {
    Here,
    Child {
        program: PathBuf,
        args: Vec<OsString>,
    },
}

impl Reader {
    /// Reads in this process: for files of one's own, and for tests.
    pub fn in_process(limits: Limits) -> Self {
        Self {
            how: How::Here,
            limits,
        }
    }

    /// Starts `program` with `args` for each file. It has to call [`serve`], and nothing before that
    /// may write to its standard output.
    pub fn child(program: PathBuf, args: Vec<OsString>, limits: Limits) -> Self {
        Self {
            how: How::Child { program, args },
            limits,
        }
    }

    /// The limits that every call has.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The pieces of a recording; see [`crate::audio::pieces`].
    ///
    /// # Errors
    /// [`ReadError::Audio`] and those of the child.
    pub fn pieces(&self, path: &Path, kind: Kind) -> Result<Recording, ReadError> {
        match &self.how {
            How::Here => {
                let pieces = crate::audio::pieces(path, kind, &self.limits)?;
                Ok(Recording::here(pieces))
            }
            How::Child { .. } => {
                Recording::there(self.start(What::Pieces, path, kind)?, self.limits)
            }
        }
    }

    /// A picture; see [`crate::image::decode`].
    ///
    /// # Errors
    /// [`ReadError::Image`] and those of the child.
    pub fn picture(&self, path: &Path, kind: Kind) -> Result<Picture, ReadError> {
        self.check(path)?;
        match &self.how {
            How::Here => Ok(image::decode(&open(path)?, kind, &self.limits)?),
            How::Child { .. } => self.drawn::<ImageError>(What::Picture, path, kind),
        }
    }

    /// The words of a document; see [`crate::document::read`].
    ///
    /// # Errors
    /// [`ReadError::Document`] and those of the child.
    pub fn document(&self, path: &Path, kind: Kind) -> Result<Document, ReadError> {
        self.check(path)?;
        match &self.how {
            How::Here => Ok(document::read(&open(path)?, kind, &self.limits)?),
            How::Child { .. } => {
                let mut process = self.start(What::Document, path, kind)?;
                let head: DocumentHead = head::<_, DocumentError>(&mut process)?;
                let text = process.expect(frame::Kind::Data, self.limits.text, self.limits.time)?;
                head.with(text).map_err(ReadError::Unsafe)
            }
        }
    }

    /// A page of a PDF as a picture; see [`crate::document::page_picture`].
    ///
    /// # Errors
    /// [`ReadError::Document`] and those of the child.
    pub fn page(&self, path: &Path, page: u32) -> Result<Picture, ReadError> {
        self.check(path)?;
        match &self.how {
            How::Here => Ok(document::page_picture(&open(path)?, page, &self.limits)?),
            How::Child { .. } => self.drawn::<DocumentError>(What::Page(page), path, Kind::Pdf),
        }
    }

    fn drawn<E>(&self, what: What, path: &Path, kind: Kind) -> Result<Picture, ReadError>
    where
        E: DeserializeOwned + Into<ReadError>,
    {
        let mut process = self.start(what, path, kind)?;
        let head: PictureHead = head::<_, E>(&mut process)?;
        let most = head.bytes().map_err(ReadError::Unsafe)?;
        let rgb = process.expect(frame::Kind::Data, most, self.limits.time)?;
        head.with(rgb).map_err(ReadError::Unsafe)
    }

    /// A file that is read whole has to fit.
    fn check(&self, path: &Path) -> Result<(), ReadError> {
        let length = fs::metadata(path).map_err(ReadError::Open)?.len();
        if length > self.limits.file {
            return Err(ReadError::TooLarge(self.limits.file));
        }
        Ok(())
    }

    fn start(&self, what: What, path: &Path, kind: Kind) -> Result<Process, ReadError> {
        fs::metadata(path).map_err(ReadError::Open)?;
        if let Kind::Unreadable(why) = kind {
            return Err(what.refused(why));
        }
        let How::Child { program, args } = &self.how else {
            return Err(ReadError::Start(io::ErrorKind::Unsupported.into()));
        };
        let request = Request::new(what, path, kind, self.limits);
        Process::start(program, args, &request)
    }
}

fn open(path: &Path) -> Result<Vec<u8>, ReadError> {
    fs::read(path).map_err(ReadError::Open)
}

/// The first frame: what the answer is like, or why there is none.
fn head<T, E>(process: &mut Process) -> Result<T, ReadError>
where
    T: DeserializeOwned,
    E: DeserializeOwned + Into<ReadError>,
{
    let time = process.time();
    let bytes = process.expect(frame::Kind::Head, answer::LONGEST_HEAD, time)?;
    let head: Result<T, E> =
        serde_json::from_slice(&bytes).map_err(|_| ReadError::Unsafe(Harm::Garbled))?;
    head.map_err(Into::into)
}
