//! The same to many tasks: all or nothing (contract D8.28).

use std::collections::HashSet;

use domain::task::{Task, TaskBatch};

use super::{COLUMNS, read};
use crate::StoreError;
use crate::link::Link;
use crate::statement::{Statement, json};

impl Link {
    pub(super) async fn batch_tasks(
        &mut self,
        ids: &[i64],
        owner: Option<&str>,
        batch: TaskBatch,
    ) -> Result<Vec<Task>, StoreError> {
        let mut seen = HashSet::new();
        let ids: Vec<i64> = ids.iter().copied().filter(|id| seen.insert(*id)).collect();
        let may_be_deleted = batch == TaskBatch::Restore;
        if let TaskBatch::Set(patch) = &batch
            && patch.depends_on.is_some()
        {
            self.lock_dependencies().await?;
        }
        self.lock_tasks(&ids, owner, may_be_deleted).await?;
        let mut tasks = Vec::with_capacity(ids.len());
        match batch {
            TaskBatch::Set(patch) => {
                for id in ids {
                    tasks.push(self.update_task(id, owner, (*patch).clone()).await?);
                }
            }
            TaskBatch::Restore => {
                for id in ids {
                    tasks.push(self.restore_task(id, owner).await?);
                }
            }
            TaskBatch::Delete => tasks = self.delete_tasks(&ids).await?,
        }
        Ok(tasks)
    }

    async fn delete_tasks(&mut self, ids: &[i64]) -> Result<Vec<Task>, StoreError> {
        let now = self.now();
        let delete = Statement::new(format!(
            "UPDATE tasks SET deleted_at = $2, updated_at = $2 WHERE id IN {} RETURNING {COLUMNS}",
            self.dialect().numbers(1)
        ));
        let mut tasks = self.list(delete.bind(json(ids)?).bind(now), read).await?;
        tasks.sort_by_key(|task| ids.iter().position(|id| *id == task.id));
        Ok(tasks)
    }

    /// Takes hold of the tasks, in an order that keeps two batches from waiting for each other.
    async fn lock_tasks(
        &mut self,
        ids: &[i64],
        owner: Option<&str>,
        may_be_deleted: bool,
    ) -> Result<(), StoreError> {
        let alive = if may_be_deleted {
            ""
        } else {
            " AND deleted_at IS NULL"
        };
        let select = Statement::new(format!(
            "SELECT id FROM tasks WHERE id IN {}{alive}",
            self.dialect().numbers(1)
        ))
        .bind(json(ids)?)
        .and_equal("user_id", owner)
        .push(" ORDER BY id")
        .push(self.dialect().lock_rows());
        let found = self.list(select, |row| row.get::<i64>("id")).await?;
        let found: HashSet<i64> = found.into_iter().collect();
        let missing: Vec<i64> = ids
            .iter()
            .copied()
            .filter(|id| !found.contains(id))
            .collect();
        if missing.is_empty() {
            Ok(())
        } else {
            Err(StoreError::TasksNotFound(missing))
        }
    }
}
