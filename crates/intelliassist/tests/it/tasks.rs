//! Tasks without a server, straight on the data directory.

use serde_json::json;

use crate::program::Place;

#[test]
fn a_task_is_added_changed_done_deleted_and_brought_back() {
    let place = Place::new();
    let added = place
        .run(&["add", "--json", "Buy milk tomorrow #errand p1"])
        .json();
    assert_eq!(
        (added["id"].as_i64(), added["summary"].as_str()),
        (Some(1), Some("Buy milk"))
    );
    assert_eq!(added["priority"], "high");
    let edit = [
        "tasks",
        "edit",
        "1",
        "--due",
        "2026-12-24",
        "--assignee",
        "Kim",
        "--json",
    ];
    let edited = place.run(&edit).json();
    assert_eq!(
        (edited["due_date"].as_str(), edited["assignee"].as_str()),
        (Some("2026-12-24"), Some("Kim"))
    );
    let emptied = place
        .run(&[
            "tasks",
            "edit",
            "1",
            "--due",
            "none",
            "--assignee",
            "",
            "--json",
        ])
        .json();
    assert!(emptied["due_date"].is_null() && emptied["assignee"].is_null());
    place.run(&["tasks", "done", "1"]).good();
    assert_eq!(place.run(&["tasks", "list"]).good(), "No tasks.\n");
    assert!(
        place
            .run(&["tasks", "list", "--all"])
            .good()
            .contains("completed")
    );
    place.run(&["tasks", "delete", "1"]).good();
    place
        .run(&["tasks", "show", "1"])
        .refused(1, "Task with ID 1 not found");
    place.run(&["tasks", "restore", "1"]).good();
    assert!(
        place
            .run(&["tasks", "search", "milk"])
            .good()
            .contains("Buy milk")
    );
    let summary = place.run(&["tasks", "summary", "--json"]).json();
    assert_eq!(
        (
            summary["total"].as_i64(),
            summary["by_status"]["completed"].as_i64()
        ),
        (Some(1), Some(1))
    );
}

#[test]
fn what_repeats_goes_on_when_it_is_done() {
    let place = Place::new();
    place.run(&["add", "Water the plants every day"]).good();
    let told = place.run(&["tasks", "done", "1"]).good();
    assert!(told.contains("Next:"), "{told}");
    let next = place.run(&["tasks", "show", "2", "--json"]).json();
    assert_eq!(
        (&next["summary"], &next["status"]),
        (&json!("Water the plants"), &json!("pending"))
    );
    let again = place.run(&["tasks", "done", "1", "--json"]).json();
    assert_eq!(again[0]["next_id"], 2);
    place
        .run(&["tasks", "show", "3"])
        .refused(1, "Task with ID 3 not found");
}

#[test]
fn a_label_sees_only_its_own() {
    let place = Place::new();
    place
        .run(&["add", "Water the plants", "--user", "ann"])
        .good();
    assert_eq!(
        place.run(&["tasks", "list", "--user", "bob"]).good(),
        "No tasks.\n"
    );
    place
        .run(&["tasks", "done", "1", "--user", "bob"])
        .refused(1, "1");
    assert!(
        place
            .run(&["tasks", "list", "--user", "ann"])
            .good()
            .contains("Water the plants")
    );
}

#[test]
fn what_is_added_twice_is_told_and_on_request_not_added() {
    let place = Place::new();
    let first = place.run(&["add", "Buy milk #errand"]);
    assert_eq!(first.stderr, "");
    let told = "task 1 says the same and is open";
    let again = place.run(&["add", "--json", "buy the milk"]);
    assert!(again.stderr.contains(told), "{}", again.stderr);
    assert!(again.stderr.contains("tasks delete 2"), "{}", again.stderr);
    assert_eq!(again.json()["id"], 2);
    place.run(&["tasks", "delete", "2"]).good();
    let kept = place.run(&["add", "--json", "--unless-known", "buy the milk"]);
    assert!(kept.stderr.contains(told), "{}", kept.stderr);
    assert_eq!(kept.json()["id"], 1);
    place.run(&["tasks", "done", "1"]).good();
    let anew = place.run(&["add", "--json", "--unless-known", "buy the milk"]);
    assert_eq!(anew.json()["id"], 3);
}

#[test]
fn wrong_words_are_refused_with_the_right_ones() {
    let place = Place::new();
    place.run(&["add", "Buy milk"]).good();
    place
        .run(&["tasks", "edit", "1", "--status", "ready"])
        .refused(1, "pending, in_progress");
    place
        .run(&["tasks", "edit", "1", "--priority", "huge"])
        .refused(1, "low, medium, high");
    place
        .run(&["tasks", "edit", "1", "--due", "someday soon"])
        .refused(1, "is no date");
    place
        .run(&["tasks", "edit", "1"])
        .refused(1, "nothing to change");
    place.run(&["tasks", "lisst"]).refused(2, "list");
    place
        .run(&["add", "--dry-run", " "])
        .refused(1, "there is no task");
}

#[test]
fn what_is_said_in_a_chat_is_kept_without_any_model() {
    let place = Place::new();
    let said = place
        .run_with(&["chat"], "Call Bob tomorrow at 6pm\n")
        .good();
    assert!(
        said.contains("task 1") && said.contains("Call Bob"),
        "{said}"
    );
    assert!(place.run(&["tasks", "list"]).good().contains("Call Bob"));
    place
        .run(&["ask", "Why?"])
        .refused(1, "no model could answer");
}

#[test]
fn where_local_models_are_switched_off_it_is_said_how_to_get_answers_all_the_same() {
    let place = Place::new().with("LOCAL_MODELS", "off");
    let remedy =
        "set a key such as GROQ_API_KEY, or LOCAL_MODELS=auto to use models on this machine";
    place.run(&["ask", "Why?"]).refused(1, remedy);
}
