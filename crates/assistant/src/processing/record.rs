//! What is kept beside a file of the work on it.

use domain::file::File;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::propose::Proposal;
use crate::read::{ReadStatus, Reading};

/// What came of the work on a file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Record {
    /// The newest reading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) reading: Option<Reading>,
    /// Why there is none, or no newer one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<String>,
    /// Whether no model was asked what to make of it, as it was a part of a message.
    #[serde(default)]
    pub(crate) as_part: bool,
}

impl Record {
    /// What is kept beside this file.
    pub(crate) fn of(file: &File) -> Self {
        let kept = file.processing_result.as_ref();
        kept.and_then(|kept| Self::deserialize(kept).ok())
            .unwrap_or_default()
    }

    /// A reading; where it could not be read, that is the reason.
    pub(crate) fn with(reading: Reading) -> Self {
        let failed = reading.status == ReadStatus::Error;
        Self {
            reason: failed.then(|| reading.analysis.clone()),
            reading: Some(reading),
            as_part: false,
        }
    }

    /// The same after work of which nothing came.
    pub(crate) fn failed(self, reason: String) -> Self {
        Self {
            reason: Some(reason),
            ..self
        }
    }

    pub(crate) fn to_value(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }

    /// Gives tasks that were saved by earlier work on the same file their ids, so that none is saved
    /// twice, and none comes back that somebody deleted.
    pub(crate) fn recognise(&self, tasks: &mut [Proposal]) {
        let Some(before) = &self.reading else { return };
        let mut saved: Vec<&Proposal> = before
            .tasks
            .iter()
            .filter(|task| task.id.is_some())
            .collect();
        for task in tasks {
            let known = saved.iter().position(|saved| {
                saved.summary == task.summary && saved.evidence.quote == task.evidence.quote
            });
            if let Some(known) = known {
                task.id = saved.swap_remove(known).id;
            }
        }
    }

    /// The reading, if nothing more could be made out by reading the file again.
    pub(crate) fn whole(self) -> Option<Reading> {
        let reading = self.reading.filter(|_| !self.as_part)?;
        (reading.status == ReadStatus::Success && self.reason.is_none()).then_some(reading)
    }
}
