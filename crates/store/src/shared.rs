//! Redis: what several processes keep together for a while (contract 7.5, 003-C4, D8.39).
//!
//! It is never required. Whoever asks gets `Unavailable` where it does not answer, and does without;
//! after a failure it is left alone for a while, so that a server that hangs holds up one request and
//! not every one. The connection is made when it is first needed, and made again after it was lost.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::Clock;
use jiff::Timestamp;
use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, FromRedisValue, Pipeline, RedisError};
use secrecy::{ExposeSecret, SecretString};

use crate::StoreError;

/// How Redis is reached.
#[derive(Debug, Clone)]
pub struct SharedConfig {
    /// `redis://…`, or `rediss://…` with TLS; it may hold a password.
    pub url: SecretString,
    /// What every key begins with.
    pub prefix: String,
    /// How long connecting, and one question, may take.
    pub timeout: Duration,
    /// How long it is left alone after it did not answer.
    pub rest: Duration,
}

impl SharedConfig {
    /// The Redis at an address, with the times of contract 003-C4.
    pub fn new(url: SecretString) -> Self {
        Self {
            url,
            prefix: "intelliassist:".to_owned(),
            timeout: Duration::from_secs(5),
            rest: Duration::from_secs(10),
        }
    }
}

/// How often something happened in the period that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visits {
    /// With the one that was just counted.
    pub count: u64,
    /// Until the period ends.
    pub left: Duration,
}

/// A Redis that this process shares with others. Cheap to clone.
#[derive(Clone)]
pub struct Shared {
    inner: Arc<Inner>,
}

struct Inner {
    client: Client,
    config: SharedConfig,
    clock: Arc<dyn Clock>,
    connection: tokio::sync::Mutex<Option<MultiplexedConnection>>,
    /// Since it last failed: until when it is left alone.
    rests_until: Mutex<Option<Timestamp>>,
}

impl Shared {
    /// Takes the address; nothing is connected yet.
    ///
    /// # Errors
    /// `Invalid` for an address that is none. The address is not repeated: it may hold a password.
    pub fn new(config: SharedConfig, clock: Arc<dyn Clock>) -> Result<Self, StoreError> {
        let client = Client::open(config.url.expose_secret()).map_err(|_| {
            let rule = "the address of Redis must be redis://HOST:PORT/DB or rediss://…";
            StoreError::Invalid(rule.to_owned())
        })?;
        Ok(Self {
            inner: Arc::new(Inner {
                client,
                config,
                clock,
                connection: tokio::sync::Mutex::default(),
                rests_until: Mutex::default(),
            }),
        })
    }

    /// Whether it answered when it was last asked; `true` before that.
    pub fn is_reachable(&self) -> bool {
        self.rests_until().is_none()
    }

    /// Whether it answers now.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn ping(&self) -> Result<(), StoreError> {
        let mut ping = redis::pipe();
        ping.cmd("PING").ignore();
        self.ask::<()>(&ping).await
    }

    /// What is kept under a key.
    ///
    /// # Errors
    /// `Unavailable`; `Internal` for a value that is no text of ours.
    pub async fn get(&self, namespace: &str, key: &str) -> Result<Option<String>, StoreError> {
        let mut get = redis::pipe();
        get.cmd("GET").arg(self.entry(namespace, key));
        let (value,) = self.ask(&get).await?;
        Ok(value)
    }

    /// Keeps something under a key until a moment, in place of what was there.
    ///
    /// # Errors
    /// As [`Shared::get`].
    pub async fn put(
        &self,
        namespace: &str,
        key: &str,
        value: &str,
        until: Timestamp,
    ) -> Result<(), StoreError> {
        let now = self.inner.clock.now();
        let left = until.duration_since(now).as_millis();
        if left <= 0 {
            return Ok(());
        }
        let (entry, index) = (self.entry(namespace, key), self.index(namespace));
        let mut put = redis::pipe();
        put.atomic();
        let left = i64::try_from(left).unwrap_or(i64::MAX / 2);
        put.cmd("SET").arg(&entry).arg(value).arg("PX").arg(left);
        put.ignore();
        // The entries of a namespace by the end of their time, for their number.
        put.cmd("ZADD").arg(&index).arg(until.as_millisecond());
        put.arg(key).ignore();
        put.cmd("ZREMRANGEBYSCORE").arg(&index).arg("-inf");
        put.arg(now.as_millisecond()).ignore();
        self.ask::<()>(&put).await
    }

    /// How many entries of a namespace can be had.
    ///
    /// # Errors
    /// As [`Shared::get`].
    pub async fn size(&self, namespace: &str) -> Result<u64, StoreError> {
        let now = self.inner.clock.now().as_millisecond();
        let mut size = redis::pipe();
        let count = size.cmd("ZCOUNT").arg(self.index(namespace));
        count.arg(format!("({now}")).arg("+inf");
        let (count,) = self.ask(&size).await?;
        Ok(count)
    }

    /// Counts one more visit of somebody in a period that begins with the first.
    ///
    /// # Errors
    /// As [`Shared::get`].
    pub async fn count_visit(&self, who: &str, period: Duration) -> Result<Visits, StoreError> {
        let millis = u64::try_from(period.as_millis()).unwrap_or(u64::MAX);
        let key = self.entry("visits", who);
        let mut count = redis::pipe();
        count.atomic();
        count.cmd("SET").arg(&key).arg(0).arg("NX");
        count.arg("PX").arg(millis).ignore();
        count.cmd("INCR").arg(&key);
        count.cmd("PTTL").arg(&key);
        let (count, left): (u64, i64) = self.ask(&count).await?;
        let left = Duration::from_millis(u64::try_from(left).unwrap_or_default());
        Ok(Visits {
            count,
            left: left.min(period),
        })
    }

    fn entry(&self, namespace: &str, key: &str) -> String {
        format!("{}{namespace}|{key}", self.inner.config.prefix)
    }

    fn index(&self, namespace: &str) -> String {
        format!("{}{namespace}", self.inner.config.prefix)
    }

    async fn ask<T: FromRedisValue>(&self, what: &Pipeline) -> Result<T, StoreError> {
        let now = self.inner.clock.now();
        if self.rests_until().is_some_and(|until| now < until) {
            return Err(StoreError::unavailable("Redis did not answer a moment ago"));
        }
        let asked = tokio::time::timeout(self.inner.config.timeout, self.ask_now(what)).await;
        let answer = match asked {
            Ok(Ok(answer)) => answer,
            Ok(Err(error)) if is_ours(&error) => return Err(StoreError::internal(error)),
            Ok(Err(error)) => return Err(self.lost(error.to_string()).await),
            Err(_) => return Err(self.lost("no answer in time".to_owned()).await),
        };
        if self.note(None).is_some() {
            tracing::info!("Redis answers again");
        }
        Ok(answer)
    }

    /// A connection that was lost while nobody asked is made again within the same question.
    async fn ask_now<T: FromRedisValue>(&self, what: &Pipeline) -> Result<T, RedisError> {
        let held = self.inner.connection.lock().await.clone();
        if let Some(mut held) = held {
            match what.query_async(&mut held).await {
                Err(error) if !is_ours(&error) => {}
                answer => return answer,
            }
        }
        let mut fresh = self.connect().await?;
        *self.inner.connection.lock().await = Some(fresh.clone());
        what.query_async(&mut fresh).await
    }

    async fn connect(&self) -> Result<MultiplexedConnection, RedisError> {
        let limit = Some(self.inner.config.timeout);
        let times = AsyncConnectionConfig::new()
            .set_connection_timeout(limit)
            .set_response_timeout(limit);
        let client = &self.inner.client;
        client
            .get_multiplexed_async_connection_with_config(&times)
            .await
    }

    /// Takes note that it does not answer; the next question after the rest connects anew.
    async fn lost(&self, why: String) -> StoreError {
        *self.inner.connection.lock().await = None;
        let rest = self.inner.config.rest;
        let now = self.inner.clock.now();
        let until = now.checked_add(rest).unwrap_or(now);
        if self.note(Some(until)).is_none() {
            tracing::warn!(error = %why, "Redis does not answer; the work goes on without it");
        }
        StoreError::unavailable(why)
    }

    fn note(&self, until: Option<Timestamp>) -> Option<Timestamp> {
        let rests = &self.inner.rests_until;
        let mut rests = rests.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *rests, until)
    }

    fn rests_until(&self) -> Option<Timestamp> {
        let rests = &self.inner.rests_until;
        *rests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the answer came and was not what it should be: asking anew would not help.
fn is_ours(error: &RedisError) -> bool {
    use redis::ErrorKind;
    matches!(
        error.kind(),
        ErrorKind::UnexpectedReturnType | ErrorKind::Parse
    )
}

/// Says nothing of the address, which may hold a password.
impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared")
            .field("is_reachable", &self.is_reachable())
            .finish_non_exhaustive()
    }
}
