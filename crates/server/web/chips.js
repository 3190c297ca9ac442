// Chips: what was understood, each with the words it came from, each to be refused.

import { element } from "./page.js";
import { isLate, repetition, shown } from "./dates.js";

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
    const label = `Not so: ${made.textContent}`;
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

export function dueChip(due, more) {
  return chip({ kind: isLate(due) ? "due late" : "due", value: shown(due), ...more });
}

/** A chip in which a deadline is given where there is none. */
export function dayChip(pick) {
  const given = () => {
    // While a year is typed, its first digits are a year as well.
    if (day.value >= "1000") pick(day.value);
  };
  const day = element("input", { type: "date", onchange: given, attrs: { "aria-label": "Deadline" } });
  return chip({ kind: "nodue", what: "by", value: day, why: "By when" });
}

/** `first` is the deadline of the first time, where it is not shown beside. */
export function repeatChip(rule, { first, ...more } = {}) {
  const value = repetition(rule) + (first ? `, ${shown(first)}` : "");
  return chip({ kind: "recurrence", what: "↻", value, why: rule, ...more });
}
