//! English: the spellings of the words of a date, and names that only look like one.

use jiff::civil::Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};

use super::words::{Often, Part, Season, Unit, Word};

const fn often(unit: Unit, interval: u16) -> Word {
    Word::Often(Often { unit, interval })
}

/// Spellings and what they mean.
#[rustfmt::skip]
pub(super) const WORDS: &[(&str, Word)] = &[
    ("monday", Word::Weekday(Monday)), ("mon", Word::Weekday(Monday)), ("mondays", Word::Weekday(Monday)), ("mons", Word::Weekday(Monday)),
    ("tuesday", Word::Weekday(Tuesday)), ("tue", Word::Weekday(Tuesday)), ("tues", Word::Weekday(Tuesday)), ("tuesdays", Word::Weekday(Tuesday)),
    ("wednesday", Word::Weekday(Wednesday)), ("wed", Word::Weekday(Wednesday)), ("weds", Word::Weekday(Wednesday)), ("wednesdays", Word::Weekday(Wednesday)),
    ("thursday", Word::Weekday(Thursday)), ("thu", Word::Weekday(Thursday)), ("thur", Word::Weekday(Thursday)), ("thurs", Word::Weekday(Thursday)), ("thursdays", Word::Weekday(Thursday)),
    ("friday", Word::Weekday(Friday)), ("fri", Word::Weekday(Friday)), ("fridays", Word::Weekday(Friday)),
    ("saturday", Word::Weekday(Saturday)), ("sat", Word::Weekday(Saturday)), ("saturdays", Word::Weekday(Saturday)),
    ("sunday", Word::Weekday(Sunday)), ("sun", Word::Weekday(Sunday)), ("sundays", Word::Weekday(Sunday)),
    // Slips too far from the word, or too short, for the general rule.
    ("wendsday", Word::Weekday(Wednesday)), ("wensday", Word::Weekday(Wednesday)), ("wednsday", Word::Weekday(Wednesday)), ("wendesday", Word::Weekday(Wednesday)), ("weds", Word::Weekday(Wednesday)),
    ("thirsday", Word::Weekday(Thursday)), ("thrusday", Word::Weekday(Thursday)), ("tuseday", Word::Weekday(Tuesday)), ("teusday", Word::Weekday(Tuesday)), ("fryday", Word::Weekday(Friday)), ("firday", Word::Weekday(Friday)),
    ("january", Word::Month(1)), ("jan", Word::Month(1)), ("february", Word::Month(2)), ("feb", Word::Month(2)), ("febuary", Word::Month(2)), ("febr", Word::Month(2)), ("febrary", Word::Month(2)),
    ("march", Word::Month(3)), ("mar", Word::Month(3)), ("april", Word::Month(4)), ("apr", Word::Month(4)), ("aprl", Word::Month(4)), ("apirl", Word::Month(4)), ("may", Word::Month(5)),
    ("june", Word::Month(6)), ("jun", Word::Month(6)), ("july", Word::Month(7)), ("jul", Word::Month(7)), ("august", Word::Month(8)), ("aug", Word::Month(8)), ("agust", Word::Month(8)),
    ("september", Word::Month(9)), ("sep", Word::Month(9)), ("sept", Word::Month(9)), ("octember", Word::Month(10)), ("october", Word::Month(10)), ("oct", Word::Month(10)),
    ("november", Word::Month(11)), ("nov", Word::Month(11)), ("december", Word::Month(12)), ("dec", Word::Month(12)),
    ("today", Word::Today), ("2day", Word::Today), ("tday", Word::Today), ("tod", Word::Today), ("todya", Word::Today), ("tody", Word::Today),
    ("tonight", Word::Tonight), ("tonite", Word::Tonight), ("2nite", Word::Tonight), ("2night", Word::Tonight), ("tonght", Word::Tonight),
    ("tomorrow", Word::Tomorrow), ("tommorow", Word::Tomorrow), ("tommorrow", Word::Tomorrow), ("tomorow", Word::Tomorrow), ("tomorro", Word::Tomorrow), ("tomoro", Word::Tomorrow), ("tomoz", Word::Tomorrow),
    ("tmrw", Word::Tomorrow), ("tmrow", Word::Tomorrow), ("tmr", Word::Tomorrow), ("tmw", Word::Tomorrow), ("tmmrw", Word::Tomorrow), ("2moro", Word::Tomorrow), ("2morrow", Word::Tomorrow), ("2mrw", Word::Tomorrow), ("2mro", Word::Tomorrow), ("tomm", Word::Tomorrow), ("tmrrw", Word::Tomorrow), ("morrow", Word::Plain),
    ("yesterday", Word::Yesterday), ("yday", Word::Yesterday), ("yest", Word::Yesterday), ("now", Word::Now),
    ("second", Word::Ordinal(2)), ("seconds", Word::Unit(Unit::Second)), ("sec", Word::Unit(Unit::Second)), ("secs", Word::Unit(Unit::Second)),
    ("minute", Word::Unit(Unit::Minute)), ("minutes", Word::Unit(Unit::Minute)), ("min", Word::Unit(Unit::Minute)), ("mins", Word::Unit(Unit::Minute)), ("minuets", Word::Unit(Unit::Minute)),
    ("hour", Word::Unit(Unit::Hour)), ("hours", Word::Unit(Unit::Hour)), ("hr", Word::Unit(Unit::Hour)), ("hrs", Word::Unit(Unit::Hour)), ("h", Word::Unit(Unit::Hour)),
    ("day", Word::Unit(Unit::Day)), ("days", Word::Unit(Unit::Day)), ("d", Word::Unit(Unit::Day)), ("dayz", Word::Unit(Unit::Day)),
    ("workday", Word::Unit(Unit::Workday)), ("workdays", Word::Unit(Unit::Workday)), ("weekday", Word::Unit(Unit::Workday)), ("weekdays", Word::Unit(Unit::Workday)),
    ("weekend", Word::Unit(Unit::Weekend)), ("weekends", Word::Unit(Unit::Weekend)), ("wkend", Word::Unit(Unit::Weekend)), ("wknd", Word::Unit(Unit::Weekend)),
    ("week", Word::Unit(Unit::Week)), ("weeks", Word::Unit(Unit::Week)), ("wk", Word::Unit(Unit::Week)), ("wks", Word::Unit(Unit::Week)), ("w", Word::Unit(Unit::Week)), ("weak", Word::Plain),
    ("fortnight", Word::Unit(Unit::Fortnight)), ("fortnights", Word::Unit(Unit::Fortnight)),
    ("month", Word::Unit(Unit::Month)), ("months", Word::Unit(Unit::Month)), ("mth", Word::Unit(Unit::Month)), ("mths", Word::Unit(Unit::Month)), ("mo", Word::Unit(Unit::Month)), ("mos", Word::Unit(Unit::Month)), ("monht", Word::Unit(Unit::Month)),
    ("quarter", Word::Unit(Unit::Quarter)), ("quarters", Word::Unit(Unit::Quarter)), ("qtr", Word::Unit(Unit::Quarter)),
    ("year", Word::Unit(Unit::Year)), ("years", Word::Unit(Unit::Year)), ("yr", Word::Unit(Unit::Year)), ("yrs", Word::Unit(Unit::Year)), ("y", Word::Unit(Unit::Year)),
    ("decade", Word::Unit(Unit::Decade)), ("decades", Word::Unit(Unit::Decade)),
    ("spring", Word::Season(Season::Spring)), ("summer", Word::Season(Season::Summer)), ("autumn", Word::Season(Season::Autumn)), ("fall", Word::Season(Season::Autumn)), ("winter", Word::Season(Season::Winter)),
    ("zero", Word::Number(0)), ("one", Word::Number(1)), ("two", Word::Number(2)), ("three", Word::Number(3)), ("four", Word::Number(4)), ("five", Word::Number(5)), ("six", Word::Number(6)), ("seven", Word::Number(7)), ("eight", Word::Number(8)), ("nine", Word::Number(9)), ("ten", Word::Number(10)),
    ("eleven", Word::Number(11)), ("twelve", Word::Number(12)), ("thirteen", Word::Number(13)), ("fourteen", Word::Number(14)), ("fifteen", Word::Number(15)), ("sixteen", Word::Number(16)), ("seventeen", Word::Number(17)), ("eighteen", Word::Number(18)), ("nineteen", Word::Number(19)), ("twenty", Word::Number(20)),
    ("thirty", Word::Number(30)), ("forty", Word::Number(40)), ("fifty", Word::Number(50)), ("sixty", Word::Number(60)), ("ninety", Word::Number(90)), ("hundred", Word::Number(100)), ("dozen", Word::Number(12)),
    ("first", Word::Ordinal(1)), ("third", Word::Ordinal(3)), ("fourth", Word::Ordinal(4)), ("fifth", Word::Ordinal(5)), ("sixth", Word::Ordinal(6)), ("seventh", Word::Ordinal(7)), ("eighth", Word::Ordinal(8)), ("ninth", Word::Ordinal(9)), ("tenth", Word::Ordinal(10)),
    ("eleventh", Word::Ordinal(11)), ("twelfth", Word::Ordinal(12)), ("thirteenth", Word::Ordinal(13)), ("fourteenth", Word::Ordinal(14)), ("fifteenth", Word::Ordinal(15)), ("sixteenth", Word::Ordinal(16)), ("seventeenth", Word::Ordinal(17)), ("eighteenth", Word::Ordinal(18)), ("nineteenth", Word::Ordinal(19)), ("twentieth", Word::Ordinal(20)), ("thirtieth", Word::Ordinal(30)),
    ("half", Word::Half),
    ("morning", Word::Part(Part::Morning)), ("mornings", Word::Part(Part::Morning)), ("morn", Word::Part(Part::Morning)), ("mornin", Word::Part(Part::Morning)), ("lunchtime", Word::Part(Part::Midday)), ("lunch", Word::Part(Part::Midday)), ("afternoon", Word::Part(Part::Afternoon)), ("afternoons", Word::Part(Part::Afternoon)), ("arvo", Word::Part(Part::Afternoon)),
    ("evening", Word::Part(Part::Evening)), ("evenings", Word::Part(Part::Evening)), ("eve", Word::Part(Part::Evening)), ("night", Word::Part(Part::Night)), ("nights", Word::Part(Part::Night)), ("nite", Word::Part(Part::Night)),
    ("noon", Word::Noon), ("midday", Word::Noon), ("noontime", Word::Noon), ("noonish", Word::Noon), ("midnight", Word::Midnight),
    ("am", Word::Meridiem(false)), ("a.m.", Word::Meridiem(false)), ("a.m", Word::Meridiem(false)), ("pm", Word::Meridiem(true)), ("p.m.", Word::Meridiem(true)), ("p.m", Word::Meridiem(true)),
    ("o'clock", Word::Oclock), ("oclock", Word::Oclock), ("sharp", Word::Sharp), ("prompt", Word::Sharp), ("ish", Word::Ish), ("uhr", Word::Oclock),
    ("this", Word::This), ("current", Word::This), ("next", Word::Next), ("nxt", Word::Next), ("nex", Word::Next), ("last", Word::Last), ("previous", Word::Last), ("prev", Word::Last), ("coming", Word::Coming), ("upcoming", Word::Coming), ("following", Word::Following), ("past", Word::Past),
    ("by", Word::By), ("until", Word::Until), ("till", Word::Until), ("til", Word::Until), ("'til", Word::Until), ("untill", Word::Until), ("through", Word::Until), ("thru", Word::Until), ("before", Word::Before), ("b4", Word::Before), ("befor", Word::Before), ("bfore", Word::Before), ("after", Word::After), ("from", Word::From), ("since", Word::Since),
    ("starting", Word::Starting), ("beginning", Word::Start), ("start", Word::Start), ("end", Word::End), ("close", Word::End), ("middle", Word::Middle), ("mid", Word::Middle), ("early", Word::Early), ("late", Word::Late), ("later", Word::Later), ("commencing", Word::Starting), ("ending", Word::Until), ("effective", Word::Starting),
    ("on", Word::On), ("at", Word::At), ("in", Word::In), ("within", Word::Within), ("for", Word::For), ("during", Word::During), ("over", Word::During), ("throughout", Word::During), ("due", Word::Due), ("of", Word::Of), ("the", Word::The), ("teh", Word::The), ("a", Word::A), ("an", Word::A), ("and", Word::And), ("or", Word::Or), ("to", Word::To), ("between", Word::Between), ("btw", Word::Plain), ("no", Word::No), ("not", Word::Not),
    ("around", Word::Around), ("about", Word::Around), ("approximately", Word::Around), ("approx", Word::Around), ("roughly", Word::Around), ("circa", Word::Around), ("exactly", Word::Around), ("precisely", Word::Around),
    ("every", Word::Every), ("each", Word::Every), ("evry", Word::Every), ("other", Word::Other), ("alternate", Word::Other),
    ("daily", often(Unit::Day, 1)), ("weekly", often(Unit::Week, 1)), ("biweekly", often(Unit::Week, 2)), ("fortnightly", often(Unit::Week, 2)), ("monthly", often(Unit::Month, 1)), ("bimonthly", often(Unit::Month, 2)), ("quarterly", often(Unit::Month, 3)), ("yearly", often(Unit::Year, 1)), ("annually", often(Unit::Year, 1)), ("hourly", often(Unit::Hour, 1)),
    ("ago", Word::Ago), ("hence", Word::Hence), ("couple", Word::Couple), ("few", Word::Few),
    ("eod", Word::EndOf(Unit::Day)), ("cob", Word::EndOf(Unit::Day)), ("eob", Word::EndOf(Unit::Day)), ("eop", Word::EndOf(Unit::Day)), ("eow", Word::EndOf(Unit::Week)), ("eom", Word::EndOf(Unit::Month)), ("eoq", Word::EndOf(Unit::Quarter)), ("eoy", Word::EndOf(Unit::Year)),
    ("we", Word::Function), ("i", Word::Function), ("you", Word::Function), ("he", Word::Function), ("she", Word::Function), ("they", Word::Function), ("it", Word::Function), ("so", Word::Function), ("with", Word::Function), ("then", Word::Function), ("please", Word::Function), ("pls", Word::Function), ("if", Word::Function), ("because", Word::Function), ("but", Word::Function), ("as", Word::Function), ("when", Word::Function), ("is", Word::Function), ("was", Word::Function), ("will", Word::Function), ("would", Word::Function), ("works", Word::Function), ("local", Word::Function), ("latest", Word::Function), ("instead", Word::Function), ("too", Word::Function), ("though", Word::Function), ("thanks", Word::Function), ("via", Word::Function), ("near", Word::Function), ("outside", Word::Function), ("my", Word::Function), ("our", Word::Function), ("your", Word::Function), ("i'll", Word::Function), ("i'm", Word::Function), ("we'll", Word::Function), ("we're", Word::Function), ("can", Word::Function), ("must", Word::Function), ("should", Word::Function), ("has", Word::Function), ("have", Word::Function), ("do", Word::Function), ("there", Word::Function), ("here", Word::Function), ("everyone", Word::Function), ("everybody", Word::Function), ("that", Word::Function), ("which", Word::Function), ("who", Word::Function), ("where", Word::Function), ("while", Word::Function), ("again", Word::Function), ("either", Word::Function), ("unless", Word::Function), ("once", Word::Function), ("also", Word::Function), ("ok", Word::Function), ("right", Word::Function), ("are", Word::Function), ("be", Word::Function),
];

/// Words that a slip of the pen may hit: everything else must be spelt.
pub(super) const SPELLABLE: &[&str] = &[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january",
    "february", "august", "september", "october", "november", "december", "tomorrow", "tonight",
    "yesterday", "midnight", "afternoon", "weekend", "fortnight",
];

/// Words of their own that lie one slip from one of [`SPELLABLE`].
pub(super) const NOT_MISSPELT: &[&str] = &[
    "sundae", "sundry", "sunray", "monays", "weekened", "weekends", "augusta", "augusts", "august",
    "octobers", "novembre", "midnights", "afternoons", "fridays", "mondays", "sundays", "fright",
    "knight", "forthnight",
];

/// Words directly before a weekday that make it a name (“Ruby Tuesday”).
pub(super) const NAME_BEFORE: &[&str] = &[
    "ruby", "freaky", "casual", "super", "bloody", "sheffield", "man", "girl", "throwback",
    "manic", "stormy", "gloomy", "joe", "happy", "mr", "mrs", "ms", "miss", "dr", "with", "taco",
    "meatless", "fat", "wacky", "dress-down", "black-eyed", "robinson", "agent", "detective",
    "high", "named", "called", "hello", "hi", "hey", "dear", "blue", "mellow",
];

/// Words directly behind a weekday or month that make it a name (“Wednesday Addams”).
pub(super) const NAME_AFTER: &[&str] = &[
    "addams", "weld", "lights", "live", "fever", "times", "telegraph", "club", "motivation",
    "blues", "football", "brunch", "rush", "ham", "bank", "justice", "magazine",
];

/// What is moved from one day to another: “moved from Tuesday to Thursday” is no range.
pub(super) const MOVES: &[&str] = &[
    "move", "moved", "moves", "push", "pushed", "postpone", "postponed", "change", "changed",
    "reschedule", "rescheduled", "shift", "shifted", "delayed", "switched", "it", "slipped",
    "meeting", "deadline",
];

/// Words after which a capitalised phrase is likely a title.
pub(super) const MEDIA: &[&str] = &[
    "watch", "watched", "watching", "rewatch", "read", "reread", "reading", "listen", "listening",
    "stream", "streamed", "play", "playing", "played", "film", "movie", "book", "novel", "song",
    "album", "series", "show", "episode", "band", "playlist", "called", "titled", "named",
    "sing", "musical", "dvd", "lego",
];

/// Words before a number or a numeric pair that make it something else than a date.
pub(super) const COUNTED: &[&str] = &[
    "chapter", "chapters", "page", "pages", "pp", "section", "sections", "room", "gate", "score",
    "ratio", "step", "steps", "part", "parts", "version", "v", "ver", "release", "build", "lane",
    "route", "size", "unit", "units", "rated", "level", "platform", "track", "bus", "flight",
    "line", "lines", "row", "seat", "apartment", "apt", "flat", "suite", "house", "no", "number",
    "nr", "item", "items", "question", "questions", "exercise", "exercises", "problem", "problems",
    "figure", "fig", "table", "volume", "vol", "issue", "ticket", "order", "invoice", "pr",
    "won", "lost", "beat", "drew", "win", "psalm", "john", "luke", "matthew", "genesis",
    "exodus", "romans", "acts", "mark", "verse", "ip", "rev", "revision", "article", "aspect",
    "scale", "odds", "bake", "grade", "grades", "phone", "tel", "call", "dial", "fax", "ext",
    "extension", "paragraph", "para", "clause", "annex", "type", "model", "python", "node",
    "java", "rust", "php", "ubuntu", "ios", "android", "postgres", "postgresql", "mysql",
];

/// Changes by an amount: “grew by 5” is no time of day.
pub(super) const CHANGE: &[&str] = &[
    "increase", "increased", "reduce", "reduced", "grow", "grew", "grown", "up", "down", "cut",
    "drop", "dropped", "fell", "fall", "rose", "rise", "raise", "raised", "divide", "divided",
    "multiply", "multiplied", "off", "win", "won", "lost", "lead", "leads", "improve", "improved",
    "decrease", "decreased", "scale", "lower", "divisible", "shrink", "followed", "times",
];

/// Units that make the number before them an amount, not an hour or a day.
pub(super) const AMOUNT_AFTER: &[&str] = &[
    "of", "cup", "cups", "inch", "inches", "mile", "miles", "km", "kg", "g", "percent", "people",
    "users", "times", "x", "euro", "euros", "dollars", "points", "full", "done", "complete",
];
