use proptest::prelude::*;

use super::*;

fn piece(text: &str, left: f32, top: f32, width: f32) -> Piece {
    let bounds = [left, top, left + width, top + 20.0];
    Piece {
        text: text.to_owned(),
        confidence: 0.9,
        place: Frame {
            left,
            top,
            right: bounds[2],
            bottom: bounds[3],
        },
        bounds,
    }
}

fn read(pieces: &[Piece]) -> String {
    let mut shuffled = pieces.to_vec();
    shuffled.reverse();
    let (text, lines) = arrange(shuffled);
    let joined: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    let without_blanks: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(joined, without_blanks);
    text
}

#[test]
fn rows_are_read_down_and_words_across() {
    let text = read(&[
        piece("Call", 10.0, 10.0, 50.0),
        piece("Ann", 80.0, 13.0, 40.0),
        piece("today", 130.0, 8.0, 60.0),
        piece("Buy milk", 10.0, 36.0, 90.0),
    ]);
    assert_eq!(text, "Call Ann today\nBuy milk");
}

#[test]
fn joined_words_have_one_place_and_weigh_by_length() {
    let mut short = piece("ab", 10.0, 10.0, 20.0);
    short.confidence = 0.5;
    let (_, lines) = arrange(vec![piece("abcdef", 40.0, 12.0, 60.0), short]);
    let [line] = &lines[..] else {
        panic!("{lines:?}")
    };
    assert_eq!(
        (line.text.as_str(), line.bounds),
        ("ab abcdef", [10.0, 10.0, 100.0, 32.0])
    );
    assert!((line.confidence - 0.8).abs() < 1e-6);
}

#[test]
fn a_wider_distance_than_usual_parts_blocks() {
    let text = read(&[
        piece("a", 10.0, 0.0, 90.0),
        piece("b", 10.0, 25.0, 90.0),
        piece("c", 10.0, 50.0, 90.0),
        piece("d", 10.0, 120.0, 90.0),
    ]);
    assert_eq!(text, "a\nb\nc\n\nd");
    let wide = read(&[
        piece("a", 10.0, 0.0, 90.0),
        piece("b", 10.0, 50.0, 90.0),
        piece("c", 10.0, 100.0, 90.0),
    ]);
    assert_eq!(wide, "a\nb\nc", "a board with much room is one block");
}

#[test]
fn columns_are_read_one_after_the_other_between_title_and_foot() {
    let text = read(&[
        piece("Notes of the meeting of Monday", 100.0, 0.0, 400.0),
        piece("aa1", 10.0, 40.0, 200.0),
        piece("bb1", 300.0, 41.0, 200.0),
        piece("aa2", 10.0, 65.0, 180.0),
        piece("bb2", 300.0, 66.0, 150.0),
        piece("aa3", 10.0, 90.0, 210.0),
        piece("The end of it, over the whole page", 10.0, 130.0, 450.0),
    ]);
    assert_eq!(
        text,
        "Notes of the meeting of Monday\n\naa1\naa2\naa3\n\nbb1\nbb2\n\nThe end of it, over the whole page"
    );
}

#[test]
fn columns_need_not_be_level() {
    let mut pieces = Vec::new();
    for (i, (left, right)) in ["aa1", "aa2", "aa3"]
        .iter()
        .zip(["bb1", "bb2", "bb3"])
        .enumerate()
    {
        pieces.push(piece(left, 10.0, 26.0 * i as f32, 200.0));
        pieces.push(piece(right, 300.0, 13.0 + 26.0 * i as f32, 200.0));
    }
    assert_eq!(read(&pieces), "aa1\naa2\naa3\n\nbb1\nbb2\nbb3");
}

#[test]
fn three_columns_are_three() {
    let mut pieces = Vec::new();
    for row in ["1", "2"] {
        for (column, left) in [("x", 10.0), ("y", 300.0), ("z", 600.0)] {
            let top = if row == "1" { 10.0 } else { 35.0 };
            pieces.push(piece(&format!("{column}{column}{row}"), left, top, 150.0));
        }
    }
    assert_eq!(read(&pieces), "xx1\nxx2\n\nyy1\nyy2\n\nzz1\nzz2");
}

#[test]
fn a_price_belongs_to_its_row() {
    let text = read(&[
        piece("Milk", 10.0, 0.0, 60.0),
        piece("1.20", 400.0, 1.0, 50.0),
        piece("Bread", 10.0, 25.0, 70.0),
        piece("2.80 EUR", 400.0, 26.0, 80.0),
        piece("Total", 10.0, 50.0, 70.0),
        piece("4.00", 400.0, 51.0, 50.0),
    ]);
    assert_eq!(text, "Milk 1.20\nBread 2.80 EUR\nTotal 4.00");
}

/// Rows of cells that begin at 10, 400 and 600.
fn grid(rows: &[[&str; 3]]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        for (text, left) in row.iter().zip([10.0, 400.0, 600.0]) {
            if !text.is_empty() {
                pieces.push(piece(text, left, 26.0 * i as f32, 6.0 * text.len() as f32));
            }
        }
    }
    pieces
}

#[test]
fn a_table_keeps_its_rows_and_its_empty_cells() {
    let text = read(&grid(&[
        ["Task", "Due", "Who"],
        ["Confirm the stand number", "3 March 2026", ""],
        ["Order the brochures", "Friday", "Peter"],
        ["Pack the banners and lamps", "", "Ana"],
    ]));
    assert_eq!(
        text,
        "| Task | Due | Who |\n| Confirm the stand number | 3 March 2026 |  |\n\
         | Order the brochures | Friday | Peter |\n| Pack the banners and lamps |  | Ana |"
    );
}

#[test]
fn a_board_is_read_column_by_column() {
    let text = read(&grid(&[
        ["To do", "Doing", "Done"],
        [
            "Fix the login page",
            "Write the user guide",
            "Pay the March invoice",
        ],
        ["Call the printer soon", "Paint the small hall", ""],
    ]));
    assert_eq!(
        text,
        "To do\nFix the login page\nCall the printer soon\n\nDoing\nWrite the user guide\n\
         Paint the small hall\n\nDone\nPay the March invoice"
    );
}

#[test]
fn a_chat_stays_in_the_order_of_its_messages() {
    let text = read(&[
        piece("Can you call?", 10.0, 0.0, 150.0),
        piece("Sure", 400.0, 60.0, 60.0),
        piece("Thanks", 10.0, 120.0, 80.0),
        piece("Bye", 420.0, 180.0, 40.0),
    ]);
    assert_eq!(text, "Can you call?\nSure\nThanks\nBye");
}

#[test]
fn one_wide_row_is_no_column() {
    let text = read(&[
        piece("Ann Lee", 10.0, 0.0, 100.0),
        piece("Leeds, in May", 400.0, 0.0, 120.0),
        piece(
            "Dear Bob, the roof leaks and must be mended",
            10.0,
            30.0,
            520.0,
        ),
    ]);
    assert_eq!(
        text,
        "Ann Lee\nLeeds, in May\nDear Bob, the roof leaks and must be mended"
    );
}

#[test]
fn nothing_is_no_text() {
    assert_eq!(arrange(Vec::new()), (String::new(), Vec::new()));
}

proptest! {
    #[test]
    fn no_piece_is_lost_or_doubled(
        places in proptest::collection::vec((0.0_f32..900.0, 0.0_f32..900.0, 1.0_f32..400.0), 0..60)
    ) {
        let pieces: Vec<Piece> = places
            .iter()
            .enumerate()
            .map(|(i, (left, top, width))| piece(&format!("w{i}x"), *left, *top, *width))
            .collect();
        let (text, lines) = arrange(pieces);
        let mut words: Vec<&str> = text.split_whitespace().filter(|word| *word != "|").collect();
        words.sort_unstable();
        let mut expected: Vec<String> = (0..places.len()).map(|i| format!("w{i}x")).collect();
        expected.sort_unstable();
        prop_assert_eq!(words, expected);
        prop_assert!(lines.len() <= places.len());
        prop_assert!(!text.contains("\n\n\n") && !text.starts_with('\n') && !text.ends_with('\n'), "{:?}", text);
    }
}
