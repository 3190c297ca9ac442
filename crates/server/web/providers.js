// The providers: who can answer, who rests until when and why, and what to do where nobody can.

import { ask } from "./api.js";
import { chip } from "./chips.js";
import { byId, element, problem, tell, worded } from "./page.js";
import { at, reason, standing } from "./standing.js";

/** Milliseconds between two looks, and after one that failed: a server that limits its callers is left alone. */
const EVERY = 10_000;
const AFTER_FAILURE = 60_000;

export class Providers {
  #timer = null;
  #open = false;
  #looking = false;
  /** When the next look is due. */
  #due = 0;
  #failed = false;
  #accounts = [];
  #models = [];
  #setUp = "";

  constructor() {
    document.addEventListener("visibilitychange", () => this.#wait());
  }

  /** Looks at once, and then from time to time while somebody can see it. */
  async open() {
    this.#open = true;
    if (!this.#failed) this.#due = 0;
    this.#wait();
    await this.#lookOnce();
  }

  close() {
    this.#open = false;
    this.#wait();
  }

  #wait() {
    clearTimeout(this.#timer);
    if (!this.#open || document.hidden) return;
    this.#timer = setTimeout(() => this.#look(), Math.max(0, this.#due - Date.now()));
  }

  /** Asks how everything stands and shows it; one question tells all that changes. */
  async #look() {
    if (this.#looking) return;
    this.#looking = true;
    let pause = EVERY;
    try {
      const { providers, local_models: models, remedy } = await ask("GET", "/api/v1/providers");
      problem("providers-problem", null);
      this.#failed = false;
      this.#accounts = providers;
      this.#models = models;
      this.#setUp = `For answers, ${remedy}. Settings are read from .env when the server starts. Tasks are found by rules all the same.`;
      this.#draw();
    } catch (error) {
      problem("providers-problem", error);
      this.#failed = true;
      pause = Math.max(AFTER_FAILURE, error.wait ?? 0);
      // Without a key nothing changes until somebody comes back to give it.
      if (error.status === 401) this.close();
    } finally {
      this.#looking = false;
    }
    this.#due = Date.now() + pause;
    this.#wait();
  }

  /** What does not change while one looks: kinds of providers without an account, and what is wrong besides. */
  async #lookOnce() {
    try {
      const paths = ["/api/v1/ai/health", "/api/v1/status"];
      const [{ ai_services: services }, { warnings, local_models: models }] = await Promise.all(paths.map((path) => ask("GET", path)));
      const names = Object.keys(services).filter((name) => services[name]?.status === "not_configured").join(", ");
      byId("not-set-up").textContent = `Not set up: ${names}`;
      byId("not-set-up").hidden = names === "";
      const elsewhere = (warning) => models.some(({ name }) => warning.startsWith(`${name}: `));
      byId("warnings").replaceChildren(...warnings.filter((warning) => !elsewhere(warning)).map((warning) => element("p", { className: "problem" }, ...worded(warning))));
    } catch {
      // The question for the accounts tells why.
    }
  }

  #draw() {
    const text = this.#models.find(({ use }) => use === "text");
    const seen = this.#accounts.map((account) => ({ account, stands: standing(account, text) }));
    say("providers-state", summary(seen, this.#setUp));
    const focused = document.activeElement?.closest?.("#accounts li")?.dataset.name;
    byId("accounts").replaceChildren(...seen.map(({ account, stands }) => this.#row(account, stands)));
    // Drawn anew, but whoever stood on a button stands there again.
    if (focused) byId("accounts").querySelector(`li[data-name="${CSS.escape(focused)}"] button`)?.focus();
    byId("local-models").replaceChildren(...local(this.#models));
    byId("looked").textContent = `As it was ${at(new Date())}; looked at again every ${EVERY / 1000} seconds.`;
  }

  #row(account, stands) {
    const { provider } = account;
    const name = element("strong", { textContent: provider.provider_name });
    const kind = [provider.provider_type, provider.model].filter((word) => word && word !== provider.provider_name);
    const model = element("span", { className: "hint", textContent: kind.join(" · ") });
    const reset = stands.reset && element("button", { type: "button", className: "plain", textContent: "Ask it again now", onclick: () => this.#reset(provider.provider_name), attrs: { "aria-label": `Ask ${provider.provider_name} again now` } });
    return element("li", { className: "account", attrs: { "data-name": provider.provider_name } },
      element("p", {}, name, " ", model),
      element("p", { className: `standing ${stands.look}` },
        element("span", { className: "state", textContent: stands.words }),
        stands.again ? element("span", { textContent: `, asked again ${at(stands.again)}` }) : null),
      stands.why ? element("p", { className: "hint why" }, ...worded(stands.why)) : null,
      element("p", { className: "chips" }, ...numbers(account, stands)),
      reset || null);
  }

  async #reset(name) {
    try {
      const { message, provider } = await ask("POST", `/api/v1/ai/providers/${encodeURIComponent(name)}/circuit/reset`);
      tell(message);
      this.#accounts = this.#accounts.map((account) => (account.provider.provider_name === name ? provider : account));
      this.#draw();
    } catch (error) {
      problem("providers-problem", error);
    }
  }
}

/** Whether anybody can answer, and if not, what to do. */
function summary(seen, setUp) {
  const usable = seen.filter(({ stands }) => stands.usable).length;
  if (seen.length === 0) return `No model is set up, so nothing answers. ${setUp}`;
  if (usable > 0) return usable === seen.length ? `${all(usable)} can be asked.` : `${usable} of ${seen.length} can be asked.`;
  const waits = seen.filter(({ stands }) => stands.again).sort((a, b) => a.stands.again - b.stands.again);
  if (waits.length === 0) return `Nothing can answer. ${setUp}`;
  const [{ account, stands }] = waits;
  return `Nothing can answer just now. The first to be asked again is ${account.provider.provider_name}, ${at(stands.again)}; what is said until then is kept, and its tasks are found by rules.`;
}

const all = (count) => ["", "The only account", "Both accounts"][count] ?? `All ${count} accounts`;

/** Changes a text that is read out only where it says something else. */
function say(id, text) {
  const nodes = worded(text);
  const words = nodes.map((node) => node.textContent ?? node).join("");
  if (byId(id).textContent !== words) byId(id).replaceChildren(...nodes);
}

/** What is known of an account in numbers. */
function numbers({ provider, quota, calls, failures, last_error: error, models_gone: gone, in_flight: running, queued }, { why }) {
  const asked = provider.total_requests > 0;
  const shown = (count) => count.toLocaleString("en-GB");
  const used = quota.unit === "characters" ? quota.character_count : quota.request_count;
  const left = Math.max(0, quota.quota_limit - used);
  const chips = [
    asked && chip({ kind: "health", what: "health", value: provider.health_score.toFixed(2), why: "From 0 to 1: successes, speed and what is left of the quota" }),
    provider.successful_requests > 0 && chip({ kind: "time", what: "answers in", value: `${provider.average_response_time.toFixed(2)} s`, why: "On the average; newer answers count more" }),
    chip({ kind: "calls", what: "calls", value: shown(calls), why: "Since the server started" }),
    calls > 0 && chip({ kind: failures ? "failures late" : "failures", what: "failed", value: `${Math.round((100 * failures) / calls)} %`, why: `${shown(failures)} of ${shown(calls)} calls` }),
    quota.quota_limit > 0 && chip({ kind: "quota", what: "quota left", value: `${shown(left)} of ${shown(quota.quota_limit)} ${quota.unit}`, why: `This ${quota.period}, in UTC` }),
    running > 0 && chip({ kind: "running", what: "on their way", value: shown(running) }),
    queued > 0 && chip({ kind: "queued", what: "waiting", value: shown(queued) }),
    error && !why?.includes(reason(error)) && chip({ kind: "error", what: "last failure:", value: reason(error) }),
    ...gone.map((model) => chip({ kind: "gone late", what: "not there:", value: model })),
  ];
  return chips.filter(Boolean);
}

/** The models in the server's own process, with what to do about each. */
function local(models) {
  if (models.length === 0) return [];
  const rows = models.map(({ name, use, status, percent, hint }) => {
    const known = typeof percent === "number";
    const look = { ready: "good", loaded: "good", failed: "bad" }[status] ?? "wait";
    return element("li", { className: "account" },
      element("p", {}, element("strong", { textContent: name }), " ", element("span", { className: "hint", textContent: use })),
      element("p", { className: `standing ${look}`, textContent: known ? `${status} (${Math.round(percent)} %)` : status }),
      known ? element("progress", { max: 100, value: percent, attrs: { "aria-label": `${name}, ${status}` } }) : null,
      hint ? element("p", { className: "hint why" }, ...worded(hint)) : null);
  });
  return [element("h3", { textContent: "Models on this machine" }), element("ul", {}, ...rows)];
}
