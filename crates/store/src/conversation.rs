//! Prompts and their responses (contract 004-E10…E14).

use domain::conversation::{Conversation, ConversationOrder, ConversationPatch, NewConversation};
use domain::page::{Direction, Page};
use uuid::Uuid;

use crate::StoreError;
use crate::link::Link;
use crate::operations::operations;
use crate::row::Row;
use crate::statement::Statement;
use crate::user::way;

operations! {
    /// Keeps a conversation. `Invalid` with "User not found" or "Model version not found" (in
    /// this order) if it refers to one that is not active.
    atomic fn create_conversation(new: NewConversation) -> Conversation;
    /// An active conversation.
    read fn conversation(id: Uuid) -> Conversation;
    /// Active conversations, of one user if given; equal ones by id, those without a latency last
    /// either way.
    read fn conversations(
        user_id: Option<Uuid>, order: ConversationOrder, direction: Direction, page: Page,
    ) -> Vec<Conversation>;
    /// Changes an active conversation. `Invalid` as in keeping one.
    atomic fn update_conversation(id: Uuid, patch: ConversationPatch) -> Conversation;
    /// Deletes a conversation; the row stays.
    write fn delete_conversation(id: Uuid) -> ();
}

const COLUMNS: &str = "id, user_id, model_version_id, prompt, response, temperature, top_p, \
     max_tokens, input_tokens, output_tokens, total_tokens, latency_ms, created_at, is_active";

impl Link {
    async fn create_conversation(
        &mut self,
        new: NewConversation,
    ) -> Result<Conversation, StoreError> {
        self.must_be_active("users", new.user_id, "User not found")
            .await?;
        self.must_be_active(
            "model_versions",
            new.model_version_id,
            "Model version not found",
        )
        .await?;
        let now = self.now();
        let insert = Statement::new(format!(
            "INSERT INTO conversations ({COLUMNS}, updated_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $13) \
             RETURNING {COLUMNS}"
        ))
        .bind(new.id)
        .bind(new.user_id)
        .bind(new.model_version_id)
        .bind(new.prompt)
        .bind(new.response)
        .bind(new.temperature)
        .bind(new.top_p)
        .bind(new.max_tokens)
        .bind(new.input_tokens)
        .bind(new.output_tokens)
        .bind(new.total_tokens)
        .bind(new.latency_ms)
        .bind(now)
        .bind(true);
        read(&self.one(insert).await?)
    }

    async fn conversation(&mut self, id: Uuid) -> Result<Conversation, StoreError> {
        let select = format!("SELECT {COLUMNS} FROM conversations WHERE id = $1 AND is_active");
        read(&self.one(Statement::new(select).bind(id)).await?)
    }

    async fn conversations(
        &mut self,
        user_id: Option<Uuid>,
        order: ConversationOrder,
        direction: Direction,
        page: Page,
    ) -> Result<Vec<Conversation>, StoreError> {
        let column = match order {
            ConversationOrder::CreatedAt => "created_at",
            ConversationOrder::Latency => "latency_ms",
        };
        let way = way(direction);
        let select = Statement::new(format!(
            "SELECT {COLUMNS} FROM conversations WHERE is_active"
        ))
        .and_equal("user_id", user_id)
        .push(&format!(
            " ORDER BY {column} IS NULL, {column} {way}, id {way}"
        ));
        self.list(select.page(page), read).await
    }

    async fn update_conversation(
        &mut self,
        id: Uuid,
        patch: ConversationPatch,
    ) -> Result<Conversation, StoreError> {
        let select = Statement::new(format!(
            "SELECT {COLUMNS} FROM conversations WHERE id = $1 AND is_active{}",
            self.dialect().lock_rows()
        ));
        let mut now_is = read(&self.one(select.bind(id)).await?)?;
        if let Some(user) = patch.user_id {
            self.must_be_active("users", user, "User not found").await?;
        }
        if let Some(version) = patch.model_version_id {
            self.must_be_active("model_versions", version, "Model version not found")
                .await?;
        }
        if patch == ConversationPatch::default() {
            return Ok(now_is);
        }
        apply(&mut now_is, patch);
        self.write_conversation(now_is).await
    }

    async fn write_conversation(
        &mut self,
        changed: Conversation,
    ) -> Result<Conversation, StoreError> {
        let now = self.now();
        let update = Statement::new(format!(
            "UPDATE conversations SET user_id = $2, model_version_id = $3, prompt = $4, \
             response = $5, temperature = $6, top_p = $7, max_tokens = $8, input_tokens = $9, \
             output_tokens = $10, total_tokens = $11, latency_ms = $12, updated_at = $13 \
             WHERE id = $1 RETURNING {COLUMNS}"
        ))
        .bind(changed.id)
        .bind(changed.user_id)
        .bind(changed.model_version_id)
        .bind(changed.prompt)
        .bind(changed.response)
        .bind(changed.temperature)
        .bind(changed.top_p)
        .bind(changed.max_tokens)
        .bind(changed.input_tokens)
        .bind(changed.output_tokens)
        .bind(changed.total_tokens)
        .bind(changed.latency_ms)
        .bind(now);
        read(&self.one(update).await?)
    }

    async fn delete_conversation(&mut self, id: Uuid) -> Result<(), StoreError> {
        let now = self.now();
        let delete = Statement::new(
            "UPDATE conversations SET is_active = $2, updated_at = $3 WHERE id = $1 AND is_active",
        );
        match self.execute(delete.bind(id).bind(false).bind(now)).await? {
            0 => Err(StoreError::NotFound),
            _ => Ok(()),
        }
    }

    /// Refuses a reference to what is not there, and keeps it there until the transaction ends.
    async fn must_be_active(
        &mut self,
        table: &str,
        id: Uuid,
        otherwise: &str,
    ) -> Result<(), StoreError> {
        let select = Statement::new(format!(
            "SELECT id FROM {table} WHERE id = $1 AND is_active{}",
            self.dialect().share_rows()
        ));
        match self.optional(select.bind(id)).await? {
            Some(_) => Ok(()),
            None => Err(StoreError::Invalid(otherwise.to_owned())),
        }
    }
}

fn apply(to: &mut Conversation, patch: ConversationPatch) {
    set(&mut to.user_id, patch.user_id);
    set(&mut to.model_version_id, patch.model_version_id);
    set(&mut to.prompt, patch.prompt);
    set(&mut to.response, patch.response);
    set(&mut to.temperature, patch.temperature);
    set(&mut to.top_p, patch.top_p);
    set(&mut to.max_tokens, patch.max_tokens);
    set(&mut to.input_tokens, patch.input_tokens);
    set(&mut to.output_tokens, patch.output_tokens);
    set(&mut to.total_tokens, patch.total_tokens);
    set(&mut to.latency_ms, patch.latency_ms);
}

/// Sets a field, if there is a new value for it.
pub(crate) fn set<T>(field: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *field = value;
    }
}

fn read(row: &Row) -> Result<Conversation, StoreError> {
    Ok(Conversation {
        id: row.uuid("id")?,
        user_id: row.uuid("user_id")?,
        model_version_id: row.uuid("model_version_id")?,
        prompt: row.get("prompt")?,
        response: row.get("response")?,
        temperature: row.get("temperature")?,
        top_p: row.get("top_p")?,
        max_tokens: row.get("max_tokens")?,
        input_tokens: row.get("input_tokens")?,
        output_tokens: row.get("output_tokens")?,
        total_tokens: row.get("total_tokens")?,
        latency_ms: row.get("latency_ms")?,
        created_at: row.moment("created_at")?,
        is_active: row.get("is_active")?,
    })
}
