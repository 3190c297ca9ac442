//! The sound track of a file, packet by packet, as one channel.

use std::fs::File;
use std::io::{ErrorKind, Read, Seek, SeekFrom};

use symphonia::core::codecs::CodecParameters;
use symphonia::core::codecs::audio::well_known::CODEC_ID_OPUS;
use symphonia::core::codecs::audio::{AudioCodecParameters, AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, Track, TrackType};
use symphonia::core::io::{
    MediaSource, MediaSourceStream, MediaSourceStreamOptions, ReadOnlySource,
};
use symphonia::core::meta::MetadataOptions;
use symphonia::core::packet::Packet;
use symphonia::core::units::{Duration, TimeBase};

use super::opus::{Opus, TICKS};
use super::{AudioError, SAMPLE_RATE};
use crate::kind::Kind;

/// Seconds that a recording may be shorter than its container says without being called cut off.
const TOLERANCE: f64 = 1.0;
/// Broken packets in a row after which the rest is given up.
const PATIENCE: u32 = 5_000;

/// The sound track of a file.
pub(super) struct Source {
    format: Box<dyn FormatReader>,
    track: u32,
    decoder: Decoder,
    rate: u32,
    seconds: Option<f64>,
    mono: Vec<f32>,
    interleaved: Vec<f32>,
    /// Whether the container ended in an error.
    broken_off: bool,
}

enum Decoder {
    Opus(Opus),
    Other(Box<dyn AudioDecoder>),
}

impl Source {
    /// Finds the container and the track, and makes its decoder.
    pub(super) fn open(mut file: File, kind: Kind) -> Result<Self, AudioError> {
        let io = |error: std::io::Error| AudioError::Io(error.to_string());
        let protected = is_protected(&mut file).map_err(io)?;
        let cut_off = is_cut_off(&mut file).map_err(io)?;
        // In a file that ends too early the readers of MP4 and Matroska miss the end of a box, unless
        // they cannot look ahead.
        let again = file.try_clone().map_err(io)?;
        let format = if cut_off {
            probe(Box::new(ReadOnlySource::new(file)), kind)?
        } else if kind == Kind::Audio("audio/webm") {
            probe(Box::new(file), kind).or_else(|_| {
                (&again).seek(SeekFrom::Start(0)).map_err(io)?;
                probe(Box::new(ReadOnlySource::new(again)), kind)
            })?
        } else {
            probe(Box::new(file), kind)?
        };
        if protected {
            return Err(AudioError::Encrypted);
        }
        let track = format
            .default_track(TrackType::Audio)
            .or_else(|| format.first_track(TrackType::Audio))
            .ok_or(AudioError::NoSound)?
            .clone();
        let decoder = decoder(&track)?;
        Ok(Self {
            rate: audio(&track)
                .and_then(|params| params.sample_rate)
                .unwrap_or(0),
            seconds: seconds(format.as_ref(), &track, kind),
            track: track.id,
            format,
            decoder,
            mono: Vec::new(),
            interleaved: Vec::new(),
            broken_off: false,
        })
    }

    /// Length in seconds, if the container says so.
    pub(super) fn seconds(&self) -> Option<f64> {
        self.seconds
    }

    /// Whether the container promised more than the seconds that were decoded. One that says nothing
    /// about its length was recorded live and ends wherever it ends.
    pub(super) fn is_truncated(&self, decoded: f64) -> bool {
        match self.seconds {
            Some(seconds) => decoded + TOLERANCE < seconds,
            None => self.broken_off,
        }
    }

    /// Decodes the next packet: its rate and its samples. `None` at the end, also where the file ends
    /// in the middle of something.
    pub(super) fn next(&mut self) -> Result<Option<(u32, &[f32])>, AudioError> {
        self.mono.clear();
        let mut broken = 0;
        while self.mono.is_empty() && broken < PATIENCE {
            let packet = match self.format.next_packet() {
                Ok(Some(packet)) => packet,
                Ok(None) => return Ok(None),
                Err(Error::ResetRequired) if self.renew() => continue,
                Err(Error::IoError(error)) if error.kind() != ErrorKind::UnexpectedEof => {
                    return Err(AudioError::Io(error.to_string()));
                }
                Err(error) => {
                    self.broken_off |= !is_live_end(&error);
                    return Ok(None);
                }
            };
            if packet.track_id == self.track && !self.decode(&packet) {
                broken += 1;
            }
        }
        Ok((!self.mono.is_empty()).then_some((self.rate, self.mono.as_slice())))
    }

    /// A new track follows in the same file, as in chained OGG.
    fn renew(&mut self) -> bool {
        let Some(track) = self.format.default_track(TrackType::Audio) else {
            return false;
        };
        let Ok(decoder) = decoder(track) else {
            return false;
        };
        self.track = track.id;
        self.decoder = decoder;
        true
    }

    fn decode(&mut self, packet: &Packet) -> bool {
        let decoder = match &mut self.decoder {
            Decoder::Opus(opus) => {
                self.rate = SAMPLE_RATE;
                let whole = opus.decode(&packet.data, &mut self.mono);
                let cut = usize::try_from(packet.trim_end.get() / TICKS).unwrap_or(0);
                self.mono.truncate(self.mono.len().saturating_sub(cut));
                return whole;
            }
            Decoder::Other(decoder) => decoder,
        };
        let Ok(sound) = decoder.decode(packet) else {
            return false;
        };
        let channels = sound.spec().channels().count().max(1);
        self.rate = sound.spec().rate();
        sound.copy_to_vec_interleaved::<f32>(&mut self.interleaved);
        let frames = self.interleaved.chunks_exact(channels);
        let share = 1.0 / channels as f32;
        self.mono
            .extend(frames.map(|frame| frame.iter().sum::<f32>() * share));
        true
    }
}

/// Finds the container.
fn probe(file: Box<dyn MediaSource>, kind: Kind) -> Result<Box<dyn FormatReader>, AudioError> {
    let stream = MediaSourceStream::new(file, MediaSourceStreamOptions::default());
    let mut hint = Hint::new();
    hint.with_extension(kind.extension());
    let (format, metadata) = (FormatOptions::default(), MetadataOptions::default());
    symphonia::default::get_probe()
        .probe(&hint, stream, format, metadata)
        .map_err(|error| match error {
            Error::Unsupported(what) if !what.contains("probe") => {
                AudioError::Unsupported(what.to_owned())
            }
            _ => AudioError::NotAudio,
        })
}

fn audio(track: &Track) -> Option<&AudioCodecParameters> {
    match &track.codec_params {
        Some(CodecParameters::Audio(params)) => Some(params),
        _ => None,
    }
}

fn decoder(track: &Track) -> Result<Decoder, AudioError> {
    let params = audio(track).ok_or(AudioError::NoSound)?;
    if params.codec == CODEC_ID_OPUS {
        return Opus::new(params.extra_data.as_deref()).map(Decoder::Opus);
    }
    symphonia::default::get_codecs()
        .make_audio_decoder(params, &AudioDecoderOptions::default())
        .map(Decoder::Other)
        .map_err(|_| {
            AudioError::Unsupported("its sound is in a format that is not known".to_owned())
        })
}

/// What the track says of its length, or else the whole file.
fn seconds(format: &dyn FormatReader, track: &Track, kind: Kind) -> Option<f64> {
    // ADTS says nothing; what is told is a guess from its first frames.
    if kind == Kind::Audio("audio/aac") {
        return None;
    }
    let whole = format.media_info();
    let of = |base: Option<TimeBase>, duration: Option<Duration>| {
        let seconds = base?.calc_duration(duration?)?.as_secs_f64();
        (seconds > 0.0).then_some(seconds)
    };
    of(track.time_base, track.duration).or_else(|| of(whole.time_base, whole.duration))
}

/// Recordings made live end where the recorder stopped writing.
fn is_live_end(error: &Error) -> bool {
    matches!(error, Error::IoError(error) if error.kind() == ErrorKind::UnexpectedEof)
}

/// Whether an MP4 file ends within its samples, after having said what they are (ISO/IEC 14496-12 §4.2:
/// a file is a row of boxes, each with its size in front).
fn is_cut_off(file: &mut File) -> std::io::Result<bool> {
    const BOXES: usize = 64;
    let length = file.metadata()?.len();
    let (mut at, mut described, mut cut_off) = (0u64, false, false);
    for number in 0..BOXES {
        let mut header = [0; 16];
        file.seek(SeekFrom::Start(at))?;
        if length.saturating_sub(at) < header.len() as u64 {
            break;
        }
        file.read_exact(&mut header)?;
        let [a, b, c, d, n0, n1, n2, n3, long @ ..] = header;
        let name = [n0, n1, n2, n3];
        if number == 0 && name != *b"ftyp" {
            break;
        }
        let size = match u32::from_be_bytes([a, b, c, d]) {
            1 => u64::from_be_bytes(long),
            size => u64::from(size),
        };
        let end = at.saturating_add(size);
        described |= name == *b"moov" && end <= length;
        if size < 8 || end > length {
            cut_off = described && name == *b"mdat" && end > length;
            break;
        }
        at = end;
    }
    file.seek(SeekFrom::Start(0))?;
    Ok(cut_off)
}

/// Whether an MP4 file says that its sound is encrypted (ISO/IEC 14496-12 §8.12: sample entry `enca`).
fn is_protected(file: &mut File) -> std::io::Result<bool> {
    const LOOKED_AT: u64 = 256 * 1024;
    let length = file.metadata()?.len();
    let mut found = false;
    for from in [0, length.saturating_sub(LOOKED_AT)] {
        file.seek(SeekFrom::Start(from))?;
        let mut part = Vec::new();
        file.by_ref().take(LOOKED_AT).read_to_end(&mut part)?;
        if from == 0 && part.get(4..8) != Some(b"ftyp") {
            break;
        }
        found |= part.windows(4).any(|four| four == b"enca")
            && part.windows(4).any(|four| four == b"sinf");
    }
    file.seek(SeekFrom::Start(0))?;
    Ok(found)
}
