//! Many requests, a fifth of them streams of which a third are left early: memory must stay level and
//! nothing may stay behind.

use std::io::Write;

use futures_util::StreamExt;
use futures_util::stream;
use llm::gateway::Call;
use llm::{ChatRequest, Gateway, Message, Use};

use super::{Result, gateway};

const AT_ONCE: usize = 16;
/// Requests before memory is first looked at, as a share of all.
const WARM: usize = 10;

/// `whole` and `streamed` are addresses of an upstream that answers so.
pub(super) async fn run(whole: &str, streamed: &str, requests: usize) -> Result<()> {
    let (whole, streamed) = (gateway(whole, 3)?, gateway(streamed, 3)?);
    let mut out = std::io::stdout().lock();
    let mut before = 0;
    for (part, count) in [("warm", requests / WARM), ("all", requests)] {
        let good = stream::iter(0..count)
            .map(|number| one(&whole, &streamed, number))
            .buffer_unordered(AT_ONCE)
            .filter(|good| std::future::ready(*good))
            .count()
            .await;
        let memory = resident_kib()?;
        let left: usize = [&whole, &streamed]
            .iter()
            .flat_map(|gateway| gateway.status())
            .map(|status| status.in_flight + status.queued)
            .sum();
        let more = if part == "warm" {
            before = memory;
            0.0
        } else {
            100.0 * (memory as f64 / before.max(1) as f64 - 1.0)
        };
        writeln!(
            out,
            "soak {part:<5} good {good}/{count}, memory {:.1} MB ({more:+.1} %), calls left behind {left}",
            memory as f64 / 1024.0
        )?;
    }
    Ok(())
}

async fn one(whole: &Gateway, streamed: &Gateway, number: usize) -> bool {
    let request = ChatRequest {
        messages: vec![Message::user("What is to be done?")],
        ..ChatRequest::default()
    };
    if !number.is_multiple_of(5) {
        let call = Call::new(whole.new_request_id());
        return whole.chat(Use::Chat, request, call).await.is_ok();
    }
    let call = Call::new(streamed.new_request_id());
    let Ok(answered) = streamed.stream(Use::Chat, request, call).await else {
        return false;
    };
    let most = if number.is_multiple_of(15) {
        3
    } else {
        usize::MAX
    };
    let mut events = answered.value.take(most);
    while let Some(event) = events.next().await {
        if event.is_err() {
            return false;
        }
    }
    true
}

/// Memory of this process that is really there.
fn resident_kib() -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().next());
    Ok(kib.ok_or("no VmRSS")?.parse()?)
}
