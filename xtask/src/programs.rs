//! Where installed programs are.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The file of a command, or nothing where it is not installed. Links are left as they are, because a
/// program may act by the name it is called by.
#[expect(
    clippy::disallowed_methods,
    reason = "PATH is where programs are looked up"
)]
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

/// The newest folder of PostgreSQL's server programs: of the command path, or where Debian puts them.
pub(crate) fn postgres_folder() -> Option<PathBuf> {
    let on_path = find("initdb").and_then(|file| file.canonicalize().ok());
    on_path
        .and_then(|file| file.parent().map(Path::to_path_buf))
        .filter(|folder| holds_postgres(folder))
        .or_else(|| newest_of(Path::new("/usr/lib/postgresql")))
}

fn newest_of(versions: &Path) -> Option<PathBuf> {
    let version = |folder: &PathBuf| -> u32 {
        folder
            .file_name()
            .and_then(|name| name.to_str()?.parse().ok())
            .unwrap_or(0)
    };
    std::fs::read_dir(versions)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|folder| holds_postgres(&folder.join("bin")))
        .max_by_key(version)
        .map(|folder| folder.join("bin"))
}

fn holds_postgres(folder: &Path) -> bool {
    ["initdb", "postgres", "pg_isready", "psql"]
        .iter()
        .all(|name| folder.join(name).is_file())
}

/// Whether a command runs and ends well.
pub(crate) fn succeeds(program: &str, arguments: &[&str]) -> bool {
    Command::new(program)
        .args(arguments)
        .output()
        .is_ok_and(|output| output.status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_version_is_the_largest_number() {
        let folder = std::env::temp_dir().join(format!("xtask-versions-{}", std::process::id()));
        for version in ["9", "15", "14"] {
            let programs = folder.join(version).join("bin");
            std::fs::create_dir_all(&programs).unwrap();
            for name in ["initdb", "postgres", "pg_isready", "psql"] {
                std::fs::write(programs.join(name), "").unwrap();
            }
        }
        std::fs::create_dir_all(folder.join("16/bin")).unwrap();
        let newest = newest_of(&folder);
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(newest, Some(folder.join("15/bin")));
    }

    #[test]
    fn what_is_not_installed_is_not_found() {
        assert_eq!(find("no-such-program-of-ours"), None);
        assert!(find("cargo").is_some());
    }
}
