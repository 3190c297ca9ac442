//! The binary as people and programs meet it.

mod configuration;
mod extraction;
mod program;
mod serving;
mod tasks;
