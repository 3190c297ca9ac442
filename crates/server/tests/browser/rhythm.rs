//! How often the page asks how the providers stand: one question at a time, while somebody looks, and
//! seldom where it is refused.

use std::time::Duration;

use jiff::SignedDuration;
use testkit::{Setup, TestApp};

use crate::page::Page;

const LIST: &str = "/api/v1/providers";
/// Between two looks.
const EVERY: Duration = Duration::from_secs(10);
/// After a look that failed.
const MINUTE: Duration = Duration::from_mins(1);
const MOMENT: Duration = Duration::from_millis(1);
const NOW: Duration = Duration::ZERO;

/// A page that shows the providers, as they are the first time.
async fn looking(app: &TestApp) -> Page {
    let page = Page::open_with_clock(app).await;
    page.pass(MINUTE).await;
    assert_eq!(page.asked_for(LIST).await, 0, "nobody looks yet");
    page.click("nav a[href='#providers']").await;
    page.pass(NOW).await;
    page
}

/// Lets time pass until just before its end, when nothing may have been asked, and then to its end, when
/// one question must have been.
async fn one_question_after(page: &Page, time: Duration) {
    let before = page.asked_for(LIST).await;
    page.pass(time.checked_sub(MOMENT).unwrap()).await;
    assert_eq!(page.asked_for(LIST).await, before, "before {time:?}");
    page.pass(MOMENT).await;
    assert_eq!(page.asked_for(LIST).await, before + 1, "after {time:?}");
}

#[tokio::test]
async fn the_providers_are_asked_for_every_ten_seconds_with_one_question() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let page = looking(&app).await;
    assert_eq!(page.asked_for(LIST).await, 1);
    let once = ["/api/v1/ai/health", "/api/v1/status"];
    for _ in 0..3 {
        one_question_after(&page, EVERY).await;
    }
    page.pass(MINUTE).await;
    assert_eq!(page.asked_for(LIST).await, 4 + 6);
    for path in once {
        assert_eq!(page.asked_for(path).await, 1, "{path}");
    }
    page.close().await;
}

#[tokio::test]
async fn the_providers_are_left_alone_while_nobody_looks() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let page = looking(&app).await;
    page.click("nav a[href='#notes']").await;
    page.pass(MINUTE).await;
    assert_eq!(page.asked_for(LIST).await, 1);
    page.click("nav a[href='#providers']").await;
    page.pass(NOW).await;
    assert_eq!(page.asked_for(LIST).await, 2, "whoever comes back sees now");
    one_question_after(&page, EVERY).await;
    page.put_away(true).await;
    page.pass(MINUTE).await;
    assert_eq!(page.asked_for(LIST).await, 3);
    page.put_away(false).await;
    page.pass(NOW).await;
    assert_eq!(page.asked_for(LIST).await, 4);
    one_question_after(&page, EVERY).await;
    page.close().await;
}

#[tokio::test]
async fn a_server_that_limits_its_callers_is_left_alone_for_a_minute() {
    let mut setup = Setup::default();
    // The list of tasks, what is asked once, and the first look.
    setup.server.rate_limit_per_minute = Some(4);
    let app = TestApp::on_sqlite(setup).await;
    let page = looking(&app).await;
    page.wait_for_texts("#providers-problem", &[""]).await;
    one_question_after(&page, EVERY).await;
    let told = "More than 4 requests came in a minute. Try again in 60 seconds.";
    page.wait_for_texts("#providers-problem", &[told]).await;
    page.click("nav a[href='#notes']").await;
    page.click("nav a[href='#providers']").await;
    one_question_after(&page, MINUTE).await;
    page.wait_for_texts("#providers-problem", &[told]).await;
    app.clock.advance(SignedDuration::from_mins(1));
    one_question_after(&page, MINUTE).await;
    page.wait_for_texts("#providers-problem", &[""]).await;
    one_question_after(&page, EVERY).await;
    page.close().await;
}

#[tokio::test]
async fn a_server_that_says_when_to_come_again_is_left_alone_until_then() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let page = looking(&app).await;
    page.refuse(Some(90)).await;
    one_question_after(&page, EVERY).await;
    page.refuse(Some(5)).await;
    one_question_after(&page, Duration::from_secs(90)).await;
    page.refuse(None).await;
    one_question_after(&page, MINUTE).await;
    one_question_after(&page, EVERY).await;
    page.close().await;
}
