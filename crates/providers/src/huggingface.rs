//! Hugging Face's classic inference: the bytes of a recording or a picture are the whole request.
//! Chat goes over its router, which speaks `OpenAI`'s protocol.

mod caption;
mod transcribe;

pub(crate) use caption::HuggingFaceCaptioner;
pub(crate) use transcribe::HuggingFaceTranscriber;

use llm::ModelError;

/// The path of a model below the base: `openai/whisper-large-v3` keeps its slash.
///
/// # Errors
/// [`ModelError::ModelGone`] for what cannot be a model's name.
fn path(model: &str) -> Result<String, ModelError> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    let climbs = model
        .split('/')
        .any(|part| part.is_empty() || part.starts_with('.'));
    if climbs || !model.chars().all(plain) {
        return Err(ModelError::ModelGone {
            model: model.to_owned(),
            message: "no model has such a name".to_owned(),
        });
    }
    Ok(format!("/models/{model}"))
}
