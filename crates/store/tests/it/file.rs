use domain::Page;
use domain::file::{File, NewFile, Processing};
use serde_json::{Map, json};
use store::StoreError;

use crate::db::{Db, id, on_both};

fn new(number: u128, sha256: &str, owner: &str) -> NewFile {
    NewFile {
        id: id(number),
        user_id: Some(owner.to_owned()),
        filename: format!("{}.txt", id(number)),
        original_filename: "Notizen \u{1f4dd}.txt".to_owned(),
        file_size: 5_000_000_000,
        content_type: "text/plain".to_owned(),
        file_path: "2026/03/a.txt".to_owned(),
        sha256: sha256.to_owned(),
        description: None,
        metadata: Map::new(),
    }
}

fn ids(files: &[File]) -> Vec<u128> {
    files.iter().map(|file| file.id.as_u128()).collect()
}

on_both! {
    async fn a_file_is_kept_and_worked_on(db: &Db) {
        let made = db.store.add_file(new(1, "aa", "u1")).await.unwrap();
        assert_eq!((made.processing_status, &made.processing_result), (Processing::Pending, &None));
        assert_eq!((&*made.original_filename, made.file_size), ("Notizen \u{1f4dd}.txt", 5_000_000_000));
        db.wait(1);
        let result = Some(json!({"tasks": [1, 2]}));
        let done = db.store
            .set_file_processing(id(1), Processing::Completed, result.clone())
            .await
            .unwrap();
        let expected = File {
            processing_status: Processing::Completed,
            processing_result: result,
            updated_at: db.now(),
            ..made
        };
        assert_eq!(done, expected);
        assert_eq!(db.store.file(id(1), Some("u1")).await.unwrap(), expected);
        assert!(matches!(db.store.file(id(1), Some("u2")).await, Err(StoreError::NotFound)));
        let lost = db.store.set_file_processing(id(9), Processing::Failed, None).await;
        assert!(matches!(lost, Err(StoreError::NotFound)));
    }

    async fn a_mark_leaves_what_came_of_earlier_work(db: &Db) {
        db.store.add_file(new(1, "aa", "u1")).await.unwrap();
        let result = Some(json!({"tasks": [1]}));
        db.store
            .set_file_processing(id(1), Processing::Completed, result.clone())
            .await
            .unwrap();
        let marked = db.store.mark_file(id(1), Processing::Running).await.unwrap();
        assert_eq!((marked.processing_status, marked.processing_result), (Processing::Running, result));
        assert!(matches!(db.store.mark_file(id(2), Processing::Running).await, Err(StoreError::NotFound)));
        let names = [marked.filename, format!("{}.txt", id(2))];
        assert_eq!(db.store.known_file_names(&names).await.unwrap(), names[..1]);
    }

    async fn the_newest_file_with_a_hash_is_found(db: &Db) {
        db.store.add_file(new(1, "aa", "u1")).await.unwrap();
        db.wait(1);
        db.store.add_file(new(2, "aa", "u1")).await.unwrap();
        db.wait(1);
        db.store.add_file(new(3, "aa", "u2")).await.unwrap();
        let with_hash = async |owner| {
            let file = db.store.file_with_hash("aa", owner).await.unwrap();
            file.map(|file| file.id.as_u128())
        };
        assert_eq!(with_hash(None).await, Some(3));
        assert_eq!(with_hash(Some("u1")).await, Some(2));
        assert_eq!(with_hash(Some("u3")).await, None);
        assert_eq!(ids(&db.store.files(None, Page::ALL).await.unwrap()), [3, 2, 1]);
        assert_eq!(ids(&db.store.files(Some("u1"), Page { limit: 1, offset: 1 }).await.unwrap()), [1]);
    }

    async fn a_deleted_file_is_gone(db: &Db) {
        db.store.add_file(new(1, "aa", "u1")).await.unwrap();
        assert!(matches!(db.store.delete_file(id(1), Some("u2")).await, Err(StoreError::NotFound)));
        let gone = db.store.delete_file(id(1), Some("u1")).await.unwrap();
        assert_eq!(gone.file_path, "2026/03/a.txt");
        assert!(matches!(db.store.delete_file(id(1), None).await, Err(StoreError::NotFound)));
        assert!(matches!(db.store.file(id(1), None).await, Err(StoreError::NotFound)));
        assert_eq!(db.store.file_with_hash("aa", None).await.unwrap(), None);
        assert!(db.store.files(None, Page::ALL).await.unwrap().is_empty());
    }
}
