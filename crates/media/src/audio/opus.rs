//! Opus, which browsers and messengers record in, decoded straight to one channel at 16 kHz.
//!
//! The decoder is libopus translated to Rust. Its interface is that of C, so the few calls that need
//! it are here and nowhere else (RFC 6716; header and pre-skip RFC 7845 §5.1).

use std::ptr::NonNull;

use unsafe_libopus::{OpusDecoder, opus_decode_float, opus_decoder_create, opus_decoder_destroy};

use super::{AudioError, SAMPLE_RATE};

/// Samples of the longest packet, 120 ms.
const LONGEST: usize = SAMPLE_RATE as usize * 120 / 1000;
/// Ticks of the container for one sample of ours: Opus always counts in 48 kHz.
pub(super) const TICKS: u64 = 48_000 / SAMPLE_RATE as u64;

/// A decoder of one stream.
pub(super) struct Opus {
    decoder: NonNull<OpusDecoder>,
    pcm: Vec<f32>,
    /// Samples at the start that are to be dropped.
    skip: usize,
    gain: f32,
}

#[expect(
    unsafe_code,
    reason = "the decoder's state is one allocation of its own, without thread-locals, and only \
              reached through `&mut self`"
)]
// SAFETY: see the reason above.
unsafe impl Send for Opus {}

impl Opus {
    /// A decoder for a stream with this identification header.
    ///
    /// # Errors
    /// [`AudioError::Unsupported`] for more than two channels.
    pub(super) fn new(header: Option<&[u8]>) -> Result<Self, AudioError> {
        let header = header.filter(|header| header.starts_with(b"OpusHead") && header.len() >= 19);
        // MP4 writes the same fields with the other end first, and marks that with version 0 (`dOps`).
        let short = |at: usize| match header {
            Some(h) if h[8] == 0 => u16::from_be_bytes([h[at], h[at + 1]]),
            Some(h) => u16::from_le_bytes([h[at], h[at + 1]]),
            None => 0,
        };
        if header.is_some_and(|header| header[18] != 0 || header[9] > 2) {
            let why = "its Opus sound has more than two channels";
            return Err(AudioError::Unsupported(why.to_owned()));
        }
        let mut error = 0;
        let rate = SAMPLE_RATE.cast_signed();
        #[expect(unsafe_code, reason = "the interface of the decoder is that of C")]
        // SAFETY: a rate and a number of channels that the decoder knows, and a valid place for the
        // error. It gives null or a decoder that is ours until it is destroyed.
        let decoder = unsafe { opus_decoder_create(rate, 1, &raw mut error) };
        let decoder = NonNull::new(decoder)
            .filter(|_| error == 0)
            .ok_or_else(|| AudioError::Unsupported("there is no Opus decoder".to_owned()))?;
        let decibels = f32::from(short(16).cast_signed()) / 256.0;
        Ok(Self {
            decoder,
            pcm: vec![0.0; LONGEST],
            skip: usize::from(short(10)) / 3,
            gain: 10f32.powf(decibels.clamp(-60.0, 60.0) / 20.0),
        })
    }

    /// Decodes one packet onto the end of `out`. A broken packet is made up for from what came before.
    /// Says whether it was whole.
    pub(super) fn decode(&mut self, packet: &[u8], out: &mut Vec<f32>) -> bool {
        let length = i32::try_from(packet.len()).unwrap_or(0);
        let room = i32::try_from(self.pcm.len()).unwrap_or(0);
        let mut run = |data: *const u8, length: i32, room: i32| {
            #[expect(unsafe_code, reason = "the interface of the decoder is that of C")]
            // SAFETY: `data` is null or points to `length` bytes; `pcm` has room for the `room` samples
            // of one channel that may be written; the decoder lives as long as `self`.
            let written = unsafe {
                opus_decode_float(
                    self.decoder.as_ptr(),
                    data,
                    length,
                    self.pcm.as_mut_ptr(),
                    room,
                    0,
                )
            };
            usize::try_from(written).ok()
        };
        let whole = if length > 0 {
            run(packet.as_ptr(), length, room)
        } else {
            None
        };
        let made_up = || run(std::ptr::null(), 0, room / 6);
        let Some(written) = whole.or_else(made_up) else {
            return false;
        };
        let skipped = self.skip.min(written);
        self.skip -= skipped;
        let sound = self.pcm.get(skipped..written).unwrap_or_default();
        out.extend(sound.iter().map(|sample| sample * self.gain));
        whole.is_some()
    }
}

impl Drop for Opus {
    fn drop(&mut self) {
        #[expect(unsafe_code, reason = "the interface of the decoder is that of C")]
        // SAFETY: made by `opus_decoder_create`, destroyed once.
        unsafe {
            opus_decoder_destroy(self.decoder.as_ptr());
        }
    }
}
