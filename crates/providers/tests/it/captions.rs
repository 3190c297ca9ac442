//! What pictures show.

use bytes::Bytes;
use llm::CaptionRequest;
use providers::Kind;
use testkit::upstream::{Behaviour, Upstream};

use crate::support::{config, connected};

fn picture(model: Option<&str>) -> CaptionRequest {
    CaptionRequest {
        image: Bytes::from_static(b"\x89PNG..."),
        media_type: "image/png".to_owned(),
        model: model.map(str::to_owned),
    }
}

#[tokio::test]
async fn hugging_face_gets_the_picture_itself() {
    let upstream = Upstream::start().await.unwrap();
    upstream.says("a whiteboard with notes");
    let captioner = connected(&config(Kind::HuggingFace, &upstream))
        .captioner
        .unwrap();
    let caption = captioner.caption(picture(None)).await.unwrap();
    assert_eq!(caption.text, "a whiteboard with notes");
    assert_eq!(caption.model, "Salesforce/blip-image-captioning-large");
    let sent = upstream.last().unwrap();
    assert_eq!(sent.path, "/models/Salesforce/blip-image-captioning-large");
    assert_eq!(sent.header("content-type"), Some("image/png"));
    assert_eq!(sent.body, b"\x89PNG...");
}

#[tokio::test]
async fn chat_models_describe_pictures() {
    let upstream = Upstream::start().await.unwrap();
    upstream.says(" A whiteboard\nwith notes. ");
    for (kind, pointer) in [
        (Kind::OpenAi, "/messages/0/content/1/image_url/url"),
        (Kind::Gemini, "/contents/0/parts/1/inline_data/data"),
        (Kind::Anthropic, "/messages/0/content/1/source/data"),
    ] {
        let captioner = connected(&config(kind, &upstream)).captioner.unwrap();
        let caption = captioner.caption(picture(None)).await.unwrap();
        assert_eq!(caption.text, "A whiteboard with notes.", "{kind}");
        let sent = upstream.last().unwrap().json();
        let data = sent
            .pointer(pointer)
            .and_then(|data| data.as_str())
            .unwrap();
        assert!(data.ends_with("iVBORy4uLg=="), "{kind}: {data}");
    }
}

#[tokio::test]
async fn a_local_vision_model_looks_when_it_is_named() {
    let upstream = Upstream::start().await.unwrap();
    upstream.has_models(&["llava:7b"]);
    let mut config = config(Kind::Ollama, &upstream);
    config
        .models
        .by_use
        .insert(llm::Use::Caption, "llava:7b".to_owned());
    let captioner = connected(&config).captioner.unwrap();
    captioner.caption(picture(None)).await.unwrap();
    let sent = upstream.last().unwrap();
    assert_eq!(sent.path, "/api/chat");
    assert_eq!(sent.json()["model"], "llava:7b");
    assert_eq!(sent.json()["messages"][0]["images"][0], "iVBORy4uLg==");
}

#[tokio::test]
async fn a_caption_without_words_is_none() {
    let upstream = Upstream::start().await.unwrap();
    upstream.says("  ");
    let captioner = connected(&config(Kind::OpenAi, &upstream))
        .captioner
        .unwrap();
    assert_eq!(
        captioner.caption(picture(None)).await.unwrap_err().class(),
        "malformed"
    );
    upstream.set(Behaviour::json(
        r#"{"choices": [{"message": {"content": null}, "finish_reason": "content_filter"}]}"#,
    ));
    assert_eq!(
        captioner.caption(picture(None)).await.unwrap_err().class(),
        "bad_request"
    );
}
