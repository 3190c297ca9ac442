//! Periods, levels, reservations.
