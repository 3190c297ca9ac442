//! What the HTTP edge can be told.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use serde::Deserialize;

/// Settings of the edge.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Address to listen on.
    pub host: IpAddr,
    /// Port to listen on; 0 takes a free one.
    pub port: u16,
    /// Name in answers and documents.
    pub app_name: String,
    /// One line about the service, for the API document.
    pub description: String,
    /// Version in answers and documents.
    pub version: String,
    /// `development`, `staging` or `production`.
    pub environment: String,
    /// Whether details for developers are shown.
    pub debug: bool,
    /// Origins whose pages may call; `*` allows all, without credentials (contract D8.22).
    pub cors_origins: Vec<String>,
    /// The model named as `groq_model` in `/api/v1/status` (contract 002-E3).
    pub groq_model: String,
    /// How a caller proves who they are (contract D8.19).
    pub auth_mode: AuthMode,
    /// Whether the API document is served.
    pub openapi_enabled: bool,
    /// Where the API document is served.
    pub openapi_path: String,
    /// Whether Swagger UI is served; never without the document.
    pub swagger_ui_enabled: bool,
    /// Where Swagger UI is served.
    pub swagger_ui_path: String,
    /// Largest JSON body in bytes.
    pub body_limit: usize,
    /// Largest file on `/upload` and `/upload/audio` in bytes.
    pub max_file_size: u64,
    /// Largest file on `/upload/file` in bytes.
    pub max_document_size: u64,
    /// Longest time to answer, streams excepted.
    #[serde(deserialize_with = "seconds")]
    pub request_timeout: Duration,
    /// Longest time for the head of a request to arrive.
    #[serde(deserialize_with = "seconds")]
    pub header_timeout: Duration,
    /// Longest time to finish running requests when stopping.
    #[serde(deserialize_with = "seconds")]
    pub drain_timeout: Duration,
    /// Silence in a stream after which a comment is sent, so that nothing between cuts it off.
    #[serde(deserialize_with = "seconds")]
    pub stream_ping: Duration,
    /// Connections served at once.
    pub max_connections: usize,
    /// Requests a minute for each key or address; `None` is no limit (contract D8.27).
    pub rate_limit_per_minute: Option<u32>,
}

/// How a caller proves who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AuthMode {
    /// Open on loopback, a key on any other address.
    Auto,
    /// A key always.
    Keys,
    /// Open everywhere, knowingly.
    Off,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            host: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 8000,
            app_name: "IntelliAssist".to_owned(),
            description: "An assistant that turns what people write into tasks that are right."
                .to_owned(),
            version: "1.0.0".to_owned(),
            environment: "development".to_owned(),
            debug: false,
            cors_origins: ["localhost", "127.0.0.1"]
                .iter()
                .flat_map(|host| [5173, 3000].map(|port| format!("http://{host}:{port}")))
                .collect(),
            groq_model: "llama-3.1-8b-instant".to_owned(),
            auth_mode: AuthMode::Auto,
            openapi_enabled: true,
            openapi_path: "/openapi.json".to_owned(),
            swagger_ui_enabled: true,
            swagger_ui_path: "/docs".to_owned(),
            body_limit: 2 * 1024 * 1024,
            max_file_size: 5 * 1024 * 1024,
            max_document_size: 50 * 1024 * 1024,
            request_timeout: Duration::from_mins(2),
            header_timeout: Duration::from_secs(15),
            drain_timeout: Duration::from_secs(20),
            stream_ping: Duration::from_secs(15),
            max_connections: 4096,
            rate_limit_per_minute: None,
        }
    }
}

/// Seconds with a fraction.
fn seconds<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    let seconds = f64::deserialize(deserializer)?;
    Duration::try_from_secs_f64(seconds).map_err(serde::de::Error::custom)
}
