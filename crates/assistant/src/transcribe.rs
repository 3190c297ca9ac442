//! Speech becomes words with the seconds they were said at (contract 002-A7, D8.24).
//!
//! A recording comes in pieces of at most ten minutes, one at a time, so that its length costs no
//! memory. A hosted model gets the recording itself where it is short enough, else each piece as WAV;
//! a model in this process gets the samples. What no model could make out is told, never made up.

mod joined;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use llm::gateway::{Answered, Call, Only};
use llm::{ModelError, ModelType, Transcript, TranscriptionRequest, Use};
use media::Kind;
use media::audio::Piece;
use media::child::ReadError;

use crate::read::{Content, Perceived, Progress, SpeechContent, Subject, Unread};
use crate::{AssistantError, UseLocal, View};

use joined::Joined;
pub(crate) use joined::words;

/// Largest recording that is sent as it is (contract 002-A7).
const LARGEST: u64 = 25 * 1024 * 1024;
/// Time for a piece, beside what its length takes.
const PATIENCE: Duration = Duration::from_mins(3);
/// How much slower than speech itself a busy machine may be.
const SLOWEST: f64 = 2.0;
/// Failures in a row after which the rest is not tried.
const FAILURES: usize = 2;

/// The pieces of a recording with the one that comes next, so that the last is known to be it.
struct Pieces {
    recording: media::child::Recording,
    next: Option<Result<Piece, ReadError>>,
}

impl View {
    /// Makes out what is said in a recording.
    pub(crate) async fn listen(
        &self,
        subject: &Subject,
        media_type: &'static str,
        call: &Call,
        progress: &Progress,
    ) -> Result<Perceived, AssistantError> {
        progress.tell("listening", 0.02);
        match self.hear(subject, media_type, call, progress).await {
            Ok(perceived) => Ok(perceived),
            Err(unread) => unread.perceived(),
        }
    }

    async fn hear(
        &self,
        subject: &Subject,
        media_type: &'static str,
        call: &Call,
        progress: &Progress,
    ) -> Result<Perceived, Unread> {
        let kind = Kind::Audio(media_type);
        let opened = self.with_reader(&subject.path, move |reader, path| {
            let mut recording = reader.pieces(path, kind)?;
            let next = recording.next();
            Ok::<_, ReadError>(Pieces { recording, next })
        });
        let mut pieces = opened.await??;
        let length = pieces.recording.seconds();
        let hosted = call.clone().only(Only::Type(ModelType::Cloud));
        let hosted = self.parts.gateway.can(Use::Transcription, &hosted);
        let mut heard = Joined::default();
        let mut is_first = true;
        loop {
            let piece = match pieces.next.take() {
                None => break,
                Some(Ok(piece)) => piece,
                Some(Err(error)) => {
                    // What was heard before is worth keeping.
                    match (Unread::from(error), heard.segments.is_empty()) {
                        (Unread::File(why), false) => heard.broke_off(why),
                        (unread, _) => return Err(unread),
                    }
                    break;
                }
            };
            pieces = decoded_further(pieces).await?;
            let alone = is_first && pieces.next.is_none() && subject.size <= LARGEST;
            is_first = false;
            let sent = match (hosted, alone) {
                (false, _) => Sent::Samples,
                (true, false) => Sent::Wav,
                (true, true) => Sent::Original(self.original(subject).await?),
            };
            let (start, seconds) = (piece.start, piece.seconds());
            let answer = self.transcribe(piece, sent, media_type, call).await;
            heard.add(start, seconds, alone, answer);
            let done = start + seconds;
            let whole = length.unwrap_or(done * 2.0).max(done).max(1.0);
            progress.tell("listening", 0.02 + 0.86 * done / whole);
            if heard.hopeless() || heard.failures() >= FAILURES {
                heard.give_up(length);
                break;
            }
        }
        let decoded = pieces.recording.decoded().max(length.unwrap_or_default());
        let truncated = pieces.recording.truncated();
        Ok(perceived(
            heard,
            decoded,
            truncated,
            self.parts.config.use_local,
        ))
    }

    async fn original(&self, subject: &Subject) -> Result<Bytes, Unread> {
        let bytes = tokio::fs::read(&subject.path).await;
        Ok(bytes.map_err(AssistantError::internal)?.into())
    }

    async fn transcribe(
        &self,
        piece: Piece,
        sent: Sent,
        media_type: &str,
        call: &Call,
    ) -> Result<Answered<Transcript>, ModelError> {
        let length = Duration::from_secs_f64(piece.seconds() * SLOWEST);
        let samples = Arc::new(piece.samples);
        let (audio, media_type) = match sent {
            Sent::Original(bytes) => (bytes, media_type),
            Sent::Samples => (Bytes::new(), "audio/wav"),
            Sent::Wav => {
                let samples = Arc::clone(&samples);
                let written =
                    tokio::task::spawn_blocking(move || media::audio::wav(&samples)).await;
                let wav = written.map_err(|error| ModelError::BadRequest(error.to_string()))?;
                (wav.into(), "audio/wav")
            }
        };
        let request = TranscriptionRequest {
            audio,
            media_type: media_type.to_owned(),
            samples: Some(samples),
            language: None,
            model: None,
        };
        let call = call.clone().within(PATIENCE + length);
        self.parts
            .gateway
            .transcribe(Use::Transcription, request, call)
            .await
    }
}

/// What a hosted model is given.
enum Sent {
    /// The recording as it was uploaded.
    Original(Bytes),
    /// The piece as WAV.
    Wav,
    /// Nothing: only a model in this process is asked.
    Samples,
}

/// Decodes the next piece.
async fn decoded_further(mut pieces: Pieces) -> Result<Pieces, AssistantError> {
    let decoded = tokio::task::spawn_blocking(move || {
        pieces.next = pieces.recording.next();
        pieces
    });
    decoded.await.map_err(AssistantError::internal)
}

/// What is told of the whole recording.
fn perceived(heard: Joined, seconds: f64, truncated: bool, use_local: UseLocal) -> Perceived {
    let hearing = heard.hearing();
    let notes = heard.notes(hearing, use_local);
    let (words, starts) = words(&heard.segments);
    let again = heard.again();
    let content = SpeechContent {
        text: words.clone(),
        confidence: heard.confidence(),
        language: heard.language.clone(),
        seconds,
        missing: heard.missing.clone(),
        truncated,
        model: heard.model.clone(),
        hearing,
        segments: heard.segments,
    };
    let mut perceived = Perceived::new(Content::Speech(content), words);
    perceived.starts = starts;
    perceived.again = again;
    for note in notes {
        perceived.lacking(note);
    }
    if truncated {
        perceived
            .lacking("The recording breaks off before its end; what is there was listened to.");
    }
    perceived
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Hearing;

    #[test]
    fn a7_002_what_a_failure_is_called() {
        let unavailable = |retry_after| ModelError::Unavailable {
            message: String::new(),
            retry_after,
        };
        let told = [
            ModelError::NotConfigured("speech".to_owned()),
            unavailable(Some(Duration::from_secs(20))),
            unavailable(None),
            ModelError::Timeout("total"),
        ];
        let told = told.map(|error| joined::hearing_of(&error));
        let expected = [
            Hearing::Placeholder,
            Hearing::Loading,
            Hearing::Error,
            Hearing::Timeout,
        ];
        assert_eq!(told, expected);
    }
}
