// One turn of a conversation: what was said, what was answered and by whom, and the tasks in both.

import { ask, here } from "./api.js";
import { shown } from "./dates.js";
import { element, link, tell, worded } from "./page.js";
import { Refused } from "./pieces.js";
import { Proposals, takeBack } from "./proposals.js";

/** What became of a message where it is not simply answered. */
const ENDS = {
  aborted: "Stopped before the end.",
  error: "The answer could not be made.",
};
const NOT_BEGUN = "This was not answered.";
const UNDER_WAY = "Still being answered …";
/** What stands between message and answer where both are read as one text. */
const BETWEEN = "\n\n";
/** Ends in which the words of the answer are the server's, not a model's. */
const WITHOUT_MODEL = ["placeholder", "api_error"];

export class Turn {
  #refused = new Refused();
  #problem = element("div");
  #answer = element("p", { className: "words" });
  #by = element("p", { className: "hint by" });
  #tasks = null;
  /** Where it is said what was kept, and what says that it failed. */
  #place = null;
  /** The tasks that were kept when the page was loaded. */
  #kept = [];

  /**
   * `exchange` is as the server tells it. `again(turn)` says the same once more, `changed()` tells that tasks
   * were kept or taken back, `show(id)` leads to a task in the list.
   */
  constructor(exchange, { again, changed, show }) {
    this.exchange = { response: "", ...exchange };
    Object.assign(this, { again, changed, show });
    this.said = this.exchange.message;
    // What failed long ago is not called out.
    if (!exchange.status) this.#problem.setAttribute("role", "alert");
    this.element = element("article", { className: "turn" },
      element("p", { className: "words said" }, hidden("You: "), this.said),
      this.#answer, this.#problem, this.#by);
  }

  /** Whether it is being answered, for somebody else or for this page before it was loaded again. */
  get underWay() {
    return this.exchange.status === "pending";
  }

  /** More words of the answer. */
  add(text) {
    this.exchange.response += text;
    this.element.setAttribute("aria-busy", "true");
    this.#answer.textContent = this.exchange.response;
  }

  /**
   * How it ended: the fields of `exchange` that are known now, with the `tasks` that were found and those that
   * were `kept`, or an `error`.
   */
  end({ tasks, kept = [], error, ...more }) {
    Object.assign(this.exchange, more);
    const { status, response, model, provider, response_time: seconds } = this.exchange;
    const apart = WITHOUT_MODEL.includes(status);
    const failure = error ?? (apart ? response : ending(this.exchange));
    const told = failure ?? (this.underWay ? UNDER_WAY : null);
    const calm = !error && (status === "aborted" || this.underWay);
    this.#answer.replaceChildren(...(response && !apart ? [hidden("Answer: "), response] : []));
    this.#problem.replaceChildren(...(told ? [element("p", { className: calm ? "hint" : "problem" }, ...worded(told))] : []));
    const by = apart ? [] : [provider, model, seconds && `${seconds.toFixed(1)} s`].filter(Boolean);
    this.#by.replaceChildren(by.join(" · "), ...this.#ways(failure, apart, tasks || kept.length > 0));
    if (this.underWay) this.element.setAttribute("aria-busy", "true");
    else this.element.removeAttribute("aria-busy");
    this.#kept = kept;
    if (tasks?.length) this.#propose().show(asLeft(tasks, kept));
    if (kept.length > 0) this.#tellKept(kept);
  }

  #ways(failure, apart, searched) {
    if (this.underWay) return [];
    const ways = [];
    if (failure) ways.push(link("Try again", () => this.again(this)));
    if (apart) ways.push(element("a", { href: "#providers", textContent: "See the providers" }));
    if (!searched) ways.push(this.#finder());
    return ways;
  }

  #finder() {
    return link("Find tasks in this", () => this.#find());
  }

  /** Once tasks are taken back that were found and kept before the page was loaded, they are proposed again. */
  async #findAgain() {
    this.#by.append(this.#finder());
    await this.#find(this.#kept);
  }

  /**
   * The tasks in a turn in which the server has not looked for any, counted from when it was said; those that
   * were `kept` as they were kept.
   */
  async #find(kept = []) {
    const text = this.#text();
    const when = this.exchange.created_at;
    const proposals = this.#propose();
    try {
      const body = { text, explain: true, model: "never", refused: this.#refused.in(text), ...here(when ? new Date(when) : new Date()) };
      const { tasks } = await ask("POST", "/api/v1/extract", body);
      const placed = tasks.map((task) => ({ ...task, evidence: this.#placed(task.evidence) }));
      proposals.show(asLeft(placed, kept));
      if (tasks.length === 0) tell("No tasks were found in this.");
    } catch (error) {
      proposals.failed(error);
    }
  }

  /** All that was said in the turn. */
  #text() {
    const { response, status } = this.exchange;
    return response && !WITHOUT_MODEL.includes(status) ? `${this.said}${BETWEEN}${response}` : this.said;
  }

  /** Where words of the whole turn stand: in the message or in its answer, as the server knows them. */
  #placed(evidence) {
    const { message_id: id } = this.exchange;
    if (id === undefined) return evidence;
    const { start, end } = evidence;
    const length = Array.from(this.said).length;
    if (start < length) return { ...evidence, source: "message", source_id: `${id}` };
    const before = length + BETWEEN.length;
    return { ...evidence, source: "answer", source_id: `${id}`, start: start - before, end: end - before };
  }

  #propose() {
    this.#tasks ??= this.#proposals();
    return this.#tasks;
  }

  #proposals() {
    const list = element("ol", { attrs: { "aria-label": "Proposed tasks" } });
    const hint = element("p", { className: "hint" });
    const button = element("button", { type: "button" });
    const row = element("div", { className: "row", hidden: true }, hint, button);
    const failure = element("p", { className: "problem", hidden: true, attrs: { role: "alert" } });
    const kept = element("p", { className: "hint kept", hidden: true, attrs: { role: "status" } });
    this.element.append(list, failure, row, kept);
    const failed = (error) => {
      failure.hidden = !error;
      failure.textContent = error ? error.message : "";
    };
    const proposals = new Proposals({
      list, row, hint, button, failed,
      refuseWords: (start, end) => {
        this.#refused.add(this.#text(), start, end);
        this.#find();
      },
      light: () => {},
      kept: (tasks) => {
        this.#tellKept(tasks).focus();
        this.changed();
      },
      showTask: this.show,
    });
    this.#place = { kept, failed };
    return proposals;
  }

  /** Says what was kept, with a way to it and the way back that is returned, in the place of the proposals. */
  #tellKept(tasks) {
    const proposals = this.#propose();
    const { kept: place, failed } = this.#place;
    const names = tasks.map(({ summary, due_date: due }) => (due ? `${summary} (${shown(due)})` : summary));
    const undo = link("Undo", async () => {
      try {
        await takeBack(tasks);
      } catch (error) {
        return failed(error);
      }
      failed(null);
      place.hidden = true;
      proposals.hide(false);
      this.changed();
      if (proposals.empty) await this.#findAgain();
    });
    place.replaceChildren(`Kept: ${names.join(", ")}. `, link("Show", () => this.show(tasks[0].id)), " ", undo);
    proposals.hide(true);
    place.hidden = false;
    return undo;
  }
}

/**
 * Proposals as somebody left them who kept some of them: those as they were kept, the others left out. Several
 * may come from the same words; then the summary tells them apart, if it was not changed.
 */
function asLeft(tasks, kept) {
  if (kept.length === 0) return tasks;
  const rest = [...kept];
  const made = new Map();
  for (const exactly of [true, false]) {
    for (const task of tasks.filter((one) => !made.has(one))) {
      const place = rest.findIndex((one) => sameWords(one.evidence, task.evidence) && (!exactly || one.summary === task.summary));
      if (place >= 0) made.set(task, rest.splice(place, 1)[0]);
    }
  }
  return tasks.map((task) => {
    if (!made.has(task)) return { ...task, out: true };
    const { summary, due_date: due, recurrence, priority, area, assignee } = made.get(task);
    return { ...task, summary, due, recurrence, priority, area: area ?? task.area, assignee };
  });
}

/** Whether two pieces of evidence are the same words in the same place. */
function sameWords(one, other) {
  return ["source", "start", "end", "quote"].every((field) => one?.[field] === other[field]);
}

/** What is told of a message that is not simply answered. */
function ending({ status, response }) {
  return status === "aborted" && !response ? NOT_BEGUN : ENDS[status];
}

/** Words for those who do not see where they stand. */
function hidden(textContent) {
  return element("span", { className: "unseen", textContent });
}
