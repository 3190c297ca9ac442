//! From a conversation to the tokens of a prompt.
//!
//! The template comes with the model. What people and files say is put into it as plain words: a text
//! that looks like one of the model's control tokens stays a text and cannot end a turn.

use llama_cpp_2::model::{LlamaChatMessage, LlamaChatTemplate, LlamaModel};
use llama_cpp_2::token::LlamaToken;
use llama_cpp_2::vocab::VocabType;

use super::{LoadError, TextError, Turn};

/// Longer than any token: more bytes than this per token of the context cannot fit.
const BYTES_PER_TOKEN: usize = 64;

/// Private-use characters that stand for a message while the template is applied.
const BEGIN: char = '\u{E0F0}';
const END: char = '\u{E0F1}';

/// A model's template.
pub(super) struct Template<'m> {
    model: &'m LlamaModel,
    template: LlamaChatTemplate,
}

impl<'m> Template<'m> {
    /// The template of the file, or `chatml` if it has none that is understood.
    pub(super) fn of(model: &'m LlamaModel) -> Result<Self, LoadError> {
        let understood = |template: &LlamaChatTemplate| {
            apply(model, template, &[("user", "x".to_owned())]).is_ok()
        };
        let own = model.chat_template(None).ok().filter(understood);
        let template = match own {
            Some(template) => template,
            None => LlamaChatTemplate::new("chatml").map_err(|_| LoadError::Library)?,
        };
        Ok(Self { model, template })
    }

    /// The prompt of a conversation in at most `limit` tokens. Too long: the oldest turns are dropped,
    /// never the system text, never the last message.
    ///
    /// # Errors
    /// [`TextError::TooLong`] when those alone do not fit.
    pub(super) fn prompt(
        &self,
        turns: &[Turn],
        limit: usize,
    ) -> Result<Vec<LlamaToken>, TextError> {
        let mut turns: Vec<&Turn> = turns.iter().collect();
        loop {
            let bytes: usize = turns.iter().map(|turn| size(turn)).sum();
            let tokens = if bytes / BYTES_PER_TOKEN > limit {
                bytes / BYTES_PER_TOKEN
            } else {
                let tokens = self.tokens(&turns)?;
                if tokens.len() <= limit {
                    return Ok(tokens);
                }
                tokens.len()
            };
            // Half of what seems too much at a time: a long history takes few rounds, and not much
            // more is dropped than must be.
            let excess = bytes * (tokens - limit) / tokens / 2;
            let mut dropped = 0;
            while dropped <= excess {
                match drop_oldest(&mut turns) {
                    Some(bytes) => dropped += bytes,
                    None if dropped > 0 => break,
                    None => return Err(TextError::TooLong { tokens, limit }),
                }
            }
        }
    }

    fn tokens(&self, turns: &[&Turn]) -> Result<Vec<LlamaToken>, TextError> {
        let marked: Vec<(&str, String)> = turns
            .iter()
            .enumerate()
            .map(|(at, turn)| (turn.speaker.name(), format!("{BEGIN}{at}{END}")))
            .collect();
        let applied = apply(self.model, &self.template, &marked)?;
        let segments = match self.model.vocab().vocab_type() {
            // This kind of vocabulary puts a space before every piece: it must see the text in one.
            VocabType::SPM => None,
            _ => split(&applied, turns),
        };
        if let Some(segments) = segments {
            return Ok(self.tokenize(&segments));
        }
        let applied = apply(self.model, &self.template, &plain(turns))?;
        Ok(self.tokenize(&[Segment::Control(applied)]))
    }

    fn tokenize(&self, segments: &[Segment<'_>]) -> Vec<LlamaToken> {
        let vocab = self.model.vocab();
        let begin = vocab
            .text(vocab.bos())
            .map(|text| text.to_string_lossy().into_owned());
        let mut tokens = Vec::new();
        for (at, segment) in segments.iter().enumerate() {
            match segment {
                Segment::Control(text) => {
                    let has_begin = begin.as_ref().is_some_and(|begin| text.starts_with(begin));
                    vocab.tokenize_into(text.as_bytes(), &mut tokens, at == 0 && !has_begin, true);
                }
                Segment::Words(text) => {
                    vocab.tokenize_into(text.as_bytes(), &mut tokens, false, false);
                }
            }
        }
        tokens
    }
}

fn apply(
    model: &LlamaModel,
    template: &LlamaChatTemplate,
    messages: &[(&str, String)],
) -> Result<String, TextError> {
    let messages: Result<Vec<LlamaChatMessage>, _> = messages
        .iter()
        .map(|(role, text)| LlamaChatMessage::new((*role).to_owned(), text.clone()))
        .collect();
    let messages = messages.map_err(|error| unusable(&error))?;
    model
        .apply_chat_template(template, &messages, true)
        .map_err(|error| unusable(&error))
}

/// A piece of a prompt.
#[derive(Debug, PartialEq, Eq)]
enum Segment<'t> {
    /// Of the template: control tokens are meant.
    Control(String),
    /// Of a message: words only.
    Words(&'t str),
}

/// Puts the messages into an applied template; `None` when the template dropped or moved one.
fn split<'t>(applied: &str, turns: &[&'t Turn]) -> Option<Vec<Segment<'t>>> {
    let mut segments = Vec::with_capacity(turns.len() * 2 + 1);
    let mut rest = applied;
    for (at, turn) in turns.iter().enumerate() {
        let (before, after) = rest.split_once(&format!("{BEGIN}{at}{END}"))?;
        segments.push(Segment::Control(before.to_owned()));
        segments.push(Segment::Words(&turn.text));
        rest = after;
    }
    segments.push(Segment::Control(rest.to_owned()));
    Some(segments)
}

/// Messages as they are, for templates that cannot be split. The library wants no zero bytes.
fn plain<'t>(turns: &[&'t Turn]) -> Vec<(&'t str, String)> {
    let text = |turn: &Turn| turn.text.replace('\0', " ");
    turns
        .iter()
        .map(|turn| (turn.speaker.name(), text(turn)))
        .collect()
}

/// What a turn takes, in bytes, its control tokens counted.
fn size(turn: &Turn) -> usize {
    turn.text.len() + 16
}

/// Drops the oldest turn that may be dropped, with the answers to it, and returns their size; `None`
/// when there is none.
fn drop_oldest(turns: &mut Vec<&Turn>) -> Option<usize> {
    let last = turns.len().saturating_sub(1);
    let at = turns[..last]
        .iter()
        .position(|turn| !turn.speaker.is_system())?;
    let mut dropped = size(turns.remove(at));
    while at + 1 < turns.len() && turns[at].speaker.is_answer() {
        dropped += size(turns.remove(at));
    }
    Some(dropped)
}

fn unusable(error: &dyn std::fmt::Display) -> TextError {
    TextError::Engine(format!("the chat template cannot be applied: {error}"))
}

#[cfg(test)]
mod tests {
    use super::super::Speaker;
    use super::*;

    fn turns(said: &[(Speaker, &str)]) -> Vec<Turn> {
        let turn = |(speaker, text): &(Speaker, &str)| Turn {
            speaker: *speaker,
            text: (*text).to_owned(),
        };
        said.iter().map(turn).collect()
    }

    #[test]
    fn messages_are_words_between_the_control_text() {
        let said = turns(&[(Speaker::User, "<|im_end|>"), (Speaker::Assistant, "b")]);
        let said: Vec<&Turn> = said.iter().collect();
        let applied = format!("<u>{BEGIN}0{END}</u><a>{BEGIN}1{END}</a>");
        let segments = split(&applied, &said).unwrap();
        assert_eq!(
            segments,
            [
                Segment::Control("<u>".to_owned()),
                Segment::Words("<|im_end|>"),
                Segment::Control("</u><a>".to_owned()),
                Segment::Words("b"),
                Segment::Control("</a>".to_owned()),
            ]
        );
        assert_eq!(split("<u></u>", &said), None);
    }

    #[test]
    fn the_oldest_turns_go_first_and_the_system_text_never() {
        let said = turns(&[
            (Speaker::System, "s"),
            (Speaker::User, "1"),
            (Speaker::Assistant, "2"),
            (Speaker::User, "3"),
            (Speaker::Assistant, "4"),
            (Speaker::User, "5"),
        ]);
        let mut left: Vec<&Turn> = said.iter().collect();
        let texts = |left: &[&Turn]| left.iter().map(|t| t.text.as_str()).collect::<String>();
        assert_eq!(drop_oldest(&mut left), Some(34));
        assert_eq!(texts(&left), "s345");
        assert_eq!(drop_oldest(&mut left), Some(34));
        assert_eq!(texts(&left), "s5");
        assert_eq!(drop_oldest(&mut left), None);
        assert_eq!(texts(&left), "s5");
    }
}
