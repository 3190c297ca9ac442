//! The child's side: one request, one answer, and no way to hurt anybody else.

use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::thread;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use serde::Serialize;

use super::answer::{DocumentHead, PictureHead};
use super::frame::{self, Kind};
use super::recording::{self, RecordingEnd, RecordingHead};
use super::request::{LONGEST, Request, What};
use crate::audio::{self, AudioError};
use crate::document;
use crate::image::{self, Picture};

/// Stack of the thread that reads: parsers that go down nested things need much of it.
const STACK: usize = 64 << 20;
/// Files that may be open: the one that is read, and the three that every process has.
const FILES: u64 = 16;

/// Answers one request, a line of JSON on `stdin`, with frames on `stdout`. Before it looks at the
/// file it limits this process for good: address space, processor time, open files, nothing written to
/// files, and no core.
///
/// # Errors
/// When nobody listens any more, when the request is none, or when reading panicked: the process
/// should end.
pub fn serve(stdin: impl Read, mut stdout: impl Write + Send) -> io::Result<()> {
    let mut line = String::new();
    BufReader::new(stdin.take(LONGEST)).read_line(&mut line)?;
    let request: Request = serde_json::from_str(&line)?;
    limit(&request)?;
    thread::scope(|scope| {
        let read = move || answer(&request, &mut stdout);
        let reader = thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, read)?;
        reader
            .join()
            .map_err(|_| io::Error::other("the reader panicked"))?
    })
}

fn limit(request: &Request) -> io::Result<()> {
    let limits = [
        (Resource::As, request.limits.memory),
        (Resource::Cpu, request.processor()),
        (Resource::Nofile, FILES),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
    ];
    for (resource, most) in limits {
        // What this process itself was given may be less.
        let most = getrlimit(resource)
            .maximum
            .map_or(most, |hard| hard.min(most));
        let limit = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        setrlimit(resource, limit)?;
    }
    Ok(())
}

fn answer(request: &Request, out: &mut impl Write) -> io::Result<()> {
    let limits = &request.limits;
    match request.what {
        What::Pieces => pieces(request, out),
        What::Picture => {
            let picture = image::decode(&fs::read(&request.path)?, request.kind, limits);
            drawn(picture, out)
        }
        What::Page(page) => drawn(
            document::page_picture(&fs::read(&request.path)?, page, limits),
            out,
        ),
        What::Document => {
            let read = document::read(&fs::read(&request.path)?, request.kind, limits);
            head(out, &read.as_ref().map(DocumentHead::of))?;
            match read {
                Ok(document) => frame::write(out, Kind::Data, document.text.as_bytes()),
                Err(_) => Ok(()),
            }
        }
    }
}

fn head(out: &mut impl Write, head: &impl Serialize) -> io::Result<()> {
    frame::write(out, Kind::Head, &serde_json::to_vec(head)?)
}

fn drawn<E: Serialize>(picture: Result<Picture, E>, out: &mut impl Write) -> io::Result<()> {
    head(out, &picture.as_ref().map(PictureHead::of))?;
    match picture {
        Ok(picture) => frame::write(out, Kind::Data, &picture.rgb),
        Err(_) => Ok(()),
    }
}

fn pieces(request: &Request, out: &mut impl Write) -> io::Result<()> {
    let opened = audio::pieces(&request.path, request.kind, &request.limits);
    let seconds = |pieces: &audio::Pieces| RecordingHead {
        seconds: pieces.seconds(),
    };
    head(out, &opened.as_ref().map(seconds))?;
    let Ok(mut pieces) = opened else {
        return Ok(());
    };
    let mut error: Option<AudioError> = None;
    for piece in &mut pieces {
        match piece {
            Ok(piece) => frame::write(out, Kind::Data, &recording::bytes(&piece))?,
            Err(found) => error = Some(found),
        }
    }
    let end = RecordingEnd {
        decoded: pieces.decoded(),
        truncated: pieces.truncated(),
        error,
    };
    frame::write(out, Kind::End, &serde_json::to_vec(&end)?)
}
