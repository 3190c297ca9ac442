//! What only an embedded database can run into.

use std::sync::Arc;
use std::time::Duration;

use domain::task::NewTask;
use domain::{Clock, SystemClock};
use store::{Backend, DatabaseUrl, Store, StoreConfig, StoreError, admin};

use crate::db::Db;

fn clock() -> Arc<dyn Clock> {
    Arc::new(SystemClock)
}

fn impatient(url: DatabaseUrl) -> StoreConfig {
    StoreConfig {
        acquire_timeout: Duration::from_millis(200),
        ..StoreConfig::new(url)
    }
}

/// The whole chain of causes.
fn told(error: &StoreError) -> String {
    let causes = std::iter::successors(Some(error as &dyn std::error::Error), |error| {
        error.source()
    });
    causes
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ")
}

#[tokio::test]
async fn a_file_is_made_with_its_folders_and_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a b/ü?/store.db");
    let config = StoreConfig::new(DatabaseUrl::SqliteFile(path.clone()));
    let store = Store::open(&config, clock()).await.unwrap();
    store.create_task(NewTask::new("x")).await.unwrap();
    store.close().await;
    assert!(path.exists());
    let store = Store::open(&config, clock()).await.unwrap();
    assert_eq!(store.task(1, None).await.unwrap().summary, "x");
    store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_file_may_be_made_by_several_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::SqliteFile(folder.path().join("store.db"));
    let starts: Vec<_> = (0..4)
        .map(|_| {
            let config = StoreConfig::new(url.clone());
            tokio::spawn(async move { Store::open(&config, clock()).await })
        })
        .collect();
    for start in starts {
        let store = start.await.unwrap().unwrap();
        store.create_task(NewTask::new("x")).await.unwrap();
        store.close().await;
    }
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    for path in [file.join("store.db"), folder.path().to_owned()] {
        let config = StoreConfig::new(DatabaseUrl::SqliteFile(path.clone()));
        let error = Store::open(&config, clock()).await.unwrap_err();
        assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
        let parent = path.parent().unwrap().display().to_string();
        assert!(
            told(&error).contains(&format!("the directory {parent} must")),
            "{}",
            told(&error)
        );
    }
}

#[tokio::test]
async fn a_file_that_is_no_database_is_said_to_be_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    std::fs::write(&path, "these are my notes, not a database. ".repeat(100)).unwrap();
    let error = Store::open(&StoreConfig::new(DatabaseUrl::SqliteFile(path)), clock()).await;
    let error = error.unwrap_err();
    assert!(told(&error).contains("not a database"), "{}", told(&error));
}

#[tokio::test]
async fn another_process_that_writes_is_waited_for_only_so_long() {
    let db = Db::sqlite().await;
    let store = Store::open(&impatient(db.config.url.clone()), clock())
        .await
        .unwrap();
    let mut transaction = db.store.begin().await.unwrap();
    transaction.create_task(NewTask::new("x")).await.unwrap();
    let late = store.create_task(NewTask::new("y")).await;
    assert!(matches!(late, Err(StoreError::Unavailable(_))), "{late:?}");
    transaction.commit().await.unwrap();
    store.create_task(NewTask::new("y")).await.unwrap();
    store.close().await;
    db.end().await;
}

#[tokio::test]
async fn a_full_disk_is_said_and_loses_nothing() {
    let db = Db::sqlite().await;
    db.store.create_task(NewTask::new("x")).await.unwrap();
    let limit = async |pages: &str| {
        let mut transaction = db.store.begin().await.unwrap();
        let pragma = format!("PRAGMA max_page_count = {pages}");
        admin::execute(&mut transaction, &pragma).await.unwrap();
        transaction.commit().await.unwrap();
    };
    limit("1").await;
    let full = db
        .store
        .create_task(NewTask::new("word ".repeat(100_000)))
        .await;
    assert!(matches!(full, Err(StoreError::Unavailable(_))), "{full:?}");
    assert_eq!(db.store.task(1, None).await.unwrap().summary, "x");
    limit("100000").await;
    db.store
        .create_task(NewTask::new("word ".repeat(100_000)))
        .await
        .unwrap();
    db.end().await;
}

#[tokio::test]
async fn a_store_in_memory_works_and_is_its_own() {
    let (one, two) = (
        Store::in_memory(clock()).await,
        Store::in_memory(clock()).await,
    );
    let (one, two) = (one.unwrap(), two.unwrap());
    one.create_task(NewTask::new("x")).await.unwrap();
    assert_eq!(
        one.search_tasks("x", None, domain::Page::ALL)
            .await
            .unwrap()
            .len(),
        1
    );
    assert_eq!(one.health().await.unwrap().backend, Backend::Memory);
    assert_eq!(two.health().await.unwrap().tasks_count, 0);
}

// While a transaction is open, only it is used.
#[tokio::test]
async fn a_store_in_memory_does_not_wait_forever_for_its_one_connection() {
    let store = Store::open(&impatient(DatabaseUrl::SqliteMemory), clock())
        .await
        .unwrap();
    let mut transaction = store.begin().await.unwrap();
    assert!(matches!(
        store.task(1, None).await,
        Err(StoreError::Unavailable(_))
    ));
    transaction.create_task(NewTask::new("x")).await.unwrap();
    transaction.commit().await.unwrap();
    store.task(1, None).await.unwrap();
}
