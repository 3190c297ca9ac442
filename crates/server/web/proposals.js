// Proposed tasks: looked at, changed, refused, and then kept.

import { ask } from "./api.js";
import { AREAS, PRIORITIES, chip, choice, dayChip, dueChip, repeatChip } from "./chips.js";
import { element, link, redraw, tell, tickAndSummary } from "./page.js";

/**
 * The list of proposals. It is drawn in `list`; `row` with `hint` and `button` stands below it where there
 * are any. `failed(error)` tells that they could not be kept, `failed(null)` that they were;
 * `refuseWords(start, end)` is called when words of the text are said to be no date, `changed()` when the person
 * changed something; `light(span)` shows a piece of the text, `light(null)` none; `kept(tasks)` tells which tasks
 * were kept, `showTask(id)` leads to a task in the list.
 */
export class Proposals {
  #found = [];
  #tasks = [];
  /** What the person changed, by task; it outlives the next reading of the text. */
  #changes = new Map();

  constructor({ list, row, hint, button, failed, refuseWords, light, kept, showTask, changed = () => {} }) {
    Object.assign(this, { list, row, hint, button, failed, refuseWords, light, kept, showTask, changed });
    button.addEventListener("click", () => this.#accept());
  }

  /** Shows what was found, left out where `out` says so; changes made before to the same words stay. */
  show(found) {
    const seen = new Map();
    this.#found = found;
    this.#tasks = found.map((task) => {
      const quote = task.evidence.quote;
      const nth = seen.get(quote) ?? 0;
      seen.set(quote, nth + 1);
      const key = `${nth} ${quote}`;
      const doubtful = task.needs_confirmation || Boolean(task.duplicate_of);
      return { key, out: doubtful, ...task, ...this.#changes.get(key) };
    });
    this.#draw();
  }

  /** Whether there is none. */
  get empty() {
    return this.#tasks.length === 0;
  }

  clear() {
    this.#changes.clear();
    this.show([]);
  }

  /** What was found and changed, for `restore`. */
  state() {
    return { found: this.#found, changes: [...this.#changes] };
  }

  restore({ found, changes }) {
    this.#changes = new Map(changes);
    this.show(found);
  }

  /** Puts them out of sight, or shows them again as they were left. */
  hide(away) {
    this.list.hidden = away;
    if (away) this.row.hidden = true;
    else this.#draw();
  }

  /** Pieces of the text that led to tasks, for marking them. */
  spans() {
    const kept = this.#tasks.filter((task) => !task.out);
    const dues = kept.flatMap((task) => task.due && reason(task, "due")?.evidence ? [reason(task, "due").evidence] : []);
    return { tasks: kept.map((task) => task.evidence), dues };
  }

  #change(task, change) {
    this.#changes.set(task.key, { ...this.#changes.get(task.key), ...change });
    Object.assign(task, change);
    this.changed();
    this.#draw();
  }

  #draw() {
    const rows = this.#tasks.map((task) => this.#row(task));
    redraw(this.list, ...rows);
    const count = this.#tasks.filter((task) => !task.out).length;
    this.row.hidden = this.#tasks.length === 0;
    this.button.disabled = count === 0;
    this.button.textContent = count === 1 ? "Keep 1 task" : `Keep ${count} tasks`;
    const left = this.#tasks.length - count;
    this.hint.textContent = left ? `${left} left out` : "";
    this.light(null);
  }

  #row(task) {
    const head = tickAndSummary(task, {
      checked: !task.out,
      label: "Keep",
      tick: (kept) => this.#change(task, { out: !kept }),
      rename: (summary) => this.#change(task, { summary }),
    });
    const row = element("li", { className: task.out ? "out" : "", attrs: { "data-key": task.key } }, ...head, this.#chips(task), this.#why(task));
    row.addEventListener("pointerenter", () => this.light(task.evidence));
    row.addEventListener("pointerleave", () => this.light(null));
    return row;
  }

  #chips(task) {
    const chips = element("span", { className: "chips" });
    const pick = (due) => this.#change(task, { due, given: true });
    if (task.due) chips.append(dueChip(task.due, this.#about(task, "due", { pick, refuse: () => this.#refuseDue(task) })));
    else if (!task.recurrence) chips.append(dayChip(pick));
    if (task.recurrence) {
      const more = this.#about(task, "recurrence", { refuse: () => this.#refuseDue(task, "recurrence") });
      chips.append(repeatChip(task.recurrence, more));
    }
    if (task.assignee) {
      const refuse = () => this.#change(task, { assignee: null });
      chips.append(chip({ kind: "assignee", what: "who", value: task.assignee, ...this.#about(task, "assignee", { refuse }) }));
    }
    const picked = (field) => (value) => this.#change(task, { [field]: value });
    chips.append(
      choice({ kind: "priority", value: task.priority, among: PRIORITIES, pick: picked("priority"), ...this.#about(task, "priority") }),
      choice({ kind: "area", value: task.area, among: AREAS, pick: picked("area"), ...this.#about(task, "area") }),
    );
    for (const first of task.depends_on) {
      const refuse = () => this.#change(task, { depends_on: task.depends_on.filter((other) => other !== first) });
      const value = this.#tasks[first].summary;
      chips.append(chip({ kind: "after", what: "after", value, ...this.#about(task, "depends_on", { refuse }) }));
    }
    if (task.duplicate_of) {
      const value = link("you have this already", () => this.showTask(task.duplicate_of));
      chips.append(chip({ kind: "known", value, why: "A task with the same words is open. Tick the box to keep it all the same." }));
    }
    if (task.needs_confirmation) {
      chips.append(chip({ kind: "unsure", value: "heard badly", why: "The words were not clear. Tick the box if they are right." }));
    }
    return chips;
  }

  /** Tooltip and light of a chip: the words that led to its field. */
  #about(task, field, more = {}) {
    const led = reason(task, field);
    if (!led) return more;
    const words = led.evidence;
    return {
      why: words ? `“${words.quote}”: ${led.rule}` : led.rule,
      lit: words ? (on) => this.light(on ? words : task.evidence) : undefined,
      ...more,
    };
  }

  #why(task) {
    const { quote, second } = task.evidence;
    const at = second === null || second === undefined ? "" : ` (at ${Math.floor(second / 60)}:${String(Math.floor(second % 60)).padStart(2, "0")})`;
    return element("details", {}, element("summary", { textContent: `Where from${at}` }), element("blockquote", { textContent: quote }));
  }

  #refuseDue(task, field = "due") {
    const words = reason(task, field)?.evidence;
    if (words) this.refuseWords(words.start, words.end);
    else this.#change(task, { due: null, ...(field === "recurrence" && { recurrence: null }) });
  }

  async #accept() {
    const chosen = this.#tasks.filter((task) => !task.out);
    const places = new Map(chosen.map((task, place) => [this.#tasks.indexOf(task), place]));
    const moved = (old) => (places.has(old) ? [places.get(old)] : []);
    const tasks = chosen.map(({ summary, due, recurrence, priority, category, area, assignee, evidence, duplicate_of, depends_on, parent }) => ({
      summary, due, recurrence, priority, category, area, assignee, evidence, duplicate_of,
      depends_on: depends_on.flatMap(moved),
      parent: moved(parent)[0] ?? null,
    }));
    this.button.disabled = true;
    try {
      const saved = await ask("POST", "/api/v1/tasks/accept", { tasks, unless_known: true });
      if (saved.duplicates.length) return this.#tellKnown(chosen, saved.duplicates);
      this.failed(null);
      this.kept(saved.tasks);
    } catch (error) {
      this.failed(error);
      this.#draw();
    }
  }

  /** Leaves out what somebody has by now, so that it is kept only if they say so once more. */
  #tellKnown(chosen, duplicates) {
    for (const { place, duplicate_of } of duplicates) {
      // Not a change of the person's: when the text is read again, the server tells it anew.
      chosen[place].duplicate_of = duplicate_of;
      this.#change(chosen[place], { out: true });
    }
    const some = duplicates.length === 1 ? "one of these is" : `${duplicates.length} of these are`;
    this.failed(new Error(`Nothing was kept yet: ${some} among your tasks already and left out now. Keep the others, or tick what you want twice.`));
  }
}

/** What led to a field; a deadline that the person gave comes from no words. */
function reason(task, field) {
  return field === "due" && task.given ? undefined : task.reasons?.[field];
}

/** Tells that tasks were kept, and takes them back if the person says so. */
export function tellKept(tasks, undone) {
  const count = tasks.length;
  tell(count === 1 ? `Kept: ${tasks[0].summary}` : `${count} tasks kept`, async () => {
    await takeBack(tasks);
    undone();
  });
}

/** Takes tasks back that were kept. */
export function takeBack(tasks) {
  return ask("POST", "/api/v1/tasks/batch", { ids: tasks.map((task) => task.id), delete: true });
}
