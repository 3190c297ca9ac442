//! Answers that must have a form: checked, and repaired once by the model itself (contract D8.17).

use tokio::time::Instant;

use super::ask::ChatAsk;
use super::{Answered, Call, Gateway, Only};
use crate::{ChatAnswer, ChatRequest, Format, ModelError, Use, structured};

impl Gateway {
    /// Asks for a whole answer in the form that the request wants.
    pub(super) async fn chat_in_form(
        &self,
        purpose: Use,
        request: ChatRequest,
        call: Call,
    ) -> Result<Answered<ChatAnswer>, ModelError> {
        let begun = Instant::now();
        let wants_words = request.format == Format::Text;
        let first = self
            .run(purpose, &call, ChatAsk::new(request.clone()))
            .await?;
        if wants_words || !first.value.tool_calls.is_empty() {
            return Ok(first);
        }
        let wrong = match structured::check(&request.format, &first.value.text) {
            Ok(value) => return Ok(with_text(first, value.to_string())),
            Err(wrong) => wrong,
        };
        let account = first.account.as_str();
        tracing::info!(account, "an answer without the form asked for is repaired");
        let deadline = call.deadline.unwrap_or(self.current().config.deadline);
        let again = Call {
            only: Only::Account(first.account),
            deadline: Some(deadline.saturating_sub(begun.elapsed())),
            ..call
        };
        let ask = ChatAsk::new(structured::repair(&request, &first.value.text, &wrong));
        let malformed = |wrong: Vec<String>| ModelError::Malformed(wrong.join("; "));
        let Ok(mut second) = self.run(purpose, &again, ask).await else {
            return Err(malformed(wrong));
        };
        second.attempts += first.attempts;
        second.latency = begun.elapsed();
        match structured::check(&request.format, &second.value.text) {
            Ok(value) => Ok(with_text(second, value.to_string())),
            Err(wrong) => Err(malformed(wrong)),
        }
    }
}

fn with_text(answered: Answered<ChatAnswer>, text: String) -> Answered<ChatAnswer> {
    answered.map(|answer| ChatAnswer { text, ..answer })
}
