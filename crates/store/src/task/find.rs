//! Finding and counting tasks.

use domain::page::Page;
use domain::task::{OpenTask, Priority, Status, Task, TaskFilter, TaskOrder, TaskSummary};
use jiff::Timestamp;

use super::{COLUMNS, read, read_due};
use crate::StoreError;
use crate::link::Link;
use crate::statement::{Statement, json};

impl Link {
    pub(super) async fn task(&mut self, id: i64, owner: Option<&str>) -> Result<Task, StoreError> {
        let select = Statement::new(format!("SELECT {COLUMNS} FROM tasks WHERE id = "))
            .push_bind(id)
            .push(" AND deleted_at IS NULL")
            .and_equal("user_id", owner);
        read(&self.one(select).await?)
    }

    pub(super) async fn tasks(
        &mut self,
        filter: &TaskFilter,
        order: TaskOrder,
        page: Page,
    ) -> Result<Vec<Task>, StoreError> {
        let select = filtered(COLUMNS, filter);
        self.list(ordered(select, order).page(page), read).await
    }

    pub(super) async fn tasks_after(
        &mut self,
        filter: &TaskFilter,
        order: TaskOrder,
        after: Option<i64>,
        limit: u32,
    ) -> Result<Vec<Task>, StoreError> {
        let select = filtered(COLUMNS, filter);
        let select = match (after, order) {
            (None, _) => select,
            (Some(id), TaskOrder::NewestFirst) => select.push(" AND id < ").push_bind(id),
            (Some(id), TaskOrder::OldestFirst) => select.push(" AND id > ").push_bind(id),
        };
        let page = Page { limit, offset: 0 };
        self.list(ordered(select, order).page(page), read).await
    }

    pub(super) async fn open_tasks(
        &mut self,
        owner: Option<&str>,
        limit: u32,
    ) -> Result<Vec<OpenTask>, StoreError> {
        let select = Statement::new(
            "SELECT id, summary, due_at, due_day, assignee FROM tasks \
             WHERE deleted_at IS NULL AND status IN ('pending', 'in_progress')",
        );
        let select = match owner {
            Some(_) => select.and_equal("user_id", owner),
            None => select.push(" AND user_id IS NULL"),
        };
        let page = Page { limit, offset: 0 };
        let select = ordered(select, TaskOrder::NewestFirst).page(page);
        self.list(select, |row| {
            Ok(OpenTask {
                id: row.get("id")?,
                summary: row.get("summary")?,
                due: read_due(row)?,
                assignee: row.get("assignee")?,
            })
        })
        .await
    }

    pub(super) async fn tasks_of_messages(
        &mut self,
        message_ids: &[i64],
        owner: Option<&str>,
    ) -> Result<Vec<Task>, StoreError> {
        let select = Statement::new(format!(
            "SELECT {COLUMNS} FROM tasks WHERE deleted_at IS NULL AND message_id IN {}",
            self.dialect().numbers(1)
        ))
        .bind(json(message_ids)?)
        .and_equal("user_id", owner);
        self.list(ordered(select, TaskOrder::OldestFirst), read)
            .await
    }

    pub(super) async fn count_tasks(&mut self, filter: &TaskFilter) -> Result<i64, StoreError> {
        self.one(filtered("COUNT(*) AS n", filter)).await?.get("n")
    }

    pub(super) async fn search_tasks(
        &mut self,
        query: &str,
        owner: Option<&str>,
        page: Page,
    ) -> Result<Vec<Task>, StoreError> {
        let select = Statement::new(format!(
            "SELECT {COLUMNS} FROM tasks WHERE deleted_at IS NULL AND "
        ));
        match self.search(select, "tasks", "summary_words", query, owner) {
            Some(select) => self.list(select.page(page), read).await,
            None => Ok(Vec::new()),
        }
    }

    pub(super) async fn task_summary(
        &mut self,
        owner: Option<&str>,
    ) -> Result<TaskSummary, StoreError> {
        let day_ago = self.now().as_microsecond() - MICROS_PER_DAY;
        // A day is over 24 hours after its start (Task::is_overdue).
        let select = Statement::new(
            "SELECT status, priority, COUNT(*) AS n, COUNT(*) FILTER (WHERE \
             status NOT IN ('completed', 'cancelled') AND \
             (due_day IS NULL AND due_at < $1 OR due_day IS NOT NULL AND due_at <= $2)) AS overdue \
             FROM tasks WHERE deleted_at IS NULL",
        )
        .bind(self.now())
        .bind(day_ago)
        .and_equal("user_id", owner)
        .push(" GROUP BY status, priority");
        let rows = self.all(select).await?;
        let mut counts: Vec<(Status, Priority, i64)> = Vec::new();
        let mut summary = TaskSummary::default();
        for row in &rows {
            let count: i64 = row.get("n")?;
            summary.total += count;
            summary.overdue += row.get::<i64>("overdue")?;
            counts.push((row.parsed("status")?, row.parsed("priority")?, count));
        }
        summary.by_status = sums(Status::ALL, &counts, |entry| entry.0);
        summary.by_priority = sums(Priority::ALL, &counts, |entry| entry.1);
        Ok(summary)
    }
}

const MICROS_PER_DAY: i64 = 24 * 60 * 60 * 1_000_000;

type Count = (Status, Priority, i64);

/// The sum for each word that has one.
fn sums<W: Copy + PartialEq>(
    words: &[W],
    counts: &[Count],
    word_of: fn(&Count) -> W,
) -> Vec<(W, i64)> {
    let sum = |word: &W| -> i64 {
        let of_word = counts.iter().filter(|entry| word_of(entry) == *word);
        of_word.map(|entry| entry.2).sum()
    };
    let sums = words.iter().map(|word| (*word, sum(word)));
    sums.filter(|(_, sum)| *sum > 0).collect()
}

fn filtered(columns: &str, filter: &TaskFilter) -> Statement {
    let statement = Statement::new(format!(
        "SELECT {columns} FROM tasks WHERE deleted_at IS NULL"
    ))
    .and_equal("user_id", filter.user_id.as_deref())
    .and_equal("status", filter.status.map(Status::as_str))
    .and_equal("priority", filter.priority.map(Priority::as_str))
    .and_equal("category", filter.category.as_deref())
    .and_equal("area", filter.area.as_deref())
    .and_equal("assignee", filter.assignee.as_deref());
    let statement = bound(statement, " AND due_at >= ", filter.due_from);
    bound(statement, " AND due_at <= ", filter.due_to)
}

fn bound(statement: Statement, condition: &str, moment: Option<Timestamp>) -> Statement {
    match moment {
        Some(moment) => statement.push(condition).push_bind(moment),
        None => statement,
    }
}

fn ordered(statement: Statement, order: TaskOrder) -> Statement {
    statement.push(match order {
        TaskOrder::NewestFirst => " ORDER BY id DESC",
        TaskOrder::OldestFirst => " ORDER BY id",
    })
}
