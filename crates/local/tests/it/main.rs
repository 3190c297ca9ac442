//! The text engine with a real, small model.
//!
//! The model is looked for in `TEST_MODELS_DIR`, or in `models` at the root of the repository. Where it
//! is missing the tests say so and pass: `cargo run -p local --no-default-features --bin fetch-models --
//! --set ci` brings it. Nothing here depends on wording: answers are greedy, and their shape is checked.

#[cfg(test)]
mod answers;
#[cfg(test)]
mod cache;
#[cfg(test)]
mod files;
#[cfg(test)]
mod queue;
#[cfg(test)]
mod support;
