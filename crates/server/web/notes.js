// The text on the left: read while it is written, with what was found marked in it.

import { ask, here } from "./api.js";
import { sameHour } from "./dates.js";
import { afterPause, byId, element, problem, remember, remembered, rememberedParts, tell } from "./page.js";
import { Refused } from "./pieces.js";
import { Proposals, tellKept } from "./proposals.js";

const DRAFT = "intelliassist.text";
/** What the person changed of what was found in the draft. */
const CHANGES = "intelliassist.text.changes";
/** Files that are text already are read here, so that they can be changed before anything is kept. */
const PLAIN = /\.(txt|md|markdown|text|log)$/i;

export class Notes {
  #refused = new Refused();
  #reading = null;
  #lit = null;

  constructor({ changed, show }) {
    this.text = byId("text");
    this.proposals = new Proposals({
      list: byId("proposals"),
      row: byId("accept-row"),
      hint: byId("accept-hint"),
      button: byId("accept"),
      failed: (error) => problem("notes-problem", error),
      refuseWords: (start, end) => {
        this.#refused.add(this.text.value, start, end);
        this.#draft();
        this.#read();
      },
      light: (span) => this.#light(span),
      kept: (tasks) => this.#kept(tasks, changed),
      showTask: show,
      changed: () => this.#draft(),
    });
    const readSoon = afterPause(250, () => this.#read());
    this.text.addEventListener("input", () => {
      this.#draft();
      this.#light(null);
      readSoon();
    });
    this.text.addEventListener("scroll", () => { byId("marks").scrollTop = this.text.scrollTop; });
    byId("clear").addEventListener("click", () => {
      this.#replace("", "Cleared");
      this.text.focus();
    });
    byId("written").addEventListener("change", () => {
      this.#draft();
      this.#read();
    });
    this.#takeFiles();
    const text = remembered(DRAFT);
    if (text) this.#restore({ text, ...rememberedParts(CHANGES) });
  }

  /** Reads the text once more that could not be read. */
  again() {
    if (!byId("notes-problem").hidden) this.#read();
  }

  #set(text) {
    this.text.value = text;
    this.#refused.clear();
    if (text === "") byId("written").value = "";
    this.proposals.clear();
    this.#draft();
    this.#read();
  }

  #draft() {
    const { text, proposals: { changes }, ...more } = this.#state();
    remember(DRAFT, text);
    remember(CHANGES, text && JSON.stringify({ ...more, proposals: { found: [], changes } }));
  }

  /** All that the person wrote and changed. */
  #state() {
    return { text: this.text.value, written: byId("written").value, refused: this.#refused.state(), proposals: this.proposals.state() };
  }

  #restore({ text, written = "", refused = [], proposals = { found: [], changes: [] } }) {
    this.text.value = text;
    byId("written").value = written;
    this.#refused.restore(refused);
    this.proposals.restore(proposals);
    this.#draft();
    // What was found in a file is not read again.
    if (text !== "") this.#read();
  }

  /** Puts another text in the place of what stands there, which can be brought back. */
  #replace(text, said) {
    const before = this.#state();
    const there = before.text.trim() !== "" || !this.proposals.empty;
    this.#set(text);
    if (there) tell(said, () => this.#restore(before));
  }

  async #read() {
    this.#reading?.abort();
    problem("notes-problem", null);
    const text = this.text.value;
    if (text.trim() === "") return this.#show([]);
    const reading = new AbortController();
    this.#reading = reading;
    try {
      const body = { text, explain: true, model: "never", refused: this.#refused.in(text), ...here(sameHour(byId("written").value)) };
      const found = await ask("POST", "/api/v1/extract", body, reading.signal);
      this.#show(found.tasks);
    } catch (error) {
      if (error.name !== "AbortError") problem("notes-problem", error);
    }
  }

  #show(tasks) {
    this.proposals.show(tasks);
    const none = this.text.value.trim() !== "" && tasks.length === 0;
    byId("notes-hint").textContent = none ? "No tasks are found in this text." : "Nothing is kept until you say so.";
  }

  #kept(tasks, changed) {
    const before = this.#state();
    this.#set("");
    changed();
    tellKept(tasks, () => {
      if (this.text.value === "" && this.proposals.empty) this.#restore(before);
      changed();
    });
  }

  #light(span) {
    this.#lit = span;
    byId("clear").hidden = this.text.value === "" && this.proposals.empty;
    this.#mark();
  }

  /** Draws the marks behind the text: tasks, deadlines, and what the pointer is on. */
  #mark() {
    const characters = Array.from(this.text.value);
    const { tasks, dues } = this.proposals.spans();
    const layers = [["task", tasks], ["due", dues], ["lit", this.#lit ? [this.#lit] : []]];
    const ends = new Set([0, characters.length]);
    for (const [, spans] of layers) for (const { start, end } of spans) ends.add(start).add(end);
    const bounds = [...ends].filter((at) => at <= characters.length).sort((a, b) => a - b);
    const drawn = bounds.slice(1).map((end, at) => {
      const start = bounds[at];
      const names = layers.filter(([, spans]) => spans.some((span) => span.start <= start && end <= span.end)).map(([name]) => name);
      const words = characters.slice(start, end).join("");
      return names.length ? element("mark", { className: names.join(" "), textContent: words }) : words;
    });
    const marks = byId("marks");
    marks.replaceChildren(...drawn, "\n");
    marks.scrollTop = this.text.scrollTop;
  }

  #takeFiles() {
    const paper = byId("paper");
    const over = (on) => (event) => {
      event.preventDefault();
      paper.classList.toggle("over", on);
    };
    paper.addEventListener("dragover", over(true));
    paper.addEventListener("dragleave", over(false));
    paper.addEventListener("drop", (event) => {
      over(false)(event);
      const [file] = event.dataTransfer.files;
      if (file) this.#open(file);
    });
    byId("file").addEventListener("change", (event) => {
      const [file] = event.target.files;
      event.target.value = "";
      if (file) this.#open(file);
    });
  }

  async #open(file) {
    problem("notes-problem", null);
    if (PLAIN.test(file.name)) return this.#replace(await file.text(), `${file.name} stands in the place of the text`);
    const progress = byId("progress");
    progress.hidden = false;
    progress.removeAttribute("value");
    try {
      const form = new FormData();
      const fields = { file, save_tasks: "false", ...here(sameHour(byId("written").value)) };
      for (const [name, value] of Object.entries(fields)) form.append(name, value);
      const answer = await ask("POST", "/api/v1/upload/file", form);
      const read = answer.job_id && !answer.tasks ? await followed(answer.job_id, progress) : answer;
      this.#replace("", `${file.name} was read in the place of the text`);
      this.proposals.show(read.tasks);
      if (read.notes.length) problem("notes-problem", new Error(read.notes.join(" ")));
      else if (read.tasks.length === 0) problem("notes-problem", new Error(`No tasks were found in ${file.name}.`));
    } catch (error) {
      problem("notes-problem", error);
    } finally {
      progress.hidden = true;
    }
  }
}

/** What came of a job, once it is over; its progress is shown until then. */
async function followed(id, progress) {
  for (;;) {
    const job = await ask("GET", `/api/v1/jobs/${id}`);
    if (job.status === "completed") return job.result;
    if (job.status === "failed") throw new Error(job.last_error ?? "The file could not be read.");
    progress.value = job.progress;
    await new Promise((resolve) => { setTimeout(resolve, 700); });
  }
}
