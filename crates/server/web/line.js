// One task in one line, with chips of what was understood while it is written.

import { ask, here } from "./api.js";
import { chip, dueChip, repeatChip } from "./chips.js";
import { afterPause, byId, problem } from "./page.js";
import { Refused } from "./pieces.js";
import { tellKept } from "./proposals.js";

export class Line {
  #refused = new Refused();
  #reading = null;

  constructor({ changed }) {
    this.field = byId("line");
    this.changed = changed;
    this.field.addEventListener("input", afterPause(120, () => this.#preview()));
    byId("line-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#add();
    });
  }

  #body(text) {
    return { text, refused: this.#refused.in(text), ...here() };
  }

  async #preview() {
    this.#reading?.abort();
    const text = this.field.value;
    if (text.trim() === "") return this.#show(null);
    const reading = new AbortController();
    this.#reading = reading;
    try {
      this.#show(await ask("POST", "/api/v1/add", { ...this.#body(text), dry_run: true }, reading.signal));
      problem("line-problem", null);
    } catch (error) {
      if (error.name !== "AbortError") problem("line-problem", error);
    }
  }

  #show(read) {
    const chips = read ? read.understood.map((piece) => this.#chip(read, piece)) : [];
    byId("line-chips").replaceChildren(...chips);
  }

  #chip(read, { kind, words, span }) {
    const refuse = () => {
      this.#refused.add(this.field.value, ...span);
      this.#preview();
      this.field.focus();
    };
    const more = { why: `“${words}”`, refuse };
    if (kind === "due" && read.due) return dueChip(read.due, more);
    if (kind === "recurrence") return repeatChip(read.recurrence, { first: read.due, ...more });
    const values = {
      duration: ["takes", `${read.duration_minutes} min`],
      priority: ["priority", read.priority],
      label: ["", words],
      project: ["project", read.project],
      assignee: ["who", read.assignee],
    };
    const [what, value] = values[kind] ?? ["", words];
    return chip({ kind, what, value, ...more });
  }

  async #add() {
    const text = this.field.value;
    if (text.trim() === "") return this.field.focus();
    this.#reading?.abort();
    try {
      const { task } = await ask("POST", "/api/v1/add", this.#body(text));
      problem("line-problem", null);
      this.field.value = "";
      this.#refused.clear();
      this.#show(null);
      this.changed();
      tellKept([task], () => this.changed());
    } catch (error) {
      problem("line-problem", error);
    }
  }
}
