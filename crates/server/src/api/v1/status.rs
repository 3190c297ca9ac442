//! `/api/v1/status` (contract 002-E3), with what the local models are doing.

use assistant::LocalModelState;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(status))
}

#[derive(Debug, Serialize, ToSchema)]
struct Status {
    status: &'static str,
    app_name: String,
    version: String,
    debug_mode: bool,
    cors_origins: Vec<String>,
    max_file_size_mb: u64,
    allowed_file_types: Vec<String>,
    /// The model that Groq would be asked for chat.
    groq_model: String,
    upload_dir: String,
    /// Models in this process: ready, being fetched, missing; with what to do about it.
    local_models: Vec<LocalModel>,
    /// The last time that another configuration was given to the running server (SIGHUP).
    last_reload: Option<LastReload>,
    /// What does not work as it should, with the remedy.
    warnings: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
struct LastReload {
    at: String,
    /// Whether it is in force.
    taken: bool,
    /// Why it is not.
    error: Option<String>,
    /// Settings that changed and are taken at the next start only.
    needs_restart: Vec<String>,
}

/// A model in this process.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct LocalModel {
    name: String,
    /// `text`, `speech`, `ocr` or `embed`.
    #[serde(rename = "use")]
    purpose: String,
    /// `missing`, `downloading`, `ready`, `loading`, `loaded`, `failed` or `unavailable`.
    status: String,
    /// How far a download or loading is.
    percent: Option<f64>,
    hint: Option<String>,
}

impl LocalModel {
    /// All that this process may have.
    pub(super) fn all(states: Vec<LocalModelState>) -> Vec<Self> {
        let shown = |model: LocalModelState| Self {
            name: model.name,
            purpose: model.purpose,
            status: model.status,
            percent: model.percent,
            hint: model.hint,
        };
        states.into_iter().map(shown).collect()
    }
}

/// What the service is and what it can do just now (002-E3).
#[utoipa::path(
    get, path = "/api/v1/status", tag = "probes", responses((status = 200, body = Status))
)]
async fn status(State(state): State<AppState>) -> Json<Status> {
    let config = &state.config;
    let about = state.assistant.about();
    let local_models = LocalModel::all(about.local_models);
    let trouble =
        |model: &LocalModel| matches!(model.status.as_str(), "failed" | "unavailable" | "missing");
    let mut warnings: Vec<String> = local_models
        .iter()
        .filter(|model| trouble(model))
        .filter_map(|model| Some(format!("{}: {}", model.name, model.hint.as_deref()?)))
        .collect();
    if state.assistant.shared_answers() == Some(false) {
        warnings.push("Redis does not answer; the work goes on without it.".to_owned());
    }
    let last_reload = state.last_reload().map(|reload| LastReload {
        at: reload.at.to_string(),
        taken: reload.refused.is_none(),
        error: reload.refused,
        needs_restart: reload.needs_restart,
    });
    if let Some(error) = last_reload.as_ref().and_then(|last| last.error.as_ref()) {
        warnings.push(format!("the configuration was not taken: {error}"));
    }
    Json(Status {
        status: "operational",
        app_name: config.app_name.clone(),
        version: config.version.clone(),
        debug_mode: config.debug,
        cors_origins: config.cors_origins.clone(),
        max_file_size_mb: config.max_file_size / (1024 * 1024),
        allowed_file_types: about.allowed_file_types,
        groq_model: state.live().groq_model.clone(),
        upload_dir: about.upload_dir,
        local_models,
        last_reload,
        warnings,
    })
}
