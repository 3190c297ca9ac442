//! What processes share in Redis (contract 7.5, 003-C4, D8.39).

use std::sync::Arc;
use std::time::Duration;

use domain::{Clock, ManualClock};
use jiff::SignedDuration;
use secrecy::SecretString;
use store::{Shared, SharedConfig, StoreError};
use testkit::redis;
use tokio::io::{AsyncReadExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

const MINUTE: Duration = Duration::from_mins(1);

fn clock() -> Arc<ManualClock> {
    Arc::new(ManualClock::new("2026-03-10T10:00:00Z".parse().unwrap()))
}

fn shared(url: &str, prefix: &str, clock: &Arc<ManualClock>) -> Shared {
    let config = SharedConfig {
        prefix: prefix.to_owned(),
        timeout: Duration::from_millis(300),
        ..SharedConfig::new(SecretString::from(url))
    };
    Shared::new(config, Arc::clone(clock) as Arc<dyn Clock>).unwrap()
}

#[tokio::test]
async fn two_processes_see_the_same_entries() {
    let (server, clock) = (redis(), clock());
    let [one, other] = [(); 2].map(|()| shared(&server.url, &server.prefix, &clock));
    let until = |seconds| clock.now() + SignedDuration::from_secs(seconds);
    one.put("questions", "k", "old", until(50)).await.unwrap();
    one.put("questions", "k", "new", until(60)).await.unwrap();
    one.put("questions", "l", "more", until(30)).await.unwrap();
    one.put("questions", "over", "gone", until(0))
        .await
        .unwrap();
    one.put("ai_gen", "k", "other", until(60)).await.unwrap();
    let get = async |key| other.get("questions", key).await.unwrap();
    assert_eq!(get("k").await.as_deref(), Some("new"));
    assert_eq!(get("over").await, None);
    assert_eq!(other.size("questions").await.unwrap(), 2);
    clock.advance(SignedDuration::from_secs(31));
    assert_eq!(other.size("questions").await.unwrap(), 1);
    assert_eq!(other.size("ai_gen").await.unwrap(), 1);
}

#[tokio::test]
async fn visits_of_all_processes_are_one_number() {
    let (server, clock) = (redis(), clock());
    let [one, other] = [(); 2].map(|()| shared(&server.url, &server.prefix, &clock));
    for (count, process) in [(1, &one), (2, &other), (3, &one)] {
        let visits = process.count_visit("anna", MINUTE).await.unwrap();
        assert_eq!(visits.count, count);
        assert!(visits.left <= MINUTE && visits.left > MINUTE / 2);
    }
    assert_eq!(one.count_visit("ben", MINUTE).await.unwrap().count, 1);
    // A period that is over begins anew.
    let moment = Duration::from_millis(1);
    one.count_visit("carl", moment).await.unwrap();
    while one.count_visit("carl", moment).await.unwrap().count != 1 {}
}

#[tokio::test]
async fn nobody_there_is_unavailable_and_left_alone_for_a_while() {
    let server = redis();
    let clock = clock();
    let gate = Gate::before(&server.url).await;
    let shared = shared(&gate.url, &server.prefix, &clock);
    assert!(shared.is_reachable());
    shared.ping().await.unwrap();
    gate.shut();
    let until = clock.now() + SignedDuration::from_mins(1);
    let put = shared.put("questions", "k", "v", until).await;
    assert!(matches!(put, Err(StoreError::Unavailable(_))), "{put:?}");
    assert!(!shared.is_reachable());
    gate.open();
    let early = shared.get("questions", "k").await;
    assert!(matches!(early, Err(StoreError::Unavailable(_))));
    clock.advance(SignedDuration::from_secs(10));
    assert_eq!(shared.get("questions", "k").await.unwrap(), None);
    assert!(shared.is_reachable());
}

#[tokio::test]
async fn a_connection_that_was_lost_meanwhile_costs_nothing() {
    let (server, clock) = (redis(), clock());
    let gate = Gate::before(&server.url).await;
    let shared = shared(&gate.url, &server.prefix, &clock);
    shared.ping().await.unwrap();
    gate.shut();
    gate.open();
    shared.ping().await.unwrap();
}

#[tokio::test]
async fn one_that_hangs_is_left_after_its_time() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("redis://:hush@{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut said = Vec::new();
        let _ = socket.read_to_end(&mut said).await;
    });
    let shared = shared(&url, "", &clock());
    let ping = shared.ping().await;
    assert!(matches!(ping, Err(StoreError::Unavailable(_))), "{ping:?}");
    assert!(!format!("{shared:?}{ping:?}").contains("hush"));
}

#[test]
fn an_address_that_is_none_is_told_without_being_repeated() {
    let config = SharedConfig::new(SecretString::from("hush://secret"));
    let Err(StoreError::Invalid(rule)) = Shared::new(config, clock()) else {
        panic!("taken");
    };
    assert!(
        rule.contains("redis://") && !rule.contains("secret"),
        "{rule}"
    );
}

/// A way to Redis that can be shut: what goes through it is cut, and nobody else comes in.
struct Gate {
    url: String,
    is_open: watch::Sender<bool>,
}

impl Gate {
    async fn before(url: &str) -> Self {
        let behind = url
            .trim_start_matches("redis://")
            .trim_end_matches('/')
            .to_owned();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("redis://{}/", listener.local_addr().unwrap());
        let (is_open, watched) = watch::channel(true);
        tokio::spawn(async move {
            loop {
                let (mut near, _) = listener.accept().await.unwrap();
                let mut watched = watched.clone();
                if !*watched.borrow_and_update() {
                    continue;
                }
                let mut far = TcpStream::connect(&behind).await.unwrap();
                tokio::spawn(async move {
                    tokio::select! {
                        _ = copy_bidirectional(&mut near, &mut far) => {}
                        _ = watched.changed() => {}
                    }
                });
            }
        });
        Self { url, is_open }
    }

    fn shut(&self) {
        self.is_open.send_replace(false);
    }

    fn open(&self) {
        self.is_open.send_replace(true);
    }
}
