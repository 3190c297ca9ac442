//! Speech (contract 002-A7).

use futures_util::future::BoxFuture;
use http::header::CONTENT_TYPE;
use llm::{ModelError, Segment, Transcriber, Transcript, TranscriptionRequest};
use serde::Deserialize;

use super::path;
use crate::http::Upstream;
use crate::{audio, lenient};

/// Whisper at Hugging Face.
pub(crate) struct HuggingFaceTranscriber {
    upstream: Upstream,
    default_model: String,
}

impl HuggingFaceTranscriber {
    pub(crate) fn new(upstream: Upstream, default_model: String) -> Self {
        Self {
            upstream,
            default_model,
        }
    }
}

impl Transcriber for HuggingFaceTranscriber {
    fn transcribe(
        &self,
        request: TranscriptionRequest,
    ) -> BoxFuture<'_, Result<Transcript, ModelError>> {
        Box::pin(async move {
            let model = request.model.as_deref().unwrap_or(&self.default_model);
            let asked = self
                .upstream
                .post(&path(model)?)
                .header(CONTENT_TYPE, audio::hugging_face_type(&request.media_type))
                .body(request.audio.clone());
            let body = self.upstream.whole(asked, model).await?;
            transcript(&body, model).map_err(|error| self.upstream.scrubbed(error))
        })
    }
}

/// An object, a list of objects, or a bare text.
#[derive(Deserialize)]
#[serde(untagged)]
enum Heard {
    One(Passage),
    Many(Vec<Passage>),
    Text(String),
}

#[derive(Deserialize)]
struct Passage {
    text: String,
    #[serde(default, alias = "confidence", deserialize_with = "lenient::maybe")]
    score: Option<f32>,
    #[serde(default, deserialize_with = "lenient::maybe")]
    language: Option<String>,
    #[serde(default, deserialize_with = "lenient::list")]
    chunks: Vec<Chunk>,
}

#[derive(Deserialize)]
struct Chunk {
    text: String,
    /// The end of the last one may be missing.
    timestamp: (f32, Option<f32>),
}

fn transcript(body: &[u8], model: &str) -> Result<Transcript, ModelError> {
    let heard: Heard = serde_json::from_slice(body)
        .map_err(|_| ModelError::Malformed("a transcript of an unknown form".to_owned()))?;
    let passages = match heard {
        Heard::One(passage) => vec![passage],
        Heard::Many(passages) if passages.is_empty() => {
            return Err(ModelError::Malformed(
                "an empty list of transcripts".to_owned(),
            ));
        }
        Heard::Many(passages) => passages,
        Heard::Text(text) => vec![Passage {
            text,
            score: None,
            language: None,
            chunks: Vec::new(),
        }],
    };
    let texts: Vec<&str> = passages
        .iter()
        .map(|passage| passage.text.trim())
        .filter(|text| !text.is_empty())
        .collect();
    let segments = passages
        .iter()
        .flat_map(|passage| &passage.chunks)
        .map(|chunk| Segment {
            start: chunk.timestamp.0,
            end: chunk.timestamp.1.unwrap_or(chunk.timestamp.0),
            text: chunk.text.trim().to_owned(),
            confidence: None,
        })
        .collect();
    let scores: Vec<f32> = passages
        .iter()
        .filter_map(|passage| passage.score)
        .collect();
    let mean = scores.iter().sum::<f32>() / scores.len().max(1) as f32;
    Ok(Transcript {
        text: texts.join(" "),
        language: passages.iter().find_map(|passage| passage.language.clone()),
        segments,
        confidence: (!scores.is_empty()).then(|| mean.clamp(0.0, 1.0)),
        model: model.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(json: &str) -> Result<Transcript, ModelError> {
        transcript(json.as_bytes(), "whisper")
    }

    /// Contract 002-A7: the three forms of an answer.
    #[test]
    fn an_object_a_list_or_a_text() {
        let one =
            heard(r#"{"text": " Call Anna. ", "confidence": 0.5, "language": "en"}"#).unwrap();
        assert_eq!(one.text, "Call Anna.");
        assert_eq!(one.confidence, Some(0.5));
        assert_eq!(one.language.as_deref(), Some("en"));
        let many = heard(r#"[{"text": "Call", "score": 1.0}, {"text": "Anna", "score": 0.5}]"#);
        let many = many.unwrap();
        assert_eq!(many.text, "Call Anna");
        assert_eq!(many.confidence, Some(0.75));
        let bare = heard(r#""Call Anna""#).unwrap();
        assert_eq!(bare.text, "Call Anna");
        assert_eq!(bare.confidence, None);
    }

    #[test]
    fn chunks_become_segments() {
        let json = r#"{"text": "a b", "chunks": [
            {"text": " a", "timestamp": [0.0, 1.5]}, {"text": " b", "timestamp": [1.5, null]}]}"#;
        let segments = heard(json).unwrap().segments;
        assert_eq!(segments.len(), 2);
        assert!((segments[1].start - 1.5).abs() < f32::EPSILON);
        assert_eq!(segments[1].text, "b");
    }

    #[test]
    fn anything_else_is_no_transcript() {
        for json in ["{}", "[]", "7", "", "{\"text\": 1}", "<html>"] {
            assert!(
                matches!(heard(json), Err(ModelError::Malformed(_))),
                "{json}"
            );
        }
        // Silence is an answer.
        assert_eq!(heard(r#"{"text": ""}"#).unwrap().text, "");
    }
}
