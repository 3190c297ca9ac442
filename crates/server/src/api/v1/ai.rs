//! `/api/v1/ai/*` and `/api/v1/providers`: how the models' providers stand (contract 002-E4, 003-E7).
//!
//! None of these pages calls a model.

use std::collections::BTreeMap;

use assistant::ProviderSummary;
use axum::Json;
use axum::extract::State;
use llm::gateway::{AccountStatus, Metrics};
use llm::quota::QuotaStatus;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::status::LocalModel;
use crate::AppState;
use crate::api::probes::unix_seconds;
use crate::body::PathId;
use crate::error::ApiError;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(health))
        .routes(routes!(providers))
        .routes(routes!(ai_providers))
        .routes(routes!(provider))
        .routes(routes!(reset_circuit))
        .routes(routes!(metrics))
        .routes(routes!(quota))
}

#[derive(Debug, Serialize, ToSchema)]
struct AiHealth {
    /// Seconds since 1970.
    timestamp: f64,
    /// `groq_status` and its fields, then every provider under its name.
    #[schema(value_type = Object)]
    ai_services: BTreeMap<String, Value>,
}

/// How the providers stand, by what was called before; always 200 (002-E4).
#[utoipa::path(get, path = "/api/v1/ai/health", tag = "providers", responses((status = 200, body = AiHealth)))]
async fn health(State(state): State<AppState>) -> Json<AiHealth> {
    let mut services = BTreeMap::new();
    for (name, summary) in state.assistant.provider_summaries() {
        if name == "groq" {
            services.extend(groq(&summary));
        }
        services.insert(name, shown(&summary));
    }
    Json(AiHealth {
        timestamp: unix_seconds(state.clock.now()),
        ai_services: services,
    })
}

/// The fields that 002's clients read. Nothing is spent to fill `test_response`.
fn groq(summary: &ProviderSummary) -> Vec<(String, Value)> {
    let mut fields = vec![("groq_status", json!(summary.status))];
    match summary.status {
        "not_configured" => fields.push(("message", json!("GROQ_API_KEY is not set."))),
        "error" => fields.push(("error", json!(summary.error))),
        _ => fields.extend([
            ("model", json!(summary.model)),
            ("response_time", json!(summary.response_time)),
            ("test_response", json!("No completion was spent on this.")),
        ]),
    }
    let owned = |(name, value): (&str, Value)| (name.to_owned(), value);
    fields.into_iter().map(owned).collect()
}

fn shown(summary: &ProviderSummary) -> Value {
    json!({
        "status": summary.status,
        "model": summary.model,
        "response_time": summary.response_time,
        "accounts": summary.accounts,
        "error": summary.error,
    })
}

#[derive(Debug, Serialize, ToSchema)]
struct ProviderList {
    /// Each as `/api/v1/ai/providers/{name}` shows it.
    #[schema(value_type = Vec<Object>)]
    providers: Vec<AccountStatus>,
    count: usize,
    /// Models in this process, as `/api/v1/status` shows them.
    local_models: Vec<LocalModel>,
    /// Whether those are asked (`LOCAL_MODELS`): `auto` (beside others), `off` or `only`.
    use_local: &'static str,
    /// What to do where nobody can answer, to stand in a sentence; it works with `use_local`.
    remedy: String,
}

impl ProviderList {
    fn of(state: &AppState) -> Json<Self> {
        let providers = state.assistant.providers();
        let about = state.assistant.about();
        Json(Self {
            count: providers.len(),
            providers,
            local_models: LocalModel::all(about.local_models),
            use_local: about.use_local.as_str(),
            remedy: about.use_local.remedy("GROQ_API_KEY"),
        })
    }
}

/// How every account stands (contract D8.28).
#[utoipa::path(get, path = "/api/v1/providers", tag = "providers", responses((status = 200, body = ProviderList)))]
async fn providers(State(state): State<AppState>) -> Json<ProviderList> {
    ProviderList::of(&state)
}

/// How every account stands (003-E7).
#[utoipa::path(get, path = "/api/v1/ai/providers", tag = "providers", responses((status = 200, body = ProviderList)))]
async fn ai_providers(State(state): State<AppState>) -> Json<ProviderList> {
    ProviderList::of(&state)
}

/// How one account stands: health, breaker, calls and failures (003-E7, 003-M2).
#[utoipa::path(
    get, path = "/api/v1/ai/providers/{name}", tag = "providers", params(("name" = String, Path)),
    responses(
        (status = 200, description = "Its health, breaker, quota, calls and failures"),
        (status = 404, description = "Provider not found"),
    )
)]
async fn provider(
    State(state): State<AppState>,
    PathId(name): PathId<String>,
) -> Result<Json<AccountStatus>, ApiError> {
    Ok(Json(state.assistant.provider(&name)?))
}

#[derive(Debug, Serialize, ToSchema)]
struct CircuitReset {
    status: &'static str,
    message: String,
    #[schema(value_type = Object)]
    provider: AccountStatus,
}

/// Closes an account's circuit by hand, and ends its pause (003-E7).
#[utoipa::path(
    post, path = "/api/v1/ai/providers/{name}/circuit/reset", tag = "providers",
    params(("name" = String, Path)),
    responses((status = 200, body = CircuitReset), (status = 404, description = "Provider not found"))
)]
async fn reset_circuit(
    State(state): State<AppState>,
    PathId(name): PathId<String>,
) -> Result<Json<CircuitReset>, ApiError> {
    let provider = state.assistant.reset_circuit(&name)?;
    Ok(Json(CircuitReset {
        status: "success",
        message: format!("The circuit of {name} is closed."),
        provider,
    }))
}

/// What was asked and made since the start (003-E7, 003-M3).
#[utoipa::path(
    get, path = "/api/v1/ai/metrics", tag = "providers",
    responses((status = 200, description = "Requests, cache, and calls by provider"))
)]
async fn metrics(State(state): State<AppState>) -> Json<Metrics> {
    Json(state.assistant.model_metrics())
}

#[derive(Debug, Serialize, ToSchema)]
struct ProviderQuotas {
    /// In the fields of contract 003-A8.
    #[schema(value_type = Vec<Object>)]
    providers: Vec<QuotaStatus>,
    timestamp: String,
}

/// How every account's quota stands (003-E7, 003-A8).
#[utoipa::path(get, path = "/api/v1/ai/quota", tag = "providers", responses((status = 200, body = ProviderQuotas)))]
async fn quota(State(state): State<AppState>) -> Json<ProviderQuotas> {
    Json(ProviderQuotas {
        providers: state.assistant.quotas(),
        timestamp: state.clock.now().to_string(),
    })
}
