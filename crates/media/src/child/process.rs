//! The child as its parent sees it.
//!
//! A thread reads frames from the pipe and hands them over one at a time, so that waiting has an end:
//! whoever waits longer than the limit kills the child, which ends the pipe and with it the thread.

use std::ffi::OsString;
use std::io::{self, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use super::frame::{self, Kind};
use super::request::Request;
use super::{Harm, ReadError};

/// The signal of a process that used up its processor time (POSIX `SIGXCPU`).
const TOO_MUCH_PROCESSOR: i32 = 24;
/// Time that a child may take to end after its last frame, before it is killed.
const GRACE: Duration = Duration::from_millis(200);

/// A running child. Dropped, it is killed.
pub(super) struct Process {
    child: Child,
    wanted: SyncSender<usize>,
    frames: Receiver<io::Result<(Kind, Vec<u8>)>>,
    time: Duration,
}

impl Process {
    /// Starts a child and asks it.
    pub(super) fn start(
        program: &Path,
        args: &[OsString],
        request: &Request,
    ) -> Result<Self, ReadError> {
        let mut line =
            serde_json::to_vec(request).map_err(|error| ReadError::Start(error.into()))?;
        line.push(b'\n');
        let mut child = Command::new(program)
            .args(args)
            .env_clear()
            // Threads and their heaps would count against the address space many times over, and so would
            // the gigabyte that mimalloc sets aside at once (here in KiB).
            .envs([
                ("RAYON_NUM_THREADS", "1"),
                ("MALLOC_ARENA_MAX", "2"),
                ("MIMALLOC_ARENA_RESERVE", "65536"),
            ])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(ReadError::Start)?;
        let (wanted, asked) = sync_channel(1);
        let (answer, frames) = sync_channel(0);
        let stdout = child.stdout.take();
        let stdin = child.stdin.take();
        let process = Self {
            child,
            wanted,
            frames,
            time: request.limits.time,
        };
        if let Some(stdout) = stdout {
            thread::spawn(move || forward(stdout, &asked, &answer));
        }
        // A child that is already gone tells so by its silence.
        let _gone = stdin.map(|mut stdin| stdin.write_all(&line));
        Ok(process)
    }

    /// How long one answer may take.
    pub(super) fn time(&self) -> Duration {
        self.time
    }

    /// The next frame, of at most `most` bytes, within `time`.
    pub(super) fn next(
        &mut self,
        most: usize,
        time: Duration,
    ) -> Result<(Kind, Vec<u8>), ReadError> {
        let frame = match self.wanted.try_send(most) {
            Ok(()) => self.frames.recv_timeout(time),
            Err(_) => Err(RecvTimeoutError::Disconnected),
        };
        let harm = match frame {
            Ok(Ok(frame)) => return Ok(frame),
            Ok(Err(error)) => match error.kind() {
                io::ErrorKind::FileTooLarge => Harm::TooMuch,
                io::ErrorKind::InvalidData => Harm::Garbled,
                _ => self.ended(),
            },
            Err(RecvTimeoutError::Timeout) => Harm::TooSlow,
            Err(RecvTimeoutError::Disconnected) => self.ended(),
        };
        self.kill();
        Err(ReadError::Unsafe(harm))
    }

    /// The next frame, which has to be of this kind.
    pub(super) fn expect(
        &mut self,
        kind: Kind,
        most: usize,
        time: Duration,
    ) -> Result<Vec<u8>, ReadError> {
        let (found, bytes) = self.next(most, time)?;
        if found == kind {
            Ok(bytes)
        } else {
            self.kill();
            Err(ReadError::Unsafe(Harm::Garbled))
        }
    }

    /// Why the pipe ended. A child that has closed it is about to end by itself, and its own end tells
    /// more than being killed does.
    fn ended(&mut self) -> Harm {
        let begun = Instant::now();
        while begun.elapsed() < GRACE && matches!(self.child.try_wait(), Ok(None)) {
            thread::park_timeout(Duration::from_millis(2));
        }
        self.kill();
        match self.child.wait().map(|status| status.signal()) {
            Ok(Some(TOO_MUCH_PROCESSOR)) => Harm::TooSlow,
            _ => Harm::Crashed,
        }
    }

    fn kill(&mut self) {
        // It may have ended already, which is as good.
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Reads a frame whenever one is wanted, until nobody wants one or there are no more.
fn forward(
    mut stdout: ChildStdout,
    wanted: &Receiver<usize>,
    frames: &SyncSender<io::Result<(Kind, Vec<u8>)>>,
) {
    while let Ok(most) = wanted.recv() {
        let frame = frame::read(&mut stdout, most);
        let last = frame.is_err();
        if frames.send(frame).is_err() || last {
            return;
        }
    }
}
