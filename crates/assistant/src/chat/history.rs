//! The messages of a session: those that a model is reminded of (contract D8.6), and those that a
//! person is shown when coming back.

use domain::message::{Message as Kept, MessageStatus};
use llm::Message;

use crate::{AssistantError, View};

/// Tokens of history, estimated; the newest messages fill it first.
const TOKENS: usize = 2000;
/// Characters to a token, roughly, in the languages people write here.
const CHARACTERS_PER_TOKEN: usize = 4;
/// Messages looked at.
const MESSAGES: u32 = 100;

impl View {
    /// The session's messages before this one, oldest first, as far as the budget reaches. Without
    /// a session there is no history.
    pub(crate) async fn history(
        &self,
        session: Option<&str>,
        before: i64,
    ) -> Result<Vec<Message>, AssistantError> {
        let Some(session) = session else {
            return Ok(Vec::new());
        };
        let newest_first = self
            .store()
            .session_history(session, self.owner(), Some(before), MESSAGES)
            .await?;
        Ok(within_budget(newest_first))
    }

    /// The last messages of a session with their answers, oldest first.
    ///
    /// # Errors
    /// Only the store's: a session that nobody knows has no messages.
    pub async fn session_messages(&self, session: &str) -> Result<Vec<Kept>, AssistantError> {
        let store = self.store();
        let newest_first = store.session_history(session, self.owner(), None, MESSAGES);
        let mut messages = newest_first.await?;
        messages.reverse();
        Ok(messages)
    }
}

fn within_budget(newest_first: Vec<Kept>) -> Vec<Message> {
    let mut left = TOKENS * CHARACTERS_PER_TOKEN;
    let mut turns: Vec<[Option<Message>; 2]> = Vec::new();
    for kept in newest_first {
        let size = kept.message.chars().count() + kept.response.chars().count();
        if size > left {
            break;
        }
        left -= size;
        let answered = matches!(kept.status, MessageStatus::Success | MessageStatus::Aborted)
            && !kept.response.is_empty();
        let answer = answered.then(|| Message::assistant(kept.response));
        turns.push([Some(Message::user(kept.message)), answer]);
    }
    turns.into_iter().rev().flatten().flatten().collect()
}

#[cfg(test)]
mod tests {
    use domain::message::MessageKind;
    use serde_json::Map;

    use super::*;

    fn kept(id: i64, message: &str, response: &str) -> Kept {
        Kept {
            id,
            user_id: None,
            session_id: Some("s".to_owned()),
            kind: MessageKind::Chat,
            status: MessageStatus::Success,
            message: message.to_owned(),
            response: response.to_owned(),
            model: None,
            response_time: None,
            tokens_used: None,
            context: None,
            metadata: Map::new(),
            created_at: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn d8_6_the_newest_messages_fill_the_budget_and_stand_in_their_order() {
        let long = "x".repeat(TOKENS * CHARACTERS_PER_TOKEN);
        let turns = within_budget(vec![
            kept(3, "new", "a"),
            kept(2, "old", "b"),
            kept(1, &long, ""),
        ]);
        let words: Vec<String> = turns.iter().map(Message::words).collect();
        assert_eq!(words, ["old", "b", "new", "a"]);
    }
}
