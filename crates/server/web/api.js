// Asks the server. Every failure is an Error whose message a person can act on; where the server refused,
// it has the `status`, and with `wait` the milliseconds after which to come again.

const KEY = "intelliassist.key";

/** When and where something is written: what "tomorrow" is counted from. Now, if no moment is given. */
export function here(now = new Date()) {
  const pad = (number) => String(Math.abs(number)).padStart(2, "0");
  const east = -now.getTimezoneOffset();
  const day = `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
  const time = `${pad(now.getHours())}:${pad(now.getMinutes())}:${pad(now.getSeconds())}`;
  const offset = `${east < 0 ? "-" : "+"}${pad(Math.trunc(east / 60))}:${pad(east % 60)}`;
  return {
    reference_time: `${day}T${time}${offset}`,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

/** The answer to a request; `body` is sent as JSON, a FormData as it is. */
export async function ask(method, path, body, signal) {
  const response = await sent(method, path, "application/json", body, signal);
  return response.json().catch(() => null);
}

/** The response to a request, once it is a good one; its body is still on the way. */
export async function sent(method, path, accept, body, signal) {
  const headers = { accept };
  const key = sessionStorage.getItem(KEY);
  if (key) headers["x-api-key"] = key;
  const form = body instanceof FormData;
  if (body !== undefined && !form) headers["content-type"] = "application/json";
  let response;
  try {
    response = await fetch(path, { method, headers, signal, body: form ? body : JSON.stringify(body) });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error("The server does not answer. Is it running? What you wrote is still here.");
  }
  if (response.status === 401) {
    await keyFromPerson();
    return sent(method, path, accept, body, signal);
  }
  if (!response.ok) {
    const words = reason(await response.json().catch(() => null), response.status);
    const wait = 1000 * Number(response.headers.get("retry-after") ?? 0);
    throw Object.assign(new Error(words), { status: response.status, wait: wait || 0 });
  }
  return response;
}

function reason(answer, status) {
  const first = Array.isArray(answer?.details) ? answer.details[0] : null;
  if (first) return `${first.loc.slice(1).join(".")}: ${first.msg}`;
  return answer?.message ?? `The server answered with status ${status}.`;
}

let asking = null;

/** Asks for the key once, however many requests wait for it. */
function keyFromPerson() {
  asking ??= new Promise((resolve, reject) => {
    const dialog = document.getElementById("key-dialog");
    const field = document.getElementById("key");
    field.value = "";
    dialog.returnValue = "";
    dialog.addEventListener("close", () => {
      asking = null;
      if (dialog.returnValue !== "ok") return reject(Object.assign(new Error("The server asks for a key: load the page again to give it."), { status: 401 }));
      sessionStorage.setItem(KEY, field.value.trim());
      resolve();
    }, { once: true });
    dialog.showModal();
  });
  return asking;
}
