//! What the page tells of what was done, and the way back.

use std::time::Duration;

use serde_json::json;
use testkit::{Setup, TestApp};

use crate::page::Page;

/// The controls in the window that nothing covers, by their names.
const FREE: &str = "return [...document.querySelectorAll('a, button, input, select, textarea')]
     .filter((control) => {
       const { left, right, top, bottom } = control.getBoundingClientRect();
       if (control.closest('#toast') || top < 0 || bottom > innerHeight || right <= left) return false;
       const points = [[left + 2, top + 2], [right - 2, bottom - 2], [(left + right) / 2, (top + bottom) / 2]];
       return points.every(([x, y]) => document.elementFromPoint(x, y)?.closest('a, button, input, select, textarea') === control);
     })
     .map((control) => control.id || control.ariaLabel || control.textContent);";
const UNDO: &str = "#toast:not([hidden]) button";
const ALL: [&str; 3] = ["Water the plants", "Return the van", "Call Ada"];
const CONTROL: &str = "\u{e009}";

async fn plants() -> TestApp {
    let app = TestApp::on_sqlite(Setup::default()).await;
    for summary in ["Call Ada", "Return the van", "Water the plants"] {
        let task = json!({ "summary": summary });
        app.http().post("/api/v1/tasks", task).await.expect(200);
    }
    app
}

#[tokio::test]
async fn what_is_told_covers_no_control_however_small_the_window() {
    let app = plants().await;
    let page = Page::open(&app).await;
    page.wait_for_values("#tasks .summary", &ALL).await;
    let seen = format!(
        "const [at, message, done] = arguments;
         import('/web/page.js').then(({{ tell }}) => {{
           scrollTo(0, at * document.documentElement.scrollHeight);
           tell(message, () => {{}});
           document.querySelector('#toast').hidden = message === '';
           done((() => {{ {FREE} }})());
         }});"
    );
    for (width, height) in [(1280, 900), (1024, 500), (500, 740)] {
        page.resize(width, height).await;
        for (view, name) in [("#notes", "Text"), ("#chat", "Chat")] {
            let script = "location.hash = arguments[0];";
            page.run("sync", script, json!([view])).await;
            page.wait_for_texts("nav a[aria-current]", &[name]).await;
            for at in [0.0, 0.2, 0.5, 1.0] {
                let before = page.run("async", &seen, json!([at, ""])).await;
                let long = "Kept: Ask the landlord about the key to the bicycle cellar";
                let after = page.run("async", &seen, json!([at, long])).await;
                assert_eq!(before, after, "{width}×{height} {view} {at}");
                page.wait_for_texts(UNDO, &["Undo"]).await;
            }
        }
    }
    page.close().await;
}

#[tokio::test]
async fn what_was_done_is_taken_back_by_the_keys_for_it() {
    let app = plants().await;
    let page = Page::open(&app).await;
    page.wait_for_values("#tasks .summary", &ALL).await;
    page.click("#tasks .remove").await;
    page.wait_for_values("#tasks .summary", &["Return the van", "Call Ada"])
        .await;
    page.press(CONTROL, "z").await;
    page.wait_for_values("#tasks .summary", &ALL).await;
    page.write("#line", "Pay rent\u{e007}").await;
    page.wait_for_values("#line", &[""]).await;
    // Where something stands, the keys take back what was typed.
    page.write("#line", "x").await;
    page.press(CONTROL, "z").await;
    page.wait_for_values("#line", &[""]).await;
    page.wait_for_texts(UNDO, &["Undo"]).await;
    page.press(CONTROL, "z").await;
    page.wait_for_values("#tasks .summary", &ALL).await;
    page.close().await;
}

#[tokio::test]
async fn the_way_back_stays_while_somebody_stands_on_it() {
    let app = plants().await;
    let page = Page::open_with_clock(&app).await;
    page.wait_for_values("#tasks .summary", &ALL).await;
    page.click("#tasks .remove").await;
    page.wait_for_texts(UNDO, &["Undo"]).await;
    // By keys, from the link behind it.
    page.run("sync", "document.querySelector('nav a').focus()", json!([]))
        .await;
    page.press("\u{e008}", "\u{e004}").await;
    page.wait_for_texts("#toast button:focus-visible", &["Undo"])
        .await;
    page.pass(Duration::from_secs(20)).await;
    page.wait_for_texts(UNDO, &["Undo"]).await;
    page.press("", "\u{e004}").await;
    page.pass(Duration::from_secs(6)).await;
    page.wait_for_texts(UNDO, &[]).await;
    page.close().await;
}
