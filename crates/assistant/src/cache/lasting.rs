//! What is kept beyond the process (contract 7.5, 003-A7, 003-C4, D8.39): in Redis where one is set up
//! and answers, else in the database. A cache that fails is an empty one; it never fails a request.

use jiff::Timestamp;
use store::{Shared, Store, StoreError};

/// Entries by namespace and key, each until its moment.
pub(crate) struct LastingCache {
    store: Store,
    shared: Option<Shared>,
}

impl LastingCache {
    pub(crate) fn new(store: Store, shared: Option<Shared>) -> Self {
        Self { store, shared }
    }

    /// What is kept under a key. The database is looked into after Redis too: it has what was kept
    /// while Redis did not answer.
    pub(crate) async fn get(&self, namespace: &str, key: &str) -> Option<String> {
        if let Some(shared) = &self.shared
            && let Ok(Some(value)) = shared.get(namespace, key).await
        {
            return Some(value);
        }
        let found = self.store.cache_get(namespace, key).await;
        found.unwrap_or_else(|error| {
            tracing::warn!(%error, "the cache does not answer");
            None
        })
    }

    /// Keeps something under a key until a moment, in place of what was there.
    pub(crate) async fn put(&self, namespace: &str, key: &str, value: &str, until: Timestamp) {
        if let Some(shared) = &self.shared
            && shared.put(namespace, key, value, until).await.is_ok()
        {
            return;
        }
        if let Err(error) = self.put_in_store(namespace, key, value, until).await {
            tracing::warn!(%error, "an answer could not be kept in the cache");
        }
    }

    /// What is over goes when something new comes, so that nothing grows without end.
    async fn put_in_store(
        &self,
        namespace: &str,
        key: &str,
        value: &str,
        until: Timestamp,
    ) -> Result<(), StoreError> {
        self.store.cache_put(namespace, key, value, until).await?;
        self.store.cache_sweep().await?;
        Ok(())
    }

    /// How many entries of a namespace can be had from where they are kept now; 0 where that does not
    /// answer.
    pub(crate) async fn size(&self, namespace: &str) -> u64 {
        if let Some(shared) = &self.shared
            && let Ok(size) = shared.size(namespace).await
        {
            return size;
        }
        let size = self.store.cache_size(namespace).await;
        size.map_or(0, |size| u64::try_from(size).unwrap_or_default())
    }
}
