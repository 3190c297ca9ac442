// How a provider's account stands, in words: whether it is asked, until when not, and why.

/** Why an account rests or failed, by the server's short names. */
const REASONS = {
  rate_limited: "it was asked too often",
  unauthorized: "its key was refused",
  unavailable: "it cannot be reached or does not work just now",
  timeout: "it did not answer in time",
  malformed: "its answer could not be read",
  model_gone: "it does not have the model (any more)",
  bad_request: "it refused the request",
  busy: "it had too much to do",
  not_configured: "its model is not there",
  cancelled: "somebody stopped it",
};
const LOCAL = {
  missing: "no model here yet",
  downloading: "being fetched",
  loading: "being loaded",
  failed: "could not be loaded",
  unavailable: "cannot run here",
};

export const reason = (name) => REASONS[name] ?? name;

/** "at 10:05:09", with the day where it is another one. */
export function at(moment, now = new Date()) {
  const day = moment.toDateString() === now.toDateString() ? "" : ` on ${moment.toLocaleDateString("en-GB", { day: "numeric", month: "short" })}`;
  return `at ${moment.toLocaleTimeString("en-GB")}${day}`;
}

/**
 * `words` say it, `look` is `good`, `wait` or `bad`; `usable` tells whether a question may go there,
 * `again` from when on, where that is known, `why` the reason, and `reset` whether the wait can be ended by hand.
 * `text` is the state of the model for texts in the server's own process.
 */
export function standing({ provider, circuit_breaker: circuit, quota, ...account }, text, now = new Date()) {
  const ready = { usable: true, look: "good" };
  const rests = { usable: false, look: "bad" };
  if (!provider.enabled) return { ...rests, words: "switched off" };
  if (quota.status === "disabled") return { ...rests, words: "quota used up", why: `until the next ${quota.period ?? "period"} begins (UTC)` };
  const tried = { usable: true, look: "wait", words: "being tried again", reset: true };
  if (circuit.state === "open" && circuit.time_until_retry === 0) return { ...tried, words: "tried again with the next question" };
  if (circuit.state === "open") {
    const again = new Date(circuit.opened_at ? Date.parse(circuit.opened_at) + 1000 * circuit.timeout_duration : now);
    const failures = `${circuit.failure_threshold} failures without a success between`;
    const why = account.last_error ? `${failures}; at the last one ${reason(account.last_error)}` : failures;
    return { ...rests, words: "circuit open", again, why, reset: true };
  }
  if (account.paused_until) {
    const again = new Date(account.paused_until);
    return { ...rests, words: "rests", again, why: reason(account.paused_for), reset: true };
  }
  if (provider.provider_type === "local" && text?.status in LOCAL) {
    const far = typeof text.percent === "number" ? ` (${Math.round(text.percent)} %)` : "";
    const look = text.percent === null ? "bad" : "wait";
    // What to do about it stands with the models on this machine.
    return { usable: text.status === "loading", look, words: LOCAL[text.status] + far };
  }
  if (circuit.state === "half_open") return tried;
  if (provider.consecutive_failures > 0) {
    const why = provider.consecutive_failures === 1 ? "its last call failed" : `its last ${provider.consecutive_failures} calls failed`;
    return { usable: true, look: "wait", words: "ready, but failing", why: account.last_error ? `${why}: ${reason(account.last_error)}` : why };
  }
  if (quota.status === "critical" || provider.health_score < 0.3) {
    const why = quota.status === "critical" ? "nearly all of its quota is used" : "its health is below 0.3";
    return { usable: true, look: "wait", words: "ready, asked last", why };
  }
  return { ...ready, words: "ready" };
}
