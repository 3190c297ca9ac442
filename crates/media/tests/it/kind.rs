use media::Kind;
use media::kind::detect;

use crate::{bytes, kind};

#[test]
fn every_recording_is_told_by_its_bytes() {
    for (name, media_type) in [
        ("speech.wav", "audio/wav"),
        ("mulaw.wav", "audio/wav"),
        ("speech.mp3", "audio/mpeg"),
        ("vorbis.ogg", "audio/ogg"),
        ("opus.ogg", "audio/ogg"),
        ("noise.ogg", "audio/ogg"),
        ("aac.m4a", "audio/mp4"),
        ("faststart.m4a", "audio/mp4"),
        ("alac.m4a", "audio/mp4"),
        ("opus.mp4", "audio/mp4"),
        ("speech.aac", "audio/aac"),
        ("speech.flac", "audio/flac"),
        ("opus.webm", "audio/webm"),
        ("live.webm", "audio/webm"),
        ("film.webm", "audio/webm"),
    ] {
        assert_eq!(kind(&bytes(name)), Kind::Audio(media_type), "{name}");
        assert_eq!(
            Kind::of_media_type(media_type),
            Some(Kind::Audio(media_type))
        );
    }
}

#[test]
fn frames_of_mp3_without_a_tag_are_no_text_and_no_adts() {
    let tagged = bytes("speech.mp3");
    let at = tagged
        .windows(2)
        .position(|two| two == [0xff, 0xfb])
        .unwrap();
    assert_eq!(kind(&tagged[at..]), Kind::Audio("audio/mpeg"));
    assert_eq!(kind(b"\xff\xfeB\0u\0y\0"), Kind::Text);
}

#[test]
fn documents_and_pictures_are_told_by_their_bytes() {
    for name in ["letter.pdf", "lines.pdf", "locked.pdf"] {
        assert_eq!(kind(&bytes(name)), Kind::Pdf, "{name}");
    }
    assert_eq!(kind(&bytes("plan.docx")), Kind::Docx);
    assert_eq!(kind(&bytes("turned.jpg")), Kind::Image("image/jpeg"));
    assert_eq!(kind(&bytes("clear.webp")), Kind::Image("image/webp"));
    assert_eq!(kind(&bytes("moving.gif")), Kind::Image("image/gif"));
}

#[test]
fn what_is_known_but_not_read_says_why() {
    let why = |bytes: &[u8]| match kind(bytes) {
        Kind::Unreadable(why) => why,
        other => panic!("{other:?}"),
    };
    assert!(why(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic").contains("HEIC"));
    assert!(why(b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf").contains("HEIC or AVIF"));
    assert!(why(&bytes("silent-film.mp4")).contains("films"));
    assert!(why(&bytes("silent-film.webm")).contains("films"));
    assert!(why(&bytes("speex.ogg")).contains("OGG"));
    assert!(why(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0").contains(".doc"));
    assert!(why(b"{\\rtf1\\ansi Buy milk}").contains(".rtf"));
    assert!(why(b"BM\x36\x10\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0").contains("JPEG"));
    assert_eq!(kind(b"BMW: book the service for Friday"), Kind::Text);
}

#[test]
fn an_archive_is_a_document_only_if_it_holds_one() {
    let archive = |name: &str, content: &str| {
        let mut file = b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec();
        file.extend_from_slice(&u16::try_from(name.len()).unwrap().to_le_bytes());
        file.extend_from_slice(&[0, 0]);
        file.extend_from_slice(name.as_bytes());
        file.extend_from_slice(content.as_bytes());
        detect(&file, "a.docx")
    };
    assert_eq!(archive("notes.txt", "word/document.xml"), Kind::Binary);
    assert_eq!(archive("word/document.xml", ""), Kind::Docx);
    assert!(matches!(archive("xl/workbook.xml", ""), Kind::Unreadable(why) if why.contains("CSV")));
    let open = archive("mimetype", "application/vnd.oasis.opendocument.text");
    assert!(matches!(open, Kind::Unreadable(why) if why.contains("OpenDocument")));
}
