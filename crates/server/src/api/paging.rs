//! Pages in query strings: `limit`, `offset`, `order_by` (contract 004-E3).

use domain::page::{Direction, Page};
use serde::Deserialize;
use serde_json::json;
use utoipa::IntoParams;

use crate::error::ApiError;
use crate::problem::Problems;

/// Which part of a list, and how it runs.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Paging {
    /// How many at most, 1 to 100; 50 if absent.
    limit: Option<i64>,
    /// How many to leave out at the start.
    offset: Option<i64>,
    /// Field and direction, e.g. `created_at_desc`.
    order_by: Option<String>,
}

impl Paging {
    /// The page, and the order as one of `orders` with its direction.
    ///
    /// # Errors
    /// 422 for numbers out of range and unknown orders.
    pub(crate) fn read<T: Copy + Default>(
        &self,
        orders: &[(&str, T)],
    ) -> Result<(T, Direction, Page), ApiError> {
        let mut problems = Problems::of("query");
        let page = page(self.limit, self.offset, 100, &mut problems);
        let mut order = (T::default(), Direction::Descending);
        if let Some(word) = &self.order_by {
            if let Some(found) = parse(word, orders) {
                order = found;
            } else {
                let names = orders.iter().flat_map(|(name, _)| {
                    ["asc", "desc"].map(|direction| format!("{name}_{direction}"))
                });
                let names: Vec<String> = names.collect();
                let msg = format!("Input should be one of {}", names.join(", "));
                problems.rule("order_by", json!(word), msg);
            }
        }
        problems.finish()?;
        Ok((order.0, order.1, page))
    }
}

/// Reads a page; what is out of range goes to `problems`.
pub(crate) fn page(
    limit: Option<i64>,
    offset: Option<i64>,
    most: u32,
    problems: &mut Problems,
) -> Page {
    let limit = limit.unwrap_or(i64::from(most.min(50)));
    let offset = offset.unwrap_or(0);
    problems.range("limit", limit as f64, 1.0, f64::from(most));
    problems.range("offset", offset as f64, 0.0, 1e15);
    Page {
        limit: u32::try_from(limit).unwrap_or(most),
        offset: u64::try_from(offset).unwrap_or_default(),
    }
}

fn parse<T: Copy>(word: &str, orders: &[(&str, T)]) -> Option<(T, Direction)> {
    let (name, direction) = word.rsplit_once('_')?;
    let direction = match direction {
        "asc" => Direction::Ascending,
        "desc" => Direction::Descending,
        _ => return None,
    };
    orders
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, order)| (*order, direction))
}
