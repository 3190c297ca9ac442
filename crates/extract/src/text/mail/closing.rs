//! How a mail closes: `Best regards`, the name below it, or a name alone.

use super::{Envelope, Line, Shape, first_name};
use crate::lexicon;
use crate::token::{List, list};

/// Words that close a mail, before a name or alone on their line.
const CLOSINGS: List<'static> = list![
    "best regards",
    "kind regards",
    "warm regards",
    "regards",
    "best",
    "all the best",
    "best wishes",
    "cheers",
    "thanks",
    "many thanks",
    "thank you",
    "thanks a lot",
    "thanks so much",
    "thanks in advance",
    "thx",
    "sincerely",
    "yours sincerely",
    "yours",
    "yours faithfully",
    "yours truly",
    "love",
    "lots of love",
    "xx",
    "xoxo",
    "take care",
    "greetings",
    "warmly",
    "ciao",
    "talk soon",
    "see you",
    "see you soon",
    "with best regards",
    "with kind regards",
    "cordially",
    "saluti",
    "cordiali saluti",
    "un saluto",
    "saludos",
    "abraços",
    "abs",
    "gruß",
    "grüße",
    "viele grüße",
    "liebe grüße",
    "beste grüße",
    "mit freundlichen grüßen",
    "mfg",
    "lg",
    "vg",
    "danke",
    "merci",
    "grazie",
    "gracias",
    "obrigado",
    "obrigada",
    "tack",
    "takk",
    "mvh",
    "hilsen",
    "groeten",
    "groetjes",
    "cordialement",
    "amitiés",
    "cheers mate",
    "tuo",
    "tua",
    "greetz",
    "abraço",
    "abrazo",
    "bisous",
    "kram",
    "puss",
    "tjüs",
    "tschüss",
    "fondly",
];

/// Closings that stand before a name without a comma.
const BARE: &[&str] = &[
    "your", "yours", "mvh", "lg", "vg", "kram", "puss", "hugs", "bises", "bisous", "abraço",
    "abrazo", "saludos", "fondly", "tjüs", "tschüss", "groetjes",
];
/// Bytes of a closing at most.
const LONGEST: usize = 40;

/// `Best regards` and the lines below it, or a name alone at the end.
pub(super) fn read(text: &str, lines: &[Line], envelope: &mut Envelope) {
    let open: Vec<usize> = (0..lines.len())
        .filter(|index| !envelope.skip.contains(index) && lines[*index].shape != Shape::Blank)
        .collect();
    let start = open.len().saturating_sub(9);
    for (place, index) in open.iter().enumerate().skip(start) {
        let words = text[lines[*index].range.clone()].trim();
        let words = words.trim_end_matches([',', '.', '!', ' ', '-', '–']);
        if words.len() > LONGEST || open.len() < 2 || !CLOSINGS.holds(&crate::words::lower(words)) {
            continue;
        }
        envelope.skip.insert(*index);
        for (after, signature) in open[place + 1..].iter().enumerate() {
            let line = text[lines[*signature].range.clone()].trim();
            if line.to_lowercase().starts_with("p.s") || line.to_lowercase().starts_with("ps") {
                break;
            }
            if line.split_whitespace().count() > 6
                || matches!(lines[*signature].shape, Shape::Item { .. })
            {
                break;
            }
            envelope.skip.insert(*signature);
            if after == 0 {
                envelope.signer = first_name(line).or(envelope.signer.take());
            }
        }
        return;
    }
    let Some(last) = open.last() else { return };
    let words = text[lines[*last].range.clone()].trim();
    if let Some(name) = titled_name(words).or_else(|| trailing_name(words)) {
        if name.len() + 4 >= words.len() && open.len() > 1 {
            envelope.skip.insert(*last);
        }
        envelope.signer = Some(name.to_owned());
    }
}

/// The signer in `… accounts. – Elena`, `… Thanks, Tom`, or a name alone.
fn trailing_name(words: &str) -> Option<&str> {
    let words = words.trim_end_matches(['.', ' ', '!']);
    let last = words
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '–' | '—' | '-'))
        .next()?;
    let shaped = last.chars().next().is_some_and(char::is_uppercase)
        && last.chars().all(char::is_alphabetic)
        && last.chars().count() > 1;
    if !shaped {
        return None;
    }
    let before = words[..words.len() - last.len()].trim_end();
    if before.is_empty() {
        return lexicon::is_first_name(&last.to_lowercase()).then_some(last);
    }
    let dashed = before.trim_end_matches(['–', '—', '-']);
    let after_sentence = |text: &str| text.trim_end().ends_with(['.', '!', '?', ')']);
    if dashed.len() < before.len() && (after_sentence(dashed) || dashed.trim().is_empty()) {
        return Some(last);
    }
    let lower = crate::words::lower(before.trim_end_matches([',', ' ', '!']));
    let closed = |closings: &[&str]| {
        closings.iter().any(|closing| {
            lower
                .strip_suffix(closing)
                .is_some_and(|rest| rest.is_empty() || after_sentence(rest))
        })
    };
    // `Your brother Edmund`
    let kin = lower.starts_with("your ") && lower.split_whitespace().count() == 2;
    (before.ends_with([',', '!']) && closed(&CLOSINGS) || closed(BARE) || kin).then_some(last)
}

/// `Kind regards, Margit, Baker`: a closing, the name, and what the writer is.
fn titled_name(words: &str) -> Option<&str> {
    let (closing, rest) = words.split_once(',')?;
    let (name, title) = rest.split_once(',')?;
    let name = name.split_whitespace().next()?;
    let short = title.split_whitespace().count() <= 4;
    let shaped = name.starts_with(char::is_uppercase) && name.chars().all(char::is_alphabetic);
    let closes = CLOSINGS.holds(&crate::words::lower(closing.trim()));
    (closes && short && shaped).then_some(name)
}
