//! Runs the binary in a directory of its own, with nothing of this machine's settings.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

/// How long anything may take on a machine that is busy.
const PATIENCE: Duration = Duration::from_mins(1);

/// What comes before the port in the line that says where a server listens.
const LISTENING: &str = "listening on http://127.0.0.1:";

/// A directory, and what the environment says in it.
pub(crate) struct Place {
    pub(crate) directory: Arc<TempDir>,
    variables: Vec<(String, String)>,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self {
            directory: Arc::new(TempDir::new().unwrap()),
            variables: Vec::new(),
        }
        .with("LOCAL_MODELS", "off")
    }

    pub(crate) fn with(mut self, name: &str, value: impl AsRef<str>) -> Self {
        self.variables
            .push((name.to_owned(), value.as_ref().to_owned()));
        self
    }

    /// Puts a file of the repository where the configuration is looked for.
    pub(crate) fn with_example(self, name: &str) -> Self {
        let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy/examples");
        let example = Path::new(examples).join(name);
        std::fs::copy(&example, self.path().join("intelliassist.toml")).unwrap();
        self
    }

    pub(crate) fn path(&self) -> &Path {
        self.directory.path()
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_intelliassist"));
        command
            .args(arguments)
            .current_dir(self.path())
            .env_clear()
            .env("TIMEZONE", "UTC")
            .env("OLLAMA_STARTUP_CHECK_ENABLED", "false")
            .envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs to the end with this on standard input.
    pub(crate) fn run_with(&self, arguments: &[&str], input: &str) -> Run {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_owned();
        // A command that refuses its options reads nothing.
        let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
        let output = child.wait_with_output().unwrap();
        drop(writer.join());
        Run::new(&output)
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.run_with(arguments, "")
    }

    /// Starts a server on a free port and waits until it listens.
    pub(crate) fn serve(&self) -> Server {
        self.serve_with_log().0
    }

    /// The same, and what it logged before.
    pub(crate) fn serve_with_log(&self) -> (Server, String) {
        let mut child = self
            .command(&["serve", "--port", "0"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stdout = child.stdout.take().unwrap();
        let (sender, lines) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        let mut server = Server {
            _directory: Arc::clone(&self.directory),
            child,
            lines,
            port: 0,
        };
        let log = server.log_to(LISTENING);
        let (_, port) = log.split_once(LISTENING).unwrap();
        server.port = port
            .split(|c: char| !c.is_ascii_digit())
            .next()
            .unwrap()
            .parse()
            .unwrap();
        (server, log)
    }
}

/// How a command ended.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    fn new(output: &Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    #[track_caller]
    pub(crate) fn good(self) -> String {
        assert_eq!(self.code, Some(0), "{}", self.stderr);
        self.stdout
    }

    #[track_caller]
    pub(crate) fn json(self) -> Value {
        let text = self.good();
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    #[track_caller]
    pub(crate) fn lines(self) -> Vec<Value> {
        let text = self.good();
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    #[track_caller]
    pub(crate) fn refused(self, code: i32, wanted: &str) {
        assert_eq!(self.code, Some(code), "{}{}", self.stdout, self.stderr);
        assert!(
            self.stderr.contains(wanted),
            "{wanted:?} is not in {:?}",
            self.stderr
        );
    }
}

/// A server at work; it is killed when it is dropped.
pub(crate) struct Server {
    /// It goes away after the server, whatever becomes of the place.
    _directory: Arc<TempDir>,
    child: Child,
    lines: mpsc::Receiver<String>,
    pub(crate) port: u16,
}

impl Server {
    /// Waits for a line of the log.
    #[track_caller]
    pub(crate) fn wait_for(&mut self, wanted: &str) -> String {
        self.log_to(wanted).lines().last().unwrap().to_owned()
    }

    /// Reads the log up to a line, and with it.
    #[track_caller]
    pub(crate) fn log_to(&mut self, wanted: &str) -> String {
        let mut log = String::new();
        loop {
            let Ok(line) = self.lines.recv_timeout(PATIENCE) else {
                self.child.kill().unwrap();
                let mut said = String::new();
                let mut stderr = self.child.stderr.take().unwrap();
                stderr.read_to_string(&mut said).unwrap();
                panic!("{wanted:?} never came; stdout: {log}stderr: {said}");
            };
            log.push_str(&line);
            log.push('\n');
            if line.contains(wanted) {
                return log;
            }
        }
    }

    /// Asks, and gives status and body.
    pub(crate) fn ask(&self, method: &str, path: &str, body: &str) -> (u16, Value) {
        let mut stream = self.connect();
        Self::send(&mut stream, method, path, body);
        Self::answer(stream)
    }

    /// Asks with a JSON body, and gives the JSON if the status is the expected one.
    #[track_caller]
    pub(crate) fn post(&self, path: &str, body: &Value, wanted: u16) -> Value {
        let (status, answer) = self.ask("POST", path, &body.to_string());
        assert_eq!(status, wanted, "{path}: {answer}\n{}", self.log());
        answer
    }

    /// What it logged since somebody last looked.
    fn log(&self) -> String {
        let lines: Vec<String> = self.lines.try_iter().collect();
        lines.join("\n")
    }

    /// Gives the JSON of a page.
    #[track_caller]
    pub(crate) fn get(&self, path: &str) -> Value {
        let (status, answer) = self.ask("GET", path, "");
        assert_eq!(status, 200, "{path}: {answer}");
        answer
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    fn send(stream: &mut TcpStream, method: &str, path: &str, body: &str) {
        let length = body.len();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
             content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
        )
        .unwrap();
    }

    pub(crate) fn answer(mut stream: TcpStream) -> (u16, Value) {
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let body = body.find(['{', '[']).map_or("null", |start| &body[start..]);
        let end = body.rfind(['}', ']']).map_or(body.len(), |end| end + 1);
        (status, serde_json::from_str(&body[..end]).unwrap())
    }

    /// Sends a signal by its name.
    pub(crate) fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let status = Command::new("kill")
            .args([&format!("-{name}"), &id])
            .status()
            .unwrap();
        assert!(status.success());
    }

    /// Waits for its end and gives what it still logged.
    pub(crate) fn whole_log(&self) -> String {
        let mut log = String::new();
        while let Ok(line) = self.lines.recv_timeout(PATIENCE) {
            log.push_str(&line);
            log.push('\n');
        }
        log
    }

    /// Waits for its end and gives its exit code; none when a signal ended it.
    pub(crate) fn end(mut self) -> Option<i32> {
        // Its output closes when it ends.
        while self.lines.recv_timeout(PATIENCE).is_ok() {}
        self.child.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
