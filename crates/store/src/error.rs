//! What can come of asking the store, by what the caller can do about it.

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why the store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such record, or it belongs to somebody else. Nothing was changed.
    #[error("no such record")]
    NotFound,
    /// Some of the tasks of a batch do not exist, are deleted, or belong to somebody else.
    #[error("no such tasks: {}", list(.0))]
    TasksNotFound(Vec<i64>),
    /// Something like it exists already; the text says what.
    #[error("{0}")]
    Conflict(String),
    /// What was asked can never be done; the text says why.
    #[error("{0}")]
    Invalid(String),
    /// The database cannot be reached or cannot work now; the same may succeed later.
    #[error("the database is unavailable")]
    Unavailable(#[source] Cause),
    /// A fault of ours, or damaged data.
    #[error("the database failed")]
    Internal(#[source] Cause),
}

impl StoreError {
    /// Says of a conflict what it is about.
    pub(crate) fn in_conflict(self, what: &str) -> Self {
        match self {
            Self::Conflict(_) => Self::Conflict(what.to_owned()),
            other => other,
        }
    }

    pub(crate) fn internal(cause: impl Into<Cause>) -> Self {
        Self::Internal(cause.into())
    }

    pub(crate) fn unavailable(cause: impl Into<Cause>) -> Self {
        Self::Unavailable(cause.into())
    }
}

fn list(ids: &[i64]) -> String {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    ids.join(", ")
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        use sqlx::Error as E;
        match &error {
            E::RowNotFound => Self::NotFound,
            E::Database(cause) => match cause.kind() {
                sqlx::error::ErrorKind::UniqueViolation => {
                    Self::Conflict("such a record exists already".to_owned())
                }
                sqlx::error::ErrorKind::ForeignKeyViolation => {
                    Self::Invalid("it refers to a record that does not exist".to_owned())
                }
                _ if may_pass(cause.code().as_deref().unwrap_or_default()) => {
                    Self::unavailable(error)
                }
                _ => Self::internal(error),
            },
            E::Io(_)
            | E::Tls(_)
            | E::Protocol(_)
            | E::PoolTimedOut
            | E::PoolClosed
            | E::WorkerCrashed
            | E::BeginFailed => Self::unavailable(error),
            _ => Self::internal(error),
        }
    }
}

/// Whether an error of the database can pass by itself or by what an operator does.
fn may_pass(code: &str) -> bool {
    // SQLSTATE has five characters, SQLite's extended result codes are numbers below 10000.
    if code.len() == 5 {
        // 08 connection, 28 login, 3D unknown database, 40 conflict of transactions, 53 no room or
        // no connection left, 55 locked or closed to connections, 57 shut down or cancelled,
        // 58 disk; 25006 a stand-by server.
        return ["08", "28", "3D", "40", "53", "55", "57", "58"].contains(&&code[..2])
            || code == "25006";
    }
    // busy, locked, read-only, disk error, disk full, cannot open (sqlite.org/rescode.html)
    code.parse::<u32>()
        .is_ok_and(|code| matches!(code & 0xff, 5 | 6 | 8 | 10 | 13 | 14))
}

/// Whether SQLite says that somebody else is at work on the file.
pub(crate) fn is_busy(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .and_then(|cause| cause.code()?.parse::<u32>().ok())
        .is_some_and(|code| code & 0xff == 5)
}

#[cfg(test)]
mod tests {
    use super::may_pass;

    #[test]
    fn what_may_pass_is_told_from_what_will_not() {
        for code in [
            "08006", "53300", "53100", "57P01", "57014", "25006", "5", "517", "13", "2570",
        ] {
            assert!(may_pass(code), "{code}");
        }
        for code in ["42601", "23514", "22021", "1", "11", "26", ""] {
            assert!(!may_pass(code), "{code}");
        }
    }
}
