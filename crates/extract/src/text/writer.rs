//! Who wrote a note or a mail, and to whom: by its first and its last lines.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::front;
use crate::hash::HashSet;
use crate::lexicon;
use crate::token::{List, list};

/// Who wrote a note in which somebody says `I`: the name behind its last sentence (`I'll hang them
/// then. Iñigo`, `xx Bron`), on a line of its own above what is quoted (`Jo Tully`), or in front of
/// what was quoted (`> Hi Drew,`).
pub(super) fn signed(text: &str) -> Option<String> {
    let text = &*spelled(text);
    let speaks = text
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| matches!(word, "I" | "i" | "my" | "me" | "My"));
    if !speaks {
        return None;
    }
    let own: Vec<&str> = text[..quoted_from(text)]
        .lines()
        .filter(|line| !line.starts_with('>'))
        .collect();
    let own = own.join("\n");
    behind(&own)
        .or_else(|| introduced(&own))
        .or_else(|| own_line(&own))
        .or_else(|| answered(text))
}

/// A dictated text with the marks that were spoken: `Dear Ana comma new line …`.
fn spelled(text: &str) -> Cow<'_, str> {
    const SPOKEN: &[(&str, &str)] = &[
        (" comma", ","),
        (" full stop", "."),
        (" question mark", "?"),
        (" exclamation mark", "!"),
        (" new line", "\n"),
        (" new paragraph", "\n\n"),
    ];
    if !(text.contains(" comma ") || text.contains(" full stop") || text.contains(" new line")) {
        return Cow::Borrowed(text);
    }
    let marked = SPOKEN.iter().fold(text.to_owned(), |text, (words, mark)| {
        text.replace(words, mark)
    });
    Cow::Owned(marked)
}

/// `Thanks, Jo (flat 4)`: without what is said about the writer.
fn without_remark(body: &str) -> &str {
    body.strip_suffix(')')
        .and_then(|inner| inner.rfind('('))
        .filter(|open| body.len() - open < 40)
        .map_or(body, |open| body[..open].trim_end())
}

/// `… by Sunday. – sami`, `-jo`: a name behind a dash needs no capital.
fn dashed(body: &str) -> Option<&str> {
    let at = body.rfind(['–', '—', '-', '~'])?;
    let before = body[..at].trim_end_matches([' ', '-']);
    let name = body[at..].trim_start_matches(['–', '—', '-', '~', ' ']);
    let apart = before.len() < at || before.ends_with(['.', '!', '?', ')']);
    let ends = before.ends_with(['.', '!', '?', ')', '…', '\n']) || body[..at].ends_with('\n');
    let known = lexicon::is_first_name(&name.to_lowercase());
    (apart && ends && known).then_some(name)
}

/// `I'll hang them then. Iñigo`, `… Thanking you, Lakshmi Narayanan`
fn behind(own: &str) -> Option<String> {
    let body = without_remark(own.trim_end()).trim_end_matches(['.', ',', '!']);
    if let Some(name) = dashed(body) {
        return Some(name.to_owned());
    }
    // `I'll do it on Saturday x Bea`
    let mut words = body.rsplit(' ');
    if let (Some(name), Some("x" | "xx" | "xxx" | "xo")) = (words.next(), words.next())
        && person(name)
    {
        return Some(name.to_owned());
    }
    // `I'll do the cake. Fi x`
    let kissed = body.trim_end_matches(['x', 'X', 'o', 'O']);
    let kissed = kissed
        .strip_suffix(' ')
        .filter(|rest| rest.len() < body.len());
    let body = kissed.unwrap_or(body);
    let cut = body.rfind(['.', '!', '?', '\n', '–', '—', ',', ')'])?;
    let mark = body[cut..].chars().next()?;
    let mut name = body[cut + mark.len_utf8()..].trim_matches([' ', '-', '–', '—', '~', '*']);
    let mut closes = mark != ',' || ends_with_closing(&body[..cut]);
    let mut open = name;
    while let Some((word, rest)) = open.split_once(' ')
        && (is_closing(word) || goes_before_closing(word))
    {
        open = rest.trim_start();
        if is_closing(word) {
            name = open;
            closes = true;
        }
    }
    if !closes {
        return None;
    }
    let mut words = name.split(' ');
    let first = words.next()?;
    let last = words.next();
    let known = lexicon::is_first_name(&first.to_lowercase());
    // A dictated name has no capital.
    if known && closes && last.is_none() && !own.contains(char::is_uppercase) {
        return Some(first.to_owned());
    }
    let alone = last.is_none() || (known && last.is_some_and(shaped) && words.next().is_none());
    let signs = kissed.is_some() && shaped(first);
    (alone && (signs || person(first))).then(|| first.to_owned())
}

/// `good evening pastor this is sister bukola`: who speaks in a text without capitals.
fn introduced(own: &str) -> Option<String> {
    if own.contains(char::is_uppercase) {
        return None;
    }
    let words: Vec<&str> = own.split_whitespace().take(14).collect();
    let at = words
        .windows(2)
        .position(|pair| matches!(pair, ["this", "is"] | ["its" | "it's", _]))?;
    let skip = if words[at] == "this" { 2 } else { 1 };
    let mut names = words[at + skip..]
        .iter()
        .filter(|word| !crate::person::is_title(word));
    let name = names.next()?.trim_matches([',', '.', '!']);
    // `hi its bao from the shelter`
    let placed = names
        .next()
        .is_some_and(|next| matches!(*next, "from" | "here" | "again"))
        && lexicon::verb(name).is_none()
        && !crate::area::knows(name)
        && !crate::person::is_no_name(name);
    (lexicon::is_first_name(name) || placed).then(|| name.to_owned())
}

/// Words before the name of a writer.
static CLOSINGS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "x xx xxx xo xoxo love cheers thanks thx best wishes regards rgds ta sincerely cordially \
    yours greetings hugs grz danke saluti merci grazie gracias tack hilsen lg vg mfg gruß grüße \
    abs bises bisous besos abraço abraços abrazo abrazos saludos mvh kram puss tjüs tschüss \
    tschüß groetjes groeten amitiés your fondly tuo tua greetz grtz greets warmly respectfully \
    affectionately groete cariños köszönöm csókol"
        .split(' ')
        .collect()
});

fn is_closing(word: &str) -> bool {
    let lower = word.to_lowercase();
    let plain = lower.trim_matches([',', '.']);
    CLOSINGS.contains(plain)
}

/// `all the best`, `with kind regards`
fn goes_before_closing(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "all"
            | "the"
            | "kind"
            | "kindest"
            | "warm"
            | "many"
            | "with"
            | "lots"
            | "of"
            | "so"
            | "much"
    )
}

fn ends_with_closing(text: &str) -> bool {
    let last = text.rsplit([' ', '\n']).next().unwrap_or_default();
    let lower = text.to_lowercase();
    // `Your niece, Aisling`
    let line = lower
        .rsplit(['\n', '.', '!', '?'])
        .next()
        .unwrap_or_default()
        .trim();
    let yours = line.starts_with("your ") && line.split(' ').count() <= 4;
    is_closing(last) || yours || lower.ends_with("thanking you") || lower.ends_with("thank you")
}

/// A line near the end that is nothing but a name, with at most a line of title below it.
fn own_line(own: &str) -> Option<String> {
    let lines: Vec<&str> = own
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let from = lines.len().saturating_sub(3).max(2);
    lines.get(from..)?.iter().find_map(|line| {
        let mut words = line
            .split(' ')
            .filter(|word| !crate::person::is_title(word));
        let first = words.next()?;
        let rest: Vec<&str> = words.collect();
        let known = lexicon::is_first_name(&first.to_lowercase());
        (known && shaped(first) && rest.len() <= 2 && rest.iter().all(|word| shaped(word)))
            .then(|| first.to_owned())
    })
}

/// Where what is quoted below a mail begins.
fn quoted_from(text: &str) -> usize {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let lower = crate::words::lower(line.trim());
        let below = at > 0
            && (lower.starts_with("-----")
                || lower.starts_with("_____")
                || lower.starts_with("from:")
                || lower.ends_with("wrote:"));
        if below {
            return at;
        }
        at += line.len();
    }
    text.len()
}

/// `> Hi Drew,`: the one greeted in what is quoted writes the answer.
fn answered(quoted: &str) -> Option<String> {
    quoted
        .lines()
        .skip(1)
        .map(|line| line.trim_start_matches(['>', ' ']))
        .filter(|line| line.split(' ').count() <= 4 || line.contains(','))
        .find_map(|line| hello(line).filter(|(_, greets)| *greets))
        .map(|(name, _)| name)
}

/// To whom a mail or message is written, by one of its first lines: `morning Inez!`, `Dear Auntie
/// Bev,`.
pub(super) fn greeted(text: &str) -> Option<String> {
    let text = &*spelled(text);
    let mut lines = text.lines().map(str::trim).filter(|line| {
        if !line.contains(':') {
            return !line.is_empty();
        }
        let lower = crate::words::lower(line);
        let header = ["to:", "from:", "re:", "date:", "cc:", "sent:"];
        !lower.contains("subject:") && !header.iter().any(|key| lower.starts_with(key))
    });
    let first = lines.next()?;
    if let Some(name) = noted_for(first) {
        return Some(name);
    }
    // `lab partner msg: hey Yusra!`
    let first = first
        .split_once(": ")
        .filter(|(label, rest)| {
            let greets = crate::words::lower(front(rest, 8));
            label.split(' ').count() <= 4
                && ["hi ", "hey ", "hello ", "hiya "]
                    .iter()
                    .any(|word| greets.starts_with(word))
        })
        .map_or(first, |(_, rest)| rest);
    let lower = crate::words::lower(front(first, 48));
    // `Hi Marguerite, hi Joss,` is to none of them alone.
    let several = [", hi ", ", hello ", ", dear ", " and ", " & ", ", hey "]
        .iter()
        .any(|more| front(&lower, 40).contains(more));
    if several {
        return None;
    }
    hello(first)
        .or_else(|| {
            lines
                .take(2)
                .find_map(|line| hello(line).filter(|(_, greets)| *greets))
        })
        .map(|(name, _)| name)
}

/// `Memo for Lupe`, `a message for Jorge Salinas`, `For Gwen at front desk`: who a note is for.
fn noted_for(line: &str) -> Option<String> {
    let words: Vec<&str> = line.split_whitespace().take(14).collect();
    let known = |word: &str| {
        let name = word.trim_end_matches([',', '.', '!', ':', '-']);
        person(name).then(|| name.to_owned())
    };
    if words
        .first()
        .is_some_and(|word| word.eq_ignore_ascii_case("for"))
    {
        let name = known(words.get(1)?)?;
        let apart = words
            .get(2)
            .is_some_and(|next| matches!(*next, "-" | "–" | "—" | "at" | "in"));
        // `For Ottilie, while I'm away:`
        let handed = words[1].ends_with(',')
            && words.get(2).is_some_and(|next| {
                matches!(
                    *next,
                    "while"
                        | "when"
                        | "as"
                        | "since"
                        | "here"
                        | "please"
                        | "from"
                        | "the"
                        | "before"
                )
            });
        return (apart || handed).then_some(name);
    }
    words.windows(3).find_map(|row| {
        let note = [
            "memo",
            "note",
            "message",
            "msg",
            "voicemail",
            "instructions",
            "one",
            "brief",
            "briefing",
            "urgent",
            "reminder",
            "request",
            "favour",
            "favor",
            "handover",
            "notes",
        ]
        .iter()
        .any(|label| row[0].eq_ignore_ascii_case(label));
        (note && matches!(row[1], "for" | "to")).then(|| known(row[2]))?
    })
}

/// Words that can follow a greeted name without a comma.
const AFTER_NAME: List<'static> = list![
    "it's", "its", "it’s", "this", "can", "could", "would", "when", "if", "pls", "please", "just",
    "i'm", "i’m", "i", "we", "you", "thanks", "are", "do", "have", "here", "how", "ji", "mate",
    "love", "hon", "bro", "dear", "hope", "from",
];

/// Words of respect behind a name.
const HONORIFICS: List<'static> = list![
    "san", "sama", "kun", "chan", "ji", "bhai", "bhaiya", "dai", "didi", "da", "dada", "anna",
    "akka", "amma", "bey", "abi", "hanım", "sir", "uncle", "aunty", "néni", "bácsi",
];

/// The name in a greeting, and whether a word of greeting stands before it.
fn hello(line: &str) -> Option<(String, bool)> {
    let end = line
        .char_indices()
        .take(40)
        .find(|(_, c)| matches!(c, ',' | '!' | ':' | '–' | '—' | '.' | '('))
        .map(|(at, _)| at);
    // `Dr. Osei` goes on behind its dot.
    let head = match end {
        Some(at)
            if line[at..].starts_with('.')
                && line[..at]
                    .split(' ')
                    .next_back()
                    .is_some_and(crate::person::is_title) =>
        {
            line.split(',').next().unwrap_or_default()
        }
        Some(at) => &line[..at],
        None => line,
    };
    let words: Vec<&str> = head.split_whitespace().collect();
    let greetings = words
        .iter()
        .take_while(|word| crate::person::greets(&crate::words::lower(word)))
        .count();
    let titles = words[greetings..]
        .iter()
        .take_while(|word| crate::person::is_title(word))
        .count();
    let name = words.get(greetings + titles)?;
    // `Kenji-san,`
    let parted = name.rsplit_once('-');
    let parted = parted.filter(|(_, honour)| HONORIFICS.holds(honour));
    let name = parted.map_or(*name, |(name, _)| name);
    let lower = crate::words::lower(name);
    let surname = words.get(greetings + titles + 1);
    let goes_on =
        greetings > 0 && surname.is_some_and(|word| AFTER_NAME.holds(&crate::words::lower(word)));
    let alone = goes_on
        || (end.is_some() || words.len() <= 4)
            && words.len() <= greetings + titles + 2
            && surname.is_none_or(|word| shaped(word) && !matches!(*word, "and" | "&"));
    let known = lexicon::is_first_name(&lower);
    let honoured = words
        .get(greetings + titles)
        .is_some_and(|word| word.len() > name.len());
    let hailed = honoured && words.len() == 1
        || words.len() == 2
            && surname.is_some_and(|word| {
                matches!(*word, "mate" | "love" | "bro" | "hon") || HONORIFICS.holds(word)
            });
    if greetings == 0 && hailed && shaped(name) && end.is_some() {
        return Some((name.to_owned(), true));
    }
    let named = if greetings == 0 {
        // `Agnieszka,` alone on its line; `Auntie Bev, your tin is here!`
        let addressed = titles > 0 && end.is_some_and(|at| line[at..].starts_with([',', '!']));
        // `Gareth. The licence lapses soon.`
        let called =
            known && words.len() == 1 && end.is_some_and(|at| line[at..].starts_with(". "));
        shaped(name)
            && (addressed || called || known && end.is_some_and(|at| line[at..].trim_end() == ","))
    } else {
        known || titles > 0 && lower.chars().all(char::is_alphabetic) || shaped(name)
    };
    let common = crate::person::is_no_name(&lower) || crate::area::knows(&lower) && !known;
    (named && alone && !common).then(|| (name.to_owned(), greetings > 0))
}

/// A capital letter and small ones.
fn shaped(name: &str) -> bool {
    (2..=14).contains(&name.chars().count())
        && name.chars().next().is_some_and(char::is_uppercase)
        && name.chars().skip(1).all(|c| c.is_alphabetic() || c == '-')
        && name.chars().skip(1).any(char::is_lowercase)
}

/// Whether a word can be a name that stands alone.
pub(super) fn person(name: &str) -> bool {
    let lower = crate::words::lower(name);
    shaped(name)
        && (lexicon::is_first_name(&lower)
            || (name.chars().count() > 2
                && !crate::area::knows(&lower)
                && lexicon::verb(&lower).is_none()
                && !crate::person::is_no_name(&lower)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greetings_name_the_one_written_to() {
        for (text, name) in [
            ("morning Inez! two favors", "Inez"),
            ("Dear Auntie Bev,\n\nThank you", "Bev"),
            ("hi miss pargeter\n\nits ethan", "pargeter"),
            ("Subject: x\n\nAgnieszka,\n\nOK", "Agnieszka"),
            ("Dear Dr. Osei,\nplease", "Osei"),
            ("Kia ora Wiremu, the form", "Wiremu"),
            ("Evening Reg. The rally is on", "Reg"),
            ("Kenji-san, the cherries", "Kenji"),
            ("For Ottilie, while I'm away:\n* post it", "Ottilie"),
        ] {
            assert_eq!(greeted(text).as_deref(), Some(name), "{text}");
        }
        for text in [
            "Dear orchestra,\nnext week",
            "Hi all,",
            "Milk, eggs",
            "Hello dear,",
            "Good evening",
        ] {
            assert_eq!(greeted(text), None, "{text}");
        }
    }

    #[test]
    fn writers_sign_behind_their_words() {
        for (text, name) in [
            ("hey Soph!! I'll sort the cake\n\nxx Bron", "Bron"),
            (
                "Sir I will share the draft.\nThanking you, Lakshmi Narayanan",
                "Lakshmi",
            ),
            (
                "Hi Abbie,\nI'll book the room.\n\nJo Tully\nPA to Gerald Finch\n\n-----Original Message-----\nFrom: x",
                "Jo",
            ),
            ("Yes, I'll move it.\n\n> Hi Drew,\n> Could we", "Drew"),
            ("I shall post it on Monday.\nYour niece, Aisling", "Aisling"),
            ("I will sort the taxi at 10 x Bea", "Bea"),
        ] {
            assert_eq!(signed(text).as_deref(), Some(name), "{text}");
        }
        for text in [
            "I bought milk, eggs, Cheddar",
            "I'll meet you in the Garden. Kitchen",
        ] {
            assert_eq!(signed(text), None, "{text}");
        }
    }
}
