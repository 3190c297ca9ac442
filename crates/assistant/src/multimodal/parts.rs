//! The parts of a message, made out side by side.

use std::time::Instant;

use domain::file::{File, Processing};
use futures_util::future::try_join_all;
use store::{StoreError, Transaction};

use super::{MultimodalInput, Part};
use crate::processing::Record;
use crate::propose::{ModelUse, Proposal, Proposals};
use crate::read::{Content, Perceived, Progress, ReadInput, ReadStatus, Reading};
use crate::{AssistantError, View};

/// A part that was made out.
pub(super) struct Seen {
    file: File,
    pub(super) reading: Reading,
    /// What a model is told of it.
    told: Option<String>,
}

impl View {
    /// Makes out all parts side by side.
    pub(super) async fn see_all(
        &self,
        files: Vec<File>,
        input: &MultimodalInput,
    ) -> Result<Vec<Seen>, AssistantError> {
        try_join_all(files.into_iter().map(|file| self.see(file, input))).await
    }

    /// Makes out one part. What was made out of it before, and well, is not done again.
    async fn see(&self, file: File, input: &MultimodalInput) -> Result<Seen, AssistantError> {
        let start = Instant::now();
        let before = Record::of(&file);
        let read = ReadInput {
            request_id: input.request_id,
            now: input.now.clone(),
            topic: input.topic,
            tasks: ModelUse::Auto,
        };
        let known = before.reading.clone().and_then(remembered);
        let perceived = if let Some(known) = known {
            known
        } else {
            let slot = self.parts.files_at_once.acquire().await;
            let _slot = slot.map_err(AssistantError::internal)?;
            let subject = self.subject(&file).await?;
            let (progress, _steps) = Progress::new();
            Box::pin(self.perceive(&subject, &read, &progress)).await?
        };
        let id = Some(file.id.to_string());
        let mut found: Proposals = self.tasks_of(&perceived, id, &read).await;
        before.recognise(&mut found.tasks);
        let told = perceived.told();
        let reading = Reading::of(perceived, found, None, start);
        Ok(Seen {
            file,
            reading,
            told,
        })
    }
}

/// What is known of a recording or a picture that was made out as a whole.
fn remembered(reading: Reading) -> Option<Perceived> {
    if reading.status != ReadStatus::Success {
        return None;
    }
    match &reading.content {
        Content::Speech(speech) => {
            let (words, starts) = crate::transcribe::words(&speech.segments);
            let mut perceived = Perceived::new(reading.content, words);
            perceived.starts = starts;
            Some(perceived)
        }
        Content::Picture(picture) => {
            let words = picture.text.clone();
            Some(Perceived::new(reading.content, words))
        }
        // Of a document only the beginning is kept.
        Content::Document(_) | Content::Unknown => None,
    }
}

impl Seen {
    /// Whether anything could be made out.
    pub(super) fn is_usable(&self) -> bool {
        self.reading.status != ReadStatus::Error && self.told.is_some()
    }

    /// What it is called in front of a model and of the person.
    fn label(&self) -> &'static str {
        match self.reading.content {
            Content::Speech(_) => "Recording",
            Content::Picture(_) => "Picture",
            Content::Document(_) => "Document",
            Content::Unknown => "File",
        }
    }

    /// What can be said of it without a model.
    pub(super) fn plain(&self) -> String {
        let name = &self.file.original_filename;
        format!("{} {name}: {}", self.label(), self.reading.analysis)
    }

    /// Keeps what was made out with its file, so that it is not done again and no task of it is saved
    /// twice. A file that somebody works on, or that was deleted meanwhile, is left alone.
    pub(super) async fn keep(
        &mut self,
        transaction: &mut Transaction,
        tasks: &[Proposal],
    ) -> Result<(), AssistantError> {
        let before = Record::of(&self.file);
        let read_before = before.reading.is_some() && !before.as_part;
        if read_before || self.file.processing_status == Processing::Running {
            return Ok(());
        }
        for task in &mut self.reading.tasks {
            let saved = tasks.iter().find(|saved| {
                saved.evidence == task.evidence
                    || extract::same_action(&saved.summary, &task.summary)
            });
            task.id = task.id.or(saved.and_then(|saved| saved.id));
        }
        let failed = self.reading.status == ReadStatus::Error;
        let processing = if failed {
            Processing::Failed
        } else {
            Processing::Completed
        };
        let record = Record {
            as_part: true,
            ..Record::with(self.reading.clone())
        };
        let kept = transaction
            .set_file_processing(self.file.id, processing, Some(record.to_value()))
            .await;
        match kept {
            Ok(_) | Err(StoreError::NotFound) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// The part as it is told.
    pub(super) fn told(self) -> Part {
        Part {
            file: self.file,
            content: self.reading.content,
            status: self.reading.status,
            notes: self.reading.notes,
            seconds: self.reading.seconds,
        }
    }
}

/// Everything under its label, the message last.
pub(super) fn combined(message: Option<&str>, seen: &[Seen]) -> String {
    let mut blocks: Vec<String> = Vec::new();
    for part in seen {
        let (label, name) = (part.label(), &part.file.original_filename);
        blocks.push(match &part.told {
            Some(told) => format!("{label} ({name}):\n<<<\n{told}\n>>>"),
            None => format!("{label} ({name}): {}", part.reading.notes.join(" ")),
        });
    }
    blocks.extend(message.map(|message| format!("Message: {message}")));
    blocks.join("\n\n")
}
