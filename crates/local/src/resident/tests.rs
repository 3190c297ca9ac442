//! The holder with an engine that does whatever its jobs say.

use std::fmt::Write as _;
use std::fs;
use std::num::NonZeroUsize;
use std::sync::mpsc;
use std::time::Duration;

use llm::ModelError;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::*;

/// Its model file holds its name.
struct Toy {
    name: String,
    jobs: usize,
}

impl Engine for Toy {
    const USE: Use = Use::Speech;
    const WHAT: &'static str = "toy";
    const ORDER: &'static [&'static str] = &["toy-good", "toy-small"];

    fn load(loading: &Loading<'_>) -> Result<Self, LoadError> {
        loading.reached(50);
        let text = loading.read("name.txt")?;
        let name = String::from_utf8(text).map_err(|error| LoadError::Unreadable {
            file: "name.txt".to_owned(),
            why: error.to_string(),
        })?;
        assert_eq!(name, loading.model());
        Ok(Self { name, jobs: 0 })
    }
}

fn described(name: &str, memory_bytes: u64) -> String {
    let mut sum = String::new();
    for byte in Sha256::digest(name.as_bytes()) {
        write!(sum, "{byte:02x}").unwrap();
    }
    format!(
        "[[model]]\nname = \"{name}\"\nuse = \"speech\"\nlicence = \"MIT\"\n\
         memory_bytes = {memory_bytes}\n[[model.file]]\npath = \"name.txt\"\nbytes = {}\n\
         sha256 = \"{sum}\"\nsources = [{{ url = \"https://example.org/x\" }}]\n",
        name.len()
    )
}

/// A models directory that knows two toys and a giant, none of them there.
fn place() -> TempDir {
    let dir = TempDir::new().unwrap();
    let list = [
        described("toy-small", 10),
        described("toy-good", 20),
        described("giant", u64::MAX / 16),
    ];
    fs::write(dir.path().join("models.toml"), list.concat()).unwrap();
    dir
}

fn install(dir: &TempDir, name: &str, content: &str) {
    fs::create_dir_all(dir.path().join(name)).unwrap();
    fs::write(dir.path().join(name).join("name.txt"), content).unwrap();
}

fn resident(dir: &TempDir, config: LocalConfig) -> Resident<Toy> {
    Resident::new(dir.path(), config, Worker::new(Some(NonZeroUsize::MIN))).unwrap()
}

async fn name_of(toys: &Resident<Toy>) -> Result<(String, usize), EngineError> {
    let model = toys.pick(None, |_| true)?;
    toys.run(model, |toy, _| {
        toy.jobs += 1;
        Ok((toy.name.clone(), toy.jobs))
    })
    .await
}

#[tokio::test]
async fn what_is_missing_is_named_with_the_command_that_brings_it() {
    let dir = place();
    let toys = resident(&dir, LocalConfig::default());
    let state = toys.state();
    assert_eq!((state.model, state.status), (None, Status::Missing));
    let error = ModelError::from(name_of(&toys).await.unwrap_err());
    assert!(matches!(error, ModelError::NotConfigured(_)), "{error:?}");
    assert!(
        error.to_string().contains("models pull toy-good"),
        "{error}"
    );
    let error = toys.pick(Some("toy-small"), |_| true).unwrap_err();
    assert!(
        error.to_string().contains("models pull toy-small"),
        "{error}"
    );
    let error = ModelError::from(toys.pick(Some("text-0.5b"), |_| true).unwrap_err());
    assert!(matches!(error, ModelError::ModelGone { .. }), "{error:?}");
}

#[tokio::test]
async fn a_better_model_that_arrives_later_is_used_at_once() {
    let dir = place();
    let toys = resident(&dir, LocalConfig::default());
    install(&dir, "toy-small", "toy-small");
    assert_eq!(toys.state().status, Status::Ready);
    assert_eq!(name_of(&toys).await, Ok(("toy-small".to_owned(), 1)));
    assert_eq!(name_of(&toys).await, Ok(("toy-small".to_owned(), 2)));
    assert_eq!(toys.state().status, Status::Loaded);
    install(&dir, "toy-good", "toy-good");
    assert_eq!(name_of(&toys).await, Ok(("toy-good".to_owned(), 1)));
    let small = toys.pick(None, |model| model.name != "toy-good").unwrap();
    assert_eq!(small.name, "toy-small");
    toys.stop();
    assert_eq!(toys.state().status, Status::Ready);
}

#[tokio::test]
async fn a_damaged_file_is_told_and_its_repair_seen() {
    let dir = place();
    let toys = resident(&dir, LocalConfig::default());
    install(&dir, "toy-good", "toy-evil");
    let error = ModelError::from(name_of(&toys).await.unwrap_err());
    assert!(matches!(error, ModelError::NotConfigured(_)), "{error:?}");
    let Status::Failed { why } = toys.state().status else {
        panic!("{:?}", toys.state());
    };
    assert!(
        why.contains("damaged") && why.contains("models pull toy-good"),
        "{why}"
    );
    install(&dir, "toy-good", "toy-good");
    name_of(&toys).await.unwrap();
    assert_eq!(toys.state().status, Status::Loaded);
}

#[tokio::test]
async fn a_model_without_memory_for_it_is_passed_over_and_refused_when_named() {
    if machine::free_memory().is_none() {
        println!("SKIPPED: free memory cannot be told here");
        return;
    }
    let dir = place();
    let toys = resident(&dir, LocalConfig::default());
    install(&dir, "giant", "giant");
    let error = name_of(&toys).await.unwrap_err();
    assert!(
        matches!(
            error,
            EngineError::Load {
                why: LoadError::Memory(_),
                ..
            }
        ),
        "{error:?}"
    );
    assert!(error.to_string().contains("LOCAL_IDLE_SECONDS"), "{error}");
    install(&dir, "toy-small", "toy-small");
    assert_eq!(toys.pick(None, |_| true).unwrap().name, "toy-small");
    assert_eq!(toys.pick(Some("giant"), |_| true).unwrap().name, "giant");
}

/// Starts a job that says when it runs and then waits to be cancelled.
fn until_cancelled(
    toys: &Arc<Resident<Toy>>,
) -> (
    mpsc::Receiver<()>,
    tokio::task::JoinHandle<Result<(), EngineError>>,
) {
    let (started, runs) = mpsc::channel();
    let toys = Arc::clone(toys);
    let job = async move {
        let model = toys.pick(None, |_| true)?;
        let wait = move |_: &mut Toy, run: &Run| {
            started.send(()).unwrap();
            while !run.is_cancelled() {
                std::thread::yield_now();
            }
            run.go_on()
        };
        toys.run(model, wait).await
    };
    (runs, tokio::spawn(job))
}

fn toys_with_queue(queue: usize) -> (TempDir, Arc<Resident<Toy>>) {
    let dir = place();
    install(&dir, "toy-good", "toy-good");
    let config = LocalConfig {
        queue: NonZeroUsize::new(queue).unwrap(),
        ..LocalConfig::default()
    };
    let toys = Arc::new(resident(&dir, config));
    (dir, toys)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_queue_is_busy_and_a_dropped_future_makes_room() {
    let (_dir, toys) = toys_with_queue(1);
    let (runs, first) = until_cancelled(&toys);
    runs.recv().unwrap();
    let (second_runs, second) = until_cancelled(&toys);
    while toys.places.available_permits() > 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(name_of(&toys).await, Err(EngineError::Busy("toy")));
    first.abort();
    second_runs.recv().unwrap();
    second.abort();
    assert!(name_of(&toys).await.is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopping_ends_what_runs() {
    let (_dir, toys) = toys_with_queue(4);
    let (runs, first) = until_cancelled(&toys);
    runs.recv().unwrap();
    let stopped = Arc::clone(&toys);
    tokio::task::spawn_blocking(move || stopped.stop())
        .await
        .unwrap();
    assert_eq!(first.await.unwrap(), Err(EngineError::Cancelled));
}

#[tokio::test]
async fn a_job_that_panics_takes_only_itself_down() {
    let (_dir, toys) = toys_with_queue(4);
    let model = toys.pick(None, |_| true).unwrap();
    let failed = toys
        .run(model, |_, _| -> Result<(), EngineError> {
            panic!("a defect")
        })
        .await;
    assert!(
        matches!(failed, Err(EngineError::Failed { .. })),
        "{failed:?}"
    );
    assert_eq!(name_of(&toys).await.unwrap().1, 1, "it is loaded anew");
}

#[tokio::test]
async fn an_idle_engine_is_let_go() {
    let dir = place();
    install(&dir, "toy-good", "toy-good");
    let config = LocalConfig {
        idle: Duration::ZERO,
        ..LocalConfig::default()
    };
    let toys = resident(&dir, config);
    for _ in 0..2 {
        assert_eq!(name_of(&toys).await.unwrap().1, 1, "loaded anew");
        while toys.state().status != Status::Ready {
            tokio::task::yield_now().await;
        }
    }
}
