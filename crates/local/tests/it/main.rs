//! The engines with real, small models.
//!
//! The models are looked for in `TEST_MODELS_DIR`, or in `models` at the root of the repository. Where one
//! is missing its tests say so and pass: `cargo run -p local --no-default-features --bin fetch-models --
//! --set ci` brings them.

#[cfg(feature = "ocr")]
#[cfg(test)]
mod ocr;
#[cfg(feature = "speech")]
#[cfg(test)]
mod speech;
#[cfg(any(feature = "ocr", feature = "speech", feature = "text"))]
#[cfg(test)]
mod support;
#[cfg(feature = "text")]
#[cfg(test)]
mod text;
