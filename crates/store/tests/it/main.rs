//! What the store promises, on both databases.

mod cache;
mod call;
mod conversation;
mod db;
mod file;
mod limits;
mod message;
mod migrate;
mod outage;
mod question;
mod queue;
mod race;
mod search;
mod sqlite;
mod task;
mod task_batch;
mod task_links;
mod transaction;
mod user;
