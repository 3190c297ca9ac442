//! The page and its files.

use axum::body::Body;
use http::{Request, StatusCode};
use server::AuthMode;
use testkit::{Answer, Setup, TestApp};

/// What a browser says it takes.
const PAGES: (&str, &str) = (
    "accept",
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
);

async fn get(app: &TestApp, path: &str, (name, value): (&str, &str)) -> Answer {
    let request = Request::get(path).header(name, value);
    app.http()
        .request(request.body(Body::empty()).unwrap())
        .await
}

#[tokio::test]
async fn a_browser_gets_the_page_and_a_program_the_facts() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let page = get(&app, "/", PAGES).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(page.header("content-security-policy").contains("'self'"));
    assert!(page.text().contains("<title>IntelliAssist</title>"));
    let facts = app.http().get("/").await;
    assert_eq!(facts.json()["status"], "running");
    for answer in [&page, &facts] {
        assert!(
            answer.header("vary").contains("accept"),
            "{:?}",
            answer.headers
        );
    }
}

#[tokio::test]
async fn a_file_that_did_not_change_is_not_sent_again() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let file = app.http().get("/web/main.js").await;
    assert!(file.header("content-type").starts_with("text/javascript"));
    let known = ("if-none-match", file.header("etag"));
    let again = get(&app, "/web/main.js", known).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert!(again.body.is_empty());
}

#[tokio::test]
async fn d8_19_the_page_opens_without_a_key_and_what_it_shows_does_not() {
    let mut setup = Setup {
        keys: vec!["canary-key".to_owned()],
        ..Setup::default()
    };
    setup.server.auth_mode = AuthMode::Keys;
    let app = TestApp::on_sqlite(setup).await;
    let page = get(&app, "/", PAGES).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(
        app.http().get("/web/style.css").await.status,
        StatusCode::OK
    );
    app.http().get("/").await.expect(401);
    get(&app, "/api/v1/tasks", PAGES).await.expect(401);
    // A way round through the folder leads nowhere.
    get(&app, "/web/../api/v1/tasks", PAGES).await.expect(404);
}

#[tokio::test]
async fn only_the_files_of_the_page_are_served() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    for path in ["/web/nothing.js", "/web/..%2fCargo.toml", "/web/"] {
        app.http().get(path).await.expect(404);
    }
}
