//! The ledger of model calls and what they used (contract 7.3, 003-A8, 003-T).

use std::collections::BTreeMap;

use domain::call::{CallStatus, ModelCall, ProviderUsage};
use domain::page::Page;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::StoreError;
use crate::link::Link;
use crate::operations::operations;
use crate::row::Row;
use crate::statement::Statement;

operations! {
    /// Keeps calls, and adds them to what their provider used on their UTC day; answers from the
    /// cache use nothing. A call known already is not counted twice, so the same calls may be
    /// given again after a failure.
    atomic fn add_calls(calls: &[ModelCall]) -> ();
    /// The newest calls begun at or after a moment, newest first.
    read fn calls_since(since: Timestamp, limit: u32) -> Vec<ModelCall>;
    /// What providers, or one of them, used on the UTC days from `from` to `to`, both included;
    /// by day, then by name.
    read fn provider_usage(
        name: Option<&str>, from: Date, to: Date,
    ) -> Vec<ProviderUsage>;
    /// Forgets what a provider, or every provider, used on every day; tells how many days.
    write fn reset_usage(name: Option<&str>) -> u64;
    /// Forgets the oldest calls begun before a moment, at most so many; tells how many. What they
    /// used on their days stays.
    write fn sweep_calls(before: Timestamp, most: u32) -> u64;
}

const COLUMNS: &str = "id, request_id, user_id, purpose, provider, model_type, model, status, \
     error_class, input_tokens, output_tokens, characters, usage_estimated, cost_micros, \
     latency_ms, first_token_ms, created_at";

impl Link {
    async fn add_calls(&mut self, calls: &[ModelCall]) -> Result<(), StoreError> {
        let mut used: BTreeMap<(&str, Date), (i64, i64)> = BTreeMap::new();
        for call in calls {
            let is_new = self.add_call(call).await?;
            if is_new && call.status != CallStatus::Cached {
                let day = call.created_at.to_zoned(TimeZone::UTC).date();
                let (requests, characters) = used.entry((&call.provider, day)).or_default();
                *requests += 1;
                *characters = characters.saturating_add(call.characters);
            }
        }
        for ((provider, day), (requests, characters)) in used {
            self.add_usage(provider, day, requests, characters).await?;
        }
        Ok(())
    }

    async fn add_call(&mut self, call: &ModelCall) -> Result<bool, StoreError> {
        let insert = Statement::new(format!(
            "INSERT INTO llm_calls ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, \
             $11, $12, $13, $14, $15, $16, $17) ON CONFLICT (id) DO NOTHING"
        ))
        .bind(call.id)
        .bind(call.request_id)
        .bind(call.user_id.as_deref())
        .bind(&*call.purpose)
        .bind(&*call.provider)
        .bind(&*call.model_type)
        .bind(&*call.model)
        .bind(call.status.as_str())
        .bind(call.error_class.as_deref())
        .bind(call.input_tokens)
        .bind(call.output_tokens)
        .bind(call.characters)
        .bind(call.usage_estimated)
        .bind(call.cost_micros)
        .bind(call.latency_ms)
        .bind(call.first_token_ms)
        .bind(call.created_at);
        Ok(self.execute(insert).await? > 0)
    }

    async fn add_usage(
        &mut self,
        provider: &str,
        day: Date,
        requests: i64,
        characters: i64,
    ) -> Result<(), StoreError> {
        let now = self.now();
        let add = Statement::new(
            "INSERT INTO ai_provider_usage AS u (provider_name, date, request_count, \
             character_count, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $5) \
             ON CONFLICT (provider_name, date) DO UPDATE SET \
             request_count = u.request_count + excluded.request_count, \
             character_count = u.character_count + excluded.character_count, \
             updated_at = excluded.updated_at",
        )
        .bind(provider)
        .bind(day.to_string())
        .bind(requests)
        .bind(characters)
        .bind(now);
        self.execute(add).await?;
        Ok(())
    }

    async fn sweep_calls(&mut self, before: Timestamp, most: u32) -> Result<u64, StoreError> {
        let sweep = Statement::new(
            "DELETE FROM llm_calls WHERE id IN (SELECT id FROM llm_calls \
             WHERE created_at < $1 ORDER BY created_at, id LIMIT $2)",
        );
        self.execute(sweep.bind(before).bind(i64::from(most))).await
    }

    async fn calls_since(
        &mut self,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<ModelCall>, StoreError> {
        let select = Statement::new(format!(
            "SELECT {COLUMNS} FROM llm_calls WHERE created_at >= $1 \
             ORDER BY created_at DESC, id DESC"
        ));
        let page = Page { limit, offset: 0 };
        self.list(select.bind(since).page(page), read).await
    }

    async fn provider_usage(
        &mut self,
        name: Option<&str>,
        from: Date,
        to: Date,
    ) -> Result<Vec<ProviderUsage>, StoreError> {
        let select = Statement::new(
            "SELECT provider_name, date, request_count, character_count FROM ai_provider_usage \
             WHERE date >= $1 AND date <= $2",
        )
        .bind(from.to_string())
        .bind(to.to_string())
        .and_equal("provider_name", name)
        .push(" ORDER BY date, provider_name");
        self.list(select, read_usage).await
    }

    async fn reset_usage(&mut self, name: Option<&str>) -> Result<u64, StoreError> {
        let delete = Statement::new("DELETE FROM ai_provider_usage WHERE TRUE");
        self.execute(delete.and_equal("provider_name", name)).await
    }
}

fn read_usage(row: &Row) -> Result<ProviderUsage, StoreError> {
    Ok(ProviderUsage {
        provider_name: row.get("provider_name")?,
        date: row.parsed("date")?,
        request_count: row.get("request_count")?,
        character_count: row.get("character_count")?,
    })
}

fn read(row: &Row) -> Result<ModelCall, StoreError> {
    Ok(ModelCall {
        id: row.uuid("id")?,
        request_id: row.uuid("request_id")?,
        user_id: row.get("user_id")?,
        purpose: row.get("purpose")?,
        provider: row.get("provider")?,
        model_type: row.get("model_type")?,
        model: row.get("model")?,
        status: row.parsed("status")?,
        error_class: row.get("error_class")?,
        input_tokens: row.get("input_tokens")?,
        output_tokens: row.get("output_tokens")?,
        characters: row.get("characters")?,
        usage_estimated: row.get("usage_estimated")?,
        cost_micros: row.get("cost_micros")?,
        latency_ms: row.get("latency_ms")?,
        first_token_ms: row.get("first_token_ms")?,
        created_at: row.moment("created_at")?,
    })
}
