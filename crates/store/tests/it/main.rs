//! What the store promises, on both databases.

#[cfg(test)]
mod cache;
#[cfg(test)]
mod call;
#[cfg(test)]
mod conversation;
#[cfg(test)]
mod db;
#[cfg(test)]
mod file;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod message;
#[cfg(test)]
mod migrate;
#[cfg(test)]
mod outage;
#[cfg(test)]
mod question;
#[cfg(test)]
mod queue;
#[cfg(test)]
mod race;
#[cfg(test)]
mod search;
#[cfg(test)]
mod shared;
#[cfg(test)]
mod sqlite;
#[cfg(test)]
mod task;
#[cfg(test)]
mod task_batch;
#[cfg(test)]
mod task_links;
#[cfg(test)]
mod transaction;
#[cfg(test)]
mod user;
