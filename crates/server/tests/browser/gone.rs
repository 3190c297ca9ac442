//! A server that does not answer for a while.

use std::time::Duration;

use serde_json::json;
use testkit::{Setup, TestApp};

use crate::chat::ENTER;
use crate::page::Page;

const GONE: &str = "The server does not answer. Is it running? What you wrote is still here.";

/// The network is taken away from the page, or given back.
async fn offline(page: &Page, offline: bool) {
    let script = "window.fetched ??= window.fetch;
         window.fetch = arguments[0] ? () => Promise.reject(new TypeError('gone')) : window.fetched;";
    page.run("sync", script, json!([offline])).await;
}

#[tokio::test]
async fn what_was_done_meanwhile_is_not_shown_as_done_and_what_was_written_is_kept_once_it_is_back()
{
    let app = TestApp::on_sqlite(Setup::default()).await;
    for summary in ["Call Ada", "Water the plants"] {
        let task = json!({ "summary": summary });
        app.http().post("/api/v1/tasks", task).await.expect(200);
    }
    let page = Page::open_with_clock(&app).await;
    page.wait_for_values("#tasks .summary", &["Water the plants", "Call Ada"])
        .await;
    offline(&page, true).await;
    page.write("#text", "Please return the van.").await;
    page.pass(Duration::from_millis(300)).await;
    page.wait_for_texts("#notes-problem", &[GONE]).await;
    page.click("#tasks input[type=checkbox]").await;
    page.wait_for_texts("#list-problem", &[GONE]).await;
    page.wait_for_values("#tasks input:checked", &[]).await;
    page.write("#tasks .summary", &format!(" twice{ENTER}"))
        .await;
    page.pass(Duration::from_secs(6)).await;
    page.wait_for_values("#tasks .summary", &["Water the plants twice", "Call Ada"])
        .await;
    page.wait_for_texts("#list-problem", &[GONE]).await;
    offline(&page, false).await;
    page.pass(Duration::from_secs(6)).await;
    page.wait_for_texts("#list-problem", &[""]).await;
    page.wait_for_texts("#notes-problem", &[""]).await;
    page.wait_for_values("#proposals .summary", &["Return the van"])
        .await;
    let kept = app.http().get("/api/v1/tasks").await.expect(200);
    assert_eq!(kept["tasks"][0]["summary"], "Water the plants twice");
    assert_eq!(kept["tasks"][0]["status"], "pending");
    page.close().await;
}
