//! A statement and its arguments, the same for both databases.

use domain::page::Page;
use jiff::Timestamp;
use serde::Serialize;
use sqlx::{Postgres, Sqlite};
use uuid::Uuid;

/// An argument in one of the few types that both databases have.
#[derive(Debug, Clone)]
pub(crate) enum Arg {
    Int(Option<i64>),
    Text(Option<String>),
    Float(Option<f64>),
    Bool(bool),
}

impl From<i64> for Arg {
    fn from(value: i64) -> Self {
        Self::Int(Some(value))
    }
}

impl From<Option<i64>> for Arg {
    fn from(value: Option<i64>) -> Self {
        Self::Int(value)
    }
}

impl From<bool> for Arg {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<f64> for Arg {
    fn from(value: f64) -> Self {
        Self::from(Some(value))
    }
}

impl From<Option<f64>> for Arg {
    /// What is no number is NULL, as SQLite has it.
    fn from(value: Option<f64>) -> Self {
        Self::Float(value.filter(|number| !number.is_nan()))
    }
}

impl From<String> for Arg {
    fn from(value: String) -> Self {
        Self::from(Some(value))
    }
}

impl From<Option<String>> for Arg {
    /// PostgreSQL refuses NUL in a text and SQLite is confused by it: it becomes U+FFFD, one
    /// character like it, so that places in the text stay what they are.
    fn from(value: Option<String>) -> Self {
        Self::Text(value.map(|text| {
            if text.contains('\0') {
                text.replace('\0', "\u{fffd}")
            } else {
                text
            }
        }))
    }
}

impl From<&str> for Arg {
    fn from(value: &str) -> Self {
        Self::from(value.to_owned())
    }
}

impl From<Option<&str>> for Arg {
    fn from(value: Option<&str>) -> Self {
        Self::from(value.map(str::to_owned))
    }
}

impl From<Uuid> for Arg {
    fn from(value: Uuid) -> Self {
        Self::Text(Some(value.to_string()))
    }
}

impl From<Timestamp> for Arg {
    /// Microseconds since 1970 in UTC.
    fn from(value: Timestamp) -> Self {
        Self::Int(Some(value.as_microsecond()))
    }
}

impl From<Option<Timestamp>> for Arg {
    fn from(value: Option<Timestamp>) -> Self {
        Self::Int(value.map(Timestamp::as_microsecond))
    }
}

/// A value as JSON text.
///
/// # Errors
/// A value that JSON cannot hold, such as a map with other keys than texts.
pub(crate) fn json<T: Serialize + ?Sized>(value: &T) -> Result<String, crate::StoreError> {
    serde_json::to_string(value).map_err(crate::StoreError::internal)
}

/// An SQL text with `$1`, `$2`, … and their values.
#[derive(Debug, Clone)]
pub(crate) struct Statement {
    sql: String,
    args: Vec<Arg>,
}

impl Statement {
    pub(crate) fn new(sql: impl Into<String>) -> Self {
        Self {
            sql: sql.into(),
            args: Vec::new(),
        }
    }

    /// Gives the next of the arguments already named in the text.
    pub(crate) fn bind(mut self, arg: impl Into<Arg>) -> Self {
        self.args.push(arg.into());
        self
    }

    /// Goes on with the text.
    pub(crate) fn push(mut self, sql: &str) -> Self {
        self.sql.push_str(sql);
        self
    }

    /// Goes on with an argument.
    pub(crate) fn push_bind(mut self, arg: impl Into<Arg>) -> Self {
        self.args.push(arg.into());
        self.sql.push('$');
        self.sql.push_str(&self.args.len().to_string());
        self
    }

    /// Goes on with `AND column = value`, if there is a value.
    pub(crate) fn and_equal(self, column: &str, value: Option<impl Into<Arg>>) -> Self {
        match value {
            Some(value) => self.push(" AND ").push(column).push(" = ").push_bind(value),
            None => self,
        }
    }

    /// Ends with the part of the list that is wanted.
    pub(crate) fn page(self, page: Page) -> Self {
        self.push(" LIMIT ")
            .push_bind(i64::from(page.limit))
            .push(" OFFSET ")
            .push_bind(i64::try_from(page.offset).unwrap_or(i64::MAX))
    }

    pub(crate) fn for_sqlite(self) -> Bound<Sqlite> {
        let query = sqlx::query(sqlx::AssertSqlSafe(self.sql));
        self.args.into_iter().fold(query, |query, arg| match arg {
            Arg::Int(value) => query.bind(value),
            Arg::Text(value) => query.bind(value),
            Arg::Float(value) => query.bind(value),
            Arg::Bool(value) => query.bind(value),
        })
    }

    pub(crate) fn for_postgres(self) -> Bound<Postgres> {
        let query = sqlx::query(sqlx::AssertSqlSafe(self.sql));
        self.args.into_iter().fold(query, |query, arg| match arg {
            Arg::Int(value) => query.bind(value),
            Arg::Text(value) => query.bind(value),
            Arg::Float(value) => query.bind(value),
            Arg::Bool(value) => query.bind(value),
        })
    }
}

/// A statement ready for one database.
pub(crate) type Bound<DB> = sqlx::query::Query<'static, DB, <DB as sqlx::Database>::Arguments>;
