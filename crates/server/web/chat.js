// The chat: messages go out, answers come in piece by piece, and what was typed is never lost.

import { ask, here } from "./api.js";
import { byId, element, problem, remember, remembered, tell } from "./page.js";
import { stream } from "./stream.js";
import { Turn } from "./turn.js";

const DRAFT = "intelliassist.chat";
const SESSION = "intelliassist.session";
/** Characters that the server takes in one message. */
const MOST = 2000;
/** Milliseconds without a word of the answer after which is looked why, and then between looks. */
const PATIENCE = 2500;
const EVERY = 10_000;
/** Milliseconds before the first look what became of an answer that others wait for, and after one that failed. */
const SOON = 1000;
const AFTER_FAILURE = 60_000;
/** When is looked what was kept of an answer that ended early, in milliseconds: who hung up is noticed at once. */
const LOOKS = [50, 250, 1000, 4000];

export class Chat {
  #session = remembered(SESSION);
  #answering = null;
  #loaded = null;

  constructor({ changed, show }) {
    this.field = byId("say");
    this.room = { changed, show, again: (turn) => this.#again(turn) };
    this.field.value = remembered(DRAFT);
    this.field.addEventListener("input", () => this.#typed());
    this.field.addEventListener("keydown", (event) => this.#key(event));
    byId("say-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    byId("stop").addEventListener("click", () => this.#stop());
    byId("chat").addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#stop();
    });
    byId("new-chat").addEventListener("click", () => this.#begin());
    this.#typed();
  }

  /** The conversation as the server keeps it; asked for when the chat is first looked at. */
  load() {
    this.#loaded ??= this.#load();
    return this.#loaded;
  }

  async #load() {
    const session = this.#session;
    if (!session) return this.#empty();
    try {
      const messages = await said(session);
      problem("chat-problem", null);
      const turns = messages.map((exchange) => {
        const turn = new Turn(exchange, this.room);
        turn.end(exchange);
        return turn;
      });
      byId("turns").replaceChildren(...turns.map((turn) => turn.element));
      this.#empty();
      this.#toEnd();
      this.#follow(session, turns);
    } catch (error) {
      problem("chat-problem", error);
      this.#loaded = null;
    }
  }

  /** Looks what becomes of messages that are being answered elsewhere, as long as they stand there. */
  async #follow(session, turns) {
    let pause = SOON;
    for (;;) {
      const waiting = turns.filter((turn) => turn.underWay && turn.element.isConnected);
      if (waiting.length === 0) return;
      await after(pause);
      if (document.hidden) continue;
      try {
        const messages = await said(session);
        const low = this.#isAtEnd();
        for (const turn of waiting) {
          const now = messages.find(({ message_id: id }) => id === turn.exchange.message_id);
          // One that is not there was said again elsewhere.
          if (now) turn.end(now);
          else turn.element.remove();
        }
        if (low) this.#toEnd();
        pause = Math.min(2 * pause, EVERY);
      } catch (error) {
        // Without a key nothing changes until somebody comes back to give it.
        if (error.status === 401) return;
        pause = Math.max(AFTER_FAILURE, error.wait ?? 0);
      }
    }
  }

  #empty() {
    const none = byId("turns").childElementCount === 0;
    byId("chat-empty").hidden = !none;
    byId("new-chat").hidden = none;
  }

  #typed() {
    const text = this.field.value;
    remember(DRAFT, text);
    const length = Array.from(text).length;
    const over = length > MOST;
    byId("say-hint").textContent = over
      ? `${length} characters; a message has at most ${MOST}. Longer texts are read under “Text”.`
      : "Enter sends, Shift and Enter begins a line.";
    byId("say-hint").classList.toggle("problem", over);
    byId("send").disabled = over;
  }

  #key(event) {
    // Enter also ends a word that is put together from several keys.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#send();
  }

  #write(text) {
    this.field.value = text;
    this.#typed();
  }

  async #send() {
    const message = this.field.value;
    if (this.#answering || message.trim() === "" || byId("send").disabled) return this.field.focus();
    await this.#say(message, () => {
      if (this.field.value === message) this.#write("");
    });
  }

  async #again(turn) {
    if (this.#answering) return;
    await this.#say(turn.said, () => {
      turn.element.remove();
      // The button that was pressed is gone with it.
      byId("stop").focus();
    });
  }

  /** Sends a message; `taken()` is called once it stands in the conversation. */
  async #say(message, taken) {
    const answering = new AbortController();
    this.#busy(answering);
    await this.load();
    if (!this.#session) this.#keep(randomName());
    const turn = new Turn({ message, created_at: new Date().toISOString() }, this.room);
    byId("turns").append(turn.element);
    taken();
    this.#empty();
    this.#toEnd();
    const waiting = setTimeout(() => this.#wait(answering), PATIENCE);
    try {
      await this.#answer(turn, answering);
    } catch (error) {
      const stopped = answering.signal.aborted;
      if (stopped && error.begun) this.#endEarly(turn, { status: "aborted" });
      else this.#giveBack(turn, stopped ? new Error("Stopped before it was sent.") : error);
    } finally {
      clearTimeout(waiting);
      this.#busy(null);
      this.#toEnd();
      // Whoever went elsewhere meanwhile stays there; a button that is hidden has lost the focus.
      if (document.activeElement === document.body) this.field.focus();
    }
  }

  async #answer(turn, answering) {
    const body = { message: turn.said, session_id: this.#session, save_tasks: false, ...here() };
    let ended = false;
    await stream("/api/v1/chat", body, answering.signal, (name, data) => {
      const low = this.#isAtEnd();
      if (name === "text") turn.add(data.text);
      if (name === "done") turn.end(data);
      if (name === "error") this.#endEarly(turn, { status: "error", error: data.message });
      ended ||= name === "done" || name === "error";
      answering.heard = true;
      byId("chat-state").textContent = "";
      if (low) this.#toEnd();
    });
    if (!ended) throw Object.assign(new Error("The connection broke off before the answer was whole."), { begun: true });
  }

  /** A message that did not reach the server goes back to where it was typed, if nothing else stands there by now. */
  #giveBack(turn, error) {
    const ended = { status: "error", error: error.message };
    if (error.begun) return this.#endEarly(turn, ended);
    if (this.field.value !== "") return turn.end(ended);
    turn.element.remove();
    this.#empty();
    this.#write(turn.said);
    problem("chat-problem", error);
  }

  /**
   * An answer that ended early: how, and then what the server kept of it, as after a reload: its tasks, and the
   * name of the message, by which what is kept of it is known.
   */
  async #endEarly(turn, ended) {
    turn.end(ended);
    const session = this.#session;
    try {
      for (const pause of LOOKS) {
        await after(pause);
        if (!turn.element.isConnected) return;
        const messages = await said(session);
        const now = messages.findLast(({ message }) => message === turn.said);
        if (now && now.status !== "pending") {
          const low = this.#isAtEnd();
          if (turn.element.isConnected) turn.end({ ...now, error: ended.error });
          if (low) this.#toEnd();
          return;
        }
      }
    } catch {
      // It stands there as it ended; what was kept is shown after a reload.
    }
  }

  #stop() {
    this.#answering?.abort();
  }

  #busy(answering) {
    this.#answering = answering;
    byId("stop").hidden = !answering;
    byId("send").hidden = Boolean(answering);
    byId("new-chat").disabled = Boolean(answering);
    byId("chat-state").textContent = answering ? "Waiting for an answer …" : "";
    if (answering) problem("chat-problem", null);
  }

  /** Says what an answer waits for, until its first word. */
  async #wait(answering) {
    while (this.#answering === answering && !answering.heard) {
      const { local_models: models } = await ask("GET", "/api/v1/status").catch(() => ({ local_models: [] }));
      const busy = models.find(({ use, status }) => use === "text" && (status === "loading" || status === "downloading"));
      if (this.#answering !== answering || answering.heard) return;
      const doing = busy?.status === "loading" ? "being loaded" : "being fetched";
      if (busy) byId("chat-state").textContent = `Waiting for an answer. The model ${busy.name} is ${doing} (${Math.round(busy.percent ?? 0)} %).`;
      await after(EVERY);
    }
  }

  #keep(session) {
    this.#session = session;
    remember(SESSION, session);
  }

  /** A conversation of its own, without what was said before. */
  #begin() {
    const before = this.#session;
    const open = (session) => {
      this.#keep(session);
      byId("turns").replaceChildren();
      this.#loaded = null;
      return this.load();
    };
    open("");
    this.field.focus();
    tell("A new conversation", () => {
      if (this.#session === "" && !this.#answering) open(before);
    });
  }

  #isAtEnd() {
    const turns = byId("turns");
    return turns.scrollHeight - turns.scrollTop - turns.clientHeight < 40;
  }

  #toEnd() {
    byId("turns").scrollTop = byId("turns").scrollHeight;
  }
}

/** What was said in a session, as the server keeps it. */
async function said(session) {
  const { messages } = await ask("GET", `/api/v1/chat?${new URLSearchParams({ session_id: session })}`);
  return messages;
}

const after = (pause) => new Promise((resolve) => { setTimeout(resolve, pause); });

/** A random name for a session. (`crypto.randomUUID` is not there where the page came by plain HTTP.) */
function randomName() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
