//! Versions of models that conversations refer to (contract 004-E7…E9).

use jiff::Timestamp;
use uuid::Uuid;

/// One version of one model of one provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelVersion {
    /// Identity.
    pub id: Uuid,
    /// Name of the provider, as the person wrote it.
    pub provider: String,
    /// The provider's name of the model.
    pub model_name: String,
    /// The person's own tag.
    pub version_tag: String,
    /// When the record was made.
    pub created_at: Timestamp,
    /// False once deleted.
    pub is_active: bool,
}

/// Fields to change; `None` leaves a field as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ModelVersionPatch {
    /// New provider.
    pub provider: Option<String>,
    /// New model name.
    pub model_name: Option<String>,
    /// New tag.
    pub version_tag: Option<String>,
}

/// By what a list of model versions is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ModelVersionOrder {
    /// When the record was made.
    #[default]
    CreatedAt,
    /// The provider's name of the model.
    ModelName,
}
