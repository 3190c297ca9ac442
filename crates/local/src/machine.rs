//! What the machine leaves to this process: memory and cores, limits of its control group counted.

use std::num::NonZeroUsize;

use sysinfo::{MemoryRefreshKind, System};

/// Memory that could be taken without swapping, in bytes; `None` where it cannot be told.
pub fn free_memory() -> Option<u64> {
    let mut system = System::new().ok()?;
    system.refresh_memory_specifics(MemoryRefreshKind::nothing().with_ram());
    let free = system.available_memory();
    let limit = system.cgroup_limits().map(|limits| limits.free_memory);
    (free > 0).then(|| limit.map_or(free, |limit| limit.min(free)))
}

/// Too little memory is free for a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "{} MB of memory are needed, {} MB are free",
    needed / 1_000_000, free / 1_000_000
)]
pub struct Shortage {
    /// Bytes that must be free.
    pub needed: u64,
    /// Bytes that are.
    pub free: u64,
}

/// Whether a model that occupies `need` bytes fits with room to spare: 1.3 times its need must be
/// free. Where free memory cannot be told, it is taken to fit.
///
/// # Errors
/// [`Shortage`].
pub fn enough_memory(need: u64, free: Option<u64>) -> Result<(), Shortage> {
    let needed = need.saturating_mul(13) / 10;
    match free {
        Some(free) if free < needed => Err(Shortage { needed, free }),
        _ => Ok(()),
    }
}

/// Threads for heavy work: the setting if there is one, otherwise the physical cores less one above
/// four; never more than the process may use at once.
pub fn threads(setting: Option<NonZeroUsize>) -> usize {
    let usable = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let physical = System::physical_core_count().unwrap_or(usable);
    choose_threads(setting.map(NonZeroUsize::get), physical, usable)
}

fn choose_threads(setting: Option<usize>, physical: usize, usable: usize) -> usize {
    let cores = physical.min(usable);
    let default = if cores > 4 { cores - 1 } else { cores };
    setting.unwrap_or(default).clamp(1, usable.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_follow_cores_and_quota() {
        assert_eq!(choose_threads(None, 2, 2), 2);
        assert_eq!(choose_threads(None, 4, 8), 4);
        assert_eq!(choose_threads(None, 8, 16), 7);
        assert_eq!(choose_threads(None, 8, 2), 2, "a quota counts");
        assert_eq!(
            choose_threads(Some(16), 8, 4),
            4,
            "never more than the quota"
        );
        assert_eq!(choose_threads(Some(1), 8, 8), 1);
        assert_eq!(choose_threads(None, 0, 0), 1);
    }

    #[test]
    fn a_model_needs_room_to_spare() {
        let error = enough_memory(1_000_000_000, Some(1_200_000_000)).unwrap_err();
        assert_eq!((error.needed, error.free), (1_300_000_000, 1_200_000_000));
        assert_eq!(
            error.to_string(),
            "1300 MB of memory are needed, 1200 MB are free"
        );
        enough_memory(1_000_000_000, Some(1_300_000_000)).unwrap();
        enough_memory(1_000_000_000, None).unwrap();
    }

    #[test]
    fn this_machine_has_memory_and_cores() {
        assert!(free_memory().is_none_or(|free| free > 1 << 20));
        assert!(threads(None) >= 1);
    }
}
