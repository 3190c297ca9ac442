//! Nouns for people by what they are.

use std::sync::LazyLock;

use crate::hash::HashSet;
use crate::sentence::Sentence;
use crate::token::{List, list};

static PERSON_SET: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| PERSONS.iter().copied().collect());

/// Of which sex whoever bears the title is, where the word is a title.
pub(super) fn title_of(lower: &str) -> Option<Sex> {
    match lower {
        "mr" | "herr" => Some(Sex::He),
        "mrs" | "ms" | "miss" | "frau" => Some(Sex::She),
        "dr" | "prof" => Some(Sex::Unsaid),
        _ => None,
    }
}

/// Of which sex somebody is by the word for them.
pub(super) fn sex_of(lower: &str) -> Sex {
    match lower {
        "mum" | "mom" | "mama" | "mother" | "grandma" | "granny" | "nan" | "gran" | "auntie"
        | "aunt" | "sister" | "daughter" | "wife" | "niece" | "woman" | "lady" | "girl"
        | "landlady" | "midwife" | "bride" | "waitress" | "hostess" | "grandmother"
        | "headmistress" | "stepmother" | "chairwoman" => Sex::She,
        "dad" | "papa" | "father" | "grandpa" | "grandad" | "uncle" | "brother" | "son"
        | "husband" | "nephew" | "man" | "guy" | "bloke" | "boy" | "chairman" | "bishop"
        | "priest" | "imam" | "groom" | "waiter" | "grandfather" | "headmaster" | "stepfather"
        | "gentleman" => Sex::He,
        _ => title_of(lower).unwrap_or_else(|| sex_of_name(lower)),
    }
}

/// Of which sex most bearers of a first name are, for names that leave no doubt.
fn sex_of_name(lower: &str) -> Sex {
    const SHE: List<'static> = list![
        "anna", "anne", "amy", "alice", "bea", "carla", "carol", "claire", "diana", "diane",
        "ella", "emily", "emma", "eva", "hannah", "hanna", "helen", "ida", "ines", "jane", "julia",
        "karin", "kate", "katie", "laura", "lena", "linda", "lisa", "lucy", "maria", "marta",
        "mary", "mia", "nina", "olga", "olivia", "paula", "petra", "priya", "rosa", "rosie",
        "ruby", "ruth", "sabine", "sandra", "sara", "sarah", "sophie", "susan", "ulrike", "yasmin",
        "zoe", "lydia",
    ];
    const HE: List<'static> = list![
        "adam", "amir", "ben", "bernd", "bill", "bob", "carl", "daniel", "dan", "dave", "david",
        "finn", "frank", "fred", "george", "greg", "hans", "harry", "jack", "james", "jens", "jim",
        "joe", "john", "jonas", "karl", "ken", "leo", "luis", "mark", "martin", "max", "mike",
        "nick", "nils", "oliver", "omar", "oscar", "otto", "paul", "peter", "ravi", "rob",
        "robert", "simon", "stefan", "steve", "sven", "theo", "thomas", "tim", "tobias", "tom",
        "uwe",
    ];
    if SHE.holds(lower) {
        Sex::She
    } else if HE.holds(lower) {
        Sex::He
    } else {
        Sex::Unsaid
    }
}

/// A body of people, who are never `him` or `her`.
pub(super) fn is_body(lower: &str) -> bool {
    matches!(
        lower,
        "firm"
            | "council"
            | "bank"
            | "office"
            | "agency"
            | "company"
            | "school"
            | "hotel"
            | "garage"
            | "clinic"
            | "surgery"
            | "airline"
            | "embassy"
            | "police"
            | "people"
            | "family"
            | "couple"
            | "parents"
            | "kids"
            | "children"
    )
}

/// `a hotel`, `another garage`: something that is wanted, and nobody yet.
pub(super) fn is_to_be_found(sentence: &Sentence, tokens: &[usize]) -> bool {
    let token = |at: Option<&usize>| at.map(|at| &sentence.tokens[*at]);
    let new = token(tokens.first()).is_some_and(|first| first.any(list!["a", "an", "another"]));
    new && token(tokens.last()).is_some_and(|last| is_body(&last.lower))
}

/// Of which sex somebody is spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sex {
    She,
    He,
    Unsaid,
}

/// Whether the word is a noun for people.
pub(super) fn is_somebody(lower: &str) -> bool {
    PERSON_SET.contains(lower)
}

/// The nouns for people.
pub(crate) fn persons() -> impl Iterator<Item = &'static str> {
    PERSONS.iter().copied()
}

/// Nouns for people: nothing is done to them as to a thing that is `it`.
const PERSONS: &[&str] = &[
    "mum",
    "mom",
    "dad",
    "mama",
    "papa",
    "mother",
    "father",
    "grandma",
    "grandpa",
    "granny",
    "nan",
    "gran",
    "grandad",
    "auntie",
    "aunt",
    "uncle",
    "sister",
    "brother",
    "son",
    "daughter",
    "wife",
    "husband",
    "cousin",
    "niece",
    "nephew",
    "man",
    "woman",
    "lady",
    "guy",
    "bloke",
    "girl",
    "boy",
    "friend",
    "neighbour",
    "neighbor",
    "people",
    "colleague",
    "boss",
    "somebody",
    "police",
    "landlord",
    "landlady",
    "plumber",
    "electrician",
    "teacher",
    "manager",
    "tenant",
    "courier",
    "driver",
    "doctor",
    "dentist",
    "vet",
    "nurse",
    "cleaner",
    "caretaker",
    "contractor",
    "builder",
    "roofer",
    "carpenter",
    "technician",
    "accountant",
    "lawyer",
    "solicitor",
    "receptionist",
    "secretary",
    "gardener",
    "customer",
    "chairman",
    "director",
    "engineer",
    "mechanic",
    "photographer",
    "caterer",
    "surgeon",
    "physio",
    "client",
    "rep",
    "agent",
    "sitter",
    "fitter",
    "insurer",
    "guest",
    "supplier",
    "tutor",
    "coach",
    "accountant",
    "surveyor",
    "inspector",
    "pharmacist",
    "optician",
    "hairdresser",
    "barber",
    "painter",
    "tiler",
    "plasterer",
    "glazier",
    "locksmith",
    "sweep",
    "family",
    "midwife",
    "mason",
    "donor",
    "minister",
    "captain",
    "bishop",
    "pastor",
    "priest",
    "vicar",
    "imam",
    "warden",
    "sergeant",
    "officer",
    "organist",
    "conductor",
    "referee",
    "trainer",
    "instructor",
    "professor",
    "student",
    "pupil",
    "carer",
    "nanny",
    "babysitter",
    "usher",
    "florist",
    "baker",
    "butcher",
    "reviewer",
    "editor",
    "publisher",
    "translator",
    "notary",
    "registrar",
    "councillor",
    "mayor",
    "clerk",
    "treasurer",
    "principal",
    "candidate",
    "applicant",
    "volunteer",
    "trainee",
    "apprentice",
    "intern",
    "couple",
    "parents",
    "kids",
    "children",
    "auditor",
    "bride",
    "bridesmaid",
    "groomsman",
    "groom",
    "patient",
    "owner",
    "seller",
    "buyer",
    "subtenant",
    "firm",
    "council",
    "bank",
    "office",
    "agency",
    "company",
    "school",
    "hotel",
    "garage",
    "clinic",
    "surgery",
    "airline",
    "embassy",
    "attorney",
    "barrister",
    "architect",
    "designer",
    "foreman",
    "chef",
    "waiter",
    "waitress",
    "bartender",
    "cashier",
    "librarian",
    "assistant",
    "adviser",
    "advisor",
    "consultant",
    "broker",
    "banker",
    "joiner",
    "welder",
    "smith",
    "blacksmith",
    "farrier",
    "saddler",
    "farmer",
    "shepherd",
    "shearer",
    "forester",
    "ranger",
    "fisherman",
    "fishmonger",
    "grocer",
    "greengrocer",
    "tailor",
    "seamstress",
    "cobbler",
    "jeweller",
    "jeweler",
    "watchmaker",
    "upholsterer",
    "sculptor",
    "potter",
    "curator",
    "archivist",
    "historian",
    "author",
    "journalist",
    "reporter",
    "interpreter",
    "musician",
    "pianist",
    "drummer",
    "singer",
    "soloist",
    "dancer",
    "actor",
    "actress",
    "producer",
    "skipper",
    "sailor",
    "pilot",
    "steward",
    "porter",
    "janitor",
    "custodian",
    "groundsman",
    "lifeguard",
    "jockey",
    "dermatologist",
    "cardiologist",
    "radiologist",
    "orthodontist",
    "paediatrician",
    "pediatrician",
    "psychologist",
    "therapist",
    "physiotherapist",
    "counsellor",
    "dietitian",
    "gp",
    "paramedic",
    "orderly",
    "anaesthetist",
    "dean",
    "lecturer",
    "headmaster",
    "headteacher",
    "headmistress",
    "deputy",
    "bursar",
    "ambassador",
    "consul",
    "official",
    "assessor",
    "examiner",
    "bailiff",
    "judge",
    "magistrate",
    "sheriff",
    "constable",
    "firefighter",
    "chaplain",
    "rabbi",
    "deacon",
    "sexton",
    "sacristan",
    "verger",
    "choirmaster",
    "hostess",
    "lodger",
    "flatmate",
    "roommate",
    "housemate",
    "passenger",
    "visitor",
    "gentleman",
    "stranger",
    "grandmother",
    "grandfather",
    "stepmother",
    "stepfather",
    "godmother",
    "godfather",
    "spouse",
    "toddler",
    "chairwoman",
    "chairperson",
    "dramaturg",
    "developer",
    "programmer",
    "analyst",
    "decorator",
    "removals",
    "handyman",
    "cameraman",
];
