//! How the assistant is asked over HTTP.
//!
//! Handlers translate: they read a request, call one method of the assistant, and write the answer.
//! What a failure looks like is decided in [`error`]; what every request passes is in [`layers`].

mod api;
mod body;
pub mod caller;
mod config;
mod docs;
mod error;
mod layers;
mod limit;
mod listen;
mod live;
mod metrics;
mod openapi;
mod problem;
mod web;

use std::sync::Arc;

use assistant::Assistant;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use domain::{Clock, Ids};
use tower::{Layer, Service};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::cors::{AllowOrigin, CorsLayer};
use tower_http::normalize_path::{NormalizePath, NormalizePathLayer};

use limit::Minutes;
use live::Lively;
use metrics::HttpMetrics;

pub use caller::{Door, OpenDoor};
pub use config::{AuthMode, Config};
pub use listen::serve;
pub use live::Live;

/// What handlers share.
#[derive(Clone)]
pub struct AppState {
    pub(crate) assistant: Assistant,
    pub(crate) config: Arc<Config>,
    pub(crate) lively: Arc<Lively>,
    pub(crate) minutes: Arc<Minutes>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ids: Arc<dyn Ids>,
    pub(crate) http: Arc<HttpMetrics>,
}

impl AppState {
    /// Puts together what handlers need.
    pub fn new(
        assistant: Assistant,
        config: Config,
        door: Door,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
    ) -> Self {
        let live = Live {
            door,
            rate_limit_per_minute: config.rate_limit_per_minute,
            groq_model: config.groq_model.clone(),
        };
        Self {
            assistant,
            config: Arc::new(config),
            lively: Arc::new(Lively::new(live)),
            minutes: Arc::default(),
            clock,
            ids,
            http: Arc::new(HttpMetrics::new()),
        }
    }
}

/// The whole HTTP service: routes and layers. A trailing slash is never significant.
pub fn service(
    state: AppState,
) -> impl Service<
    Request,
    Response = Response,
    Error = std::convert::Infallible,
    Future = impl Future<Output = Result<Response, std::convert::Infallible>> + Send,
> + Clone
+ Send
+ 'static {
    NormalizePathLayer::trim_trailing_slash().layer(router(state))
}

/// The service's concrete form, for tests that call it without a socket.
pub type Normalized = NormalizePath<Router>;

/// The API document, generated from the handlers.
pub fn document(config: &Config) -> utoipa::openapi::OpenApi {
    api::routes().with_info(config)
}

fn router(state: AppState) -> Router {
    let config = Arc::clone(&state.config);
    let (routes, document) = api::routes().into_parts(&config);
    routes
        .merge(docs::routes(&config, &document))
        .merge(web::routes())
        .layer(DefaultBodyLimit::max(config.body_limit))
        .layer(from_fn_with_state(state.clone(), layers::deadline))
        .layer(from_fn_with_state(state.clone(), layers::door))
        .layer(from_fn_with_state(state.clone(), limit::limit))
        .layer(
            CompressionLayer::new().compress_when(
                SizeAbove::new(1024)
                    .and(NotForContentType::new("text/event-stream"))
                    .and(NotForContentType::IMAGES),
            ),
        )
        .layer(CatchPanicLayer::custom(layers::panicked))
        .layer(cors(&config))
        .layer(from_fn_with_state(state.clone(), layers::identity))
        .with_state(state)
}

/// Contract D8.22: configured origins, credentials, every method, any header; `*` gives up the
/// credentials instead of echoing arbitrary origins.
fn cors(config: &Config) -> CorsLayer {
    let methods = [
        Method::GET,
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
        Method::OPTIONS,
    ];
    let exposed = [
        HeaderName::from_static("x-request-id"),
        HeaderName::from_static("x-process-time"),
        header::RETRY_AFTER,
        limit::LIMIT,
        limit::REMAINING,
        limit::RESET,
    ];
    let layer = CorsLayer::new()
        .allow_methods(methods)
        .expose_headers(exposed)
        .max_age(std::time::Duration::from_mins(10));
    if config.cors_origins.iter().any(|origin| origin == "*") {
        return layer
            .allow_origin(AllowOrigin::any())
            .allow_headers(tower_http::cors::Any);
    }
    let origins: Vec<HeaderValue> = config
        .cors_origins
        .iter()
        .filter_map(|origin| origin.parse().ok())
        .collect();
    layer
        .allow_origin(origins)
        .allow_credentials(true)
        .allow_headers(tower_http::cors::AllowHeaders::mirror_request())
        .vary([header::ORIGIN])
}
