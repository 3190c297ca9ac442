//! Versions of models that conversations refer to (contract 004-E7…E9).

use domain::model_version::{ModelVersion, ModelVersionOrder, ModelVersionPatch};
use domain::page::{Direction, Page};
use uuid::Uuid;

use crate::StoreError;
use crate::link::Link;
use crate::operations::operations;
use crate::row::Row;
use crate::statement::Statement;
use crate::user::way;

operations! {
    /// Makes a model version.
    write fn create_model_version(
        id: Uuid, provider: &str, model_name: &str, version_tag: &str,
    ) -> ModelVersion;
    /// An active model version.
    read fn model_version(id: Uuid) -> ModelVersion;
    /// Active model versions; equal ones by id.
    read fn model_versions(
        order: ModelVersionOrder, direction: Direction, page: Page,
    ) -> Vec<ModelVersion>;
    /// Changes an active model version.
    write fn update_model_version(id: Uuid, patch: ModelVersionPatch) -> ModelVersion;
    /// Deletes a model version and its conversations; the rows stay.
    atomic fn delete_model_version(id: Uuid) -> ();
}

const COLUMNS: &str = "id, provider, model_name, version_tag, created_at, is_active";

impl Link {
    async fn create_model_version(
        &mut self,
        id: Uuid,
        provider: &str,
        model_name: &str,
        version_tag: &str,
    ) -> Result<ModelVersion, StoreError> {
        let now = self.now();
        let insert = Statement::new(format!(
            "INSERT INTO model_versions \
             (id, provider, model_name, version_tag, created_at, updated_at, is_active) \
             VALUES ($1, $2, $3, $4, $5, $5, $6) RETURNING {COLUMNS}"
        ))
        .bind(id)
        .bind(provider)
        .bind(model_name)
        .bind(version_tag)
        .bind(now)
        .bind(true);
        read(&self.one(insert).await?)
    }

    async fn model_version(&mut self, id: Uuid) -> Result<ModelVersion, StoreError> {
        let select = format!("SELECT {COLUMNS} FROM model_versions WHERE id = $1 AND is_active");
        read(&self.one(Statement::new(select).bind(id)).await?)
    }

    async fn model_versions(
        &mut self,
        order: ModelVersionOrder,
        direction: Direction,
        page: Page,
    ) -> Result<Vec<ModelVersion>, StoreError> {
        let column = match order {
            ModelVersionOrder::CreatedAt => "created_at",
            ModelVersionOrder::ModelName => "model_name",
        };
        let way = way(direction);
        let select = Statement::new(format!(
            "SELECT {COLUMNS} FROM model_versions WHERE is_active \
             ORDER BY {column} {way}, id {way}"
        ));
        self.list(select.page(page), read).await
    }

    async fn update_model_version(
        &mut self,
        id: Uuid,
        patch: ModelVersionPatch,
    ) -> Result<ModelVersion, StoreError> {
        if patch == ModelVersionPatch::default() {
            return self.model_version(id).await;
        }
        let now = self.now();
        let update = Statement::new(format!(
            "UPDATE model_versions SET provider = COALESCE($2, provider), \
             model_name = COALESCE($3, model_name), version_tag = COALESCE($4, version_tag), \
             updated_at = $5 WHERE id = $1 AND is_active RETURNING {COLUMNS}"
        ))
        .bind(id)
        .bind(patch.provider)
        .bind(patch.model_name)
        .bind(patch.version_tag)
        .bind(now);
        read(&self.one(update).await?)
    }

    async fn delete_model_version(&mut self, id: Uuid) -> Result<(), StoreError> {
        self.delete_with_conversations("model_versions", "model_version_id", id)
            .await
    }
}

fn read(row: &Row) -> Result<ModelVersion, StoreError> {
    Ok(ModelVersion {
        id: row.uuid("id")?,
        provider: row.get("provider")?,
        model_name: row.get("model_name")?,
        version_tag: row.get("version_tag")?,
        created_at: row.moment("created_at")?,
        is_active: row.get("is_active")?,
    })
}
