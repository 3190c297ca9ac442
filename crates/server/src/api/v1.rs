//! `/api/v1`.

mod accept;
mod add;
mod ai;
mod chat;
mod database;
mod extract;
mod files;
mod jobs;
mod monitoring;
mod multimodal;
mod questions;
mod status;
mod tasks;
mod upload;

use utoipa_axum::router::OpenApiRouter;

use crate::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .merge(status::routes())
        .merge(database::routes())
        .merge(tasks::routes())
        .merge(extract::routes())
        .merge(accept::routes())
        .merge(add::routes())
        .merge(chat::routes())
        .merge(multimodal::routes())
        .merge(upload::routes())
        .merge(files::routes())
        .merge(jobs::routes())
        .merge(ai::routes())
        .merge(monitoring::routes())
        .merge(questions::routes())
}
