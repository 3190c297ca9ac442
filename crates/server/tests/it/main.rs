//! The whole service over real HTTP, on SQLite and PostgreSQL.

#[cfg(test)]
mod accept;
#[cfg(test)]
mod add;
#[cfg(test)]
mod ask;
#[cfg(test)]
mod chat;
#[cfg(test)]
mod chat_session;
#[cfg(test)]
mod conversations;
#[cfg(test)]
mod edge;
#[cfg(test)]
mod extract;
#[cfg(test)]
mod forms;
#[cfg(test)]
mod housekeeping;
#[cfg(test)]
mod jobs;
#[cfg(test)]
mod limit;
#[cfg(test)]
mod metrics;
#[cfg(test)]
mod monitoring;
#[cfg(test)]
mod multimodal;
#[cfg(test)]
mod probes;
#[cfg(test)]
mod processing;
#[cfg(test)]
mod questions;
#[cfg(test)]
mod repeat;
#[cfg(test)]
mod tasks_todo;
#[cfg(test)]
mod tasks_v1;
#[cfg(test)]
mod upload;
#[cfg(test)]
mod upload_audio;
#[cfg(test)]
mod upload_image;
#[cfg(test)]
mod users;
#[cfg(test)]
mod web;
