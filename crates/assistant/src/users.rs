//! People with a record of their own (contract 004-E2…E6).

use domain::page::{Direction, Page};
use domain::user::{User, UserOrder};
use store::StoreError;
use uuid::Uuid;

use crate::{Assistant, AssistantError, Missing};

impl Assistant {
    /// Makes a user.
    ///
    /// # Errors
    /// `Conflict` when an active user has the address, whatever its case.
    pub async fn create_user(&self, email: &str) -> Result<User, AssistantError> {
        let id = self.parts.ids.next();
        self.parts.store.create_user(id, email).await.map_err(taken)
    }

    /// One active user.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn user(&self, id: Uuid) -> Result<User, AssistantError> {
        self.parts
            .store
            .user(id)
            .await
            .map_err(AssistantError::missing(Missing::User))
    }

    /// Active users.
    ///
    /// # Errors
    /// Only the store's.
    pub async fn users(
        &self,
        order: UserOrder,
        direction: Direction,
        page: Page,
    ) -> Result<Vec<User>, AssistantError> {
        Ok(self.parts.store.users(order, direction, page).await?)
    }

    /// Changes the address, if one is given.
    ///
    /// # Errors
    /// `NotFound`, `Conflict`.
    pub async fn update_user(&self, id: Uuid, email: Option<&str>) -> Result<User, AssistantError> {
        let Some(email) = email else {
            return self.user(id).await;
        };
        self.parts
            .store
            .update_user(id, email)
            .await
            .map_err(|error| match error {
                StoreError::NotFound => AssistantError::NotFound(Missing::User),
                other => taken(other),
            })
    }

    /// Deletes a user and their conversations; tasks stay (contract 7.8).
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn delete_user(&self, id: Uuid) -> Result<(), AssistantError> {
        self.parts
            .store
            .delete_user(id)
            .await
            .map_err(AssistantError::missing(Missing::User))
    }
}

fn taken(error: StoreError) -> AssistantError {
    match error {
        StoreError::Conflict(_) => AssistantError::Conflict("Email already exists".to_owned()),
        other => other.into(),
    }
}
