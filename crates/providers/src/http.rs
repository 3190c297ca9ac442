//! Talking HTTP to a provider: one client for all, one address with its key per account, answers
//! read with a limit and a time-out, failures turned into [`ModelError`] without secrets.

mod fault;
mod retry_after;
mod scrub;
mod stream;

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use llm::ModelError;
use reqwest::{Client, RequestBuilder, Response, Url};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

pub(crate) use fault::in_answer as fault_in_answer;
pub(crate) use scrub::Scrub;
pub(crate) use stream::{Decode, Flow, collected, streamed};

use crate::config::{ConfigError, Seconds};

/// No answer is larger than this many bytes.
const MAX_ANSWER: usize = 16 * 1024 * 1024;
/// Of an error's body no more than this is read.
const MAX_ERROR: usize = 64 * 1024;

/// What all connections to providers have in common.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ClientConfig {
    /// Longest time to set up a connection.
    pub connect_timeout_seconds: Seconds,
    /// Longest silence on a connection on which an answer is awaited. Providers' own time-outs are
    /// shorter; this one catches what they do not cover.
    pub read_timeout_seconds: Seconds,
    /// How long an unused connection is kept.
    pub pool_idle_seconds: Seconds,
    /// Unused connections kept per host.
    pub pool_max_idle_per_host: usize,
}

impl Default for ClientConfig {
    fn default() -> Self {
        Self {
            connect_timeout_seconds: Seconds::whole(5),
            read_timeout_seconds: Seconds::whole(300),
            pool_idle_seconds: Seconds::whole(90),
            pool_max_idle_per_host: 64,
        }
    }
}

/// The client for every provider: no redirects, no total time-out. A rustls provider must be
/// installed for the process before.
///
/// # Errors
/// [`ConfigError::Client`] when the platform gives no TLS or no resolver.
pub fn client(config: &ClientConfig) -> Result<Client, ConfigError> {
    Client::builder()
        .user_agent(concat!("intelliassist/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(config.connect_timeout_seconds.duration())
        .read_timeout(config.read_timeout_seconds.duration())
        .pool_idle_timeout(config.pool_idle_seconds.duration())
        .pool_max_idle_per_host(config.pool_max_idle_per_host)
        .tcp_nodelay(true)
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .map_err(|error| ConfigError::Client(error.without_url().to_string()))
}

/// How long to wait for a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Timeouts {
    /// For a whole answer, or for a stream to begin.
    pub(crate) answer: Duration,
    /// Between two pieces of a stream.
    pub(crate) idle: Duration,
}

/// How a provider wants its key.
pub(crate) enum KeyHeader {
    /// `Authorization: Bearer …`
    Bearer,
    /// A header of its own.
    Named(HeaderName),
}

/// One provider's address with the key of one account.
#[derive(Debug, Clone)]
pub(crate) struct Upstream {
    client: Client,
    /// Without a slash at its end.
    base: String,
    /// The key and whatever else every request carries; the key is marked sensitive.
    headers: HeaderMap,
    scrub: Scrub,
    timeouts: Timeouts,
}

impl Upstream {
    /// # Errors
    /// [`ConfigError::BadUrl`] when the base is no http(s) address.
    pub(crate) fn new(
        client: &Client,
        account: &str,
        base: &str,
        timeouts: Timeouts,
    ) -> Result<Self, ConfigError> {
        Ok(Self {
            client: client.clone(),
            base: checked_base(account, base)?,
            headers: HeaderMap::new(),
            scrub: Scrub::none(),
            timeouts,
        })
    }

    /// Adds the key.
    ///
    /// # Errors
    /// [`ConfigError::BadKey`] when it cannot stand in a header.
    pub(crate) fn with_key(
        mut self,
        account: &str,
        key: &SecretString,
        header: KeyHeader,
    ) -> Result<Self, ConfigError> {
        let secret = key.expose_secret();
        let (name, text) = match header {
            KeyHeader::Bearer => (http::header::AUTHORIZATION, format!("Bearer {secret}")),
            KeyHeader::Named(name) => (name, secret.to_owned()),
        };
        let mut value = HeaderValue::from_str(&text).map_err(|_| ConfigError::BadKey {
            account: account.to_owned(),
        })?;
        value.set_sensitive(true);
        self.headers.insert(name, value);
        self.scrub = Scrub::of(key.clone());
        Ok(self)
    }

    /// Adds a header that is no secret.
    pub(crate) fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// The address, for messages to the operator.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// A GET of a path below the base.
    pub(crate) fn get(&self, path: &str) -> RequestBuilder {
        self.client
            .get(format!("{}{path}", self.base))
            .headers(self.headers.clone())
    }

    /// A POST without body yet.
    pub(crate) fn post(&self, path: &str) -> RequestBuilder {
        self.client
            .post(format!("{}{path}", self.base))
            .headers(self.headers.clone())
    }

    /// A POST of JSON. `size` is about what the body will take, so that a large picture is not
    /// copied while the body grows.
    ///
    /// # Errors
    /// [`ModelError::BadRequest`] when the body cannot be written as JSON.
    pub(crate) fn post_json<T: Serialize>(
        &self,
        path: &str,
        body: &T,
        size: usize,
    ) -> Result<RequestBuilder, ModelError> {
        let mut json = Vec::with_capacity(size + 1024);
        serde_json::to_writer(&mut json, body)
            .map_err(|error| ModelError::BadRequest(error.to_string()))?;
        Ok(self
            .post(path)
            .header(CONTENT_TYPE, "application/json")
            .body(json))
    }

    /// Sends a request and reads the whole answer.
    ///
    /// # Errors
    /// By status and body of a refusal, by what happened to the connection, or
    /// [`ModelError::Timeout`].
    pub(crate) async fn whole(
        &self,
        request: RequestBuilder,
        model: &str,
    ) -> Result<Bytes, ModelError> {
        let answer = async {
            let response = self.accepted(request, model).await?;
            read(response, MAX_ANSWER, Beyond::Refuse).await
        };
        tokio::time::timeout(self.timeouts.answer, answer)
            .await
            .map_err(|_| ModelError::Timeout("answer"))?
            .map_err(|error| self.scrub.error(error))
    }

    /// Sends a request and hands out the answer's body unread.
    ///
    /// # Errors
    /// As [`Upstream::whole`], for the time until the status.
    pub(crate) async fn begin(
        &self,
        request: RequestBuilder,
        model: &str,
    ) -> Result<Response, ModelError> {
        tokio::time::timeout(self.timeouts.answer, self.accepted(request, model))
            .await
            .map_err(|_| ModelError::Timeout("headers"))?
            .map_err(|error| self.scrub.error(error))
    }

    /// Takes secrets out of an error made from what this provider sent.
    pub(crate) fn scrubbed(&self, error: ModelError) -> ModelError {
        self.scrub.error(error)
    }

    async fn accepted(&self, request: RequestBuilder, model: &str) -> Result<Response, ModelError> {
        let response = request.send().await.map_err(fault::of_transport)?;
        let status = response.status();
        if status.is_success() {
            return Ok(response);
        }
        let headers = response.headers().clone();
        // What the refusal says is worth reading, but its loss changes nothing about the status.
        let body = read(response, MAX_ERROR, Beyond::Cut)
            .await
            .unwrap_or_default();
        Err(fault::of_status(status, &headers, &body, model))
    }
}

/// What to do with a body beyond its limit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beyond {
    Refuse,
    Cut,
}

async fn read(mut response: Response, limit: usize, beyond: Beyond) -> Result<Bytes, ModelError> {
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(fault::of_body)? {
        if body.len() + chunk.len() > limit {
            if beyond == Beyond::Cut {
                break;
            }
            return Err(ModelError::Malformed(format!(
                "the answer is larger than {} MiB",
                limit / (1024 * 1024)
            )));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// An address checked and without a slash at its end.
pub(crate) fn checked_base(account: &str, base: &str) -> Result<String, ConfigError> {
    let bad = |reason: &str| ConfigError::BadUrl {
        account: account.to_owned(),
        reason: reason.to_owned(),
    };
    let url = Url::parse(base.trim()).map_err(|error| bad(&error.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(bad("it must begin with http:// or https://"));
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(bad("it names no host"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(bad("it must not carry a query or a fragment"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(bad(
            "it must not carry a user name or password; use api_key",
        ));
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

/// The base with the provider's usual path when the setting names only a host.
pub(crate) fn with_default_path(base: &str, path: &str) -> String {
    match Url::parse(base.trim()) {
        Ok(url) if url.path().trim_matches('/').is_empty() => {
            format!("{}{path}", base.trim().trim_end_matches('/'))
        }
        _ => base.to_owned(),
    }
}

#[cfg(test)]
mod tests;
