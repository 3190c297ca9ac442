//! The local model as a chat model like any other.

use futures_util::future::BoxFuture;
use futures_util::{StreamExt, stream};
use llm::{
    ChatEvent, ChatModel, ChatRequest, ChatStream, Format, Message, ModelError, Part, Role, Usage,
};

use super::{ANY, Form, LocalText, Piece, Pieces, Request, Speaker, TextError, Turn, grammar};

/// Bound of an answer when the caller gives none.
const DEFAULT_ANSWER: u32 = 1024;

impl LocalText {
    /// Makes sure that a form can be kept to, for schemas that are known at start.
    ///
    /// # Errors
    /// [`ModelError::BadRequest`].
    pub fn check(&self, format: &Format) -> Result<(), ModelError> {
        grammar::grammar_of(&form(format))?;
        Ok(())
    }

    /// Whether a name means the model that is there: its own, the configured one, or [`ANY`].
    fn is_called(&self, wanted: &str, name: &str) -> bool {
        wanted == name || wanted == ANY || self.configured() == Some(wanted)
    }

    fn generate(&self, request: ChatRequest) -> Result<(String, Pieces), ModelError> {
        self.with_engine(|name, text| {
            let wanted = request.model.as_ref();
            if let Some(wanted) = wanted.filter(|wanted| !self.is_called(wanted, name)) {
                return Err(ModelError::ModelGone {
                    model: wanted.clone(),
                    message: format!("the local model is {name}"),
                });
            }
            let pieces = text.generate(translate(request)?)?;
            Ok((name.to_owned(), pieces))
        })
    }
}

impl ChatModel for LocalText {
    /// Resolves when the request left the queue and its prompt fits.
    fn stream(&self, request: ChatRequest) -> BoxFuture<'_, Result<ChatStream, ModelError>> {
        Box::pin(async move {
            let (model, mut pieces) = self.generate(request)?;
            match pieces.next().await {
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(error.into()),
                None => return Err(TextError::Engine("its thread has ended".to_owned()).into()),
            }
            let started = stream::iter([Ok(ChatEvent::Started { model })]);
            let rest = pieces.flat_map(|piece| stream::iter(events(piece)));
            Ok(started.chain(rest).boxed())
        })
    }
}

fn translate(request: ChatRequest) -> Result<Request, ModelError> {
    if request.messages.is_empty() {
        return Err(ModelError::BadRequest("there is no message".to_owned()));
    }
    if !request.tools.is_empty() {
        return Err(ModelError::NotConfigured(
            "the local model runs no tools".to_owned(),
        ));
    }
    Ok(Request {
        turns: request
            .messages
            .iter()
            .map(turn)
            .collect::<Result<_, _>>()?,
        form: form(&request.format),
        max_tokens: request.max_tokens.unwrap_or(DEFAULT_ANSWER),
        temperature: request.temperature,
        top_p: request.top_p,
        // The engine's seeds are shorter, and its highest one means “any”.
        seed: request
            .seed
            .map(|seed| u32::try_from(seed % u64::from(u32::MAX)).unwrap_or(0)),
        stop: request.stop,
        deadline: None,
    })
}

fn turn(message: &Message) -> Result<Turn, ModelError> {
    if message
        .parts
        .iter()
        .any(|part| matches!(part, Part::Image(_)))
    {
        return Err(ModelError::NotConfigured(
            "the local model sees no pictures".to_owned(),
        ));
    }
    Ok(Turn {
        speaker: match message.role {
            Role::System => Speaker::System,
            Role::User => Speaker::User,
            Role::Assistant => Speaker::Assistant,
            Role::Tool => Speaker::Tool,
        },
        text: message.words(),
    })
}

fn form(format: &Format) -> Form {
    match format {
        Format::Text => Form::Free,
        Format::JsonObject => Form::Object,
        Format::JsonSchema { schema, .. } => Form::Schema(schema.clone()),
    }
}

fn events(piece: Result<Piece, TextError>) -> Vec<Result<ChatEvent, ModelError>> {
    match piece {
        Ok(Piece::Started) => Vec::new(),
        Ok(Piece::Text(text)) => vec![Ok(ChatEvent::Text(text))],
        Ok(Piece::End { finish, used }) => {
            let usage = Usage {
                input_tokens: u64::try_from(used.prompt_tokens).ok(),
                output_tokens: u64::try_from(used.answer_tokens).ok(),
                provider_ms: u64::try_from(used.worked.as_millis()).ok(),
            };
            vec![Ok(ChatEvent::Usage(usage)), Ok(ChatEvent::Finish(finish))]
        }
        Err(error) => vec![Err(error.into())],
    }
}
