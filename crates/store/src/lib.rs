//! Every query, once, for SQLite and PostgreSQL.
