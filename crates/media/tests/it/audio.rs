use media::audio::{AudioError, Piece, SAMPLE_RATE, pieces, wav};
use media::{Kind, Limits};

use crate::{bytes, file, kind, path};

/// Where the sentence lies in every recording, in seconds: after one second, for about four and a half.
const FROM: std::ops::Range<f64> = 0.6..1.1;
const TO: std::ops::Range<f64> = 5.5..6.1;

struct Heard {
    pieces: Vec<Piece>,
    seconds: Option<f64>,
    decoded: f64,
    truncated: bool,
}

fn hear(bytes: &[u8]) -> Result<Heard, AudioError> {
    let file = file(bytes);
    let mut found = pieces(file.path(), kind(bytes), &Limits::default())?;
    let mut heard = Vec::new();
    for piece in &mut found {
        heard.push(piece?);
    }
    Ok(Heard {
        pieces: heard,
        seconds: found.seconds(),
        decoded: found.decoded(),
        truncated: found.truncated(),
    })
}

/// How alike two recordings are, whatever their loudness, at the best of some shifts: 1 is the same.
/// One second in the middle of the first is looked for in the second.
fn likeness(a: &[f32], b: &[f32]) -> f64 {
    let middle = a.len().min(b.len()) / 2;
    let part = &a[middle..middle + 16_000];
    let dot = |a: &[f32], b: &[f32]| -> f64 {
        a.iter()
            .zip(b)
            .map(|(a, b)| f64::from(*a) * f64::from(*b))
            .sum()
    };
    let at = |from: usize| {
        let other = &b[from..from + part.len()];
        dot(part, other) / (dot(part, part) * dot(other, other)).sqrt()
    };
    (middle - 1_000..middle + 1_000).map(at).fold(0.0, f64::max)
}

#[test]
fn every_container_gives_the_same_sentence() {
    let reference = hear(&bytes("speech.wav")).unwrap().pieces.remove(0);
    let names = [
        "speech.mp3",
        "vorbis.ogg",
        "opus.ogg",
        "aac.m4a",
        "faststart.m4a",
        "speech.aac",
        "alac.m4a",
        "speech.flac",
        "opus.webm",
        "vorbis.webm",
        "opus.mp4",
        "mulaw.wav",
        "adpcm.wav",
        "live.webm",
        "speech.wav",
    ];
    for name in names {
        let heard = hear(&bytes(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(heard.pieces.len(), 1, "{name}");
        let piece = &heard.pieces[0];
        let end = piece.start + piece.seconds();
        assert!(
            FROM.contains(&piece.start),
            "{name} starts at {}",
            piece.start
        );
        assert!(TO.contains(&end), "{name} ends at {end}");
        assert!(!heard.truncated, "{name}");
        assert!(
            (heard.decoded - 7.34).abs() < 0.2,
            "{name}: {}",
            heard.decoded
        );
        assert!(
            piece.samples.iter().all(|sample| sample.abs() <= 1.0),
            "{name}"
        );
        let peak = piece
            .samples
            .iter()
            .fold(0.0f32, |peak, s| peak.max(s.abs()));
        assert!((peak - 0.9).abs() < 0.01, "{name}: {peak}");
        let from = ((piece.start - reference.start) * f64::from(SAMPLE_RATE)).round();
        assert!(from.abs() < 8000.0, "{name}");
        let like = likeness(&piece.samples, &reference.samples);
        assert!(like > 0.8, "{name} is {like:.3} like the original");
    }
}

#[test]
fn lengths_are_told_where_the_container_tells_them() {
    for name in [
        "speech.wav",
        "aac.m4a",
        "speech.flac",
        "opus.webm",
        "vorbis.ogg",
        "opus.ogg",
        "speech.mp3",
    ] {
        let seconds = hear(&bytes(name)).unwrap().seconds.unwrap();
        assert!((seconds - 7.34).abs() < 0.2, "{name}: {seconds}");
    }
    assert_eq!(hear(&bytes("live.webm")).unwrap().seconds, None);
}

#[test]
fn what_a_browser_records_is_heard() {
    let heard = hear(&bytes("browser.webm")).unwrap();
    assert_eq!(heard.pieces.len(), 1);
    assert!(heard.decoded > 3.0, "{}", heard.decoded);
    assert!(!heard.truncated);
    assert_eq!(kind(&bytes("browser.webm")), Kind::Audio("audio/webm"));
}

#[test]
fn the_sound_of_a_film_is_heard() {
    let heard = hear(&bytes("film.webm")).unwrap();
    assert_eq!(heard.pieces.len(), 1);
}

#[test]
fn silence_has_no_pieces_and_noise_has() {
    let silence = hear(&bytes("silence.flac")).unwrap();
    assert!(silence.pieces.is_empty());
    assert!((silence.decoded - 20.0).abs() < 0.1);
    assert_eq!(hear(&bytes("noise.ogg")).unwrap().pieces.len(), 1);
}

#[test]
fn no_sample_is_lost_or_doubled_at_a_cut() {
    // 23 minutes that say of every sample where it was: loudness rises slowly and falls, pitch rises.
    let rate = 11_025u32;
    let count = rate * 60 * 23;
    let mut samples = Vec::with_capacity(count as usize);
    let mut phase = 0.0f64;
    for at in 0..count {
        let at = f64::from(at) / f64::from(rate);
        phase += std::f64::consts::TAU * (300.0 + at / 4.0) / f64::from(rate);
        let loud = if at % 7.0 < 0.5 { 0.0002 } else { 0.6 };
        samples.push((phase.sin() * loud) as f32);
    }
    let mut recording = wav(&samples);
    recording[24..28].copy_from_slice(&rate.to_le_bytes());
    let heard = hear(&recording).unwrap();
    assert!(heard.pieces.len() >= 3);
    assert!((heard.decoded - 23.0 * 60.0).abs() < 1.0 / f64::from(SAMPLE_RATE));
    for pair in heard.pieces.windows(2) {
        assert!(pair[0].seconds() <= 600.0);
        let gap = pair[1].start - pair[0].start - pair[0].seconds();
        // The cut is in a pause, and nothing but the pause is left out.
        assert!((0.0..0.5).contains(&gap), "{gap}");
        let at = (pair[1].start - gap / 2.0) % 7.0;
        assert!(!(0.55..6.95).contains(&at), "cut at {at} of 7 seconds");
    }
    // The pitch at a moment is what it was at that moment.
    for piece in &heard.pieces {
        let middle = piece.samples.len() / 2;
        let window = &piece.samples[middle..middle + 8000];
        let crossings = window
            .windows(2)
            .filter(|two| two[0] < 0.0 && two[1] >= 0.0)
            .count();
        let at = piece.start + (middle + 4000) as f64 / f64::from(SAMPLE_RATE);
        if (at % 7.0) > 1.0 && (at % 7.0) < 6.5 {
            let expected = f64::midpoint(300.0, at / 4.0);
            assert!(
                (crossings as f64 - expected).abs() < 3.0,
                "{crossings} for {expected}"
            );
        }
    }
}

#[test]
fn what_is_too_long_is_refused_at_once_or_when_it_gets_there() {
    let limits = Limits {
        audio: std::time::Duration::from_secs(3),
        ..Limits::default()
    };
    let open = |name: &str| pieces(&path(name), kind(&bytes(name)), &limits);
    assert!(matches!(open("speech.wav"), Err(AudioError::TooLong(_))));
    let mut live = open("live.webm").unwrap();
    assert!(matches!(live.next(), Some(Err(AudioError::TooLong(_)))));
    assert!(live.next().is_none());
}

#[test]
fn what_is_cut_off_gives_what_there_is() {
    for name in [
        "speech.wav",
        "speech.mp3",
        "vorbis.ogg",
        "opus.ogg",
        "faststart.m4a",
        "speech.flac",
        "opus.webm",
    ] {
        let whole = bytes(name);
        let heard =
            hear(&whole[..whole.len() / 2]).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(heard.pieces.len(), 1, "{name}");
        assert!(
            (2.0..5.5).contains(&heard.decoded),
            "{name}: {}",
            heard.decoded
        );
        // Of OGG and plain MP3 nobody can tell; the others declare how long they were.
        if matches!(
            name,
            "speech.wav" | "faststart.m4a" | "speech.flac" | "opus.webm"
        ) {
            assert!(heard.truncated, "{name}");
        }
    }
    let live = bytes("live.webm");
    let heard = hear(&live[..live.len() / 2]).unwrap();
    assert!(!heard.truncated && heard.decoded > 2.0);
}

#[test]
fn what_cannot_be_heard_is_said_in_words() {
    let error = |bytes: &[u8], kind: Kind| {
        let file = file(bytes);
        pieces(file.path(), kind, &Limits::default())
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .unwrap_err()
    };
    let wave = Kind::Audio("audio/wav");
    assert_eq!(error(b"", wave), AudioError::Empty);
    assert_eq!(
        error(b"these are words, not a recording at all", wave),
        AudioError::NotAudio
    );
    assert_eq!(error(&bytes("board.png"), wave), AudioError::NotAudio);
    assert_eq!(error(b"%PDF-1.7", Kind::Pdf), AudioError::NotAudio);
    assert_eq!(
        error(&bytes("silent-film.mp4"), Kind::Audio("audio/mp4")),
        AudioError::NoSound
    );
    assert_eq!(
        error(&bytes("silent-film.webm"), Kind::Audio("audio/webm")),
        AudioError::NoSound
    );
    assert_eq!(error(&wav(&[]), wave), AudioError::NoSound);
    let speex = error(&bytes("speex.ogg"), Kind::Audio("audio/ogg"));
    assert!(
        matches!(
            speex,
            AudioError::Unsupported(_) | AudioError::NotAudio | AudioError::NoSound
        ),
        "{speex}"
    );
    let mut locked = bytes("faststart.m4a");
    let at = locked.windows(4).position(|four| four == b"mp4a").unwrap();
    locked[at..at + 4].copy_from_slice(b"enca");
    locked.extend_from_slice(b"\0\0\0\x08sinf");
    assert_eq!(
        error(&locked, Kind::Audio("audio/mp4")),
        AudioError::Encrypted
    );
}

#[test]
fn a_wav_file_says_what_it_holds() {
    let file = wav(&[0.0, 1.0, -1.0, 2.0]);
    assert_eq!(file.len(), 44 + 8);
    assert_eq!(&file[..4], b"RIFF");
    assert_eq!(&file[44..], [0, 0, 0xff, 0x7f, 0x01, 0x80, 0xff, 0x7f]);
}
