//! `/model-versions` (contract 004-E7…E9).

use axum::extract::State;
use axum::http::StatusCode;
use domain::model_version::{ModelVersion, ModelVersionOrder, ModelVersionPatch};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::paging::Paging;
use crate::AppState;
use crate::body::{Json, Params, PathId, present};
use crate::error::ApiError;
use crate::problem::Problems;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(create, list))
        .routes(routes!(read, update, delete))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewModelVersion {
    /// 1 to 128 characters.
    provider: String,
    /// 1 to 128 characters.
    model_name: String,
    /// 1 to 128 characters.
    version_tag: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ModelVersionChange {
    #[serde(default, deserialize_with = "present")]
    provider: Option<String>,
    #[serde(default, deserialize_with = "present")]
    model_name: Option<String>,
    #[serde(default, deserialize_with = "present")]
    version_tag: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
struct ModelVersionRead {
    id: Uuid,
    provider: String,
    model_name: String,
    version_tag: String,
    created_at: String,
    is_active: bool,
}

impl From<ModelVersion> for ModelVersionRead {
    fn from(version: ModelVersion) -> Self {
        Self {
            id: version.id,
            provider: version.provider,
            model_name: version.model_name,
            version_tag: version.version_tag,
            created_at: version.created_at.to_string(),
            is_active: version.is_active,
        }
    }
}

/// Makes a model version (004-E7).
#[utoipa::path(
    post, path = "/model-versions", tag = "model versions", request_body = NewModelVersion,
    responses((status = 201, body = ModelVersionRead))
)]
async fn create(
    State(state): State<AppState>,
    Json(new): Json<NewModelVersion>,
) -> Result<(StatusCode, axum::Json<ModelVersionRead>), ApiError> {
    let names = [
        Some(&new.provider),
        Some(&new.model_name),
        Some(&new.version_tag),
    ];
    check_names(names.map(|name| name.map(String::as_str)))?;
    let made = state
        .assistant
        .create_model_version(&new.provider, &new.model_name, &new.version_tag)
        .await?;
    Ok((StatusCode::CREATED, axum::Json(made.into())))
}

/// Active model versions (004-E8).
#[utoipa::path(
    get, path = "/model-versions", tag = "model versions", params(Paging),
    responses((status = 200, body = Vec<ModelVersionRead>))
)]
async fn list(
    State(state): State<AppState>,
    Params(paging): Params<Paging>,
) -> Result<axum::Json<Vec<ModelVersionRead>>, ApiError> {
    let orders = [
        ("created_at", ModelVersionOrder::CreatedAt),
        ("model_name", ModelVersionOrder::ModelName),
    ];
    let (order, direction, page) = paging.read(&orders)?;
    let versions = state
        .assistant
        .model_versions(order, direction, page)
        .await?;
    Ok(axum::Json(
        versions.into_iter().map(ModelVersionRead::from).collect(),
    ))
}

/// One model version (004-E9).
#[utoipa::path(
    get, path = "/model-versions/{id}", tag = "model versions", params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = ModelVersionRead),
        (status = 404, description = "Model version not found"),
    )
)]
async fn read(
    State(state): State<AppState>,
    PathId(id): PathId<Uuid>,
) -> Result<axum::Json<ModelVersionRead>, ApiError> {
    Ok(axum::Json(state.assistant.model_version(id).await?.into()))
}

/// Changes a model version (004-E9).
#[utoipa::path(
    patch, path = "/model-versions/{id}", tag = "model versions", params(("id" = Uuid, Path)),
    request_body = ModelVersionChange,
    responses(
        (status = 200, body = ModelVersionRead),
        (status = 404, description = "Model version not found"),
    )
)]
async fn update(
    State(state): State<AppState>,
    PathId(id): PathId<Uuid>,
    Json(change): Json<ModelVersionChange>,
) -> Result<axum::Json<ModelVersionRead>, ApiError> {
    let names = [&change.provider, &change.model_name, &change.version_tag];
    check_names(names.map(Option::as_deref))?;
    let patch = ModelVersionPatch {
        provider: change.provider,
        model_name: change.model_name,
        version_tag: change.version_tag,
    };
    Ok(axum::Json(
        state
            .assistant
            .update_model_version(id, patch)
            .await?
            .into(),
    ))
}

/// Deletes a model version and its conversations (004-E9).
#[utoipa::path(
    delete, path = "/model-versions/{id}", tag = "model versions", params(("id" = Uuid, Path)),
    responses((status = 204), (status = 404, description = "Model version not found"))
)]
async fn delete(
    State(state): State<AppState>,
    PathId(id): PathId<Uuid>,
) -> Result<StatusCode, ApiError> {
    state.assistant.delete_model_version(id).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn check_names(names: [Option<&str>; 3]) -> Result<(), ApiError> {
    let mut problems = Problems::of("body");
    for (field, name) in ["provider", "model_name", "version_tag"]
        .into_iter()
        .zip(names)
    {
        problems.optional_length(field, name, 1, 128);
    }
    problems.finish()
}
