//! The initials by which those who were present are called in the rest of a text: `Present – D. Whelan
//! (contractor), S. Okoro (QS)`, and then `DW to issue the programme`.

/// The initials of a list of people that the text goes on to use, in lower case.
pub(super) fn initials<'t>(text: &'t str, people: &'t str) -> impl Iterator<Item = String> + 't {
    people
        .split([',', ';', '&'])
        .flat_map(|part| part.split(" and "))
        .filter_map(of_name)
        .filter(|key| is_used(text, key))
        .map(|key| key.to_ascii_lowercase())
}

/// `D. Whelan (contractor)`: the first letters of the first and the last name.
fn of_name(part: &str) -> Option<String> {
    let name = part.split('(').next()?;
    let words = || {
        name.split_whitespace()
            .filter(|word| !crate::person::is_title(word))
    };
    let upper = |word: &str| word.chars().next().filter(char::is_ascii_uppercase);
    let all = words().all(|word| upper(word).is_some());
    let (first, last) = (words().next()?, words().next_back()?);
    (all && (2..=3).contains(&words().count()))
        .then(|| upper(first).into_iter().chain(upper(last)).collect())
}

/// Whether the letters stand in the text as a word.
fn is_used(text: &str, key: &str) -> bool {
    text.match_indices(key).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let behind = text[at + key.len()..].chars().next();
        let apart = |next: Option<char>| !next.is_some_and(char::is_alphanumeric);
        apart(before) && apart(behind)
    })
}

/// A list of people without what is said of each in brackets.
pub(super) fn without_brackets(people: &str) -> String {
    let mut depth = 0_usize;
    people
        .chars()
        .filter(|letter| {
            match letter {
                '(' => depth += 1,
                ')' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::{assignees, found};

    #[test]
    fn those_present_may_be_called_by_their_initials() {
        let text = "Allotment committee, 3 March\n\nPresent – R. Tully (chair), Sofia Okonkwo (plots, water), H. Beck\n\n\
                    1. Water. RT has not yet ordered the tap. He'll do so by Friday.\n\
                    2. Shed. SO to paint the door by Monday.\n\
                    3. Gate. HB and the neighbours were there. She will mend the latch by Tuesday.\n";
        let named = |name: &str| Some(name.to_owned());
        assert_eq!(
            found(text),
            ["Order the tap", "Paint the door", "Mend the latch"]
        );
        assert_eq!(assignees(text), [named("RT"), named("SO"), named("HB")]);
    }

    #[test]
    fn letters_that_nobody_present_has_are_nobody() {
        let text =
            "Present: Rosa Tully, Ines Beck\n\nSo we painted the door. IT is down. RT agreed.\n";
        assert!(found(text).is_empty());
    }
}
