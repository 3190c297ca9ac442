//! `/api/v1`.

mod chat;
mod database;
mod extract;
mod status;
mod tasks;

use utoipa_axum::router::OpenApiRouter;

use crate::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .merge(status::routes())
        .merge(database::routes())
        .merge(tasks::routes())
        .merge(extract::routes())
        .merge(chat::routes())
}
