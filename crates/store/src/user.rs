//! People with a record of their own (contract 004-E2…E6, 004-A4).

use domain::page::{Direction, Page};
use domain::user::{User, UserOrder};
use uuid::Uuid;

use crate::StoreError;
use crate::link::Link;
use crate::operations::operations;
use crate::row::Row;
use crate::statement::Statement;

operations! {
    /// Makes a user. `Conflict` if an active one has the address, whatever its case; the address
    /// of a deleted user can be used again (contract 004-B1).
    write fn create_user(id: Uuid, email: &str) -> User;
    /// An active user.
    read fn user(id: Uuid) -> User;
    /// Active users; equal ones by id.
    read fn users(order: UserOrder, direction: Direction, page: Page) -> Vec<User>;
    /// Gives an active user another address. `Conflict` as in making one.
    write fn update_user(id: Uuid, email: &str) -> User;
    /// Deletes a user and the user's conversations; the rows stay.
    atomic fn delete_user(id: Uuid) -> ();
}

const COLUMNS: &str = "id, email, created_at, is_active";
const TAKEN: &str = "Email already exists";

impl Link {
    async fn create_user(&mut self, id: Uuid, email: &str) -> Result<User, StoreError> {
        let now = self.now();
        let insert = Statement::new(format!(
            "INSERT INTO users (id, email, email_key, created_at, updated_at, is_active) \
             VALUES ($1, $2, $3, $4, $4, $5) RETURNING {COLUMNS}"
        ))
        .bind(id)
        .bind(email)
        .bind(email.to_lowercase())
        .bind(now)
        .bind(true);
        let row = self.one(insert).await;
        read(&row.map_err(|error| error.in_conflict(TAKEN))?)
    }

    async fn user(&mut self, id: Uuid) -> Result<User, StoreError> {
        let select = format!("SELECT {COLUMNS} FROM users WHERE id = $1 AND is_active");
        read(&self.one(Statement::new(select).bind(id)).await?)
    }

    async fn users(
        &mut self,
        order: UserOrder,
        direction: Direction,
        page: Page,
    ) -> Result<Vec<User>, StoreError> {
        let column = match order {
            UserOrder::CreatedAt => "created_at",
            UserOrder::Email => "email_key",
        };
        let way = way(direction);
        let select = Statement::new(format!(
            "SELECT {COLUMNS} FROM users WHERE is_active ORDER BY {column} {way}, id {way}"
        ));
        self.list(select.page(page), read).await
    }

    async fn update_user(&mut self, id: Uuid, email: &str) -> Result<User, StoreError> {
        let now = self.now();
        let update = Statement::new(format!(
            "UPDATE users SET email = $2, email_key = $3, updated_at = $4 \
             WHERE id = $1 AND is_active RETURNING {COLUMNS}"
        ))
        .bind(id)
        .bind(email)
        .bind(email.to_lowercase())
        .bind(now);
        let row = self.one(update).await;
        read(&row.map_err(|error| error.in_conflict(TAKEN))?)
    }

    async fn delete_user(&mut self, id: Uuid) -> Result<(), StoreError> {
        self.delete_with_conversations("users", "user_id", id).await
    }

    /// Deletes a user or a model version and the conversations that refer to it.
    pub(crate) async fn delete_with_conversations(
        &mut self,
        table: &str,
        column: &str,
        id: Uuid,
    ) -> Result<(), StoreError> {
        for (table, column) in [(table, "id"), ("conversations", column)] {
            let now = self.now();
            let delete = Statement::new(format!(
                "UPDATE {table} SET is_active = $2, updated_at = $3 WHERE {column} = $1 AND is_active"
            ));
            let done = self.execute(delete.bind(id).bind(false).bind(now)).await?;
            if done == 0 && column == "id" {
                return Err(StoreError::NotFound);
            }
        }
        Ok(())
    }
}

/// The word for a direction.
pub(crate) fn way(direction: Direction) -> &'static str {
    match direction {
        Direction::Ascending => "ASC",
        Direction::Descending => "DESC",
    }
}

fn read(row: &Row) -> Result<User, StoreError> {
    Ok(User {
        id: row.uuid("id")?,
        email: row.get("email")?,
        created_at: row.moment("created_at")?,
        is_active: row.get("is_active")?,
    })
}
