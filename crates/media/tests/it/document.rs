use media::document::{Document, DocumentError, page_picture, read};
use media::{Kind, Limits};

use crate::{bytes, kind};

fn words(name: &str) -> Document {
    let bytes = bytes(name);
    read(&bytes, kind(&bytes), &Limits::default()).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn the_lines_of_a_pdf_stay_lines_and_divided_words_are_joined() {
    let document = words("lines.pdf");
    let lines: Vec<&str> = document
        .text
        .lines()
        .filter(|line| !line.is_empty())
        .collect();
    assert_eq!(
        lines,
        [
            "TODO",
            "[ ] Call the plumber",
            "[x] Buy milk",
            "- Send the quarterly report to Dana",
            "The heating engineer comes on Thursday.",
            "Bring the state-of-",
            "the-art drill.",
            "Second page: pay the invoice.",
        ]
    );
    assert_eq!(document.pages, Some(2));
    assert!(document.blank_pages.is_empty() && !document.truncated);
}

#[test]
fn a_pdf_is_read_in_order_with_its_bullets_and_tables() {
    let document = words("letter.pdf");
    assert_eq!(document.title.as_deref(), Some("Minutes of Monday"));
    let at = |words: &str| {
        document
            .text
            .find(words)
            .unwrap_or_else(|| panic!("{words}: {}", document.text))
    };
    let order = [
        "Minutes of Monday",
        "Present were",
        "Anna sends the offer",
        "Ben books",
        "Everybody reads",
        "Next meeting",
    ];
    assert!(order.windows(2).all(|two| at(two[0]) < at(two[1])));
    let bullets = document
        .text
        .lines()
        .filter(|line| line.trim_start().starts_with(['-', '\u{2022}', '*']))
        .count();
    assert_eq!(bullets, 3, "{}", document.text);
    assert!(document.text.lines().any(|line| {
        ["Anna", "offer", "Friday"]
            .iter()
            .all(|word| line.contains(word))
    }));
    let columns = words("columns.pdf").text;
    let found: Vec<usize> = (1..15)
        .filter_map(|n| columns.find(&format!("number {n} of")))
        .collect();
    assert_eq!(found.len(), 14, "{columns}");
    assert!(found.is_sorted(), "{columns}");
}

#[test]
fn pages_without_words_are_named_and_can_be_drawn() {
    let document = words("scanned.pdf");
    assert_eq!(document.text, "Cover sheet with words");
    assert_eq!(document.pages, Some(3));
    assert_eq!(document.blank_pages, [2]);
    let file = bytes("scanned.pdf");
    let page = page_picture(&file, 2, &Limits::default()).unwrap();
    assert_eq!((page.width, page.height), (1240, 1753));
    let colours = page.colours();
    assert!(colours.light > 0.7 && colours.dark > 0.001, "{colours:?}");
    for page in [0, 4] {
        assert_eq!(
            page_picture(&file, page, &Limits::default()),
            Err(DocumentError::NoPage(page))
        );
    }
}

#[test]
fn passwords_keep_only_those_documents_closed_that_need_them_to_be_opened() {
    let locked = bytes("locked.pdf");
    assert_eq!(
        read(&locked, Kind::Pdf, &Limits::default()),
        Err(DocumentError::Encrypted)
    );
    assert_eq!(
        page_picture(&locked, 1, &Limits::default()),
        Err(DocumentError::Encrypted)
    );
    assert!(
        words("restricted.pdf")
            .text
            .contains("Anna sends the offer")
    );
}

#[test]
fn a_word_document_keeps_lists_tables_and_boxes() {
    let document = words("plan.docx");
    assert_eq!(document.title.as_deref(), Some("Plan & budget"));
    assert_eq!(
        document.text,
        "Workshop\n\n\
         The workshop is on 12 May. Please read this first.\n\n\
         - Book the room\n- Invite the speakers\n1. Collect ideas\n2. Choose three\n\n\
         Who | What | When\nAnna | Catering | Friday\n\n\
         [ ] Order flowers\n\n[x] Print badges & maps\n\n\
         Pay the new\tinvoice\ntoday"
    );
}

#[test]
fn a_web_page_is_what_its_reader_sees() {
    let page = "<html><head><title>Plan &amp; tasks</title><style>p{}</style></head><body><h1>Plan</h1>\
                <p>Call the <b>plumber</b> on\n Friday.</p><ul><li>Buy milk<li>Buy <a href='x'>bread</a></ul>\
                <script>alert('no')</script><table><tr><td>Anna<td>Friday</table></body></html>";
    let document = read(page.as_bytes(), Kind::Html, &Limits::default()).unwrap();
    assert_eq!(document.title.as_deref(), Some("Plan & tasks"));
    let lines: Vec<&str> = document
        .text
        .lines()
        .filter(|line| !line.is_empty())
        .collect();
    assert_eq!(
        lines[..4],
        [
            "Plan",
            "Call the plumber on Friday.",
            "- Buy milk",
            "- Buy bread"
        ]
    );
    assert!(
        lines[4].starts_with("Anna") && lines[4].ends_with("Friday"),
        "{lines:?}"
    );
    assert!(!document.text.contains("alert"));
    let latin = b"<html><meta charset='iso-8859-2'><p>D\xbbugi opis";
    assert!(
        read(latin, Kind::Html, &Limits::default())
            .unwrap()
            .text
            .contains("D\u{165}ugi")
    );
}

#[test]
fn plain_text_stays_as_it_is_and_is_cut_at_a_line() {
    let text = "# Shopping\n\n- milk\n- bread\n";
    let document = read(text.as_bytes(), Kind::Markdown, &Limits::default()).unwrap();
    assert_eq!(document.text, text);
    assert_eq!(document.title.as_deref(), Some("Shopping"));
    let limits = Limits {
        text: 22,
        ..Limits::default()
    };
    let document = read(text.as_bytes(), Kind::Text, &limits).unwrap();
    assert!(document.truncated);
    assert_eq!(document.text, "# Shopping\n\n- milk");
}

#[test]
fn what_cannot_be_read_is_said_in_words() {
    let limits = Limits::default();
    let error = |bytes: &[u8], kind: Kind| read(bytes, kind, &limits).unwrap_err();
    assert_eq!(error(b"", Kind::Pdf), DocumentError::Empty);
    assert_eq!(
        error(b"%PDF-1.7 and nothing", Kind::Pdf),
        DocumentError::Broken
    );
    assert_eq!(
        error(b"PK\x03\x04 and nothing", Kind::Docx),
        DocumentError::Broken
    );
    assert_eq!(error(b"\0\x01\x02", Kind::Text), DocumentError::Broken);
    assert_eq!(
        error(b"x", Kind::Unreadable("because")),
        DocumentError::Unsupported("because".to_owned())
    );
}
