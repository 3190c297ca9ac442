//! The providers as the page shows them.

use serde_json::json;
use testkit::upstream::{Behaviour, Upstream};
use testkit::{Setup, TestApp};

use crate::account::{groq, key, with};
use crate::page::Page;

async fn providers(app: &TestApp) -> Page {
    let page = Page::open(app).await;
    page.click("nav a[href='#providers']").await;
    page
}

#[tokio::test]
async fn accounts_stand_there_with_their_state_and_can_be_asked_again() {
    let upstream = Upstream::start().await.unwrap();
    upstream.set_for_key(&key("groq_1"), Behaviour::status(401));
    let accounts = ["groq_1", "groq_2"].map(|name| groq(name, &upstream));
    let app = TestApp::on_sqlite(with(accounts.into())).await;
    let hello = json!({ "message": "Hello" });
    app.http().post("/api/v1/chat", hello).await.expect(200);
    let page = providers(&app).await;
    page.wait_for_texts("#accounts strong", &["groq_1", "groq_2"])
        .await;
    page.wait_for_texts("#accounts .state", &["rests", "ready"])
        .await;
    page.wait_for_texts("#accounts .why", &["its key was refused"])
        .await;
    page.wait_for_texts("#accounts .failures", &["failed 100 %", "failed 0 %"])
        .await;
    page.wait_for_texts("#providers-state", &["1 of 2 can be asked."])
        .await;
    page.wait_for_texts("#not-set-up", &["Not set up: huggingface"])
        .await;
    let seen = page.texts("html").await.concat();
    assert!(!seen.contains("canary"), "{seen}");
    page.wait_for_texts(
        "#accounts strong + .hint",
        &["groq · llama-3.1-8b-instant"; 2],
    )
    .await;
    page.click("#accounts button").await;
    page.wait_for_texts("#accounts .state", &["ready, but failing", "ready"])
        .await;
    page.close().await;
}

#[tokio::test]
async fn an_open_circuit_is_told_with_when_it_is_tried_again() {
    let upstream = Upstream::start().await.unwrap();
    upstream.set(Behaviour::status(503));
    let app = TestApp::on_sqlite(with(vec![groq("groq_1", &upstream)])).await;
    for _ in 0..5 {
        let hello = json!({ "message": "Hello" });
        app.http().post("/api/v1/chat", hello).await.expect(200);
    }
    let page = providers(&app).await;
    page.wait_for_texts("#accounts .state", &["circuit open"])
        .await;
    let told = page.texts("#providers-state").await.concat();
    let start = "Nothing can answer just now. The first to be asked again is groq_1, at ";
    assert!(told.starts_with(start), "{told}");
    page.close().await;
}

#[tokio::test]
async fn a_server_without_models_says_what_to_do() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let page = providers(&app).await;
    page.wait_for_texts("#accounts li", &[]).await;
    let told = "No model is set up, so nothing answers. For answers, fetch the local model with \
                intelliassist models pull, or set a key such as GROQ_API_KEY. Settings are read \
                from .env when the server starts. Tasks are found by rules all the same.";
    page.wait_for_texts("#providers-state", &[told]).await;
    page.wait_for_texts("#providers-state code", &["intelliassist models pull"])
        .await;
    page.close().await;
}

#[tokio::test]
async fn what_to_do_about_a_model_that_is_missing_is_told_once() {
    let hint = "no text model is installed; `intelliassist models pull default` brings one";
    let model = assistant::LocalModelState {
        name: "text".to_owned(),
        purpose: "text".to_owned(),
        status: "missing".to_owned(),
        percent: None,
        hint: Some(hint.to_owned()),
    };
    let upstream = Upstream::start().await.unwrap();
    let mut account = groq("local", &upstream);
    "local".clone_into(&mut account.kind);
    let app = TestApp::on_sqlite(Setup {
        local_models: vec![model],
        ..with(vec![account])
    })
    .await;
    let page = providers(&app).await;
    page.wait_for_texts("#accounts .state", &["no model here yet"])
        .await;
    page.wait_for_texts("#providers .why", &[&hint.replace('`', "")])
        .await;
    page.close().await;
}

#[tokio::test]
async fn where_local_models_are_switched_off_nobody_is_told_to_fetch_one() {
    let mut setup = Setup::default();
    setup.assistant.use_local = assistant::UseLocal::Off;
    let app = TestApp::on_sqlite(setup).await;
    let page = providers(&app).await;
    let told = "No model is set up, so nothing answers. For answers, set a key such as \
                GROQ_API_KEY, or LOCAL_MODELS=auto to use models on this machine, which are switched \
                off. Settings are read from .env when the server starts. Tasks are found by rules all \
                the same.";
    page.wait_for_texts("#providers-state", &[told]).await;
    page.close().await;
}

#[tokio::test]
async fn a_model_that_is_being_fetched_is_shown_with_how_far_it_is() {
    let model = assistant::LocalModelState {
        name: "text-0.5b".to_owned(),
        purpose: "text".to_owned(),
        status: "downloading".to_owned(),
        percent: Some(42.0),
        hint: None,
    };
    let app = TestApp::on_sqlite(Setup {
        local_models: vec![model],
        ..Setup::default()
    })
    .await;
    let page = providers(&app).await;
    page.wait_for_texts("#local-models .standing", &["downloading (42 %)"])
        .await;
    page.wait_for_values("#local-models progress", &["42"])
        .await;
    page.close().await;
}

#[tokio::test]
async fn a_refusal_for_too_many_requests_is_told_and_nothing_else_is_lost() {
    let mut setup = Setup::default();
    // The list of tasks is the one request of this minute.
    setup.server.rate_limit_per_minute = Some(1);
    let app = TestApp::on_sqlite(setup).await;
    let page = providers(&app).await;
    let told = "More than 1 requests came in a minute. Try again in 60 seconds.";
    page.wait_for_texts("#providers-problem", &[told]).await;
    page.close().await;
}
