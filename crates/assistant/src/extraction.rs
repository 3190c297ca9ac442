//! `extract`: one long text, its tasks and dates (contract D8.2).

use domain::task::EvidenceSource;
use extract::Span;
use jiff::Zoned;
use llm::gateway::Call;
use uuid::Uuid;

use crate::propose::{ModelUse, Proposals, Source};
use crate::{AssistantError, View};

/// A text in which tasks are to be found.
#[derive(Debug, Clone)]
pub struct ExtractInput {
    /// The words, up to 1 MiB.
    pub text: String,
    /// When and where it was written.
    pub now: Zoned,
    /// Whether the tasks are saved at once.
    pub save: bool,
    /// Whether a model is asked.
    pub model: ModelUse,
    /// Pieces of the text, in characters, that are no dates, as somebody has said.
    pub refused: Vec<Span>,
    /// The request this serves.
    pub request_id: Uuid,
}

impl View {
    /// Finds the tasks and dates of a text; saves them only if told so.
    ///
    /// # Errors
    /// Only the store's.
    pub async fn extract(&self, input: ExtractInput) -> Result<Proposals, AssistantError> {
        let source = Source {
            text: &input.text,
            kind: EvidenceSource::Message,
            id: None,
            refused: &input.refused,
        };
        let call = Call::new(input.request_id).for_user(self.owner.clone());
        let mut found = self.propose(&source, &input.now, input.model, call).await;
        if input.save {
            self.save_proposals(&mut found.tasks).await?;
        } else {
            self.mark_known(&mut found.tasks).await?;
        }
        Ok(found)
    }
}
