use domain::Page;
use domain::message::{Message, MessageAnswer, MessageKind, MessageStatus, NewMessage};
use jiff::SignedDuration;
use serde_json::json;
use store::StoreError;

use crate::db::{Db, on_both};

pub(crate) fn said(message: &str, session: Option<&str>, owner: Option<&str>) -> NewMessage {
    NewMessage {
        user_id: owner.map(str::to_owned),
        session_id: session.map(str::to_owned),
        kind: MessageKind::Chat,
        message: message.to_owned(),
        context: Some("at home".to_owned()),
        metadata: json!({"k": [1, 2.5]}).as_object().unwrap().clone(),
    }
}

pub(crate) fn answer(response: &str) -> MessageAnswer {
    MessageAnswer {
        status: MessageStatus::Success,
        response: response.to_owned(),
        model: Some("local".to_owned()),
        provider: Some("local".to_owned()),
        response_time: 1.25,
        tokens_used: Some(42),
        found: None,
    }
}

fn ids(messages: &[Message]) -> Vec<i64> {
    messages.iter().map(|message| message.id).collect()
}

on_both! {
    async fn a_message_is_kept_before_it_is_answered(db: &Db) {
        let made = db.store.add_message(said("Hello", Some("s"), Some("u1"))).await.unwrap();
        assert_eq!((made.id, made.status, &*made.response), (1, MessageStatus::Pending, ""));
        assert_eq!((&*made.message, made.context.as_deref()), ("Hello", Some("at home")));
        assert_eq!(made.metadata, said("", None, None).metadata);
        assert_eq!(made.created_at, db.now());
        assert_eq!(db.store.message(1, Some("u1")).await.unwrap(), made);
        assert!(matches!(db.store.message(1, Some("u2")).await, Err(StoreError::NotFound)));

        let answered = db.store.answer_message(1, answer("Hi")).await.unwrap();
        assert_eq!(answered.provider(), Some("local"));
        let mut metadata = made.metadata.clone();
        metadata.insert("provider".to_owned(), json!("local"));
        let expected = Message {
            metadata,
            status: MessageStatus::Success,
            response: "Hi".to_owned(),
            model: Some("local".to_owned()),
            response_time: Some(1.25),
            tokens_used: Some(42),
            ..made
        };
        assert_eq!(answered, expected);
        assert_eq!(db.store.message(1, None).await.unwrap(), expected);
        assert!(matches!(db.store.answer_message(2, answer("Hi")).await, Err(StoreError::NotFound)));
    }

    async fn it_is_noted_that_a_message_is_being_answered_until_it_is(db: &Db) {
        let made = db.store.add_message(said("Hello", None, None)).await.unwrap();
        assert_eq!(made.updated_at, db.now());
        db.clock.advance(SignedDuration::from_secs(10));
        db.store.note_answering(1).await.unwrap();
        let noted = db.store.message(1, None).await.unwrap();
        assert_eq!(noted, Message { updated_at: db.now(), ..made });
        let answered = db.store.answer_message(1, answer("Hi")).await.unwrap();
        db.clock.advance(SignedDuration::from_secs(10));
        db.store.note_answering(1).await.unwrap();
        assert_eq!(db.store.message(1, None).await.unwrap(), answered);
    }

    async fn what_was_found_in_a_message_is_kept_with_it(db: &Db) {
        let made = db.store.add_message(said("Hello", None, None)).await.unwrap();
        assert_eq!(made.found(), None);
        let found = json!([{ "summary": "Call Ada" }]);
        let whole = MessageAnswer { found: Some(found.clone()), ..answer("Hi") };
        let answered = db.store.answer_message(1, whole).await.unwrap();
        assert_eq!(answered.found(), Some(&found));
        assert_eq!(answered.metadata["k"], json!([1, 2.5]));
    }

    async fn a_session_is_read_backwards(db: &Db) {
        for (session, owner) in [("s", "u1"), ("s", "u1"), ("t", "u1"), ("s", "u2"), ("s", "u1")] {
            db.store.add_message(said("x", Some(session), Some(owner))).await.unwrap();
        }
        db.store.add_message(said("x", None, Some("u1"))).await.unwrap();
        let history = async |owner, before, limit| {
            ids(&db.store.session_history("s", owner, before, limit).await.unwrap())
        };
        assert_eq!(history(None, None, 10).await, [5, 4, 2, 1]);
        assert_eq!(history(Some("u1"), None, 10).await, [5, 2, 1]);
        assert_eq!(history(Some("u1"), None, 2).await, [5, 2]);
        assert_eq!(history(Some("u1"), Some(5), 10).await, [2, 1]);
        assert!(history(Some("u3"), None, 10).await.is_empty());
        let mine = db.store.messages(Some("u1"), Page { limit: 3, offset: 1 }).await.unwrap();
        assert_eq!(ids(&mine), [5, 3, 2]);
        assert_eq!(ids(&db.store.messages(None, Page::ALL).await.unwrap()), [6, 5, 4, 3, 2, 1]);
    }

    async fn messages_are_found_by_what_was_said_and_answered(db: &Db) {
        db.store.add_message(said("Where is the café?", None, Some("u1"))).await.unwrap();
        db.store.add_message(said("Breakfast", None, Some("u1"))).await.unwrap();
        db.store.answer_message(2, answer("The café at the corner, where else")).await.unwrap();
        db.store.add_message(said("The café", None, Some("u2"))).await.unwrap();
        let found = async |query: &str, owner| {
            ids(&db.store.search_messages(query, owner, Page::ALL).await.unwrap())
        };
        assert_eq!(found("cafe", Some("u1")).await, [1, 2]);
        assert_eq!(found("WHERE CAFE", None).await, [1, 2]);
        assert_eq!(found("corn", None).await, [2]);
        assert!(found("corn", Some("u2")).await.is_empty());
        // A second answer takes the place of the first.
        db.store.answer_message(2, answer("Closed")).await.unwrap();
        assert!(found("corn", None).await.is_empty());
        assert_eq!(found("closed break", None).await, [2]);
    }
}
