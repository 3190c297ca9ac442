//! Placeholder until the bench stands.
fn main() {}
