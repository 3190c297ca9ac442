//! Texts and documents (contract 002-A9, P-19): the text they hold, and that of pages that are pictures.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use llm::gateway::Call;
use llm::{ModelError, Pixels, ReadTextRequest, Use};
use media::{Kind, Reader};

use super::{Content, DocumentContent, PATIENCE, Perceived, Progress, Subject, Unread};
use crate::{AssistantError, UseLocal, View};

/// Characters shown as a preview.
const PREVIEW: usize = 200;
/// Pages of one document that are read as pictures.
const PAGES: usize = 30;

impl View {
    pub(super) async fn read_document(
        &self,
        subject: &Subject,
        call: &Call,
        progress: &Progress,
    ) -> Result<Perceived, AssistantError> {
        progress.tell("reading", 0.05);
        match self.document(subject, call, progress).await {
            Ok(perceived) => Ok(perceived),
            Err(unread) => unread.perceived(),
        }
    }

    async fn document(
        &self,
        subject: &Subject,
        call: &Call,
        progress: &Progress,
    ) -> Result<Perceived, Unread> {
        let kind = subject.kind;
        let opened = self.with_reader(&subject.path, move |reader, path| {
            let head = kind.is_text().then(|| head(path)).flatten();
            reader.document(path, kind).map(|document| (document, head))
        });
        let (document, encoding) = opened.await??;
        let mut content = DocumentContent {
            title: document.title,
            pages: document.pages,
            truncated: document.truncated,
            encoding,
            ..DocumentContent::default()
        };
        let mut words = document.text;
        let mut notes = Vec::new();
        if !document.blank_pages.is_empty() {
            let blank = &document.blank_pages;
            let added = self
                .read_pages(subject, blank, call, progress, &mut content)
                .await?;
            words.push_str(&added);
            notes.extend(unread_pages(&content, self.parts.config.use_local));
        }
        if content.truncated {
            notes.push("It is longer than what is read; the rest was left out.".to_owned());
        }
        if kind == Kind::Csv {
            let table = media::table::describe(&words);
            content.table = serde_json::to_value(table).ok();
        }
        content.preview = words.chars().take(PREVIEW).collect();
        content.characters = words.chars().count();
        let mut perceived = Perceived::new(Content::Document(content), words);
        for note in notes {
            perceived.lacking(note);
        }
        Ok(perceived)
    }

    /// Reads pages that are pictures, one after the other, and notes which could not be.
    async fn read_pages(
        &self,
        subject: &Subject,
        blank: &[u32],
        call: &Call,
        progress: &Progress,
        content: &mut DocumentContent,
    ) -> Result<String, Unread> {
        let mut added = String::new();
        let read = &blank[..blank.len().min(PAGES)];
        content.pages_unread.extend(&blank[read.len()..]);
        for (done, &page) in read.iter().enumerate() {
            progress.tell(
                "reading pages",
                0.1 + 0.75 * done as f64 / read.len() as f64,
            );
            let drawn = self
                .with_reader(&subject.path, move |reader, path| reader.page(path, page))
                .await?;
            let picture = match drawn.map_err(Unread::from) {
                Ok(picture) => picture,
                Err(Unread::File(why)) => {
                    tracing::debug!(page, why, "a page could not be drawn");
                    content.pages_unread.push(page);
                    continue;
                }
                Err(ours) => return Err(ours),
            };
            let pixels = Pixels {
                width: picture.width,
                height: picture.height,
                rgb: picture.rgb,
            };
            match self.text_in(Arc::new(pixels), call).await {
                Ok(text) => {
                    content.pages_read.push(page);
                    if !text.value.text.trim().is_empty() {
                        added.push_str("\n\n");
                        added.push_str(text.value.text.trim());
                    }
                }
                Err(ModelError::NotConfigured(_)) => {
                    content.pages_unread.extend(&read[done..]);
                    break;
                }
                Err(error) => {
                    tracing::warn!(%error, page, "a page could not be read");
                    content.pages_unread.push(page);
                }
            }
        }
        content.pages_unread.sort_unstable();
        Ok(added)
    }

    /// The text in a picture.
    pub(crate) async fn text_in(
        &self,
        picture: Arc<Pixels>,
        call: &Call,
    ) -> Result<llm::gateway::Answered<llm::PictureText>, ModelError> {
        let request = ReadTextRequest {
            picture,
            model: None,
        };
        let call = call.clone().within(PATIENCE);
        self.parts
            .gateway
            .read_text(Use::ReadText, request, call)
            .await
    }

    /// Does something with the reader of files, away from the threads that answer.
    pub(crate) async fn with_reader<T: Send + 'static>(
        &self,
        path: &Path,
        work: impl FnOnce(&Reader, &Path) -> T + Send + 'static,
    ) -> Result<T, AssistantError> {
        let (reader, path) = (self.parts.media.clone(), path.to_owned());
        let done = tokio::task::spawn_blocking(move || work(&reader, &path)).await;
        done.map_err(AssistantError::internal)
    }
}

fn unread_pages(content: &DocumentContent, use_local: UseLocal) -> Option<String> {
    let pages: Vec<String> = content.pages_unread.iter().map(u32::to_string).collect();
    let mut told = match pages.as_slice() {
        [] => return None,
        [page] => format!("Page {page} is a picture and was not read."),
        pages => format!("Pages {} are pictures and were not read.", pages.join(", ")),
    };
    if content.pages_read.is_empty() {
        let remedy = use_local.remedy_for_pictures();
        // Writing to a text cannot fail.
        let _ = write!(told, " To have them read, {remedy}.");
    }
    Some(told)
}

/// The encoding of a text, told from its beginning.
fn head(path: &Path) -> Option<String> {
    use std::io::Read as _;
    let file = std::fs::File::open(path).ok()?;
    let mut head = Vec::new();
    file.take(media::kind::HEAD as u64)
        .read_to_end(&mut head)
        .ok()?;
    let decoded = media::text::decode(&head).ok()?;
    Some(decoded.encoding.to_owned())
}
