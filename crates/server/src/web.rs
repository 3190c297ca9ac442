//! The page that people see: `/` for browsers, its files under `/web`, all from the binary.
//!
//! The files are plain HTML, CSS and JavaScript modules in `crates/server/web`; nothing builds them.
//! They hold no data, so that they are served without a key: what they show, they ask of the API.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Router, http::HeaderValue};
use sha2::{Digest, Sha256};

use crate::AppState;
use crate::error::ApiError;

/// The folder under which the page's files are served.
const FOLDER: &str = "/web/";
/// The page runs only what comes with it, and in no frame of another's.
const POLICY: &str =
    "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

/// A file of the page.
struct Asset {
    name: &'static str,
    kind: &'static str,
    text: &'static str,
    /// What tells one version from another.
    tag: Option<HeaderValue>,
}

macro_rules! assets {
    ($($name:literal: $kind:expr,)*) => {
        vec![$(Asset {
            name: $name,
            kind: $kind,
            text: include_str!(concat!("../web/", $name)),
            tag: tag(include_str!(concat!("../web/", $name))),
        },)*]
    };
}

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    assets! {
        "index.html": HTML,
        "style.css": CSS,
        "icon.svg": SVG,
        "main.js": SCRIPT,
        "api.js": SCRIPT,
        "page.js": SCRIPT,
        "dates.js": SCRIPT,
        "chips.js": SCRIPT,
        "pieces.js": SCRIPT,
        "notes.js": SCRIPT,
        "proposals.js": SCRIPT,
        "line.js": SCRIPT,
        "tasks.js": SCRIPT,
        "views.js": SCRIPT,
        "chat.js": SCRIPT,
        "turn.js": SCRIPT,
        "stream.js": SCRIPT,
        "providers.js": SCRIPT,
        "standing.js": SCRIPT,
    }
});

/// The files of the page.
pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/web/{file}", get(file))
}

/// Whether somebody who asks for `/` wants to see a page: browsers say so, programs do not.
pub(crate) fn wanted(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT);
    let accepted = accepted.and_then(|accepted| accepted.to_str().ok());
    accepted.is_some_and(|accepted| accepted.contains("text/html"))
}

/// Whether a request is only for the page and its files, which hold no data.
pub(crate) fn is_page(path: &str, headers: &HeaderMap) -> bool {
    path.starts_with(FOLDER) || path == "/" && wanted(headers)
}

/// The page itself.
pub(crate) fn page(headers: &HeaderMap) -> Response {
    serve("index.html", headers)
}

async fn file(Path(name): Path<String>, headers: HeaderMap) -> Response {
    serve(&name, &headers)
}

/// A file, or only the word that the browser's copy is still right.
fn serve(name: &str, headers: &HeaderMap) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.name == name) else {
        return ApiError::from_status(StatusCode::NOT_FOUND).into_response();
    };
    let known = headers.get(header::IF_NONE_MATCH);
    let mut response = if known.is_some() && known == asset.tag.as_ref() {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, asset.kind)], asset.text).into_response()
    };
    let answer = response.headers_mut();
    answer.extend(asset.tag.clone().map(|tag| (header::ETAG, tag)));
    for (name, value) in [
        (header::CACHE_CONTROL, "no-cache"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::VARY, "accept"),
    ] {
        answer.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// The tag of a file with this text; weak, as it may be sent compressed.
fn tag(text: &str) -> Option<HeaderValue> {
    let digest = Sha256::digest(text);
    let short = digest
        .iter()
        .take(8)
        .fold(String::new(), |tag, byte| format!("{tag}{byte:02x}"));
    HeaderValue::from_str(&format!("W/\"{short}\"")).ok()
}

#[cfg(test)]
mod tests {
    use super::ASSETS;

    #[test]
    fn every_file_that_the_page_names_is_served() {
        let known = |name: &str| ASSETS.iter().any(|asset| asset.name == name);
        let mut named = 0;
        for asset in ASSETS.iter() {
            let text = asset.text;
            let quoted = text.split(['"', '\'']);
            let files = quoted.filter_map(|word| {
                word.strip_prefix("./")
                    .or_else(|| word.strip_prefix("/web/"))
            });
            for file in files {
                named += 1;
                assert!(known(file), "{}: {file} is not served", asset.name);
            }
        }
        assert!(named > 10, "{named}");
    }

    #[test]
    fn the_page_asks_nothing_of_other_hosts() {
        for asset in ASSETS.iter() {
            let foreign = asset
                .text
                .split("://")
                .skip(1)
                .find(|rest| !rest.starts_with("www.w3.org/2000/svg"));
            assert_eq!(foreign, None, "{}", asset.name);
        }
    }
}
