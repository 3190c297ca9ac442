//! Three keys of which one fails, and a breaker that notices trouble and its end.

use std::io::Write;
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use llm::breaker::CircuitState;
use llm::gateway::Call;
use llm::{ChatRequest, Gateway, GatewayConfig, Message, Use};
use testkit::upstream::{Behaviour, Upstream};

use super::{Result, gateway_with};

const PARALLEL: usize = 64;
/// Requests of each of them.
const EACH: usize = 40;
/// How long a circuit stays open here; the default is a minute.
const OPEN: Duration = Duration::from_secs(2);

/// What many requests came to.
struct Load {
    good: usize,
    all: usize,
    /// Sorted.
    took: Vec<Duration>,
}

pub(super) async fn run() -> Result<()> {
    let mut out = std::io::stdout().lock();
    let first = Duration::from_millis(20);
    for (what, fault) in [
        ("all keys well", Behaviour::Answer),
        ("one answers 500", Behaviour::status(500)),
        (
            "one answers 429",
            Behaviour::status_with(429, "retry-after", "5"),
        ),
        ("one resets", Behaviour::Reset),
        ("one hangs", Behaviour::HangBeforeHeaders),
    ] {
        let upstream = Upstream::start().await?;
        // A model that takes its time, so that 64 are really under way at once.
        upstream.set(Behaviour::Slow {
            first,
            between: Duration::ZERO,
        });
        if fault != Behaviour::Answer {
            upstream.set_for_key("key-1", fault);
        }
        let gateway = keys(&upstream, 3)?;
        let load = load(&gateway).await;
        let millis = |share: usize| {
            let at = (load.took.len() * share / 100).min(load.took.len() - 1);
            load.took[at].as_secs_f64() * 1000.0
        };
        writeln!(
            out,
            "{what:<16} good {:>5}/{}  half under {:6.1} ms  99 % under {:7.1} ms  longest {:7.1} ms  \
             calls to the bad key {}",
            load.good,
            load.all,
            millis(50),
            millis(99),
            millis(100),
            upstream
                .received()
                .iter()
                .filter(|request| request.key().as_deref() == Some("key-1"))
                .count(),
        )?;
    }
    breaker(&mut out).await
}

fn keys(upstream: &Upstream, count: usize) -> Result<Gateway> {
    let config = GatewayConfig {
        breaker_timeout: OPEN,
        max_retries: 0,
        recovery_wait: Duration::ZERO,
        timeout: Duration::from_secs(1),
        ..GatewayConfig::default()
    };
    gateway_with(&upstream.url(""), count, config)
}

async fn ask(gateway: &Gateway) -> bool {
    let request = ChatRequest {
        messages: vec![Message::user("What is to be done?")],
        ..ChatRequest::default()
    };
    let call = Call::new(gateway.new_request_id());
    gateway.chat(Use::Chat, request, call).await.is_ok()
}

async fn load(gateway: &Gateway) -> Load {
    let asker = async || {
        let mut ends = Vec::with_capacity(EACH);
        for _ in 0..EACH {
            let begin = Instant::now();
            ends.push((ask(gateway).await, begin.elapsed()));
        }
        ends
    };
    let ends: Vec<(bool, Duration)> = join_all((0..PARALLEL).map(|_| asker())).await.concat();
    let mut took: Vec<Duration> = ends.iter().map(|(_, took)| *took).collect();
    took.sort();
    Load {
        good: ends.iter().filter(|(good, _)| *good).count(),
        all: ends.len(),
        took,
    }
}

/// One key alone: requests until its circuit opens, and the time from its recovery to the first
/// answer.
async fn breaker(out: &mut impl Write) -> Result<()> {
    let upstream = Upstream::start().await?;
    let gateway = keys(&upstream, 1)?;
    upstream.set(Behaviour::status(500));
    let is_open = || {
        let status = gateway.account("groq_1");
        status.is_some_and(|status| status.circuit_breaker.state == CircuitState::Open)
    };
    let mut noticed = 0;
    while !is_open() {
        ask(&gateway).await;
        noticed += 1;
    }
    let opened = Instant::now();
    upstream.set(Behaviour::Answer);
    let (mut refused, before) = (0, upstream.requests());
    while !ask(&gateway).await {
        refused += 1;
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let recovered = opened.elapsed().as_secs_f64();
    writeln!(
        out,
        "breaker          noticed after {noticed} requests; open for {} s; first answer {recovered:.3} s \
         after it opened, {refused} refused meanwhile, {} sent",
        OPEN.as_secs(),
        upstream.requests() - before,
    )?;
    Ok(())
}
