//! A whole assistant that answers real HTTP: any database, scripted models, a clock that stands
//! still.

use std::net::SocketAddr;
use std::sync::Arc;

use assistant::{Assistant, CallWatch, Parts};
use domain::{Clock, ManualClock, RandomIds};
use jiff::Timestamp;
use llm::mock::{MemoryLedger, Reply, ScriptedChat};
use llm::{Account, Chains, Gateway, GatewayConfig, ModelType, Models};
use server::{AppState, Door};
use store::{Shared, SharedConfig, Store, StoreConfig};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio_util::task::TaskTracker;

use crate::database::TestDatabase;
use crate::http::Client;

/// The moment at which tests happen unless they say otherwise: a Tuesday.
pub const NOW: &str = "2026-03-10T10:00:00Z";

/// What a test wants to be different.
#[derive(Default)]
pub struct Setup {
    /// Settings of the edge.
    pub server: server::Config,
    /// Settings of the assistant.
    pub assistant: assistant::Config,
    /// Keys that open the door.
    pub keys: Vec<String>,
    /// What the scripted model says; none leaves no model at all.
    pub replies: Option<Vec<Reply>>,
    /// Accounts instead of the scripted one.
    pub accounts: Vec<Account>,
    /// What the models in this process are doing.
    pub local_models: Vec<assistant::LocalModelState>,
    /// The Redis it shares with others, if any.
    pub shared: Option<SharedConfig>,
}

/// A running assistant. It stops when this value goes.
pub struct TestApp {
    /// The assistant itself.
    pub assistant: Assistant,
    /// Its records.
    pub store: Store,
    /// Its time.
    pub clock: Arc<ManualClock>,
    /// Its rows of model calls.
    pub ledger: Arc<MemoryLedger>,
    /// Its scripted model, if it has one.
    pub chat: Option<Arc<ScriptedChat>>,
    client: Client,
    _stop: oneshot::Sender<()>,
    uploads: TempDir,
    database: Option<TestDatabase>,
}

impl TestApp {
    /// Starts an assistant on a database.
    ///
    /// # Panics
    /// When it cannot start: a test without it cannot go on.
    pub async fn start(database: &TestDatabase, setup: Setup) -> Self {
        let url = database
            .url()
            .parse()
            .expect("the test database has an address we know");
        let clock = Arc::new(ManualClock::new(NOW.parse().expect("a moment")));
        let config = StoreConfig::new(url);
        let opening = Store::open(&config, Arc::clone(&clock) as Arc<dyn Clock>);
        let store = Box::pin(opening).await.expect("the test database opens");
        Box::pin(Self::with_store(store, clock, setup)).await
    }

    /// Starts an assistant with nothing but its defaults.
    ///
    /// # Panics
    /// As [`TestApp::start`].
    pub async fn plain(database: &TestDatabase) -> Self {
        Self::start(database, Setup::default()).await
    }

    /// Starts an assistant on a SQLite file of its own.
    ///
    /// # Panics
    /// As [`TestApp::start`].
    pub async fn on_sqlite(setup: Setup) -> Self {
        let database = crate::sqlite();
        let mut app = Self::start(&database, setup).await;
        app.database = Some(database);
        app
    }

    async fn with_store(store: Store, clock: Arc<ManualClock>, mut setup: Setup) -> Self {
        let ledger = MemoryLedger::new();
        let chat = setup
            .replies
            .take()
            .map(|replies| ScriptedChat::new("scripted-1", replies));
        if let Some(chat) = &chat {
            setup.accounts.push(scripted(chat));
        }
        let calls = CallWatch::new(Arc::clone(&ledger) as Arc<dyn llm::LedgerSink>);
        let gateway = gateway(setup.accounts, &calls, &clock);
        let uploads = tempfile::tempdir().expect("a temporary folder");
        uploads.path().clone_into(&mut setup.assistant.upload_dir);
        setup.assistant.monitoring_dir = uploads.path().join("monitoring");
        let local_models = setup.local_models;
        let shared = setup.shared.map(|config| {
            let time = Arc::clone(&clock) as Arc<dyn Clock>;
            Shared::new(config, time).expect("the test's Redis has an address")
        });
        let assistant = Assistant::new(Parts {
            store: store.clone(),
            shared,
            gateway,
            calls,
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            ids: Arc::new(RandomIds),
            config: setup.assistant,
            local_models: Arc::new(move || local_models.clone()),
            media: media::Reader::in_process(media::Limits::default()),
            tasks: TaskTracker::new(),
        });
        let door = Door::new(setup.server.auth_mode, setup.server.host, &setup.keys)
            .expect("the test's door is not open to others");
        let config = setup.server.clone();
        let state = AppState::new(
            assistant.clone(),
            setup.server,
            door,
            Arc::clone(&clock) as Arc<dyn Clock>,
            Arc::new(RandomIds),
        );
        let listener = TcpListener::bind(("127.0.0.1", 0))
            .await
            .expect("a free port");
        let address: SocketAddr = listener.local_addr().expect("its address");
        let (stop, stopped) = oneshot::channel::<()>();
        tokio::spawn(async move {
            let end = async {
                // Either way the test is over.
                let _ = stopped.await;
            };
            server::serve(listener, server::service(state), &config, end).await
        });
        Self {
            assistant,
            store,
            clock,
            ledger,
            chat,
            client: Client::new(address),
            _stop: stop,
            uploads,
            database: None,
        }
    }

    /// Where its uploads lie.
    pub fn uploads(&self) -> &std::path::Path {
        self.uploads.path()
    }

    /// Asks it over HTTP.
    pub fn http(&self) -> &Client {
        &self.client
    }
}

fn gateway(accounts: Vec<Account>, calls: &CallWatch, clock: &Arc<ManualClock>) -> Gateway {
    let time = Arc::clone(clock);
    let time: llm::Clock = Arc::new(move || -> Timestamp { time.now() });
    let sink = Arc::new(calls.clone());
    let chains = Chains::default_order(false, true);
    Gateway::new(GatewayConfig::default(), accounts, chains, sink, time)
        .expect("the test's accounts are valid")
}

fn scripted(chat: &Arc<ScriptedChat>) -> Account {
    let mut account = Account::new("groq_1", "groq", ModelType::Cloud);
    account.models = Models::one("scripted-1");
    account.chat = Some(Arc::clone(chat) as Arc<dyn llm::ChatModel>);
    account
}
