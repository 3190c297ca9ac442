//! Downloads over HTTP that break off and go on.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread::JoinHandle;

use super::super::{Installed, ModelFileError, PullOptions};
use super::{Place, offline, pull, sources_tried};

/// What the server does with one connection.
struct Reply {
    head: &'static str,
    body: &'static [u8],
}

/// Answers one connection after the other as told, and hands back the `Range` lines it was sent.
fn serve(replies: Vec<Reply>) -> (String, JoinHandle<Vec<Option<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let served = std::thread::spawn(move || {
        let mut ranges = Vec::new();
        for reply in replies {
            let (mut stream, _) = listener.accept().unwrap();
            let mut range = None;
            for line in BufReader::new(stream.try_clone().unwrap()).lines() {
                let line = line.unwrap();
                if line.is_empty() {
                    break;
                }
                if let Some(value) = line.to_lowercase().strip_prefix("range: ") {
                    range = Some(value.to_owned());
                }
            }
            ranges.push(range);
            write!(
                stream,
                "HTTP/1.1 {}\r\nConnection: close\r\n\r\n",
                reply.head
            )
            .unwrap();
            stream.write_all(reply.body).unwrap();
        }
        ranges
    });
    (address, served)
}

const BROKEN: Reply = Reply {
    head: "200 OK\r\nContent-Length: 7",
    body: b"wei",
};
const GONE: Reply = Reply {
    head: "503 Service Unavailable\r\nContent-Length: 0",
    body: b"",
};
const REST: Reply = Reply {
    head: "206 Partial Content\r\nContent-Range: bytes 3-6/7\r\nContent-Length: 4",
    body: b"ghts",
};
const WHOLE: Reply = Reply {
    head: "200 OK\r\nContent-Length: 7",
    body: b"weights",
};

fn hub(address: &str) -> PullOptions {
    PullOptions {
        hub: address.to_owned(),
        ..offline()
    }
}

const HUB: &str = r#"{ hub = "o/r", revision = "main", file = "f.bin" }"#;

#[test]
fn a_connection_that_broke_off_is_taken_up_again() {
    let place = Place::new(b"weights");
    let (address, served) = serve(vec![BROKEN, REST]);
    pull(&place.models(HUB), &hub(&address)).0.unwrap();
    assert_eq!(served.join().unwrap(), [None, Some("bytes=3-".to_owned())]);
    assert_eq!(place.installed_bytes(), b"weights");
}

#[test]
fn a_later_run_goes_on_where_the_first_ended() {
    let place = Place::new(b"weights");
    let models = place.models(HUB);
    let (address, served) = serve(vec![BROKEN, GONE, REST]);
    let options = hub(&address);
    let (first, _) = pull(&models, &options);
    assert!(
        matches!(first, Err(ModelFileError::NoSource { .. })),
        "{first:?}"
    );
    assert_eq!(
        models.installed("m").unwrap(),
        Installed::Partial { bytes: 3 }
    );
    pull(&models, &options).0.unwrap();
    let ranges = served.join().unwrap();
    assert_eq!(ranges[2].as_deref(), Some("bytes=3-"));
    assert_eq!(place.installed_bytes(), b"weights");
    assert_eq!(place.left_over(), Vec::<String>::new());
}

#[test]
fn a_server_that_cannot_resume_starts_over() {
    let place = Place::new(b"weights");
    let (address, served) = serve(vec![BROKEN, WHOLE]);
    pull(&place.models(HUB), &hub(&address)).0.unwrap();
    served.join().unwrap();
    assert_eq!(place.installed_bytes(), b"weights");
}

#[test]
fn what_one_source_began_survives_a_source_that_brings_nothing() {
    let place = Place::new(b"weights");
    let sources = format!("{HUB}, {{ pip = [[\"absent==1\", \"f\"]] }}");
    let models = place.models(&sources);
    let (address, served) = serve(vec![BROKEN, GONE, REST]);
    let options = hub(&address);
    let (first, events) = pull(&models, &options);
    assert!(
        matches!(first, Err(ModelFileError::NoSource { .. })),
        "{first:?}"
    );
    assert_eq!(sources_tried(&events).len(), 2);
    pull(&models, &options).0.unwrap();
    assert_eq!(served.join().unwrap()[2].as_deref(), Some("bytes=3-"));
}

#[test]
fn an_address_serves_as_mirror() {
    let place = Place::new(b"weights");
    let (address, served) = serve(vec![WHOLE]);
    let options = PullOptions {
        mirror: Some(format!("{address}/models/")),
        ..offline()
    };
    let (result, events) = pull(&place.models(HUB), &options);
    result.unwrap();
    served.join().unwrap();
    assert_eq!(
        sources_tried(&events)[1],
        format!("{address}/models/m/f.bin")
    );
}
