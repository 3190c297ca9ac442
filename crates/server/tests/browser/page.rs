//! One browser on one assistant's page.

use std::process::Stdio;
use std::time::Duration;

use http::Method;
use serde_json::{Value, json};
use tempfile::TempDir;
use testkit::{Client, TestApp};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// How long the page has for a change that a test waits for.
const PATIENCE: Duration = Duration::from_secs(20);
/// The name under which WebDriver refers to an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// What the elements that fit say or hold, without the mark by which a chip is refused.
const READ: &str = "const read = (elements, property) => \
     [...document.querySelectorAll(elements)].map((element) => \
       String(element[property]).replace(/×$/, '').replace(/\\s+/g, ' ').trim());";

/// A page in a browser of its own. Every wait ends the test when it was in vain.
pub(crate) struct Page {
    /// Speaks WebDriver (<https://www.w3.org/TR/webdriver2/>).
    driver: Client,
    /// Path of the session.
    session: String,
    _process: Child,
    _profile: TempDir,
}

impl Page {
    /// Opens an assistant's page.
    pub(crate) async fn open(app: &TestApp) -> Self {
        let page = Self::begin().await;
        page.go_to(app).await;
        page
    }

    /// Starts a browser that shows nothing yet.
    pub(crate) async fn begin() -> Self {
        let profile = tempfile::tempdir().unwrap();
        let (process, port) = chromedriver().await;
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--window-size=1280,900",
            &format!("--user-data-dir={}", profile.path().display()),
        ];
        let capabilities = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": { "args": arguments },
            "timeouts": { "script": millis(PATIENCE * 2) },
        } } });
        let driver = Client::new(([127, 0, 0, 1], port).into());
        let session = driver.post("/session", capabilities).await.expect(200);
        let session = session["value"]["sessionId"].as_str().unwrap().to_owned();
        Self {
            driver,
            session: format!("/session/{session}"),
            _process: process,
            _profile: profile,
        }
    }

    /// Leads the browser to an assistant's page.
    pub(crate) async fn go_to(&self, app: &TestApp) {
        let url = format!("http://{}/", app.http().address());
        self.tell("/url", json!({ "url": url })).await;
    }

    /// One command of WebDriver, and its value.
    pub(crate) async fn command(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        let path = format!("{}{path}", self.session);
        let answer = self.driver.send(method, &path, body).await;
        answer.expect(200)["value"].clone()
    }

    async fn tell(&self, path: &str, body: Value) -> Value {
        self.command(Method::POST, path, Some(body)).await
    }

    /// The path of the first element that fits.
    async fn element(&self, selector: &str) -> String {
        let using = json!({ "using": "css selector", "value": selector });
        let found = self.tell("/element", using).await;
        format!("/element/{}", found[ELEMENT].as_str().unwrap())
    }

    /// Loads the page once more, with what it shows.
    pub(crate) async fn again(&self) {
        self.tell("/refresh", json!({})).await;
    }

    /// Types at the end of a field.
    pub(crate) async fn write(&self, field: &str, text: &str) {
        let field = self.element(field).await;
        self.tell(&format!("{field}/value"), json!({ "text": text }))
            .await;
    }

    /// Presses keys where the page is, one after the other, the first `held` down all the while.
    pub(crate) async fn press(&self, held: &str, keys: &str) {
        let act = |kind: &str, key: char| json!({ "type": kind, "value": key.to_string() });
        let held = held.chars().collect::<Vec<_>>();
        let down = held.iter().map(|key| act("keyDown", *key));
        let each = keys
            .chars()
            .flat_map(|key| [act("keyDown", key), act("keyUp", key)]);
        let up = held.iter().map(|key| act("keyUp", *key));
        let actions: Vec<Value> = down.chain(each).chain(up).collect();
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": actions });
        self.tell("/actions", json!({ "actions": [keyboard] }))
            .await;
    }

    /// Makes the window as large as this, in pixels and with its frame.
    pub(crate) async fn resize(&self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height });
        self.tell("/window/rect", size).await;
    }

    /// Clicks on the first element that fits; one that was drawn anew since it was found is looked for again.
    pub(crate) async fn click(&self, selector: &str) {
        const TRIES: usize = 5;
        for _ in 0..TRIES {
            let element = self.element(selector).await;
            let path = format!("{}{element}/click", self.session);
            let answer = self.driver.send(Method::POST, &path, Some(json!({}))).await;
            if !answer.text().contains("stale element reference") {
                answer.expect(200);
                return;
            }
        }
        panic!("{selector} is drawn anew over and over");
    }

    /// What the fields that fit hold.
    pub(crate) async fn values(&self, fields: &str) -> Vec<String> {
        self.read(fields, "value").await
    }

    /// What the elements that fit say.
    pub(crate) async fn texts(&self, elements: &str) -> Vec<String> {
        self.read(elements, "innerText").await
    }

    /// Waits until the fields that fit hold this.
    pub(crate) async fn wait_for_values(&self, fields: &str, wanted: &[&str]) {
        self.wait_for(fields, "value", wanted).await;
    }

    /// Waits until the elements that fit say this. What a chip offers to refuse it is not part of it.
    pub(crate) async fn wait_for_texts(&self, elements: &str, wanted: &[&str]) {
        self.wait_for(elements, "innerText", wanted).await;
    }

    /// The browser itself looks again at each of its frames, and answers once it sees what is wanted, or
    /// when the time is over.
    async fn wait_for(&self, elements: &str, property: &str, wanted: &[&str]) {
        let script = format!(
            "const [elements, property, wanted, patience, done] = arguments; {READ}
             const end = performance.now() + patience;
             const look = () => {{
               const seen = read(elements, property);
               if (seen.join('\\n') === wanted.join('\\n') || performance.now() > end) done(seen);
               else requestAnimationFrame(look);
             }};
             look();"
        );
        let arguments = json!([elements, property, wanted, millis(PATIENCE)]);
        let seen = words(self.run("async", &script, arguments).await);
        assert_eq!(seen, wanted, "{elements}");
    }

    async fn read(&self, elements: &str, property: &str) -> Vec<String> {
        let script = format!("{READ} return read(arguments[0], arguments[1]);");
        words(self.run("sync", &script, json!([elements, property])).await)
    }

    /// Runs a script in the page, and gives what it answers: `sync`, or `async` by calling the last of its
    /// arguments.
    pub(crate) async fn run(&self, how: &str, script: &str, arguments: Value) -> Value {
        let body = json!({ "script": script, "args": arguments });
        self.tell(&format!("/execute/{how}"), body).await
    }

    /// Ends the browser.
    pub(crate) async fn close(self) {
        self.command(Method::DELETE, "", None).await;
    }
}

pub(crate) fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap()
}

fn words(value: Value) -> Vec<String> {
    serde_json::from_value(value).unwrap()
}

/// A driver on a free port, which it names. It looks for one that is free on one address family, wants it on
/// the other too, and ends where somebody else has it there: then another one is tried.
async fn chromedriver() -> (Child, u16) {
    for _ in 0..5 {
        if let Some(started) = started_driver().await {
            return started;
        }
    }
    panic!("ChromeDriver ended before it listened");
}

async fn started_driver() -> Option<(Child, u16)> {
    let mut process = Command::new("chromedriver")
        .arg("--port=0")
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap_or_else(|error| {
            panic!("no ChromeDriver ({error}); as root: apt-get install chromium chromium-driver")
        });
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    while let Some(line) = lines.next_line().await.unwrap() {
        let port = line.split("successfully on port ").nth(1);
        if let Some(port) = port.and_then(|rest| rest.trim_end_matches('.').parse().ok()) {
            return Some((process, port));
        }
    }
    None
}
