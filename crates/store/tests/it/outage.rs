//! A database that goes away and comes back (contract D8.20).

use std::time::Duration;

use domain::task::NewTask;
use store::{Backend, Store, StoreConfig, StoreError, admin};
use tokio::net::TcpListener;

use crate::db::{Db, on_both};

async fn cut_connections(db: &Db) {
    let (server, name) = db.on_server().unwrap();
    let cut =
        format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
    admin::run(server, cut).await.unwrap();
}

async fn allow_connections(db: &Db, allowed: bool) {
    let (server, name) = db.on_server().unwrap();
    let alter = format!("ALTER DATABASE \"{name}\" ALLOW_CONNECTIONS {allowed}");
    admin::run(server, alter).await.unwrap();
}

#[tokio::test]
async fn after_its_connections_were_cut_the_next_request_works() {
    let db = Db::postgres().await;
    db.store.create_task(NewTask::new("x")).await.unwrap();
    let mut transaction = db.store.begin().await.unwrap();
    transaction.create_task(NewTask::new("lost")).await.unwrap();
    cut_connections(&db).await;
    assert!(matches!(
        transaction.commit().await,
        Err(StoreError::Unavailable(_))
    ));
    assert_eq!(db.store.task(1, None).await.unwrap().summary, "x");
    db.store.create_task(NewTask::new("y")).await.unwrap();
    assert_eq!(db.store.health().await.unwrap().tasks_count, 2);
    db.end().await;
}

#[tokio::test]
async fn while_the_server_is_down_it_is_said_and_afterwards_all_is_well() {
    let db = Db::postgres().await;
    db.store.create_task(NewTask::new("x")).await.unwrap();
    allow_connections(&db, false).await;
    cut_connections(&db).await;
    let unavailable = |result: Result<(), StoreError>| {
        assert!(
            matches!(result, Err(StoreError::Unavailable(_))),
            "{result:?}"
        );
    };
    unavailable(db.store.health().await.map(drop));
    unavailable(db.store.create_task(NewTask::new("y")).await.map(drop));
    unavailable(db.store.check_writable().await);
    unavailable(Store::open(&db.config, db.clock.clone()).await.map(drop));
    allow_connections(&db, true).await;
    assert_eq!(db.store.health().await.unwrap().tasks_count, 1);
    db.store.check_writable().await.unwrap();
    db.end().await;
}

#[tokio::test]
async fn a_server_that_never_answers_is_not_waited_for() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = silent.local_addr().unwrap().port();
    let db = Db::sqlite().await;
    let config = StoreConfig {
        acquire_timeout: Duration::from_millis(200),
        ..StoreConfig::new(format!("postgres://u@127.0.0.1:{port}/x").parse().unwrap())
    };
    let opened = Store::open(&config, db.clock.clone()).await;
    assert!(
        matches!(opened, Err(StoreError::Unavailable(_))),
        "{opened:?}"
    );
    drop(silent);
    let opened = Store::open(&config, db.clock.clone()).await;
    assert!(
        matches!(opened, Err(StoreError::Unavailable(_))),
        "{opened:?}"
    );
    db.end().await;
}

#[tokio::test]
async fn a_statement_that_takes_too_long_is_ended() {
    let db = Db::postgres().await;
    let config = StoreConfig {
        statement_timeout: Duration::from_millis(100),
        ..db.config.clone()
    };
    let store = Store::open(&config, db.clock.clone()).await.unwrap();
    let mut transaction = store.begin().await.unwrap();
    let slow = admin::execute(&mut transaction, "SELECT pg_sleep(30)").await;
    assert!(matches!(slow, Err(StoreError::Unavailable(_))), "{slow:?}");
    drop(transaction);
    store.create_task(NewTask::new("x")).await.unwrap();
    store.close().await;
    db.end().await;
}

on_both! {
    async fn a_healthy_database_says_what_it_is(db: &Db) {
        let expected = if db.is_postgres() { Backend::Postgres } else { Backend::Sqlite };
        assert_eq!(db.store.health().await.unwrap().backend, expected);
        db.store.check_writable().await.unwrap();
        assert_eq!(db.store.get_state("store.check_writable").await.unwrap(), None);
    }

    async fn a_closed_store_is_unavailable(db: &Db) {
        let store = db.again().await;
        store.close().await;
        assert!(matches!(store.health().await, Err(StoreError::Unavailable(_))));
    }
}
