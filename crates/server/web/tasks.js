// The tasks that are kept: by deadline, to be done, changed, taken away and brought back.

import { ask } from "./api.js";
import { AREAS, PRIORITIES, chip, choice, dayChip, dueChip, repeatChip } from "./chips.js";
import { daysUntil, isLate } from "./dates.js";
import { afterPause, byId, element, problem, redraw, tell, tickAndSummary } from "./page.js";

/** Tasks fetched at a time, and those that a search gives at most. */
const PAGE = 200;
const FOUND = 100;
const OPEN = (task) => task.status === "pending" || task.status === "in_progress";
/** Milliseconds between two looks whether a server is back that did not answer. */
const AGAIN = 5000;
const LAST = Number.MAX_SAFE_INTEGER;

/** The headings, in order, and which open tasks stand under them. */
const GROUPS = [
  ["Overdue", (task) => task.due_date && isLate(task.due_date)],
  ["Today", (task) => task.due_date && daysUntil(task.due_date) === 0],
  ["Next seven days", (task) => task.due_date && daysUntil(task.due_date) <= 7],
  ["Later", (task) => task.due_date],
  ["No date", () => true],
];

export class Tasks {
  #tasks = [];
  #next = null;
  #gone = null;
  /** Summaries that were written and could not be kept, by task. */
  #unkept = new Map();

  /** `back()` tells that the server answers again. */
  constructor({ back }) {
    this.back = back;
    const all = element("option", { value: "", textContent: "every area" });
    byId("area").replaceChildren(all, ...AREAS.map((word) => element("option", { value: word, textContent: word })));
    byId("area").addEventListener("change", () => this.load());
    byId("search").addEventListener("input", afterPause(250, () => this.load()));
    document.addEventListener("visibilitychange", () => {
      // Others (the command line, a chat) may have changed them meanwhile.
      if (!document.hidden && !isWriting()) this.load();
    });
  }

  async load(after = null) {
    const words = byId("search").value.trim();
    const query = new URLSearchParams({ limit: words ? FOUND : PAGE });
    if (words) query.set("q", words);
    else if (byId("area").value) query.set("area", byId("area").value);
    if (after) query.set("after", after);
    try {
      const answer = await ask("GET", `/api/v1/tasks${words ? "/search" : ""}?${query}`);
      this.#tasks = after ? [...this.#tasks, ...answer.tasks] : answer.tasks;
      this.#next = words ? null : answer.next ?? null;
      problem("list-problem", null);
      this.#draw(words);
      if (this.#gone) this.#isBack();
    } catch (error) {
      problem("list-problem", error);
      if (!error.status) this.#lookAgain();
    }
  }

  #lookAgain() {
    clearTimeout(this.#gone);
    this.#gone = setTimeout(() => (document.hidden || isWriting() ? this.#lookAgain() : this.load()), AGAIN);
  }

  #isBack() {
    clearTimeout(this.#gone);
    this.#gone = null;
    for (const [id, summary] of this.#unkept) this.#rename({ id }, summary);
    this.back();
  }

  /** Leads to a task, whatever was looked for in the list. */
  async show(id) {
    byId("search").value = "";
    byId("area").value = "";
    await this.load();
    const row = byId("tasks").querySelector(`li[data-key="${id}"]`);
    if (!row) return tell("It does not stand in the list: perhaps it was deleted, or stands further down.");
    const folded = row.closest("details");
    if (folded) folded.open = true;
    row.scrollIntoView({ block: "center" });
    row.querySelector(".summary").focus({ preventScroll: true });
  }

  #draw(words = byId("search").value.trim()) {
    const area = byId("area").value;
    const tasks = this.#tasks.filter((task) => !area || task.area === area);
    const open = tasks.filter(OPEN);
    const when = (task) => (task.due_date ? Date.parse(task.due_date) : LAST);
    open.sort((a, b) => when(a) - when(b) || b.id - a.id);
    const parts = GROUPS.map(([name]) => [name, []]);
    for (const task of open) parts[GROUPS.findIndex(([, fits]) => fits(task))][1].push(task);
    const drawn = parts.filter(([, group]) => group.length).flatMap(([name, group]) => this.#group(name, group));
    const closed = tasks.filter((task) => !OPEN(task));
    if (closed.length) {
      const list = element("ul", {}, ...closed.map((task) => this.#row(task)));
      drawn.push(element("details", { className: "more" }, element("summary", { textContent: `Done (${closed.length})` }), list));
    }
    if (drawn.length === 0) {
      const text = words || area ? "Nothing fits." : "No tasks yet. Find some in a text, or write one above.";
      drawn.push(element("p", { className: "empty", textContent: text }));
    }
    if (this.#next) {
      const more = () => this.load(this.#next);
      drawn.push(element("button", { type: "button", className: "plain more", textContent: "Show more", onclick: more }));
    }
    redraw(byId("tasks"), ...drawn);
  }

  #group(name, tasks) {
    return [element("h3", { textContent: name }), element("ul", {}, ...tasks.map((task) => this.#row(task)))];
  }

  #row(task) {
    const closed = !OPEN(task);
    const head = tickAndSummary({ ...task, summary: this.#unkept.get(task.id) ?? task.summary }, {
      checked: closed,
      label: "Done",
      tick: (done) => this.#tick(task, done),
      rename: (summary) => this.#rename(task, summary),
    });
    const remove = element("button", { type: "button", className: "remove", textContent: "×", title: "Delete", onclick: () => this.#remove(task), attrs: { "aria-label": `Delete: ${task.summary}` } });
    return element("li", { className: closed ? "done" : "", attrs: { "data-key": task.id } }, ...head, remove, this.#chips(task), more(task));
  }

  #chips(task) {
    const set = (field) => (value) => this.#set(task, { [field]: value });
    const due = task.due_date
      ? dueChip(task.due_date, { open: OPEN(task), why: "By when", pick: set("due_date"), refuse: () => this.#set(task, { due_date: null }) })
      : dayChip(set("due_date"));
    const { project, duration_minutes: takes } = task.metadata ?? {};
    const chips = [
      due,
      task.recurrence && repeatChip(task.recurrence, { refuse: () => this.#set(task, { recurrence: null }) }),
      task.assignee && chip({ kind: "assignee", what: "who", value: task.assignee, refuse: () => this.#set(task, { assignee: null }) }),
      choice({ kind: "priority", value: task.priority, among: PRIORITIES, pick: set("priority") }),
      choice({ kind: "area", value: task.area ?? "", among: task.area ? AREAS : ["", ...AREAS], pick: set("area") }),
      project && chip({ kind: "project", what: "project", value: project }),
      takes && chip({ kind: "duration", what: "takes", value: `${takes} min` }),
      ...task.tags.map((tag) => chip({ kind: "label", value: `#${tag}` })),
      ...task.depends_on.map((id) => this.#after(id)),
    ];
    return element("span", { className: "chips" }, ...chips.filter(Boolean));
  }

  #after(id) {
    const first = this.#tasks.find((task) => task.id === id);
    return chip({ kind: "after", what: "after", value: first ? first.summary : `task ${id}` });
  }

  async #change(work) {
    try {
      await work();
      problem("list-problem", null);
    } catch (error) {
      // It stands there as it is kept, and not as if that had been done.
      if (error.status) await this.load();
      else this.#draw();
      problem("list-problem", error);
      if (!error.status) this.#lookAgain();
      return;
    }
    await this.load();
  }

  #rename(task, summary) {
    this.#unkept.set(task.id, summary);
    return this.#change(async () => {
      await ask("PUT", `/api/v1/tasks/${task.id}`, { summary });
      this.#unkept.delete(task.id);
    });
  }

  #set(task, fields) {
    return this.#change(() => ask("PUT", `/api/v1/tasks/${task.id}`, fields));
  }

  #tick(task, done) {
    return this.#change(async () => {
      const status = done ? "completed" : "pending";
      const { next_id: next } = await ask("PUT", `/api/v1/tasks/${task.id}`, { status });
      if (next) tell(`Done: ${task.summary}. It comes again.`, () => this.#notYet(task, next));
      else if (done) tell(`Done: ${task.summary}`, () => this.#tick(task, false));
    });
  }

  /** Of a task that repeats, the next one takes the place of the one that was not done after all. */
  #notYet({ id, due_date, recurrence }, next) {
    return this.#change(async () => {
      await ask("PUT", `/api/v1/tasks/${next}`, { due_date, recurrence });
      await ask("DELETE", `/api/v1/tasks/${id}`);
    });
  }

  #remove(task) {
    return this.#change(async () => {
      await ask("DELETE", `/api/v1/tasks/${task.id}`);
      const restore = () => this.#change(() => ask("POST", `/api/v1/tasks/${task.id}/restore`));
      tell(`Deleted: ${task.summary}`, restore);
    });
  }
}

/** Whether somebody writes in the list, so that it must not be drawn anew. */
function isWriting() {
  return document.activeElement?.matches("#tasks textarea, #tasks input:not([type=checkbox])");
}

/** Where a task came from and what the assistant suggests, folded away. */
function more(task) {
  if (!task.evidence && !task.ai_suggestion && !task.description) return null;
  const parts = [
    task.description && element("p", { textContent: task.description }),
    task.evidence && element("blockquote", { textContent: task.evidence.quote }),
    task.ai_suggestion && element("p", { textContent: task.ai_suggestion }),
  ];
  const names = [task.evidence && "where from", task.ai_suggestion && "suggestion", task.description && "more"].filter(Boolean).join(", ");
  const title = names[0].toUpperCase() + names.slice(1);
  return element("details", {}, element("summary", { textContent: title }), ...parts.filter(Boolean));
}
