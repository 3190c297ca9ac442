//! A file over HTTP, going on where an earlier attempt broke off.

use std::time::Duration;

use ureq::Agent;
use ureq::http::{Response, StatusCode, header};

use super::fetch::Trouble;
use super::part::Part;

const CONNECT: Duration = Duration::from_secs(4);
const ANSWER: Duration = Duration::from_secs(20);
const STALLED: Duration = Duration::from_secs(30);
const ATTEMPTS: usize = 5;

/// A client that gives up on hosts that cannot be reached within seconds and on connections that
/// stall. A proxy of the environment is used, as every client does.
pub(super) fn agent() -> Agent {
    Agent::config_builder()
        .timeout_resolve(Some(CONNECT))
        .timeout_connect(Some(CONNECT))
        .timeout_recv_response(Some(ANSWER))
        .timeout_per_read(Some(STALLED))
        .http_status_as_error(false)
        .user_agent("intelliassist-models")
        .build()
        .new_agent()
}

/// Fetches what is missing of `part` from `url`. A connection that broke off after it brought
/// something is made again.
pub(super) fn fetch(agent: &Agent, url: &str, part: &mut Part<'_>) -> Result<(), Trouble> {
    let mut attempts = 0;
    while part.missing() > 0 {
        let before = part.kept();
        attempts += 1;
        match fetch_once(agent, url, part) {
            Ok(()) if part.missing() > 0 && part.kept() == before => {
                return Err(Trouble::Source("the answer was empty".to_owned()));
            }
            Ok(()) => {}
            Err(Trouble::Source(_)) if part.kept() > before && attempts < ATTEMPTS => {}
            Err(trouble) => return Err(trouble),
        }
    }
    Ok(())
}

fn fetch_once(agent: &Agent, url: &str, part: &mut Part<'_>) -> Result<(), Trouble> {
    let mut request = agent.get(url);
    if part.kept() > 0 {
        request = request.header(header::RANGE, format!("bytes={}-", part.kept()));
    }
    let mut answer = request
        .call()
        .map_err(|error| Trouble::Unreachable(error.to_string()))?;
    match answer.status() {
        StatusCode::PARTIAL_CONTENT if starts_at(&answer, part.kept()) => {}
        StatusCode::OK => {
            if part.kept() > 0 {
                part.restart()?;
            }
        }
        StatusCode::PARTIAL_CONTENT | StatusCode::RANGE_NOT_SATISFIABLE => {
            part.restart()?;
            return Err(Trouble::Source("does not resume".to_owned()));
        }
        status => return Err(Trouble::Source(format!("answered {status}"))),
    }
    part.append(&mut answer.body_mut().as_reader())
}

fn starts_at<T>(answer: &Response<T>, offset: u64) -> bool {
    let wanted = format!("bytes {offset}-");
    answer
        .headers()
        .get(header::CONTENT_RANGE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.starts_with(&wanted))
}
