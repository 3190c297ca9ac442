//! Any chunking gives the same frames.

use proptest::prelude::*;

use super::{Frame, Framing, MAX_FRAME, TooLarge};

fn read(mut framing: Framing, chunks: &[&[u8]]) -> Vec<Frame> {
    let mut frames = Vec::new();
    for chunk in chunks {
        framing.push(chunk).unwrap();
        while let Some(frame) = framing.next_frame().unwrap() {
            frames.push(frame);
        }
    }
    frames.extend(framing.end().unwrap());
    frames
}

fn data(frames: &[Frame]) -> Vec<&str> {
    frames.iter().map(|frame| frame.data.as_str()).collect()
}

#[test]
fn events_with_every_line_end() {
    let frames = read(
        Framing::events(),
        &[b"data: a\n\ndata: b\r\n\r\ndata: c\r\rdata:d\n\n"],
    );
    assert_eq!(data(&frames), ["a", "b", "c", "d"]);
}

#[test]
fn a_line_end_may_come_in_two_pieces() {
    let frames = read(
        Framing::events(),
        &[
            b"data: a\r",
            b"\n",
            b"\r",
            b"\n",
            b"data: b\r",
            b"\n",
            b"\n",
        ],
    );
    assert_eq!(data(&frames), ["a", "b"]);
}

#[test]
fn lines_of_data_are_joined_and_only_one_blank_is_taken_off() {
    let frames = read(Framing::events(), &[b"data:  a\ndata\ndata: b\n\n"]);
    assert_eq!(data(&frames), [" a\n\nb"]);
}

#[test]
fn comments_ids_and_a_byte_order_mark_say_nothing() {
    let text = b"\xEF\xBB\xBF: ping\n\nid: 7\nretry: 10\nevent: delta\ndata: x\n\n: ping\n\n";
    let frames = read(Framing::events(), &[text]);
    assert_eq!(
        frames,
        [Frame {
            event: Some("delta".to_owned()),
            data: "x".to_owned()
        }]
    );
}

#[test]
fn an_event_without_data_does_not_name_the_next_one() {
    let frames = read(Framing::events(), &[b"event: ping\n\ndata: x\n\n"]);
    assert_eq!(frames[0].event, None);
}

#[test]
fn the_last_event_may_lack_its_empty_line() {
    assert_eq!(
        data(&read(Framing::events(), &[b"data: [DONE]"])),
        ["[DONE]"]
    );
    assert_eq!(data(&read(Framing::lines(), &[b"{}\n{\"a\":1}"])).len(), 2);
}

#[test]
fn empty_lines_between_lines_are_passed_over() {
    let frames = read(Framing::lines(), &[b"\r\n{}\r\n\n  \n[]\n"]);
    assert_eq!(data(&frames), ["{}", "[]"]);
}

#[test]
fn a_line_without_end_is_refused() {
    let mut framing = Framing::events();
    let piece = vec![b'x'; 1024 * 1024];
    let mut refused = false;
    for _ in 0..8 {
        refused |= framing.push(&piece) == Err(TooLarge);
        refused |= framing.next_frame() == Err(TooLarge);
    }
    assert!(refused);
}

#[test]
fn an_event_of_many_lines_is_refused_too() {
    let mut framing = Framing::events();
    let line = format!("data: {}\n", "x".repeat(64 * 1024));
    let mut refused = false;
    for _ in 0..=MAX_FRAME / (64 * 1024) {
        refused |= framing.push(line.as_bytes()).is_err() || framing.next_frame().is_err();
    }
    assert!(refused);
}

fn pieces<'a>(text: &'a [u8], cuts: &[usize]) -> Vec<&'a [u8]> {
    let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut % (text.len() + 1)).collect();
    cuts.push(text.len());
    cuts.sort_unstable();
    let mut from = 0;
    cuts.into_iter()
        .map(|cut| {
            let piece = &text[from..cut];
            from = cut;
            piece
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_chunking_of_events_gives_the_same_events(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "data: Grüße 😀", "data: {\"a\":1}", "event: x", ": ping", "\u{feff}", "id: 1",
                "\n", "\r", "\r\n", "\n\n", "\r\r", "\r\n\r\n", "data", "data:[DONE]",
            ]),
            0..24,
        ),
        cuts in prop::collection::vec(any::<usize>(), 0..24),
    ) {
        let text = parts.concat().into_bytes();
        let whole = read(Framing::events(), &[&text]);
        prop_assert_eq!(read(Framing::events(), &pieces(&text, &cuts)), whole);
        let single: Vec<&[u8]> = text.chunks(1).collect();
        prop_assert_eq!(read(Framing::events(), &single), read(Framing::events(), &[&text]));
        let lines = read(Framing::lines(), &[&text]);
        prop_assert_eq!(read(Framing::lines(), &single), lines);
    }

    #[test]
    fn no_bytes_panic(chunks in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 0..12)) {
        let mut framing = Framing::events();
        for chunk in &chunks {
            framing.push(chunk).unwrap();
            while framing.next_frame().unwrap().is_some() {}
        }
        framing.end().unwrap();
    }
}
