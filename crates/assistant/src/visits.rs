//! How often somebody came, counted over all processes that share a Redis (contract D8.27).

use std::time::Duration;

pub use store::Visits;

use crate::Assistant;

impl Assistant {
    /// Counts one more visit in a period that begins with the first. `None` where nothing is shared or
    /// it does not answer: then every process counts for itself.
    pub async fn count_visit(&self, who: &str, period: Duration) -> Option<Visits> {
        let shared = self.parts.shared.as_ref()?;
        shared.count_visit(who, period).await.ok()
    }

    /// Whether the Redis that is set up answered when it was last asked; `None` without one.
    pub fn shared_answers(&self) -> Option<bool> {
        Some(self.parts.shared.as_ref()?.is_reachable())
    }
}
