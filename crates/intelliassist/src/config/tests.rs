mod seeds;

use std::io::Write;

use secrecy::ExposeSecret;
use store::DatabaseUrl;

use super::*;
use crate::config::report::in_force;

/// A key that must never be shown.
const CANARY: &str = "canary-key-9271";

fn variables(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

/// The configuration with an empty file, so that no file of the working directory is read.
fn read(environment: &[(&str, &str)]) -> Result<Loaded, ConfigError> {
    read_file("", environment)
}

fn read_file(text: &str, environment: &[(&str, &str)]) -> Result<Loaded, ConfigError> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    load_from(Some(file.path()), &[], &variables(environment), &[])
}

fn refused(environment: &[(&str, &str)]) -> String {
    read(environment).unwrap_err().to_string()
}

fn refused_file(text: &str) -> String {
    read_file(text, &[]).unwrap_err().to_string()
}

#[test]
fn flags_stand_above_the_environment_above_dot_env_above_the_file() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(b"[server]\nport = 1\napp_name = 'file'\n[log]\nlevel = 'ERROR'\nfile = 'f'\n")
        .unwrap();
    let flag = Flag {
        path: "server.port",
        name: "--port",
        value: "4".to_owned(),
    };
    let dot_env = variables(&[
        ("API_PORT", "2"),
        ("APP_NAME", "dot env"),
        ("LOG_LEVEL", "DEBUG"),
    ]);
    let environment = variables(&[("API_PORT", "3"), ("APP_NAME", "environment")]);
    let loaded = load_from(Some(file.path()), &[flag], &environment, &dot_env).unwrap();
    let settings = &loaded.settings;
    assert_eq!(
        (settings.server.port, settings.server.app_name.as_str()),
        (4, "environment")
    );
    assert_eq!(settings.log.level.0, tracing::Level::DEBUG);
    assert_eq!(settings.log.file, "f");
    assert_eq!(settings.log.backup_count, 5);
    assert_eq!(loaded.sources.origin("server.port").0, Origin::Flag);
    assert_eq!(loaded.sources.origin("log.level").0, Origin::DotEnv);
    assert!(matches!(
        loaded.sources.origin("log.file").0,
        Origin::File(_)
    ));
    assert_eq!(loaded.sources.origin("log.backup_count").0, Origin::Default);
}

#[test]
fn names_are_case_insensitive_and_the_first_that_is_set_wins() {
    let settings = read(&[("api_port", "81"), ("PORT", "82"), ("Host", "127.0.0.2")])
        .unwrap()
        .settings;
    assert_eq!(settings.server.port, 81);
    assert_eq!(settings.server.host.to_string(), "127.0.0.2");
    let settings = read(&[("API_PORT", "  "), ("PORT", "82")])
        .unwrap()
        .settings;
    assert_eq!(settings.server.port, 82, "blank counts as not set");
}

#[test]
fn d8_25_unknown_keys_of_the_file_are_refused_with_their_place() {
    let said = refused_file("[server]\nprot = 80\n");
    assert!(said.contains("server.prot in /"), "{said}");
    assert!(said.contains("did you mean port?"), "{said}");
    let said = refused_file("servr = 1\n");
    assert!(
        said.contains("servr in /") && said.contains("did you mean server?"),
        "{said}"
    );
    let said = refused_file("[gateway]\nwhatever = 1\n");
    assert!(
        said.contains("gateway.whatever") && said.contains("max_retries"),
        "{said}"
    );
    let said = refused_file("[[provider]]\nkind = 'groq'\nname = 'mine'\napikey = 'x'\n");
    assert!(
        said.contains("provider[0].apikey") && said.contains("api_key"),
        "{said}"
    );
    assert!(
        read(&[("NOBODY_KNOWS_THIS", "1")]).is_ok(),
        "variables are another matter"
    );
}

#[test]
fn d8_25_a_name_that_is_nearly_ours_gets_a_hint() {
    let warnings = read(&[("GROQ_API_KEYS", "x")]).unwrap().sources.warnings;
    assert_eq!(
        warnings,
        ["GROQ_API_KEYS is no setting; did you mean GROQ_API_KEY?"]
    );
}

#[test]
fn c_003_c1_a_blank_key_is_no_key_and_is_told() {
    let loaded = read(&[("GROQ_API_KEY", "  "), ("GROQ_API_KEY_2", "k")]).unwrap();
    let names: Vec<String> = accounts::configured(&loaded.settings, false)
        .into_iter()
        .map(|account| account.name)
        .collect();
    assert_eq!(names, ["groq_2"]);
    assert_eq!(
        loaded.sources.warnings,
        ["GROQ_API_KEY is blank, which counts as not set"]
    );
}

#[test]
fn bad_values_name_the_variable_and_the_remedy() {
    let cases = [
        (
            ("API_PORT", "eighty"),
            "API_PORT: \"eighty\" is no whole number",
        ),
        (("PORT", "70000"), "PORT: "),
        (
            ("API_HOST", "example"),
            "API_HOST: is no address: use 127.0.0.1",
        ),
        (
            ("DEBUG", "maybe"),
            "DEBUG: \"maybe\" is neither true nor false",
        ),
        (
            ("LOG_LEVEL", "LOUD"),
            "use TRACE, DEBUG, INFO, WARNING or ERROR",
        ),
        (("LOG_FORMAT", "XML"), "use HUMAN or JSON"),
        (
            ("ENVIRONMENT", "moon"),
            "use development (DEV), staging (HML) or production (PRD)",
        ),
        (
            ("TIMEZONE", "Berlin"),
            "TIMEZONE: \"Berlin\" is no time zone",
        ),
        (("AUTH_MODE", "maybe"), "AUTH_MODE: "),
        (
            ("GROQ_TIMEOUT_SECONDS", "0"),
            "GROQ_TIMEOUT_SECONDS: must be a time in seconds",
        ),
        (
            ("BREAKER_FAILURE_THRESHOLD", "0"),
            "breaker thresholds must be at least 1",
        ),
        (
            ("CORS_ORIGINS", "[1]"),
            "CORS_ORIGINS: is no JSON list of texts",
        ),
    ];
    for (pair, wanted) in cases {
        let said = refused(&[pair]);
        assert!(said.contains(wanted), "{pair:?}: {said}");
    }
}

#[test]
fn a_value_of_dot_env_is_refused_with_its_place() {
    let dot_env = variables(&[("API_PORT", "eighty")]);
    let file = tempfile::NamedTempFile::new().unwrap();
    let said = load_from(Some(file.path()), &[], &[], &dot_env)
        .unwrap_err()
        .to_string();
    assert!(said.starts_with("API_PORT in .env: "), "{said}");
}

#[test]
fn c_004_b4_every_usual_level_is_taken() {
    for (word, level) in [
        ("warning", tracing::Level::WARN),
        ("ERROR", tracing::Level::ERROR),
        ("critical", tracing::Level::ERROR),
        ("debug", tracing::Level::DEBUG),
        ("INFO", tracing::Level::INFO),
    ] {
        assert_eq!(
            read(&[("LOG_LEVEL", word)]).unwrap().settings.log.level.0,
            level,
            "{word}"
        );
    }
}

#[test]
fn c_002_c11_a_format_string_asks_for_human_lines() {
    let format = |text| read(&[("LOG_FORMAT", text)]).unwrap().settings.log.format;
    assert_eq!(
        format("%(asctime)s - %(name)s - %(levelname)s - %(message)s"),
        LogFormat::Human
    );
    assert_eq!(format("time - logger - level - message"), LogFormat::Human);
    assert_eq!(format("json"), LogFormat::Json);
}

#[test]
fn c_004_c4_documentation_is_hidden_in_production_unless_it_is_wanted() {
    let shown = |environment: &[(&str, &str)]| {
        let server = read(environment).unwrap().settings.server;
        (server.openapi_enabled, server.swagger_ui_enabled)
    };
    assert_eq!(shown(&[]), (true, true));
    assert_eq!(shown(&[("ENVIRONMENT", "PRD")]), (false, false));
    assert_eq!(shown(&[("ENVIRONMENT", "HML")]), (true, true));
    assert_eq!(shown(&[("DEBUG", "false")]), (false, false));
    assert_eq!(shown(&[("DEBUG", "true")]), (true, true));
    let wanted = [("ENVIRONMENT", "production"), ("OPENAPI_ENABLED", "true")];
    assert_eq!(shown(&wanted), (true, false));
    let page = [("OPENAPI_ENABLED", "false"), ("SWAGGER_UI_ENABLED", "true")];
    assert_eq!(
        shown(&page),
        (false, false),
        "a page needs the document (004-A6)"
    );
    assert_eq!(read(&page).unwrap().sources.warnings.len(), 1);
}

#[test]
fn d8_20_the_database_is_chosen_in_its_order() {
    let chosen = |environment: &[(&str, &str)]| {
        let chosen = database::choose(&read(environment).unwrap()).unwrap();
        match chosen.store.url {
            DatabaseUrl::SqliteFile(path) => path.display().to_string(),
            DatabaseUrl::SqliteMemory => "memory".to_owned(),
            DatabaseUrl::Postgres(url) => url.expose_secret().to_owned(),
        }
    };
    let parts = [
        ("POSTGRES_HOSTNAME", "db"),
        ("POSTGRES_USER", "me"),
        ("POSTGRES_PASSWORD", "p@ss/word"),
        ("POSTGRES_DB", "ai db"),
        ("SUPABASE_DB_URL", "postgres://s@h/d"),
    ];
    assert_eq!(chosen(&[("DATA_DIR", "/d")]), "/d/intelliassist.db");
    assert_eq!(
        chosen(&parts),
        "postgres://me:p%40ss%2Fword@db:5432/ai%20db"
    );
    assert_eq!(chosen(&parts[4..]), "postgres://s@h/d");
    let with_url = [&parts[..], &[("DATABASE_URL", "sqlite::memory:")]].concat();
    assert_eq!(chosen(&with_url), "memory");
    assert_eq!(
        chosen(&[("DATABASE_URL", "sqlite://there/x.db")]),
        "there/x.db"
    );
}

#[test]
fn d8_20_a_supabase_address_alone_gives_a_hint() {
    let hint =
        |environment: &[(&str, &str)]| database::choose(&read(environment).unwrap()).unwrap().hint;
    assert!(
        hint(&[("SUPABASE_URL", "https://x.supabase.co")])
            .unwrap()
            .contains("SUPABASE_DB_URL")
    );
    assert_eq!(
        hint(&[("SUPABASE_URL", "https://your-project.supabase.co")]),
        None,
        "a placeholder"
    );
    assert_eq!(hint(&[]), None);
}

#[test]
fn a_bad_address_of_a_database_is_refused_without_repeating_it() {
    let loaded = read(&[("DATABASE_URL", "mysql://u:canary-key-9271@h/d")]).unwrap();
    let said = database::choose(&loaded).unwrap_err().to_string();
    assert!(
        said.starts_with("DATABASE_URL: ") && !said.contains(CANARY),
        "{said}"
    );
}

#[test]
fn secrets_are_nowhere_to_be_seen() {
    let url = format!("postgres://me:{CANARY}@h/d");
    let names: Vec<&str> = names::SETTINGS
        .iter()
        .filter(|setting| matches!(setting.kind, names::Kind::Secret | names::Kind::SecretList))
        .flat_map(|setting| setting.names.iter().copied())
        .collect();
    let environment: Vec<(&str, &str)> = names
        .iter()
        .map(|name| {
            (
                *name,
                if name.ends_with("URL") {
                    url.as_str()
                } else {
                    CANARY
                },
            )
        })
        .chain([("OLLAMA_BASE_URL", "http://me:canary-key-9271@host:1/")])
        .collect();
    let file = format!(
        "[[provider]]\nkind = 'groq'\nname = 'mine'\napi_key = '{CANARY}'\n\
         base_url = 'https://me:{CANARY}@example/v1'\n"
    );
    let loaded = read_file(&file, &environment).unwrap();
    let settings = format!("{:?}", loaded.settings);
    // Addresses of providers are shown whole in Debug; nothing prints that.
    assert_eq!(settings.matches(CANARY).count(), 2, "{settings}");
    let shown = format!("{:?}", in_force(&loaded));
    assert!(!shown.contains(CANARY), "{shown}");
    let hidden = in_force(&loaded)
        .iter()
        .filter(|row| row.value == "set (hidden)")
        .count();
    assert!(hidden >= 14, "{shown}");
}

#[test]
fn what_is_in_force_is_shown_with_its_origin() {
    let loaded = read(&[("RETRY_BASE_MS", "250"), ("DATA_DIR", "/d"), ("PORT", "81")]).unwrap();
    let rows = in_force(&loaded);
    let row = |setting: &str| rows.iter().find(|row| row.setting == setting).unwrap();
    assert_eq!(row("gateway.retry_base_seconds").value, "250");
    assert_eq!(loaded.settings.gateway.retry_base.as_millis(), 250);
    assert_eq!(row("assistant.upload_dir").value, "/d/uploads");
    assert_eq!(row("server.port").variable, "PORT");
    assert_eq!(row("server.port").origin, "environment");
    assert_eq!(row("server.host").origin, "default");
}

#[test]
fn every_default_that_is_a_value_is_the_default_in_force() {
    // The template switched on must come to the same settings as no file at all.
    let text: String = report::template()
        .lines()
        .filter_map(|line| match line.strip_prefix('#') {
            Some(setting) if !setting.starts_with(' ') => Some(setting),
            Some(_) => None,
            None => Some(line),
        })
        .filter(|line| !line.ends_with("= \"\"") && !line.ends_with("= []"))
        .filter(|line| !FOLLOWS.iter().any(|key| line.starts_with(key)))
        .fold(String::new(), |text, line| text + line + "\n");
    let written = read_file(&text, &[]).unwrap().settings;
    let mut unwritten = read(&[]).unwrap().settings;
    // Written out, these are said instead of implied.
    unwritten.accounts.clone_from(&written.accounts);
    unwritten
        .assistant
        .timezone
        .clone_from(&written.assistant.timezone);
    unwritten.server.openapi_enabled = written.server.openapi_enabled;
    unwritten.server.swagger_ui_enabled = written.server.swagger_ui_enabled;
    assert_eq!(format!("{written:?}"), format!("{unwritten:?}"));
}

/// Keys without a default of their own: what they are follows from other things.
const FOLLOWS: [&str; 5] = [
    "rate_limit_per_minute",
    "threads",
    "text_threads",
    "ollama_startup_check",
    "data_dir",
];

#[test]
fn the_examples_in_the_repository_are_those_the_program_prints() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let there = std::fs::read_to_string(format!("{root}/.env.example")).unwrap();
    assert_eq!(
        there,
        report::env_template(),
        "`intelliassist config template --env` writes it"
    );
}

#[test]
fn the_accounts_are_those_of_the_contract() {
    let environment = [
        ("GROQ_API_KEY", "a"),
        ("GROQ_API_KEY_3", "c"),
        ("HF_API_KEY", "d"),
        ("HUGGINGFACE_API_KEY", "e"),
        ("OPENAI_API_KEY", "f"),
        ("GEMMA_API_KEY", "g"),
        ("ANTHROPIC_API_KEY", "h"),
        ("OLLAMA_ENDPOINTS", "http://one:1, http://two:2"),
        ("OLLAMA_BASE_URL", "http://three:3"),
        ("GROQ_MODEL", "llama3-8b-8192"),
        ("GROQ_DAILY_REQUESTS", "0"),
    ];
    let loaded = read(&environment).unwrap();
    let all = accounts::configured(&loaded.settings, false);
    let names: Vec<&str> = all.iter().map(|account| account.name.as_str()).collect();
    let wanted = [
        "groq_1",
        "groq_3",
        "huggingface_1",
        "openai",
        "gemini",
        "gemma",
        "anthropic",
        "ollama",
    ];
    assert_eq!(names, wanted);
    let shown = accounts::groq_model(&loaded.settings.accounts);
    assert_eq!(
        shown, "llama-3.1-8b-instant",
        "a retired name is mapped (D8.14)"
    );
    assert_eq!(all[0].quota, None, "0 is none");
    let hugging_face = all[2].api_key.as_ref().unwrap();
    assert_eq!(
        hugging_face.expose_secret(),
        "e",
        "the first name wins (D8.16)"
    );
    let ollama = all.last().unwrap();
    assert_eq!(
        (ollama.endpoints.len(), ollama.base_url.as_deref()),
        (2, None)
    );
    let only = read(&[&environment[..], &[("LOCAL_MODELS", "only")]].concat()).unwrap();
    assert!(accounts::configured(&only.settings, true).is_empty());
    let found = accounts::configured(&read(&[]).unwrap().settings, true);
    assert_eq!(found.len(), 1, "an instance that answered counts (D8.32)");
}

#[test]
fn c_002_c1_placeholders_of_lists_are_read_in_both_forms() {
    let origins = |text| {
        read(&[("ALLOWED_ORIGINS", text)])
            .unwrap()
            .settings
            .server
            .cors_origins
    };
    assert_eq!(origins("http://a, http://b,"), ["http://a", "http://b"]);
    assert_eq!(
        origins(r#"["http://a","http://b"]"#),
        ["http://a", "http://b"]
    );
    assert_eq!(origins("*"), ["*"]);
}

#[test]
fn the_zone_variable_of_the_system_may_hold_anything() {
    let zone = |value| read(&[("TZ", value)]).unwrap().settings.assistant.timezone;
    assert_eq!(zone("Europe/Berlin").as_deref(), Some("Europe/Berlin"));
    assert!(read(&[("TZ", ":/etc/localtime")]).is_ok());
}
