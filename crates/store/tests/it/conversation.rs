use domain::conversation::{ConversationOrder, ConversationPatch, NewConversation};
use domain::model_version::{ModelVersionOrder, ModelVersionPatch};
use domain::{Direction, Page};
use store::StoreError;
use uuid::Uuid;

use crate::db::{Db, id, on_both};

fn new(conversation: u128, user: Uuid, latency_ms: Option<i64>) -> NewConversation {
    NewConversation {
        id: id(conversation),
        user_id: user,
        model_version_id: id(20),
        prompt: "Hello".to_owned(),
        response: "Hi".to_owned(),
        temperature: Some(0.1),
        top_p: None,
        max_tokens: Some(16),
        input_tokens: Some(11),
        output_tokens: Some(7),
        total_tokens: Some(18),
        latency_ms,
    }
}

/// Users 10 and 11, model version 20.
async fn people(db: &Db) {
    db.store.create_user(id(10), "a@x.y").await.unwrap();
    db.store.create_user(id(11), "b@x.y").await.unwrap();
    db.store
        .create_model_version(id(20), "Ollama", "llama3.2:3b", "v1")
        .await
        .unwrap();
}

async fn listed(
    db: &Db,
    user: Option<Uuid>,
    order: ConversationOrder,
    way: Direction,
) -> Vec<u128> {
    let list = db
        .store
        .conversations(user, order, way, Page::ALL)
        .await
        .unwrap();
    list.iter()
        .map(|conversation| conversation.id.as_u128())
        .collect()
}

on_both! {
    async fn a_conversation_is_kept_as_it_is(db: &Db) {
        people(db).await;
        let made = db.store.create_conversation(new(1, id(10), Some(250))).await.unwrap();
        assert_eq!(made.temperature, Some(0.1));
        assert_eq!((made.input_tokens, made.total_tokens, made.latency_ms),
            (Some(11), Some(18), Some(250)));
        assert!(made.is_active);
        assert_eq!(db.store.conversation(id(1)).await.unwrap(), made);
    }

    // Contract 004-E10: the user is checked first.
    async fn references_must_be_active(db: &Db) {
        people(db).await;
        let mut lost = new(1, id(99), None);
        lost.model_version_id = id(98);
        let refused = db.store.create_conversation(lost).await;
        assert!(matches!(refused, Err(StoreError::Invalid(what)) if what == "User not found"));
        db.store.delete_model_version(id(20)).await.unwrap();
        let refused = db.store.create_conversation(new(1, id(10), None)).await;
        assert!(
            matches!(refused, Err(StoreError::Invalid(what)) if what == "Model version not found")
        );
    }

    // Contract 004-E6, 004-E9: only theirs go with them.
    async fn conversations_go_with_their_user_or_model_version(db: &Db) {
        people(db).await;
        db.store.create_conversation(new(1, id(10), None)).await.unwrap();
        db.store.create_conversation(new(2, id(11), None)).await.unwrap();
        db.store.delete_user(id(10)).await.unwrap();
        assert!(matches!(db.store.conversation(id(1)).await, Err(StoreError::NotFound)));
        db.store.conversation(id(2)).await.unwrap();
        db.store.delete_model_version(id(20)).await.unwrap();
        assert!(listed(db, None, ConversationOrder::CreatedAt, Direction::Ascending).await.is_empty());
        assert!(matches!(db.store.delete_model_version(id(20)).await, Err(StoreError::NotFound)));
    }

    // Contract 004-B5.
    async fn those_without_a_latency_come_last_either_way(db: &Db) {
        people(db).await;
        for (number, latency) in [(1, None), (2, Some(300)), (3, Some(100)), (4, None), (5, Some(300))] {
            db.store.create_conversation(new(number, id(10), latency)).await.unwrap();
        }
        let by_latency = ConversationOrder::Latency;
        assert_eq!(listed(db, None, by_latency, Direction::Ascending).await, [3, 2, 5, 1, 4]);
        assert_eq!(listed(db, None, by_latency, Direction::Descending).await, [5, 2, 3, 4, 1]);
        assert!(listed(db, Some(id(11)), by_latency, Direction::Ascending).await.is_empty());
    }

    async fn a_change_touches_only_what_it_names(db: &Db) {
        people(db).await;
        let made = db.store.create_conversation(new(1, id(10), Some(5))).await.unwrap();
        let none = db.store.update_conversation(id(1), ConversationPatch::default()).await.unwrap();
        assert_eq!(none, made);
        let patch = ConversationPatch {
            user_id: Some(id(11)),
            temperature: Some(None),
            top_p: Some(Some(0.5)),
            ..ConversationPatch::default()
        };
        let changed = db.store.update_conversation(id(1), patch).await.unwrap();
        assert_eq!((changed.user_id, changed.temperature, changed.top_p),
            (id(11), None, Some(0.5)));
        assert_eq!((changed.prompt, changed.latency_ms), (made.prompt, made.latency_ms));
        let lost = ConversationPatch { user_id: Some(id(99)), ..ConversationPatch::default() };
        let refused = db.store.update_conversation(id(1), lost).await;
        assert!(matches!(refused, Err(StoreError::Invalid(what)) if what == "User not found"));
        assert_eq!(db.store.conversation(id(1)).await.unwrap().user_id, id(11));
    }

    async fn a_deleted_conversation_is_gone(db: &Db) {
        people(db).await;
        db.store.create_conversation(new(1, id(10), None)).await.unwrap();
        db.store.delete_conversation(id(1)).await.unwrap();
        assert!(matches!(db.store.delete_conversation(id(1)).await, Err(StoreError::NotFound)));
        let patch = ConversationPatch::default();
        assert!(matches!(db.store.update_conversation(id(1), patch).await, Err(StoreError::NotFound)));
    }

    async fn model_versions_are_listed_and_changed(db: &Db) {
        people(db).await;
        db.store.create_model_version(id(21), "openai", "gpt-4o", "v1").await.unwrap();
        let patch = ModelVersionPatch {
            version_tag: Some("v2".to_owned()),
            ..ModelVersionPatch::default()
        };
        let changed = db.store.update_model_version(id(20), patch).await.unwrap();
        assert_eq!((&*changed.provider, &*changed.version_tag), ("Ollama", "v2"));
        let list = db.store
            .model_versions(ModelVersionOrder::ModelName, Direction::Ascending, Page::ALL)
            .await
            .unwrap();
        assert_eq!(list.iter().map(|one| one.id).collect::<Vec<_>>(), [id(21), id(20)]);
        assert_eq!(list[1], db.store.model_version(id(20)).await.unwrap());
    }
}
