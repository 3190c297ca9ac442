// An answer that comes piece by piece, as server-sent events.

import { sent } from "./api.js";

/** Milliseconds of silence after which nobody is there any more; a server that works sends a sign every 15 s. */
const SILENCE = 60_000;

/**
 * Asks, and calls `take(name, data)` for each event. A failure after the server has begun to answer has
 * `begun`: what was sent has arrived there then.
 */
export async function stream(path, body, signal, take) {
  const silence = new AbortController();
  const both = AbortSignal.any([signal, silence.signal]);
  const response = await sent("POST", path, "text/event-stream", body, both);
  let timer;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), SILENCE);
  };
  try {
    await read(response.body, heard, take);
  } catch (error) {
    if (signal.aborted) throw Object.assign(error, { begun: true });
    const words = silence.signal.aborted ? "The server has said nothing for a minute." : "The connection broke off before the answer was whole.";
    throw Object.assign(new Error(words), { begun: true });
  } finally {
    clearTimeout(timer);
  }
}

async function read(body, heard, take) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let unread = "";
  for (;;) {
    heard();
    const { value, done } = await reader.read();
    if (done) return;
    const events = (unread + value).split("\n\n");
    unread = events.pop();
    for (const event of events) tellOf(event, take);
  }
}

/** An event is its lines: `event: text` and `data: {"text": "Hello"}`; a line that begins with a colon is a sign of life. */
function tellOf(event, take) {
  const lines = event.split("\n");
  const field = (name) => lines.find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1).trim();
  const data = field("data");
  if (data) take(field("event"), JSON.parse(data));
}
