//! What can be asked of an account: one type per capability, all of the same shape.

use std::sync::Arc;

use futures_util::StreamExt;
use futures_util::future::BoxFuture;

use super::attempt::{Attempt, Progress};
use super::call::Answered;
use super::stream;
use crate::{
    Account, Caption, CaptionRequest, ChatAnswer, ChatRequest, ChatStream, Format, ModelError,
    PictureText, ReadTextRequest, Transcript, TranscriptionRequest, Use, structured,
};

/// Characters an answer may have whose length the request does not bound.
const USUAL_ANSWER: u64 = 4096;

/// Something to be asked of any account that offers it.
pub(super) trait Ask: Send + Sync {
    type Answer: Send;
    /// Whether such calls use tokens.
    const COUNTS_TOKENS: bool;

    /// Whether the account can be asked this.
    fn offers(account: &Account) -> bool;

    /// The model the request names, if it does.
    fn wanted_model(&self) -> Option<&str>;

    /// Characters of the prompt.
    fn characters(&self) -> u64;

    /// Characters the answer may have.
    fn most_characters_out(&self) -> u64 {
        USUAL_ANSWER
    }

    /// Makes the call, and settles the attempt when it fails or is done.
    fn call(
        &self,
        attempt: Attempt,
    ) -> BoxFuture<'static, Result<Answered<Self::Answer>, ModelError>>;

    /// The model to ask an account for.
    fn model(&self, account: &Account, purpose: Use) -> String {
        match self.wanted_model() {
            Some(model) => model.to_owned(),
            None => account.models.for_use(purpose).to_owned(),
        }
    }
}

/// What an account needs for a use.
pub(super) fn offers_for(purpose: Use) -> fn(&Account) -> bool {
    match purpose {
        Use::Caption => CaptionAsk::offers,
        Use::Transcription => TranscribeAsk::offers,
        Use::ReadText => ReadTextAsk::offers,
        _ => ChatAsk::offers,
    }
}

/// A whole answer.
pub(super) struct ChatAsk(Arc<ChatRequest>);

/// A streamed answer.
pub(super) struct StreamAsk(Arc<ChatRequest>);

/// Speech to text.
pub(super) struct TranscribeAsk(Arc<TranscriptionRequest>);

/// Pictures to words.
pub(super) struct CaptionAsk(Arc<CaptionRequest>);

/// Text in pictures.
pub(super) struct ReadTextAsk(Arc<ReadTextRequest>);

impl ChatAsk {
    pub(super) fn new(request: ChatRequest) -> Self {
        Self(Arc::new(request))
    }
}

impl Ask for ChatAsk {
    type Answer = ChatAnswer;
    const COUNTS_TOKENS: bool = true;

    fn offers(account: &Account) -> bool {
        account.chat.is_some()
    }

    fn wanted_model(&self) -> Option<&str> {
        self.0.model.as_deref()
    }

    fn characters(&self) -> u64 {
        characters_of(&self.0)
    }

    fn most_characters_out(&self) -> u64 {
        most_characters_of(&self.0)
    }

    fn call(
        &self,
        attempt: Attempt,
    ) -> BoxFuture<'static, Result<Answered<ChatAnswer>, ModelError>> {
        let request = for_account(&self.0, &attempt);
        Box::pin(async move {
            let chat = offered(attempt.slot.account.chat.as_ref())?;
            whole(attempt, chat.chat(request), told_by_chat).await
        })
    }
}

impl StreamAsk {
    pub(super) fn new(request: ChatRequest) -> Self {
        Self(Arc::new(request))
    }
}

impl Ask for StreamAsk {
    type Answer = ChatStream;
    const COUNTS_TOKENS: bool = true;

    fn offers(account: &Account) -> bool {
        account.chat.is_some()
    }

    fn wanted_model(&self) -> Option<&str> {
        self.0.model.as_deref()
    }

    fn characters(&self) -> u64 {
        characters_of(&self.0)
    }

    fn most_characters_out(&self) -> u64 {
        most_characters_of(&self.0)
    }

    fn call(
        &self,
        mut attempt: Attempt,
    ) -> BoxFuture<'static, Result<Answered<ChatStream>, ModelError>> {
        let request = for_account(&self.0, &attempt);
        Box::pin(async move {
            let slot = Arc::clone(&attempt.slot);
            let limits = &slot.account.limits;
            let chat = offered(slot.account.chat.as_ref())?;
            let first_token = limits.first_token.unwrap_or(attempt.own_limit);
            attempt.own_limit = first_token;
            let begin = async {
                let upstream = match limits.connect {
                    Some(limit) => {
                        attempt
                            .in_time(limit, "connect", chat.stream(request))
                            .await?
                    }
                    None => chat.stream(request).await?,
                };
                stream::until_content(upstream).await
            };
            match attempt.in_time(first_token, "first token", begin).await {
                Ok(head) => {
                    attempt.progress.model = Some(head.model.clone());
                    let answered = attempt.answered(());
                    let stream = stream::guarded(attempt, head).boxed();
                    Ok(answered.map(|()| stream))
                }
                Err(error) => {
                    attempt.fail(&error);
                    Err(error)
                }
            }
        })
    }
}

impl TranscribeAsk {
    pub(super) fn new(request: TranscriptionRequest) -> Self {
        Self(Arc::new(request))
    }
}

impl Ask for TranscribeAsk {
    type Answer = Transcript;
    const COUNTS_TOKENS: bool = false;

    fn offers(account: &Account) -> bool {
        account.transcriber.is_some()
    }

    fn wanted_model(&self) -> Option<&str> {
        self.0.model.as_deref()
    }

    fn characters(&self) -> u64 {
        0
    }

    fn call(
        &self,
        attempt: Attempt,
    ) -> BoxFuture<'static, Result<Answered<Transcript>, ModelError>> {
        let mut request = TranscriptionRequest::clone(&self.0);
        request.model = some(&attempt.model);
        Box::pin(async move {
            let transcriber = offered(attempt.slot.account.transcriber.as_ref())?;
            whole(attempt, transcriber.transcribe(request), told_by_transcript).await
        })
    }
}

impl CaptionAsk {
    pub(super) fn new(request: CaptionRequest) -> Self {
        Self(Arc::new(request))
    }
}

impl Ask for CaptionAsk {
    type Answer = Caption;
    const COUNTS_TOKENS: bool = false;

    fn offers(account: &Account) -> bool {
        account.captioner.is_some()
    }

    fn wanted_model(&self) -> Option<&str> {
        self.0.model.as_deref()
    }

    fn characters(&self) -> u64 {
        0
    }

    fn call(&self, attempt: Attempt) -> BoxFuture<'static, Result<Answered<Caption>, ModelError>> {
        let mut request = CaptionRequest::clone(&self.0);
        request.model = some(&attempt.model);
        Box::pin(async move {
            let captioner = offered(attempt.slot.account.captioner.as_ref())?;
            whole(attempt, captioner.caption(request), told_by_caption).await
        })
    }
}

impl ReadTextAsk {
    pub(super) fn new(request: ReadTextRequest) -> Self {
        Self(Arc::new(request))
    }
}

impl Ask for ReadTextAsk {
    type Answer = PictureText;
    const COUNTS_TOKENS: bool = false;

    fn offers(account: &Account) -> bool {
        account.text_reader.is_some()
    }

    fn wanted_model(&self) -> Option<&str> {
        self.0.model.as_deref()
    }

    fn characters(&self) -> u64 {
        0
    }

    fn call(
        &self,
        attempt: Attempt,
    ) -> BoxFuture<'static, Result<Answered<PictureText>, ModelError>> {
        let mut request = ReadTextRequest::clone(&self.0);
        request.model = some(&attempt.model);
        Box::pin(async move {
            let reader = offered(attempt.slot.account.text_reader.as_ref())?;
            whole(attempt, reader.read_text(request), told_by_picture).await
        })
    }
}

/// Waits for a whole answer and settles the attempt.
async fn whole<T>(
    mut attempt: Attempt,
    answer: impl Future<Output = Result<T, ModelError>>,
    told: fn(&T) -> Progress,
) -> Result<Answered<T>, ModelError> {
    let limit = attempt.own_limit;
    match attempt.in_time(limit, "total", answer).await {
        Ok(answer) => {
            attempt.progress = told(&answer);
            attempt.succeed();
            Ok(attempt.answered(answer))
        }
        Err(error) => {
            attempt.fail(&error);
            Err(error)
        }
    }
}

fn told_by_chat(answer: &ChatAnswer) -> Progress {
    let calls = answer.tool_calls.iter();
    Progress {
        usage: answer.usage,
        characters_out: length(&answer.text)
            + calls.map(|call| length(&call.arguments)).sum::<u64>(),
        model: Some(answer.model.clone()),
    }
}

fn told_by_transcript(transcript: &Transcript) -> Progress {
    Progress {
        characters_out: length(&transcript.text),
        model: Some(transcript.model.clone()),
        ..Progress::default()
    }
}

fn told_by_caption(caption: &Caption) -> Progress {
    Progress {
        characters_out: length(&caption.text),
        model: Some(caption.model.clone()),
        ..Progress::default()
    }
}

fn told_by_picture(read: &PictureText) -> Progress {
    Progress {
        characters_out: length(&read.text),
        model: Some(read.model.clone()),
        ..Progress::default()
    }
}

/// The capability, which the plan has looked for already.
fn offered<T: ?Sized>(capability: Option<&Arc<T>>) -> Result<Arc<T>, ModelError> {
    capability
        .cloned()
        .ok_or_else(|| ModelError::NotConfigured("the account cannot do this".to_owned()))
}

/// The request as this account gets it: with its model, and the form in words where it needs that.
fn for_account(request: &ChatRequest, attempt: &Attempt) -> ChatRequest {
    let mut request = structured::prepare(request, attempt.slot.account.structured);
    request.model = some(&attempt.model);
    request
}

fn some(model: &str) -> Option<String> {
    (!model.is_empty()).then(|| model.to_owned())
}

pub(super) fn length(text: &str) -> u64 {
    text.chars().count() as u64
}

fn characters_of(request: &ChatRequest) -> u64 {
    let words = request
        .messages
        .iter()
        .map(|message| length(&message.words()));
    let form = match &request.format {
        Format::JsonSchema { schema, .. } => length(&schema.to_string()),
        Format::Text | Format::JsonObject => 0,
    };
    words.sum::<u64>() + form
}

/// Four characters a token, as the ledger estimates.
fn most_characters_of(request: &ChatRequest) -> u64 {
    request
        .max_tokens
        .map_or(USUAL_ANSWER, |tokens| u64::from(tokens) * 4)
}
