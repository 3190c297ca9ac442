//! The API document and Swagger UI, both served from the binary (contract 004-C4, 004-A6, 7.8).

use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use utoipa::openapi::OpenApi;
use utoipa_swagger_ui::Config as SwaggerConfig;

use crate::AppState;
use crate::config::Config;
use crate::error::ApiError;

/// Routes of the document and its page, as far as the switches allow.
pub(crate) fn routes(config: &Config, document: &OpenApi) -> Router<AppState> {
    let mut router = Router::new();
    if !config.openapi_enabled {
        if config.swagger_ui_enabled {
            tracing::warn!("Swagger UI is off because the OpenAPI document is off");
        }
        return router;
    }
    let json: Arc<str> = document.to_json().unwrap_or_default().into();
    let answer = move || {
        let json = Arc::clone(&json);
        async move {
            (
                [(header::CONTENT_TYPE, "application/json")],
                json.to_string(),
            )
        }
    };
    router = router.route(&config.openapi_path, get(answer));
    if !config.swagger_ui_enabled {
        return router;
    }
    let ui = config.swagger_ui_path.trim_end_matches('/').to_owned();
    let page = index(&config.app_name, &ui, &config.openapi_path);
    let to_ui = ui.clone();
    router
        .route(&ui, get(move || std::future::ready(Html(page))))
        .route(&format!("{ui}/{{file}}"), get(asset))
        .route(
            "/redoc",
            get(move || std::future::ready(Redirect::temporary(&to_ui))),
        )
}

/// The page, with absolute paths so that a trailing slash does not matter.
fn index(title: &str, ui: &str, document: &str) -> String {
    format!(
        r##"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} - Swagger UI</title>
<link rel="stylesheet" href="{ui}/swagger-ui.css">
<link rel="icon" type="image/png" href="{ui}/favicon-32x32.png">
</head>
<body>
<div id="swagger-ui"></div>
<script src="{ui}/swagger-ui-bundle.js"></script>
<script>SwaggerUIBundle({{ url: "{document}", dom_id: "#swagger-ui", deepLinking: true }});</script>
</body>
</html>
"##
    )
}

async fn asset(Path(file): Path<String>) -> Response {
    let config = Arc::new(SwaggerConfig::from("/openapi.json"));
    match utoipa_swagger_ui::serve(&file, config) {
        Ok(Some(found)) => {
            let mut response = (
                [(header::CONTENT_TYPE, found.content_type)],
                found.bytes.into_owned(),
            )
                .into_response();
            if found.gzpipped {
                let gzip = header::HeaderValue::from_static("gzip");
                response
                    .headers_mut()
                    .insert(header::CONTENT_ENCODING, gzip);
            }
            response
        }
        Ok(None) => ApiError::from_status(StatusCode::NOT_FOUND).into_response(),
        Err(error) => {
            tracing::error!(%error, "a file of Swagger UI cannot be served");
            ApiError::from_status(StatusCode::INTERNAL_SERVER_ERROR).into_response()
        }
    }
}
