//! The engines with real, small models.
//!
//! The models are looked for in `TEST_MODELS_DIR`, or in `models` at the root of the repository. Where one
//! is missing its tests say so and pass: `cargo run -p local --no-default-features --bin fetch-models --
//! --set ci` brings them.

#[cfg(test)]
#[cfg(feature = "ocr")]
mod ocr;
#[cfg(test)]
mod support;
#[cfg(all(test, feature = "text"))]
mod text;
