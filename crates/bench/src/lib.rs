//! Measurements that anyone can rerun.

pub mod dates;
pub mod learn;
pub mod learn_area;
pub mod regression;
pub mod score;
