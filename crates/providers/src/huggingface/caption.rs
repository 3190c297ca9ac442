//! Captions (contract 6, BLIP).

use futures_util::future::BoxFuture;
use http::header::CONTENT_TYPE;
use llm::{Caption, CaptionRequest, Captioner, ModelError};
use serde::Deserialize;

use super::path;
use crate::http::Upstream;
use crate::lenient;

/// A captioning model at Hugging Face.
pub(crate) struct HuggingFaceCaptioner {
    upstream: Upstream,
    default_model: String,
}

impl HuggingFaceCaptioner {
    pub(crate) fn new(upstream: Upstream, default_model: String) -> Self {
        Self {
            upstream,
            default_model,
        }
    }
}

impl Captioner for HuggingFaceCaptioner {
    fn caption(&self, request: CaptionRequest) -> BoxFuture<'_, Result<Caption, ModelError>> {
        Box::pin(async move {
            let model = request.model.as_deref().unwrap_or(&self.default_model);
            let asked = self
                .upstream
                .post(&path(model)?)
                .header(CONTENT_TYPE, request.media_type.as_str())
                .body(request.image.clone());
            let body = self.upstream.whole(asked, model).await?;
            caption(&body, model).map_err(|error| self.upstream.scrubbed(error))
        })
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Seen {
    Many(Vec<Sight>),
    One(Sight),
}

#[derive(Deserialize)]
struct Sight {
    generated_text: String,
    #[serde(default, deserialize_with = "lenient::maybe")]
    score: Option<f32>,
}

fn caption(body: &[u8], model: &str) -> Result<Caption, ModelError> {
    let unknown = || ModelError::Malformed("a caption of an unknown form".to_owned());
    let seen: Seen = serde_json::from_slice(body).map_err(|_| unknown())?;
    let sight = match seen {
        Seen::One(sight) => sight,
        Seen::Many(sights) => sights.into_iter().next().ok_or_else(unknown)?,
    };
    let text = sight.generated_text.trim();
    if text.is_empty() {
        return Err(ModelError::Malformed("a caption without words".to_owned()));
    }
    Ok(Caption {
        text: text.to_owned(),
        confidence: sight.score.map(|score| score.clamp(0.0, 1.0)),
        model: model.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_or_an_object() {
        let list = br#"[{"generated_text": " a whiteboard ", "score": 0.8}]"#;
        let seen = caption(list, "blip").unwrap();
        assert_eq!(
            (seen.text.as_str(), seen.confidence),
            ("a whiteboard", Some(0.8))
        );
        let one = caption(br#"{"generated_text": "a desk"}"#, "blip").unwrap();
        assert_eq!((one.text.as_str(), one.confidence), ("a desk", None));
        for odd in ["[]", "{}", "\"a desk\"", r#"[{"generated_text": " "}]"#] {
            assert!(matches!(
                caption(odd.as_bytes(), "blip"),
                Err(ModelError::Malformed(_))
            ));
        }
    }
}
