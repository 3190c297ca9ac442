//! What stands in the chat for whoever comes back to it.

use std::time::Duration;

use domain::message::{MessageAnswer, MessageKind, MessageStatus, NewMessage};
use jiff::SignedDuration;
use serde_json::{Map, json};
use testkit::upstream::Behaviour;
use testkit::{Setup, TestApp};

use crate::account::{groq, with};
use crate::chat::{ANSWER, ENTER, SAID, chat, upstream};
use crate::page::Page;

/// What is told of a turn besides its words.
const TOLD: &str = "#turns .turn .hint:not(.by), #turns .problem";
const WAYS: &str = "#turns .by button";
const KEPT: &str = "#turns .kept:not([hidden])";
/// What keeps the tasks that are proposed.
const KEEP: &str = "#turns .row:not([hidden]) button";
const VAN: &str = "I have to return the van.";
const UNDER_WAY: &str = "Still being answered …";

/// A message that some server keeps and has not answered.
async fn left(app: &TestApp, message: &str) -> i64 {
    let message = NewMessage {
        user_id: None,
        session_id: Some("s".to_owned()),
        kind: MessageKind::Chat,
        message: message.to_owned(),
        context: None,
        metadata: Map::new(),
    };
    app.store.add_message(message).await.unwrap().id
}

/// The page of somebody who was in that session.
async fn coming_back(app: &TestApp) -> Page {
    let page = Page::open_with_clock(app).await;
    let script = "localStorage.setItem('intelliassist.session', 's'); location.hash = '#chat';";
    page.run("sync", script, json!([])).await;
    page.again().await;
    page
}

#[tokio::test]
async fn an_answer_that_is_still_being_made_is_waited_for_and_shown() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let id = left(&app, VAN).await;
    let page = coming_back(&app).await;
    page.wait_for_texts(TOLD, &[UNDER_WAY]).await;
    page.wait_for_texts(WAYS, &[]).await;
    page.pass(Duration::from_secs(1)).await;
    page.wait_for_texts(TOLD, &[UNDER_WAY]).await;
    let answer = MessageAnswer {
        status: MessageStatus::Success,
        response: "Noted.".to_owned(),
        model: None,
        provider: None,
        response_time: 1.0,
        tokens_used: None,
        found: None,
    };
    app.store.answer_message(id, answer).await.unwrap();
    page.pass(Duration::from_secs(2)).await;
    page.wait_for_texts(ANSWER, &["Answer: Noted."]).await;
    page.wait_for_texts(TOLD, &[]).await;
    let read = "/api/v1/chat?session_id=s";
    assert_eq!(page.asked_for(read).await, 3);
    page.pass(Duration::from_mins(5)).await;
    assert_eq!(
        page.asked_for(read).await,
        3,
        "there is nothing to wait for"
    );
    page.close().await;
}

#[tokio::test]
async fn a_message_is_told_as_not_answered_once_nobody_answers_it_any_more() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    left(&app, VAN).await;
    let page = coming_back(&app).await;
    page.wait_for_texts(TOLD, &[UNDER_WAY]).await;
    app.clock.advance(SignedDuration::from_secs(31));
    page.pass(Duration::from_secs(1)).await;
    page.wait_for_texts(TOLD, &["This was not answered."]).await;
    page.wait_for_texts(WAYS, &["Try again", "Find tasks in this"])
        .await;
    page.click("#turns .by button:last-of-type").await;
    page.wait_for_values("#turns .summary", &["Return the van"])
        .await;
    page.click("#turns .row button").await;
    page.wait_for_values("#tasks .summary", &["Return the van"])
        .await;
    page.again().await;
    page.wait_for_texts(KEPT, &["Kept: Return the van. Show Undo"])
        .await;
    page.wait_for_texts(WAYS, &["Try again"]).await;
    page.close().await;
}

#[tokio::test]
async fn tasks_that_were_looked_for_and_kept_are_proposed_again_when_they_are_taken_back() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    left(&app, "I have to return the van. I have to call Ada.").await;
    app.clock.advance(SignedDuration::from_secs(31));
    let page = coming_back(&app).await;
    page.wait_for_texts(WAYS, &["Try again", "Find tasks in this"])
        .await;
    page.click("#turns .by button:last-of-type").await;
    page.wait_for_values("#turns .summary", &["Return the van", "Call Ada"])
        .await;
    page.write("#turns .summary", &format!(" to Ben{ENTER}"))
        .await;
    page.click("#turns li:last-of-type input[type=checkbox]")
        .await;
    page.click("#turns .row button").await;
    let kept = ["Kept: Return the van to Ben. Show Undo"];
    page.wait_for_texts(KEPT, &kept).await;
    page.again().await;
    page.wait_for_texts(KEPT, &kept).await;
    page.click("#turns .kept button:last-of-type").await;
    page.wait_for_values("#turns .summary", &["Return the van to Ben", "Call Ada"])
        .await;
    page.wait_for_values("#turns li.out .summary", &["Call Ada"])
        .await;
    page.wait_for_texts(KEEP, &["Keep 1 task"]).await;
    page.wait_for_texts(WAYS, &["Try again", "Find tasks in this"])
        .await;
    page.wait_for_values("#tasks .summary", &[]).await;
    page.click("#turns .row button").await;
    page.wait_for_texts(KEPT, &kept).await;
    page.close().await;
}

#[tokio::test]
async fn what_was_kept_of_a_stopped_answer_is_told_after_a_reload_too() {
    let upstream = upstream("One two three four five six").await;
    upstream.set(Behaviour::HangAfter(3));
    let app = TestApp::on_sqlite(with(vec![groq("groq_1", &upstream)])).await;
    let page = chat(&app).await;
    page.write("#say", &format!("{VAN}{ENTER}")).await;
    page.wait_for_texts("#turns .turn[aria-busy] .words:not(.said)", &["One two"])
        .await;
    page.click("#stop").await;
    page.wait_for_values("#turns .summary", &["Return the van"])
        .await;
    page.wait_for_texts(WAYS, &["Try again"]).await;
    page.click("#turns .row button").await;
    let kept = ["Kept: Return the van. Show Undo"];
    page.wait_for_texts(KEPT, &kept).await;
    page.again().await;
    page.wait_for_texts(KEPT, &kept).await;
    page.click("#turns .kept button:last-of-type").await;
    page.wait_for_texts(KEEP, &["Keep 1 task"]).await;
    page.close().await;
}

#[tokio::test]
async fn tasks_that_were_proposed_or_kept_stand_there_as_they_were_left() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let page = chat(&app).await;
    let said = "I have to return the van by tomorrow.";
    page.write("#say", &format!("{said}{ENTER}")).await;
    let proposed = ["Return the van"];
    page.wait_for_values("#turns .summary", &proposed).await;
    page.again().await;
    page.wait_for_values("#turns .summary", &proposed).await;
    page.wait_for_texts(WAYS, &["Try again"]).await;
    page.click("#turns .row button").await;
    let kept = "Kept: Return the van (Tomorrow). Show Undo";
    page.wait_for_texts(KEPT, &[kept]).await;
    page.again().await;
    page.wait_for_texts(KEPT, &[kept]).await;
    page.wait_for_texts(WAYS, &["Try again"]).await;
    page.wait_for_texts(KEEP, &[]).await;
    page.click("#turns .kept button").await;
    page.wait_for_values("#tasks .summary:focus", &proposed)
        .await;
    page.click("#turns .kept button:last-of-type").await;
    page.wait_for_values("#tasks .summary", &[]).await;
    page.wait_for_texts(KEEP, &["Keep 1 task"]).await;
    page.again().await;
    page.wait_for_texts(KEEP, &["Keep 1 task"]).await;
    page.wait_for_texts(KEPT, &[]).await;
    page.close().await;
}

#[tokio::test]
async fn a_reload_in_the_middle_of_an_answer_keeps_what_was_said_so_far() {
    let upstream = upstream("One two three four five six").await;
    upstream.set(Behaviour::HangAfter(3));
    let app = TestApp::on_sqlite(with(vec![groq("groq_1", &upstream)])).await;
    let page = chat(&app).await;
    page.write("#say", &format!("Count{ENTER}")).await;
    page.wait_for_texts("#turns .turn[aria-busy] .words", &["You: Count", "One two"])
        .await;
    page.again().await;
    upstream.until_aborted(1).await;
    page.wait_for_texts(SAID, &["You: Count"]).await;
    page.wait_for_texts(ANSWER, &["Answer: One two"]).await;
    page.wait_for_texts(TOLD, &["Stopped before the end."])
        .await;
    page.wait_for_texts(WAYS, &["Try again"]).await;
    upstream.set(Behaviour::Answer);
    page.click(WAYS).await;
    page.wait_for_texts(SAID, &["You: Count"]).await;
    page.wait_for_texts(ANSWER, &["Answer: One two three four five six"])
        .await;
    page.close().await;
}
