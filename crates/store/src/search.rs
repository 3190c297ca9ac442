//! Full-text search, the same on both databases (see `words.rs`).

use crate::link::Link;
use crate::statement::Statement;
use crate::words;

impl Link {
    /// Ends a SELECT with the rows of `table` that hold every word of the query; those with more
    /// of them in the column `first` come first, then the newest. `None` if the query has no words.
    ///
    /// The order is made here, since the two databases rank each in its own way.
    pub(crate) fn search(
        &self,
        select: Statement,
        table: &str,
        first: &str,
        query: &str,
        owner: Option<&str>,
    ) -> Option<Statement> {
        let words = words::search(query);
        let (last, whole) = words.split_last()?;
        let dialect = self.dialect();
        let mut select = select
            .push(&dialect.matches(table, 1))
            .bind(dialect.search(&words))
            .and_equal("user_id", owner)
            .push(" ORDER BY 0");
        let whole = whole.iter().map(|word| format!("% {word} %"));
        for pattern in whole.chain([format!("% {last}%")]) {
            select = select
                .push(&format!(" + CASE WHEN ' ' || {first} || ' ' LIKE "))
                .push_bind(pattern)
                .push(" THEN 1 ELSE 0 END");
        }
        Some(select.push(" DESC, id DESC"))
    }
}
