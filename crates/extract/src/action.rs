//! What is to be done: the forms in which a text asks for a deed.

pub(crate) mod blocked;
pub(crate) mod bound;
mod crowd;
pub(crate) mod imperative;
mod light;
pub(crate) mod notice;
pub(crate) mod noun;
pub(crate) mod opener;
pub(crate) mod passive;
mod patterns;
mod place;
mod present;
mod wanted;

pub(crate) use crowd::IS_TO;
pub(crate) use imperative::ORDER;
pub(crate) use patterns::{IS_AGREED, IS_NEEDED};
pub(crate) use wanted::RULE as WANTED;
