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

/// Words of advertisements and notices to customers.
const SELLING: &[&str] = &[
    "free",
    "offer",
    "offers",
    "sale",
    "discount",
    "voucher",
    "win",
    "store",
    "stores",
    "shop",
    "save",
    "deal",
    "deals",
    "subscribe",
    "download",
    "join",
    "experience",
    "available",
    "customers",
    "returns",
    "exclusive",
    "limited",
    "collection",
    "premium",
    "design",
    "style",
    "perfect",
    "enjoy",
    "discover",
    "all-new",
    "brand-new",
    "delivery",
    "app",
    "account",
    "viewing",
    "welcome",
    "luxury",
    "ease",
    "comfort",
    "guests",
    "sign-up",
    "bonus",
    "reward",
    "rewards",
    "points",
    "burn",
    "poured",
    "handmade",
    "candles",
    "keeps",
    "never",
    "pack",
    "off",
    "shipments",
    "order",
    "website",
    "online",
    "today",
];

/// Words of instructions to a machine or a hand.
const GUIDING: &[&str] = &[
    "click",
    "tap",
    "press",
    "select",
    "settings",
    "install",
    "import",
    "menu",
    "button",
    "icon",
    "link",
    "screen",
    "tab",
    "enter",
    "type",
    "minutes",
    "minute",
    "hour",
    "hours",
    "seconds",
    "twice",
    "times",
    "degrees",
    "litres",
    "liters",
    "ml",
    "cm",
    "mm",
    "miles",
    "metres",
    "meters",
    "km",
    "left",
    "right",
    "turn",
    "follow",
    "step",
    "steps",
    "sets",
    "reps",
    "rest",
    "stretch",
    "breathe",
    "vinegar",
    "soda",
    "mixture",
    "surface",
    "rinse",
    "repeat",
    "gently",
    "carefully",
    "evenly",
    "thoroughly",
    "slowly",
    "equal",
    "parts",
    "cloth",
    "screwdriver",
    "screws",
    "glue",
    "needle",
    "yarn",
    "soil",
    "trail",
    "path",
    "ridge",
    "river",
    "command",
    "terminal",
    "folder",
    "docs",
    "package",
    "option",
    "options",
    "default",
    "bar",
    "corner",
    "edge",
    "edges",
    "fold",
    "loop",
    "tight",
    "pull",
    "hole",
    "through",
    "valve",
    "tablet",
    "rotate",
    "crash",
    "tap",
    "cut",
    "stir",
    "mix",
    "warm",
    "cool",
    "dry",
    "wait",
    "until",
    "bottom",
    "top",
];

/// Words of contracts, rules of a house and policies.
const RULING: &[&str] = &[
    "shall",
    "liability",
    "terms",
    "members",
    "tenants",
    "guests",
    "policy",
    "penalty",
    "disputes",
    "arbitration",
    "consent",
    "unauthorized",
    "unauthorised",
    "hereby",
    "prohibited",
    "permitted",
    "agree",
    "accepts",
    "applies",
    "employees",
    "owner's",
    "receipts",
    "must",
    "company",
    "users",
    "rights",
    "clause",
    "subletting",
    "expense",
];

/// Words of advertisements for a job.
const HIRING: &[&str] = &[
    "hiring",
    "wanted",
    "salary",
    "experience",
    "responsibilities",
    "part-time",
    "full-time",
    "incentives",
    "requirements",
    "preferred",
    "essential",
    "vacancy",
    "candidates",
    "apply",
    "cab",
    "tips",
    "qualifications",
    "benefits",
    "plus",
    "hr",
];

/// Words of forecasts by the stars.
const STARRY: &[&str] = &[
    "aries",
    "taurus",
    "gemini",
    "leo",
    "virgo",
    "libra",
    "scorpio",
    "sagittarius",
    "capricorn",
    "aquarius",
    "pisces",
    "horoscope",
    "rashi",
    "zodiac",
    "lucky",
    "venus",
    "jupiter",
    "mercury",
    "stars",
    "matters",
];

/// Words of reviews.
const JUDGING: &[&str] = &[
    "stars",
    "recommend",
    "★",
    "apartment",
    "host",
    "server",
    "ramen",
    "waited",
    "sitting",
    "author",
    "location",
    "staff",
    "overpriced",
    "delicious",
    "disappointing",
    "middle",
    "drags",
];

/// Words by which somebody speaks of himself or to somebody he knows.
const CLOSE: &[&str] = &[
    "i", "me", "my", "please", "pls", "'ll", "myself", "mum", "mom", "dad", "let",
];

/// What a text is counted by.
#[derive(Default)]
struct Counts {
    words: usize,
    cooking: usize,
    general: usize,
    personal: usize,
    close: usize,
    you: usize,
    dated: usize,
    listed: usize,
    selling: usize,
    guiding: usize,
    ruling: usize,
    hiring: usize,
    starry: usize,
    judging: usize,
    orders: usize,
    named: usize,
}

/// Whether the sentences are instructions for anybody.
pub(crate) fn instructs(sentences: &[Sentence]) -> bool {
    let mut counts = Counts::default();
    for sentence in sentences {
        count(sentence, &mut counts);
    }
    let Counts {
        words,
        cooking,
        general,
        personal,
        dated,
        listed,
        ..
    } = counts;
    let recipe = cooking >= 4 && cooking * 12 >= words && personal <= 1 && dated <= 1;
    let advice = personal == 0
        && listed == 0
        && dated == 0
        && words >= 14
        && general >= 1
        && counts.you + general >= 2;
    recipe || advice || for_anybody(&counts) || of_a_kind(&counts) || interview(sentences)
}

/// Contracts, job advertisements, forecasts by the stars, reviews.
fn of_a_kind(counts: &Counts) -> bool {
    let dense = |hits: usize, least: usize| hits >= least && hits * 14 >= counts.words;
    counts.close == 0
        && counts.named == 0
        && (dense(counts.ruling, 3)
            || dense(counts.hiring, 3)
            || dense(counts.starry, 2)
            || dense(counts.judging, 2))
}

/// Questions and answers before an audience.
fn interview(sentences: &[Sentence]) -> bool {
    let says = |label: &str| {
        sentences.iter().any(|sentence| {
            let owner = sentence.unit.place.owner.as_ref();
            owner
                .and_then(|owner| owner.name.as_deref())
                .is_some_and(|name| name.eq_ignore_ascii_case(label))
        })
    };
    (says("host") && says("guest")) || (says("q") && says("a"))
}

/// Lines that break in the middle of their sentences: a poem, a song.
pub(crate) fn sings(text: &str) -> bool {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let chorus = lines.iter().any(|line| {
        let lower = line.to_lowercase();
        matches!(
            lower.as_str(),
            "(chorus)" | "[chorus]" | "chorus:" | "(verse)" | "[verse 1]"
        )
    });
    let short = lines
        .iter()
        .all(|line| line.split_whitespace().count() <= 11);
    let plain = lines.iter().all(|line| {
        line.starts_with(|c: char| c.is_alphabetic() || c == '(') && !line.contains(": ")
    });
    let breaks = lines
        .windows(2)
        .filter(|pair| {
            pair[0].ends_with([',', ';', '–', '—'])
                && pair[0].split_whitespace().count() >= 4
                && pair[1].chars().next().is_some_and(char::is_lowercase)
        })
        .count();
    let commas = lines
        .iter()
        .filter(|line| line.ends_with([',', ';']))
        .count();
    chorus || (lines.len() >= 4 && short && plain && breaks >= 2 - usize::from(commas >= 2))
}

/// Orders without anybody who gives or takes them: an advertisement, a manual, a description of a
/// way.
fn for_anybody(counts: &Counts) -> bool {
    let apart = counts.close == 0
        && counts.listed == 0
        && counts.named == 0
        && counts.orders > 0
        && counts.words >= 10;
    let sells = counts.selling >= 3 && counts.selling * 12 >= counts.words;
    let guides = counts.guiding + counts.cooking >= 3
        && (counts.guiding + counts.cooking) * 14 >= counts.words
        && counts.dated <= 1;
    apart && (sells || guides)
}

fn count(sentence: &Sentence, counts: &mut Counts) {
    let place = &sentence.unit.place;
    counts.listed += usize::from(
        place
            .item
            .as_ref()
            .is_some_and(|item| item.number.is_none())
            || place.marked
            || place.owner.is_some(),
    );
    let owner = place.owner.as_ref().and_then(|owner| owner.name.as_deref());
    counts.starry += usize::from(owner.is_some_and(|name| {
        let lower = name.to_lowercase();
        STARRY.contains(&lower.as_str())
    }));
    counts.dated += sentence.date_tokens().len();
    counts.orders += sentence.actions().count();
    counts.named += usize::from(sentence.person.is_some());
    for (at, token) in sentence.tokens.iter().enumerate() {
        if !token.is_word() {
            counts.selling += usize::from(token.is("%"));
            continue;
        }
        counts.words += 1;
        counts.cooking += usize::from(token.any(COOKING));
        counts.general += usize::from(token.any(GENERAL));
        counts.personal += usize::from(token.any(PERSONAL));
        counts.close += usize::from(token.any(CLOSE));
        counts.you += usize::from(token.any(&["you", "your"]));
        counts.selling += usize::from(token.any(SELLING));
        counts.guiding += usize::from(token.any(GUIDING));
        counts.ruling += usize::from(token.any(RULING));
        counts.hiring += usize::from(token.any(HIRING));
        counts.starry += usize::from(token.any(STARRY));
        counts.judging += usize::from(token.any(JUDGING));
        counts.named += usize::from(
            at > 0
                && token.capital
                && !token.upper
                && crate::lexicon::is_first_name(&token.lower)
                && !token.any(&[
                    "will", "may", "mark", "rose", "grace", "hope", "joy", "holly",
                ]),
        );
    }
}
