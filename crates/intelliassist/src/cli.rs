//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::config::Flag;

/// Exit codes, told with every help.
const AFTER: &str = "\
Without a server every command works straight on the data directory, so they can be mixed.
Exit codes: 0 all well, 1 it failed, 2 the command line is wrong.
Settings come from flags, the environment, .env and intelliassist.toml, in this order:
`intelliassist config check` shows what is in force and where it came from.";

/// A personal assistant that turns text into tasks. Works offline, with no key.
#[derive(Debug, Parser)]
#[command(name = "intelliassist", version, after_help = AFTER, max_term_width = 100)]
#[command(arg_required_else_help = true, propagate_version = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command understands.
#[derive(Debug, Args)]
pub(crate) struct Common {
    /// Configuration file [default: intelliassist.toml in this directory, if there]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Where database, uploads and logs lie [DATA_DIR]
    #[arg(long, global = true, value_name = "DIR")]
    data_dir: Option<String>,
    /// TRACE, DEBUG, INFO, WARNING or ERROR [LOG_LEVEL; WARNING for commands]
    #[arg(long, global = true, value_name = "LEVEL")]
    log_level: Option<String>,
}

impl Common {
    /// The flags that are settings.
    pub(crate) fn flags(&self) -> Vec<Flag> {
        let flags = [
            ("data_dir", "--data-dir", &self.data_dir),
            ("log.level", "--log-level", &self.log_level),
        ];
        let given = flags.into_iter().filter_map(|(path, name, value)| {
            Some(Flag { path, name, value: value.clone()? })
        });
        given.collect()
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve the API on http://127.0.0.1:8000
    #[command(after_help = "Examples:
  intelliassist serve
  intelliassist serve --port 0                    a free port, which is printed
  API_KEYS=a-long-secret intelliassist serve --host 0.0.0.0")]
    Serve(Serve),
    /// Find the tasks of a text
    #[command(after_help = "Examples:
  intelliassist extract notes.md
  pbpaste | intelliassist extract - --save
  intelliassist extract mail.txt --explain --reference-time 2026-03-09T09:00:00+01:00
  intelliassist extract --jsonl --rules-only < texts.jsonl > tasks.jsonl")]
    Extract(Extract),
}

/// Options of `serve`.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Address to listen on [API_HOST]
    #[arg(long, value_name = "ADDRESS")]
    host: Option<String>,
    /// Port; 0 takes a free one [API_PORT]
    #[arg(long, short, value_name = "PORT")]
    port: Option<String>,
}

impl Serve {
    /// The flags that are settings.
    pub(crate) fn flags(&self) -> Vec<Flag> {
        let flags = [("server.host", "--host", &self.host), ("server.port", "--port", &self.port)];
        let given = flags.into_iter().filter_map(|(path, name, value)| {
            Some(Flag { path, name, value: value.clone()? })
        });
        given.collect()
    }
}

/// When and where a text was written.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct When {
    /// When it was written, such as 2026-03-09T09:00:00+01:00 [default: now]
    #[arg(long, value_name = "MOMENT")]
    pub(crate) reference_time: Option<String>,
    /// Where it was written, such as Europe/Berlin [TIMEZONE]
    #[arg(long, value_name = "ZONE")]
    pub(crate) timezone: Option<String>,
}

/// Options of `extract`.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "switches of a command line")]
pub(crate) struct Extract {
    /// The text; - reads standard input
    #[arg(value_name = "FILE", required_unless_present = "jsonl")]
    pub(crate) file: Option<PathBuf>,
    /// For programs
    #[arg(long)]
    pub(crate) json: bool,
    /// Save the tasks
    #[arg(long, conflicts_with = "jsonl")]
    pub(crate) save: bool,
    /// Show which words led to which field
    #[arg(long, conflicts_with = "jsonl")]
    pub(crate) explain: bool,
    /// Read one text a line as {"id","text","reference_time","tz"?}, write one answer a line
    #[arg(long, conflicts_with_all = ["file", "reference_time", "timezone"])]
    pub(crate) jsonl: bool,
    /// Ask no model
    #[arg(long)]
    pub(crate) rules_only: bool,
    #[command(flatten)]
    pub(crate) when: When,
    /// Whose tasks these are
    #[arg(long, value_name = "LABEL")]
    pub(crate) user: Option<String>,
}
