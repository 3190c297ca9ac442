//! A picture becomes words (contract 002-A5, A6, D8.8, P-13): the text in it, read on this machine,
//! and what it shows, described by a model that can see, else told by its size, colours and text.

mod context;

use std::fmt::Write as _;
use std::sync::Arc;

use domain::file::Topic;
use llm::gateway::{Answered, Call};
use llm::{Caption, CaptionRequest, ModelError, PictureText, Pixels, Use};
use media::child::ReadError;
use media::image::Colours;

use crate::read::{Content, Perceived, PictureContent, Progress, Subject, Unread};
use crate::{AssistantError, UseLocal, View};

/// Characters of the text that are quoted in a description without a model.
const QUOTED: usize = 120;
/// Characters of the text that tell what a picture is about, where nothing describes it.
const TELLING: usize = 400;

/// A picture, decoded once for all who look at it.
struct Sight {
    pixels: Arc<Pixels>,
    jpeg: Option<Vec<u8>>,
    colours: Colours,
    original: (u32, u32),
}

impl View {
    /// Makes out what a picture says and shows.
    pub(crate) async fn look(
        &self,
        subject: &Subject,
        requested: Topic,
        call: &Call,
        progress: &Progress,
    ) -> Result<Perceived, AssistantError> {
        progress.tell("looking", 0.1);
        let described = self.parts.gateway.can(Use::Caption, call);
        let kind = subject.kind;
        let sight = self
            .with_reader(&subject.path, move |reader, path| {
                let picture = reader.picture(path, kind)?;
                let jpeg = described.then(|| picture.for_sending()).transpose()?;
                Ok::<_, ReadError>(Sight {
                    jpeg,
                    colours: picture.colours(),
                    original: picture.original,
                    pixels: Arc::new(Pixels {
                        width: picture.width,
                        height: picture.height,
                        rgb: picture.rgb,
                    }),
                })
            })
            .await?;
        let sight = match sight.map_err(Unread::from) {
            Ok(sight) => sight,
            Err(unread) => return unread.perceived(),
        };
        let read = self.text_in(Arc::clone(&sight.pixels), call);
        let seen = self.caption(sight.jpeg.as_deref(), call);
        let (read, seen) = tokio::join!(read, seen);
        let use_local = self.parts.config.use_local;
        Ok(told(&sight, read, seen, requested, use_local))
    }

    /// What a model that can see says; nothing where there is none.
    async fn caption(
        &self,
        jpeg: Option<&[u8]>,
        call: &Call,
    ) -> Option<Result<Answered<Caption>, ModelError>> {
        let request = CaptionRequest {
            image: bytes::Bytes::copy_from_slice(jpeg?),
            media_type: "image/jpeg".to_owned(),
            model: None,
        };
        Some(
            self.parts
                .gateway
                .caption(Use::Caption, request, call.clone())
                .await,
        )
    }
}

/// Puts together what was read and what was seen.
fn told(
    sight: &Sight,
    read: Result<Answered<PictureText>, ModelError>,
    seen: Option<Result<Answered<Caption>, ModelError>>,
    requested: Topic,
    use_local: UseLocal,
) -> Perceived {
    let mut notes = Vec::new();
    let mut again = false;
    let (text, lines, read_by, sure) = match read {
        Ok(answered) => {
            let lines = &answered.value.lines;
            let sum: f32 = lines.iter().map(|line| line.confidence).sum();
            let sure = (!lines.is_empty()).then(|| sum / lines.len() as f32);
            let count = lines.len();
            (answered.value.text, count, Some(answered.model), sure)
        }
        Err(ModelError::NotConfigured(_)) => {
            let remedy = use_local.remedy_for_pictures();
            notes.push(format!(
                "Text in pictures is not read yet. To have it read, {remedy}."
            ));
            (String::new(), 0, None, None)
        }
        Err(error) => {
            tracing::warn!(%error, "the text in a picture was not read");
            again = error.is_transient();
            notes.push("The text in the picture could not be read just now; try again.".to_owned());
            (String::new(), 0, None, None)
        }
    };
    let caption = match seen {
        Some(Ok(answered)) => Some(answered),
        Some(Err(error)) => {
            tracing::warn!(%error, "a picture was not described by a model");
            again |= error.is_transient();
            notes.push("No model could describe the picture just now.".to_owned());
            None
        }
        None => None,
    };
    let words = text.trim().to_owned();
    let plain = plain_description(sight, &words, lines, read_by.is_some());
    let hint: String = match &caption {
        Some(answered) => answered.value.text.clone(),
        None => words.chars().take(TELLING).collect(),
    };
    let content = PictureContent {
        confidence: caption.as_ref().map_or(sure, |seen| seen.value.confidence),
        described_by: caption.as_ref().map(|seen| seen.model.clone()),
        description: caption.map_or(plain, |seen| seen.value.text),
        text: words.clone(),
        lines,
        read_by,
        width: sight.original.0,
        height: sight.original.1,
        colours: sight
            .colours
            .named
            .iter()
            .map(|colour| (colour.name.to_owned(), colour.share))
            .collect(),
        brightness: sight.colours.brightness,
        context: context::detect(&hint).unwrap_or(requested),
        requested,
    };
    let mut perceived = Perceived::new(Content::Picture(content), words);
    perceived.again = again;
    for note in notes {
        perceived.lacking(note);
    }
    perceived
}

/// What can be said of a picture without a model that sees: never what it shows.
fn plain_description(sight: &Sight, text: &str, lines: usize, was_read: bool) -> String {
    let (width, height) = sight.original;
    let colours = &sight.colours;
    let light = match colours.brightness {
        brightness if brightness > 0.7 => "light",
        brightness if brightness < 0.3 => "dark",
        _ => "neither light nor dark",
    };
    let names: Vec<&str> = colours.named.iter().map(|colour| colour.name).collect();
    let mostly = match names.as_slice() {
        [] => String::new(),
        [one] => format!(", mostly {one}"),
        [first, rest @ ..] => format!(", mostly {first}, with {}", rest.join(" and ")),
    };
    let mut told = format!("A picture of {width} × {height} pixels, {light}{mostly}.");
    if lines > 0 {
        let mut quoted: String = text.lines().collect::<Vec<_>>().join(" / ");
        if quoted.chars().count() > QUOTED {
            quoted = quoted.chars().take(QUOTED).collect();
            quoted.push('…');
        }
        let plural = if lines == 1 { "line" } else { "lines" };
        // Writing to a text cannot fail.
        let _ = write!(
            told,
            " There are {lines} {plural} of text in it: “{quoted}”."
        );
    } else if was_read {
        told.push_str(" No text was found in it.");
    }
    told.push_str(" What it shows cannot be told without a model that can see.");
    told
}
