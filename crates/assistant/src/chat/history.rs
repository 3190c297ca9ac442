//! The messages of a session: those that a model is reminded of (contract D8.6), and those that a
//! person is shown when coming back. Both are read alike, for the same owner, and in both a message
//! that was said again because it got no whole answer stands once.

use domain::message::{Message as Kept, MessageStatus};
use llm::Message;

use crate::{AssistantError, View, under_way};

/// Tokens of history, estimated; the newest messages fill it first.
const TOKENS: usize = 2000;
/// Characters to a token, roughly, in the languages people write here.
const CHARACTERS_PER_TOKEN: usize = 4;
/// Messages looked at.
const MESSAGES: u32 = 100;

impl View {
    /// The messages of its session before the one that is answered now, oldest first, as far as the
    /// budget reaches; earlier attempts at the same are no part of it. Without a session there is no
    /// history.
    pub(crate) async fn history(&self, now: &Kept) -> Result<Vec<Message>, AssistantError> {
        let Some(session) = now.session_id.as_deref() else {
            return Ok(Vec::new());
        };
        let newest_first = self
            .store()
            .session_history(session, self.owner(), Some(now.id), MESSAGES)
            .await?;
        Ok(within_budget(said_once(newest_first, Some(&now.message))))
    }

    /// The last messages of a session with their answers, oldest first; of a message that was said
    /// again, the last attempt.
    pub(super) async fn session_messages(
        &self,
        session: &str,
    ) -> Result<Vec<Kept>, AssistantError> {
        let store = self.store();
        let newest_first = store.session_history(session, self.owner(), None, MESSAGES);
        let mut messages = said_once(newest_first.await?, None);
        messages.reverse();
        under_way::tell_given_up(&mut messages, self.parts.clock.now());
        Ok(messages)
    }
}

/// Leaves out attempts: messages without a whole answer after which the same was said again, be it as
/// the message `now`.
fn said_once(newest_first: Vec<Kept>, now: Option<&str>) -> Vec<Kept> {
    let mut said_next = now.map(str::to_owned);
    let mut kept = newest_first;
    kept.retain(|earlier| {
        let again = said_next.as_ref() == Some(&earlier.message);
        said_next = Some(earlier.message.clone());
        !(again && earlier.status != MessageStatus::Success)
    });
    kept
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
            updated_at: jiff::Timestamp::UNIX_EPOCH,
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

    #[test]
    fn a_message_that_was_said_again_for_want_of_an_answer_stands_once() {
        let ended = |id, message: &str, status| Kept {
            status,
            ..kept(id, message, "words")
        };
        let said = vec![
            ended(7, "now", MessageStatus::ApiError),
            ended(6, "why?", MessageStatus::Success),
            ended(5, "why?", MessageStatus::Aborted),
            ended(4, "why?", MessageStatus::Pending),
            ended(3, "other", MessageStatus::ApiError),
            ended(2, "yes", MessageStatus::Success),
            ended(1, "yes", MessageStatus::Success),
        ];
        let ids = |now| -> Vec<i64> {
            let once = said_once(said.clone(), now);
            once.iter().map(|message| message.id).collect()
        };
        assert_eq!(ids(Some("now")), [6, 3, 2, 1]);
        assert_eq!(ids(Some("else")), [7, 6, 3, 2, 1]);
        assert_eq!(ids(None), [7, 6, 3, 2, 1]);
    }
}
