//! Containers that hold sound, films or pictures alike, and raw sound without a container.

use super::Kind;

/// Why photographs of newer phones are not read.
pub(super) const HEIC: &str = "pictures in HEIC or AVIF cannot be read; phones can be set to the most \
                               compatible format, or the picture saved as JPEG";
/// Why films without sound are not read.
pub(super) const VIDEO: &str =
    "films cannot be seen, and there is no sound in this one that can be played";
const CODEC: &str =
    "the sound in this OGG file is neither Vorbis nor Opus nor FLAC, and cannot be played";

/// Tells MP4, WebM, OGG, MP3 and ADTS.
pub(super) fn detect(head: &[u8]) -> Option<Kind> {
    if head.get(4..8) == Some(b"ftyp") {
        return Some(mp4(head));
    }
    if head.starts_with(b"OggS") {
        return Some(ogg(head));
    }
    if head.starts_with(&[0x1a, 0x45, 0xdf, 0xa3]) {
        return Some(matroska(head));
    }
    raw(head)
}

/// By its brands (ISO/IEC 14496-12 §4.3), and by its tracks where they are at the start.
fn mp4(head: &[u8]) -> Kind {
    const PICTURES: [&[u8]; 11] = [
        b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis",
        b"miaf",
    ];
    let size = head
        .first_chunk()
        .map_or(0, |size| u32::from_be_bytes(*size)) as usize;
    let brands = head
        .get(8..size.clamp(12, 64).min(head.len()))
        .unwrap_or_default();
    let major = brands.get(..4).unwrap_or_default();
    if PICTURES.contains(&major) {
        return Kind::Unreadable(HEIC);
    }
    // Tracks name what handles them; only a film with all its tracks in view can be said to be silent.
    let whole = within(head, *b"moov").is_some_and(|movie| movie);
    if whole && has(head, b"vide") && !has(head, b"soun") {
        return Kind::Unreadable(VIDEO);
    }
    Kind::Audio("audio/mp4")
}

/// Whether the whole box of this name is in sight, if it begins there.
fn within(head: &[u8], name: [u8; 4]) -> Option<bool> {
    let mut at = 0usize;
    loop {
        let size = head.get(at..)?.first_chunk()?;
        let size = u32::from_be_bytes(*size) as usize;
        let found = head.get(at + 4..at + 8)? == name.as_slice();
        let end = at.checked_add(size)?;
        if found {
            return Some(size >= 8 && end <= head.len());
        }
        if size < 8 {
            return None;
        }
        at = end;
    }
}

/// By the codec of its first page (RFC 3533 §6: its packet follows the table of segments).
fn ogg(head: &[u8]) -> Kind {
    let segments = head.get(26).copied().map_or(0, usize::from);
    let packet = head.get(27 + segments..).unwrap_or_default();
    let is = |mark: &[u8]| packet.starts_with(mark);
    // The tracks of a film begin with its picture; sound may follow on the next page.
    if is(b"\x80theora") || is(b"fishead") {
        let sound = has(head, b"\x01vorbis") || has(head, b"OpusHead");
        return if sound {
            Kind::Audio("audio/ogg")
        } else {
            Kind::Unreadable(VIDEO)
        };
    }
    if is(b"Speex") || is(b"CELT") || is(b"PCM") {
        return Kind::Unreadable(CODEC);
    }
    Kind::Audio("audio/ogg")
}

/// By the codecs that its tracks name (RFC 9559 §5.1.4.1): `A_OPUS`, `V_VP9` and so on.
fn matroska(head: &[u8]) -> Kind {
    let codec = |mark: &[u8]| {
        let named = |window: &[u8]| {
            window.starts_with(mark) && window[2..].iter().all(u8::is_ascii_graphic)
        };
        head.windows(5).any(named)
    };
    if codec(b"V_") && !codec(b"A_") {
        return Kind::Unreadable(VIDEO);
    }
    Kind::Audio("audio/webm")
}

/// Frames of MPEG sound one after another (ISO/IEC 11172-3 §2.4.1.3; ADTS: ISO/IEC 13818-7 §6.2).
fn raw(head: &[u8]) -> Option<Kind> {
    if head.starts_with(b"ID3") {
        return Some(Kind::Audio("audio/mpeg"));
    }
    let &[first, second, third, ..] = head else {
        return None;
    };
    if first != 0xff || second & 0xe0 != 0xe0 {
        return None;
    }
    if second & 0xf6 == 0xf0 {
        // 13 and above are no sampling frequencies.
        return ((third >> 2) & 0x0f < 13).then_some(Kind::Audio("audio/aac"));
    }
    let (version, layer) = ((second >> 3) & 3, (second >> 1) & 3);
    let (bitrate, rate) = (third >> 4, (third >> 2) & 3);
    let sound = version != 1 && layer == 1 && bitrate != 0 && bitrate != 15 && rate != 3;
    sound.then_some(Kind::Audio("audio/mpeg"))
}

fn has(head: &[u8], mark: &[u8]) -> bool {
    head.windows(mark.len()).any(|window| window == mark)
}
