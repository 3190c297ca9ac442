//! Contract 003-A8 in the units of its README.

use super::*;

const GROQ: Quota = Quota {
    unit: QuotaUnit::Requests,
    period: QuotaPeriod::Day,
    limit: 14_400,
};
const HUGGINGFACE: Quota = Quota {
    unit: QuotaUnit::Characters,
    period: QuotaPeriod::Month,
    limit: 30_000,
};

fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}

/// Asks for a call, and sets aside what it may use.
fn ask(meter: &mut QuotaMeter, characters: u64, now: Timestamp) -> Result<Reservation, Timestamp> {
    match meter.used_up(now) {
        Some(until) => Err(until),
        None => Ok(meter.reserve(characters, now)),
    }
}

fn noon() -> Timestamp {
    at("2026-01-31T12:00:00Z")
}

/// The levels of contract 003-A8, with inclusive bounds.
#[test]
fn levels_are_reached_where_the_contract_says() {
    use QuotaLevel::{Available, Critical, Disabled, Warning};
    let table = [
        (
            GROQ,
            vec![(11_519, Available), (11_520, Warning), (12_959, Warning)],
        ),
        (
            GROQ,
            vec![(12_960, Critical), (14_399, Critical), (14_400, Disabled)],
        ),
        (
            HUGGINGFACE,
            vec![(23_999, Available), (24_000, Warning), (26_999, Warning)],
        ),
        (
            HUGGINGFACE,
            vec![(27_000, Critical), (29_999, Critical), (30_000, Disabled)],
        ),
    ];
    for (quota, levels) in table {
        for (used, level) in levels {
            let mut meter = QuotaMeter::new(Some(quota), noon());
            match quota.unit {
                QuotaUnit::Requests => meter.restore(used, 7, noon()),
                QuotaUnit::Characters => meter.restore(7, used, noon()),
            }
            assert_eq!(meter.level(noon()), level, "{used} of {}", quota.limit);
            let usable = ask(&mut meter, 1, noon()).is_ok();
            assert_eq!(usable, level != Disabled, "{used} of {}", quota.limit);
        }
    }
}

#[test]
fn requests_count_by_day_and_characters_by_month() {
    let mut groq = QuotaMeter::new(Some(GROQ), noon());
    let mut hf = QuotaMeter::new(Some(HUGGINGFACE), noon());
    groq.restore(14_400, 1, noon());
    hf.restore(1, 30_000, noon());
    assert_eq!(ask(&mut groq, 1, noon()), Err(at("2026-02-01T00:00:00Z")));
    assert_eq!(ask(&mut hf, 1, noon()), Err(at("2026-02-01T00:00:00Z")));
    let midmonth = at("2026-02-10T12:00:00Z");
    hf.restore(1, 30_000, midmonth);
    assert_eq!(
        ask(&mut hf, 1, at("2026-02-28T23:59:59Z")),
        Err(at("2026-03-01T00:00:00Z"))
    );
    assert_eq!(groq.used_up(at("2026-02-01T00:00:00Z")), None);
    assert_eq!(
        groq.level(at("2026-02-01T00:00:00Z")),
        QuotaLevel::Available
    );
    assert!(ask(&mut groq, 1, at("2026-02-01T00:00:00Z")).is_ok());
    assert!((groq.remaining(midmonth) - 1.0).abs() < 1e-9);
    assert!(ask(&mut hf, 1, at("2026-03-01T00:00:00Z")).is_ok());
}

/// Row 5 of the gateways' complaints: calls at the same time do not overrun a quota together.
#[test]
fn what_is_reserved_cannot_be_used_twice() {
    let mut meter = QuotaMeter::new(Some(Quota { limit: 1, ..GROQ }), noon());
    let granted: Vec<Reservation> = (0..64)
        .filter_map(|_| ask(&mut meter, 100, noon()).ok())
        .collect();
    assert_eq!(granted.len(), 1);

    let mut meter = QuotaMeter::new(
        Some(Quota {
            limit: 1_000,
            ..HUGGINGFACE
        }),
        noon(),
    );
    let granted: Vec<Reservation> = (0..64)
        .filter_map(|_| ask(&mut meter, 400, noon()).ok())
        .collect();
    assert_eq!(granted.len(), 3, "over by less than one estimate");
    for reservation in granted {
        meter.settle(reservation, 1, 100, noon());
    }
    assert_eq!(
        meter.status("hf", noon()).character_count,
        300,
        "estimates are given back"
    );
    assert!(ask(&mut meter, 400, noon()).is_ok());
}

#[test]
fn alerts_once_per_level_and_period() {
    let mut meter = QuotaMeter::new(Some(Quota { limit: 20, ..GROQ }), noon());
    let mut told = Vec::new();
    for now in [noon(), at("2026-02-01T12:00:00Z")] {
        for n in 1..=20 {
            let reservation = ask(&mut meter, 0, now).unwrap();
            if let Some(level) = meter.settle(reservation, 1, 50, now) {
                told.push((n, level));
            }
        }
    }
    let once = [
        (16, QuotaLevel::Warning),
        (18, QuotaLevel::Critical),
        (20, QuotaLevel::Disabled),
    ];
    assert_eq!(told, [once, once].concat());
}

#[test]
fn no_quota_is_no_limit() {
    for quota in [None, Some(Quota { limit: 0, ..GROQ })] {
        let mut meter = QuotaMeter::new(quota, noon());
        meter.restore(1_000_000, 1_000_000, noon());
        assert!(ask(&mut meter, 1, noon()).is_ok());
        assert_eq!(meter.level(noon()), QuotaLevel::Available);
        assert!((meter.remaining(noon()) - 1.0).abs() < 1e-9);
    }
}

/// The fields of contract 003-A8.
#[test]
fn status_and_reset() {
    let mut meter = QuotaMeter::new(Some(GROQ), noon());
    meter.restore(3_600, 50_000, noon());
    let status = serde_json::to_value(meter.status("groq_1", noon())).unwrap();
    assert_eq!(
        status,
        serde_json::json!({
            "provider_name": "groq_1", "date": "2026-01-31", "request_count": 3600,
            "character_count": 50_000, "quota_limit": 14_400, "unit": "requests", "period": "day",
            "remaining_percentage": 0.75, "status": "available",
        })
    );
    meter.reset();
    assert_eq!(meter.status("groq_1", noon()).request_count, 0);
}

#[test]
fn another_limit_keeps_what_was_used() {
    let mut meter = QuotaMeter::new(Some(GROQ), noon());
    meter.restore(100, 0, noon());
    meter.configure(Some(Quota { limit: 100, ..GROQ }), noon());
    assert_eq!(meter.level(noon()), QuotaLevel::Disabled);
    meter.configure(None, noon());
    assert_eq!(meter.level(noon()), QuotaLevel::Available);
}
