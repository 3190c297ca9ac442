//! What is computed once and used again.

use local::text::{Request, Speaker, Text};

use super::{ask, config, endless, engine, model, started, turn, whole};

const SYSTEM: &str = "You are the assistant of a small office. You know the calendar, the phone list \
    and the rooms. You answer in one short sentence. You never invent names, rooms or times.";

fn in_office(question: &str, max_tokens: u32) -> Request {
    let mut request = ask(question, max_tokens);
    request.turns.insert(0, turn(Speaker::System, SYSTEM));
    request
}

/// Tokens of a prompt that had to be computed.
async fn computed(text: &Text, request: Request) -> (String, usize, usize) {
    let (answer, _, used) = whole(text, request).await.unwrap();
    (
        answer,
        used.prompt_tokens - used.reused_tokens,
        used.reused_tokens,
    )
}

#[tokio::test]
async fn a_conversation_computes_only_what_is_new() {
    let Some(path) = model() else { return };
    let text = engine(path, config());
    let first = in_office("Who sits in room four?", 12);
    let (answer, all, reused) = computed(&text, first.clone()).await;
    assert_eq!(reused, 0);
    let mut next = first;
    next.turns.push(turn(Speaker::Assistant, &answer));
    next.turns.push(turn(Speaker::User, "And in room five?"));
    let (_, new, reused) = computed(&text, next).await;
    assert!(
        reused >= all && new < all / 2,
        "{new} new, {reused} reused, {all} at first"
    );
}

#[tokio::test]
async fn the_system_text_is_shared_between_conversations() {
    let Some(path) = model() else { return };
    let text = engine(path, config());
    let (alone, all, _) = computed(&text, in_office("When is lunch?", 12)).await;
    for question in [
        "Who is Ann?",
        "Where is the printer?",
        "Is Bob in?",
        "Is it Monday?",
        "Why?",
    ] {
        let (_, new, reused) = computed(&text, in_office(question, 12)).await;
        assert!(
            reused > all / 2 && new < all / 2,
            "{question} {new} new, {reused} reused"
        );
    }
    let (again, new, _) = computed(&text, in_office("When is lunch?", 12)).await;
    assert_eq!(again, alone, "what is reused is what would be computed");
    assert!(new < all / 2, "{new}");
}

#[tokio::test]
async fn a_prompt_can_be_copied_from_an_answer_that_still_runs() {
    let Some(path) = model() else { return };
    let text = engine(path, config());
    let mut running = endless();
    running.turns.insert(0, turn(Speaker::System, SYSTEM));
    let mut pieces = text.generate(running).unwrap();
    started(&mut pieces).await;
    // Its first word shows that its prompt is read.
    futures_util::StreamExt::next(&mut pieces)
        .await
        .unwrap()
        .unwrap();
    let (_, _, reused) = computed(&text, in_office("Who is Ann?", 4)).await;
    assert!(reused > 20, "{reused}");
}
