//! `/users` and `/model-versions`.

use serde_json::{Value, json};
use testkit::{Setup, TestApp, databases};

async fn make_user(app: &TestApp, email: &str) -> Value {
    app.http()
        .post("/users", json!({ "email": email }))
        .await
        .expect(201)
}

#[tokio::test]
async fn e2_004_a_user_is_made_read_changed_and_deleted() {
    for database in databases() {
        let app = TestApp::plain(&database).await;
        let made = make_user(&app, "test-user@example.com").await;
        assert_eq!(made["is_active"], true);
        let path = format!("/users/{}", made["id"].as_str().unwrap());
        assert_eq!(app.http().get(&path).await.expect(200), made);
        let changed = app
            .http()
            .patch(&path, json!({ "email": "new@example.com" }))
            .await;
        assert_eq!(changed.expect(200)["email"], "new@example.com");
        let same = app.http().patch(&path, json!({})).await.expect(200);
        assert_eq!(same["email"], "new@example.com");
        let gone = app.http().delete(&path).await;
        assert_eq!(gone.status.as_u16(), 204);
        assert!(gone.body.is_empty());
        let missing = app.http().get(&path).await.expect(404);
        assert_eq!(missing["detail"], "User not found");
        assert_eq!(app.http().get("/users").await.expect(200), json!([]));
    }
}

#[tokio::test]
async fn b1_004_an_address_is_unique_whatever_its_case_and_free_again_after_deletion() {
    for database in databases() {
        let app = TestApp::plain(&database).await;
        let made = make_user(&app, "Ann@Example.com").await;
        let taken = app
            .http()
            .post("/users", json!({ "email": "ann@example.COM" }))
            .await;
        assert_eq!(taken.expect(409)["detail"], "Email already exists");
        let path = format!("/users/{}", made["id"].as_str().unwrap());
        app.http().delete(&path).await;
        make_user(&app, "ann@example.com").await;
    }
}

#[tokio::test]
async fn b2_004_null_is_refused_where_a_value_is_needed() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let made = make_user(&app, "a@b.example").await;
    let path = format!("/users/{}", made["id"].as_str().unwrap());
    let refused = app
        .http()
        .patch(&path, json!({ "email": null }))
        .await
        .expect(422);
    assert_eq!(refused["detail"][0]["loc"], json!(["body", "email"]));
    assert_eq!(refused["detail"][0]["type"], "string_type");
    let version = json!({ "provider": "ollama", "model_name": "m", "version_tag": "v1" });
    let made = app
        .http()
        .post("/model-versions", version)
        .await
        .expect(201);
    let path = format!("/model-versions/{}", made["id"].as_str().unwrap());
    app.http()
        .patch(&path, json!({ "provider": null }))
        .await
        .expect(422);
}

#[tokio::test]
async fn bad_users_are_refused_with_the_place_named() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let cases = [
        (json!({}), "missing"),
        (json!({ "email": "a" }), "string_too_short"),
        (json!({ "email": "no-at-sign" }), "string_pattern_mismatch"),
        (json!({ "email": 7 }), "string_type"),
        (json!({ "email": "a@b.c", "name": "x" }), "extra_forbidden"),
    ];
    for (body, kind) in cases {
        let refused = app.http().post("/users", body.clone()).await.expect(422);
        assert_eq!(refused["detail"][0]["type"], kind, "{body}");
        assert_eq!(refused["detail"][0]["loc"][0], "body", "{body}");
        assert_eq!(refused["code"], "validation_error");
        assert_eq!(refused["details"], refused["detail"]);
    }
    let refused = app.http().get("/users/not-a-uuid").await.expect(422);
    assert_eq!(refused["detail"][0]["type"], "uuid_parsing");
}

#[tokio::test]
async fn e3_004_lists_have_pages_and_orders() {
    for database in databases() {
        let app = TestApp::plain(&database).await;
        for name in ["b", "c", "a"] {
            make_user(&app, &format!("{name}@x.example")).await;
            app.clock.advance(jiff::SignedDuration::from_secs(1));
        }
        let emails = async |query: &str| {
            let listed = app.http().get(&format!("/users{query}")).await.expect(200);
            let emails = listed.as_array().unwrap().iter();
            emails
                .map(|user| user["email"].as_str().unwrap()[..1].to_owned())
                .collect::<String>()
        };
        assert_eq!(emails("").await, "acb");
        assert_eq!(emails("?order_by=email_asc").await, "abc");
        assert_eq!(
            emails("?order_by=created_at_asc&limit=1&offset=1").await,
            "c"
        );
        for wrong in [
            "?limit=0",
            "?limit=101",
            "?offset=-1",
            "?order_by=name",
            "?limit=x",
        ] {
            app.http().get(&format!("/users{wrong}")).await.expect(422);
        }
    }
}

#[tokio::test]
async fn e7_004_a_model_version_is_made_listed_changed_and_deleted() {
    for database in databases() {
        let app = TestApp::plain(&database).await;
        let version =
            json!({ "provider": "ollama", "model_name": "llama3.2:3b", "version_tag": "v1" });
        let made = app
            .http()
            .post("/model-versions", version)
            .await
            .expect(201);
        let path = format!("/model-versions/{}", made["id"].as_str().unwrap());
        let changed = app
            .http()
            .patch(&path, json!({ "version_tag": "v2" }))
            .await
            .expect(200);
        assert_eq!(changed["version_tag"], "v2");
        assert_eq!(changed["model_name"], "llama3.2:3b");
        let listed = app
            .http()
            .get("/model-versions?order_by=model_name_asc")
            .await
            .expect(200);
        assert_eq!(listed.as_array().map(Vec::len), Some(1));
        assert_eq!(app.http().delete(&path).await.status.as_u16(), 204);
        let missing = app.http().get(&path).await.expect(404);
        assert_eq!(missing["detail"], "Model version not found");
    }
    let app = TestApp::on_sqlite(Setup::default()).await;
    let long = json!({ "provider": "x".repeat(129), "model_name": "", "version_tag": "v" });
    let refused = app.http().post("/model-versions", long).await.expect(422);
    assert_eq!(refused["detail"].as_array().map(Vec::len), Some(2));
}
