//! Measurements that anyone can rerun.

pub mod dates;
pub mod learn;
pub mod score;
