// Small helpers for the page: elements, waiting for a pause, messages with an undo.

/** An element with properties, attributes under `attrs`, and children. */
export function element(tag, { attrs = {}, ...properties } = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  for (const [name, value] of Object.entries(attrs)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** A button that looks like a link. */
export function link(textContent, onclick) {
  return element("button", { type: "button", className: "link", textContent, onclick });
}

/** Words of the server's, with the commands that stand between backticks in them as such. */
export function worded(text) {
  const pieces = text.split(/`([^\s`](?:[^`\n]*[^\s`])?)`/);
  return pieces.map((piece, place) => (place % 2 ? element("code", { textContent: piece }) : piece));
}

/** The tick and the summary of a task in a list: `tick(checked)` and `rename(words)` are called when they change. */
export function tickAndSummary(task, { checked, label, tick, rename }) {
  const box = element("input", {
    type: "checkbox",
    checked,
    onchange: () => tick(box.checked),
    attrs: { "aria-label": `${label}: ${task.summary}` },
  });
  // A field of several lines, so that long words are seen as a whole; it holds one line all the same.
  const summary = element("textarea", {
    className: "summary",
    value: task.summary,
    rows: 1,
    onchange: () => rename(summary.value.trim().replace(/\s*\n\s*/g, " ") || task.summary),
    onkeydown: (event) => {
      if (event.isComposing || (event.key !== "Enter" && event.key !== "Escape")) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.key === "Escape") summary.value = task.summary;
      summary.blur();
    },
    attrs: { "aria-label": "What is to be done" },
  });
  return [box, summary];
}

/** Keeps a text in the browser until the next visit; an empty one is forgotten. */
export function remember(key, text) {
  try {
    if (text === "") localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // The storage is full or forbidden: the text stays on the page.
  }
}

/** What was kept under this name, or an empty text. */
export function remembered(key) {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

/** What was kept as JSON under this name, or an empty object. */
export function rememberedParts(key) {
  try {
    return JSON.parse(remembered(key));
  } catch {
    return {};
  }
}

export const byId = (id) => document.getElementById(id);

/** Calls `work` once nothing has happened for `pause` milliseconds. */
export function afterPause(pause, work) {
  let timer;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...given), pause);
  };
}

/** Shows a failure in its place, or takes it away. */
export function problem(id, error) {
  const place = byId(id);
  place.hidden = !error;
  place.replaceChildren(...(error ? worded(error.message) : []));
}

/**
 * Draws a place anew. What was unfolded stays so, and whoever stood on a control stands there again: in the
 * row with the same `data-key`, or in the one that took its place.
 */
export function redraw(place, ...children) {
  const rows = () => [...place.querySelectorAll("li")].filter((row) => row.checkVisibility());
  const controls = (row) => [...row.querySelectorAll("input, textarea, button, select, summary")];
  const keyOf = (inner) => inner.closest("li")?.dataset.key;
  const unfolded = [...place.querySelectorAll("details[open]")].map(keyOf);
  const focus = document.activeElement;
  const row = place.contains(focus) ? focus.closest("li") : null;
  const at = row && { key: row.dataset.key, row: rows().indexOf(row), control: controls(row).indexOf(focus) };
  // Whoever goes by keys is led to where the row stands now; for others the page does not move.
  const preventScroll = !focus?.matches(":focus-visible");
  place.replaceChildren(...children);
  for (const folded of place.querySelectorAll("details")) folded.open = unfolded.includes(keyOf(folded));
  if (!at) return;
  const now = rows();
  const there = now.find(({ dataset }) => dataset.key === at.key) ?? now[Math.min(at.row, now.length - 1)];
  if (there) controls(there)[at.control]?.focus({ preventScroll });
}

/** Milliseconds for which something is told, with a way back and without. */
const TOLD = 12_000;
const TOLD_ONLY = 5000;

let hiding;

/** Tells what was done, with a way back where there is one. It stays while somebody is about to take it. */
export function tell(message, undo) {
  const toast = byId("toast");
  const hide = () => {
    toast.hidden = !toast.matches(":hover, :has(:focus-visible)");
    if (!toast.hidden) hiding = setTimeout(hide, TOLD_ONLY);
  };
  const back = undo && element("button", {
    type: "button",
    textContent: "Undo",
    title: "Ctrl+Z",
    onclick: () => {
      toast.hidden = true;
      undo();
    },
    attrs: { "aria-keyshortcuts": "Control+Z Meta+Z" },
  });
  clearTimeout(hiding);
  toast.replaceChildren(element("span", { textContent: message, title: message }), ...(back ? [back] : []));
  toast.hidden = false;
  hiding = setTimeout(hide, undo ? TOLD : TOLD_ONLY);
}

/** The keys that take back what was typed take back what was told of, but in a field in which something stands. */
export function undoByKeys() {
  document.addEventListener("keydown", (event) => {
    const back = byId("toast").querySelector("button");
    if (event.key !== "z" || !(event.ctrlKey || event.metaKey) || !back?.checkVisibility()) return;
    if (event.target.matches("textarea, input:not([type=checkbox])") && event.target.value !== "") return;
    event.preventDefault();
    back.click();
  });
}
