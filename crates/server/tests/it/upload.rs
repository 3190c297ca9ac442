//! `/api/v1/upload/file` and `/api/v1/files`.

use axum::body::Body;
use http::Request;
use llm::mock::Reply;
use serde_json::Value;
use testkit::{Answer, Setup, TestApp, databases};

use crate::forms::send;

const NOTES: &str = "# Sync\n- [ ] Renew the domain before the 28th\n- [x] Rotate the certificates\n\
                     - Nora to send the beta list to legal by Thursday noon\n";

async fn upload(app: &TestApp, name: &str, content: &[u8], fields: &[(&str, &str)]) -> Answer {
    send(app, "/api/v1/upload/file", name, content, fields).await
}

#[tokio::test]
async fn e15_002_a_text_becomes_an_analysis_and_saved_tasks() {
    for database in databases() {
        let analysis = "ACTIONABLE TASKS:\n- Review the domain renewal with Nora\n";
        let setup = Setup {
            replies: Some(vec![Reply::text(analysis)]),
            ..Setup::default()
        };
        let app = TestApp::start(&database, setup).await;
        let fields = [("description", "our sync"), ("user_id", "nora")];
        let read = upload(&app, "sync.md", NOTES.as_bytes(), &fields)
            .await
            .expect(200);
        assert_eq!(read["status"], "success");
        assert_eq!(read["inputs_processed"][0], "text_file");
        let told = &read["processing_details"]["file_analysis"];
        assert_eq!(told["suggestions"][0]["category"], "actionable tasks");
        assert_eq!(told["suggestions"][0]["actionable"], true);
        assert_eq!(told["metadata"]["content_type"], "text/markdown");
        assert!(read["response"].as_str().unwrap().contains("\n\n---\n\n💬"));
        // D8.5
        let tasks = read["tasks"].as_array().unwrap();
        assert_eq!(tasks.len(), 2, "{tasks:?}");
        assert_eq!(tasks[0]["due"], "2026-03-27");
        assert_eq!(tasks[1]["assignee"], "Nora");
        assert_eq!(tasks[0]["evidence"]["source"], "file");
        let listed = app
            .http()
            .get("/api/v1/tasks?user_id=nora")
            .await
            .expect(200);
        assert_eq!(listed["count"], 2);
        // 002-E16
        let path = format!("/api/v1/files/{}", read["file_id"].as_str().unwrap());
        let file = app
            .http()
            .get(&format!("{path}?user_id=nora"))
            .await
            .expect(200);
        assert_eq!(file["size"], NOTES.len());
        assert_eq!(file["status"], "available");
        assert_eq!(file["processing_status"], "completed");
        // D8.21
        app.http()
            .get(&format!("{path}?user_id=ben"))
            .await
            .expect(404);
    }
}

#[tokio::test]
async fn a9_002_without_a_model_the_text_is_told_honestly() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let table = b"task,due\nCall Anna,tomorrow\nx,y\n";
    let read = upload(&app, "plan.csv", table, &[("save_tasks", "false")])
        .await
        .expect(200);
    let told = &read["processing_details"]["file_analysis"];
    assert_eq!(told["table"]["row_count"], 2);
    assert_eq!(told["ai_response"], Value::Null);
    assert!(
        told["analysis"]
            .as_str()
            .unwrap()
            .starts_with("A table of 2 rows")
    );
    assert_eq!(read["model_info"]["method"], "rules");
    assert_eq!(app.http().get("/api/v1/tasks").await.json()["count"], 0);
}

#[tokio::test]
async fn a_file_can_be_listed_fetched_and_deleted_and_nothing_leads_out() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let made = upload(&app, "../../etc/<b>passwd.txt", b"Buy milk", &[])
        .await
        .expect(200);
    assert_eq!(made["filename"], "<b>passwd.txt");
    let id = made["file_id"].as_str().unwrap();
    let content = app.http().get(&format!("/api/v1/files/{id}/content")).await;
    assert_eq!(content.text(), "Buy milk");
    assert_eq!(content.header("x-content-type-options"), "nosniff");
    assert!(
        content
            .header("content-disposition")
            .starts_with("attachment")
    );
    let again = upload(&app, "copy.txt", b"Buy milk", &[]).await.expect(200);
    assert_eq!(again["file_id"], id, "the same bytes are kept once");
    assert_eq!(app.http().get("/api/v1/files").await.json()["count"], 1);
    for bad in ["..", "%2e%2e", "..%2f..%2fetc%2fpasswd", "nope"] {
        app.http()
            .get(&format!("/api/v1/files/{bad}"))
            .await
            .expect(404);
    }
    app.http()
        .delete(&format!("/api/v1/files/{id}"))
        .await
        .expect(200);
    app.http()
        .get(&format!("/api/v1/files/{id}"))
        .await
        .expect(404);
}

#[tokio::test]
async fn d8_23_what_is_no_file_too_large_or_unreadable_is_422_and_leaves_nothing() {
    let mut setup = Setup::default();
    setup.server.max_document_size = 1024 * 1024;
    let app = TestApp::on_sqlite(setup).await;
    let whole = vec![b'a'; 1024 * 1024];
    upload(&app, "a.txt", &whole, &[]).await.expect(200);
    let mut over = whole;
    over.push(b'a');
    let refused = upload(&app, "a.txt", &over, &[]).await.expect(422);
    assert_eq!(refused["error"], "File too large");
    assert!(refused["message"].as_str().unwrap().contains("1 MB"));
    let refused = upload(&app, "a.txt", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0", &[])
        .await
        .expect(422);
    assert_eq!(refused["error"], "Unsupported file type");
    let refused = upload(&app, "", b"x", &[]).await.expect(422);
    assert_eq!(refused["error"], "Invalid file");
    let none = Request::post("/api/v1/upload/file")
        .header("content-type", "multipart/form-data; boundary=x")
        .body(Body::from("--x--\r\n"))
        .unwrap();
    assert_eq!(
        app.http().request(none).await.expect(422)["error"],
        "Invalid file"
    );
    let json = app
        .http()
        .post("/api/v1/upload/file", serde_json::json!({}))
        .await;
    json.expect(415);
    assert_eq!(app.http().get("/api/v1/files").await.json()["count"], 1);
    let left = std::fs::read_dir(app.uploads()).unwrap().count();
    assert_eq!(left, 1);
}
