//! What was said and answered (contract 002-T `chat_messages`, D8.6).

use domain::message::{FOUND, Message, MessageAnswer, MessageStatus, NewMessage, PROVIDER};
use domain::page::Page;
use serde_json::{Map, Value};

use crate::StoreError;
use crate::link::Link;
use crate::operations::operations;
use crate::row::Row;
use crate::statement::{Statement, json};
use crate::words;

operations! {
    /// Keeps a message, pending.
    write fn add_message(new: NewMessage) -> Message;
    /// Keeps what became of a message; a second answer takes the place of the first.
    atomic fn answer_message(id: i64, answer: MessageAnswer) -> Message;
    /// Notes that a message is still being answered; one that is answered stays as it is.
    write fn note_answering(id: i64) -> ();
    /// A message.
    read fn message(id: i64, owner: Option<&str>) -> Message;
    /// The messages of a session before message `before_id`, or its last ones; newest first.
    read fn session_history(
        session_id: &str, owner: Option<&str>, before_id: Option<i64>, limit: u32,
    ) -> Vec<Message>;
    /// Messages, newest first.
    read fn messages(owner: Option<&str>, page: Page) -> Vec<Message>;
    /// The messages whose words (what was said and what was answered) include all words of the
    /// query, as in searching tasks. Those with more of them in what was said come first, then
    /// the newest.
    read fn search_messages(query: &str, owner: Option<&str>, page: Page) -> Vec<Message>;
}

const COLUMNS: &str = "id, user_id, session_id, kind, status, message, response, model, \
     response_time, tokens_used, context, metadata, created_at, updated_at";

impl Link {
    async fn add_message(&mut self, new: NewMessage) -> Result<Message, StoreError> {
        let now = self.now();
        let words = words::index([&*new.message]);
        let insert = Statement::new(format!(
            "INSERT INTO chat_messages (user_id, session_id, kind, status, message, response, \
             context, metadata, message_words, words, created_at, updated_at) \
             VALUES ($1, $2, $3, $4, $5, '', $6, $7, $8, $8, $9, $9) RETURNING {COLUMNS}"
        ))
        .bind(new.user_id)
        .bind(new.session_id)
        .bind(new.kind.as_str())
        .bind(MessageStatus::Pending.as_str())
        .bind(new.message)
        .bind(new.context)
        .bind(json(&new.metadata)?)
        .bind(words)
        .bind(now);
        read(&self.one(insert).await?)
    }

    async fn answer_message(
        &mut self,
        id: i64,
        answer: MessageAnswer,
    ) -> Result<Message, StoreError> {
        let select = Statement::new(format!(
            "SELECT message, metadata FROM chat_messages WHERE id = $1{}",
            self.dialect().lock_rows()
        ));
        let kept = self.one(select.bind(id)).await?;
        let message: String = kept.get("message")?;
        let mut metadata: Map<String, Value> = kept.json("metadata")?;
        let provider = answer
            .provider
            .map(|name| (PROVIDER.to_owned(), name.into()));
        let found = answer.found.map(|found| (FOUND.to_owned(), found));
        metadata.extend(provider.into_iter().chain(found));
        let now = self.now();
        let update = Statement::new(format!(
            "UPDATE chat_messages SET status = $2, response = $3, model = $4, \
             response_time = $5, tokens_used = $6, words = $7, metadata = $8, updated_at = $9 \
             WHERE id = $1 RETURNING {COLUMNS}"
        ))
        .bind(id)
        .bind(answer.status.as_str())
        .bind(&*answer.response)
        .bind(answer.model)
        .bind(answer.response_time)
        .bind(answer.tokens_used)
        .bind(words::index([&*message, &*answer.response]))
        .bind(json(&metadata)?)
        .bind(now);
        read(&self.one(update).await?)
    }

    async fn note_answering(&mut self, id: i64) -> Result<(), StoreError> {
        let now = self.now();
        let update = Statement::new(
            "UPDATE chat_messages SET updated_at = $2 WHERE id = $1 AND status = $3",
        );
        let pending = MessageStatus::Pending.as_str();
        self.execute(update.bind(id).bind(now).bind(pending))
            .await?;
        Ok(())
    }

    async fn message(&mut self, id: i64, owner: Option<&str>) -> Result<Message, StoreError> {
        let select = Statement::new(format!("SELECT {COLUMNS} FROM chat_messages WHERE id = "))
            .push_bind(id)
            .and_equal("user_id", owner);
        read(&self.one(select).await?)
    }

    async fn session_history(
        &mut self,
        session_id: &str,
        owner: Option<&str>,
        before_id: Option<i64>,
        limit: u32,
    ) -> Result<Vec<Message>, StoreError> {
        let select = Statement::new(format!(
            "SELECT {COLUMNS} FROM chat_messages WHERE session_id = "
        ))
        .push_bind(session_id)
        .and_equal("user_id", owner);
        let select = match before_id {
            Some(id) => select.push(" AND id < ").push_bind(id),
            None => select,
        };
        let select = select.push(" ORDER BY id DESC");
        self.list(select.page(Page { limit, offset: 0 }), read)
            .await
    }

    async fn messages(
        &mut self,
        owner: Option<&str>,
        page: Page,
    ) -> Result<Vec<Message>, StoreError> {
        let select = Statement::new(format!("SELECT {COLUMNS} FROM chat_messages WHERE TRUE"))
            .and_equal("user_id", owner)
            .push(" ORDER BY id DESC");
        self.list(select.page(page), read).await
    }

    async fn search_messages(
        &mut self,
        query: &str,
        owner: Option<&str>,
        page: Page,
    ) -> Result<Vec<Message>, StoreError> {
        let select = Statement::new(format!("SELECT {COLUMNS} FROM chat_messages WHERE "));
        match self.search(select, "chat_messages", "message_words", query, owner) {
            Some(select) => self.list(select.page(page), read).await,
            None => Ok(Vec::new()),
        }
    }
}

fn read(row: &Row) -> Result<Message, StoreError> {
    Ok(Message {
        id: row.get("id")?,
        user_id: row.get("user_id")?,
        session_id: row.get("session_id")?,
        kind: row.parsed("kind")?,
        status: row.parsed("status")?,
        message: row.get("message")?,
        response: row.get("response")?,
        model: row.get("model")?,
        response_time: row.get("response_time")?,
        tokens_used: row.get("tokens_used")?,
        context: row.get("context")?,
        metadata: row.json("metadata")?,
        created_at: row.moment("created_at")?,
        updated_at: row.moment("updated_at")?,
    })
}
