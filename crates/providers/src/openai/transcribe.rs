//! Speech over `/audio/transcriptions`.

use futures_util::future::BoxFuture;
use llm::{ModelError, Segment, Transcriber, Transcript, TranscriptionRequest};
use reqwest::multipart::{Form, Part};
use serde::Deserialize;

use super::language;
use crate::http::Upstream;
use crate::{Kind, audio, lenient, retired};

/// Whisper behind `OpenAI`'s protocol.
pub(crate) struct OpenAiTranscriber {
    upstream: Upstream,
    kind: Kind,
    default_model: String,
}

impl OpenAiTranscriber {
    pub(crate) fn new(upstream: Upstream, kind: Kind, default_model: String) -> Self {
        Self {
            upstream,
            kind,
            default_model,
        }
    }
}

impl Transcriber for OpenAiTranscriber {
    fn transcribe(
        &self,
        request: TranscriptionRequest,
    ) -> BoxFuture<'_, Result<Transcript, ModelError>> {
        Box::pin(async move {
            let model = request.model.as_deref().unwrap_or(&self.default_model);
            let model = retired::current(self.kind, model).to_owned();
            let form = form(&request, &model)?;
            let asked = self.upstream.post("/audio/transcriptions").multipart(form);
            let body = self.upstream.whole(asked, &model).await?;
            let heard: Heard = serde_json::from_slice(&body).map_err(|error| {
                self.upstream
                    .scrubbed(ModelError::Malformed(error.to_string()))
            })?;
            heard.transcript(model)
        })
    }
}

fn form(request: &TranscriptionRequest, model: &str) -> Result<Form, ModelError> {
    let length = request.audio.len() as u64;
    let file = Part::stream_with_length(request.audio.clone(), length)
        // The service tells the container by the name's ending.
        .file_name(format!("audio.{}", audio::extension(&request.media_type)))
        .mime_str(audio::plain_type(&request.media_type))
        .map_err(|_| ModelError::BadRequest(format!("{} is no media type", request.media_type)))?;
    // Only Whisper gives segments; the newer models refuse the word.
    let format = if model.contains("whisper") {
        "verbose_json"
    } else {
        "json"
    };
    let form = Form::new()
        .text("model", model.to_owned())
        .text("response_format", format);
    let form = match &request.language {
        Some(language) => form.text("language", language.clone()),
        None => form,
    };
    Ok(form.part("file", file))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Heard {
    text: Option<String>,
    #[serde(deserialize_with = "lenient::maybe")]
    language: Option<String>,
    #[serde(deserialize_with = "lenient::list")]
    segments: Vec<HeardSegment>,
}

#[derive(Debug, Deserialize)]
struct HeardSegment {
    start: f32,
    end: f32,
    text: String,
    #[serde(default)]
    avg_logprob: Option<f32>,
}

impl Heard {
    fn transcript(self, model: String) -> Result<Transcript, ModelError> {
        let text = self
            .text
            .ok_or_else(|| ModelError::Malformed("a transcript without text".to_owned()))?;
        let segments: Vec<Segment> = self
            .segments
            .into_iter()
            .map(|segment| Segment {
                start: segment.start,
                end: segment.end,
                text: segment.text.trim().to_owned(),
                // The mean probability of its tokens (geometric).
                confidence: segment.avg_logprob.map(|mean| mean.exp().clamp(0.0, 1.0)),
            })
            .collect();
        Ok(Transcript {
            text: text.trim().to_owned(),
            language: self.language.as_deref().and_then(language::code),
            confidence: audio::confidence(&segments),
            segments,
            model,
        })
    }
}
