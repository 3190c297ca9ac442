//! Elements in elements in elements: what a browser no longer nests is no longer nested here either.
//! A page of two hundred thousand boxes in one another would otherwise take minutes to lay out.

use std::borrow::Cow;

/// Elements inside one another from which on their marks are left out, as browsers do.
const DEEPEST: usize = 512;
/// Elements that hold others and are closed by a mark of their own.
const HOLDERS: &[&str] = &[
    "article",
    "aside",
    "b",
    "blockquote",
    "center",
    "details",
    "div",
    "dl",
    "em",
    "fieldset",
    "figure",
    "font",
    "footer",
    "form",
    "header",
    "i",
    "main",
    "nav",
    "ol",
    "section",
    "small",
    "span",
    "strong",
    "table",
    "u",
    "ul",
];

/// The page without the marks of elements that are nested too deeply. Their words stay.
pub(super) fn flattened(page: &str) -> Cow<'_, str> {
    let (mut depth, mut kept, mut out) = (0_usize, 0, String::new());
    for (start, _) in page.match_indices('<') {
        let Some(mark) = holder(&page[start..]) else {
            continue;
        };
        let deep = match mark {
            Mark::Opens => {
                depth += 1;
                depth > DEEPEST
            }
            Mark::Closes => {
                depth = depth.saturating_sub(1);
                depth >= DEEPEST
            }
        };
        if deep && start >= kept {
            out.push_str(&page[kept..start]);
            kept = page[start..]
                .find('>')
                .map_or(page.len(), |end| start + end + 1);
        }
    }
    if kept == 0 {
        return Cow::Borrowed(page);
    }
    out.push_str(&page[kept..]);
    Cow::Owned(out)
}

#[derive(Clone, Copy)]
enum Mark {
    Opens,
    Closes,
}

/// Reads the mark of a holder at the start of `rest`, which is a `<`.
fn holder(rest: &str) -> Option<Mark> {
    let inner = &rest[1..];
    let (mark, inner) = match inner.strip_prefix('/') {
        Some(inner) => (Mark::Closes, inner),
        None => (Mark::Opens, inner),
    };
    let length = inner
        .bytes()
        .take(12)
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    let name = inner[..length].to_ascii_lowercase();
    HOLDERS.contains(&name.as_str()).then_some(mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ordinary_page_is_left_as_it_is() {
        let page = "<div><p>One<p>Two<br></div><table><tr><td>3 < 4</table>";
        assert!(matches!(flattened(page), Cow::Borrowed(_)));
        let wide = "<div>x</div>".repeat(2000);
        assert!(matches!(flattened(&wide), Cow::Borrowed(_)));
    }

    #[test]
    fn what_is_nested_too_deeply_keeps_its_words() {
        let deep = format!(
            "{}words{}tail",
            "<DIV a='b'>".repeat(600),
            "</div>".repeat(600)
        );
        let flat = flattened(&deep);
        assert_eq!(flat.matches("<DIV").count(), DEEPEST);
        assert_eq!(flat.matches("</div>").count(), DEEPEST);
        assert!(flat.contains("words") && flat.ends_with("tail"));
    }

    #[test]
    fn marks_that_never_end_are_survived() {
        let cut = "<div>".repeat(600) + "<div" + "\u{e9}<";
        assert!(flattened(&cut).starts_with("<div>"));
    }
}
