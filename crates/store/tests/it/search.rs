use domain::Page;
use domain::task::{NewTask, TaskPatch};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use crate::db::{Db, on_both};
use crate::task::{ids, owned};

async fn found(db: &Db, query: &str, owner: Option<&str>) -> Vec<i64> {
    ids(&db
        .store
        .search_tasks(query, owner, Page::ALL)
        .await
        .unwrap())
}

on_both! {
    async fn every_word_counts_and_the_last_may_be_begun(db: &Db) {
        for summary in ["Order chairs", "Order desks", "Chairs: repair in Café Größe"] {
            db.store.create_task(NewTask::new(summary)).await.unwrap();
        }
        assert_eq!(found(db, "order", None).await, [2, 1]);
        assert_eq!(found(db, "CHAIRS", None).await, [3, 1]);
        assert_eq!(found(db, "chairs order", None).await, [1]);
        assert_eq!(found(db, "order cha", None).await, [1]);
        assert_eq!(found(db, "cha order", None).await, Vec::<i64>::new());
        assert_eq!(found(db, "cafe GROSSE", None).await, [3]);
        assert_eq!(found(db, "café, größe!", None).await, [3]);
        assert_eq!(found(db, "ess", None).await, Vec::<i64>::new());
        assert_eq!(found(db, "", None).await, Vec::<i64>::new());
        assert_eq!(found(db, " \"*'():&|! ", None).await, Vec::<i64>::new());
        assert_eq!(found(db, "order NOT chairs", None).await, Vec::<i64>::new());
        let page = Page { limit: 1, offset: 1 };
        assert_eq!(ids(&db.store.search_tasks("order", None, page).await.unwrap()), [1]);
    }

    async fn words_in_the_summary_count_more(db: &Db) {
        let with = |summary: &str, description: &str| NewTask {
            description: Some(description.to_owned()),
            tags: vec!["office".to_owned()],
            assignee: Some("Zoë".to_owned()),
            ..NewTask::new(summary)
        };
        for task in [
            with("red chairs", ""), with("chairs", "red ones"), with("desks", "red, for chairs"),
            with("chairs, red", ""),
        ] {
            db.store.create_task(task).await.unwrap();
        }
        assert_eq!(found(db, "red chairs", None).await, [4, 1, 2, 3]);
        assert_eq!(found(db, "office zoe desks", None).await, [3]);
    }

    async fn the_index_follows_the_tasks(db: &Db) {
        db.store.create_task(owned("Order chairs", "u1")).await.unwrap();
        db.store.create_task(owned("Order desks", "u2")).await.unwrap();
        assert_eq!(found(db, "order", Some("u1")).await, [1]);
        let patch = TaskPatch { summary: Some("Buy lamps".to_owned()), ..TaskPatch::default() };
        db.store.update_task(1, None, patch).await.unwrap();
        assert_eq!(found(db, "order", None).await, [2]);
        assert_eq!(found(db, "lamp", None).await, [1]);
        db.store.delete_task(1, None).await.unwrap();
        assert_eq!(found(db, "lamp", None).await, Vec::<i64>::new());
        db.store.restore_task(1, None).await.unwrap();
        assert_eq!(found(db, "lamp", None).await, [1]);
    }

    async fn scripts_without_blanks_are_found_by_their_characters(db: &Db) {
        db.store.create_task(NewTask::new("周一开会讨论预算")).await.unwrap();
        db.store.create_task(NewTask::new("予算会議")).await.unwrap();
        assert_eq!(found(db, "开会", None).await, [1]);
        assert_eq!(found(db, "会", None).await, [2, 1]);
    }
}

/// Texts of every kind, many of them made of what has a meaning to one of the databases.
fn texts() -> impl Strategy<Value = String> {
    let piece = proptest::prop_oneof![
        4 => "[a-cA-C]{1,3}",
        3 => "[ '\"*:&|!()<>^~{}\\\\%_$?.,;/+-]{1,3}",
        2 => "AND|OR|NOT|NEAR|words:|summary_words|[aä]b|ÄB|ß|ss|e\u{301}|é",
        2 => "\\PC{1,4}",
        1 => proptest::strategy::Just("\u{0}\u{1}\n".to_owned()),
    ];
    proptest::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

fn some(count: usize) -> Vec<String> {
    let mut runner = TestRunner::default();
    (0..count)
        .map(|_| texts().new_tree(&mut runner).unwrap().current())
        .collect()
}

#[tokio::test]
async fn any_text_is_a_query_and_both_databases_answer_the_same() {
    let (sqlite, postgres) = (Db::sqlite().await, Db::postgres().await);
    let texts = some(300);
    for db in [&sqlite, &postgres] {
        let new = texts.iter().map(NewTask::new).collect();
        db.store.create_tasks(new, &[], &[]).await.unwrap();
    }
    let mut hits = 0;
    for query in some(300).iter().chain(&texts) {
        let one = found(&sqlite, query, None).await;
        assert_eq!(one, found(&postgres, query, None).await, "{query:?}");
        hits += one.len();
    }
    assert!(
        hits > 300,
        "the texts must be such that something is found: {hits}"
    );
    sqlite.end().await;
    postgres.end().await;
}
