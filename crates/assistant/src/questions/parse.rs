//! Reading questions out of a model's answer, one by one: a bad one does not spoil the others
//! (contract 003-A10, 003-A11).

use domain::question::{NewQuestion, QuestionCategory};
use llm::parse_lenient;
use serde_json::{Map, Value};

use super::QuestionInput;

/// Characters of a question.
const TEXT: std::ops::RangeInclusive<usize> = 10..=500;
/// Seconds for an answer.
const SECONDS: std::ops::RangeInclusive<i64> = 120..=600;
/// A good answer says at least so much.
const POINTS: usize = 3;
/// No interviewer says these.
const PROFANE: [&str; 9] = [
    "fuck", "fucking", "shit", "bullshit", "asshole", "bitch", "bastard", "cunt", "dickhead",
];

/// The valid questions of an answer, in their order.
pub(super) fn questions(answer: &str, wish: &QuestionInput, account: &str) -> Vec<NewQuestion> {
    let found = elements(answer);
    let valid = found.iter().filter_map(|one| question(one, wish, account));
    valid.collect()
}

/// An array, an object with an array in it, or the whole objects of what was cut.
fn elements(answer: &str) -> Vec<Value> {
    match parse_lenient(answer) {
        Some(Value::Array(elements)) => elements,
        Some(Value::Object(object)) => {
            if object.contains_key("question_text") {
                return vec![Value::Object(object)];
            }
            let array = object.into_iter().find_map(|(_, value)| match value {
                Value::Array(elements) => Some(elements),
                _ => None,
            });
            array.unwrap_or_default()
        }
        _ => whole_objects(answer),
    }
}

fn whole_objects(answer: &str) -> Vec<Value> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = answer[from..].find('{') {
        let start = from + at;
        let mut values = serde_json::Deserializer::from_str(&answer[start..]).into_iter::<Value>();
        if let Some(Ok(value)) = values.next() {
            from = start + values.byte_offset();
            found.push(value);
        } else {
            from = start + 1;
        }
    }
    found
}

fn question(value: &Value, wish: &QuestionInput, account: &str) -> Option<NewQuestion> {
    let text = |field: &str| value.get(field)?.as_str().map(str::trim);
    let question_text = text("question_text")?;
    let category = category(text("category")?)?;
    let wanted = wish.categories.is_empty() || wish.categories.contains(&category);
    let same = text("difficulty")?.eq_ignore_ascii_case(wish.difficulty.as_str());
    let points: Vec<String> = value
        .get("expected_answer_points")?
        .as_array()?
        .iter()
        .filter_map(|point| Some(point.as_str()?.trim().to_owned()))
        .filter(|point| !point.is_empty())
        .collect();
    let seconds = value.get("time_limit_seconds")?.as_i64()?;
    let fits = TEXT.contains(&question_text.chars().count())
        && points.len() >= POINTS
        && SECONDS.contains(&seconds);
    let decent = !is_profane(question_text) && !points.iter().any(|point| is_profane(point));
    (wanted && same && fits && decent).then(|| NewQuestion {
        question_text: question_text.to_owned(),
        category,
        difficulty: wish.difficulty,
        role: wish.role.clone(),
        expected_answer_points: points,
        time_limit_seconds: seconds,
        provider_name: Some(account.to_owned()),
        generation_metadata: Map::new(),
    })
}

/// A category, also where a model wrote it with blanks or in another case.
fn category(word: &str) -> Option<QuestionCategory> {
    let word = word.replace([' ', '-'], "_");
    let mut all = QuestionCategory::ALL.iter().copied();
    all.find(|category| category.as_str().eq_ignore_ascii_case(&word))
}

fn is_profane(text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut words = lower.split(|sign: char| !sign.is_alphanumeric());
    words.any(|word| PROFANE.contains(&word))
}

#[cfg(test)]
mod tests {
    use domain::question::Difficulty;
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    fn wish() -> QuestionInput {
        QuestionInput {
            request_id: Uuid::nil(),
            role: "Data Analyst".to_owned(),
            difficulty: Difficulty::Hard,
            count: 3,
            categories: vec![QuestionCategory::Behavioral, QuestionCategory::SystemDesign],
            fresh: false,
        }
    }

    fn good() -> Value {
        json!({
            "question_text": "Tell of a hard decision.", "category": "Behavioral",
            "difficulty": "Hard", "expected_answer_points": ["a", "b", "c"],
            "time_limit_seconds": 120,
        })
    }

    fn read(answer: &str) -> usize {
        questions(answer, &wish(), "groq_1").len()
    }

    #[test]
    fn a10_003_each_field_is_checked() {
        assert_eq!(read(&json!([good()]).to_string()), 1);
        let bad = [
            ("question_text", json!("Too short")),
            ("question_text", json!("x".repeat(501))),
            ("question_text", json!("Why is this shit slow?")),
            ("category", json!("Technical")),
            ("category", json!("Cooking")),
            ("difficulty", json!("Easy")),
            ("expected_answer_points", json!(["a", "b", " "])),
            ("expected_answer_points", json!("a")),
            ("time_limit_seconds", json!(119)),
            ("time_limit_seconds", json!(601)),
            ("time_limit_seconds", json!(180.5)),
            ("time_limit_seconds", Value::Null),
        ];
        for (field, value) in bad {
            let mut one = good();
            one[field] = value.clone();
            assert_eq!(
                read(&json!([one, good()]).to_string()),
                1,
                "{field} {value}"
            );
        }
    }

    #[test]
    fn a11_003_fences_wrappers_and_cut_arrays_are_read() {
        let two = json!([good(), good()]).to_string();
        assert_eq!(read(&format!("Sure:\n```json\n{two}\n```")), 2);
        assert_eq!(read(&json!({ "questions": [good()] }).to_string()), 1);
        let cut = two.len() - 40;
        assert_eq!(read(&two[..cut]), 1);
        assert_eq!(read("no"), 0);
        let mut spaced = good();
        spaced["category"] = json!("system design");
        assert_eq!(read(&json!([spaced]).to_string()), 1);
    }
}
