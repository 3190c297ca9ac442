//! A provider that fails on command.
//!
//! It listens on a free port of this machine, speaks every wire format the product speaks, told
//! apart by path, and behaves as told: for all requests, for those of one key, or for the next one
//! only. It keeps what it received and counts the answers whose reader went away. It speaks HTTP/1.1
//! itself, because no server library resets, cuts or hangs where a test wants it to.

mod behaviour;
mod connection;
mod format;
mod received;

use std::collections::{HashMap, VecDeque};
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

pub use behaviour::Behaviour;
pub use received::Received;

/// A running upstream; it ends when dropped.
#[derive(Debug)]
pub struct Upstream {
    address: SocketAddr,
    shared: Arc<Shared>,
    // Dropping the set ends the listener and every connection.
    _tasks: JoinSet<()>,
}

/// What all connections have in common.
#[derive(Debug)]
struct Shared {
    script: Mutex<Script>,
    received: Mutex<Vec<Received>>,
    counts: watch::Sender<Counts>,
}

/// How requests are answered.
#[derive(Debug)]
struct Script {
    next: VecDeque<Behaviour>,
    by_key: HashMap<String, Behaviour>,
    otherwise: Behaviour,
    says: String,
    models: Vec<String>,
}

#[derive(Debug, Default, Clone, Copy)]
struct Counts {
    connections: usize,
    requests: usize,
    answered: usize,
    aborted: usize,
}

impl Upstream {
    /// Starts one that answers everything well.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            script: Mutex::new(Script {
                next: VecDeque::new(),
                by_key: HashMap::new(),
                otherwise: Behaviour::Answer,
                says: "Buy milk tomorrow.".to_owned(),
                models: vec!["llama3.2:3b".to_owned(), "phi3:mini".to_owned()],
            }),
            received: Mutex::new(Vec::new()),
            counts: watch::Sender::new(Counts::default()),
        });
        let mut tasks = JoinSet::new();
        tasks.spawn(listen(listener, Arc::clone(&shared)));
        Ok(Self {
            address,
            shared,
            _tasks: tasks,
        })
    }

    /// Its address followed by a path: `url("/v1")`.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Behaves so from now on, where nothing more special is said.
    pub fn set(&self, behaviour: Behaviour) {
        self.shared.script().otherwise = behaviour;
    }

    /// Behaves so for requests that carry this key.
    pub fn set_for_key(&self, key: &str, behaviour: Behaviour) {
        self.shared
            .script()
            .by_key
            .insert(key.to_owned(), behaviour);
    }

    /// Behaves so once, for the next request that is no probe; several wait in line.
    pub fn next(&self, behaviour: Behaviour) {
        self.shared.script().next.push_back(behaviour);
    }

    /// What it answers, in words.
    pub fn says(&self, words: &str) {
        words.clone_into(&mut self.shared.script().says);
    }

    /// The models an Ollama instance has; others are not found.
    pub fn has_models(&self, models: &[&str]) {
        self.shared.script().models = models.iter().map(|model| (*model).to_owned()).collect();
    }

    /// Everything received so far, oldest first.
    pub fn received(&self) -> Vec<Received> {
        self.shared.received().clone()
    }

    /// The latest request, if there was one.
    pub fn last(&self) -> Option<Received> {
        self.shared.received().last().cloned()
    }

    /// How many connections were made.
    pub fn connections(&self) -> usize {
        self.shared.counts.borrow().connections
    }

    /// How many requests came, probes included.
    pub fn requests(&self) -> usize {
        self.shared.counts.borrow().requests
    }

    /// How many answers were given to their end.
    pub fn answered(&self) -> usize {
        self.shared.counts.borrow().answered
    }

    /// How many answers lost their reader.
    pub fn aborted(&self) -> usize {
        self.shared.counts.borrow().aborted
    }

    /// Waits until this many answers have lost their reader.
    pub async fn until_aborted(&self, count: usize) {
        let mut counts = self.shared.counts.subscribe();
        // The sender lives as long as `self`, so this only ends with the condition.
        let _ = counts.wait_for(|counts| counts.aborted >= count).await;
    }

    /// Waits until this many requests have come.
    pub async fn until_requested(&self, count: usize) {
        let mut counts = self.shared.counts.subscribe();
        let _ = counts.wait_for(|counts| counts.requests >= count).await;
    }
}

impl Shared {
    fn script(&self) -> MutexGuard<'_, Script> {
        self.script.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn received(&self) -> MutexGuard<'_, Vec<Received>> {
        self.received.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a request and says how to answer it.
    fn take(&self, request: &Received) -> (Behaviour, String, Vec<String>) {
        self.received().push(request.clone());
        self.counts.send_modify(|counts| counts.requests += 1);
        let mut script = self.script();
        let special = request
            .key()
            .and_then(|key| script.by_key.get(&key).cloned());
        let queued = if request.is_probe() {
            None
        } else {
            script.next.pop_front()
        };
        let behaviour = queued
            .or(special)
            .unwrap_or_else(|| script.otherwise.clone());
        (behaviour, script.says.clone(), script.models.clone())
    }
}

async fn listen(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                if let Ok((socket, _)) = accepted {
                    shared.counts.send_modify(|counts| counts.connections += 1);
                    connections.spawn(connection::serve(socket, Arc::clone(&shared)));
                }
            }
            // Ended connections are taken off the set, or it would only grow.
            Some(_) = connections.join_next() => {}
        }
    }
}
