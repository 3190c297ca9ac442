use domain::Page;
use domain::task::{NewTask, TaskFilter};
use store::{Store, StoreConfig, StoreError, admin};

use crate::db::{Db, on_both};

/// The same database before any migration.
async fn from_nothing(db: &Db) -> Store {
    let config = StoreConfig {
        migrate: false,
        ..db.config.clone()
    };
    let store = Store::open(&config, db.clock.clone()).await.unwrap();
    let mut transaction = store.begin().await.unwrap();
    let tables = "task_dependencies tasks chat_messages conversations users model_versions \
                  uploaded_files questions llm_calls ai_provider_usage cache_entries states jobs \
                  schema_migrations";
    for virtual_table in ["tasks_search", "chat_messages_search"] {
        if !db.is_postgres() {
            let drop = format!("DROP TABLE {virtual_table}");
            admin::execute(&mut transaction, &drop).await.unwrap();
        }
    }
    for table in tables.split_whitespace() {
        admin::execute(&mut transaction, &format!("DROP TABLE {table}"))
            .await
            .unwrap();
    }
    transaction.commit().await.unwrap();
    store
}

/// A task as the first version of the schema has it; the store's own words know the newest alone.
async fn an_old_task(store: &Store) {
    let mut transaction = store.begin().await.unwrap();
    let insert = "INSERT INTO tasks (summary, category, priority, status, tags, metadata, \
                  summary_words, words, created_at, updated_at) VALUES ('an old task', 'general', \
                  'medium', 'pending', '[]', '{}', 'an old task', 'an old task', 0, 0)";
    admin::execute(&mut transaction, insert).await.unwrap();
    transaction.commit().await.unwrap();
}

on_both! {
    async fn the_schema_goes_forward_from_every_version_with_its_rows(db: &Db) {
        let newest = db.store.migration_status().await.unwrap().len();
        for version in 0..newest {
            let store = from_nothing(db).await;
            admin::migrate_to(&store, i64::try_from(version).unwrap()).await.unwrap();
            if version > 0 {
                an_old_task(&store).await;
            }
            let status = store.migration_status().await.unwrap();
            assert_eq!(status.iter().filter(|one| one.applied_at.is_some()).count(), version);

            store.migrate().await.unwrap();
            store.migrate().await.unwrap();
            let status = store.migration_status().await.unwrap();
            assert!(status.iter().all(|one| one.applied_at == Some(db.now())));
            let expected = usize::from(version > 0);
            let found = store.search_tasks("old", None, Page::ALL).await.unwrap();
            assert_eq!(found.len(), expected);
            store.create_task(NewTask::new("another old task")).await.unwrap();
            let found = store.search_tasks("old", None, Page::ALL).await.unwrap();
            assert_eq!(found.len(), expected + 1);
            store.close().await;
        }
    }

    async fn several_processes_start_at_once(db: &Db) {
        from_nothing(db).await.close().await;
        let starts: Vec<_> = (0..4)
            .map(|_| {
                let (config, clock) = (db.config.clone(), db.clock.clone());
                tokio::spawn(async move { Store::open(&config, clock).await.unwrap() })
            })
            .collect();
        for start in starts {
            let store = start.await.unwrap();
            store.count_tasks(&TaskFilter::default()).await.unwrap();
            store.close().await;
        }
    }

    async fn a_newer_schema_is_refused(db: &Db) {
        let mut transaction = db.store.begin().await.unwrap();
        let newer = "INSERT INTO schema_migrations VALUES (99, 'later', 0)";
        admin::execute(&mut transaction, newer).await.unwrap();
        transaction.commit().await.unwrap();
        let refused = Store::open(&db.config, db.clock.clone()).await;
        let Err(StoreError::Invalid(why)) = refused else { panic!("{refused:?}") };
        assert!(why.contains("version 99"), "{why}");
        assert!(matches!(db.store.migration_status().await, Err(StoreError::Invalid(_))));
    }

    async fn a_store_can_be_opened_without_touching_the_schema(db: &Db) {
        let store = from_nothing(db).await;
        let status = store.migration_status().await.unwrap();
        assert!(status.iter().all(|one| one.applied_at.is_none()));
        assert_eq!((status[0].version, &*status[0].name), (1, "records"));
        assert!(matches!(store.health().await, Err(StoreError::Internal(_))));
        store.close().await;
    }
}
