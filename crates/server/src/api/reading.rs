//! What came of reading a file, as it is shown (contract 3.1, `MultimodalResponse`).

use assistant::{
    Content, DocumentContent, Hearing, MultimodalReply, Part, PictureContent, Reading,
    SpeechContent, Suggestion,
};
use domain::file::File;
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use crate::api::found::FoundTask;

/// What came of reading a file, an image, a recording, or a message with such parts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MultimodalResponse {
    /// The answer in words, with an invitation to chat at its end after an upload.
    response: String,
    /// What was done with each part.
    #[schema(value_type = Object)]
    processing_details: Value,
    /// `text`, `image`, `audio`, `text_file`, `file`.
    inputs_processed: Vec<&'static str>,
    #[schema(value_type = Object)]
    model_info: Value,
    /// `success`, `partial` or `error`.
    status: &'static str,
    /// Seconds since 1970.
    timestamp: f64,
    /// Tasks found; saved unless that was not wanted, or they need confirmation.
    tasks: Vec<FoundTask>,
    /// What could not be done, and how it could be.
    notes: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    filename: Option<String>,
    /// Whether the same bytes had been uploaded before.
    #[serde(skip_serializing_if = "Option::is_none")]
    duplicate: Option<bool>,
    /// The job that did the work, if there was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    job_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    session_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message_id: Option<i64>,
}

/// What is known about an answer beside the reading.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Around {
    /// Only suggestions that name something to do.
    pub(crate) actionable_only: bool,
    /// Seconds from the request to the answer, where somebody waited.
    pub(crate) total: Option<f64>,
    /// Seconds since 1970.
    pub(crate) timestamp: f64,
    pub(crate) duplicate: Option<bool>,
    pub(crate) job_id: Option<i64>,
}

/// What came of reading one file.
pub(crate) fn of_file(file: &File, read: Reading, around: Around) -> MultimodalResponse {
    let suggestions = suggested(&read.suggestions, around.actionable_only);
    let mut details = Map::new();
    if let Content::Speech(speech) = &read.content {
        details.insert(
            "transcription".to_owned(),
            transcription(speech, &read.notes),
        );
    }
    details.insert(
        "file_analysis".to_owned(),
        analysis(file, &read, &suggestions),
    );
    details.insert("processing_time".to_owned(), json!(read.seconds));
    details.insert(
        "total_time".to_owned(),
        json!(around.total.unwrap_or(read.seconds)),
    );
    details.insert("file_id".to_owned(), json!(file.id));
    details.insert("filename".to_owned(), json!(file.original_filename));
    let mut models = part_models(&read.content);
    models.insert("model".to_owned(), json!(read.model));
    models.insert("task_model".to_owned(), json!(read.task_model));
    let by_model = read.model.is_some() || read.task_model.is_some();
    let method = if by_model { "rules+model" } else { "rules" };
    models.insert("method".to_owned(), json!(method));
    MultimodalResponse {
        inputs_processed: vec![read.content.input()],
        response: read.response,
        processing_details: Value::Object(details),
        model_info: Value::Object(models),
        status: read.status.as_str(),
        timestamp: around.timestamp,
        tasks: shown(read.tasks),
        notes: read.notes,
        file_id: Some(file.id.to_string()),
        filename: Some(file.original_filename.clone()),
        duplicate: around.duplicate,
        job_id: around.job_id,
        session_id: None,
        message_id: None,
    }
}

/// The answer to a message with parts (contract 002-E12).
pub(crate) fn of_parts(
    reply: MultimodalReply,
    had_message: bool,
    session_id: Option<String>,
    timestamp: f64,
) -> MultimodalResponse {
    let mut details = Map::new();
    let mut inputs = Vec::new();
    let mut models = Map::new();
    let mut notes = Vec::new();
    for key in ["audio_processing", "image_processing"] {
        details.insert(key.to_owned(), Value::Null);
    }
    for part in reply.parts {
        let key = match &part.content {
            Content::Speech(_) => "audio_processing",
            Content::Picture(_) => "image_processing",
            Content::Document(_) => "document_processing",
            Content::Unknown => "file_processing",
        };
        inputs.push(part.content.input());
        models.append(&mut part_models(&part.content));
        let name = &part.file.original_filename;
        notes.extend(part.notes.iter().map(|note| format!("{name}: {note}")));
        details.insert(key.to_owned(), part_details(&part));
    }
    if had_message {
        inputs.push("text");
    }
    details.insert(
        "suggestions".to_owned(),
        suggested(&reply.suggestions, false),
    );
    details.insert(
        "processing_time".to_owned(),
        json!(reply.time.as_secs_f64()),
    );
    models.insert("model".to_owned(), json!(reply.model));
    models.insert("tokens_used".to_owned(), json!(reply.tokens_used));
    models.insert("response_time".to_owned(), json!(reply.time.as_secs_f64()));
    MultimodalResponse {
        response: reply.response,
        processing_details: Value::Object(details),
        inputs_processed: inputs,
        model_info: Value::Object(models),
        status: reply.status.as_str(),
        timestamp,
        tasks: shown(reply.tasks),
        notes,
        file_id: None,
        filename: None,
        duplicate: None,
        job_id: None,
        session_id,
        message_id: Some(reply.message_id),
    }
}

fn shown(tasks: Vec<assistant::Proposal>) -> Vec<FoundTask> {
    let tasks = tasks.into_iter();
    tasks.map(|task| FoundTask::new(task, false)).collect()
}

fn part_details(part: &Part) -> Value {
    let mut told = match &part.content {
        Content::Speech(speech) => json!({ "transcription": transcription(speech, &part.notes) }),
        Content::Picture(picture) => seen(picture),
        Content::Document(document) => read_document(document),
        Content::Unknown => json!({}),
    };
    told["status"] = json!(part.status.as_str());
    told["notes"] = json!(part.notes);
    told["file_id"] = json!(part.file.id);
    told["filename"] = json!(part.file.original_filename);
    told["processing_time"] = json!(part.seconds);
    told
}

/// The models that made out a part, by what they did.
fn part_models(content: &Content) -> Map<String, Value> {
    let mut models = Map::new();
    match content {
        Content::Speech(speech) => {
            models.insert("transcription".to_owned(), json!(listener(speech)));
        }
        Content::Picture(picture) => {
            models.insert("caption".to_owned(), json!(picture.described_by));
            models.insert("text_reader".to_owned(), json!(picture.read_by));
        }
        Content::Document(_) | Content::Unknown => {}
    }
    models
}

/// The model that listened, or the word in its place (contract 002-A7).
fn listener(speech: &SpeechContent) -> Option<&str> {
    speech.hearing.stand_in().or(speech.model.as_deref())
}

/// What was said; where nothing could be made out, why (contract 002-A7).
fn transcription(speech: &SpeechContent, notes: &[String]) -> Value {
    let heard = speech.hearing == Hearing::Heard;
    let text = match speech.hearing {
        Hearing::Heard | Hearing::Silence => speech.text.clone(),
        _ => notes.join(" "),
    };
    let segments: Vec<Value> = speech
        .segments
        .iter()
        .map(|segment| {
            json!({ "start": hundredths(segment.start), "end": hundredths(segment.end),
                    "text": segment.text, "confidence": segment.confidence })
        })
        .collect();
    json!({
        "text": text,
        "confidence": if heard { speech.confidence.unwrap_or(1.0) } else { 0.0 },
        "language": speech.language.as_deref().unwrap_or("unknown"),
        "segments": segments,
        "model_used": listener(speech),
        "duration": speech.seconds,
        "missing": speech.missing,
        "truncated": speech.truncated,
    })
}

fn hundredths(seconds: f32) -> f64 {
    (f64::from(seconds) * 100.0).round() / 100.0
}

/// What a picture shows (contract 002-A5).
fn seen(picture: &PictureContent) -> Value {
    json!({
        "description": picture.description,
        "confidence": picture.confidence,
        "type": "image",
        "model_used": picture.described_by.as_deref().unwrap_or("local"),
        "context_type": picture.context.as_str(),
        "text": picture.text,
        "text_model": picture.read_by,
        "metadata": {
            "original_task_type": picture.requested.as_str(),
            "detected_context": picture.context.as_str(),
            "caption_length": picture.description.chars().count(),
            "processing_enhanced": picture.described_by.is_some(),
            "width": picture.width,
            "height": picture.height,
            "brightness": picture.brightness,
            "colours": picture.colours,
        },
    })
}

fn read_document(document: &DocumentContent) -> Value {
    json!({
        "title": document.title,
        "pages": document.pages,
        "pages_read_as_pictures": document.pages_read,
        "pages_unread": document.pages_unread,
        "truncated": document.truncated,
        "table": document.table,
        "characters": document.characters,
        "preview": document.preview,
    })
}

fn analysis(file: &File, read: &Reading, suggestions: &Value) -> Value {
    let mut told = match &read.content {
        Content::Picture(picture) => seen(picture),
        Content::Document(document) => read_document(document),
        Content::Speech(_) | Content::Unknown => json!({}),
    };
    let enhanced = read.model.is_some();
    told["status"] = json!(read.status.as_str());
    told["analysis"] = json!(read.analysis);
    told["ai_response"] = json!(read.model.as_ref().map(|_| &read.analysis));
    told["ai_insights"] = told["ai_response"].clone();
    told["suggestions"] = suggestions.clone();
    told["processing_time"] = json!(read.seconds);
    let metadata = &mut told["metadata"];
    metadata["file_size"] = json!(file.file_size);
    metadata["content_type"] = json!(file.content_type);
    metadata["analysis_enhanced"] = json!(enhanced);
    match &read.content {
        Content::Document(document) => {
            metadata["encoding"] = json!(document.encoding);
            metadata["content_preview"] = json!(document.preview);
        }
        Content::Speech(speech) => {
            metadata["transcription_length"] = json!(speech.text.chars().count());
            metadata["audio_file_size"] = json!(file.file_size);
        }
        Content::Picture(_) | Content::Unknown => {}
    }
    told
}

fn suggested(suggestions: &[Suggestion], actionable_only: bool) -> Value {
    suggestions
        .iter()
        .filter(|one| one.actionable || !actionable_only)
        .map(|one| {
            json!({ "text": one.text, "category": one.category, "priority": one.priority,
                    "actionable": one.actionable })
        })
        .collect()
}
