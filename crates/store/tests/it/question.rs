use domain::question::{Difficulty, NewQuestion, Question, QuestionCategory as Category};
use serde_json::Map;

use crate::db::{Db, on_both};

fn new(text: &str, category: Category, role: &str, difficulty: Difficulty) -> NewQuestion {
    NewQuestion {
        question_text: text.to_owned(),
        category,
        difficulty,
        role: role.to_owned(),
        expected_answer_points: vec!["a".to_owned(), "b".to_owned(), "c".to_owned()],
        time_limit_seconds: 300,
        provider_name: Some("groq_1".to_owned()),
        generation_metadata: Map::new(),
    }
}

fn ids(questions: &[Question]) -> Vec<i64> {
    questions.iter().map(|question| question.id).collect()
}

on_both! {
    async fn a_question_is_kept_once(db: &Db) {
        let one = |role| new("What is a lock?", Category::Technical, role, Difficulty::Easy);
        let kept = db.store
            .add_questions(vec![one("Engineer"), one("engineer"), one("Cook")])
            .await
            .unwrap();
        assert_eq!(kept[0], kept[1]);
        assert_ne!(kept[0].id, kept[2].id);
        assert_eq!((&*kept[0].role, kept[0].usage_count), ("Engineer", 0));
        assert_eq!(kept[0].expected_answer_points, ["a", "b", "c"]);
        let harder = new("What is a lock?", Category::Technical, "Engineer", Difficulty::Hard);
        let again = db.store.add_questions(vec![one("ENGINEER"), harder]).await.unwrap();
        assert_eq!(again[0], kept[0]);
        assert_ne!(again[1].id, kept[0].id);
        let count = db.store.count_questions("Engineer", Difficulty::Easy, &[]).await.unwrap();
        assert_eq!(count, 1);
    }

    async fn the_least_used_come_first(db: &Db) {
        let all = [("q1", Category::Technical), ("q2", Category::Coding), ("q3", Category::Technical),
            ("q4", Category::SystemDesign)];
        let new = all.map(|(text, category)| new(text, category, "Engineer", Difficulty::Medium));
        let kept = ids(&db.store.add_questions(new.to_vec()).await.unwrap());
        db.store.mark_questions_used(&[kept[0], kept[0], kept[2]]).await.unwrap();
        db.store.mark_questions_used(&[kept[0]]).await.unwrap();
        db.store.mark_questions_used(&[]).await.unwrap();
        let find = async |categories: &[Category], limit| {
            let found = db.store
                .find_questions(" engineer", Difficulty::Medium, categories, limit)
                .await
                .unwrap();
            ids(&found)
        };
        assert_eq!(find(&[], 10).await, [kept[1], kept[3], kept[2], kept[0]]);
        assert_eq!(find(&[], 2).await, [kept[1], kept[3]]);
        let two = [Category::Technical, Category::SystemDesign];
        assert_eq!(find(&two, 10).await, [kept[3], kept[2], kept[0]]);
        let count = db.store.count_questions("Engineer", Difficulty::Medium, &two).await.unwrap();
        assert_eq!(count, 3);
        let none = db.store.find_questions("Engineer", Difficulty::Hard, &[], 10).await.unwrap();
        assert!(none.is_empty());
    }
}
