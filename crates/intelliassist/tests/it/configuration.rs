//! `config`, `doctor`, `migrate`, `models`, and what is refused at the start.

use crate::program::Place;

#[test]
fn what_is_in_force_is_shown_and_secrets_are_not() {
    let place = Place::new()
        .with("GROQ_API_KEY", "canary-4711")
        .with("api_port", "8123");
    let check = place.run(&["config", "check"]).good();
    assert!(!check.contains("canary-4711"), "{check}");
    let row = |name: &str| {
        check
            .lines()
            .find(|line| line.contains(name))
            .unwrap()
            .to_owned()
    };
    assert!(row("accounts.groq_api_key ").contains("set (hidden)"));
    assert!(row("server.port").contains("8123") && row("server.port").contains("environment"));
    assert!(
        check.contains("database: the SQLite database data/intelliassist.db"),
        "{check}"
    );
}

#[test]
fn a_file_that_is_wrong_is_refused_with_the_place() {
    let place = Place::new();
    let file = place.path().join("intelliassist.toml");
    std::fs::write(&file, "[server]\nprot = 1\n").unwrap();
    place.run(&["config", "check"]).refused(
        2,
        "server.prot in intelliassist.toml: is no setting; did you mean port?",
    );
    place.run(&["serve"]).refused(2, "server.prot");
    std::fs::write(&file, "[server\n").unwrap();
    place
        .run(&["tasks", "list"])
        .refused(2, "intelliassist.toml is not valid TOML");
    place.run(&["config", "docs"]).good();
    let place = Place::new();
    place
        .run(&["--config", "nowhere.toml", "config", "check"])
        .refused(2, "cannot read the configuration file nowhere.toml");
}

#[test]
fn dot_env_is_read_and_its_secrets_are_not_repeated() {
    let place = Place::new();
    std::fs::write(place.path().join(".env"), "APP_NAME=Mine\n").unwrap();
    assert!(place.run(&["config", "check"]).good().contains(".env"));
    std::fs::write(place.path().join(".env"), "OPENAI_API_KEY='canary-4711\n").unwrap();
    let run = place.run(&["config", "check"]);
    assert!(!run.stderr.contains("canary-4711"), "{}", run.stderr);
    run.refused(2, ".env: a line cannot be read");
}

#[test]
fn the_template_is_a_file_that_can_be_used() {
    let place = Place::new();
    let template = place.run(&["config", "template"]).good();
    std::fs::write(place.path().join("intelliassist.toml"), template).unwrap();
    place.run(&["config", "check"]).good();
    let variables = place.run(&["config", "template", "--env"]).good();
    std::fs::write(
        place.path().join(".env"),
        variables.replace("\n#API_PORT", "\nAPI_PORT"),
    )
    .unwrap();
    place.run(&["config", "check"]).good();
}

#[test]
fn d8_19_others_are_not_let_in_without_a_key() {
    let place = Place::new();
    let serve = ["serve", "--host", "0.0.0.0", "--port", "0"];
    place.run(&serve).refused(1, "API_KEYS");
    let place = place.with("API_HOST", "0.0.0.0");
    place.run(&["config", "check"]).refused(1, "AUTH_MODE=off");
}

#[test]
fn a_data_directory_that_cannot_be_made_is_told() {
    let place = Place::new();
    std::fs::write(place.path().join("file"), "").unwrap();
    let place = place.with("DATA_DIR", "file/data");
    place
        .run(&["tasks", "list"])
        .refused(1, "set DATA_DIR to a directory that can be written");
    place.run(&["serve", "--port", "0"]).refused(1, "file/data");
    let doctor = place.run(&["doctor"]);
    assert_eq!(doctor.code, Some(1));
    assert!(doctor.stdout.contains("bad  database"), "{}", doctor.stdout);
}

#[test]
fn a_database_that_is_down_is_a_clear_end() {
    let place = Place::new().with("DATABASE_URL", "postgres://me:canary-4711@127.0.0.1:1/x");
    let run = place.run(&["tasks", "list"]);
    assert!(!run.stderr.contains("canary-4711"), "{}", run.stderr);
    run.refused(1, "cannot open the PostgreSQL database 127.0.0.1:1/x");
}

#[test]
fn doctor_says_that_all_is_well() {
    let place = Place::new().with("API_PORT", "0");
    let findings = place.run(&["doctor", "--json"]).json();
    let bad = findings
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["verdict"] == "bad");
    assert_eq!(bad.count(), 0, "{findings}");
}

#[test]
fn migrations_are_shown_before_and_after() {
    let place = Place::new();
    let before = place.run(&["migrate", "--status", "--json"]).json();
    assert!(before[0]["applied_at"].is_null(), "{before}");
    place.run(&["migrate"]).good();
    let after = place.run(&["migrate", "--status", "--json"]).json();
    let steps = after.as_array().unwrap();
    assert!(
        !steps.is_empty() && steps.iter().all(|step| step["applied_at"].is_string()),
        "{after}"
    );
}

#[test]
fn models_are_listed_and_strange_names_refused() {
    let place = Place::new();
    let models = place.run(&["models", "list", "--json"]).json();
    assert!(
        models
            .as_array()
            .unwrap()
            .iter()
            .any(|model| model["name"] == "text-0.5b")
    );
    place
        .run(&["models", "pull", "text-9000b"])
        .refused(1, "text-9000b");
    assert!(
        place
            .run(&["models", "check"])
            .good()
            .contains("No model is installed")
    );
    place.run(&["models", "pull", "none"]).good();
}

#[test]
fn every_help_has_a_usage_and_completions_are_printed() {
    let place = Place::new();
    for command in [
        "serve", "extract", "add", "dates", "tasks", "ask", "chat", "models", "migrate", "config",
        "doctor",
    ] {
        assert!(
            place.run(&[command, "--help"]).good().contains("Usage:"),
            "{command}"
        );
    }
    for shell in ["bash", "zsh", "fish"] {
        assert!(
            place
                .run(&["completions", shell])
                .good()
                .contains("intelliassist")
        );
    }
    let document = place.run(&["openapi"]).json();
    assert!(document["paths"]["/api/v1/extract"].is_object());
}
