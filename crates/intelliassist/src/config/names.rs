//! Every environment variable, the place in the configuration file it stands for, and its default
//! (contract 7.7, D8.14–D8.27). The one table: reading, `config check`, `config docs` and the hints
//! about misspelt names all come from it.

/// What a variable's text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// As it is.
    Text,
    /// As it is, never shown.
    Secret,
    /// A whole number.
    Integer,
    /// A number with a fraction.
    Number,
    /// Milliseconds, kept as seconds.
    Millis,
    /// `true`, `false`, `1`, `0`, `yes`, `no`, `on`, `off`.
    Bool,
    /// Separated by commas, or a JSON list.
    List,
    /// As [`Kind::List`], never shown.
    SecretList,
}

/// One setting that an environment variable can give.
#[derive(Debug)]
pub(crate) struct Setting {
    /// Names of the variable; the first that is set wins.
    pub(crate) names: &'static [&'static str],
    /// Place in the configuration file: `table.key`.
    pub(crate) path: &'static str,
    /// What its text means.
    pub(crate) kind: Kind,
    /// Default in words; empty where there is none.
    pub(crate) default: &'static str,
    /// What it does.
    pub(crate) about: &'static str,
}

const fn setting(
    names: &'static [&'static str],
    path: &'static str,
    kind: Kind,
    default: &'static str,
    about: &'static str,
) -> Setting {
    Setting {
        names,
        path,
        kind,
        default,
        about,
    }
}

use Kind::{Bool, Integer, List, Millis, Number, Secret, SecretList, Text};

/// All of them, in the order of the documentation.
#[rustfmt::skip]
pub(crate) const SETTINGS: &[Setting] = &[
    setting(&["API_HOST", "HOST"], "server.host", Text, "127.0.0.1", "Address to listen on; any other than loopback needs API_KEYS or AUTH_MODE=off"),
    setting(&["API_PORT", "PORT"], "server.port", Integer, "8000", "Port; 0 takes a free one and prints it"),
    setting(&["AUTH_MODE"], "server.auth_mode", Text, "auto", "auto (a key unless on loopback), keys, or off"),
    setting(&["API_KEYS"], "api_keys", SecretList, "", "Keys that open the door, sent as `Authorization: Bearer` or `X-API-Key`"),
    setting(&["APP_NAME", "SERVICE_NAME"], "server.app_name", Text, "IntelliAssist", "Name in answers and documents"),
    setting(&["APP_VERSION", "VERSION"], "server.version", Text, "1.0.0", "Version in answers and documents"),
    setting(&["API_DESCRIPTION"], "server.description", Text, "An assistant that turns what people write into tasks that are right.", "One line for the API document"),
    setting(&["ENVIRONMENT"], "server.environment", Text, "development", "development (DEV), staging (HML) or production (PRD)"),
    setting(&["DEBUG"], "server.debug", Bool, "false", "Said to be false, it also hides the documentation"),
    setting(&["CORS_ORIGINS", "ALLOWED_ORIGINS"], "server.cors_origins", List, "localhost and 127.0.0.1 at 5173 and 3000", "Origins whose pages may call; * allows all, without credentials"),
    setting(&["OPENAPI_ENABLED"], "server.openapi_enabled", Bool, "true unless production", "Serve the API document"),
    setting(&["OPENAPI_JSON_PATH"], "server.openapi_path", Text, "/openapi.json", "Where the API document is served"),
    setting(&["SWAGGER_UI_ENABLED"], "server.swagger_ui_enabled", Bool, "true unless production", "Serve Swagger UI; needs the document"),
    setting(&["SWAGGER_UI_PATH"], "server.swagger_ui_path", Text, "/docs", "Where Swagger UI is served"),
    setting(&["RATE_LIMIT_PER_MINUTE"], "server.rate_limit_per_minute", Integer, "", "Requests a minute for each key or address; unset is no limit"),
    setting(&["MAX_FILE_SIZE"], "server.max_file_size", Integer, "5242880", "Largest file on /upload and /upload/audio in bytes"),
    setting(&["MAX_DOCUMENT_SIZE"], "server.max_document_size", Integer, "52428800", "Largest file on /upload/file in bytes"),
    setting(&["DATA_DIR"], "data_dir", Text, "data", "Database, uploads and logs lie here"),
    setting(&["UPLOAD_DIR"], "assistant.upload_dir", Text, "uploads in DATA_DIR", "Where uploaded files lie"),
    setting(&["ALLOWED_FILE_TYPES"], "assistant.allowed_file_types", List, "every kind that can be read", "Types of files that may be uploaded"),
    setting(&["FILES_AT_ONCE"], "assistant.files_at_once", Integer, "2", "Files that are heard, seen or read at once; each takes up to a few hundred megabytes"),
    setting(&["KEEP_CALLS_DAYS"], "assistant.keep_calls_days", Integer, "90", "Days for which single calls of models are kept; 0 is for ever"),
    setting(&["TIMEZONE", "TZ"], "assistant.timezone", Text, "the machine's", "Zone of people who do not say theirs (IANA name)"),
    setting(&["DAY_FIRST"], "assistant.day_first", Bool, "false", "Read 03/04 as the 3rd of April"),
    setting(&["DATABASE_URL"], "database.url", Secret, "SQLite in DATA_DIR", "sqlite://PATH, sqlite::memory: or postgres://…"),
    setting(&["POSTGRES_HOSTNAME"], "database.postgres_hostname", Text, "", "PostgreSQL by parts, where DATABASE_URL is not set"),
    setting(&["POSTGRES_PORT"], "database.postgres_port", Integer, "5432", "Its port"),
    setting(&["POSTGRES_USER"], "database.postgres_user", Text, "", "Its user"),
    setting(&["POSTGRES_PASSWORD"], "database.postgres_password", Secret, "", "Its password"),
    setting(&["POSTGRES_DB"], "database.postgres_db", Text, "", "Its database"),
    setting(&["SUPABASE_DB_URL"], "database.supabase_db_url", Secret, "", "Connection string of a Supabase project, after the others"),
    setting(&["SUPABASE_URL"], "database.supabase_url", Text, "", "Alone it only gives a hint: the connection string is needed"),
    setting(&["DATABASE_POOL_SIZE"], "database.pool_size", Integer, "10", "Connections kept"),
    setting(&["DATABASE_MAX_OVERFLOW"], "database.max_overflow", Integer, "20", "Further connections under load"),
    setting(&["REDIS_URL"], "redis.url", Secret, "", "Redis for shared caches; never required"),
    setting(&["REDIS_HOST"], "redis.host", Text, "", "Redis by parts, where REDIS_URL is not set"),
    setting(&["REDIS_PORT"], "redis.port", Integer, "6379", "Its port"),
    setting(&["REDIS_DB"], "redis.db", Integer, "0", "Its database number"),
    setting(&["REDIS_PASSWORD"], "redis.password", Secret, "", "Its password"),
    setting(&["MODELS_DIR"], "models.dir", Text, "models", "Where local models lie"),
    setting(&["MODELS_MIRROR"], "models.mirror", Text, "", "Directory or URL asked for model files first"),
    setting(&["MODELS"], "models.set", Text, "default", "What `models pull` fetches: default, full, ci or none"),
    setting(&["LOCAL_MODELS"], "models.use_local", Text, "auto", "auto, off, or only"),
    setting(&["LOCAL_TEXT_MODEL"], "local.text_model", Text, "the best that is there", "Name of a text model, or the path of any GGUF file"),
    setting(&["LOCAL_THREADS"], "local.threads", Integer, "the physical cores", "Threads of all local models together"),
    setting(&["LOCAL_TEXT_THREADS"], "local.text_threads", Integer, "LOCAL_THREADS", "Threads while answering"),
    setting(&["LOCAL_IDLE_SECONDS"], "local.idle_seconds", Number, "600", "Unload a model after this long without work"),
    setting(&["PREFER_LOCAL"], "routing.prefer_local", Bool, "false", "Ask Ollama and local models before hosted ones"),
    setting(&["USE_LOCAL_LLM"], "routing.use_local_llm", Bool, "true", "Let Ollama and local models suggest for tasks"),
    setting(&["GROQ_API_KEY"], "accounts.groq_api_key", Secret, "", "First Groq account"),
    setting(&["GROQ_API_KEY_2"], "accounts.groq_api_key_2", Secret, "", "Second Groq account"),
    setting(&["GROQ_API_KEY_3"], "accounts.groq_api_key_3", Secret, "", "Third Groq account"),
    setting(&["GROQ_MODEL"], "accounts.groq_model", Text, "llama-3.1-8b-instant", "Groq's model for chat"),
    setting(&["GROQ_QUESTION_MODEL"], "accounts.groq_question_model", Text, "openai/gpt-oss-120b", "Groq's model for questions"),
    setting(&["GROQ_BASE_URL"], "accounts.groq_base_url", Text, "Groq's own", "Address of Groq"),
    setting(&["GROQ_TIMEOUT_SECONDS"], "accounts.groq_timeout_seconds", Number, "10", "Time for an answer"),
    setting(&["GROQ_DAILY_REQUESTS"], "accounts.groq_daily_requests", Integer, "14400", "Quota of each Groq account, requests a UTC day; 0 is none"),
    setting(&["HUGGINGFACE_API_KEY", "HF_API_KEY"], "accounts.huggingface_api_key", Secret, "", "First Hugging Face account"),
    setting(&["HUGGINGFACE_API_KEY_2", "HF_API_KEY_2"], "accounts.huggingface_api_key_2", Secret, "", "Second Hugging Face account"),
    setting(&["HF_BASE_URL"], "accounts.hf_base_url", Text, "Hugging Face's own", "Address for speech and captions"),
    setting(&["HF_ROUTER_BASE_URL"], "accounts.hf_router_base_url", Text, "Hugging Face's own", "Address for chat"),
    setting(&["HF_QUESTION_MODEL"], "accounts.hf_question_model", Text, "mistralai/Mistral-7B-Instruct-v0.2", "Hugging Face's model for questions"),
    setting(&["WHISPER_MODEL"], "accounts.whisper_model", Text, "openai/whisper-large-v3", "Hugging Face's model for speech"),
    setting(&["VISION_MODEL"], "accounts.vision_model", Text, "Salesforce/blip-image-captioning-large", "Hugging Face's model for captions"),
    setting(&["HF_TIMEOUT_SECONDS"], "accounts.hf_timeout_seconds", Number, "30", "Time for an answer"),
    setting(&["TRANSCRIBE_TIMEOUT_SECONDS"], "accounts.transcribe_timeout_seconds", Number, "60", "Time for a transcript"),
    setting(&["HF_MONTHLY_CHARACTERS"], "accounts.hf_monthly_characters", Integer, "30000", "Quota of each Hugging Face account, characters a month; 0 is none"),
    setting(&["OPENAI_API_KEY"], "accounts.openai_api_key", Secret, "", "OpenAI account"),
    setting(&["OPENAI_EXECUTOR_MODEL"], "accounts.openai_model", Text, "gpt-4o-mini", "OpenAI's model"),
    setting(&["OPENAI_BASE_URL"], "accounts.openai_base_url", Text, "OpenAI's own", "Address of OpenAI"),
    setting(&["OPENAI_TIMEOUT_SECONDS"], "accounts.openai_timeout_seconds", Number, "30", "Time for an answer"),
    setting(&["GOOGLE_API_KEY", "GEMMA_API_KEY"], "accounts.google_api_key", Secret, "", "Google AI account"),
    setting(&["GEMINI_MODEL"], "accounts.gemini_model", Text, "gemini-2.5-flash", "Gemini model"),
    setting(&["GEMMA_ORCHESTRATOR_MODEL"], "accounts.gemma_model", Text, "gemma-3-1b-it", "Model that refines questions"),
    setting(&["GEMINI_BASE_URL"], "accounts.gemini_base_url", Text, "Google's own", "Address of Google AI"),
    setting(&["GEMINI_TIMEOUT_SECONDS"], "accounts.gemini_timeout_seconds", Number, "30", "Time for an answer"),
    setting(&["ANTHROPIC_API_KEY"], "accounts.anthropic_api_key", Secret, "", "Anthropic account"),
    setting(&["ANTHROPIC_MODEL"], "accounts.anthropic_model", Text, "claude-haiku-4-5", "Anthropic's model"),
    setting(&["ANTHROPIC_TIMEOUT_SECONDS"], "accounts.anthropic_timeout_seconds", Number, "30", "Time for an answer"),
    setting(&["ANTHROPIC_BASE_URL"], "accounts.anthropic_base_url", Text, "Anthropic's own", "Address of Anthropic"),
    setting(&["OLLAMA_ENDPOINTS"], "accounts.ollama_endpoints", List, "", "Ollama instances"),
    setting(&["OLLAMA_BASE_URL"], "accounts.ollama_base_url", Text, "http://localhost:11434", "One Ollama instance, where OLLAMA_ENDPOINTS is not set"),
    setting(&["OLLAMA_SUGGESTION_MODEL"], "accounts.ollama_suggestion_model", Text, "phi3:mini", "Ollama's model for suggestions"),
    setting(&["OLLAMA_DEFAULT_MODEL"], "accounts.ollama_default_model", Text, "llama3.2:3b", "Ollama's model for everything else"),
    setting(&["OLLAMA_TIMEOUT_SECONDS"], "accounts.ollama_timeout_seconds", Number, "30", "Time for an answer"),
    setting(&["OLLAMA_STARTUP_CHECK_ENABLED"], "accounts.ollama_startup_check", Bool, "warn", "true refuses to start without Ollama and its model; unset only warns"),
    setting(&["HTTP_REQUEST_TIMEOUT_S"], "gateway.timeout_seconds", Number, "30", "Time for an answer where a provider has none of its own"),
    setting(&["MAX_RETRIES"], "gateway.max_retries", Integer, "2", "Repetitions per request after every account was asked once"),
    setting(&["RETRY_BASE_MS"], "gateway.retry_base_seconds", Millis, "500", "Longest wait before the first repetition; doubles with each"),
    setting(&["RETRY_CAP_MS"], "gateway.retry_cap_seconds", Millis, "8000", "Longest wait before any repetition"),
    setting(&["BREAKER_FAILURE_THRESHOLD"], "gateway.breaker_failure_threshold", Integer, "5", "Failures that open a circuit"),
    setting(&["BREAKER_WINDOW_SECONDS"], "gateway.breaker_window_seconds", Number, "60", "Time within which they must happen"),
    setting(&["BREAKER_TIMEOUT_SECONDS"], "gateway.breaker_timeout_seconds", Number, "60", "How long a circuit stays open"),
    setting(&["BREAKER_SUCCESS_THRESHOLD"], "gateway.breaker_success_threshold", Integer, "1", "Probes that must succeed to close it"),
    setting(&["CACHE_TTL_SECONDS"], "cache.ttl_seconds", Number, "600", "How long an answer of /api/ask is kept"),
    setting(&["CACHE_MAX_SIZE"], "cache.max_size", Integer, "1000", "How many answers of /api/ask are kept"),
    setting(&["QUESTION_CACHE_TTL_SECONDS"], "cache.question_ttl_seconds", Number, "2592000", "How long generated questions are kept"),
    setting(&["LOG_LEVEL"], "log.level", Text, "INFO", "TRACE, DEBUG, INFO, WARNING or ERROR"),
    setting(&["LOG_FORMAT"], "log.format", Text, "HUMAN", "HUMAN or JSON"),
    setting(&["LOG_DIR"], "log.dir", Text, "logs in DATA_DIR", "Where log files lie"),
    setting(&["LOG_FILE"], "log.file", Text, "intelliassist.log", "Name of the log file; none writes no file"),
    setting(&["LOG_MAX_SIZE"], "log.max_size", Integer, "10485760", "Size in bytes at which the log file is turned over"),
    setting(&["LOG_BACKUP_COUNT"], "log.backup_count", Integer, "5", "Old log files kept"),
    setting(&["OTEL_EXPORTER_OTLP_ENDPOINT"], "telemetry.otlp_endpoint", Text, "", "Accepted; takes effect when tracing is built"),
];

/// The setting a variable gives, whatever its case.
pub(crate) fn by_name(name: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| {
        setting
            .names
            .iter()
            .any(|known| known.eq_ignore_ascii_case(name))
    })
}

/// A name of ours that `name` is nearly: one letter off, added or missing.
pub(crate) fn nearly(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_uppercase();
    if name.len() < 6 || !name.contains('_') || by_name(&name).is_some() {
        return None;
    }
    let known = SETTINGS
        .iter()
        .flat_map(|setting| setting.names.iter().copied());
    known
        .into_iter()
        .find(|known| one_edit_apart(known.as_bytes(), name.as_bytes()))
}

/// The one of `known` that `name` is most nearly: at most two letters apart.
pub(crate) fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let distances = known.iter().map(|known| (edits(name, known), *known));
    let (distance, near) = distances.min_by_key(|(distance, _)| *distance)?;
    (distance <= 2).then_some(near)
}

/// Levenshtein's distance, with neighbours that changed places counting as one edit.
fn edits(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut before = vec![0; other.len() + 1];
    let mut row: Vec<usize> = (0..=other.len()).collect();
    let mut last = None;
    for (i, left) in one.chars().enumerate() {
        let mut next = vec![i + 1];
        for (j, right) in other.iter().enumerate() {
            let change = row[j] + usize::from(left != *right);
            let mut best = change.min(row[j + 1] + 1).min(next[j] + 1);
            let swapped = j > 0 && last == Some(*right) && other[j - 1] == left;
            if swapped {
                best = best.min(before[j - 1] + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
        last = Some(left);
    }
    row.last().copied().unwrap_or_default()
}

fn one_edit_apart(one: &[u8], other: &[u8]) -> bool {
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let same = short
        .iter()
        .zip(long)
        .take_while(|(left, right)| left == right)
        .count();
    match long.len() - short.len() {
        0 => short.get(same + 1..) == long.get(same + 1..) && same < short.len(),
        1 => short[same..] == long[same + 1..],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_name_and_no_place_stands_twice() {
        let names: Vec<_> = SETTINGS.iter().flat_map(|setting| setting.names).collect();
        assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len());
        let paths: HashSet<_> = SETTINGS.iter().map(|setting| setting.path).collect();
        assert_eq!(paths.len(), SETTINGS.len());
    }

    #[test]
    fn d8_25_a_misspelt_name_gets_a_hint_and_a_strange_one_does_not() {
        assert_eq!(nearly("GROQ_API_KEYS"), Some("GROQ_API_KEY"));
        assert_eq!(nearly("DATABSE_URL"), Some("DATABASE_URL"));
        assert_eq!(nearly("databse_url"), Some("DATABASE_URL"));
        assert_eq!(nearly("GROQ_API_KEY"), None);
        assert_eq!(nearly("SSH_AUTH_SOCK"), None);
    }
}
