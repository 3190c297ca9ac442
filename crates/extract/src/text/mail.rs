//! The envelope of a mail: headers, greeting, closing, signature, quoted parts, small print.

mod closing;
mod initials;

use super::line::{Line, Shape};
use crate::hash::HashSet;
use crate::lexicon;
use crate::person::Named;
use crate::words::ascii_lower;

/// What the lines around a mail's own words say.
#[derive(Debug, Default)]
pub(super) struct Envelope {
    /// Indices of lines that hold nothing to read.
    pub(super) skip: HashSet<usize>,
    /// Indices of the lines that were quoted or forwarded.
    pub(super) quoted: Vec<usize>,
    pub(super) signer: Option<String>,
    pub(super) addressee: Option<String>,
    /// Lower-case names of people it mentions.
    pub(super) people: Named,
}

const HEADERS: &[&str] = &[
    "from",
    "to",
    "cc",
    "bcc",
    "date",
    "sent",
    "subject",
    "reply-to",
    "attachments",
    "importance",
    "betreff",
    "x-mailer",
];

/// Reads headers, closing and quoted parts, and says which lines they are.
pub(super) fn envelope(text: &str, lines: &[Line]) -> Envelope {
    let mut envelope = Envelope::default();
    // Only English words are looked for.
    let lower = ascii_lower(text);
    let lowers: Vec<&str> = lines
        .iter()
        .map(|line| &lower[line.range.clone()])
        .collect();
    let small_print = is_small_print(&lower);
    let meets = ["present", "attend", "there"]
        .iter()
        .any(|word| lower.contains(word));
    headers(text, lines, &lowers, &mut envelope);
    quoted(text, lines, &lowers, &mut envelope);
    greeting(text, lines, &mut envelope);
    closing::read(text, lines, &mut envelope);
    if envelope.signer.is_none() {
        envelope.signer = introduced(text);
    }
    for (index, (line, lower)) in lines.iter().zip(&lowers).enumerate() {
        let people = lower.split_once(':').filter(|(label, _)| {
            matches!(
                *label,
                "attendees" | "present" | "participants" | "attending" | "with" | "cc"
            )
        });
        if let Some((_, people)) = people {
            envelope.skip.insert(index);
            envelope.people.extend(listed(people));
            let words = &text[line.range.end - people.len()..line.range.end];
            envelope.people.call(initials::initials(text, words));
        } else if meets && let Some(people) = present(&text[line.range.clone()], lower) {
            envelope.people.extend(listed(&people));
            envelope.people.call(initials::initials(text, &people));
        } else if small_print && is_small_print(lower)
            || SENT_FROM.iter().any(|words| lower.starts_with(words))
        {
            envelope.skip.insert(index);
        }
    }
    let named: Vec<String> = [&envelope.signer, &envelope.addressee]
        .into_iter()
        .flatten()
        .map(|name| name.to_lowercase())
        .collect();
    envelope.people.extend(named);
    envelope
}

/// The first names in a list of people, without titles and remarks.
fn listed(people: &str) -> impl Iterator<Item = String> {
    people
        .split([',', ';', '&', '/'])
        .flat_map(|part| part.split(" and "))
        .filter_map(|name| {
            let words = name
                .split_whitespace()
                .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
            let mut names = words.filter(|word| !crate::person::is_title(word));
            let first = names.next()?;
            // `D. Whelan`
            let initial = first.chars().count() == 1;
            let name = names.next().filter(|_| initial).unwrap_or(first);
            Some(name.to_lowercase())
        })
}

/// `present MH, JB, Oonagh`, `House meeting – present: Ade, Finn (late)`: who was there, where every part
/// is a name.
fn present(words: &str, lower: &str) -> Option<String> {
    const LABELS: &[&str] = &[
        "present",
        "attending",
        "attended",
        "there",
        "in attendance",
        "attendees",
    ];
    if !words.contains(',') {
        return None;
    }
    let (label, at) = LABELS
        .iter()
        .filter(|label| lower.contains(**label))
        .find_map(|label| Some((*label, lower.rfind(label)?)))?;
    let people = words.get(at + label.len()..)?;
    let opens = words[..at].trim_end();
    let apart = opens.is_empty() || opens.ends_with(['–', '—', '-', '(', ',', '.', ';', '|']);
    let told = people.starts_with(':') || people.starts_with(' ');
    let people = initials::without_brackets(people);
    let people = people.trim_matches([':', ' ', '.', '–', '—', '-']);
    let named = people.split(',').all(|part| {
        part.split_whitespace().count() <= 3 && part.trim().starts_with(char::is_uppercase)
    });
    (apart && told && named && people.contains(',')).then(|| people.to_owned())
}

fn headers(text: &str, lines: &[Line], lowers: &[&str], envelope: &mut Envelope) {
    let mut seen = 0;
    let mut rows = Vec::new();
    for (index, line) in lines.iter().enumerate().take(14) {
        if line.shape == Shape::Blank && seen > 0 {
            break;
        }
        let words = &text[line.range.clone()];
        // The headers below such a line are those of another mail.
        if index > 0 && lowers[index].contains("original message") {
            break;
        }
        let Some((key, value)) = words.split_once(':') else {
            if seen > 0 {
                break;
            }
            continue;
        };
        let key = key.trim();
        let Some(key) = HEADERS.iter().find(|known| key.eq_ignore_ascii_case(known)) else {
            if seen > 0 {
                break;
            }
            continue;
        };
        seen += 1;
        rows.push((index, *key, value));
    }
    let certain = seen > 1
        || rows
            .iter()
            .any(|(_, key, _)| matches!(*key, "subject" | "from"));
    if !certain {
        return;
    }
    for (index, key, value) in rows {
        envelope.skip.insert(index);
        match key {
            "from" => envelope.signer = first_name(value),
            // A mail to several people is to none of them alone.
            "to" if !value.contains([',', ';']) => envelope.addressee = first_name(value),
            _ => {}
        }
    }
}

/// Quoted lines, and everything below the mark of a forwarded or answered mail.
fn quoted(text: &str, lines: &[Line], lowers: &[&str], envelope: &mut Envelope) {
    let mut rest_is_quoted = false;
    for (index, (line, lower)) in lines.iter().zip(lowers).enumerate() {
        let original = lower.contains(" message")
            && (lower.contains("original message") || lower.contains("forwarded message"));
        let wrote =
            (lower.starts_with("on ") || lower.starts_with("am ")) && lower.ends_with("wrote:");
        let signature = text[line.range.clone()] == *"--";
        // A second block of headers belongs to the mail that is answered.
        let header = |at: usize, keys: &[&str]| {
            lowers
                .get(at)
                .is_some_and(|lower| keys.iter().any(|key| lower.starts_with(key)))
        };
        let second = index > 1
            && header(index, &["from:"])
            && (header(index + 1, &["sent:", "date:", "to:", "subject:"])
                || header(index + 2, &["to:", "subject:"]));
        if second {
            rest_is_quoted = true;
        }
        // `-------- Original --------`, `Begin forwarded message:`
        let marked = lower.starts_with("--")
            && (lower.contains("original") || lower.contains("forwarded"))
            || lower.starts_with("begin forwarded message");
        if index > 0 && ((original && lower.contains("---")) || marked || wrote || signature) {
            rest_is_quoted = true;
        }
        if rest_is_quoted || line.shape == Shape::Quoted {
            envelope.quoted.push(index);
            envelope.skip.insert(index);
        }
    }
}

/// `Hi Noor,` on top.
fn greeting(text: &str, lines: &[Line], envelope: &mut Envelope) {
    let own = lines.iter().enumerate().find(|(index, line)| {
        !envelope.skip.contains(index) && matches!(line.shape, Shape::Text { .. })
    });
    let Some((index, line)) = own else { return };
    let words = text[line.range.clone()].trim_end_matches([',', '!', '.', ':', ' ']);
    let mut parts = words.split_whitespace();
    let opener = crate::words::lower(parts.next().unwrap_or_default());
    let greets = matches!(
        &*opener,
        "hi" | "hello" | "hey" | "dear" | "hallo" | "morning" | "good" | "hiya" | "yo"
    );
    let count = words.split_whitespace().take(5).count();
    let short = count <= 4;
    let alone = count == 1
        && text[line.range.clone()].ends_with(',')
        && lexicon::is_first_name(&words.to_lowercase());
    if !(alone || greets && short) {
        return;
    }
    envelope.skip.insert(index);
    if words.contains(" and ") || words.contains('&') || words.contains(',') {
        return;
    }
    // `Dear Mr Okafor` has only a surname, `Dear Auntie Mei Fong` a first name.
    let formal = words.split_whitespace().any(|word| {
        matches!(
            word.to_lowercase().trim_end_matches('.'),
            "mr" | "mrs" | "ms" | "dr" | "prof" | "professor" | "miss" | "herr" | "frau"
        )
    });
    let mut names = words
        .split_whitespace()
        .skip(usize::from(greets))
        .filter(|word| {
            !crate::person::is_title(word)
                && (lexicon::is_first_name(&word.to_lowercase())
                    || word.starts_with(char::is_uppercase))
        });
    let name = if formal { names.last() } else { names.next() };
    let name = name.and_then(first_name);
    let group = [
        "all",
        "team",
        "everyone",
        "everybody",
        "folks",
        "guys",
        "both",
        "there",
        "hi",
        "hello",
        "hey",
        "morning",
        "colleagues",
        "friends",
        "madam",
        "sir",
        "again",
    ];
    if let Some(name) = name.filter(|name| !group.contains(&name.to_lowercase().as_str())) {
        envelope.addressee = Some(name);
    }
}

fn first_name(value: &str) -> Option<String> {
    let name = value
        .split_whitespace()
        .next()?
        .trim_matches(|c: char| !c.is_alphanumeric());
    let titled = matches!(
        name.to_lowercase().as_str(),
        "dr" | "mr" | "mrs" | "ms" | "prof"
    );
    if titled {
        return None;
    }
    let name = name.split('@').next()?;
    // `H. Aksoy` signs with both.
    let mut words = value.split_whitespace();
    if words
        .next()
        .is_some_and(|word| word.ends_with('.') && name.chars().count() == 1)
        && let Some(surname) = words.next()
    {
        let surname = surname.trim_matches(|c: char| !c.is_alphanumeric());
        return Some(format!("{name}. {surname}"));
    }
    (name.chars().next().is_some_and(char::is_uppercase)
        && name.chars().all(|c| c.is_alphabetic() || c == '-'))
    .then(|| name.to_owned())
}

/// `This is Carl`, `it's Shanice`, `Carl here`, at the start of something spoken.
fn introduced(text: &str) -> Option<String> {
    let opening: Vec<&str> = text.split_whitespace().take(12).collect();
    let name = |word: &str| {
        let name = word.trim_end_matches([',', '.', '!', ':']);
        let known = lexicon::is_first_name(&name.to_lowercase());
        let cut = name.len() < word.len();
        (name.chars().next().is_some_and(char::is_uppercase)
            && name.chars().all(char::is_alphabetic)
            && (known || cut))
            .then(|| name.to_owned())
    };
    for pair in opening.windows(2) {
        if ["it's", "it’s"]
            .iter()
            .any(|it| pair[0].eq_ignore_ascii_case(it))
        {
            return name(pair[1]);
        }
        if matches!(
            pair[1].trim_end_matches([',', '.']),
            "here" | "speaking" | "talking"
        ) && lexicon::is_first_name(&pair[0].to_lowercase())
        {
            return name(pair[0]);
        }
    }
    opening
        .windows(3)
        .find(|words| words[0].eq_ignore_ascii_case("this") && words[1] == "is")
        .and_then(|words| name(words[2]))
}

/// How small print opens a line.
const SENT_FROM: &[&str] = &[
    "sent from my ",
    "get outlook for",
    "confidentiality notice",
    "disclaimer",
];

/// What small print says.
const SMALL_PRINT: &[&str] = &[
    "this e-mail and any attachments",
    "this email and any attachments",
    "intended solely for",
    "intended recipient",
    "this message is confidential",
    "this email is confidential",
    "consider the environment before printing",
    "to unsubscribe",
];

/// Bytes of a wording that are looked for first.
const BRIEF: usize = 16;

fn is_small_print(lower: &str) -> bool {
    // A short needle is found fast: what begins like small print is looked at again.
    let begins = |words: &str| lower.contains(&words[..words.len().min(BRIEF)]);
    SMALL_PRINT
        .iter()
        .any(|words| begins(words) && lower.contains(words))
}
