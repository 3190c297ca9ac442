//! Tasks that somebody has already: they are told, and kept a second time only if that is wanted.

use serde_json::{Value, json};
use testkit::{Setup, TestApp};

use crate::chat::ENTER;
use crate::page::Page;

const KNOWN: &str = "#line-known";

async fn add(app: &TestApp, summary: &str) -> Value {
    let task = json!({ "summary": summary });
    app.http().post("/api/v1/tasks", task).await.expect(200)
}

async fn count(app: &TestApp) -> Value {
    app.http().get("/api/v1/tasks").await.expect(200)["count"].clone()
}

#[tokio::test]
async fn a_line_that_says_the_same_as_a_task_is_told_and_added_only_if_that_is_wanted() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let page = Page::open(&app).await;
    page.write("#line", &format!("Call Ada tomorrow{ENTER}"))
        .await;
    page.wait_for_values("#tasks .summary", &["Call Ada"]).await;
    page.write("#line", &format!("call Ada{ENTER}{ENTER}"))
        .await;
    let told = "You have this already: Call Ada (Tomorrow). Show Add anyway";
    page.wait_for_texts(KNOWN, &[told]).await;
    page.wait_for_values("#line", &["call Ada"]).await;
    assert_eq!(count(&app).await, 1);
    page.write("#line", " about the van").await;
    page.wait_for_texts(KNOWN, &[""]).await;
    page.write("#line", &"\u{e003}".repeat(" about the van".len()))
        .await;
    page.write("#line", ENTER).await;
    page.wait_for_texts(KNOWN, &[told]).await;
    page.click("#line-known button").await;
    page.wait_for_values("#tasks .summary:focus", &["Call Ada"])
        .await;
    page.click("#line-known button:last-of-type").await;
    page.wait_for_values("#tasks .summary", &["Call Ada", "call Ada"])
        .await;
    page.wait_for_values("#line:focus", &[""]).await;
    page.wait_for_texts(KNOWN, &[""]).await;
    page.wait_for_texts("#line-chips .chip", &[]).await;
    page.close().await;
}

#[tokio::test]
async fn a_line_that_is_entered_twice_in_one_breath_makes_one_task() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let page = Page::open(&app).await;
    let twice = "const form = document.querySelector('#line-form');
         document.querySelector('#line').value = 'Call Ada';
         form.requestSubmit(); form.requestSubmit();";
    page.run("sync", twice, json!([])).await;
    page.wait_for_values("#tasks .summary", &["Call Ada"]).await;
    assert_eq!(count(&app).await, 1);
    page.close().await;
}

#[tokio::test]
async fn a_proposal_that_somebody_has_already_leads_to_the_task() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    add(&app, "Call Ada").await;
    let page = Page::open(&app).await;
    page.write("#text", "Please call Ada.").await;
    page.wait_for_texts("#proposals .chip.known", &["you have this already"])
        .await;
    page.wait_for_texts("#accept", &["Keep 0 tasks"]).await;
    page.click("#proposals .chip.known button").await;
    page.wait_for_values("#tasks .summary:focus", &["Call Ada"])
        .await;
    page.close().await;
}

#[tokio::test]
async fn proposals_that_became_tasks_elsewhere_meanwhile_are_not_kept_without_a_word() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let page = Page::open(&app).await;
    page.write("#text", "Please call Ada. Please return the van.")
        .await;
    page.wait_for_texts("#accept", &["Keep 2 tasks"]).await;
    add(&app, "Call Ada").await;
    page.click("#accept").await;
    let told = "Nothing was kept yet: one of these is among your tasks already and left out now. \
                Keep the others, or tick what you want twice.";
    page.wait_for_texts("#notes-problem", &[told]).await;
    page.wait_for_values("#proposals li.out .summary", &["Call Ada"])
        .await;
    assert_eq!(count(&app).await, 1);
    page.click("#proposals li.out input[type=checkbox]").await;
    page.click("#accept").await;
    page.wait_for_values("#proposals .summary", &[]).await;
    assert_eq!(count(&app).await, 3);
    page.close().await;
}
