//! Who hands over to whom, and who is answered: `Handover Jana → Christoph`, `On Monday Pradeep wrote:`.

use super::writer;
use crate::lexicon;
use crate::token::{List, list};

/// Words of a title under which somebody hands something on.
const HANDING: List<'static> = list![
    "handover",
    "hand-over",
    "handoff",
    "hand-off",
    "hand",
    "note",
    "notes",
    "memo",
    "message",
    "letter",
    "briefing",
    "instructions",
    "shift",
    "cover",
];

/// The one who writes and the one written to, where one of the first lines names both.
pub(super) fn handed(text: &str) -> Option<(String, String)> {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.next().into_iter().chain(lines.next()).find_map(pair)
}

/// `Handover to Jana (I'm off as of Monday)`, `Classroom notes for my sub (Ms Ito):`: the one whom work is handed
/// to, where a title says nothing of who hands it.
pub(super) fn taker(text: &str) -> Option<String> {
    const WORK: &[&str] = &["handover", "hand-over", "handoff", "hand-off"];
    let line = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    let listed = text.trim().contains('\n') && line.len() < 120;
    if !listed {
        return None;
    }
    let mut words = line.split_whitespace();
    words.find(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        WORK.iter().any(|known| word.eq_ignore_ascii_case(known))
    })?;
    words.find(|word| matches!(*word, "to" | "for"))?;
    let name = |word: &str| {
        let clean = word.trim_matches(|c: char| !c.is_alphanumeric());
        (!crate::person::is_title(clean) && writer::person(clean)).then(|| clean.to_owned())
    };
    let near = words.take(5);
    let mut near = near.take_while(|word| !word.contains([',', ';', '–']));
    near.find_map(name)
}

/// `Handover Jana → Christoph, I'm away`, `Notes from Ines to Ravi`.
fn pair(line: &str) -> Option<(String, String)> {
    if line.len() > 160 {
        return None;
    }
    let from_to = || {
        // Most lines name no sender, and are not parted.
        let parted = line.contains("from ").then(|| line.split_once(" to "))?;
        parted.filter(|(giver, _)| giver.contains("from "))
    };
    let parted = ["→", "->", "=>", "➡"]
        .iter()
        .find(|arrow| line.contains(**arrow))
        .map_or_else(from_to, |arrow| line.split_once(arrow))?;
    let clean = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let hands = line
        .to_lowercase()
        .split(|c: char| !(c.is_alphanumeric() || c == '-'))
        .any(|word| HANDING.holds(word));
    // `Optician, hand-over (Lena → Iqbal)`
    let ahead = parted.0.rsplit('(').next().unwrap_or(parted.0);
    let parted = (ahead, parted.1);
    let giver = clean(parted.0.split_whitespace().next_back()?);
    let taker = clean(parted.1.split_whitespace().next()?);
    let known = |name: &str| lexicon::is_first_name(&name.to_lowercase());
    let people = writer::person(&giver) && writer::person(&taker);
    (people && (hands || known(&giver) && known(&taker) && parted.0.trim() == giver))
        .then_some((giver, taker))
}

/// `On Wed, 2 Dec at 21:17, Pradeep wrote:`, `Am 3.5. schrieb Katrin Vogel:`: the one whose words are
/// quoted below, and so the one who is answered.
pub(super) fn quoted(text: &str) -> Option<String> {
    text.lines().find_map(|line| {
        let line = line.trim().trim_end_matches(':').trim_end();
        let short = line.len() < 160;
        let named = line
            .strip_suffix(" wrote")
            .or_else(|| line.strip_suffix(" writes"))
            .map(first_of_last)
            .or_else(|| {
                let (_, name) = short.then(|| line.split_once(" schrieb ")).flatten()?;
                Some(first_of(name))
            });
        named.flatten().filter(|_| short)
    })
}

/// The first of the capitalised words a stretch ends with, without an address: `at 9, Ana Ruiz <a@b.c>`.
fn first_of_last(words: &str) -> Option<String> {
    let words = words.split('<').next()?.trim_end();
    let behind = words.rsplit([',', ':']).next()?;
    let names = behind.split_whitespace().rev();
    let names = names.take_while(|word| word.chars().all(|c| c.is_alphabetic() || c == '-'));
    let name = names.filter(|word| writer::person(word)).last()?;
    Some(name.to_owned())
}

fn first_of(words: &str) -> Option<String> {
    let name = words.split_whitespace().next()?;
    let name = name.trim_matches(|c: char| !c.is_alphanumeric());
    writer::person(name).then(|| name.to_owned())
}

/// What letters stand for in a text: `(J = Joan, B = Bryn)`, `K: Kofi` is none of them.
pub(super) fn legend(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for (at, _) in text.match_indices('=').take(12) {
        let before = text[..at].trim_end();
        let key: String = before
            .rsplit(|c: char| !c.is_alphanumeric())
            .next()
            .unwrap_or_default()
            .to_owned();
        let behind = text[at + 1..].trim_start();
        let name: String = behind.chars().take_while(|c| c.is_alphabetic()).collect();
        let letters = (1..=3).contains(&key.chars().count()) && key.chars().all(char::is_uppercase);
        let starts = name.chars().next() == key.chars().next();
        if letters && starts && writer::person(&name) {
            found.push((key, name));
        }
    }
    found
}

/// Letters that stand for no one at the front of a line.
const NOBODY: List<'static> = list![
    "to", "cc", "re", "fr", "am", "pm", "it", "hr", "qa", "tv", "id", "ok", "nb", "ps", "no", "we",
    "mo", "di", "mi", "do", "sa", "so", "tu", "th", "su", "eu", "uk", "us", "pc", "gp", "pr", "ad",
    "ai", "q", "i", "v", "x",
];

/// The initials or names before the deeds of a list, `JH = cover story`, where two lines or more begin so.
pub(super) fn initials(text: &str) -> Vec<String> {
    let rows: Vec<(&str, char)> = text.lines().filter_map(initialled).collect();
    let many = |mark: char| rows.iter().filter(|(_, other)| *other == mark).count() > 1;
    // `A – by train, B – by bus`
    let counts = rows.iter().any(|(key, _)| *key == "A");
    let counted = |key: &str| counts && key.len() == 1;
    let mut found: Vec<String> = Vec::new();
    for (key, mark) in &rows {
        if many(*mark) && !counted(key) && !found.iter().any(|known| known == key) {
            found.push((*key).to_owned());
        }
    }
    found
}

/// The initials or name a line begins with, and the mark between them and the deed.
fn initialled(line: &str) -> Option<(&str, char)> {
    let line = line.trim_start_matches([' ', '\t', '-', '*', '•', '^', '·', '–']);
    let key = line.split(|c: char| !c.is_alphabetic()).next()?;
    let rest = line[key.len()..].trim_start();
    let mark = rest.chars().next()?;
    // `Kim = the cover story`
    if mark == '='
        && lexicon::is_first_name(&key.to_lowercase())
        && key.starts_with(char::is_uppercase)
    {
        return Some((key, mark));
    }
    let single = key.len() == 1 && mark == ':';
    let marked = matches!(mark, ':' | '=' | '→' | '⇒' | '➜' | '·' | '–' | '—' | '|')
        || rest.starts_with("->")
        || rest.starts_with("- ");
    let deed = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    (marked
        && !single
        && key.chars().all(|c| c.is_ascii_uppercase())
        && (1..=2).contains(&key.len())
        && !deed.is_empty()
        && !NOBODY.holds(key.to_ascii_lowercase().as_str()))
    .then_some((key, mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_who_hands_over_writes_to_the_one_who_takes_over() {
        for text in [
            "Handover Nkechi → Tomasz, back on 3 May\n- boiler",
            "Notes from Nkechi to Tomasz\n- boiler",
            "\nNkechi -> Tomasz\n\nboiler",
        ] {
            let pair = Some(("Nkechi".to_owned(), "Tomasz".to_owned()));
            assert_eq!(handed(text), pair, "{text}");
        }
        for text in [
            "late → early\nboiler",
            "Flight from Lisbon to Porto",
            "Milk -> Eggs",
            "Move the sofa from Mila to Jonas next week",
        ] {
            assert_eq!(handed(text), None, "{text}");
        }
    }

    #[test]
    fn an_answer_is_for_the_one_whose_words_it_quotes() {
        for (text, name) in [
            (
                "On Fri, 5 Jun 2026 at 11:02, Rhona Blythe <rb@x.org> wrote:\n> hi",
                "Rhona",
            ),
            ("Am 12.03.2026 schrieb Ulrike Maier:\n> hallo", "Ulrike"),
        ] {
            assert_eq!(quoted(text).as_deref(), Some(name), "{text}");
        }
        assert_eq!(quoted("I wrote:\nDear all"), None);
    }

    #[test]
    fn rows_that_open_with_initials_are_of_those_people() {
        assert_eq!(
            initials("Notes\nJH = cover story\nPT = crossword"),
            ["JH", "PT"]
        );
        assert_eq!(initials("- B → ask HR\n- S → shadow the call"), ["B", "S"]);
        for text in [
            "A – by train\nB – by bus",
            "TO: all\nCC: Kim",
            "JH = cover story",
            "A: so, the stock\nB: yes",
        ] {
            assert_eq!(initials(text), [] as [&str; 0], "{text}");
        }
    }

    #[test]
    fn letters_stand_for_the_names_they_begin() {
        let pair = |key: &str, name: &str| (key.to_owned(), name.to_owned());
        assert_eq!(
            legend("Rota (T = Tamar, ZK=Zola)\nT bins"),
            [pair("T", "Tamar"), pair("ZK", "Zola")]
        );
        assert_eq!(legend("E = mc2, X = Yes"), []);
    }
}
