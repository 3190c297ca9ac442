//! The ways an upstream can behave.

use std::time::Duration;

/// What happens to a request.
#[derive(Debug, Clone, PartialEq)]
pub enum Behaviour {
    /// It is answered well.
    Answer,
    /// It is answered well after `first`, with `between` before each further piece.
    Slow {
        /// Before the headers.
        first: Duration,
        /// Before each piece of a stream.
        between: Duration,
    },
    /// It is answered well, a byte at a time.
    Drip {
        /// Before each byte.
        gap: Duration,
    },
    /// It is refused.
    Status {
        /// The status.
        status: u16,
        /// Headers besides the usual ones: `retry-after`.
        headers: Vec<(String, String)>,
        /// The body; without one, the provider's own form of an error that repeats the key.
        body: Option<String>,
    },
    /// The model is gone, as this provider says it.
    ModelGone,
    /// Nothing comes, ever.
    HangBeforeHeaders,
    /// Nothing comes after so many pieces.
    HangAfter(usize),
    /// The connection is reset before the headers.
    Reset,
    /// The connection is reset after so many pieces.
    ResetAfter(usize),
    /// The connection is closed after so many pieces, in the middle of the body.
    TruncateAfter(usize),
    /// The body ends well after so many pieces, without the end the format asks for.
    EndAfter(usize),
    /// An error in the provider's form comes after so many pieces, the status being good.
    ErrorAfter(usize),
    /// The body is no JSON.
    Malformed,
    /// A page comes instead of an answer.
    Page,
    /// Empty and repeated pieces, comments, other line ends.
    Noise,
    /// The answer is good but says nothing about tokens.
    NoUsage,
    /// The answer has this many bytes of text.
    Huge(usize),
    /// Exactly this body, whole or in pieces as given.
    Raw {
        /// Its type.
        content_type: String,
        /// The pieces.
        pieces: Vec<Vec<u8>>,
    },
}

impl Behaviour {
    /// A refusal with the provider's own body.
    pub fn status(status: u16) -> Self {
        Self::Status {
            status,
            headers: Vec::new(),
            body: None,
        }
    }

    /// A refusal with one more header.
    pub fn status_with(status: u16, header: &str, value: &str) -> Self {
        Self::Status {
            status,
            headers: vec![(header.to_owned(), value.to_owned())],
            body: None,
        }
    }

    /// A refusal with a body of one's own.
    pub fn status_saying(status: u16, body: &str) -> Self {
        Self::Status {
            status,
            headers: Vec::new(),
            body: Some(body.to_owned()),
        }
    }

    /// A whole JSON body.
    pub fn json(body: &str) -> Self {
        Self::Raw {
            content_type: "application/json".to_owned(),
            pieces: vec![body.as_bytes().to_vec()],
        }
    }

    /// An event stream in one piece.
    pub fn events(body: &str) -> Self {
        Self::Raw {
            content_type: "text/event-stream".to_owned(),
            pieces: vec![body.as_bytes().to_vec()],
        }
    }
}
