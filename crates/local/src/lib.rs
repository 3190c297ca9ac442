//! Models in this process: their files, and the engines that run them.
//!
//! [`models`] knows which files exist and how to bring them; it is always built and needs nothing but
//! cargo. The engines are behind features, because they carry native code or heavy dependencies. All
//! of them share one budget of threads ([`worker`]).

pub mod config;
pub mod models;
pub mod spin;

#[cfg(feature = "engine")]
pub mod machine;
#[cfg(feature = "ocr")]
pub mod ocr;
#[cfg(feature = "engine")]
pub mod resident;
#[cfg(feature = "speech")]
pub mod speech;
#[cfg(feature = "engine")]
pub mod state;
#[cfg(feature = "text")]
pub mod text;
#[cfg(feature = "engine")]
pub mod worker;

pub use config::LocalConfig;
#[cfg(feature = "ocr")]
pub use ocr::LocalOcr;
#[cfg(feature = "speech")]
pub use speech::LocalSpeech;
#[cfg(feature = "engine")]
pub use state::{ANY, LocalState, Status};
#[cfg(feature = "text")]
pub use text::LocalText;
