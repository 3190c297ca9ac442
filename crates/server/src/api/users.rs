//! `/users` (contract 004-E2…E6).

use axum::extract::State;
use axum::http::StatusCode;
use domain::user::{User, UserOrder};
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
struct NewUser {
    /// 3 to 320 characters, with one `@` and a dot after it.
    email: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UserChange {
    /// New address; absent leaves it as it is.
    #[serde(default, deserialize_with = "present")]
    email: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
struct UserRead {
    id: Uuid,
    email: String,
    created_at: String,
    is_active: bool,
}

impl From<User> for UserRead {
    fn from(user: User) -> Self {
        Self {
            id: user.id,
            email: user.email,
            created_at: user.created_at.to_string(),
            is_active: user.is_active,
        }
    }
}

/// Makes a user (004-E2).
#[utoipa::path(
    post, path = "/users", tag = "users", request_body = NewUser,
    responses(
        (status = 201, body = UserRead),
        (status = 409, description = "Email already exists"),
        (status = 422, description = "Not an e-mail address"),
    )
)]
async fn create(
    State(state): State<AppState>,
    Json(new): Json<NewUser>,
) -> Result<(StatusCode, axum::Json<UserRead>), ApiError> {
    check_email(&new.email)?;
    let user = state.assistant.create_user(&new.email).await?;
    Ok((StatusCode::CREATED, axum::Json(user.into())))
}

/// Active users (004-E3).
#[utoipa::path(
    get, path = "/users", tag = "users", params(Paging),
    responses((status = 200, body = Vec<UserRead>))
)]
async fn list(
    State(state): State<AppState>,
    Params(paging): Params<Paging>,
) -> Result<axum::Json<Vec<UserRead>>, ApiError> {
    let orders = [
        ("created_at", UserOrder::CreatedAt),
        ("email", UserOrder::Email),
    ];
    let (order, direction, page) = paging.read(&orders)?;
    let users = state.assistant.users(order, direction, page).await?;
    Ok(axum::Json(users.into_iter().map(UserRead::from).collect()))
}

/// One user (004-E4).
#[utoipa::path(
    get, path = "/users/{user_id}", tag = "users", params(("user_id" = Uuid, Path)),
    responses((status = 200, body = UserRead), (status = 404, description = "User not found"))
)]
async fn read(
    State(state): State<AppState>,
    PathId(id): PathId<Uuid>,
) -> Result<axum::Json<UserRead>, ApiError> {
    Ok(axum::Json(state.assistant.user(id).await?.into()))
}

/// Changes a user (004-E5).
#[utoipa::path(
    patch, path = "/users/{user_id}", tag = "users", params(("user_id" = Uuid, Path)),
    request_body = UserChange,
    responses(
        (status = 200, body = UserRead),
        (status = 404, description = "User not found"),
        (status = 409, description = "Email already exists"),
    )
)]
async fn update(
    State(state): State<AppState>,
    PathId(id): PathId<Uuid>,
    Json(change): Json<UserChange>,
) -> Result<axum::Json<UserRead>, ApiError> {
    if let Some(email) = &change.email {
        check_email(email)?;
    }
    let user = state
        .assistant
        .update_user(id, change.email.as_deref())
        .await?;
    Ok(axum::Json(user.into()))
}

/// Deletes a user and their conversations (004-E6).
#[utoipa::path(
    delete, path = "/users/{user_id}", tag = "users", params(("user_id" = Uuid, Path)),
    responses((status = 204), (status = 404, description = "User not found"))
)]
async fn delete(
    State(state): State<AppState>,
    PathId(id): PathId<Uuid>,
) -> Result<StatusCode, ApiError> {
    state.assistant.delete_user(id).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn check_email(email: &str) -> Result<(), ApiError> {
    let mut problems = Problems::of("body");
    problems.length("email", email, 3, 320);
    problems.pattern("email", email, is_email(email), "name@host.domain");
    problems.finish()
}

/// Text without blank or `@`, then `@`, then text containing a dot with something on both sides
/// (contract 004-E2).
fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else {
        return false;
    };
    let clean = |part: &str| {
        !part.is_empty() && !part.contains(|letter: char| letter.is_whitespace() || letter == '@')
    };
    let inner_dot = host
        .char_indices()
        .any(|(at, letter)| letter == '.' && at > 0 && at + 1 < host.len());
    clean(name) && clean(host) && inner_dot
}

#[cfg(test)]
mod tests {
    use super::is_email;

    #[test]
    fn e2_004_an_address_needs_a_name_a_host_and_a_dot_inside_it() {
        for right in [
            "test-user@example.com",
            "a@b.c",
            "ü@bücher.example",
            "a@.b.c",
        ] {
            assert!(is_email(right), "{right}");
        }
        for wrong in [
            "", "a@b", "@b.c", "a@.c", "a@b.", "a b@c.d", "a@b@c.d", "a@b .c",
        ] {
            assert!(!is_email(wrong), "{wrong}");
        }
    }
}
