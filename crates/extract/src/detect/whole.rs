//! What is told of a text as a whole, each once it is asked for.

use std::cell::OnceCell;

#[derive(Default)]
pub(super) struct Whole {
    /// What the quoted part of the text asks for, once somebody is told to take it over.
    pub(super) below: OnceCell<Option<super::handed::Below>>,
    /// Whether several lines say whose each thing is, and something else is to be done.
    pub(super) shares: OnceCell<bool>,
    /// Whether several lines of the text say what is open.
    pub(super) open_states: OnceCell<bool>,
    /// Whether the text is a note of things with a day each.
    pub(super) dated_notes: OnceCell<bool>,
}
