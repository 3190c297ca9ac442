//! Which tasks come before which. Nothing may come before itself, however far around.

use std::collections::HashMap;

use domain::task::{NewTask, Task};

use crate::StoreError;
use crate::dialect::Dialect;
use crate::link::Link;
use crate::statement::{Statement, json};

/// One change of dependencies at a time, since two could close a circle together.
const POSTGRES_LOCK: &str = "SELECT pg_advisory_xact_lock(7310593858020254332)";

impl Link {
    pub(super) async fn create_tasks(
        &mut self,
        new: Vec<NewTask>,
        links: &[(usize, usize)],
        parents: &[(usize, usize)],
    ) -> Result<Vec<Task>, StoreError> {
        refuse_circles(new.len(), links)?;
        refuse_circles(new.len(), parents)?;
        refuse_two_parents(parents)?;
        let mut tasks = Vec::with_capacity(new.len());
        for task in new {
            tasks.push(self.create_task(task).await?);
        }
        let ids: Vec<i64> = tasks.iter().map(|task| task.id).collect();
        for &(child, parent) in parents {
            let update = Statement::new("UPDATE tasks SET parent_id = $2 WHERE id = $1");
            self.execute(update.bind(ids[child]).bind(ids[parent]))
                .await?;
            tasks[child].parent_id = Some(ids[parent]);
        }
        for &(task, on) in links {
            self.add_dependencies(ids[task], &[ids[on]]).await?;
            let depends_on = &mut tasks[task].depends_on;
            depends_on.push(ids[on]);
            depends_on.sort_unstable();
            depends_on.dedup();
        }
        Ok(tasks)
    }

    /// Refuses references to tasks that are not there or belong to somebody else.
    pub(super) async fn must_exist(
        &mut self,
        ids: &[i64],
        owner: Option<&str>,
    ) -> Result<(), StoreError> {
        if ids.is_empty() {
            return Ok(());
        }
        let select = Statement::new(format!(
            "SELECT id FROM tasks WHERE id IN {} AND deleted_at IS NULL",
            self.dialect().numbers(1)
        ));
        let select = select.bind(json(ids)?).and_equal("user_id", owner);
        let found = self.list(select, |row| row.get::<i64>("id")).await?;
        match ids.iter().find(|id| !found.contains(id)) {
            Some(id) => Err(StoreError::Invalid(format!(
                "there is no task {id} to refer to"
            ))),
            None => Ok(()),
        }
    }

    pub(super) async fn lock_dependencies(&mut self) -> Result<(), StoreError> {
        match self.dialect() {
            Dialect::Sqlite => Ok(()),
            Dialect::Postgres => self.script(POSTGRES_LOCK.to_owned()).await,
        }
    }

    /// Puts these in place of what a task depends on. The dependencies must be locked.
    pub(super) async fn replace_dependencies(
        &mut self,
        task: i64,
        owner: Option<&str>,
        depends_on: &[i64],
    ) -> Result<(), StoreError> {
        self.must_exist(depends_on, owner).await?;
        if depends_on.contains(&task) || self.is_behind(task, depends_on).await? {
            return Err(StoreError::Invalid(format!(
                "task {task} would depend on itself"
            )));
        }
        let clear = Statement::new("DELETE FROM task_dependencies WHERE task_id = $1");
        self.execute(clear.bind(task)).await?;
        self.add_dependencies(task, depends_on).await
    }

    pub(super) async fn add_dependencies(
        &mut self,
        task: i64,
        depends_on: &[i64],
    ) -> Result<(), StoreError> {
        for on in depends_on {
            let insert = Statement::new(
                "INSERT INTO task_dependencies (task_id, depends_on) VALUES ($1, $2) \
                 ON CONFLICT DO NOTHING",
            );
            self.execute(insert.bind(task).bind(*on)).await?;
        }
        Ok(())
    }

    /// Whether one of the others depends on the task, however far around.
    async fn is_behind(&mut self, task: i64, others: &[i64]) -> Result<bool, StoreError> {
        let reach = Statement::new(format!(
            "WITH RECURSIVE reach (id) AS (\
                 SELECT depends_on FROM task_dependencies WHERE task_id IN {} \
                 UNION \
                 SELECT d.depends_on FROM task_dependencies d JOIN reach r ON d.task_id = r.id) \
             SELECT id FROM reach WHERE id = $2",
            self.dialect().numbers(1)
        ));
        let found = self.optional(reach.bind(json(others)?).bind(task)).await?;
        Ok(found.is_some())
    }
}

/// Refuses pairs out of range, and circles among them.
fn refuse_circles(count: usize, pairs: &[(usize, usize)]) -> Result<(), StoreError> {
    if let Some(&(i, j)) = pairs.iter().find(|(i, j)| *i >= count || *j >= count) {
        return Err(StoreError::Invalid(format!(
            "tasks {i} and {j} cannot be linked: there are {count}"
        )));
    }
    // Kahn: take away what waits for nothing, until nothing is left.
    let mut waits: HashMap<usize, usize> = HashMap::new();
    for (i, _) in pairs {
        *waits.entry(*i).or_default() += 1;
    }
    let mut free: Vec<usize> = (0..count).filter(|i| !waits.contains_key(i)).collect();
    while let Some(done) = free.pop() {
        for (i, _) in pairs.iter().filter(|(_, j)| *j == done) {
            let left = waits.entry(*i).or_default();
            *left -= 1;
            if *left == 0 {
                waits.remove(i);
                free.push(*i);
            }
        }
    }
    match waits.keys().min() {
        Some(i) => Err(StoreError::Invalid(format!(
            "task {i} of the list would come before itself"
        ))),
        None => Ok(()),
    }
}

fn refuse_two_parents(parents: &[(usize, usize)]) -> Result<(), StoreError> {
    let mut seen = HashMap::new();
    for (child, parent) in parents {
        if *seen.entry(child).or_insert(parent) != parent {
            return Err(StoreError::Invalid(format!(
                "task {child} of the list cannot be a part of two others"
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{refuse_circles, refuse_two_parents};

    #[test]
    fn circles_and_wrong_places_are_refused() {
        assert!(refuse_circles(3, &[(1, 0), (2, 1), (2, 0), (2, 0)]).is_ok());
        assert!(refuse_circles(3, &[(0, 1), (1, 2), (2, 0)]).is_err());
        assert!(refuse_circles(3, &[(1, 1)]).is_err());
        assert!(refuse_circles(3, &[(0, 3)]).is_err());
        assert!(refuse_circles(0, &[]).is_ok());
    }

    #[test]
    fn a_task_is_a_part_of_one_other() {
        assert!(refuse_two_parents(&[(1, 0), (1, 0), (2, 0)]).is_ok());
        assert!(refuse_two_parents(&[(2, 0), (2, 1)]).is_err());
    }
}
