//! What repeats: when such a task is done, the next one is made, in the transaction that closes it and
//! once only, however often it is closed.

use domain::task::{Due, NewTask, Status, Task, TaskBatch, TaskPatch};
use extract::date::recurrence::next_after;
use jiff::Zoned;
use store::{StoreError, Transaction};

use crate::View;
use crate::work::Work;

impl View {
    /// Changes one task.
    pub(crate) async fn change_task(&self, id: i64, patch: TaskPatch) -> Result<Task, StoreError> {
        let closes = patch.status == Some(Status::Completed);
        let mut transaction = self.store().begin().await?;
        let mut task = transaction.update_task(id, self.owner(), patch).await?;
        let made = closes && self.follow(&mut transaction, &mut task).await?;
        transaction.commit().await?;
        self.wake_for(made);
        Ok(task)
    }

    /// Changes many tasks, or none.
    pub(crate) async fn change_tasks(
        &self,
        ids: &[i64],
        change: TaskBatch,
    ) -> Result<Vec<Task>, StoreError> {
        let closes =
            matches!(&change, TaskBatch::Set(patch) if patch.status == Some(Status::Completed));
        let mut transaction = self.store().begin().await?;
        let mut tasks = transaction.batch_tasks(ids, self.owner(), change).await?;
        let mut made = false;
        for task in tasks.iter_mut().filter(|_| closes) {
            made |= self.follow(&mut transaction, task).await?;
        }
        transaction.commit().await?;
        self.wake_for(made);
        Ok(tasks)
    }

    /// Makes the task that follows on one that was just closed; tells whether there is one. The row
    /// of the closed task is held by the transaction, so two who close it at once make one.
    async fn follow(
        &self,
        transaction: &mut Transaction,
        task: &mut Task,
    ) -> Result<bool, StoreError> {
        let done = self.parts.clock.now().to_zoned(self.own_zone());
        let Some(next) = next(task, &done).filter(|_| task.next_id.is_none()) else {
            return Ok(false);
        };
        let made = transaction.create_task(next).await?;
        transaction.set_next_task(task.id, made.id).await?;
        let job = Work::Suggest { task_id: made.id }.to_job();
        transaction.enqueue(job).await?;
        task.next_id = Some(made.id);
        Ok(true)
    }

    fn wake_for(&self, made: bool) {
        if made {
            self.parts.wake.notify_one();
        }
    }
}

/// The task that follows when one is done; none where it does not repeat, or no more. What has no
/// deadline repeats from the day on which it was done.
fn next(task: &Task, done: &Zoned) -> Option<NewTask> {
    let rule = task.recurrence.as_deref()?;
    let due = match task.due {
        None => extract::Due::Day(done.date()),
        Some(Due::Day(day)) => extract::Due::Day(day),
        Some(Due::Moment(moment)) => {
            extract::Due::Moment(moment.to_zoned(done.time_zone().clone()))
        }
    };
    let next = next_after(rule, &due, done)?;
    let due = match next.due {
        extract::Due::Day(day) => Due::Day(day),
        extract::Due::Moment(moment) => Due::Moment(moment.timestamp()),
    };
    Some(task.repeated(due, next.rrule))
}
