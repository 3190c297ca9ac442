//! `/conversations`.

use llm::mock::{Piece, Reply};
use serde_json::{Value, json};
use testkit::{Setup, TestApp, databases};
use uuid::Uuid;

async fn parties(app: &TestApp, provider: &str) -> (String, String) {
    let user = json!({ "email": format!("{}@example.com", Uuid::new_v4()) });
    let user = app.http().post("/users", user).await.expect(201);
    let version = json!({ "provider": provider, "model_name": "llama3.2:3b", "version_tag": "v1" });
    let version = app
        .http()
        .post("/model-versions", version)
        .await
        .expect(201);
    let id = |made: &Value| made["id"].as_str().unwrap().to_owned();
    (id(&user), id(&version))
}

/// P-29.
#[tokio::test]
async fn e10_004_a_given_response_is_stored_as_it_is_with_any_provider() {
    for database in databases() {
        let app = TestApp::plain(&database).await;
        let (user, version) = parties(&app, "somebody-elses").await;
        let new = json!({
            "user_id": user, "model_version_id": version, "prompt": "Hi", "response": " Hello. ",
            "temperature": 0.0, "max_tokens": 16, "latency_ms": 7,
        });
        let made = app.http().post("/conversations", new).await.expect(201);
        assert_eq!(made["response"], " Hello. ");
        assert_eq!(made["latency_ms"], 7);
        assert_eq!(made["input_tokens"], Value::Null);
        let path = format!("/conversations/{}", made["id"].as_str().unwrap());
        assert_eq!(app.http().get(&path).await.expect(200), made);
        // 004-E13
        let changed = app
            .http()
            .patch(&path, json!({ "prompt": "Hi!", "latency_ms": null }))
            .await;
        let changed = changed.expect(200);
        assert_eq!(changed["prompt"], "Hi!");
        assert_eq!(changed["latency_ms"], Value::Null);
        assert_eq!(changed["response"], " Hello. ");
        let strange = json!({ "user_id": Uuid::new_v4() });
        let refused = app.http().patch(&path, strange).await.expect(404);
        assert_eq!(refused["detail"], "User not found");
        // 004-E11
        let listed = app
            .http()
            .get(&format!("/conversations?user_id={user}"))
            .await
            .expect(200);
        assert_eq!(listed.as_array().map(Vec::len), Some(1));
        let other = format!("/conversations?user_id={}", Uuid::new_v4());
        assert_eq!(app.http().get(&other).await.expect(200), json!([]));
        // 004-E6: deleting the user deletes the conversation
        assert_eq!(
            app.http()
                .delete(&format!("/users/{user}"))
                .await
                .status
                .as_u16(),
            204
        );
        let gone = app.http().get(&path).await.expect(404);
        assert_eq!(gone["detail"], "Conversation not found");
    }
}

#[tokio::test]
async fn e10_004_what_is_missing_is_named_in_the_order_user_version_provider() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let (user, version) = parties(&app, "nobody").await;
    let ask = async |user: &str, version: &str| {
        let new = json!({ "user_id": user, "model_version_id": version, "prompt": "Hi" });
        app.http().post("/conversations", new).await
    };
    let nobody = Uuid::new_v4().to_string();
    assert_eq!(
        ask(&nobody, &nobody).await.expect(404)["detail"],
        "User not found"
    );
    assert_eq!(
        ask(&user, &nobody).await.expect(404)["detail"],
        "Model version not found"
    );
    let refused = ask(&user, &version).await.expect(400);
    assert_eq!(refused["detail"], "Unsupported LLM provider: nobody");
}

#[tokio::test]
async fn a1_004_without_a_response_the_versions_provider_is_asked() {
    for blank in [Value::Null, json!("  ")] {
        let pieces = vec![Piece::text("Hello."), Piece::usage(11, 7), Piece::stop()];
        let mut setup = Setup {
            replies: Some(vec![Reply::Pieces(pieces)]),
            ..Setup::default()
        };
        setup.assistant.known_providers = vec!["groq".to_owned(), "openai".to_owned()];
        let app = TestApp::on_sqlite(setup).await;
        let (user, version) = parties(&app, "Groq").await;
        let new = json!({
            "user_id": user, "model_version_id": version, "prompt": "hello", "response": blank,
            "temperature": 0.0, "max_tokens": 16, "system_instruction": "CUSTOM", "context": "CTX",
        });
        let made = app.http().post("/conversations", new).await.expect(201);
        assert_eq!(made["response"], "Hello.");
        assert_eq!(made["prompt"], "hello");
        assert_eq!(made["input_tokens"], 11);
        assert_eq!(made["output_tokens"], 7);
        assert_eq!(made["total_tokens"], 18);
        let asked = &app.chat.as_ref().unwrap().requests()[0];
        // 004-A5
        assert_eq!(
            asked.messages[0].words(),
            "CUSTOM\n\nContext:\nCTX\n\nhello"
        );
        assert_eq!(asked.model.as_deref(), Some("llama3.2:3b"));
        assert_eq!(asked.max_tokens, Some(16));
    }
}

#[tokio::test]
async fn a2_004_a_known_provider_that_is_not_set_up_or_fails_is_503() {
    let mut setup = Setup {
        replies: Some(vec![Reply::down()]),
        ..Setup::default()
    };
    setup.assistant.known_providers = vec!["groq".to_owned(), "openai".to_owned()];
    let app = TestApp::on_sqlite(setup).await;
    for provider in ["openai", "groq"] {
        let (user, version) = parties(&app, provider).await;
        let new = json!({ "user_id": user, "model_version_id": version, "prompt": "Hi" });
        let failed = app.http().post("/conversations", new).await.expect(503);
        assert_eq!(failed["detail"], "LLM provider unavailable");
    }
    let listed = app.http().get("/conversations").await.expect(200);
    assert_eq!(listed, json!([]));
}

#[tokio::test]
async fn conversations_out_of_range_are_refused_with_every_place() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let (user, version) = parties(&app, "ollama").await;
    let new = json!({
        "user_id": user, "model_version_id": version, "prompt": "", "response": "",
        "temperature": 2.1, "top_p": -0.1, "max_tokens": 0, "latency_ms": -1,
    });
    let refused = app.http().post("/conversations", new).await.expect(422);
    let places: Vec<&str> = refused["detail"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| problem["loc"][1].as_str().unwrap())
        .collect();
    assert_eq!(
        places,
        [
            "prompt",
            "response",
            "temperature",
            "top_p",
            "max_tokens",
            "latency_ms"
        ]
    );
}
