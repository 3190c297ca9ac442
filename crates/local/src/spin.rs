//! The cure for spinning.
//!
//! llama.cpp's threads meet at a barrier several times per layer and spin there: a thread that lost its
//! core makes the others burn theirs, up to never finishing. A bound on the spinning costs nothing on a
//! quiet machine. The OpenMP library reads it when the process starts, so the binary sets it and
//! executes itself once more, before any thread exists.

/// The variable of the environment that bounds the spinning.
pub const VARIABLE: &str = "GOMP_SPINCOUNT";

/// Its value.
pub const VALUE: &str = "10000";

/// Whether the process must set [`VARIABLE`] and execute itself again, given the variable's present
/// value. An operator's own value stands.
pub fn needs_reexec(current: Option<&str>) -> bool {
    current.is_none_or(|value| value.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn once_is_enough() {
        assert!(needs_reexec(None));
        assert!(needs_reexec(Some(" ")));
        assert!(!needs_reexec(Some(VALUE)));
        assert!(!needs_reexec(Some("0")));
    }
}
