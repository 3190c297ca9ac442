//! Answers that are kept for a while (contract 7.5), in namespaces that are counted apart.
//!
//! `ask` lives in memory, `questions` in what outlives the process ([`LastingCache`]). Keys of `ask` are asked for once: who asks for one that is just being made waits
//! for it, and if its maker leaves, the next of those who wait makes it. Failures are never kept.

mod lasting;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use domain::Clock;
use jiff::Timestamp;
use moka::Expiry;
use moka::future::Cache;
use moka::policy::EvictionPolicy;

use crate::Assistant;
use crate::ask::KeptAnswer;
use crate::questions::NAMESPACE;

pub(crate) use lasting::LastingCache;

/// How long a look at the size of what is kept may take.
const PATIENCE: Duration = Duration::from_millis(500);

/// How long answers are kept, and how many.
#[derive(Debug, Clone, PartialEq)]
pub struct CacheConfig {
    /// How long an answer of `/api/ask` is kept.
    pub ask_ttl: Duration,
    /// How many answers of `/api/ask` are kept; the least recently used goes first.
    pub ask_most: u64,
    /// How long questions are kept.
    pub question_ttl: Duration,
}

impl Default for CacheConfig {
    fn default() -> Self {
        Self {
            ask_ttl: Duration::from_mins(10),
            ask_most: 1000,
            question_ttl: Duration::from_hours(30 * 24),
        }
    }
}

/// How a namespace, or all of them, did since the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CacheUse {
    /// Found.
    pub hits: u64,
    /// Not found.
    pub misses: u64,
}

impl CacheUse {
    /// Found or not.
    pub fn requests(self) -> u64 {
        self.hits + self.misses
    }

    /// Found of all in percent, two decimals; 0 before the first.
    pub fn hit_rate(self) -> f64 {
        match self.requests() {
            0 => 0.0,
            requests => (10_000.0 * self.hits as f64 / requests as f64).round() / 100.0,
        }
    }
}

/// A namespace as its page shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct CacheState {
    /// Entries that can be found now.
    pub size: u64,
    /// The most there can be, where there is a limit.
    pub max_size: Option<u64>,
    /// How long an entry is kept.
    pub ttl: Duration,
    /// How it did.
    pub used: CacheUse,
}

/// Every namespace.
pub(crate) struct Caches {
    pub(crate) ask: MemoryCache<KeptAnswer>,
    /// Looks for questions, which `lasting` keeps.
    pub(crate) questions: Tally,
    pub(crate) lasting: LastingCache,
}

impl Caches {
    pub(crate) fn new(config: &CacheConfig, lasting: LastingCache, clock: Arc<dyn Clock>) -> Self {
        Self {
            ask: MemoryCache::new(config.ask_ttl, config.ask_most, clock),
            questions: Tally::default(),
            lasting,
        }
    }
}

impl Assistant {
    /// The namespaces by name.
    pub async fn caches(&self) -> BTreeMap<&'static str, CacheState> {
        let size = self.parts.caches.lasting.size(NAMESPACE);
        // A page about caches does not wait for a server that is gone.
        let size = tokio::time::timeout(PATIENCE, size).await;
        let size = size.unwrap_or_default();
        let questions = CacheState {
            size,
            max_size: None,
            ttl: self.parts.config.cache.question_ttl,
            used: self.parts.caches.questions.used(),
        };
        BTreeMap::from([
            ("ask", self.parts.caches.ask.state().await),
            (NAMESPACE, questions),
        ])
    }
}

/// Counts looks into a namespace.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    hits: AtomicU64,
    misses: AtomicU64,
}

impl Tally {
    /// Counts one.
    pub(crate) fn count(&self, is_hit: bool) {
        let counter = if is_hit { &self.hits } else { &self.misses };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    /// How it did.
    pub(crate) fn used(&self) -> CacheUse {
        CacheUse {
            hits: self.hits.load(Ordering::Relaxed),
            misses: self.misses.load(Ordering::Relaxed),
        }
    }
}

/// One namespace in memory.
pub(crate) struct MemoryCache<V> {
    entries: Cache<String, Entry<V>>,
    clock: Arc<dyn Clock>,
    ttl: Duration,
    most: u64,
    tally: Tally,
}

#[derive(Clone)]
struct Entry<V> {
    value: V,
    ttl: Duration,
    expires_at: Timestamp,
}

/// Frees the memory of entries whose time is over. Whether one may still be used is decided by the
/// assistant's clock.
struct OwnTime;

impl<V> Expiry<String, Entry<V>> for OwnTime {
    fn expire_after_create(
        &self,
        _key: &String,
        entry: &Entry<V>,
        _now: Instant,
    ) -> Option<Duration> {
        Some(entry.ttl)
    }

    fn expire_after_update(
        &self,
        _key: &String,
        entry: &Entry<V>,
        _now: Instant,
        _left: Option<Duration>,
    ) -> Option<Duration> {
        Some(entry.ttl)
    }
}

/// What came of a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Looked<V> {
    /// It was there, or somebody else was making it.
    Found(V),
    /// It was made now.
    Made(V),
}

impl<V: Clone + Send + Sync + 'static> MemoryCache<V> {
    fn new(ttl: Duration, most: u64, clock: Arc<dyn Clock>) -> Self {
        let entries = Cache::builder()
            .max_capacity(most)
            .eviction_policy(EvictionPolicy::lru())
            .expire_after(OwnTime)
            .build();
        Self {
            entries,
            clock,
            ttl,
            most,
            tally: Tally::default(),
        }
    }

    /// How long an entry is kept.
    pub(crate) fn ttl(&self) -> Duration {
        self.ttl
    }

    /// What is kept under a key; else what is made, which tells how long it may be kept.
    ///
    /// # Errors
    /// That of the making, for everybody who waited for it.
    pub(crate) async fn get_or_make<E: Send + Sync + 'static>(
        &self,
        key: &str,
        maker: impl Future<Output = Result<(V, Duration), E>>,
    ) -> Result<Looked<V>, Arc<E>> {
        if let Some(entry) = self.entries.get(key).await
            && entry.expires_at <= self.clock.now()
        {
            self.entries.invalidate(key).await;
        }
        let made = async {
            let (value, ttl) = maker.await?;
            let expires_at = self.clock.now().checked_add(ttl);
            Ok(Entry {
                value,
                ttl,
                expires_at: expires_at.unwrap_or(Timestamp::MAX),
            })
        };
        let made = Box::pin(made);
        let found = self
            .entries
            .entry_by_ref(key)
            .or_try_insert_with(made)
            .await;
        let is_hit = found.as_ref().is_ok_and(|entry| !entry.is_fresh());
        self.tally.count(is_hit);
        let value = found?.into_value().value;
        Ok(if is_hit {
            Looked::Found(value)
        } else {
            Looked::Made(value)
        })
    }

    async fn state(&self) -> CacheState {
        self.entries.run_pending_tasks().await;
        let now = self.clock.now();
        let alive = self
            .entries
            .iter()
            .filter(|(_, entry)| entry.expires_at > now);
        CacheState {
            size: alive.count() as u64,
            max_size: Some(self.most),
            ttl: self.ttl,
            used: self.tally.used(),
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::ManualClock;

    use super::*;

    const MINUTE: Duration = Duration::from_mins(1);

    fn cache(most: u64) -> (MemoryCache<u32>, Arc<ManualClock>) {
        let clock = Arc::new(ManualClock::new("2026-03-10T10:00:00Z".parse().unwrap()));
        let time = Arc::clone(&clock) as Arc<dyn Clock>;
        (MemoryCache::new(10 * MINUTE, most, time), clock)
    }

    async fn look(cache: &MemoryCache<u32>, key: &str, made: u32, ttl: Duration) -> Looked<u32> {
        let maker = async { Ok::<_, ()>((made, ttl)) };
        cache.get_or_make(key, maker).await.unwrap()
    }

    #[tokio::test]
    async fn each_entry_has_its_own_time() {
        let (cache, clock) = cache(10);
        look(&cache, "long", 1, 10 * MINUTE).await;
        look(&cache, "short", 2, MINUTE).await;
        clock.advance(jiff::SignedDuration::from_mins(1));
        assert_eq!(look(&cache, "long", 3, MINUTE).await, Looked::Found(1));
        assert_eq!(cache.state().await.size, 1);
        assert_eq!(look(&cache, "short", 4, MINUTE).await, Looked::Made(4));
        assert_eq!(cache.tally.used(), CacheUse { hits: 1, misses: 3 });
        assert!((cache.tally.used().hit_rate() - 25.0).abs() < 1e-9);
    }

    #[tokio::test]
    async fn the_least_recently_used_goes_first() {
        let (cache, _clock) = cache(2);
        for (key, value) in [("a", 1), ("b", 2)] {
            look(&cache, key, value, MINUTE).await;
        }
        cache.state().await;
        look(&cache, "a", 0, MINUTE).await;
        look(&cache, "c", 3, MINUTE).await;
        assert_eq!(cache.state().await.size, 2);
        assert_eq!(look(&cache, "a", 9, MINUTE).await, Looked::Found(1));
        assert_eq!(look(&cache, "b", 9, MINUTE).await, Looked::Made(9));
    }

    #[tokio::test]
    async fn the_same_key_is_made_once_and_a_failure_is_not_kept() {
        let (cache, _clock) = cache(10);
        let slow = |value| async move {
            tokio::task::yield_now().await;
            Ok::<_, ()>((value, MINUTE))
        };
        let (one, two) = tokio::join!(
            cache.get_or_make("k", slow(1)),
            cache.get_or_make("k", slow(2))
        );
        assert_eq!((one, two), (Ok(Looked::Made(1)), Ok(Looked::Found(1))));
        let failed = cache.get_or_make("f", async { Err("no") }).await;
        assert_eq!(failed, Err(Arc::new("no")));
        assert_eq!(look(&cache, "f", 5, MINUTE).await, Looked::Made(5));
    }

    #[tokio::test]
    async fn when_the_maker_leaves_another_makes_it() {
        let (cache, _clock) = cache(10);
        let mut first = Box::pin(cache.get_or_make("k", std::future::pending::<Result<_, ()>>()));
        assert!(futures_util::poll!(&mut first).is_pending());
        let mut second = Box::pin(look(&cache, "k", 2, MINUTE));
        assert!(futures_util::poll!(&mut second).is_pending());
        drop(first);
        assert_eq!(second.await, Looked::Made(2));
    }
}
