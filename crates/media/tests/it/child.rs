use std::ffi::OsString;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use media::audio::AudioError;
use media::child::{Harm, ReadError};
use media::document::DocumentError;
use media::image::ImageError;
use media::{Kind, Limits, Reader};

use crate::{bytes, file, kind, path};

fn child(limits: Limits) -> Reader {
    Reader::child(
        PathBuf::from(env!("CARGO_BIN_EXE_media-child")),
        Vec::new(),
        limits,
    )
}

/// A child that is a line of shell and ignores what it is asked.
fn shell(line: &str, limits: Limits) -> Reader {
    let args = ["-c", line].map(OsString::from);
    Reader::child(PathBuf::from("/bin/sh"), args.to_vec(), limits)
}

#[test]
fn a_child_reads_what_is_read_here() {
    let here = Reader::in_process(Limits::default());
    let there = child(Limits::default());
    for name in ["board.png", "turned.jpg", "moving.gif"] {
        let kind = kind(&bytes(name));
        assert_eq!(
            here.picture(&path(name), kind).unwrap(),
            there.picture(&path(name), kind).unwrap()
        );
    }
    for name in ["letter.pdf", "scanned.pdf", "plan.docx"] {
        let kind = kind(&bytes(name));
        assert_eq!(
            here.document(&path(name), kind).unwrap(),
            there.document(&path(name), kind).unwrap()
        );
    }
    let page = path("scanned.pdf");
    assert_eq!(here.page(&page, 2).unwrap(), there.page(&page, 2).unwrap());
    for name in ["speech.mp3", "opus.ogg", "live.webm", "silence.flac"] {
        let kind = kind(&bytes(name));
        let (mut a, mut b) = (
            here.pieces(&path(name), kind).unwrap(),
            there.pieces(&path(name), kind).unwrap(),
        );
        assert_eq!(a.seconds(), b.seconds());
        loop {
            match (a.next(), b.next()) {
                (None, None) => break,
                (Some(a), Some(b)) => assert_eq!(a.unwrap(), b.unwrap()),
                (a, b) => panic!("{name}: {} {}", a.is_some(), b.is_some()),
            }
        }
        assert_eq!(
            (a.decoded(), a.truncated()),
            (b.decoded(), b.truncated()),
            "{name}"
        );
    }
}

#[test]
fn errors_come_through_as_they_are() {
    let there = child(Limits::default());
    let image = there
        .picture(&path("bomb.png"), Kind::Image("image/png"))
        .unwrap_err();
    assert!(
        matches!(
            image,
            ReadError::Image(ImageError::TooLarge { width: 60_000, .. })
        ),
        "{image}"
    );
    let document = there.document(&path("locked.pdf"), Kind::Pdf).unwrap_err();
    assert!(
        matches!(document, ReadError::Document(DocumentError::Encrypted)),
        "{document}"
    );
    let page = there.page(&path("lines.pdf"), 9).unwrap_err();
    assert!(
        matches!(page, ReadError::Document(DocumentError::NoPage(9))),
        "{page}"
    );
    let silent = there
        .pieces(&path("silent-film.mp4"), Kind::Audio("audio/mp4"))
        .err()
        .unwrap();
    assert!(
        matches!(silent, ReadError::Audio(AudioError::NoSound)),
        "{silent}"
    );
    let known = there
        .picture(&path("board.png"), Kind::Unreadable("because"))
        .unwrap_err();
    assert_eq!(known.to_string(), "because");
    assert!(matches!(
        there.document(&path("absent"), Kind::Pdf),
        Err(ReadError::Open(_))
    ));
    let small = child(Limits {
        file: 100,
        ..Limits::default()
    });
    assert!(matches!(
        small.document(&path("letter.pdf"), Kind::Pdf),
        Err(ReadError::TooLarge(100))
    ));
    let absent = Reader::child(
        PathBuf::from("/nowhere/at/all"),
        Vec::new(),
        Limits::default(),
    );
    assert!(matches!(
        absent.document(&path("letter.pdf"), Kind::Pdf),
        Err(ReadError::Start(_))
    ));
}

#[test]
fn a_child_that_crashes_lies_or_hangs_is_an_error_with_a_reason() {
    let short = Limits {
        time: Duration::from_millis(300),
        ..Limits::default()
    };
    for (line, harm) in [
        ("exit 0", Harm::Crashed),
        ("exit 1", Harm::Crashed),
        ("kill -SEGV $$", Harm::Crashed),
        ("kill -XCPU $$", Harm::TooSlow),
        ("exec sleep 600", Harm::TooSlow),
        ("echo this is no frame at all", Harm::Garbled),
        ("printf 'H\\377\\377\\377\\377'; exec cat", Harm::TooMuch),
        ("printf 'H\\002\\0\\0\\0{}'; exec sleep 600", Harm::Garbled),
        ("printf 'D\\002\\0\\0\\0{}'; exec sleep 600", Harm::Garbled),
        ("printf 'H\\377\\0\\0\\0{}'; exec sleep 600", Harm::TooSlow),
        ("printf 'H\\377\\0\\0\\0{}'", Harm::Crashed),
    ] {
        let reader = shell(line, short);
        let kind = Kind::Image("image/png");
        let found = [
            reader.picture(&path("board.png"), kind).err(),
            reader.document(&path("letter.pdf"), Kind::Pdf).err(),
            reader.page(&path("letter.pdf"), 1).err(),
            reader
                .pieces(&path("speech.wav"), Kind::Audio("audio/wav"))
                .err(),
        ];
        for error in found {
            let error = error.unwrap();
            assert!(
                matches!(error, ReadError::Unsafe(found) if found == harm),
                "{line}: {error}"
            );
            assert!(
                error
                    .to_string()
                    .starts_with("this file could not be read safely")
            );
        }
    }
}

#[test]
fn more_pixels_or_text_than_announced_are_refused() {
    let head = r#"{"Ok":{"width":1,"height":1,"original":[1,1],"animated":false}}"#;
    let frames = |data: &str| {
        format!(
            "printf 'H\\{:03o}\\0\\0\\0%s' '{head}'; printf '{data}'",
            head.len()
        )
    };
    let kind = Kind::Image("image/png");
    let see =
        |data: &str| shell(&frames(data), Limits::default()).picture(&path("board.png"), kind);
    assert_eq!(see("D\\003\\0\\0\\0abc").unwrap().rgb, b"abc");
    assert!(matches!(
        see("D\\004\\0\\0\\0abcd"),
        Err(ReadError::Unsafe(Harm::TooMuch))
    ));
    assert!(matches!(
        see("D\\002\\0\\0\\0ab"),
        Err(ReadError::Unsafe(Harm::Garbled))
    ));
}

#[test]
fn a_child_goes_when_its_recording_is_dropped() {
    let mark = tempfile::NamedTempFile::new().unwrap();
    let head = r#"{"Ok":{"seconds":null}}"#;
    let line = format!(
        "echo $$ > {}; printf 'H\\{:03o}\\0\\0\\0%s' '{head}'; exec sleep 600",
        mark.path().display(),
        head.len()
    );
    let recording = shell(&line, Limits::default())
        .pieces(&path("speech.wav"), Kind::Audio("audio/wav"))
        .unwrap();
    let pid: u32 = std::fs::read_to_string(mark.path())
        .unwrap()
        .trim()
        .parse()
        .unwrap();
    let alive = || PathBuf::from(format!("/proc/{pid}")).exists();
    assert!(alive());
    drop(recording);
    assert!(!alive());
}

#[test]
fn the_keys_of_the_server_are_not_in_the_environment_of_the_child() {
    let head = r#"{"Ok":{"title":null,"pages":null,"blank_pages":[],"truncated":false}}"#;
    let line = format!(
        "printf 'H\\{:03o}\\0\\0\\0%s' '{head}'; text=$(env | cut -d= -f1 | sort | tr '\\n' ' '); \
         printf \"D\\\\$(printf %03o ${{#text}})\\\\0\\\\0\\\\0\"; printf %s \"$text\"",
        head.len()
    );
    let names = shell(&line, Limits::default())
        .document(&path("letter.pdf"), Kind::Pdf)
        .unwrap()
        .text;
    assert!(
        names.contains("MALLOC_ARENA_MAX") && !names.contains("CARGO"),
        "{names}"
    );
}

#[test]
fn the_limits_of_memory_and_time_hold_in_the_child() {
    let mut file_of_pixels = std::io::Cursor::new(Vec::new());
    image::RgbaImage::new(4000, 4000)
        .write_to(&mut file_of_pixels, image::ImageFormat::Png)
        .unwrap();
    let large = file(&file_of_pixels.into_inner());
    let kind = Kind::Image("image/png");
    let enough = child(Limits {
        memory: 400 << 20,
        ..Limits::default()
    });
    assert_eq!(enough.picture(large.path(), kind).unwrap().width, 4000);
    let little = child(Limits {
        memory: 150 << 20,
        ..Limits::default()
    });
    let error = little.picture(large.path(), kind).unwrap_err();
    assert!(
        matches!(
            error,
            ReadError::Unsafe(Harm::Crashed) | ReadError::Image(ImageError::TooLarge { .. })
        ),
        "{error}"
    );
    let hurry = child(Limits {
        time: Duration::ZERO,
        ..Limits::default()
    });
    let begun = Instant::now();
    let error = hurry.picture(large.path(), kind).unwrap_err();
    assert!(matches!(error, ReadError::Unsafe(Harm::TooSlow)), "{error}");
    assert!(begun.elapsed() < Duration::from_secs(30));
}
