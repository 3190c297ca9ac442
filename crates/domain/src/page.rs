//! Pages of a list.

/// Which way a list runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Direction {
    /// Smallest or oldest first.
    Ascending,
    /// Largest or newest first.
    #[default]
    Descending,
}

/// Which part of a list is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// How many at most.
    pub limit: u32,
    /// How many to leave out at the start.
    pub offset: u64,
}

impl Page {
    /// Everything up to a bound that keeps an answer in memory.
    pub const ALL: Self = Self {
        limit: 100_000,
        offset: 0,
    };
}

impl Default for Page {
    /// The first 50 (contract 004-E3).
    fn default() -> Self {
        Self {
            limit: 50,
            offset: 0,
        }
    }
}
