use std::io::{Cursor, Write};
use std::path::PathBuf;
use std::time::Duration;

use media::child::{Harm, ReadError};
use media::document::{DocumentError, page_picture, read};
use media::{Kind, Limits, Reader};
use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::{bytes, file, kind, patient};

/// Files of every kind, small enough to be read many times.
const FILES: [&str; 21] = [
    "speech.mp3",
    "vorbis.ogg",
    "opus.ogg",
    "faststart.m4a",
    "alac.m4a",
    "speech.aac",
    "speech.flac",
    "opus.webm",
    "live.webm",
    "opus.mp4",
    "adpcm.wav",
    "mulaw.wav",
    "board.png",
    "turned.jpg",
    "cmyk.jpg",
    "moving.gif",
    "moving.webp",
    "letter.pdf",
    "scanned.pdf",
    "plan.docx",
    "lines.pdf",
];

fn child(limits: Limits) -> Reader {
    Reader::child(
        PathBuf::from(env!("CARGO_BIN_EXE_media-child")),
        Vec::new(),
        limits,
    )
}

/// Reads a file in whatever way its bytes ask for. All that matters is that this comes back.
fn read_any(reader: &Reader, bytes: &[u8], kind: Kind) -> Result<(), ReadError> {
    let file = file(bytes);
    match kind {
        Kind::Audio(_) => reader
            .pieces(file.path(), kind)?
            .try_for_each(|piece| piece.map(drop)),
        Kind::Image(_) => reader.picture(file.path(), kind).map(drop),
        Kind::Pdf => {
            reader.page(file.path(), 1).map(drop)?;
            reader.document(file.path(), kind).map(drop)
        }
        _ => reader.document(file.path(), kind).map(drop),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn damaged_files_never_harm_their_reader(
        which in 0..FILES.len(),
        cut in prop::option::of(0.0..1.0f64),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
    ) {
        let mut bytes = bytes(FILES[which]);
        let kind = kind(&bytes);
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate((bytes.len() as f64 * cut) as usize);
        }
        // In this process: a panic would fail the test, and so would a crash or a hang.
        if let Err(ReadError::Unsafe(harm)) = read_any(&Reader::in_process(patient()), &bytes, kind) {
            prop_assert!(false, "{}: {harm}", FILES[which]);
        }
    }

    #[test]
    fn noise_is_an_error(bytes in prop::collection::vec(any::<u8>(), 0..4000), which in 0..FILES.len()) {
        let kind = kind(&crate::bytes(FILES[which]));
        let _either = read_any(&Reader::in_process(patient()), &bytes, kind);
    }

    #[test]
    fn kinds_are_told_of_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200), start in 0..8usize) {
        let marks: [&[u8]; 8] = [b"", b"OggS", b"\0\0\0\x18ftyp", b"\x1a\x45\xdf\xa3", b"PK\x03\x04", b"\xff\xfb", b"\xff\xf1", b"{\\rtf"];
        let bytes = [marks[start], &bytes].concat();
        let _any = kind(&bytes);
    }
}

/// A Word document of these parts.
fn docx(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn a_document_that_unpacks_to_much_more_is_refused() {
    let bomb = docx(&[("word/document.xml", &vec![b' '; 65 << 20])]);
    assert!(bomb.len() < 100_000);
    assert_eq!(kind(&bomb), Kind::Docx);
    assert_eq!(
        read(&bomb, Kind::Docx, &Limits::default()),
        Err(DocumentError::TooLarge)
    );
    let many: Vec<String> = (0..10_001).map(|n| format!("word/{n}.xml")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert_eq!(
        read(&docx(&many), Kind::Docx, &Limits::default()),
        Err(DocumentError::TooLarge)
    );
    assert_eq!(
        read(
            &docx(&[("notes.txt", b"x")]),
            Kind::Docx,
            &Limits::default()
        ),
        Err(DocumentError::Broken)
    );
}

#[test]
fn nesting_in_a_document_costs_nothing() {
    let deep = "<w:tbl><w:tr><w:tc>".repeat(50_000);
    let refused = docx(&[(
        "word/document.xml",
        format!("<w:document>{deep}").as_bytes(),
    )]);
    assert_eq!(
        read(&refused, Kind::Docx, &Limits::default()),
        Err(DocumentError::TooLarge)
    );
    let deep = "<w:sdt>".repeat(1_000_000) + "<w:p><w:r><w:t>Buy milk";
    let read_on = docx(&[(
        "word/document.xml",
        format!("<w:document>{deep}").as_bytes(),
    )]);
    let found = read(&read_on, Kind::Docx, &Limits::default());
    assert!(
        found.is_ok() || found == Err(DocumentError::Broken),
        "{found:?}"
    );
}

#[test]
fn nesting_in_a_web_page_harms_nobody() {
    let limits = Limits {
        time: Duration::from_secs(5),
        ..Limits::default()
    };
    for tag in [
        "<div>",
        "<b>",
        "<table><tr><td>",
        "<ul><li>",
        "<blockquote>",
        "<svg><g>",
    ] {
        let page = format!("<html><body>{}Buy milk", tag.repeat(100_000));
        let file = file(page.as_bytes());
        let found = child(limits).document(file.path(), Kind::Html);
        match found {
            // Words in drawings are left out.
            Ok(document) => assert!(
                tag.starts_with("<svg") || document.text.contains("Buy milk"),
                "{tag}"
            ),
            Err(ReadError::Document(_) | ReadError::Unsafe(Harm::Crashed | Harm::TooSlow))
                if tag.starts_with("<svg") => {}
            Err(other) => panic!("{tag}: {other}"),
        }
    }
}

/// A PDF of these objects, the first of which is its catalogue.
fn pdf(objects: &[String]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        write!(file, "{} 0 obj\n{object}\nendobj\n", number + 1).unwrap();
    }
    let start = file.len();
    write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for offset in offsets {
        writeln!(file, "{offset:010} 00000 n ").unwrap();
    }
    write!(
        file,
        "trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF",
        objects.len() + 1
    )
    .unwrap();
    file
}

#[test]
fn a_pdf_of_very_many_pages_is_refused() {
    let kids: Vec<String> = (0..100_000).map(|n| format!("{} 0 R", n + 3)).collect();
    let kids = kids.join(" ");
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Count 100000/Kids[{kids}]>>"),
    ];
    objects
        .extend((0..100_000).map(|_| "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>".to_owned()));
    let file = file(&pdf(&objects));
    let error = child(patient())
        .document(file.path(), Kind::Pdf)
        .unwrap_err();
    let expected = DocumentError::TooManyPages {
        pages: 100_000,
        limit: 500,
    };
    assert!(
        matches!(&error, ReadError::Document(found) if *found == expected),
        "{error}"
    );
}

#[test]
fn a_pdf_that_refers_to_itself_comes_to_an_end() {
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</XObject<</A 5 0 R>>>>>>";
    let draw = "<</Length 5>>stream\n/A Do\nendstream";
    let form = "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 5 0 R>>>>/Length 11>>stream\n/A Do /A Do\nendstream";
    let cases = [
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Count 1/Kids[2 0 R]>>",
            "null",
            "null",
            "null",
        ],
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "2 0 R",
            "null",
            "null",
            "null",
        ],
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Count 1/Kids[3 0 R]>>",
            page,
            draw,
            form,
        ],
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Parent 2 0 R/Count -5/Kids 2 0 R>>",
            page,
            draw,
            form,
        ],
    ];
    for case in cases {
        let file = file(&pdf(&case.map(str::to_owned)));
        let reader = child(patient());
        for error in [
            reader.document(file.path(), Kind::Pdf).err(),
            reader.page(file.path(), 1).err(),
        ] {
            assert!(
                !matches!(
                    error,
                    Some(ReadError::Unsafe(Harm::Garbled | Harm::TooMuch))
                ),
                "{error:?}"
            );
        }
    }
}

#[test]
fn a_page_as_large_as_a_city_is_drawn_small_or_refused() {
    for size in ["1e9 1e9", "1e9 1", "0 0", "-5 -5", "nan inf", "14400 14400"] {
        let objects = [
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            "<</Type/Pages/Count 1/Kids[3 0 R]>>".to_owned(),
            format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 {size}]>>"),
        ];
        if let Ok(picture) = page_picture(&pdf(&objects), 1, &Limits::default()) {
            assert!(picture.width.max(picture.height) <= 2400, "{size}");
        }
    }
}

#[test]
fn empty_files_of_every_kind_are_errors() {
    for name in FILES {
        let error = read_any(&child(patient()), b"", kind(&bytes(name))).unwrap_err();
        assert!(error.to_string().ends_with("is empty"), "{name}: {error}");
    }
}
