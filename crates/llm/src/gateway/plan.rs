//! Who is set up, and in what order a request asks them (contract 7.4, D8.10).

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;

use super::InvalidGateway;
use super::call::{Call, Only};
use super::slot::{Slot, State, Turns};
use crate::{Account, Chains, GatewayConfig, Use};

/// The accounts, chains and settings of one configuration. Never changed: a new configuration is a
/// new lineup, and a running request keeps the one it began with.
pub(super) struct Lineup {
    pub config: GatewayConfig,
    pub chains: Chains,
    pub slots: Vec<Arc<Slot>>,
}

/// Where an account stands in the order: the smaller first.
struct Rank {
    tier: usize,
    priority: u8,
    standing: Standing,
    score: f64,
}

/// Inside a tier and priority, before the score.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    /// It is time to see whether it has recovered. At most one request does.
    Due,
    Ready,
    /// All its turns are taken: the others first.
    Full,
    /// A low score or little quota left.
    Demoted,
}

impl Lineup {
    pub(super) fn new(
        config: GatewayConfig,
        accounts: Vec<Account>,
        chains: Chains,
        before: Option<&Self>,
        now: Timestamp,
    ) -> Result<Self, InvalidGateway> {
        config.validate()?;
        let mut names = BTreeSet::new();
        for account in &accounts {
            account.validate()?;
            if !names.insert(&account.name) {
                return Err(InvalidGateway::DuplicateName(account.name.clone()));
            }
        }
        let place = |account: Account| {
            let old = before.and_then(|lineup| lineup.slot(&account.name));
            let limits = &account.limits;
            let state = if let Some(old) = old {
                old.state.configure(limits, &config, now);
                Arc::clone(&old.state)
            } else {
                Arc::new(State::new(limits, &config, now))
            };
            let turns = match old {
                Some(old) if old.turns.fits(limits) => Arc::clone(&old.turns),
                _ => Arc::new(Turns::new(limits)),
            };
            Arc::new(Slot {
                account,
                state,
                turns,
            })
        };
        let slots = accounts.into_iter().map(place).collect();
        Ok(Self {
            config,
            chains,
            slots,
        })
    }

    pub(super) fn slot(&self, name: &str) -> Option<&Arc<Slot>> {
        self.slots.iter().find(|slot| slot.account.name == name)
    }

    /// The accounts that may answer, best first: by tier, priority, standing, score, and where all
    /// are equal, as registered. Changes nothing.
    pub(super) fn order(
        &self,
        purpose: Use,
        call: &Call,
        offers: fn(&Account) -> bool,
        now: Timestamp,
    ) -> Vec<Arc<Slot>> {
        let mut ranked: Vec<(Rank, Arc<Slot>)> = self
            .slots
            .iter()
            .filter(|slot| slot.account.limits.enabled && offers(&slot.account))
            .filter(|slot| !call.avoid.contains(&slot.account.name))
            .filter_map(|slot| {
                let tier = self.tier(purpose, &call.only, &slot.account)?;
                Some((self.rank(tier, slot, now), Arc::clone(slot)))
            })
            .collect();
        ranked.sort_by(|(one, _), (other, _)| compare(one, other));
        ranked.into_iter().map(|(_, slot)| slot).collect()
    }

    fn tier(&self, purpose: Use, only: &Only, account: &Account) -> Option<usize> {
        let in_chain = self.chains.tier_of(purpose, account);
        match only {
            Only::Any => in_chain,
            Only::Type(model_type) => in_chain.filter(|_| account.model_type == *model_type),
            Only::Account(name) => (*name == account.name).then_some(0),
            Only::Kinds(kinds) => {
                let wanted = kinds.iter().position(|kind| *kind == account.kind)?;
                Some(in_chain.unwrap_or(self.chains.tiers(purpose).len() + wanted))
            }
        }
    }

    fn rank(&self, tier: usize, slot: &Slot, now: Timestamp) -> Rank {
        let known = slot.state.known();
        let standing = if known.is_due(&self.config, now) {
            Standing::Due
        } else if known.is_demoted(&self.config, now) {
            Standing::Demoted
        } else if slot.turns.is_full() {
            Standing::Full
        } else {
            Standing::Ready
        };
        let score = known.health.selection(known.quota.remaining(now));
        Rank {
            tier,
            priority: slot.account.limits.priority,
            standing,
            score,
        }
    }
}

fn compare(one: &Rank, other: &Rank) -> Ordering {
    (one.tier, one.priority, one.standing)
        .cmp(&(other.tier, other.priority, other.standing))
        .then_with(|| other.score.total_cmp(&one.score))
}
