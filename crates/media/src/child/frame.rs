//! What goes from the child to its parent: frames of a kind, a length and bytes.
//!
//! The parent believes none of it. A length above what it asked for, an unknown kind, or an end in the
//! middle is garbage, and nothing is allocated before the length has been looked at.

use std::io::{self, Read, Write};

/// What a frame holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// JSON: the head of an answer, or the error that is the answer.
    Head,
    /// Samples or pixels.
    Data,
    /// JSON: the end of an answer that has several frames.
    End,
}

/// Bytes before those of a frame.
const HEADER: usize = 5;
/// Bytes read at once, so that a false length costs no memory.
const STEP: u64 = 1 << 20;

impl Kind {
    const fn byte(self) -> u8 {
        match self {
            Self::Head => b'H',
            Self::Data => b'D',
            Self::End => b'E',
        }
    }

    const fn of(byte: u8) -> Option<Self> {
        match byte {
            b'H' => Some(Self::Head),
            b'D' => Some(Self::Data),
            b'E' => Some(Self::End),
            _ => None,
        }
    }
}

/// Writes one frame.
pub(super) fn write(to: &mut impl Write, kind: Kind, bytes: &[u8]) -> io::Result<()> {
    let length = u32::try_from(bytes.len())
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidInput, "a frame is too long"))?;
    let mut header = [0; HEADER];
    header[0] = kind.byte();
    header[1..].copy_from_slice(&length.to_le_bytes());
    to.write_all(&header)?;
    to.write_all(bytes)?;
    to.flush()
}

/// Reads one frame of at most `most` bytes.
///
/// # Errors
/// `InvalidData` for what is no frame, `FileTooLarge` for one that is too long, `UnexpectedEof` where
/// it ends too early.
pub(super) fn read(from: &mut impl Read, most: usize) -> io::Result<(Kind, Vec<u8>)> {
    let mut header = [0; HEADER];
    from.read_exact(&mut header)?;
    let kind = Kind::of(header[0]).ok_or(io::ErrorKind::InvalidData)?;
    let length = u32::from_le_bytes([header[1], header[2], header[3], header[4]]);
    if length as usize > most {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let mut bytes = Vec::new();
    let mut left = u64::from(length);
    while left > 0 {
        let read = from.by_ref().take(left.min(STEP)).read_to_end(&mut bytes)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        left -= read as u64;
    }
    Ok((kind, bytes))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn false_lengths_cost_no_memory_and_long_ones_are_refused() {
        let mut claims = b"D\xff\xff\xff\x7f".to_vec();
        claims.extend_from_slice(b"few bytes");
        let error = read(&mut claims.as_slice(), usize::MAX).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
        let error = read(&mut claims.as_slice(), 100).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
    }

    proptest! {
        #[test]
        fn frames_come_back_as_they_went(bytes in prop::collection::vec(any::<u8>(), 0..3000)) {
            for kind in [Kind::Head, Kind::Data, Kind::End] {
                let mut pipe = Vec::new();
                write(&mut pipe, kind, &bytes).unwrap();
                prop_assert_eq!(read(&mut pipe.as_slice(), bytes.len()).unwrap(), (kind, bytes.clone()));
                pipe.pop();
                prop_assert!(read(&mut pipe.as_slice(), bytes.len()).is_err());
            }
        }

        #[test]
        fn garbage_is_an_error_or_a_frame_within_its_bound(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            if let Ok((_, found)) = read(&mut bytes.as_slice(), 64) {
                prop_assert!(found.len() <= 64);
            }
        }
    }
}
