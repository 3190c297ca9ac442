//! Uploaded files: coming in, being found, going away (contract 002-E13…E16, D8.21, D8.24).

use std::io::ErrorKind;
use std::time::Duration;

use domain::file::{File, NewFile};
use domain::job::Job;
use domain::page::Page;
use media::Kind;
use serde_json::Map;
use uuid::Uuid;

use crate::blobs::{Arrived, Incoming};
use crate::processing::{FileInput, ReadJob};
use crate::work::LEASE;
use crate::{Assistant, AssistantError, Missing, View};

/// Age from which a stored file without a record is one that a crash left behind.
const ORPHAN: Duration = Duration::from_hours(1);
/// Names looked up at once.
const BATCH: usize = 500;

/// A file on its way in.
#[derive(Debug)]
pub struct Upload {
    id: Uuid,
    incoming: Incoming,
    limit: u64,
}

/// Why a file was not taken.
#[derive(Debug, thiserror::Error)]
pub enum UploadError {
    /// It is larger than this route takes.
    #[error("the file is larger than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// It is of a kind that is not taken.
    #[error("{found} is not taken; taken are: {allowed}")]
    Unsupported {
        /// What its content says it is.
        found: &'static str,
        /// What would be taken.
        allowed: String,
    },
    /// It is of a kind that is known and cannot be read; what would help is said.
    #[error("{0}")]
    Unreadable(&'static str),
    /// It is no recording, and only those are taken.
    #[error("{found} is no recording")]
    NotAudio {
        /// What its content says it is.
        found: &'static str,
    },
    /// Anything else.
    #[error(transparent)]
    Assistant(#[from] AssistantError),
}

/// A file that is kept.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) file: File,
    /// Whether the same bytes were there.
    pub(crate) duplicate: bool,
    /// The job of its work, written with it.
    pub(crate) job: Option<Job>,
}

impl Upload {
    /// The id the file will have.
    pub(crate) fn id(&self) -> Uuid {
        self.id
    }

    /// Takes more of the file.
    ///
    /// # Errors
    /// `TooLarge` as soon as it is; what came so far is removed.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<(), UploadError> {
        if self.incoming.size() + bytes.len() as u64 > self.limit {
            return Err(UploadError::TooLarge { limit: self.limit });
        }
        Ok(self.incoming.write(bytes).await.map_err(disk)?)
    }
}

impl Assistant {
    /// Removes what uploads cut off by a crash left behind. Called once, at start.
    pub async fn sweep_uploads(&self) {
        match self.parts.blobs.sweep().await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "removed uploads that were cut off"),
            Err(error) => tracing::warn!(%error, "the upload directory cannot be read"),
        }
        match self.sweep_orphans().await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "removed files without a record"),
            Err(error) => tracing::warn!(%error, "files without a record were not looked for"),
        }
    }

    /// Removes old files that no record names; how many.
    async fn sweep_orphans(&self) -> Result<usize, AssistantError> {
        let blobs = &self.parts.blobs;
        let old = blobs.older_than(ORPHAN).await;
        let mut removed = 0;
        for names in old.map_err(AssistantError::internal)?.chunks(BATCH) {
            let known = self.parts.store.known_file_names(names).await?;
            for name in names.iter().filter(|name| !known.contains(name)) {
                blobs.remove(name).await;
                removed += 1;
            }
        }
        Ok(removed)
    }
}

impl View {
    /// Opens a place for a file of at most `limit` bytes.
    ///
    /// # Errors
    /// `Unavailable` when the disk does not take it.
    pub async fn begin_upload(&self, limit: u64) -> Result<Upload, AssistantError> {
        let id = self.parts.ids.next();
        let incoming = self.parts.blobs.begin(id).await.map_err(disk)?;
        Ok(Upload {
            id,
            incoming,
            limit,
        })
    }

    /// Keeps a file that has come in whole, and does nothing with it. The same bytes of the same person
    /// are kept once: the record there is stands for them.
    ///
    /// # Errors
    /// `Unsupported` and `Unreadable` for a kind that is not taken.
    pub async fn store_upload(
        &self,
        upload: Upload,
        input: &FileInput,
    ) -> Result<File, UploadError> {
        Ok(Box::pin(self.keep_file(upload, input, None)).await?.file)
    }

    /// The same, with the job of its work in the same transaction, held by a worker if one is named.
    pub(crate) async fn keep_file(
        &self,
        upload: Upload,
        input: &FileInput,
        work: Option<(&ReadJob, Option<&str>)>,
    ) -> Result<Kept, UploadError> {
        let arrived = upload.incoming.finish().await.map_err(disk)?;
        let kind = media::kind::detect(&arrived.head, &input.name);
        let blobs = &self.parts.blobs;
        if let Err(refused) = self.check_kind(kind, input.audio_only) {
            blobs.discard(&arrived).await;
            return Err(refused);
        }
        let known = self
            .store()
            .file_with_hash(&arrived.sha256, self.owner())
            .await;
        if let Some(known) = known
            .map_err(AssistantError::from)?
            .filter(|file| self.owns(file))
        {
            blobs.discard(&arrived).await;
            return Ok(Kept {
                file: known,
                duplicate: true,
                job: None,
            });
        }
        let new = self.record(upload.id, &arrived, kind, input);
        let stored = new.filename.clone();
        if let Err(error) = blobs.keep(&arrived, &stored).await {
            blobs.discard(&arrived).await;
            return Err(disk(error).into());
        }
        match self.write(new, work).await {
            Ok((file, job)) => Ok(Kept {
                file,
                duplicate: false,
                job,
            }),
            Err(error) => {
                blobs.remove(&stored).await;
                Err(error.into())
            }
        }
    }

    /// The record of a file and the job of its work, both or neither.
    async fn write(
        &self,
        new: NewFile,
        work: Option<(&ReadJob, Option<&str>)>,
    ) -> Result<(File, Option<Job>), AssistantError> {
        let mut transaction = self.store().begin().await?;
        let file = transaction.add_file(new).await?;
        let job = match work {
            None => None,
            Some((read, None)) => transaction.enqueue(read.to_job()).await?,
            Some((read, Some(worker))) => {
                transaction
                    .enqueue_held(read.to_job(), worker, LEASE)
                    .await?
            }
        };
        transaction.commit().await?;
        Ok((file, job))
    }

    /// One file of this person.
    ///
    /// # Errors
    /// `NotFound`, also for ids that are none (contract D8.21).
    pub async fn file(&self, id: &str) -> Result<File, AssistantError> {
        let missing = || Missing::File(id.chars().take(100).collect());
        let Ok(id) = id.parse::<Uuid>() else {
            return Err(AssistantError::NotFound(missing()));
        };
        self.store()
            .file(id, self.owner())
            .await
            .map_err(AssistantError::missing(missing()))
    }

    /// This person's files, newest first.
    ///
    /// # Errors
    /// Only the store's.
    pub async fn files(&self, page: Page) -> Result<Vec<File>, AssistantError> {
        Ok(self.store().files(self.owner(), page).await?)
    }

    /// The content of a file, to be read piece by piece.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn file_content(&self, file: &File) -> Result<tokio::fs::File, AssistantError> {
        let opened = self.parts.blobs.open(&file.filename).await;
        opened.map_err(|_| AssistantError::NotFound(Missing::File(file.id.to_string())))
    }

    /// Deletes a file: its record first, so that nothing refers to missing bytes.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn delete_file(&self, id: &str) -> Result<(), AssistantError> {
        let file = self.file(id).await?;
        let missing = Missing::File(file.id.to_string());
        let gone = self.store().delete_file(file.id, self.owner()).await;
        let gone = gone.map_err(AssistantError::missing(missing))?;
        self.parts.blobs.remove(&gone.filename).await;
        Ok(())
    }

    /// The same bytes under another label are another person's file.
    fn owns(&self, file: &File) -> bool {
        file.user_id == self.owner
    }

    fn check_kind(&self, kind: Kind, audio_only: bool) -> Result<(), UploadError> {
        let allowed = &self.parts.config.allowed_file_types;
        let found = kind.media_type();
        if let Kind::Unreadable(why) = kind {
            return Err(UploadError::Unreadable(why));
        }
        if audio_only && !matches!(kind, Kind::Audio(_)) {
            return Err(UploadError::NotAudio { found });
        }
        let taken = if allowed.is_empty() {
            kind != Kind::Binary
        } else {
            allowed
                .iter()
                .any(|allowed| allowed.eq_ignore_ascii_case(found))
        };
        if taken {
            return Ok(());
        }
        let allowed = if allowed.is_empty() {
            "text, Markdown, CSV, HTML, JSON, PDF, Word documents, pictures (JPEG, PNG, GIF, WebP) \
             and recordings (MP3, WAV, OGG, M4A, AAC, FLAC, WebM)"
                .to_owned()
        } else {
            allowed.join(", ")
        };
        Err(UploadError::Unsupported { found, allowed })
    }

    fn record(&self, id: Uuid, arrived: &Arrived, kind: Kind, input: &FileInput) -> NewFile {
        let filename = format!("{id}.{}", kind.extension());
        NewFile {
            id,
            user_id: self.owner.clone(),
            file_path: filename.clone(),
            filename,
            original_filename: clean(&input.name),
            file_size: i64::try_from(arrived.size).unwrap_or(i64::MAX),
            content_type: kind.media_type().to_owned(),
            sha256: arrived.sha256.clone(),
            description: input.description.clone(),
            metadata: Map::new(),
        }
    }
}

/// The last part of a name, without signs that could do harm where it is shown.
fn clean(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last
        .chars()
        .filter(|letter| !letter.is_control())
        .take(255)
        .collect();
    if kept.trim().is_empty() {
        "unnamed".to_owned()
    } else {
        kept
    }
}

/// What the disk said, as an answer.
pub(crate) fn disk(error: std::io::Error) -> AssistantError {
    if matches!(
        error.kind(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded
    ) {
        return AssistantError::Full(Box::new(error));
    }
    AssistantError::Unavailable {
        message: "The file could not be stored: the upload directory does not take it.".to_owned(),
        retry_after: Some(Duration::from_secs(10)),
        cause: Some(Box::new(error)),
    }
}
