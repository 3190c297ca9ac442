//! The whole service over real HTTP, on SQLite and PostgreSQL.

mod chat;
mod conversations;
mod edge;
mod extract;
mod jobs;
mod probes;
mod tasks_todo;
mod tasks_v1;
mod upload;
mod users;
