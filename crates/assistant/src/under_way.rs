//! Messages of a session that are being answered. Whoever answers one notes from time to time that it
//! still does, so that others, in other processes too, can tell it from one that nobody answers any more:
//! because the server was stopped meanwhile, or because somebody hung up before there was anything to
//! keep. A question that is asked by itself belongs to no session: nobody comes back to it, and nothing
//! is noted of it.

use std::convert::Infallible;

use domain::message::{Message as Kept, MessageStatus};
use jiff::{SignedDuration, Timestamp};

use crate::View;

/// After so long without a note nobody answers any more. As long as three notes take, so that one may be
/// lost and another late.
const SILENCE: SignedDuration = SignedDuration::from_secs(30);

impl View {
    /// Does the work of answering a message, and notes meanwhile that it is being done.
    pub(crate) async fn while_answering<T>(&self, id: i64, work: impl Future<Output = T>) -> T {
        tokio::select! {
            done = work => done,
            never = self.keep_noting(id) => match never {},
        }
    }

    /// Beside the work, not in its pauses: a note may have to wait for a transaction that the work holds.
    async fn keep_noting(&self, id: i64) -> Infallible {
        loop {
            tokio::time::sleep(self.parts.config.note_answering_every).await;
            if let Err(error) = self.store().note_answering(id).await {
                tracing::warn!(%error, message.id = id, "it could not be noted that it is being answered");
            }
        }
    }
}

/// Messages that nobody answers any more are as if somebody had hung up.
pub(crate) fn tell_given_up(messages: &mut [Kept], now: Timestamp) {
    for message in messages {
        let silent = now.duration_since(message.updated_at) > SILENCE;
        if message.status == MessageStatus::Pending && silent {
            message.status = MessageStatus::Aborted;
        }
    }
}
