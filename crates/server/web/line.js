// One task in one line, with chips of what was understood while it is written.

import { ask, here } from "./api.js";
import { chip, dueChip, repeatChip } from "./chips.js";
import { shown } from "./dates.js";
import { afterPause, byId, link, problem } from "./page.js";
import { Refused } from "./pieces.js";
import { tellKept } from "./proposals.js";

export class Line {
  #refused = new Refused();
  #reading = null;
  #adding = false;

  /** `changed()` tells that a task was added or taken back, `show(id)` leads to one in the list. */
  constructor({ changed, show }) {
    this.field = byId("line");
    Object.assign(this, { changed, show });
    this.field.addEventListener("input", () => this.#known());
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

  /** Adds the line; one that somebody has already only if it is wanted `anyway`. */
  async #add(anyway = false) {
    const text = this.field.value;
    this.field.focus();
    // Enter pressed twice means one task.
    if (text.trim() === "" || this.#adding) return;
    this.#adding = true;
    try {
      const { task, duplicate_of: known } = await ask("POST", "/api/v1/add", { ...this.#body(text), unless_known: !anyway });
      this.#known(task ? null : await ask("GET", `/api/v1/tasks/${known}`));
      problem("line-problem", null);
      if (!task) return;
      // What was typed meanwhile stays, and a preview of the line that is added comes too late.
      if (this.field.value === text) this.field.value = "";
      this.#refused.clear();
      this.#preview();
      this.changed();
      tellKept([task], () => this.changed());
    } catch (error) {
      problem("line-problem", error);
    } finally {
      this.#adding = false;
    }
  }

  /** Tells of the open task that says the same as the line, if there is one. */
  #known(task = null) {
    const told = task ? [
      `You have this already: ${task.summary}${task.due_date ? ` (${shown(task.due_date)})` : ""}. `,
      link("Show", () => this.show(task.id)), " ", link("Add anyway", () => this.#add(true)),
    ] : [];
    byId("line-known").replaceChildren(...told);
  }
}
