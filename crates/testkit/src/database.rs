//! Databases of a test's own: a fresh SQLite file, and a fresh database on the throw-away PostgreSQL.
//!
//! A test that speaks to the database runs on both: `for database in databases() { … }`. Nothing here
//! knows SQL drivers; PostgreSQL's own client creates and drops.

use std::process::Command;

use tempfile::TempDir;
use uuid::Uuid;

/// Where `make test` and `cargo xtask test` say that their PostgreSQL is.
const SERVER: &str = "TEST_POSTGRES_URL";

/// One empty database, which goes when this value goes.
#[derive(Debug)]
pub struct TestDatabase {
    engine: Engine,
    url: String,
}

#[derive(Debug)]
enum Engine {
    /// Holds the folder of the file.
    Sqlite(#[expect(dead_code, reason = "its end removes the folder")] TempDir),
    Postgres {
        server: String,
        name: String,
    },
}

/// One empty database of each kind.
///
/// # Panics
/// As [`sqlite`] and [`postgres`] do.
pub fn databases() -> Vec<TestDatabase> {
    vec![sqlite(), postgres()]
}

/// An empty SQLite file in a folder of its own.
///
/// # Panics
/// When the machine has no room for it.
pub fn sqlite() -> TestDatabase {
    #[expect(clippy::expect_used, reason = "a test without its folder cannot go on")]
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite://{}", folder.path().join("test.db").display());
    TestDatabase {
        engine: Engine::Sqlite(folder),
        url,
    }
}

/// An empty database on the throw-away PostgreSQL.
///
/// # Panics
/// When no server is there, with the commands that bring one.
pub fn postgres() -> TestDatabase {
    let server = crate::server_address(SERVER, "PostgreSQL");
    let name = format!("test_{}", Uuid::new_v4().simple());
    execute(&server, &format!("CREATE DATABASE {name}"));
    TestDatabase {
        url: address_of(&server, &name),
        engine: Engine::Postgres { server, name },
    }
}

impl TestDatabase {
    /// Where it is, as `DATABASE_URL` takes it.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// `sqlite` or `postgres`, for messages of failing tests.
    pub fn engine(&self) -> &'static str {
        match self.engine {
            Engine::Sqlite(_) => "sqlite",
            Engine::Postgres { .. } => "postgres",
        }
    }

    /// Whether it is PostgreSQL, for what only one of the two can show.
    pub fn is_postgres(&self) -> bool {
        matches!(self.engine, Engine::Postgres { .. })
    }

    /// Cuts every connection to a PostgreSQL database, as a restart of the server would.
    ///
    /// # Panics
    /// On SQLite, which has no connections to cut.
    pub fn cut_connections(&self) {
        let (server, name) = self.on_postgres("cut connections");
        let query = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname =";
        execute(server, &format!("{query} '{name}'"));
    }

    /// Lets new connections to a PostgreSQL database in, or keeps them out: with
    /// [`TestDatabase::cut_connections`], a server that is down.
    ///
    /// # Panics
    /// On SQLite.
    pub fn allow_connections(&self, allowed: bool) {
        let (server, name) = self.on_postgres("refuse connections");
        execute(
            server,
            &format!("ALTER DATABASE {name} ALLOW_CONNECTIONS {allowed}"),
        );
    }

    fn on_postgres(&self, what: &str) -> (&str, &str) {
        match &self.engine {
            Engine::Postgres { server, name } => (server, name),
            #[expect(
                clippy::panic,
                reason = "a test that asks this has taken the wrong database"
            )]
            Engine::Sqlite(_) => panic!("only PostgreSQL can {what}"),
        }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Engine::Postgres { server, name } = &self.engine {
            // The server itself goes after the tests, so a database left over costs nothing, and a
            // panic in here would hide the test's own.
            let _ = psql(server, &format!("DROP DATABASE {name} WITH (FORCE)"));
        }
    }
}

/// The server's address with another database at its end.
fn address_of(server: &str, name: &str) -> String {
    let (address, options) = server.split_once('?').unwrap_or((server, ""));
    let host_at = address.find("://").map_or(0, |at| at + 3);
    let path_at = address[host_at..]
        .find('/')
        .map_or(address.len(), |at| host_at + at);
    let mark = if options.is_empty() { "" } else { "?" };
    format!("{}/{name}{mark}{options}", &address[..path_at])
}

fn execute(server: &str, statement: &str) {
    if let Err(failure) = psql(server, statement) {
        #[expect(clippy::panic, reason = "a test without its database cannot go on")]
        {
            panic!("psql, {statement}: {failure}");
        }
    }
}

fn psql(server: &str, statement: &str) -> Result<(), String> {
    let output = Command::new("psql")
        .args(["--no-psqlrc", "--quiet", "--output=/dev/null"])
        .args(["--command", statement, server])
        .output()
        .map_err(|error| error.to_string())?;
    if output.status.success() {
        Ok(())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_database_takes_the_place_of_the_server_s_own() {
        let address = address_of("postgres://me@127.0.0.1:5432/postgres", "t");
        assert_eq!(address, "postgres://me@127.0.0.1:5432/t");
        let address = address_of("postgres://127.0.0.1?sslmode=disable", "t");
        assert_eq!(address, "postgres://127.0.0.1/t?sslmode=disable");
    }

    #[test]
    fn a_sqlite_file_goes_with_its_test() {
        let database = sqlite();
        let path = database.url().strip_prefix("sqlite://").unwrap().to_owned();
        std::fs::write(&path, "").unwrap();
        drop(database);
        assert!(!std::path::Path::new(&path).exists());
    }

    #[test]
    fn a_postgres_database_is_empty_and_goes_with_its_test() {
        let database = postgres();
        let url = database.url().to_owned();
        psql(&url, "CREATE TABLE t (id BIGINT)").unwrap();
        let other = postgres();
        psql(other.url(), "CREATE TABLE t (id BIGINT)").unwrap();
        drop(database);
        assert!(psql(&url, "SELECT 1").is_err());
    }

    #[test]
    fn a_database_can_be_made_unreachable() {
        let database = postgres();
        database.allow_connections(false);
        database.cut_connections();
        assert!(psql(database.url(), "SELECT 1").is_err());
        database.allow_connections(true);
        psql(database.url(), "SELECT 1").unwrap();
    }
}
