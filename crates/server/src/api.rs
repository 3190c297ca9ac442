//! Every route. A file's path is the route's path.

mod ask;
mod cache;
mod conversations;
mod found;
mod metrics;
mod model_versions;
mod paging;
mod probes;
mod reading;
mod task_fields;
mod tasks;
mod users;
mod v1;

use utoipa_axum::router::OpenApiRouter;

use crate::AppState;
use crate::openapi::Routes;

/// All routes with their description.
pub(crate) fn routes() -> Routes {
    Routes(
        OpenApiRouter::<AppState>::new()
            .merge(probes::routes())
            .merge(cache::routes())
            .merge(metrics::routes())
            .merge(ask::routes())
            .merge(tasks::routes())
            .merge(users::routes())
            .merge(model_versions::routes())
            .merge(conversations::routes())
            .merge(v1::routes()),
    )
}
