//! Which instance is asked for which model (contract 000-A3, 000-A4 and 7.4, D8.37).
//!
//! A balancer, if there is one, is asked first. Then the instances in turn, by a cursor per model,
//! but only those that list the model: the originals sent every model to every instance and half
//! the calls failed (000-B4, 000-B5). Any failure leads to the next instance; none is asked twice
//! for one call.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use llm::ModelError;
use tokio::time::{Instant, timeout};

use super::wire::Tags;
use crate::http::Upstream;

/// How long an instance may take to list its models (contract 000-A4).
const PROBE_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a list of models is believed.
const LIST_LIFETIME: Duration = Duration::from_secs(10);
/// How long an instance that gave none is left alone.
const SILENCE_LIFETIME: Duration = Duration::from_secs(1);
/// Cursors are kept for this many models; more than that nobody serves.
const MAX_CURSORS: usize = 256;

/// All the places where one account's models run.
pub(crate) struct Pool {
    balancer: Option<Upstream>,
    instances: Vec<Instance>,
    cursors: Mutex<HashMap<String, usize>>,
}

struct Instance {
    upstream: Upstream,
    /// What it said last. Held while it is asked, so that calls arriving together ask once.
    listed: tokio::sync::Mutex<Option<Listed>>,
}

struct Listed {
    at: Instant,
    models: Result<Vec<String>, ModelError>,
}

impl Listed {
    fn is_fresh(&self) -> bool {
        let lifetime = if self.models.is_ok() {
            LIST_LIFETIME
        } else {
            SILENCE_LIFETIME
        };
        self.at.elapsed() < lifetime
    }
}

impl Pool {
    pub(crate) fn new(balancer: Option<Upstream>, instances: Vec<Upstream>) -> Self {
        let instances = instances
            .into_iter()
            .map(|upstream| Instance {
                upstream,
                listed: tokio::sync::Mutex::new(None),
            })
            .collect();
        Self {
            balancer,
            instances,
            cursors: Mutex::new(HashMap::new()),
        }
    }

    /// Calls one place after the other until one gives an answer.
    ///
    /// # Errors
    /// When all have failed: that the model is nowhere, if one said so, else the last failure.
    pub(super) async fn call<T, F>(
        &self,
        model: &str,
        call: impl Fn(Upstream) -> F,
    ) -> Result<T, ModelError>
    where
        F: Future<Output = Result<T, ModelError>>,
    {
        let mut failure = Failure::default();
        if let Some(balancer) = &self.balancer {
            match call(balancer.clone()).await {
                Ok(answer) => return Ok(answer),
                Err(error) => {
                    if !self.instances.is_empty() {
                        // Contract 000-M2.
                        tracing::warn!(endpoint = balancer.base(), %error, "load_balancer_failed");
                    }
                    failure.note(balancer, error);
                }
            }
        }
        let alone = self.balancer.is_none() && self.instances.len() == 1;
        let mut tried = vec![false; self.instances.len()];
        while let Some(instance) = self.turn(model, &mut tried) {
            // With a single place there is nothing to choose: its own answer tells as much.
            if !alone {
                match instance.lists(model).await {
                    Ok(true) => {}
                    Ok(false) => {
                        failure.note(&instance.upstream, not_listed(model));
                        continue;
                    }
                    Err(error) => {
                        failure.note(&instance.upstream, error);
                        continue;
                    }
                }
            }
            match call(instance.upstream.clone()).await {
                Ok(answer) => return Ok(answer),
                Err(error) => {
                    instance.forget();
                    failure.note(&instance.upstream, error);
                }
            }
        }
        Err(failure.verdict())
    }

    /// The first instance from the model's cursor on that this call has not tried; the cursor
    /// moves on behind it. Other calls move the cursor meanwhile, so a call remembers its own.
    fn turn(&self, model: &str, tried: &mut [bool]) -> Option<&Instance> {
        let mut cursors = self.cursors.lock().unwrap_or_else(PoisonError::into_inner);
        if cursors.len() >= MAX_CURSORS && !cursors.contains_key(model) {
            cursors.clear();
        }
        let cursor = cursors.entry(model.to_owned()).or_insert(0);
        let count = tried.len();
        let place = (*cursor..*cursor + count)
            .map(|place| place % count)
            .find(|place| tried.get(*place) == Some(&false))?;
        *cursor = (place + 1) % count;
        *tried.get_mut(place)? = true;
        self.instances.get(place)
    }

    /// Every place, the balancer first.
    pub(super) fn places(&self) -> impl Iterator<Item = &Upstream> {
        let instances = self.instances.iter().map(|instance| &instance.upstream);
        self.balancer.iter().chain(instances)
    }
}

impl Instance {
    async fn lists(&self, model: &str) -> Result<bool, ModelError> {
        let mut listed_before = self.listed.lock().await;
        let fresh = listed_before.take().filter(Listed::is_fresh);
        let known = match fresh {
            Some(known) => known,
            None => Listed {
                models: listed(&self.upstream, PROBE_TIMEOUT).await,
                at: Instant::now(),
            },
        };
        let known = listed_before.insert(known);
        match &known.models {
            Ok(models) => Ok(lists(models, model)),
            Err(error) => Err(error.clone()),
        }
    }

    /// After a failure its list may have changed, too.
    fn forget(&self) {
        // Whoever holds it is asking anew already.
        if let Ok(mut listed) = self.listed.try_lock() {
            *listed = None;
        }
    }
}

/// The models a place has.
///
/// # Errors
/// As any call; [`ModelError::Timeout`] after `within`.
pub(super) async fn listed(
    upstream: &Upstream,
    within: Duration,
) -> Result<Vec<String>, ModelError> {
    let body = timeout(within, upstream.whole(upstream.get("/api/tags"), ""))
        .await
        .map_err(|_| ModelError::Timeout("probe"))??;
    let tags: Tags =
        serde_json::from_slice(&body).map_err(|error| ModelError::Malformed(error.to_string()))?;
    Ok(tags.models.into_iter().map(|tag| tag.name).collect())
}

/// Whether a list has a model; a name without a tag means `latest`.
pub(super) fn lists(models: &[String], model: &str) -> bool {
    models
        .iter()
        .any(|listed| base_and_tag(listed) == base_and_tag(model))
}

fn base_and_tag(name: &str) -> (&str, &str) {
    // A colon before the last slash belongs to a registry's port.
    match name.rsplit_once(':') {
        Some((base, tag)) if !tag.contains('/') => (base, tag),
        _ => (name, "latest"),
    }
}

fn not_listed(model: &str) -> ModelError {
    ModelError::ModelGone {
        model: model.to_owned(),
        message: format!("no instance has it; `ollama pull {model}` fetches it"),
    }
}

/// What the places tried have said.
#[derive(Default)]
struct Failure {
    last: Option<ModelError>,
    gone: Option<ModelError>,
    /// Whether some place failed in another way: then it may have the model.
    other: bool,
}

impl Failure {
    fn note(&mut self, at: &Upstream, error: ModelError) {
        tracing::debug!(
            endpoint = at.base(),
            error = %error,
            "an Ollama instance gave no answer, the next one is asked"
        );
        if matches!(error, ModelError::ModelGone { .. }) {
            self.gone = Some(error);
        } else {
            self.other = true;
            self.last = Some(error);
        }
    }

    fn verdict(self) -> ModelError {
        let gone = self.gone.filter(|_| !self.other);
        gone.or(self.last)
            .unwrap_or_else(|| ModelError::NotConfigured("Ollama has no endpoint".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::lists;

    #[test]
    fn a_name_without_tag_is_the_latest() {
        let models = ["llama3.2:latest", "phi3:mini", "host:5000/own/model"].map(str::to_owned);
        for model in [
            "llama3.2",
            "llama3.2:latest",
            "phi3:mini",
            "host:5000/own/model:latest",
        ] {
            assert!(lists(&models, model), "{model}");
        }
        for model in ["phi3", "llama3.2:3b", "", "own/model"] {
            assert!(!lists(&models, model), "{model}");
        }
    }
}
