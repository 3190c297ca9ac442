//! Small values that outlive a restart, such as the states of breakers.

use serde_json::Value;

use crate::StoreError;
use crate::link::Link;
use crate::operations::operations;
use crate::statement::Statement;

operations! {
    /// The value of a key, if there is one.
    read fn get_state(key: &str) -> Option<Value>;
    /// Gives a key a value.
    write fn put_state(key: &str, value: &Value) -> ();
}

impl Link {
    async fn get_state(&mut self, key: &str) -> Result<Option<Value>, StoreError> {
        let select = Statement::new("SELECT value FROM states WHERE key = $1");
        let row = self.optional(select.bind(key)).await?;
        row.map(|row| row.json("value")).transpose()
    }

    async fn put_state(&mut self, key: &str, value: &Value) -> Result<(), StoreError> {
        let now = self.now();
        let put = Statement::new(
            "INSERT INTO states (key, value, updated_at) VALUES ($1, $2, $3) \
             ON CONFLICT (key) DO UPDATE SET value = excluded.value, \
             updated_at = excluded.updated_at",
        );
        self.execute(put.bind(key).bind(value.to_string()).bind(now))
            .await?;
        Ok(())
    }
}
