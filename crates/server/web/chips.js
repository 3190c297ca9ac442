// Chips: what was understood, each with the words it came from, each to be refused.

import { element } from "./page.js";
import { dueOf, isLate, repetition, shown, typed } from "./dates.js";

/** The parts of life a task can belong to. */
export const AREAS = ["work", "development", "finance", "health", "household", "shopping", "study", "travel", "personal"];
export const PRIORITIES = ["low", "medium", "high", "urgent"];

/**
 * A chip. `kind` names the field, `what` is a faint word before the value, `why` its tooltip;
 * `refuse` is called when the person says it is wrong.
 */
export function chip({ kind, what = "", value, why = "", refuse, lit }) {
  const made = element("span", { className: `chip ${kind}`, title: why, attrs: { "data-kind": kind } });
  if (what) made.append(element("span", { className: "what", textContent: what }));
  made.append(value instanceof Node ? value : element("span", { textContent: value }));
  if (refuse) {
    const label = ["Not so:", ...Array.from(made.childNodes, (part) => part.textContent)].join(" ");
    made.append(element("button", { type: "button", textContent: "×", title: "Not so", onclick: refuse, attrs: { "aria-label": label } }));
  }
  if (lit) {
    made.addEventListener("pointerenter", () => lit(true));
    made.addEventListener("pointerleave", () => lit(false));
  }
  return made;
}

/** A chip whose value is picked from a list. */
export function choice({ kind, what, value, among, why, pick }) {
  const options = among.map((word) => element("option", { value: word, textContent: word, selected: word === value }));
  const select = element("select", { onchange: () => pick(select.value), attrs: { "aria-label": kind } }, ...options);
  return chip({ kind: kind === "priority" ? `priority ${value}` : kind, what, value: select, why });
}

/** `pick(due)` is called with another deadline where one may be given; only what is `open` can be late. */
export function dueChip(due, { pick, open = true, ...more }) {
  const kind = open && isLate(due) ? "due late" : "due";
  if (!pick) return chip({ kind, value: shown(due), ...more });
  const change = () => {
    const editing = chip({ kind: "due", value: dueField(due, (given, stay) => {
      editing.replaceWith(made);
      if (stay) value.focus();
      if (given) pick(given);
    }) });
    made.replaceWith(editing);
    const field = editing.querySelector("input");
    field.focus();
    // The calendar at once, where the browser lets a page show it.
    try { field.showPicker(); } catch { /* It is typed then. */ }
  };
  const value = element("button", { type: "button", className: "value", textContent: shown(due), onclick: change, attrs: { "aria-label": `Deadline ${shown(due)}, change it` } });
  const made = chip({ kind, value, ...more });
  return made;
}

/**
 * A field with a deadline. `done(due, stay)` is called once with another one, or with null: `stay` if the person
 * goes on from there and not from elsewhere.
 */
function dueField(due, done) {
  const field = element("input", { ...typed(due), attrs: { "aria-label": "Deadline" } });
  const before = field.value;
  let byKeys = false;
  let over = false;
  const end = (value, stay) => {
    if (over) return;
    over = true;
    done(whole(value) && value !== before ? dueOf(value) : null, stay);
  };
  field.addEventListener("keydown", (event) => {
    byKeys = true;
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    end(event.key === "Enter" ? field.value : "", true);
  });
  // What is typed is a date after each key; what is picked is meant.
  field.addEventListener("change", () => { if (!byKeys) end(field.value, true); });
  // Only once the browser has moved to the next control, so that it is still there.
  field.addEventListener("blur", () => setTimeout(() => end(field.value, false)));
  return field;
}

/** While a year is typed, its first digits are a year as well. */
const whole = (value) => value >= "1000";

/** A chip in which a deadline is given where there is none. */
export function dayChip(pick) {
  const given = () => {
    if (whole(day.value)) pick(day.value);
  };
  const day = element("input", { type: "date", onchange: given, attrs: { "aria-label": "Deadline" } });
  return chip({ kind: "nodue", what: "by", value: day, why: "By when" });
}

/** `first` is the deadline of the first time, where it is not shown beside. */
export function repeatChip(rule, { first, ...more } = {}) {
  const value = repetition(rule) + (first ? `, ${shown(first)}` : "");
  return chip({ kind: "recurrence", what: "↻", value, why: rule, ...more });
}
