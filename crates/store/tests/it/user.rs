use domain::user::UserOrder;
use domain::{Direction, Page};
use store::StoreError;

use crate::db::{Db, id, on_both};

on_both! {
    async fn a_user_is_made_and_found(db: &Db) {
        let made = db.store.create_user(id(1), "Ann@Example.com").await.unwrap();
        assert_eq!(made.email, "Ann@Example.com");
        assert_eq!(made.created_at, db.now());
        assert!(made.is_active);
        assert_eq!(db.store.user(id(1)).await.unwrap(), made);
        assert!(matches!(db.store.user(id(2)).await, Err(StoreError::NotFound)));
    }

    // Contract 004-B1.
    async fn an_address_is_taken_whatever_its_case_until_its_user_is_deleted(db: &Db) {
        db.store.create_user(id(1), "ÄNN@example.com").await.unwrap();
        let again = db.store.create_user(id(2), "änn@Example.com").await;
        assert!(matches!(again, Err(StoreError::Conflict(what)) if what == "Email already exists"));
        db.store.create_user(id(3), "bob@example.com").await.unwrap();
        let renamed = db.store.update_user(id(3), "Änn@example.com").await;
        assert!(matches!(renamed, Err(StoreError::Conflict(_))));

        db.store.delete_user(id(1)).await.unwrap();
        db.store.update_user(id(3), "Änn@example.com").await.unwrap();
        // Its own address in another case is no conflict.
        assert_eq!(db.store.update_user(id(3), "änn@example.com").await.unwrap().email,
            "änn@example.com");
    }

    // Contract 004-A4, 004-E6.
    async fn a_deleted_user_is_gone_from_every_read(db: &Db) {
        db.store.create_user(id(1), "a@example.com").await.unwrap();
        db.store.delete_user(id(1)).await.unwrap();
        assert!(matches!(db.store.user(id(1)).await, Err(StoreError::NotFound)));
        assert!(matches!(db.store.update_user(id(1), "x@y.z").await, Err(StoreError::NotFound)));
        assert!(matches!(db.store.delete_user(id(1)).await, Err(StoreError::NotFound)));
        let all = db.store.users(UserOrder::CreatedAt, Direction::Ascending, Page::ALL).await;
        assert!(all.unwrap().is_empty());
    }

    async fn users_are_listed_in_each_order_with_ties_by_id(db: &Db) {
        for (number, email) in [(2, "b@x.y"), (1, "C@x.y"), (3, "a-a@x.y")] {
            db.store.create_user(id(number), email).await.unwrap();
        }
        db.wait(1);
        db.store.create_user(id(4), "a_b@x.y").await.unwrap();
        let list = async |order, direction| -> Vec<u128> {
            let users = db.store.users(order, direction, Page::ALL).await.unwrap();
            users.iter().map(|user| user.id.as_u128()).collect()
        };
        assert_eq!(list(UserOrder::CreatedAt, Direction::Ascending).await, [1, 2, 3, 4]);
        assert_eq!(list(UserOrder::CreatedAt, Direction::Descending).await, [4, 3, 2, 1]);
        assert_eq!(list(UserOrder::Email, Direction::Ascending).await, [3, 4, 2, 1]);
        assert_eq!(list(UserOrder::Email, Direction::Descending).await, [1, 2, 4, 3]);
        let page = Page { limit: 2, offset: 1 };
        let users = db.store.users(UserOrder::CreatedAt, Direction::Ascending, page).await.unwrap();
        assert_eq!(users.iter().map(|user| user.id).collect::<Vec<_>>(), [id(2), id(3)]);
    }
}
