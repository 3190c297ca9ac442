//! A page whose time passes only when a test says so.

use std::time::Duration;

use http::Method;
use serde_json::{Value, json};
use testkit::TestApp;

use crate::page::{Page, millis};

impl Page {
    /// Opens an assistant's page with a clock that stands still.
    pub(crate) async fn open_with_clock(app: &TestApp) -> Self {
        let page = Self::begin().await;
        let script = json!({ "source": include_str!("clock.js") });
        let command = "Page.addScriptToEvaluateOnNewDocument";
        let body = json!({ "cmd": command, "params": script });
        page.command(Method::POST, "/goog/cdp/execute", Some(body))
            .await;
        page.go_to(app).await;
        page
    }

    /// Lets time pass in the page, and waits until it has its answers.
    pub(crate) async fn pass(&self, time: Duration) {
        let script = "const [span, done] = arguments; pass(span).then(done);";
        self.run("async", script, json!([millis(time)])).await;
    }

    /// How often the page has asked the server for this since it was loaded.
    pub(crate) async fn asked_for(&self, path: &str) -> u64 {
        let script = "return askedFor(arguments[0]);";
        let count = self.run("sync", script, json!([path])).await;
        count.as_u64().unwrap()
    }

    /// From now on the page is refused whatever it asks, and told to come again after so many seconds; or
    /// not any more.
    pub(crate) async fn refuse(&self, seconds: Option<u64>) {
        let headers = seconds.map_or(
            Value::Null,
            |seconds| json!({ "retry-after": seconds.to_string() }),
        );
        let script = "window.refusing = arguments[0];";
        self.run("sync", script, json!([headers])).await;
    }

    /// Puts the window out of sight, or back.
    pub(crate) async fn put_away(&self, away: bool) {
        let path = if away {
            "/window/minimize"
        } else {
            "/window/maximize"
        };
        self.command(Method::POST, path, Some(json!({}))).await;
        let script = "return document.hidden;";
        assert_eq!(self.run("sync", script, json!([])).await, json!(away));
    }
}
