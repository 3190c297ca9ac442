//! Which sequence of the cache a request gets, and how much of what is cached it can keep.
//!
//! A sequence remembers the tokens whose keys and values it holds. A new prompt goes on in the sequence
//! that it continues; otherwise it takes the one unused for longest and copies the beginning it shares
//! with any other (the system text, mostly). All sequences share one pool of cells.

use llama_cpp_2::token::LlamaToken;

/// One sequence of the cache.
#[derive(Debug, Default)]
struct Slot {
    cached: Vec<LlamaToken>,
    /// Cells promised to the request that runs in it; `None` when idle.
    promised: Option<usize>,
    last_used: u64,
}

/// All sequences.
#[derive(Debug)]
pub(super) struct Slots {
    all: Vec<Slot>,
    cells: usize,
    uses: u64,
    /// Whether the model's cache can be cut and copied at any token.
    divisible: bool,
}

/// Where a request goes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Placement {
    /// The sequence.
    pub slot: usize,
    /// Tokens of its prompt that need not be computed.
    pub keep: usize,
    /// The sequence to copy them from; `None`: they are in `slot` already.
    pub copy_from: Option<usize>,
    /// Idle sequences to forget, after copying, to make room.
    pub forget: Vec<usize>,
}

impl Slots {
    pub(super) fn new(count: usize, cells: usize, divisible: bool) -> Self {
        Self {
            all: (0..count).map(|_| Slot::default()).collect(),
            cells,
            uses: 0,
            divisible,
        }
    }

    /// Finds a place for a prompt and an answer of at most `answer` tokens; `None` while there is none.
    pub(super) fn place(&self, prompt: &[LlamaToken], answer: usize) -> Option<Placement> {
        let needed = prompt.len() + answer;
        let promised: usize = self.all.iter().filter_map(|slot| slot.promised).sum();
        if promised + needed > self.cells {
            return None;
        }
        let usable = |at: usize| self.usable(at, prompt);
        let slot = self.choose(prompt)?;
        let richest = (0..self.all.len()).max_by_key(|at| usable(*at))?;
        let copy_from = (usable(richest) > usable(slot)).then_some(richest);
        Some(Placement {
            slot,
            keep: usable(copy_from.unwrap_or(slot)),
            copy_from,
            forget: self.to_forget(slot, promised + needed),
        })
    }

    /// Takes a sequence for a request; `cached` is what it holds now.
    pub(super) fn take(&mut self, slot: usize, cached: Vec<LlamaToken>, promised: usize) {
        self.all[slot].cached = cached;
        self.all[slot].promised = Some(promised);
    }

    /// Notes that tokens were computed in a sequence.
    pub(super) fn extend(&mut self, slot: usize, tokens: &[LlamaToken]) {
        self.all[slot].cached.extend_from_slice(tokens);
    }

    /// Ends a request; what is cached stays for the next.
    pub(super) fn release(&mut self, slot: usize) {
        self.uses += 1;
        self.all[slot].promised = None;
        self.all[slot].last_used = self.uses;
    }

    /// Notes that a sequence holds nothing any more.
    pub(super) fn forget(&mut self, slot: usize) {
        self.all[slot].cached.clear();
    }

    /// Sequences without a request that hold something.
    pub(super) fn idle(&self) -> Vec<usize> {
        (0..self.all.len())
            .filter(|at| self.all[*at].promised.is_none() && !self.all[*at].cached.is_empty())
            .collect()
    }

    /// Tokens held by all sequences together.
    pub(super) fn cached(&self) -> usize {
        self.all.iter().map(|slot| slot.cached.len()).sum()
    }

    /// Length of the common beginning, as far as it can be used.
    fn usable(&self, at: usize, prompt: &[LlamaToken]) -> usize {
        let cached = &self.all[at].cached;
        let same = cached
            .iter()
            .zip(prompt)
            .take_while(|(a, b)| a == b)
            .count();
        // The last token is always computed: its result is the first word of the answer.
        let usable = same.min(prompt.len().saturating_sub(1));
        // A cache that cannot be cut serves only a prompt that goes on exactly where it ends.
        if self.divisible || usable == cached.len() {
            usable
        } else {
            0
        }
    }

    /// The idle sequence the prompt continues, or the one unused for longest.
    fn choose(&self, prompt: &[LlamaToken]) -> Option<usize> {
        let idle = |at: &usize| self.all[*at].promised.is_none();
        let continued = (0..self.all.len())
            .filter(idle)
            .max_by_key(|at| self.usable(*at, prompt));
        let continued = continued.filter(|at| {
            let shared = self.usable(*at, prompt);
            shared > 0 && shared * 2 >= self.all[*at].cached.len()
        });
        continued.or_else(|| {
            (0..self.all.len())
                .filter(idle)
                .min_by_key(|at| self.all[*at].last_used)
        })
    }

    /// Idle sequences, oldest first, whose cells are needed when `taken` are promised.
    fn to_forget(&self, except: usize, taken: usize) -> Vec<usize> {
        let mut idle = self.idle();
        idle.retain(|at| *at != except);
        idle.sort_by_key(|at| self.all[*at].last_used);
        let mut held: usize = idle.iter().map(|at| self.all[*at].cached.len()).sum();
        let mut forget = Vec::new();
        for at in idle {
            if taken + held <= self.cells {
                break;
            }
            held -= self.all[at].cached.len();
            forget.push(at);
        }
        forget
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<LlamaToken> {
        text.bytes()
            .map(|byte| LlamaToken::new(i32::from(byte)))
            .collect()
    }

    /// Runs a request to its end: `text` is the prompt with its answer.
    fn run(slots: &mut Slots, prompt: &str, text: &str) -> Placement {
        let placement = slots
            .place(&tokens(prompt), text.len() - prompt.len())
            .unwrap();
        for at in &placement.forget {
            slots.forget(*at);
        }
        slots.take(placement.slot, tokens(text), text.len());
        slots.release(placement.slot);
        placement
    }

    #[test]
    fn a_conversation_goes_on_in_its_own_sequence() {
        let mut slots = Slots::new(4, 1000, true);
        let first = run(&mut slots, "sys:hello", "sys:hello,hi");
        assert_eq!((first.keep, first.copy_from), (0, None));
        let second = run(&mut slots, "sys:hello,hi.more", "sys:hello,hi.more,yes");
        assert_eq!(
            (second.slot, second.keep, second.copy_from),
            (first.slot, 12, None)
        );
    }

    #[test]
    fn another_conversation_copies_the_shared_beginning() {
        let mut slots = Slots::new(4, 1000, true);
        let first = run(&mut slots, "sys:hello", "sys:hello,and a long answer");
        let other = run(&mut slots, "sys:world", "sys:world,hi");
        assert_ne!(other.slot, first.slot);
        assert_eq!((other.keep, other.copy_from), (4, Some(first.slot)));
    }

    #[test]
    fn the_same_prompt_again_computes_its_last_token_only() {
        let mut slots = Slots::new(2, 1000, true);
        run(&mut slots, "same", "same");
        assert_eq!(slots.place(&tokens("same"), 1).unwrap().keep, 3);
    }

    #[test]
    fn the_sequence_unused_for_longest_gives_way() {
        let mut slots = Slots::new(2, 1000, true);
        let a = run(&mut slots, "aaaa", "aaaa").slot;
        let b = run(&mut slots, "bbbb", "bbbb").slot;
        run(&mut slots, "aaaa", "aaaa");
        assert_ne!(a, b);
        assert_eq!(slots.place(&tokens("cccc"), 1).unwrap().slot, b);
    }

    #[test]
    fn running_requests_keep_their_sequence_and_can_be_copied_from() {
        let mut slots = Slots::new(2, 1000, true);
        slots.take(0, tokens("sys:one"), 20);
        let placement = slots.place(&tokens("sys:two"), 5).unwrap();
        assert_eq!(
            (placement.slot, placement.keep, placement.copy_from),
            (1, 4, Some(0))
        );
        slots.take(1, tokens("sys:two"), 20);
        assert_eq!(slots.place(&tokens("x"), 1), None);
        slots.release(0);
        assert_eq!(slots.place(&tokens("x"), 1).unwrap().slot, 0);
    }

    #[test]
    fn cells_are_taken_from_the_idle_and_never_from_the_running() {
        let mut slots = Slots::new(3, 20, true);
        run(&mut slots, "aaaaa", "aaaaaaaa");
        run(&mut slots, "bbbbb", "bbbbbbbb");
        let placement = slots.place(&tokens("ccccc"), 5).unwrap();
        assert_eq!((placement.slot, placement.forget), (2, vec![0]));
        slots.forget(0);
        slots.take(2, tokens("ccccc"), 10);
        assert_eq!(slots.place(&tokens("dddddd"), 5), None, "21 cells of 20");
        assert_eq!(slots.place(&tokens("ddddd"), 5).unwrap().forget, [1]);
    }

    #[test]
    fn a_cache_that_cannot_be_cut_serves_only_what_goes_on_from_its_end() {
        let mut slots = Slots::new(2, 1000, false);
        run(&mut slots, "abcd", "abcdef");
        assert_eq!(slots.place(&tokens("abcdxy"), 1).unwrap().keep, 0);
        assert_eq!(slots.place(&tokens("abcdefgh"), 1).unwrap().keep, 6);
    }
}
