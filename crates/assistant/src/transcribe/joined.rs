//! The transcripts of pieces joined to one, with the seconds of the whole recording.

use llm::gateway::Answered;
use llm::{ModelError, ModelType, Segment, Transcript};

use crate::UseLocal;
use crate::read::{Hearing, clock};

/// Silence in seconds after which what follows a full stop begins a line.
const PAUSE: f32 = 1.0;

/// What was heard so far.
#[derive(Debug, Default)]
pub(super) struct Joined {
    pub(super) segments: Vec<Segment>,
    pub(super) language: Option<String>,
    pub(super) model: Option<String>,
    /// Stretches that could not be made out, in seconds.
    pub(super) missing: Vec<(f64, f64)>,
    error: Option<ModelError>,
    in_a_row: usize,
    /// Why the rest could not be decoded.
    broken: Option<String>,
}

impl Joined {
    /// Adds what came of a piece. A hosted model that was given the recording itself counts its
    /// seconds from the start of that; everybody else from the start of the piece.
    pub(super) fn add(
        &mut self,
        start: f64,
        seconds: f64,
        original: bool,
        answer: Result<Answered<Transcript>, ModelError>,
    ) {
        let answered = match answer {
            Ok(answered) => answered,
            Err(error) => {
                tracing::warn!(%error, class = error.class(), start, "a piece was not transcribed");
                self.missing.push((start, start + seconds));
                self.error = Some(error);
                self.in_a_row += 1;
                return;
            }
        };
        self.in_a_row = 0;
        let whole = original && answered.model_type != ModelType::Local;
        #[expect(clippy::cast_possible_truncation, reason = "seconds of a recording")]
        let offset = if whole { 0.0 } else { start as f32 };
        #[expect(clippy::cast_possible_truncation, reason = "seconds of a recording")]
        let end = (start + seconds) as f32;
        let transcript = answered.value;
        self.model = Some(answered.model);
        self.language = self.language.take().or(transcript.language);
        if transcript.segments.is_empty() {
            let text = transcript.text.trim().to_owned();
            let (start, confidence) = (offset, transcript.confidence);
            self.segments.extend((!text.is_empty()).then_some(Segment {
                start,
                end,
                text,
                confidence,
            }));
            return;
        }
        let said = transcript.segments.into_iter();
        let said = said.filter(|segment| !segment.text.trim().is_empty());
        self.segments.extend(said.map(|segment| Segment {
            start: segment.start + offset,
            end: segment.end + offset,
            text: segment.text.trim().to_owned(),
            confidence: segment.confidence,
        }));
    }

    /// Whether nothing is set up that could listen.
    pub(super) fn hopeless(&self) -> bool {
        self.in_a_row > 0
            && self
                .error
                .as_ref()
                .is_some_and(|error| hearing_of(error) == Hearing::Placeholder)
    }

    /// Failures since the last piece that was heard.
    pub(super) fn failures(&self) -> usize {
        self.in_a_row
    }

    /// Notes that the rest was not tried.
    pub(super) fn give_up(&mut self, length: Option<f64>) {
        if let (Some(length), Some(last)) = (length, self.missing.last_mut()) {
            last.1 = last.1.max(length);
        }
    }

    /// Notes that the rest could not be decoded.
    pub(super) fn broke_off(&mut self, why: String) {
        self.broken = Some(why);
    }

    /// How it went on the whole.
    pub(super) fn hearing(&self) -> Hearing {
        match &self.error {
            _ if !self.segments.is_empty() => Hearing::Heard,
            Some(error) => hearing_of(error),
            None => Hearing::Silence,
        }
    }

    /// Whether another attempt may hear more.
    pub(super) fn again(&self) -> bool {
        self.error
            .as_ref()
            .is_some_and(|error| error.is_transient() && hearing_of(error) != Hearing::Placeholder)
    }

    /// What is missing, and how to get it.
    pub(super) fn notes(&self, hearing: Hearing, use_local: UseLocal) -> Vec<String> {
        let mut notes = Vec::new();
        match hearing {
            Hearing::Heard | Hearing::Silence => {}
            Hearing::Placeholder => notes.push(format!(
                "The recording is kept, but no speech model is set up to listen to it. To have it \
                 listened to, {}. Then send it again.",
                use_local.remedy_for_speech()
            )),
            Hearing::Loading => notes.push(
                "The recording is kept, but the speech model is still being loaded. Try again in a \
                 minute."
                    .to_owned(),
            ),
            Hearing::Timeout => notes.push(format!(
                "The recording is kept, but the speech model did not answer in time. Try again{}.",
                use_local.also_for_speech()
            )),
            Hearing::Error => notes.push(format!(
                "The recording is kept, but no speech model could listen to it just now. Try again \
                 in a moment{}.",
                use_local.also_for_speech()
            )),
        }
        if hearing == Hearing::Heard && !self.missing.is_empty() {
            let parts = self.missing.iter();
            let parts = parts.map(|(from, to)| format!("{} to {}", clock(*from), clock(*to)));
            let parts = parts.collect::<Vec<_>>().join(", ");
            notes.push(format!(
                "These parts could not be made out: {parts}. Try again later."
            ));
        }
        notes.extend(self.broken.clone());
        notes
    }

    /// The mean over its segments, weighted by their length; `None` where none has one.
    pub(super) fn confidence(&self) -> Option<f32> {
        let (mut sum, mut length) = (0.0, 0.0);
        for segment in &self.segments {
            if let Some(confidence) = segment.confidence {
                let weight = (segment.end - segment.start).max(0.01);
                sum += confidence * weight;
                length += weight;
            }
        }
        (length > 0.0).then(|| sum / length)
    }
}

/// All the words of segments, and the first character of each segment in them.
pub(crate) fn words(segments: &[Segment]) -> (String, Vec<usize>) {
    let mut words = String::new();
    let mut starts = Vec::with_capacity(segments.len());
    let mut at = 0;
    let mut before: Option<&Segment> = None;
    for segment in segments {
        if let Some(before) = before {
            let ended = before.text.ends_with(['.', '!', '?']);
            let paused = segment.start - before.end >= PAUSE;
            words.push(if ended && paused { '\n' } else { ' ' });
            at += 1;
        }
        starts.push(at);
        words.push_str(&segment.text);
        at += segment.text.chars().count();
        before = Some(segment);
    }
    (words, starts)
}

/// What a failure of all models is called (contract 002-A7).
pub(super) fn hearing_of(error: &ModelError) -> Hearing {
    match error {
        ModelError::NotConfigured(_) => Hearing::Placeholder,
        ModelError::Timeout(_) => Hearing::Timeout,
        ModelError::Unavailable {
            retry_after: Some(_),
            ..
        } => Hearing::Loading,
        ModelError::AllFailed {
            attempts,
            retry_after,
        } => {
            let is = |class: &str| attempts.iter().any(|attempt| attempt.class == class);
            if attempts
                .iter()
                .all(|attempt| attempt.class == "not_configured")
            {
                Hearing::Placeholder
            } else if retry_after.is_some() && is("unavailable") {
                Hearing::Loading
            } else if is("timeout") {
                Hearing::Timeout
            } else {
                Hearing::Error
            }
        }
        _ => Hearing::Error,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn segment(start: f32, end: f32, text: &str, confidence: Option<f32>) -> Segment {
        Segment {
            start,
            end,
            text: text.to_owned(),
            confidence,
        }
    }

    fn answered(model_type: ModelType, segments: Vec<Segment>) -> Answered<Transcript> {
        Answered {
            value: Transcript {
                text: "Call Nora.".to_owned(),
                language: Some("en".to_owned()),
                segments,
                confidence: Some(0.9),
                model: "m".to_owned(),
            },
            account: "a".to_owned(),
            kind: "k".to_owned(),
            model: "m".to_owned(),
            model_type,
            latency: Duration::ZERO,
            attempts: 1,
        }
    }

    #[test]
    fn seconds_are_those_of_the_whole_recording() {
        let said = vec![segment(1.0, 2.0, " Call Nora. ", None)];
        let mut heard = Joined::default();
        heard.add(
            600.0,
            60.0,
            false,
            Ok(answered(ModelType::Cloud, said.clone())),
        );
        heard.add(
            700.0,
            60.0,
            true,
            Ok(answered(ModelType::Local, said.clone())),
        );
        heard.add(3.0, 60.0, true, Ok(answered(ModelType::Cloud, said)));
        heard.add(
            800.0,
            60.0,
            false,
            Ok(answered(ModelType::Cloud, Vec::new())),
        );
        let starts: Vec<f32> = heard.segments.iter().map(|segment| segment.start).collect();
        assert_eq!(starts, [601.0, 701.0, 1.0, 800.0]);
        assert!((heard.segments[3].end - 860.0).abs() < 1e-3);
    }

    #[test]
    fn words_know_where_their_segment_begins() {
        let heard = Joined {
            segments: vec![
                segment(0.0, 1.0, "Gruß an Nora.", Some(1.0)),
                segment(1.2, 2.0, "Call Ben", Some(0.4)),
                segment(2.0, 3.0, "tomorrow.", None),
                segment(5.0, 6.0, "Buy milk.", None),
            ],
            ..Joined::default()
        };
        let (words, starts) = words(&heard.segments);
        assert_eq!(words, "Gruß an Nora. Call Ben tomorrow.\nBuy milk.");
        assert_eq!(starts, [0, 14, 23, 33]);
        assert!((heard.confidence().unwrap() - (1.0 + 0.4 * 0.8) / 1.8).abs() < 1e-5);
    }

    #[test]
    fn what_was_not_made_out_is_told_with_its_place() {
        let mut heard = Joined::default();
        heard.add(
            0.0,
            600.0,
            false,
            Ok(answered(ModelType::Cloud, Vec::new())),
        );
        heard.add(600.0, 600.0, false, Err(ModelError::Timeout("total")));
        assert_eq!(heard.hearing(), Hearing::Heard);
        assert!(heard.again());
        let notes = heard.notes(Hearing::Heard, UseLocal::Auto);
        assert!(notes[0].contains("10:00 to 20:00"), "{notes:?}");
    }
}
