//! The page as a person uses it, in a real browser: Chromium, driven by ChromeDriver.

#[cfg(test)]
mod account;
#[cfg(test)]
mod chat;
#[cfg(test)]
mod clock;
#[cfg(test)]
mod gone;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod known;
#[cfg(test)]
mod page;
#[cfg(test)]
mod providers;
#[cfg(test)]
mod rhythm;
#[cfg(test)]
mod session;
#[cfg(test)]
mod told;

use std::time::Duration;

use page::Page;
use serde_json::json;
use testkit::{Setup, TestApp};

const NOTES: &str = "Nora to send the beta list to legal by tomorrow. Once legal has signed off, \
                     Yusuf writes the announcement. The weather was fine.";

#[tokio::test]
async fn a_pasted_text_becomes_tasks_that_are_kept_with_their_words() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let page = Page::open(&app).await;
    page.write("#text", NOTES).await;
    page.wait_for_texts("#proposals .chip.assignee", &["who Nora", "who Yusuf"])
        .await;
    let summaries = page.values("#proposals .summary").await;
    assert_eq!(
        summaries,
        ["Send the beta list to legal", "Write the announcement"]
    );
    page.wait_for_texts("#proposals .chip.due", &["Tomorrow"])
        .await;
    page.wait_for_texts("#marks mark.due", &["by tomorrow"])
        .await;
    page.click("#accept").await;
    page.wait_for_texts("#tasks h3", &["Next seven days", "No date"])
        .await;
    assert_eq!(page.values("#text").await, [""]);
    let kept = app.http().get("/api/v1/tasks").await.expect(200);
    assert_eq!(kept["count"], 2);
    let (second, first) = (&kept["tasks"][0], &kept["tasks"][1]);
    assert_eq!(second["depends_on"], json!([first["id"]]));
    let quote = "Nora to send the beta list to legal by tomorrow.";
    assert_eq!(first["evidence"]["quote"], quote);
    page.click("#toast button").await;
    page.wait_for_values("#text", &[NOTES]).await;
    let left = app.http().get("/api/v1/tasks").await.expect(200);
    assert_eq!(left["count"], 0);
    page.close().await;
}

#[tokio::test]
async fn what_was_taken_for_a_date_can_be_refused_in_a_text() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let page = Page::open(&app).await;
    page.write("#text", "Please return the film to Ada tomorrow.")
        .await;
    page.wait_for_texts("#proposals .chip.due", &["Tomorrow"])
        .await;
    page.click("#proposals .chip.due [title='Not so']").await;
    page.wait_for_values("#proposals .summary", &["Return the film to Ada tomorrow"])
        .await;
    page.wait_for_texts("#proposals .chip.due", &[]).await;
    page.close().await;
}

#[tokio::test]
async fn a_task_without_a_date_can_be_given_one_before_it_is_kept() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let page = Page::open(&app).await;
    page.write("#text", "Please call Ada.").await;
    page.wait_for_values("#proposals .summary", &["Call Ada"])
        .await;
    page.write("#proposals .chip.nodue input", "03102031").await;
    page.wait_for_texts("#proposals .chip.due", &["10 Mar 2031"])
        .await;
    page.click("#accept").await;
    page.wait_for_values("#tasks .summary", &["Call Ada"]).await;
    let kept = app.http().get("/api/v1/tasks").await.expect(200);
    assert_eq!(kept["tasks"][0]["due_date"], "2031-03-10");
    page.close().await;
}

#[tokio::test]
async fn a_proposed_date_is_corrected_where_it_stands_and_its_words_stay_out_of_the_task() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let page = Page::open(&app).await;
    page.write("#text", "Please call Ada on 10 March 2031 at 5pm.")
        .await;
    page.wait_for_texts("#proposals .chip.due", &["10 Mar 2031 17:00"])
        .await;
    page.click("#proposals .chip.due button.value").await;
    let pick = "const field = document.querySelector('#proposals .chip.due input');
         field.value = '2031-03-12T09:30';
         field.dispatchEvent(new Event('change'));";
    page.run("sync", pick, json!([])).await;
    page.wait_for_texts("#proposals .chip.due", &["12 Mar 2031 09:30"])
        .await;
    assert_eq!(page.values("#proposals .summary").await, ["Call Ada"]);
    page.click("#accept").await;
    page.wait_for_texts("#tasks .chip.due", &["12 Mar 2031 09:30"])
        .await;
    page.close().await;
}

#[tokio::test]
async fn what_was_changed_in_proposals_outlives_a_reload_and_comes_back_with_undo() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let page = Page::open(&app).await;
    page.write("#text", "Please call Ada tomorrow. Please return the van.")
        .await;
    page.wait_for_texts("#proposals .chip.due", &["Tomorrow"])
        .await;
    page.write("#written", "03102025").await;
    page.wait_for_texts("#proposals .chip.due", &["11 Mar 2025"])
        .await;
    page.write("#proposals .summary", " Lovelace\u{e007}").await;
    page.click("#proposals li:last-child input[type=checkbox]")
        .await;
    let changed = async || {
        let summaries = ["Call Ada Lovelace", "Return the van"];
        page.wait_for_values("#proposals .summary", &summaries)
            .await;
        page.wait_for_texts("#proposals .chip.due", &["11 Mar 2025"])
            .await;
        page.wait_for_texts("#accept", &["Keep 1 task"]).await;
    };
    page.again().await;
    changed().await;
    page.click("#accept").await;
    page.wait_for_values("#tasks .summary", &["Call Ada Lovelace"])
        .await;
    page.click("#toast button").await;
    changed().await;
    page.click("#clear").await;
    page.wait_for_values("#text:focus", &[""]).await;
    page.click("#toast button").await;
    changed().await;
    page.close().await;
}

#[tokio::test]
async fn dates_count_from_the_day_on_which_a_text_was_written() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let page = Page::open(&app).await;
    page.write("#text", "Please call Ada tomorrow.").await;
    page.wait_for_texts("#proposals .chip.due", &["Tomorrow"])
        .await;
    page.write("#written", "03102025").await;
    page.wait_for_texts("#proposals .chip.due", &["11 Mar 2025"])
        .await;
    page.close().await;
}

#[tokio::test]
async fn a_line_shows_what_was_understood_and_gives_refused_words_back() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let page = Page::open(&app).await;
    page.write("#line", "Pay rent tomorrow #home p1 @alex")
        .await;
    let chips = ["Tomorrow", "#home", "priority high", "who alex"];
    page.wait_for_texts("#line-chips .chip", &chips).await;
    page.click("#line-chips .chip.label button").await;
    let chips = ["Tomorrow", "priority high", "who alex"];
    page.wait_for_texts("#line-chips .chip", &chips).await;
    page.click("#line-form button[type=submit]").await;
    page.wait_for_values("#tasks .summary", &["Pay rent #home"])
        .await;
    let kept = app.http().get("/api/v1/tasks").await.expect(200);
    let task = &kept["tasks"][0];
    assert_eq!(task["priority"], "high");
    assert_eq!(task["assignee"], "alex");
    assert_eq!(task["tags"], json!([]));
    page.close().await;
}

#[tokio::test]
async fn a_task_is_done_changed_deleted_and_brought_back() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let task = json!({ "summary": "Water the plants", "area": "household" });
    app.http().post("/api/v1/tasks", task).await.expect(200);
    let page = Page::open(&app).await;
    page.wait_for_values("#tasks .summary", &["Water the plants"])
        .await;
    page.click("#tasks .remove").await;
    page.wait_for_texts(
        "#tasks .empty",
        &["No tasks yet. Find some in a text, or write one above."],
    )
    .await;
    page.click("#toast button").await;
    page.wait_for_values("#tasks .summary", &["Water the plants"])
        .await;
    page.click("#tasks ul input[type=checkbox]").await;
    page.wait_for_texts("#tasks details.more > summary", &["Done (1)"])
        .await;
    let kept = app.http().get("/api/v1/tasks").await.expect(200);
    assert_eq!(kept["tasks"][0]["status"], "completed");
    page.close().await;
}

#[tokio::test]
async fn a_task_that_repeats_and_was_not_done_after_all_is_due_again() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let page = Page::open(&app).await;
    page.write(
        "#line",
        "Water the plants every Friday +garden 20 min\u{e007}",
    )
    .await;
    let chips = ["project garden", "takes 20 min"];
    page.wait_for_texts("#tasks .chip.project, #tasks .chip.duration", &chips)
        .await;
    let kept = app.http().get("/api/v1/tasks").await.expect(200);
    let due = &kept["tasks"][0]["due_date"];
    page.click("#tasks input[type=checkbox]").await;
    page.wait_for_texts("#tasks details.more > summary", &["Done (1)"])
        .await;
    let next = app.http().get("/api/v1/tasks").await.expect(200);
    assert_ne!(&next["tasks"][0]["due_date"], due);
    page.click("#toast button").await;
    page.wait_for_texts("#tasks details.more > summary", &[])
        .await;
    let left = app.http().get("/api/v1/tasks").await.expect(200);
    assert_eq!(left["count"], 1);
    assert_eq!(&left["tasks"][0]["due_date"], due);
    page.close().await;
}

#[tokio::test]
async fn a_text_without_tasks_is_told_as_such() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let page = Page::open(&app).await;
    page.write("#text", "The weather was fine.").await;
    page.wait_for_texts("#notes-hint", &["No tasks are found in this text."])
        .await;
    page.write("#text", " Please call Ada.").await;
    page.wait_for_texts("#notes-hint", &["Nothing is kept until you say so."])
        .await;
    page.close().await;
}

#[tokio::test]
async fn a_search_shows_the_tasks_with_its_words_and_then_all_again() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    for summary in ["Water the plants", "Call Ada about the van"] {
        let task = json!({ "summary": summary });
        app.http().post("/api/v1/tasks", task).await.expect(200);
    }
    let page = Page::open(&app).await;
    let all = ["Call Ada about the van", "Water the plants"];
    page.wait_for_values("#tasks .summary", &all).await;
    page.write("#search", "van").await;
    page.wait_for_values("#tasks .summary", &all[..1]).await;
    page.write("#search", "ish").await;
    page.wait_for_texts("#tasks .empty", &["Nothing fits."])
        .await;
    page.wait_for_texts("#list-problem", &[""]).await;
    page.write("#search", &"\u{e003}".repeat(6)).await;
    page.wait_for_values("#tasks .summary", &all).await;
    page.close().await;
}

#[tokio::test]
async fn a_long_task_is_shown_as_a_whole_and_stays_one_line() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let long = "Ask the landlord about the key to the bicycle cellar ".repeat(4);
    let task = json!({ "summary": long.trim() });
    app.http().post("/api/v1/tasks", task).await.expect(200);
    let page = Page::open(&app).await;
    page.wait_for_values("#tasks .summary", &[long.trim()])
        .await;
    let fits = "const field = document.querySelector('#tasks .summary');
         return field.scrollHeight <= field.clientHeight && field.scrollWidth <= field.clientWidth;";
    assert_eq!(page.run("sync", fits, json!([])).await, json!(true));
    page.write("#tasks .summary", " and the bin\u{e007}").await;
    let renamed = format!("{} and the bin", long.trim());
    page.wait_for_values("#tasks .summary:not(:focus)", &[&renamed])
        .await;
    // It stands there before it is kept.
    let kept = async || {
        app.http().get("/api/v1/tasks").await.expect(200)["tasks"][0]["summary"] == renamed
    };
    let written = async { while !kept().await {} };
    tokio::time::timeout(Duration::from_secs(20), written)
        .await
        .unwrap();
    page.close().await;
}

#[tokio::test]
async fn a_draft_outlives_the_page_and_a_server_that_is_gone_is_told() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let page = Page::open(&app).await;
    page.write("#text", "Call Ada").await;
    page.wait_for_values("#proposals .summary", &["Call Ada"])
        .await;
    page.again().await;
    page.wait_for_values("#text", &["Call Ada"]).await;
    drop(app);
    page.write("#text", " and Ben").await;
    let told = "The server does not answer. Is it running? What you wrote is still here.";
    page.wait_for_texts("#notes-problem", &[told]).await;
    page.wait_for_values("#text", &["Call Ada and Ben"]).await;
    page.close().await;
}
