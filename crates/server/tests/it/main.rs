//! The whole service over real HTTP, on SQLite and PostgreSQL.

mod ask;
mod chat;
mod conversations;
mod edge;
mod extract;
mod jobs;
mod metrics;
mod monitoring;
mod probes;
mod questions;
mod tasks_todo;
mod tasks_v1;
mod upload;
mod users;
