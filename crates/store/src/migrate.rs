//! The schema and its history.
//!
//! Migrations are embedded and only go forward. All that are missing are applied in one
//! transaction, which on PostgreSQL holds a lock and on SQLite is the only writer, so any number
//! of processes may start at the same time. A schema that is newer than this program is refused:
//! it would be read wrongly.

use jiff::Timestamp;

use crate::StoreError;
use crate::dialect::Dialect;
use crate::link::Link;
use crate::statement::Statement;

/// A step of the schema.
struct Step {
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

/// Step *n* of this list is version *n* + 1. Steps are added at the end and never changed.
const STEPS: &[Step] = &[
    Step {
        name: "records",
        sqlite: include_str!("../migrations/0001_records.sql"),
        postgres: include_str!("../migrations/0001_records.sql"),
    },
    Step {
        name: "search",
        sqlite: include_str!("../migrations/0002_search.sqlite.sql"),
        postgres: include_str!("../migrations/0002_search.postgres.sql"),
    },
    Step {
        name: "job keys",
        sqlite: include_str!("../migrations/0003_job_keys.sql"),
        postgres: include_str!("../migrations/0003_job_keys.sql"),
    },
    Step {
        name: "next tasks",
        sqlite: include_str!("../migrations/0004_next_tasks.sql"),
        postgres: include_str!("../migrations/0004_next_tasks.sql"),
    },
    Step {
        name: "tasks of messages",
        sqlite: include_str!("../migrations/0005_tasks_of_messages.sql"),
        postgres: include_str!("../migrations/0005_tasks_of_messages.sql"),
    },
];

const HISTORY: &str = "CREATE TABLE IF NOT EXISTS schema_migrations \
     (version BIGINT PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)";

/// Waits for other processes that migrate, and takes the time that a large table needs.
const POSTGRES_ALONE: &str = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; \
     SELECT pg_advisory_xact_lock(7310593858020254331)";

/// A step of the schema and when it was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migration {
    /// Its number, from 1.
    pub version: i64,
    /// What it brings.
    pub name: String,
    /// When it was applied; `None` if it was not yet.
    pub applied_at: Option<Timestamp>,
}

impl Link {
    /// Applies what is missing, up to a version if one is given.
    pub(crate) async fn migrate(&mut self, up_to: Option<i64>) -> Result<(), StoreError> {
        if self.dialect() == Dialect::Postgres {
            self.script(POSTGRES_ALONE.to_owned()).await?;
        }
        self.script(HISTORY.to_owned()).await?;
        for migration in self.migrations().await? {
            let wanted = up_to.is_none_or(|last| migration.version <= last);
            if migration.applied_at.is_none() && wanted {
                self.apply(migration.version).await?;
            }
        }
        Ok(())
    }

    async fn apply(&mut self, version: i64) -> Result<(), StoreError> {
        let step = usize::try_from(version - 1)
            .ok()
            .and_then(|index| STEPS.get(index))
            .ok_or(StoreError::NotFound)?;
        let dialect = self.dialect();
        let text = match dialect {
            Dialect::Sqlite => step.sqlite,
            Dialect::Postgres => step.postgres,
        };
        self.script(dialect.render(text)).await?;
        let note = Statement::new(
            "INSERT INTO schema_migrations (version, name, applied_at) VALUES ($1, $2, $3)",
        );
        let now = self.now();
        self.execute(note.bind(version).bind(step.name).bind(now))
            .await?;
        tracing::info!(
            migration.version = version,
            "applied migration {:?}",
            step.name
        );
        Ok(())
    }

    /// The migrations this program knows, oldest first.
    pub(crate) async fn migrations(&mut self) -> Result<Vec<Migration>, StoreError> {
        let applied = self.applied().await?;
        if let Some((newest, _)) = applied
            .iter()
            .max()
            .filter(|newest| newest.0 > newest_known())
        {
            return Err(StoreError::Invalid(format!(
                "the database has schema version {newest}, but this program knows only versions \
                 up to {}: use the program that made it, or a newer one",
                newest_known(),
            )));
        }
        let known = (1..).zip(STEPS).map(|(version, step)| Migration {
            version,
            name: step.name.to_owned(),
            applied_at: applied
                .iter()
                .find_map(|(number, when)| (*number == version).then_some(*when)),
        });
        Ok(known.collect())
    }

    async fn applied(&mut self) -> Result<Vec<(i64, Timestamp)>, StoreError> {
        let exists = Statement::new(match self.dialect() {
            Dialect::Sqlite => {
                "SELECT COUNT(*) AS n FROM sqlite_master WHERE name = 'schema_migrations'"
            }
            Dialect::Postgres => {
                "SELECT COUNT(*) AS n FROM pg_class WHERE oid = to_regclass('schema_migrations')"
            }
        });
        if self.one(exists).await?.get::<i64>("n")? == 0 {
            return Ok(Vec::new());
        }
        let history = Statement::new("SELECT version, applied_at FROM schema_migrations");
        self.list(history, |row| {
            Ok((row.get("version")?, row.moment("applied_at")?))
        })
        .await
    }
}

fn newest_known() -> i64 {
    i64::try_from(STEPS.len()).unwrap_or(i64::MAX)
}
