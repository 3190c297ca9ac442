//! Answers kept for a while (contract 7.5).

use jiff::Timestamp;

use crate::StoreError;
use crate::link::Link;
use crate::operations::operations;
use crate::statement::Statement;

operations! {
    /// What is kept under a key, unless its time is over.
    read fn cache_get(namespace: &str, key: &str) -> Option<String>;
    /// Keeps something under a key until a moment, in place of what was there.
    write fn cache_put(namespace: &str, key: &str, value: &str, expires_at: Timestamp) -> ();
    /// Forgets what is kept under a key; tells whether there was something.
    write fn cache_delete(namespace: &str, key: &str) -> bool;
    /// Forgets everything whose time is over; tells how much.
    write fn cache_sweep() -> u64;
    /// How many entries of a namespace can be had.
    read fn cache_size(namespace: &str) -> i64;
}

impl Link {
    async fn cache_get(
        &mut self,
        namespace: &str,
        key: &str,
    ) -> Result<Option<String>, StoreError> {
        let select = Statement::new(
            "SELECT value FROM cache_entries WHERE namespace = $1 AND key = $2 AND expires_at > $3",
        );
        let select = select.bind(namespace).bind(key).bind(self.now());
        self.optional(select)
            .await?
            .map(|row| row.get("value"))
            .transpose()
    }

    async fn cache_put(
        &mut self,
        namespace: &str,
        key: &str,
        value: &str,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        let put = Statement::new(
            "INSERT INTO cache_entries (namespace, key, value, expires_at) \
             VALUES ($1, $2, $3, $4) ON CONFLICT (namespace, key) \
             DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at",
        );
        let put = put.bind(namespace).bind(key).bind(value).bind(expires_at);
        self.execute(put).await?;
        Ok(())
    }

    async fn cache_delete(&mut self, namespace: &str, key: &str) -> Result<bool, StoreError> {
        let delete = Statement::new("DELETE FROM cache_entries WHERE namespace = $1 AND key = $2");
        let done = self.execute(delete.bind(namespace).bind(key)).await?;
        Ok(done > 0)
    }

    async fn cache_sweep(&mut self) -> Result<u64, StoreError> {
        let now = self.now();
        let delete = Statement::new("DELETE FROM cache_entries WHERE expires_at <= $1");
        self.execute(delete.bind(now)).await
    }

    async fn cache_size(&mut self, namespace: &str) -> Result<i64, StoreError> {
        let count = Statement::new(
            "SELECT COUNT(*) AS n FROM cache_entries WHERE namespace = $1 AND expires_at > $2",
        );
        let count = count.bind(namespace).bind(self.now());
        self.one(count).await?.get("n")
    }
}
