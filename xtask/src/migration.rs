//! Begins a migration: the next number, and a name that says what it does.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};

use crate::out;

/// Where the store's migrations lie.
const FOLDER: &str = "crates/store/migrations";

/// Creates the file, or with `--dialects` one for each database, and says what is left to do.
///
/// # Errors
/// When no name is given, or the file cannot be written.
pub(crate) fn run(root: &Path, arguments: &[String]) -> Result<ExitCode> {
    let (flags, words): (Vec<_>, Vec<_>) = arguments.iter().partition(|word| *word == "--dialects");
    let words: Vec<&str> = words.into_iter().map(String::as_str).collect();
    let name = name_of(&words.join(" "));
    ensure!(!name.is_empty(), "migration WHAT IT DOES [--dialects]");
    let folder = root.join(FOLDER);
    let number = next_number(&existing(&folder)?);
    let files = file_names(number, &name, !flags.is_empty());
    for (file, remark) in &files {
        let path = folder.join(file);
        std::fs::write(&path, format!("-- {remark}\n"))
            .with_context(|| format!("cannot write {}", path.display()))?;
        out::line(format_args!("{FOLDER}/{file}"));
    }
    out::line("then a step at the end of STEPS in crates/store/src/migrate.rs, and its test");
    Ok(ExitCode::SUCCESS)
}

fn existing(folder: &Path) -> Result<Vec<String>> {
    std::fs::read_dir(folder)
        .with_context(|| format!("cannot read {}", folder.display()))?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect()
}

/// One more than the largest number that a file begins with.
fn next_number(files: &[String]) -> u32 {
    files
        .iter()
        .filter_map(|file| file.split('_').next()?.parse::<u32>().ok())
        .max()
        .map_or(1, |last| last + 1)
}

fn name_of(words: &str) -> String {
    words
        .to_lowercase()
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("_")
}

/// The files of a migration, each with the remark that opens it.
fn file_names(number: u32, name: &str, dialects: bool) -> Vec<(String, &'static str)> {
    if dialects {
        let file = |engine| format!("{number:04}_{name}.{engine}.sql");
        vec![
            (file("postgres"), "What the other file does on SQLite."),
            (file("sqlite"), "What the other file does on PostgreSQL."),
        ]
    } else {
        let remark = "One text for both databases; two where they cannot agree.";
        vec![(format!("{number:04}_{name}.sql"), remark)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_follows_the_largest_one() {
        let files = ["0002_search.sqlite.sql", "0010_jobs.sql", "notes.txt"];
        assert_eq!(next_number(&files.map(str::to_owned)), 11);
        assert_eq!(next_number(&[]), 1);
    }

    #[test]
    fn the_name_is_made_of_plain_words() {
        assert_eq!(
            name_of("  Add due-index, for Müller"),
            "add_due_index_for_m_ller"
        );
        assert_eq!(name_of("…"), "");
    }

    #[test]
    fn one_file_or_one_for_each_database() {
        assert_eq!(file_names(3, "due", false)[0].0, "0003_due.sql");
        let pair: Vec<String> = file_names(3, "due", true)
            .into_iter()
            .map(|file| file.0)
            .collect();
        assert_eq!(pair, ["0003_due.postgres.sql", "0003_due.sqlite.sql"]);
    }
}
