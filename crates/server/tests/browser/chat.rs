//! The chat of the page.

use testkit::upstream::{Behaviour, Upstream};
use testkit::{Setup, TestApp};

use crate::account::{groq, with};
use crate::page::Page;

pub(crate) const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
pub(crate) const SAID: &str = "#turns .said";
pub(crate) const ANSWER: &str = "#turns .words:not(.said)";
const BY: &str = "#turns .by";

pub(crate) async fn upstream(says: &str) -> Upstream {
    let upstream = Upstream::start().await.unwrap();
    upstream.says(says);
    upstream
}

pub(crate) async fn chat(app: &TestApp) -> Page {
    let page = Page::open(app).await;
    page.click("nav a[href='#chat']").await;
    page
}

#[tokio::test]
async fn an_answer_comes_in_with_its_model_and_stays_after_a_reload() {
    let upstream = upstream("Bread, cheese\nand <b>apples</b>.").await;
    let app = TestApp::on_sqlite(with(vec![groq("groq_1", &upstream)])).await;
    let page = chat(&app).await;
    page.write("#say", &format!("What goes into a picnic?{ENTER}"))
        .await;
    let answer = ["Answer: Bread, cheese and <b>apples</b>."];
    page.wait_for_texts(ANSWER, &answer).await;
    page.wait_for_values("#say", &[""]).await;
    page.again().await;
    page.wait_for_texts(SAID, &["You: What goes into a picnic?"])
        .await;
    page.wait_for_texts(ANSWER, &answer).await;
    page.wait_for_texts(BY, &["groq_1 · llama-3.1-8b-instant"])
        .await;
    page.write("#say", &format!("And to drink?{ENTER}")).await;
    page.wait_for_texts(ANSWER, &[answer[0], answer[0]]).await;
    let asked = upstream.last().unwrap().json();
    let messages = asked["messages"].as_array().unwrap();
    let words: Vec<&str> = messages
        .iter()
        .skip(1)
        .filter_map(|message| message["content"].as_str())
        .collect();
    let before = "Bread, cheese\nand <b>apples</b>.";
    assert_eq!(words, ["What goes into a picnic?", before, "And to drink?"]);
    page.close().await;
}

#[tokio::test]
async fn an_answer_that_is_stopped_ends_the_call_and_keeps_what_was_said() {
    let upstream = upstream("One two three four five six").await;
    upstream.set(Behaviour::HangAfter(3));
    let app = TestApp::on_sqlite(with(vec![groq("groq_1", &upstream)])).await;
    let page = chat(&app).await;
    page.write("#say", &format!("Count{ENTER}")).await;
    page.wait_for_texts(
        "#turns .turn[aria-busy] .words",
        &["You: Count", "One two "].map(str::trim),
    )
    .await;
    page.click("#stop").await;
    page.wait_for_texts("#turns .turn .hint:not(.by)", &["Stopped before the end."])
        .await;
    upstream.until_aborted(1).await;
    page.write("#say", &format!("Again{ENTER}")).await;
    page.wait_for_texts("#turns .turn[aria-busy] .said", &["You: Again"])
        .await;
    page.write("#say", ESCAPE).await;
    upstream.until_aborted(2).await;
    page.wait_for_texts("#turns .turn[aria-busy]", &[]).await;
    page.again().await;
    page.wait_for_texts(SAID, &["You: Count", "You: Again"])
        .await;
    page.wait_for_texts(ANSWER, &["Answer: One two", "Answer: One two"])
        .await;
    page.close().await;
}

#[tokio::test]
async fn where_every_model_fails_the_message_stays_and_can_be_said_again() {
    let upstream = upstream("Here I am.").await;
    upstream.set(Behaviour::status(500));
    let app = TestApp::on_sqlite(with(vec![groq("groq_1", &upstream)])).await;
    let page = chat(&app).await;
    page.write("#say", &format!("Is anybody there?{ENTER}"))
        .await;
    let told = "Sorry, no language model could answer just now. Your message is kept and the tasks \
                in it are found by rules; please try again in a moment.";
    page.wait_for_texts("#turns .problem", &[told]).await;
    page.wait_for_texts(ANSWER, &[""]).await;
    page.again().await;
    page.wait_for_texts(SAID, &["You: Is anybody there?"]).await;
    page.wait_for_texts("#turns .problem", &[told]).await;
    upstream.set(Behaviour::Answer);
    page.click("#turns .by button").await;
    page.wait_for_texts(ANSWER, &["Answer: Here I am."]).await;
    page.wait_for_texts("#turns .problem", &[]).await;
    let asked = upstream.last().unwrap().json();
    let asked = asked["messages"].as_array().unwrap();
    assert_eq!(
        asked.len(),
        2,
        "the system's words and the message: {asked:?}"
    );
    page.again().await;
    page.wait_for_texts(SAID, &["You: Is anybody there?"]).await;
    page.wait_for_texts(ANSWER, &["Answer: Here I am."]).await;
    page.close().await;
}

#[tokio::test]
async fn an_answer_that_breaks_off_keeps_its_beginning_and_says_so() {
    let upstream = upstream("One two three four five six").await;
    upstream.set(Behaviour::ResetAfter(3));
    let app = TestApp::on_sqlite(with(vec![groq("groq_1", &upstream)])).await;
    let page = chat(&app).await;
    page.write("#say", &format!("Count{ENTER}")).await;
    let told = "The model broke off in the middle of its answer.";
    page.wait_for_texts("#turns .problem", &[told]).await;
    page.wait_for_texts(ANSWER, &["Answer: One two"]).await;
    page.close().await;
}

#[tokio::test]
async fn a_message_that_did_not_arrive_goes_back_to_where_it_was_typed() {
    let mut setup = Setup::default();
    // The list of tasks is the one request of this minute.
    setup.server.rate_limit_per_minute = Some(1);
    let app = TestApp::on_sqlite(setup).await;
    let page = chat(&app).await;
    page.wait_for_texts(
        "#tasks .empty",
        &["No tasks yet. Find some in a text, or write one above."],
    )
    .await;
    page.write("#say", &format!("Hello{ENTER}")).await;
    let told = "More than 1 requests came in a minute. Try again in 60 seconds.";
    page.wait_for_texts("#chat-problem", &[told]).await;
    page.wait_for_values("#say", &["Hello"]).await;
    page.again().await;
    page.wait_for_values("#say", &["Hello"]).await;
    drop(app);
    page.write("#say", ENTER).await;
    let told = "The server does not answer. Is it running? What you wrote is still here.";
    page.wait_for_texts("#chat-problem", &[told]).await;
    page.wait_for_values("#say", &["Hello"]).await;
    page.close().await;
}

#[tokio::test]
async fn tasks_in_a_message_are_proposed_without_a_model_and_kept_when_told() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let page = chat(&app).await;
    page.write(
        "#say",
        &format!("I have to return the van by tomorrow.{ENTER}"),
    )
    .await;
    page.wait_for_values("#turns .summary", &["Return the van"])
        .await;
    page.wait_for_texts("#turns .chip.due", &["Tomorrow"]).await;
    page.wait_for_texts("#turns .by a", &["See the providers"])
        .await;
    let none = app.http().get("/api/v1/tasks").await.expect(200);
    assert_eq!(none["count"], 0);
    page.click("#turns .row button").await;
    page.wait_for_values("#tasks .summary", &["Return the van"])
        .await;
    let kept = "Kept: Return the van (Tomorrow). Show Undo";
    page.wait_for_texts("#turns .kept", &[kept]).await;
    page.click("#turns .kept button:last-of-type").await;
    page.wait_for_values("#tasks .summary", &[]).await;
    page.wait_for_texts("#turns .row button", &["Keep 1 task"])
        .await;
    page.click("#turns .row button").await;
    page.wait_for_texts("#turns .kept", &[kept]).await;
    page.click("#turns .kept button").await;
    page.wait_for_values("#tasks .summary:focus", &["Return the van"])
        .await;
    page.close().await;
}

#[tokio::test]
async fn a_new_conversation_knows_nothing_of_the_old_one_and_leads_back_to_it() {
    let upstream = upstream("Noted.").await;
    let app = TestApp::on_sqlite(with(vec![groq("groq_1", &upstream)])).await;
    let page = chat(&app).await;
    page.write("#say", &format!("My dog is Rex{ENTER}")).await;
    page.wait_for_texts(ANSWER, &["Answer: Noted."]).await;
    page.click("#new-chat").await;
    page.wait_for_texts(SAID, &[]).await;
    page.click("#toast button").await;
    page.wait_for_texts(SAID, &["You: My dog is Rex"]).await;
    page.close().await;
}
