//! Cutting a text at its blanks, a step that nearly every rule for lines begins with.

/// What can be cut at its blanks.
pub(crate) trait Blanks {
    /// The pieces between white space: [`str::split_whitespace`], quicker for plain letters.
    fn by_blanks(&self) -> ByBlanks<'_>;
}

impl Blanks for str {
    #[inline]
    fn by_blanks(&self) -> ByBlanks<'_> {
        ByBlanks { rest: self }
    }
}

/// The pieces of a text between its white space.
#[derive(Debug, Clone)]
pub(crate) struct ByBlanks<'a> {
    rest: &'a str,
}

impl<'a> Iterator for ByBlanks<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest.trim_start();
        let (piece, behind) = rest.split_at(first_blank(rest));
        self.rest = behind;
        (!piece.is_empty()).then_some(piece)
    }
}

/// Where the first white space stands, or the end of the text.
fn first_blank(text: &str) -> usize {
    let bytes = text.as_bytes();
    let plain = |byte: &u8| byte.is_ascii_graphic();
    let mut at = 0;
    loop {
        let rest = &bytes[at..];
        at += rest
            .iter()
            .position(|byte| !plain(byte))
            .unwrap_or(rest.len());
        match text[at..].chars().next() {
            Some(c) if !c.is_whitespace() => at += c.len_utf8(),
            _ => return at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_where_the_library_cuts_it() {
        for text in [
            "",
            " ",
            "one",
            "  one two\tthree\n\nfour ",
            "ä\u{a0}ö\u{2003}ü – x\u{b}y\u{c}z\u{1f}w\u{85}v",
        ] {
            let wanted: Vec<&str> = text.split_whitespace().collect();
            assert_eq!(text.by_blanks().collect::<Vec<_>>(), wanted, "{text:?}");
        }
    }
}
