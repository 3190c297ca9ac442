// The providers: who can answer, who rests until when and why, and what to do where nobody can.

import { ask } from "./api.js";
import { chip } from "./chips.js";
import { byId, element, problem, tell } from "./page.js";
import { at, reason, standing } from "./standing.js";

/** Milliseconds between two looks, and after one that failed: a server that limits its callers is left alone. */
const EVERY = 10_000;
const AFTER_FAILURE = 60_000;
const SET_UP = "Fetch the model for this machine with “intelliassist models pull”, or put a key such as GROQ_API_KEY into .env and start the server again. Tasks are found by rules all the same.";

export class Providers {
  #timer = null;
  #open = false;
  /** Kinds of providers without an account; asked once each time one comes here. */
  #notSetUp = [];

  constructor() {
    document.addEventListener("visibilitychange", () => {
      if (this.#open && !document.hidden) this.#look();
    });
  }

  async open() {
    this.#open = true;
    this.#notSetUp = [];
    await this.#look();
    try {
      const { ai_services: services } = await ask("GET", "/api/v1/ai/health");
      this.#notSetUp = Object.keys(services).filter((name) => services[name]?.status === "not_configured");
      const names = this.#notSetUp.join(", ");
      byId("not-set-up").textContent = `Not set up, no key: ${names}`;
      byId("not-set-up").hidden = names === "";
    } catch {
      // The other questions tell why.
    }
  }

  close() {
    this.#open = false;
    clearTimeout(this.#timer);
  }

  /** Asks how everything stands and shows it, and again after a while. */
  async #look() {
    clearTimeout(this.#timer);
    let pause = EVERY;
    if (!document.hidden) {
      try {
        const paths = ["/api/v1/ai/providers", "/api/v1/status", "/api/v1/ai/metrics"];
        const [{ providers }, status, metrics] = await Promise.all(paths.map((path) => ask("GET", path)));
        problem("providers-problem", null);
        this.#draw(providers, status, metrics);
      } catch (error) {
        problem("providers-problem", error);
        pause = AFTER_FAILURE;
      }
    }
    clearTimeout(this.#timer);
    if (this.#open) this.#timer = setTimeout(() => this.#look(), pause);
  }

  #draw(accounts, { local_models: models, warnings }, metrics) {
    const text = models.find(({ use }) => use === "text");
    const seen = accounts.map((account) => ({ account, stands: standing(account, text) }));
    say("providers-state", summary(seen));
    const focused = document.activeElement?.closest?.("#accounts li")?.dataset.name;
    byId("accounts").replaceChildren(...seen.map(({ account, stands }) => this.#row(account, stands)));
    // Drawn anew, but whoever stood on a button stands there again.
    if (focused) byId("accounts").querySelector(`li[data-name="${CSS.escape(focused)}"] button`)?.focus();
    const named = (warning) => models.some(({ name }) => warning.startsWith(`${name}: `));
    byId("local-models").replaceChildren(...local(models), ...warnings.filter((warning) => !named(warning)).map((warning) => element("p", { className: "problem", textContent: warning })));
    const { total_requests: requests, cache_hits: hits, cache_hit_rate: rate } = metrics;
    byId("served").textContent = `Since the server started: ${requests} ${requests === 1 ? "request" : "requests"}, ${hits} of them answered from the cache (${rate} %).`;
  }

  #row(account, stands) {
    const { provider } = account;
    const name = element("strong", { textContent: provider.provider_name });
    const model = element("span", { className: "hint", textContent: provider.model });
    const reset = stands.reset && element("button", { type: "button", className: "plain", textContent: "Ask it again now", onclick: () => this.#reset(provider.provider_name), attrs: { "aria-label": `Ask ${provider.provider_name} again now` } });
    return element("li", { className: "account", attrs: { "data-name": provider.provider_name } },
      element("p", {}, name, " ", model),
      element("p", { className: `standing ${stands.look}` },
        element("span", { className: "state", textContent: stands.words }),
        stands.again ? element("span", { textContent: `, asked again ${at(stands.again)}` }) : null),
      stands.why ? element("p", { className: "hint why", textContent: stands.why }) : null,
      element("p", { className: "chips" }, ...numbers(account)),
      reset || null);
  }

  async #reset(name) {
    try {
      const { message } = await ask("POST", `/api/v1/ai/providers/${encodeURIComponent(name)}/circuit/reset`);
      tell(message);
    } catch (error) {
      problem("providers-problem", error);
      return;
    }
    await this.#look();
  }
}

/** Whether anybody can answer, and if not, what to do. */
function summary(seen) {
  const usable = seen.filter(({ stands }) => stands.usable).length;
  if (seen.length === 0) return `No model is set up, so nothing answers. ${SET_UP}`;
  if (usable > 0) return usable === seen.length ? `${all(usable)} can be asked.` : `${usable} of ${seen.length} can be asked.`;
  const waits = seen.filter(({ stands }) => stands.again).sort((a, b) => a.stands.again - b.stands.again);
  if (waits.length === 0) return `Nothing can answer. ${SET_UP}`;
  const [{ account, stands }] = waits;
  return `Nothing can answer just now. The first to be asked again is ${account.provider.provider_name}, ${at(stands.again)}; what is said until then is kept, and its tasks are found by rules.`;
}

const all = (count) => (count === 1 ? "The only account" : `All ${count} accounts`);

/** Changes a text that is read out only where it says something else. */
function say(id, text) {
  if (byId(id).textContent !== text) byId(id).textContent = text;
}

/** What is known of an account in numbers. */
function numbers({ provider, quota, calls, failures, last_error: error, models_gone: gone, in_flight: running, queued }) {
  const asked = provider.total_requests > 0;
  const shown = (count) => count.toLocaleString("en-GB");
  const used = quota.unit === "characters" ? quota.character_count : quota.request_count;
  const chips = [
    asked && chip({ kind: "health", what: "health", value: provider.health_score.toFixed(2), why: "From 0 to 1: successes, speed and what is left of the quota" }),
    asked && chip({ kind: "time", what: "answers in", value: `${provider.average_response_time.toFixed(2)} s`, why: "On the average; newer answers count more" }),
    chip({ kind: "calls", what: "calls", value: shown(calls), why: "Since the server started" }),
    calls > 0 && chip({ kind: failures ? "failures late" : "failures", what: "failed", value: `${Math.round((100 * failures) / calls)} %`, why: `${shown(failures)} of ${shown(calls)} calls` }),
    quota.quota_limit > 0 && chip({ kind: "quota", what: "quota", value: `${shown(used)} of ${shown(quota.quota_limit)} ${quota.unit}`, why: `This ${quota.period}, in UTC` }),
    running > 0 && chip({ kind: "running", what: "on their way", value: shown(running) }),
    queued > 0 && chip({ kind: "queued", what: "waiting", value: shown(queued) }),
    error && chip({ kind: "error", what: "last failure:", value: reason(error) }),
    ...gone.map((model) => chip({ kind: "gone late", what: "not there:", value: model })),
  ];
  return chips.filter(Boolean);
}

/** The models in the server's own process, with what to do about each. */
function local(models) {
  if (models.length === 0) return [];
  const rows = models.map(({ name, use, status, percent, hint }) => {
    const far = typeof percent === "number" ? ` (${Math.round(percent)} %)` : "";
    return element("li", { className: "account" },
      element("p", {}, element("strong", { textContent: name }), " ", element("span", { className: "hint", textContent: use })),
      element("p", { className: `standing ${["ready", "loaded"].includes(status) ? "good" : "wait"}`, textContent: status + far }),
      hint ? element("p", { className: "hint why", textContent: hint }) : null);
  });
  return [element("h3", { textContent: "Models on this machine" }), element("ul", {}, ...rows)];
}
