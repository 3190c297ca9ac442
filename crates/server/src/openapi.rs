//! The routes together with their description: one list for both.

use axum::Router;
use utoipa::openapi::{Info, OpenApi};
use utoipa_axum::router::OpenApiRouter;

use crate::AppState;
use crate::config::Config;

/// Routes and their document.
pub(crate) struct Routes(pub(crate) OpenApiRouter<AppState>);

impl Routes {
    /// The document alone.
    pub(crate) fn with_info(self, config: &Config) -> OpenApi {
        described(self.0.into_openapi(), config)
    }

    /// The router and its document.
    pub(crate) fn into_parts(self, config: &Config) -> (Router<AppState>, OpenApi) {
        let (router, document) = self.0.split_for_parts();
        (router, described(document, config))
    }
}

fn described(mut document: OpenApi, config: &Config) -> OpenApi {
    let mut info = Info::new(&config.app_name, &config.version);
    info.description = Some(config.description.clone());
    document.info = info;
    document
}
