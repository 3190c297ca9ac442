//! `/api/v1/questions/*`.

use std::collections::HashSet;

use llm::mock::Reply;
use serde_json::{Value, json};
use testkit::{Setup, TestApp, TestRedis, databases, redis};

fn question(number: usize, category: &str, difficulty: &str) -> Value {
    json!({
        "question_text": format!("What would you do about case number {number}?"),
        "category": category,
        "difficulty": difficulty,
        "expected_answer_points": ["one", "two", "three"],
        "time_limit_seconds": 240,
    })
}

fn written(numbers: std::ops::Range<usize>, category: &str, difficulty: &str) -> Reply {
    let all: Vec<Value> = numbers
        .map(|number| question(number, category, difficulty))
        .collect();
    Reply::text(format!("```json\n{}\n```", Value::Array(all)))
}

fn scripted(replies: Vec<Reply>) -> Setup {
    Setup {
        replies: Some(replies),
        ..Setup::default()
    }
}

fn refused() -> Reply {
    Reply::Fail(llm::ModelError::BadRequest("no".to_owned()))
}

fn wish(count: usize) -> Value {
    json!({
        "role": "Data Analyst", "difficulty": "Hard", "question_count": count,
        "categories": ["Behavioral"],
    })
}

async fn generate(app: &TestApp, body: Value) -> Value {
    let path = "/api/v1/questions/generate";
    app.http().post(path, body).await.expect(200)
}

fn calls(app: &TestApp) -> usize {
    app.chat.as_ref().unwrap().calls()
}

/// Contract 003-A7, 003-A9, 003-B6; P-24.
#[tokio::test]
async fn e1_003_three_questions_are_written_once_and_then_given_again() {
    for database in databases() {
        let setup = scripted(vec![written(0..3, "Behavioral", "Hard")]);
        let app = TestApp::start(&database, setup).await;
        let first = generate(&app, wish(3)).await;
        assert_eq!(
            (&first["count"], &first["cache_hit"]),
            (&json!(3), &json!(false))
        );
        assert_eq!(
            (&first["success"], &first["message"]),
            (&json!(true), &Value::Null)
        );
        let one = &first["questions"][0];
        assert_eq!(
            (&one["role"], &one["difficulty"]),
            (&json!("Data Analyst"), &json!("Hard"))
        );
        let request = &app.chat.as_ref().unwrap().requests()[0];
        assert_eq!(
            (request.max_tokens, request.temperature),
            (Some(2000), Some(0.7))
        );
        let again = generate(&app, wish(3)).await;
        assert_eq!(again["cache_hit"], true);
        assert_eq!(again["questions"], first["questions"]);
        assert_eq!(calls(&app), 1);
        // 003-A9: another number of the same kind comes from the bank.
        let fewer = generate(&app, wish(2)).await;
        assert_eq!(
            (&fewer["count"], &fewer["cache_hit"]),
            (&json!(2), &json!(false))
        );
        assert_eq!(calls(&app), 1);
        let cache = app.http().get("/healthz/cache").await.expect(200);
        let questions = &cache["namespaces"]["questions"];
        assert_eq!(
            (&questions["hits"], &questions["misses"]),
            (&json!(1), &json!(2))
        );
        assert_eq!(
            (&questions["size"], &questions["ttl"]),
            (&json!(2), &json!(2_592_000.0))
        );
    }
}

#[tokio::test]
async fn a10_003_a_question_that_is_not_valid_is_written_again() {
    let mut short = question(2, "Behavioral", "Hard");
    short["question_text"] = json!("Why?");
    let flawed = json!([
        question(0, "Behavioral", "Hard"),
        question(1, "Behavioral", "Hard"),
        short
    ]);
    let replies = vec![
        Reply::text("I will not."),
        Reply::text(flawed.to_string()),
        written(2..3, "Behavioral", "Hard"),
    ];
    let app = TestApp::on_sqlite(scripted(replies)).await;
    assert_eq!(generate(&app, wish(3)).await["count"], 3);
    assert_eq!(calls(&app), 3);
}

#[tokio::test]
async fn a_fresh_wish_passes_cache_and_bank_by() {
    let replies = vec![
        written(0..3, "Behavioral", "Hard"),
        written(3..6, "Behavioral", "Hard"),
        refused(),
    ];
    let app = TestApp::on_sqlite(scripted(replies)).await;
    let first = generate(&app, wish(3)).await;
    let mut fresh = wish(3);
    fresh["fresh"] = json!(true);
    let second = generate(&app, fresh.clone()).await;
    assert_eq!(second["cache_hit"], false);
    let texts = |reply: &Value| -> HashSet<String> {
        let all = reply["questions"].as_array().unwrap().iter();
        all.map(|one| one["question_text"].to_string()).collect()
    };
    assert!(texts(&first).is_disjoint(&texts(&second)));
    // Where no model answers, stored ones do, and that is said.
    let third = generate(&app, fresh).await;
    assert_eq!(third["count"], 3);
    assert!(third["message"].as_str().unwrap().contains("stored"));
}

#[tokio::test]
async fn d8_38_no_model_and_nothing_stored_is_503() {
    for database in databases() {
        let app = TestApp::plain(&database).await;
        let path = "/api/v1/questions/generate";
        let failed = app.http().post(path, wish(1)).await.expect(503);
        assert_eq!(failed["code"], "service_unavailable");
        assert!(failed["message"].as_str().unwrap().contains("GROQ_API_KEY"));
    }
}

/// Contract 003-B7; P-25.
#[tokio::test]
async fn a12_003_the_count_is_the_wished_one() {
    let all = [
        "Technical",
        "Behavioral",
        "Domain_Specific",
        "System_Design",
        "Coding",
    ];
    let difficulties = ["Easy", "Medium", "Hard", "Expert"];
    let mut replies = Vec::new();
    let mut wishes = Vec::new();
    for (number, count) in (1..=20).cycle().take(40).enumerate() {
        let category = all[number % all.len()];
        let difficulty = difficulties[number % difficulties.len()];
        let role = format!("Role number {number}");
        wishes.push((role, difficulty, count, category));
        // Seven at a time, as they are asked for.
        let from = number * 100;
        for start in (0..count).step_by(7) {
            let end = count.min(start + 7);
            replies.push(written(from + start..from + end, category, difficulty));
        }
    }
    let app = TestApp::on_sqlite(scripted(replies)).await;
    for (role, difficulty, count, category) in wishes {
        let body = json!({
            "role": role, "difficulty": difficulty, "question_count": count,
            "categories": [category],
        });
        let reply = generate(&app, body).await;
        assert_eq!(reply["count"], count);
        let questions = reply["questions"].as_array().unwrap();
        let ids: HashSet<i64> = questions
            .iter()
            .map(|one| one["id"].as_i64().unwrap())
            .collect();
        assert_eq!(ids.len(), count);
        for one in questions {
            assert_eq!(
                (&one["category"], &one["difficulty"]),
                (&json!(category), &json!(difficulty))
            );
            assert_eq!(one["role"], json!(role));
        }
    }
}

#[tokio::test]
async fn e1_003_wishes_that_cannot_be_met_are_refused() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let with = |field: &str, value: Value| {
        let mut body = wish(3);
        body[field] = value;
        body
    };
    for (body, field) in [
        (with("role", json!("x")), "role"),
        (with("role", json!("x".repeat(101))), "role"),
        (with("difficulty", json!("hard")), "difficulty"),
        (with("question_count", json!(0)), "question_count"),
        (with("question_count", json!(21)), "question_count"),
        (with("categories", json!(["Cooking"])), "categories"),
    ] {
        let path = "/api/v1/questions/generate";
        let refused = app.http().post(path, body).await.expect(422);
        assert_eq!(refused["detail"][0]["loc"], json!(["body", field]));
    }
    // 003-E2
    let health = app.http().get("/api/v1/questions/health").await.expect(200);
    assert_eq!(
        (&health["status"], &health["service"]),
        (&json!("healthy"), &json!("questions"))
    );
}

#[tokio::test]
async fn c4_003_questions_are_shared_over_redis_and_kept_without_it() {
    let server = redis();
    let setup = |replies| Setup {
        shared: Some(server.config()),
        ..scripted(replies)
    };
    let one = TestApp::on_sqlite(setup(vec![written(0..3, "Behavioral", "Hard")])).await;
    let first = generate(&one, wish(3)).await;
    // Another process with a database of its own, and a model that says nothing.
    let other = TestApp::on_sqlite(setup(vec![refused()])).await;
    let again = generate(&other, wish(3)).await;
    assert_eq!(again["cache_hit"], true, "{again}");
    assert_eq!(again["questions"], first["questions"]);
    let caches = other.http().get("/healthz/cache").await.expect(200);
    assert_eq!(caches["namespaces"]["questions"]["size"], 1);
    let health = other.http().get("/health").await.expect(200);
    assert_eq!(health["cache"], "connected");
}

/// P-27, D8.39.
#[tokio::test]
async fn c4_003_a_redis_that_is_not_there_costs_nobody_an_answer() {
    for database in databases() {
        let nobody = TestRedis {
            url: "redis://127.0.0.1:1/".to_owned(),
            prefix: String::new(),
        };
        let setup = Setup {
            shared: Some(nobody.config()),
            ..scripted(vec![written(0..3, "Behavioral", "Hard")])
        };
        let app = TestApp::start(&database, setup).await;
        assert_eq!(generate(&app, wish(3)).await["cache_hit"], false);
        assert_eq!(generate(&app, wish(3)).await["cache_hit"], true);
        assert_eq!(calls(&app), 1);
        let caches = app.http().get("/healthz/cache").await.expect(200);
        assert_eq!(caches["namespaces"]["questions"]["size"], 1);
        let metrics = app.http().get("/cache/metrics").await.expect(200);
        assert_eq!(metrics["available"], false);
    }
}
