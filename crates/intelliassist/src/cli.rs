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

/// The hidden command under which this program reads foreign files for itself.
pub(crate) const READ_MEDIA: &str = "read-media";

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
            Some(Flag {
                path,
                name,
                value: value.clone()?,
            })
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
    /// Find the tasks in texts, recordings, pictures and documents
    #[command(after_help = "Examples:
  intelliassist extract notes.md
  intelliassist extract meeting.mp3 board.jpg notes.pdf --save
  pbpaste | intelliassist extract - --save
  intelliassist extract mail.txt --explain --reference-time 2026-03-09T09:00:00+01:00
  intelliassist extract --jsonl --rules-only < texts.jsonl > tasks.jsonl")]
    Extract(Extract),
    /// Add a task written in one line
    #[command(after_help = "Examples:
  intelliassist add \"Pay rent every 1st at 9am #finance p1 @alex\"
  intelliassist add --dry-run \"call mum tomorrow 6pm\"       shows what is understood")]
    Add(Add),
    /// Read the dates of a text
    #[command(after_help = "Examples:
  intelliassist dates \"the first Monday of June at noon\"
  intelliassist dates --deadline \"by end of month\"
  intelliassist dates --jsonl < phrases.jsonl")]
    Dates(Dates),
    /// List and change tasks
    #[command(
        subcommand,
        after_help = "Examples:
  intelliassist tasks list --status pending --area work
  intelliassist tasks edit 3 --due \"next friday\" --priority high
  intelliassist tasks done 3 4"
    )]
    Tasks(Tasks),
    /// Ask one question
    #[command(after_help = "Example:
  intelliassist ask \"What should I bring to a picnic?\"")]
    Ask(Ask),
    /// Talk; tasks that come up are saved
    Chat(Chat),
    /// Local models: list, fetch, check
    #[command(subcommand)]
    Models(Models),
    /// Providers of models: list, try out
    #[command(subcommand)]
    Providers(Providers),
    /// Bring the database up to date
    Migrate(Migrate),
    /// Settings: what is in force, what there is, a file to begin with
    #[command(subcommand)]
    Config(Config),
    /// Look whether everything is in order
    Doctor(Json),
    /// Read a foreign file for this program itself
    #[command(hide = true, name = READ_MEDIA)]
    ReadMedia,
    /// Print the API document
    Openapi,
    /// Print completions for a shell
    #[command(after_help = "Example:
  intelliassist completions bash > ~/.local/share/bash-completion/completions/intelliassist")]
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
}

/// For people or for programs.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Json {
    /// For programs
    #[arg(long)]
    pub(crate) json: bool,
}

/// Whose tasks and messages these are.
#[derive(Debug, Clone, Args)]
pub(crate) struct Who {
    /// Only this person's [default: everybody's]
    #[arg(long, value_name = "LABEL")]
    pub(crate) user: Option<String>,
    #[command(flatten)]
    pub(crate) json: Json,
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
        let flags = [
            ("server.host", "--host", &self.host),
            ("server.port", "--port", &self.port),
        ];
        let given = flags.into_iter().filter_map(|(path, name, value)| {
            Some(Flag {
                path,
                name,
                value: value.clone()?,
            })
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
    /// Texts, recordings, pictures, documents; - reads a text from standard input
    #[arg(value_name = "FILE", required_unless_present = "jsonl")]
    pub(crate) files: Vec<PathBuf>,
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
    #[arg(long, conflicts_with_all = ["files", "reference_time", "timezone"])]
    pub(crate) jsonl: bool,
    /// Ask no model for tasks; recordings and pictures still need theirs
    #[arg(long)]
    pub(crate) rules_only: bool,
    #[command(flatten)]
    pub(crate) when: When,
    /// Whose tasks these are
    #[arg(long, value_name = "LABEL")]
    pub(crate) user: Option<String>,
}

/// Options of `add`.
#[derive(Debug, Args)]
pub(crate) struct Add {
    /// The task, with its date, #label, +project, @person and p1 to p4 in any order
    #[arg(required_unless_present = "jsonl", num_args = 1..)]
    pub(crate) text: Vec<String>,
    /// Show what is understood, save nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Add nothing where an open task says the same; that one is shown
    #[arg(long, conflicts_with = "dry_run")]
    pub(crate) unless_known: bool,
    /// Read one task a line as {"id","text","ref","tz"?}, write one answer a line
    #[arg(long, requires = "dry_run", conflicts_with_all = ["text", "reference_time", "timezone"])]
    pub(crate) jsonl: bool,
    #[command(flatten)]
    pub(crate) when: When,
    #[command(flatten)]
    pub(crate) who: Who,
}

/// Options of `dates`.
#[derive(Debug, Args)]
pub(crate) struct Dates {
    /// The text
    #[arg(required_unless_present = "jsonl", num_args = 1..)]
    pub(crate) text: Vec<String>,
    /// Only the day or moment by which it must be done
    #[arg(long)]
    pub(crate) deadline: bool,
    /// Read one text a line, write one answer a line
    #[arg(long, conflicts_with_all = ["text", "reference_time", "timezone", "json"])]
    pub(crate) jsonl: bool,
    #[command(flatten)]
    pub(crate) when: When,
    #[command(flatten)]
    pub(crate) json: Json,
}

/// What is done with tasks.
#[derive(Debug, Subcommand)]
pub(crate) enum Tasks {
    /// The newest tasks
    List(TaskList),
    /// One task with everything about it
    Show {
        /// Its number
        id: i64,
        #[command(flatten)]
        who: Who,
    },
    /// Mark tasks as done
    Done {
        /// Their numbers
        #[arg(required = true)]
        ids: Vec<i64>,
        #[command(flatten)]
        who: Who,
    },
    /// Change a task
    Edit(Box<TaskEdit>),
    /// Take tasks away; they can be restored
    Delete {
        /// Their numbers
        #[arg(required = true)]
        ids: Vec<i64>,
        #[command(flatten)]
        who: Who,
    },
    /// Bring deleted tasks back
    Restore {
        /// Their numbers
        #[arg(required = true)]
        ids: Vec<i64>,
        #[command(flatten)]
        who: Who,
    },
    /// Find tasks by their words
    Search {
        /// The words
        #[arg(required = true)]
        words: Vec<String>,
        #[command(flatten)]
        who: Who,
    },
    /// How many there are of each kind
    Summary {
        #[command(flatten)]
        who: Who,
    },
}

/// Which tasks are listed.
#[derive(Debug, Args)]
pub(crate) struct TaskList {
    /// pending, in_progress, completed or cancelled [default: what is not closed]
    #[arg(long)]
    pub(crate) status: Option<String>,
    /// Closed ones too
    #[arg(long, conflicts_with = "status")]
    pub(crate) all: bool,
    /// low, medium, high or urgent
    #[arg(long)]
    pub(crate) priority: Option<String>,
    /// work, finance, household, …
    #[arg(long)]
    pub(crate) area: Option<String>,
    /// Who is to do it
    #[arg(long)]
    pub(crate) assignee: Option<String>,
    /// How many at most
    #[arg(long, default_value_t = 50)]
    pub(crate) limit: u32,
    #[command(flatten)]
    pub(crate) who: Who,
}

/// What is changed of a task; an empty text empties a field.
#[derive(Debug, Args)]
pub(crate) struct TaskEdit {
    /// Its number
    pub(crate) id: i64,
    /// New words
    #[arg(long)]
    pub(crate) summary: Option<String>,
    /// 2026-03-31, a moment, or words such as "next friday"
    #[arg(long)]
    pub(crate) due: Option<String>,
    /// pending, in_progress, completed or cancelled
    #[arg(long)]
    pub(crate) status: Option<String>,
    /// low, medium, high or urgent
    #[arg(long)]
    pub(crate) priority: Option<String>,
    /// work, finance, household, …
    #[arg(long)]
    pub(crate) area: Option<String>,
    /// Who is to do it
    #[arg(long)]
    pub(crate) assignee: Option<String>,
    /// More about it
    #[arg(long)]
    pub(crate) description: Option<String>,
    #[command(flatten)]
    pub(crate) who: Who,
}

/// Options of `ask`.
#[derive(Debug, Args)]
pub(crate) struct Ask {
    /// The question
    #[arg(required = true, num_args = 1..)]
    pub(crate) question: Vec<String>,
    #[command(flatten)]
    pub(crate) who: Who,
}

/// Options of `chat`.
#[derive(Debug, Args)]
pub(crate) struct Chat {
    /// Go on with an earlier conversation
    #[arg(long, value_name = "LABEL")]
    pub(crate) session: Option<String>,
    /// Only propose tasks
    #[arg(long)]
    pub(crate) no_save: bool,
    /// Whose conversation it is
    #[arg(long, value_name = "LABEL")]
    pub(crate) user: Option<String>,
}

/// What is done with local models.
#[derive(Debug, Subcommand)]
pub(crate) enum Models {
    /// Which there are, and what is there of each
    List(Json),
    /// Fetch a set (default, full, ci) or models by name; interrupted, it goes on where it was
    Pull {
        /// Sets or names [MODELS; default]
        what: Vec<String>,
    },
    /// Read every file and compare its sum
    Check {
        /// Sets or names [default: what is installed]
        what: Vec<String>,
        #[command(flatten)]
        json: Json,
    },
}

/// What is done with providers.
#[derive(Debug, Subcommand)]
pub(crate) enum Providers {
    /// Which accounts are set up
    List(Json),
    /// Ask each of them one tiny question; it counts against their quotas
    Test {
        /// Accounts [default: all]
        names: Vec<String>,
        #[command(flatten)]
        json: Json,
    },
}

/// Options of `migrate`.
#[derive(Debug, Args)]
pub(crate) struct Migrate {
    /// Only show which migrations were applied
    #[arg(long)]
    pub(crate) status: bool,
    #[command(flatten)]
    pub(crate) json: Json,
}

/// What is done with settings.
#[derive(Debug, Subcommand)]
pub(crate) enum Config {
    /// Every setting in force and where it came from; secrets are hidden
    Check(Json),
    /// Every setting there is, as a page
    Docs,
    /// A file to begin with
    Template {
        /// As .env instead of intelliassist.toml
        #[arg(long)]
        env: bool,
    },
}
