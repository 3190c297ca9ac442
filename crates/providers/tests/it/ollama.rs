//! More than one instance, and whether there is one at all.

use std::time::Duration;

use llm::ChatRequest;
use providers::ollama::{StartupError, answers, check};
use providers::{Kind, ProviderConfig};
use testkit::upstream::{Behaviour, Upstream};

use crate::support::{client, connected, drain, hello};

/// An account with instances, and perhaps a balancer before them.
fn pool(balancer: Option<&Upstream>, instances: &[&Upstream]) -> ProviderConfig {
    let mut config = ProviderConfig::new(Kind::Ollama, "ollama");
    config.base_url = balancer.map(|upstream| upstream.url(""));
    config.endpoints = instances.iter().map(|upstream| upstream.url("")).collect();
    config
}

fn ask(model: &str) -> ChatRequest {
    ChatRequest {
        model: Some(model.to_owned()),
        ..hello()
    }
}

/// Prompts an instance received, without the questions what it has.
fn prompts(upstream: &Upstream) -> usize {
    let received = upstream.received();
    received
        .iter()
        .filter(|request| !request.is_probe())
        .count()
}

async fn two() -> (Upstream, Upstream) {
    (
        Upstream::start().await.unwrap(),
        Upstream::start().await.unwrap(),
    )
}

/// Contract 000-A4.
#[tokio::test]
async fn instances_take_turns() {
    let (one, two) = two().await;
    let chat = connected(&pool(None, &[&one, &two])).chat.unwrap();
    for asked in 1..=6_usize {
        chat.chat(ask("phi3:mini")).await.unwrap();
        assert_eq!(prompts(&one), asked.div_ceil(2));
        assert_eq!(prompts(&two), asked / 2);
    }
    // What they have is asked once, not each time.
    assert_eq!(one.requests() - prompts(&one), 1);
}

/// Calls that arrive together ask an instance once what it has.
#[tokio::test]
async fn calls_that_arrive_together_ask_once() {
    let (one, two) = two().await;
    let chat = connected(&pool(None, &[&one, &two])).chat.unwrap();
    let calls = (0..32).map(|_| chat.chat(ask("phi3:mini")));
    for answer in futures_util::future::join_all(calls).await {
        answer.unwrap();
    }
    assert_eq!((prompts(&one), prompts(&two)), (16, 16));
    assert_eq!((one.requests(), two.requests()), (17, 17));
}

/// Contract 000-B5: the second instance has only another model.
#[tokio::test]
async fn only_instances_with_the_model_are_asked() {
    let (one, two) = two().await;
    one.has_models(&["phi3:mini"]);
    two.has_models(&["tinyllama:latest"]);
    let chat = connected(&pool(None, &[&one, &two])).chat.unwrap();
    for _ in 0..4 {
        chat.chat(ask("phi3:mini")).await.unwrap();
        chat.chat(ask("tinyllama")).await.unwrap();
    }
    assert_eq!((prompts(&one), prompts(&two)), (4, 4));
    let error = chat.chat(ask("llava")).await.unwrap_err();
    assert_eq!(error.class(), "model_gone");
    assert_eq!((prompts(&one), prompts(&two)), (4, 4));
}

/// Calls under way together move the cursor of one another and still find the one with the model.
#[tokio::test]
async fn calls_together_each_try_every_instance() {
    let (one, two) = two().await;
    one.has_models(&["phi3:mini"]);
    two.has_models(&["tinyllama:latest"]);
    let chat = connected(&pool(None, &[&one, &two])).chat.unwrap();
    let calls = (0..16).map(|_| chat.chat(ask("phi3:mini")));
    for answer in futures_util::future::join_all(calls).await {
        answer.unwrap();
    }
    assert_eq!((prompts(&one), prompts(&two)), (16, 0));
}

/// Contract 000-A3, D8.37: any failure leads to the next one, and none is asked twice.
#[tokio::test]
async fn any_failure_leads_to_the_next_instance() {
    for behaviour in [
        Behaviour::status(500),
        Behaviour::status(400),
        Behaviour::status(429),
        Behaviour::Reset,
        Behaviour::Malformed,
        Behaviour::Page,
        Behaviour::ModelGone,
    ] {
        let (one, two) = two().await;
        let chat = connected(&pool(None, &[&one, &two])).chat.unwrap();
        one.next(behaviour.clone());
        chat.chat(ask("phi3:mini")).await.unwrap();
        assert_eq!((prompts(&one), prompts(&two)), (1, 1), "{behaviour:?}");
    }
    let (one, two) = two().await;
    let chat = connected(&pool(None, &[&one, &two])).chat.unwrap();
    one.next(Behaviour::status(500));
    two.next(Behaviour::status(500));
    let error = chat.chat(ask("phi3:mini")).await.unwrap_err();
    assert_eq!(error.class(), "unavailable");
    assert_eq!((prompts(&one), prompts(&two)), (1, 1));
}

#[tokio::test]
async fn an_instance_that_is_down_is_passed_over() {
    let (one, two) = two().await;
    let config = pool(None, &[&one, &two]);
    drop(one);
    let chat = connected(&config).chat.unwrap();
    for _ in 0..3 {
        chat.chat(ask("phi3:mini")).await.unwrap();
        drain(chat.as_ref(), ask("phi3:mini")).await.1.unwrap();
    }
    drop(two);
    let error = chat.chat(ask("phi3:mini")).await.unwrap_err();
    assert_eq!(error.class(), "unavailable");
}

/// Contract 000-A3, 7.4: the balancer first, then the instances.
#[tokio::test]
async fn the_balancer_comes_first() {
    let balancer = Upstream::start().await.unwrap();
    let (one, two) = two().await;
    let chat = connected(&pool(Some(&balancer), &[&one, &two]))
        .chat
        .unwrap();
    chat.chat(ask("phi3:mini")).await.unwrap();
    assert_eq!(
        (balancer.requests(), one.requests(), two.requests()),
        (1, 0, 0)
    );
    balancer.set(Behaviour::status(502));
    chat.chat(ask("phi3:mini")).await.unwrap();
    chat.chat(ask("phi3:mini")).await.unwrap();
    assert_eq!(
        (prompts(&balancer), prompts(&one), prompts(&two)),
        (3, 1, 1)
    );
}

/// With one place there is nothing to choose, and nothing is asked beforehand.
#[tokio::test]
async fn a_single_instance_is_asked_straight_away() {
    let upstream = Upstream::start().await.unwrap();
    let mut config = ProviderConfig::new(Kind::Ollama, "ollama");
    config.base_url = Some(upstream.url("/"));
    let chat = connected(&config).chat.unwrap();
    chat.chat(hello()).await.unwrap();
    assert_eq!(upstream.requests(), 1);
    assert_eq!(upstream.last().unwrap().json()["model"], "llama3.2:3b");
    assert_eq!(
        chat.chat(ask("nowhere")).await.unwrap_err().class(),
        "model_gone"
    );
}

/// Contract 004-A3.
#[tokio::test]
async fn at_start_the_address_and_the_model_are_checked() {
    let (one, two) = two().await;
    one.has_models(&["phi3:mini"]);
    two.has_models(&["llama3.2:3b"]);
    let config = pool(None, &[&one, &two]);
    assert_eq!(check(&config, &client(), "llama3.2:3b").await, Ok(()));

    let missing = check(&config, &client(), "llava").await.unwrap_err();
    assert!(matches!(missing, StartupError::ModelMissing { .. }));
    assert!(
        missing.to_string().contains("ollama pull llava"),
        "{missing}"
    );

    one.set(Behaviour::status(500));
    let url = two.url("");
    drop(two);
    let unreachable = check(&config, &client(), "llava").await.unwrap_err();
    assert!(matches!(unreachable, StartupError::Unreachable { .. }));
    assert!(unreachable.to_string().contains(&url), "{unreachable}");
}

/// Contract D8.32: one question, with little patience.
#[tokio::test]
async fn whether_anybody_answers() {
    let upstream = Upstream::start().await.unwrap();
    let moment = Duration::from_secs(5);
    assert!(answers(&client(), &upstream.url(""), moment).await);
    upstream.set(Behaviour::HangBeforeHeaders);
    assert!(!answers(&client(), &upstream.url(""), Duration::from_millis(30)).await);
    let url = upstream.url("");
    drop(upstream);
    assert!(!answers(&client(), &url, moment).await);
    assert!(!answers(&client(), "nonsense", moment).await);
}
