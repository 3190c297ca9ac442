//! The page by keys alone.

use serde_json::{Value, json};
use testkit::{Setup, TestApp};

use crate::chat::ENTER;
use crate::page::Page;

const TAB: &str = "\u{e004}";
const ESCAPE: &str = "\u{e00c}";
/// What the control is called on which one stands.
const NAME: &str =
    "const { ariaLabel, textContent } = document.activeElement; return ariaLabel ?? textContent;";

async fn plants() -> TestApp {
    let app = TestApp::on_sqlite(Setup::default()).await;
    for summary in ["Call Ada", "Return the van", "Water the plants"] {
        let task = json!({ "summary": summary, "due_date": "2031-03-10" });
        app.http().post("/api/v1/tasks", task).await.expect(200);
    }
    app
}

async fn stands_on(page: &Page) -> Value {
    page.run("sync", NAME, json!([])).await
}

async fn stand_on(page: &Page, control: &str) {
    let script = "document.querySelector(arguments[0]).focus();";
    page.run("sync", script, json!([control])).await;
}

#[tokio::test]
async fn whoever_goes_by_keys_stays_in_the_list_of_tasks_when_it_changes() {
    let app = plants().await;
    let page = Page::open(&app).await;
    let all = ["Water the plants", "Return the van", "Call Ada"];
    page.wait_for_values("#tasks .summary", &all).await;
    stand_on(&page, "#tasks input").await;
    page.press("", " ").await;
    page.wait_for_texts("#tasks details.more > summary", &["Done (1)"])
        .await;
    assert_eq!(stands_on(&page).await, "Done: Return the van");
    stand_on(&page, "#tasks .remove").await;
    page.press("", " ").await;
    page.wait_for_values("#tasks ul:not(.more *) .summary", &all[2..])
        .await;
    assert_eq!(stands_on(&page).await, "Delete: Call Ada");
    stand_on(&page, "#tasks .chip.priority select").await;
    page.press("", "u").await;
    page.wait_for_texts(
        "#tasks ul:not(.more *) .chip.urgent option:checked",
        &["urgent"],
    )
    .await;
    assert_eq!(stands_on(&page).await, "priority");
    // Who unfolded what is done sees it still when one of it is to be done again.
    stand_on(&page, "#tasks details.more > summary").await;
    page.press("", ENTER).await;
    page.write("#line", &format!("Pay rent{ENTER}")).await;
    page.wait_for_values("#tasks ul:not(.more *) .summary", &["Call Ada", "Pay rent"])
        .await;
    page.wait_for_texts("#tasks details.more[open] > summary", &["Done (1)"])
        .await;
    page.close().await;
}

#[tokio::test]
async fn whoever_goes_by_keys_stays_in_the_proposals_when_one_is_changed() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let page = Page::open(&app).await;
    page.write("#text", "Please call Ada. Please return the van.")
        .await;
    page.wait_for_texts("#accept", &["Keep 2 tasks"]).await;
    stand_on(&page, "#proposals li:last-child input").await;
    page.press("", " ").await;
    page.wait_for_texts("#accept", &["Keep 1 task"]).await;
    assert_eq!(stands_on(&page).await, "Keep: Return the van");
    page.close().await;
}

#[tokio::test]
async fn escape_leaves_the_words_of_a_task_as_they_were() {
    let app = plants().await;
    let page = Page::open(&app).await;
    let all = ["Water the plants", "Return the van", "Call Ada"];
    page.wait_for_values("#tasks .summary", &all).await;
    page.write("#tasks .summary", &format!(" twice{ESCAPE}"))
        .await;
    page.wait_for_values("#tasks .summary:not(:focus)", &all)
        .await;
    page.close().await;
}

#[tokio::test]
async fn a_file_is_opened_by_keys_too() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let page = Page::open(&app).await;
    stand_on(&page, "#written").await;
    // A date has three parts and a calendar.
    page.press("", &TAB.repeat(4)).await;
    let at = page
        .run("sync", "return document.activeElement.id;", json!([]))
        .await;
    assert_eq!(at, "file");
    page.close().await;
}

#[tokio::test]
async fn a_deadline_is_changed_by_keys_and_left_as_it_was_with_escape() {
    let app = plants().await;
    let page = Page::open(&app).await;
    page.wait_for_texts("#tasks .chip.due", &["10 Mar 2031"; 3])
        .await;
    stand_on(&page, "#tasks .chip.due button").await;
    page.press("", ENTER).await;
    page.wait_for_values("#tasks .chip.due input:focus", &["2031-03-10"])
        .await;
    // The first one closes the calendar, where the browser shows one.
    page.press("", ESCAPE).await;
    page.press("", ESCAPE).await;
    page.wait_for_values("#tasks .chip.due input", &[]).await;
    assert_eq!(stands_on(&page).await, "Deadline 10 Mar 2031, change it");
    page.press("", ENTER).await;
    page.wait_for_values("#tasks .chip.due input:focus", &["2031-03-10"])
        .await;
    page.press("", ESCAPE).await;
    page.press("", &format!("03122031{TAB}{TAB}")).await;
    let dues = ["10 Mar 2031", "10 Mar 2031", "12 Mar 2031"];
    page.wait_for_texts("#tasks .chip.due", &dues).await;
    let kept = app.http().get("/api/v1/tasks?q=plants").await.expect(200);
    assert_eq!(kept["tasks"][0]["due_date"], "2031-03-12");
    page.close().await;
}
