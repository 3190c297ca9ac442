//! The variables of earlier services, under the names and with the defaults that their users know.

use secrecy::ExposeSecret;

use super::read;

/// Contract 001-C1, 001-C2, 001-C3, 001-C4, 001-C5, 001-C6, 001-C7, 001-C8, 001-C9.
#[test]
fn c_001_c1_to_c9_the_variables_of_the_ask_service() {
    let usual = read(&[]).unwrap().settings;
    assert_eq!(usual.gateway.timeout.as_secs(), 30);
    assert_eq!(usual.gateway.max_retries, 2);
    assert_eq!(
        (usual.cache.ttl_seconds, usual.cache.max_size),
        (600.0, 1000)
    );
    for name in ["GEMMA_API_KEY", "GOOGLE_API_KEY"] {
        let settings = read(&[(name, "g")]).unwrap().settings;
        let key = settings.accounts.google_api_key.unwrap();
        assert_eq!(key.expose_secret(), "g", "{name}");
    }
    let set = [
        ("GEMMA_ORCHESTRATOR_MODEL", "gemma-3-4b-it"),
        ("OPENAI_API_KEY", "o"),
        ("OPENAI_EXECUTOR_MODEL", "gpt-5-mini"),
        ("ALLOWED_ORIGINS", "http://localhost:5173"),
        ("HTTP_REQUEST_TIMEOUT_S", "12.5"),
        ("MAX_RETRIES", "0"),
        ("CACHE_TTL_SECONDS", "60"),
        ("CACHE_MAX_SIZE", "5"),
    ];
    let settings = read(&set).unwrap().settings;
    let accounts = &settings.accounts;
    assert_eq!(accounts.gemma_model.as_deref(), Some("gemma-3-4b-it"));
    assert_eq!(accounts.openai_model.as_deref(), Some("gpt-5-mini"));
    assert_eq!(
        accounts.openai_api_key.as_ref().unwrap().expose_secret(),
        "o"
    );
    assert_eq!(settings.server.cors_origins, ["http://localhost:5173"]);
    assert_eq!(settings.gateway.timeout.as_millis(), 12_500);
    assert_eq!(settings.gateway.max_retries, 0);
    assert_eq!(
        (settings.cache.ttl_seconds, settings.cache.max_size),
        (60.0, 5)
    );
}

/// Contract 003-C3, 003-C5, 003-C7.
#[test]
fn c_003_c3_c5_c7_the_variables_of_the_interview_coach() {
    let usual = read(&[]).unwrap().settings;
    assert_eq!(
        (usual.database.pool_size, usual.database.max_overflow),
        (10, 20)
    );
    let set = [
        ("DATABASE_URL", "sqlite::memory:"),
        ("DATABASE_POOL_SIZE", "3"),
        ("DATABASE_MAX_OVERFLOW", "4"),
        ("APP_NAME", "Coach"),
        ("APP_VERSION", "2.0.0"),
        ("ENVIRONMENT", "production"),
        ("HOST", "127.0.0.2"),
        ("PORT", "8001"),
        ("LOG_LEVEL", "INFO"),
        (
            "ALLOWED_ORIGINS",
            "[\"http://localhost:3000\", \"http://localhost:5173\"]",
        ),
    ];
    let settings = read(&set).unwrap().settings;
    let (database, server) = (&settings.database, &settings.server);
    assert_eq!(
        database.url.as_ref().unwrap().expose_secret(),
        "sqlite::memory:"
    );
    assert_eq!((database.pool_size, database.max_overflow), (3, 4));
    assert_eq!(
        (server.app_name.as_str(), server.version.as_str()),
        ("Coach", "2.0.0")
    );
    assert_eq!(server.environment, "production");
    assert_eq!(
        (server.host.to_string().as_str(), server.port),
        ("127.0.0.2", 8001)
    );
    let origins = ["http://localhost:3000", "http://localhost:5173"];
    assert_eq!(server.cors_origins, origins);
}
