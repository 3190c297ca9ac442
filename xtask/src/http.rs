//! As much of HTTP as a smoke run needs.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// How long an answer may take.
const LIMIT: Duration = Duration::from_secs(30);

/// Asks, and takes nothing but a JSON answer of status 200.
///
/// # Errors
/// When the server cannot be reached, answers another status, or something else than JSON.
pub(crate) fn ask(port: u16, method: &str, path: &str, body: Option<&Value>) -> Result<Value> {
    exchange(port, method, path, body).with_context(|| format!("{method} {path}"))
}

fn exchange(port: u16, method: &str, path: &str, body: Option<&Value>) -> Result<Value> {
    let body = body.map(Value::to_string).unwrap_or_default();
    let length = body.len();
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(LIMIT))?;
    // Version 1.0: the answer ends with the connection and is never cut in chunks.
    let request = format!(
        "{method} {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    parse(&String::from_utf8(answer)?)
}

fn parse(answer: &str) -> Result<Value> {
    let (head, body) = answer
        .split_once("\r\n\r\n")
        .context("the answer has no body")?;
    let status = head.split(' ').nth(1).context("the answer has no status")?;
    ensure!(status == "200", "answered {status}: {body}");
    serde_json::from_str(body).with_context(|| format!("not JSON: {body}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_status_head_and_body() {
        let answer = "HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n{\"a\":1}";
        assert_eq!(parse(answer).unwrap()["a"], 1);
    }

    #[test]
    fn other_statuses_and_other_bodies_are_failures() {
        for answer in [
            "HTTP/1.0 503 Service Unavailable\r\n\r\n{}",
            "HTTP/1.0 200 OK\r\n\r\nhello",
            "HTTP/1.0 200 OK\r\n",
            "",
        ] {
            assert!(parse(answer).is_err(), "{answer}");
        }
    }
}
