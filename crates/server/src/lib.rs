//! How the assistant is asked over HTTP.
