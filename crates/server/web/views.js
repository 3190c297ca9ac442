// What stands on the left: texts, the chat or the providers. The address says which, so that it can be
// bookmarked and the browser's way back leads to the one before.

import { byId } from "./page.js";

/** The views with the element that is ready for typing, or for reading on, when one comes to them. */
const VIEWS = { notes: "text", chat: "say", providers: "providers-title" };

/** `shown[name]()` is called when a view comes into sight, `hidden[name]()` when it goes. */
export function followAddress({ shown = {}, hidden = {} }) {
  let current = null;
  const look = () => {
    const wanted = location.hash.slice(1);
    const name = wanted in VIEWS ? wanted : "notes";
    if (name === current) return;
    if (current) hidden[current]?.();
    for (const view of Object.keys(VIEWS)) byId(view).hidden = view !== name;
    for (const link of document.querySelectorAll("nav a[href^='#']")) {
      if (link.hash === `#${name}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    const moved = current !== null;
    current = name;
    shown[name]?.();
    if (moved) byId(VIEWS[name]).focus();
  };
  window.addEventListener("hashchange", look);
  look();
}
