// Runs before anything of the page does: its time stands still until a test lets it pass, and what it asks
// of the server is noted.
(() => {
  const real = { setTimeout: window.setTimeout.bind(window), fetch: window.fetch.bind(window) };
  const timers = new Map();
  const asked = [];
  let now = Date.now();
  let named = 0;
  let underWay = 0;

  Date.now = () => now;
  window.setTimeout = (work, wait = 0, ...given) => {
    named += 1;
    timers.set(named, { at: now + wait, work: () => work(...given) });
    return named;
  };
  window.clearTimeout = (name) => timers.delete(name);

  /** As the browser's own, but with the whole answer at hand, so that nothing but the page is waited for. */
  window.fetch = async (path, options) => {
    asked.push(String(path));
    underWay += 1;
    try {
      const refused = window.refusing && new Response("{}", { status: 503, headers: window.refusing });
      const answer = refused || await real.fetch(path, options);
      const text = await answer.clone().text();
      return Object.assign(answer, { json: async () => JSON.parse(text) });
    } finally {
      underWay -= 1;
    }
  };

  /** Waits until the page has its answers and has dealt with them. */
  const still = async () => {
    do await new Promise((done) => { real.setTimeout(done); });
    while (underWay > 0);
  };

  /** Lets milliseconds pass, with all that the page has planned for them, one after the other. */
  window.pass = async (span) => {
    const end = now + span;
    for (;;) {
      await still();
      const due = [...timers].filter(([, { at }]) => at <= end);
      const [first] = due.sort(([one, { at }], [other, { at: later }]) => at - later || one - other);
      if (!first) break;
      timers.delete(first[0]);
      now = Math.max(now, first[1].at);
      first[1].work();
    }
    now = end;
  };

  /** How often the page has asked for this. */
  window.askedFor = (path) => asked.filter((other) => other === path).length;
})();
