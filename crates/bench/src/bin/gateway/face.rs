//! Chat completions over HTTP, as thin as they can be.

use std::convert::Infallible;
use std::net::Ipv4Addr;

use bytes::Bytes;
use futures_util::{StreamExt, future, stream};
use http::{Request, Response};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use llm::gateway::Call;
use llm::{ChatEvent, ChatRequest, Gateway, Message, ModelError, Use};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::Result;

type Body = UnsyncBoxBody<Bytes, Infallible>;

/// Answers on a port until the process is ended.
pub(super) async fn serve(port: u16, gateway: Gateway) -> Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    loop {
        let (socket, _) = listener.accept().await?;
        socket.set_nodelay(true)?;
        let gateway = gateway.clone();
        tokio::spawn(async move {
            let service = service_fn(move |request| answer(gateway.clone(), request));
            let connection = Builder::new(TokioExecutor::new());
            // A client that hangs up ends its connection, and nothing else.
            let _ = connection
                .serve_connection(TokioIo::new(socket), service)
                .await;
        });
    }
}

async fn answer(gateway: Gateway, request: Request<Incoming>) -> Result<Response<Body>> {
    let body = request.into_body().collect().await?.to_bytes();
    let wanted: Value = serde_json::from_slice(&body)?;
    let request = ChatRequest {
        messages: messages(&wanted),
        ..ChatRequest::default()
    };
    let call = Call::new(gateway.new_request_id());
    if wanted["stream"] == true {
        return match gateway.stream(Use::Chat, request, call).await {
            Ok(answered) => Ok(streamed(answered.value)),
            Err(error) => Ok(refused(&error)),
        };
    }
    match gateway.chat(Use::Chat, request, call).await {
        Ok(answered) => {
            let message = json!({ "role": "assistant", "content": answered.value.text });
            let choice = json!({ "index": 0, "message": message, "finish_reason": "stop" });
            Ok(whole(
                200,
                &json!({ "model": answered.model, "choices": [choice] }),
            ))
        }
        Err(error) => Ok(refused(&error)),
    }
}

fn messages(wanted: &Value) -> Vec<Message> {
    let messages = wanted["messages"].as_array().into_iter().flatten();
    let words = messages.filter_map(|message| message["content"].as_str());
    words.map(Message::user).collect()
}

fn whole(status: u16, body: &Value) -> Response<Body> {
    let mut response = Response::new(Full::from(body.to_string()).boxed_unsync());
    *response.status_mut() = http::StatusCode::from_u16(status).unwrap_or_default();
    response
}

fn refused(error: &ModelError) -> Response<Body> {
    whole(503, &json!({ "error": { "type": error.class() } }))
}

fn streamed(events: llm::ChatStream) -> Response<Body> {
    let lines = events.filter_map(|event| {
        let line = match event {
            Ok(ChatEvent::Text(words)) => {
                let choice = json!({ "index": 0, "delta": { "content": words } });
                Some(format!("data: {}\n\n", json!({ "choices": [choice] })))
            }
            Ok(_) => None,
            Err(error) => Some(format!("data: {}\n\n", json!({ "error": error.class() }))),
        };
        future::ready(line)
    });
    let done = stream::iter(["data: [DONE]\n\n".to_owned()]);
    let frames = lines
        .chain(done)
        .map(|line| Ok::<_, Infallible>(Frame::data(Bytes::from(line))));
    let mut response = Response::new(BodyExt::boxed_unsync(StreamBody::new(frames)));
    let kind = http::HeaderValue::from_static("text/event-stream");
    response
        .headers_mut()
        .insert(http::header::CONTENT_TYPE, kind);
    response
}
