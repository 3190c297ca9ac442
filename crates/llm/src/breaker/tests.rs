//! The state machine on given times.
