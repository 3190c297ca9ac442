//! `/api/v1/upload/file` with pictures and documents.

use llm::mock::Reply;
use serde_json::Value;
use testkit::{Setup, TestApp, databases};

use crate::forms::{answering, fixture, reading, seeing, send};

const FILE: &str = "/api/v1/upload/file";

fn with(accounts: Vec<llm::Account>) -> Setup {
    Setup {
        accounts,
        ..Setup::default()
    }
}

#[tokio::test]
async fn a5_002_a_picture_is_read_described_and_its_tasks_are_saved() {
    for database in databases() {
        let board = "SPRINT 12 - TO DO\n- Call Nora about the lease tomorrow\n- Order 25 chairs";
        let (chat, model) = answering(vec![Reply::text(
            "ACTIONABLE TASKS:\n- Review the board with Nora",
        )]);
        let accounts = vec![
            reading(vec![Reply::text(board)]),
            seeing(vec![Reply::text("a whiteboard with notes on it")]),
            chat,
        ];
        let app = TestApp::start(&database, with(accounts)).await;
        let read = send(&app, FILE, "board.txt", &fixture("board.png"), &[])
            .await
            .expect(200);
        assert_eq!(
            (&read["status"], &read["inputs_processed"][0]),
            (&"success".into(), &"image".into())
        );
        let told = &read["processing_details"]["file_analysis"];
        assert_eq!(told["description"], "a whiteboard with notes on it");
        assert_eq!(told["context_type"], "meeting");
        assert_eq!(told["model_used"], "huggingface-1");
        assert!(told["text"].as_str().unwrap().contains("25 chairs"));
        let tasks = read["tasks"].as_array().unwrap();
        assert_eq!(tasks.len(), 2, "{tasks:?}");
        assert_eq!(tasks[0]["evidence"]["source"], "image");
        assert_eq!(tasks[0]["due"], "2026-03-11");
        assert_eq!(app.http().get("/api/v1/tasks").await.json()["count"], 2);
        let asked = model.requests();
        assert!(
            asked[0].messages[0].words().contains("whiteboard"),
            "the question fits the context"
        );
        assert!(read["response"].as_str().unwrap().contains("picture?"));
    }
}

#[tokio::test]
async fn without_a_model_that_sees_the_picture_is_described_honestly() {
    let accounts = vec![reading(vec![Reply::text(
        "Plan of the quarter\n- Book the hall",
    )])];
    let app = TestApp::on_sqlite(with(accounts)).await;
    let fields = [("task_type", "document"), ("save_tasks", "false")];
    let read = send(&app, FILE, "b.png", &fixture("board.png"), &fields)
        .await
        .expect(200);
    let told = &read["processing_details"]["file_analysis"];
    let description = told["description"].as_str().unwrap();
    assert!(description.starts_with("A picture of "), "{description}");
    assert!(description.contains("cannot be told without a model that can see"));
    assert_eq!(told["metadata"]["processing_enhanced"], false);
    // The text tells what the caption would.
    assert_eq!(told["context_type"], "planning");
    assert_eq!(read["tasks"][0]["summary"], "Book the hall");
    assert_eq!(read["tasks"][0]["id"], Value::Null);
    let bad = [("task_type", "poem")];
    send(&app, FILE, "b.png", &fixture("board.png"), &bad)
        .await
        .expect(422);
}

#[tokio::test]
async fn without_any_model_a_picture_says_what_is_missing() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let read = send(&app, FILE, "b.png", &fixture("board.png"), &[])
        .await
        .expect(200);
    assert_eq!(read["status"], "partial");
    assert!(
        read["notes"][0]
            .as_str()
            .unwrap()
            .contains("models pull ocr")
    );
    assert_eq!(
        read["processing_details"]["file_analysis"]["context_type"],
        "general"
    );
}

#[tokio::test]
async fn where_local_models_are_switched_off_nobody_is_told_to_fetch_one_for_files() {
    let mut setup = Setup::default();
    setup.assistant.use_local = assistant::UseLocal::Off;
    let app = TestApp::on_sqlite(setup).await;
    for name in ["speech.wav", "board.png", "scanned.pdf"] {
        let read = send(&app, FILE, name, &fixture(name), &[])
            .await
            .expect(200);
        let told = read["notes"][0].as_str().unwrap();
        assert!(told.contains("LOCAL_MODELS=auto"), "{name}: {told}");
        assert!(!told.contains("models pull"), "{name}: {told}");
    }
}

#[tokio::test]
async fn p19_documents_are_read_and_pages_that_are_pictures_too() {
    let scanned = vec![Reply::text("Pay the invoice by Friday")];
    let app = TestApp::on_sqlite(with(vec![reading(scanned)])).await;
    for (name, least) in [("letter.pdf", 1), ("plan.docx", 1), ("scanned.pdf", 1)] {
        let read = send(&app, FILE, name, &fixture(name), &[])
            .await
            .expect(200);
        assert_eq!(read["status"], "success", "{name}: {read}");
        assert_eq!(read["inputs_processed"][0], "text_file");
        assert!(
            read["tasks"].as_array().unwrap().len() >= least,
            "{name}: {read}"
        );
        assert_eq!(read["tasks"][0]["evidence"]["source"], "file");
    }
    let bare = TestApp::on_sqlite(Setup::default()).await;
    let read = send(&bare, FILE, "scan.pdf", &fixture("scanned.pdf"), &[])
        .await
        .expect(200);
    assert_eq!(read["status"], "partial");
    let unread = &read["processing_details"]["file_analysis"]["pages_unread"];
    assert!(!unread.as_array().unwrap().is_empty());
    assert!(
        read["notes"][0]
            .as_str()
            .unwrap()
            .contains("models pull ocr")
    );
}

#[tokio::test]
async fn what_cannot_be_read_is_an_error_with_its_reason_and_can_be_retried() {
    for database in databases() {
        let app = TestApp::plain(&database).await;
        let cases = [("locked.pdf", "password"), ("bomb.png", "pixels")];
        for (name, word) in cases {
            let read = send(&app, FILE, name, &fixture(name), &[])
                .await
                .expect(200);
            assert_eq!(read["status"], "error", "{name}");
            assert!(read["response"].as_str().unwrap().contains(word), "{read}");
            let path = format!("/api/v1/files/{}", read["file_id"].as_str().unwrap());
            let file = app.http().get(&path).await.expect(200);
            assert_eq!(file["processing_status"], "failed");
            assert!(file["reason"].as_str().unwrap().contains(word));
            let job = format!("/api/v1/jobs/{}", file["job_id"]);
            assert_eq!(app.http().get(&job).await.expect(200)["status"], "failed");
            let again = app.http().post(&format!("{job}/retry"), Value::Null).await;
            assert_eq!(again.expect(200)["status"], "pending");
            crate::forms::work_off(&app).await;
            assert_eq!(
                app.http().get(&path).await.expect(200)["processing_status"],
                "failed"
            );
        }
        let mut cut = fixture("board.png");
        cut.truncate(cut.len() / 3);
        let read = send(&app, FILE, "cut.png", &cut, &[]).await.expect(200);
        assert_ne!(read["status"], "success", "{read}");
    }
}

#[tokio::test]
async fn e13_002_an_upload_is_only_kept() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let kept = send(&app, "/api/v1/upload", "b.png", &fixture("board.png"), &[])
        .await
        .expect(200);
    assert_eq!(
        (&kept["status"], &kept["content_type"]),
        (&"success".into(), &"image/png".into())
    );
    let id = kept["file_id"].as_str().unwrap();
    assert_eq!(kept["upload_path"], format!("{id}.png"));
    assert!(
        kept["message"]
            .as_str()
            .unwrap()
            .contains("processing status: pending")
    );
    let file = app
        .http()
        .get(&format!("/api/v1/files/{id}"))
        .await
        .expect(200);
    assert_eq!(file["processing_status"], "pending");
    assert_eq!(app.http().get("/api/v1/jobs").await.json()["count"], 0);
    let refused = send(
        &app,
        "/api/v1/upload",
        "x.bin",
        b"\x7fELF\x02\x01\x01\0\0\0\0\0\0",
        &[],
    )
    .await;
    assert_eq!(refused.expect(422)["error"], "Unsupported file type");
    let mut setup = Setup::default();
    setup.server.max_file_size = 1024;
    let small = TestApp::on_sqlite(setup).await;
    send(&small, "/api/v1/upload", "a.txt", &[b'a'; 1024], &[])
        .await
        .expect(200);
    let refused = send(&small, "/api/v1/upload", "a.txt", &[b'a'; 1025], &[])
        .await
        .expect(422);
    assert_eq!(refused["error"], "File too large");
}
