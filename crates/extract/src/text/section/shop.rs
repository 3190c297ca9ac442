//! Names of shops: what stands below or behind them is bought there.

use crate::token::{List, list};
use crate::words;

/// Last words of the names of shops, and names of chains.
const SHOPS: List<'static> = list![
    "supermarket",
    "market",
    "pharmacy",
    "drugstore",
    "chemist",
    "bakery",
    "butcher",
    "butchers",
    "butcher's",
    "greengrocer",
    "grocer",
    "grocers",
    "ikea",
    "lidl",
    "aldi",
    "tesco",
    "costco",
    "walmart",
    "centre",
    "center",
    "store",
    "shop",
    "deli",
    "boots",
    "hardware",
    "kiosk",
    "farm shop",
    "sainsbury's",
    "waitrose",
    "asda",
    "migros",
    "coop",
    "co-op",
    "edeka",
    "carrefour",
    "trader joe's",
    "home depot",
    "wholesaler",
    "walgreens",
    "cvs",
    "target",
    "rewe",
    "obi",
    "b&q",
    "bunnings",
    "woolies",
    "woolworths",
    "coles",
    "kroger",
    "m&s",
    "argos",
    "decathlon",
    "rossmann",
    "dm",
    "morrisons",
    "optician",
    "stationer's",
    "stationers",
    "ironmonger",
    "florist",
    "off-licence",
    "newsagent",
];

/// Whether the words name a shop: `drugstore`, `sat market`, `IKEA run`.
pub(in crate::text) fn is_shop(words: &str) -> bool {
    let lower = words::lower(words);
    let mut words: Vec<&str> = lower
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .collect();
    while words
        .last()
        .is_some_and(|word| matches!(*word, "run" | "today" | "tomorrow" | "trip" | "list"))
    {
        words.pop();
    }
    let center = matches!(words.last(), Some(&("centre" | "center")));
    let garden = words
        .iter()
        .any(|word| matches!(*word, "garden" | "shopping" | "diy"));
    (1..=3).contains(&words.len())
        && words.last().is_some_and(|word| SHOPS.holds(word))
        && (!center || garden)
}

/// `Shopping list for the party`, `Groceries today`, `Shopping for Saturday`: for what or when things are to be
/// bought.
pub(super) fn shops_for(heading: &str) -> bool {
    let lists = ["shopping list", "grocery list", "groceries", "shopping"];
    let Some(list) = lists.iter().find(|list| heading.starts_with(**list)) else {
        return false;
    };
    let rest = heading[list.len()..].trim_start();
    let when = |rest: &str| {
        let words = [
            "today",
            "tomorrow",
            "this week",
            "next week",
            "weekend",
            "the week",
        ];
        words.iter().any(|word| rest.starts_with(word))
            || super::super::layout::opens_with_day(rest)
    };
    // `Shopping for a new laptop` is no list.
    rest.strip_prefix("for ")
        .map_or_else(|| when(rest), |rest| list.ends_with("list") || when(rest))
}
