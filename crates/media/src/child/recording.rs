//! The pieces of a recording, from here or from the child.

use serde::{Deserialize, Serialize};

use super::frame::Kind;
use super::process::Process;
use super::{Harm, ReadError, head};
use crate::audio::{AudioError, Piece, Pieces, SAMPLE_RATE};
use crate::limits::Limits;

/// Bytes of the start of a piece.
const START: usize = 8;
/// Bytes of the longest piece.
const LONGEST: usize = START + 600 * SAMPLE_RATE as usize * size_of::<f32>();

/// What is known before the first piece.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct RecordingHead {
    pub(super) seconds: Option<f64>,
}

/// What is known after the last piece.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct RecordingEnd {
    pub(super) decoded: f64,
    pub(super) truncated: bool,
    pub(super) error: Option<AudioError>,
}

/// The pieces of a recording. It can be sent to another thread; dropped, it stops its child.
pub struct Recording {
    source: Source,
}

enum Source {
    Here(Box<Pieces>),
    There(Box<There>),
}

struct There {
    process: Option<Process>,
    limits: Limits,
    seconds: Option<f64>,
    decoded: f64,
    truncated: bool,
}

impl Recording {
    pub(super) fn here(pieces: Pieces) -> Self {
        Self {
            source: Source::Here(Box::new(pieces)),
        }
    }

    pub(super) fn there(mut process: Process, limits: Limits) -> Result<Self, ReadError> {
        let head: RecordingHead = head::<_, AudioError>(&mut process)?;
        Ok(Self {
            source: Source::There(Box::new(There {
                process: Some(process),
                limits,
                seconds: head.seconds,
                decoded: 0.0,
                truncated: false,
            })),
        })
    }

    /// Length of the whole in seconds, if its container says so.
    pub fn seconds(&self) -> Option<f64> {
        match &self.source {
            Source::Here(pieces) => pieces.seconds(),
            Source::There(there) => there.seconds,
        }
    }

    /// Seconds decoded, once the last piece has been taken: the true length.
    pub fn decoded(&self) -> f64 {
        match &self.source {
            Source::Here(pieces) => pieces.decoded(),
            Source::There(there) => there.decoded,
        }
    }

    /// Whether less could be decoded than the container promised, once the last piece has been taken.
    pub fn truncated(&self) -> bool {
        match &self.source {
            Source::Here(pieces) => pieces.truncated(),
            Source::There(there) => there.truncated,
        }
    }
}

impl Iterator for Recording {
    type Item = Result<Piece, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.source {
            Source::Here(pieces) => pieces.next().map(|piece| piece.map_err(ReadError::Audio)),
            Source::There(there) => there.next().transpose(),
        }
    }
}

impl There {
    fn next(&mut self) -> Result<Option<Piece>, ReadError> {
        let Some(mut process) = self.process.take() else {
            return Ok(None);
        };
        let (kind, bytes) = process.next(LONGEST, self.limits.time)?;
        match kind {
            Kind::Data => {
                let piece = piece(&bytes).ok_or(ReadError::Unsafe(Harm::Garbled))?;
                self.decoded = piece.start + piece.seconds();
                self.process = Some(process);
                Ok(Some(piece))
            }
            Kind::End => {
                let end: RecordingEnd =
                    serde_json::from_slice(&bytes).map_err(|_| ReadError::Unsafe(Harm::Garbled))?;
                self.decoded = end.decoded;
                self.truncated = end.truncated;
                end.error.map_or(Ok(None), |error| Err(error.into()))
            }
            Kind::Head => Err(ReadError::Unsafe(Harm::Garbled)),
        }
    }
}

/// A piece as bytes.
pub(super) fn bytes(piece: &Piece) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(START + piece.samples.len() * size_of::<f32>());
    bytes.extend_from_slice(&piece.start.to_le_bytes());
    for sample in &piece.samples {
        bytes.extend_from_slice(&sample.to_le_bytes());
    }
    bytes
}

fn piece(bytes: &[u8]) -> Option<Piece> {
    let (start, samples) = bytes.split_first_chunk::<START>()?;
    let start = f64::from_le_bytes(*start);
    let (samples, rest) = samples.as_chunks::<4>();
    let samples: Vec<f32> = samples
        .iter()
        .map(|four| f32::from_le_bytes(*four))
        .collect();
    let sound = start.is_finite() && start >= 0.0 && samples.iter().all(|s| s.abs() <= 1.0);
    (rest.is_empty() && sound).then_some(Piece { start, samples })
}
