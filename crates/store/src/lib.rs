//! Every query, once, for SQLite and PostgreSQL.
//!
//! A [`Store`] answers single questions and does single changes. Changes that belong together go
//! through a [`Transaction`], which has the same operations. SQL is written once: the few words
//! in which the databases differ are in `dialect.rs`, the schema is in `migrations/`.
//!
//! `owner` in an operation is the label of the person who asks (contract D8.21): with one, only
//! that person's records are seen and touched; without one, everybody's.
//!
//! What processes share for a while, in Redis where there is one, is a [`Shared`].
//!
//! While a transaction is open, only it is used: the database in memory has one connection, and
//! another one would be waited for until the time to get one is over.

#[cfg(feature = "test-support")]
pub mod admin;
mod cache;
mod call;
mod config;
mod conversation;
mod database;
mod dialect;
mod error;
mod file;
mod link;
mod message;
mod migrate;
mod model_version;
mod operations;
mod question;
mod queue;
mod row;
mod search;
mod shared;
mod state;
mod statement;
mod store;
mod task;
mod user;
mod words;

pub use config::{DatabaseUrl, StoreConfig, UnknownDatabase};
pub use error::StoreError;
pub use migrate::Migration;
pub use queue::QueueDepth;
pub use shared::{Shared, SharedConfig, Visits};
pub use store::{Backend, Health, Store, Transaction};
