//! Whether a text instructs the reader in general: recipes, how-to texts, advice. Nobody is asked to
//! do anything by them.

use crate::sentence::Sentence;

const COOKING: &[&str] = &[
    "preheat",
    "oven",
    "flour",
    "simmer",
    "whisk",
    "stir",
    "tablespoon",
    "tablespoons",
    "tbsp",
    "tsp",
    "teaspoon",
    "teaspoons",
    "dough",
    "batter",
    "sauté",
    "saute",
    "garnish",
    "drizzle",
    "knead",
    "yolks",
    "yolk",
    "boil",
    "fry",
    "roast",
    "marinate",
    "chop",
    "dice",
    "diced",
    "chopped",
    "sprinkle",
    "rinse",
    "soak",
    "drain",
    "bake",
    "skillet",
    "saucepan",
    "pan",
    "bowl",
    "heat",
    "butter",
    "garlic",
    "onion",
    "onions",
    "salt",
    "pepper",
    "sugar",
    "cups",
    "cup",
    "beans",
    "serve",
    "slicing",
    "minutes",
    "tender",
    "golden",
    "soft",
];

const GENERAL: &[&str] = &[
    "always",
    "never",
    "often",
    "usually",
    "generally",
    "typically",
    "avoid",
    "everyone",
    "people",
    "ideally",
    "secret",
    "trick",
    "beginners",
    "adults",
    "children",
    "most",
    "remember",
    "tip",
    "rule",
    "best",
    "learn",
    "practise",
    "practice",
    "per",
    "regularly",
];

const PERSONAL: &[&str] = &[
    "i", "we", "me", "us", "my", "our", "please", "'ll", "myself",
];

/// Whether the sentences are instructions for anybody.
pub(crate) fn instructs(sentences: &[Sentence]) -> bool {
    let mut words = 0;
    let (mut cooking, mut general, mut personal, mut you, mut dated, mut listed) =
        (0, 0, 0, 0, 0, 0);
    for sentence in sentences {
        listed += usize::from(
            sentence
                .unit
                .place
                .item
                .as_ref()
                .is_some_and(|item| item.number.is_none())
                || sentence.unit.place.marked
                || sentence.unit.place.owner.is_some(),
        );
        dated += sentence.date_tokens().len();
        for token in sentence.tokens.iter().filter(|token| token.is_word()) {
            words += 1;
            cooking += usize::from(token.any(COOKING));
            general += usize::from(token.any(GENERAL));
            personal += usize::from(token.any(PERSONAL));
            you += usize::from(token.any(&["you", "your"]));
        }
    }
    let recipe = cooking >= 4 && cooking * 12 >= words && personal <= 1 && dated <= 1;
    let advice = personal == 0
        && listed == 0
        && dated == 0
        && words >= 14
        && general >= 1
        && you + general >= 2;
    recipe || advice
}
