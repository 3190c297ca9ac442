//! The people a text names as present, writing or written to.

use std::collections::HashSet;

use crate::token::{self, Token};

/// Their names in lower case. Nearly every word of a text is held against them and hardly any is one
/// of them: the bits of the names ([`token::bit`]) rule out the others.
#[derive(Debug, Default)]
pub(crate) struct Named {
    names: HashSet<String>,
    /// What some of them are called by, in large letters only: `SO` is Sofia Okonkwo, `so` is nobody.
    initials: HashSet<String>,
    bits: u64,
}

impl Named {
    /// Whether somebody is named by this word, in lower case.
    #[inline]
    pub(crate) fn contains(&self, lower: &str) -> bool {
        self.bits & token::bit(lower) != 0 && self.names.contains(lower)
    }

    /// Whether somebody is named by the word of a token, which knows its bit.
    #[inline]
    pub(crate) fn has(&self, token: &Token) -> bool {
        self.bits & token.bit() != 0
            && (self.names.contains(&token.lower)
                || token.upper && self.initials.contains(&token.lower))
    }

    /// Adds initials, in lower case.
    pub(crate) fn call(&mut self, initials: impl IntoIterator<Item = String>) {
        for key in initials {
            self.bits |= token::bit(&key);
            self.initials.insert(key);
        }
    }
}

impl Extend<String> for Named {
    /// Adds names; what is empty names nobody.
    fn extend<T: IntoIterator<Item = String>>(&mut self, names: T) {
        for name in names {
            if !name.is_empty() {
                self.bits |= token::bit(&name);
                self.names.insert(name);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_who_were_added_are_named_and_nobody_else_is() {
        let mut named = Named::default();
        assert!(!named.contains("ida") && !named.contains(""));
        named.extend(["ida", "", "jürgen"].map(str::to_owned));
        assert!(named.contains("ida") && named.contains("jürgen"));
        assert!(!named.contains("idas") && !named.contains("aid") && !named.contains(""));
    }
}
