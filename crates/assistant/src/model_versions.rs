//! Versions of models (contract 004-E7…E9).

use domain::model_version::{ModelVersion, ModelVersionOrder, ModelVersionPatch};
use domain::page::{Direction, Page};
use store::StoreError;
use uuid::Uuid;

use crate::{Assistant, AssistantError, Missing};

impl Assistant {
    /// Makes a model version.
    ///
    /// # Errors
    /// Only the store's.
    pub async fn create_model_version(
        &self,
        provider: &str,
        model_name: &str,
        version_tag: &str,
    ) -> Result<ModelVersion, AssistantError> {
        let id = self.parts.ids.next();
        let store = &self.parts.store;
        Ok(store
            .create_model_version(id, provider, model_name, version_tag)
            .await?)
    }

    /// One active model version.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn model_version(&self, id: Uuid) -> Result<ModelVersion, AssistantError> {
        self.parts.store.model_version(id).await.map_err(missing())
    }

    /// Active model versions.
    ///
    /// # Errors
    /// Only the store's.
    pub async fn model_versions(
        &self,
        order: ModelVersionOrder,
        direction: Direction,
        page: Page,
    ) -> Result<Vec<ModelVersion>, AssistantError> {
        Ok(self
            .parts
            .store
            .model_versions(order, direction, page)
            .await?)
    }

    /// Changes the given fields.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn update_model_version(
        &self,
        id: Uuid,
        patch: ModelVersionPatch,
    ) -> Result<ModelVersion, AssistantError> {
        self.parts
            .store
            .update_model_version(id, patch)
            .await
            .map_err(missing())
    }

    /// Deletes a model version and its conversations (contract 004-A4).
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn delete_model_version(&self, id: Uuid) -> Result<(), AssistantError> {
        self.parts
            .store
            .delete_model_version(id)
            .await
            .map_err(missing())
    }
}

fn missing() -> impl FnOnce(StoreError) -> AssistantError {
    AssistantError::missing(Missing::ModelVersion)
}
