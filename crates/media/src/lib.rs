//! Bytes in; text, samples or pixels out. Synchronous and limited.
