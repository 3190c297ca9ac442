//! Models in this process: their files, and the engines that run them.
//!
//! [`models`] knows which files exist and how to bring them; it is always built and needs nothing but
//! cargo. The engines are behind features, because they carry native code or heavy dependencies.

pub mod models;
