// Talks to the server. Requests carry the visitor's cookie, which the browser sends by itself, and the page's token,
// which only this page knows.

let token = null;
let renewal = null;

/** What the server, or the way to it, had to say against a request. */
export class Refused extends Error {
  constructor({ status = 0, code = "offline", message = "", details = {}, headers = null }) {
    super(code);
    this.status = status;
    this.code = code;
    this.words = message;
    this.details = details;
    this.request = headers?.get("x-request-id") ?? "";
    const seconds = details.retry_after_seconds ?? headers?.get("retry-after");
    this.retryAfterSeconds = seconds === null || seconds === undefined ? null : Number(seconds);
  }

  get isOffline() { return this.status === 0; }
}

/** Gets a cookie, if there is none yet, and the token that goes with it. Several who ask at once ask together. */
export function visit() {
  renewal ??= (async () => {
    const answer = await send("page/visit");
    token = (await answer.json()).token;
  })().finally(() => { renewal = null; });
  return renewal;
}

async function reach(path, options = {}) {
  try {
    return await fetch(path, { credentials: "same-origin", cache: "no-store", redirect: "error", ...options });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused({});
  }
}

/** Sends a request as anybody; throws ``Refused`` unless it is answered with success. */
export async function send(path, options = {}) {
  const answer = await reach(path, options);
  if (!answer.ok) throw await refusal(answer);
  return answer;
}

async function refusal(answer) {
  let error = {};
  try {
    error = (await answer.json()).error ?? {};
  } catch {
    // An answer without our shape comes from something in between; its status says enough.
  }
  return new Refused({
    status: answer.status, code: error.code ?? `status_${answer.status}`, message: error.message ?? "",
    details: error.ondol ?? {}, headers: answer.headers,
  });
}

/** Sends a request as the visitor; throws ``Refused`` unless it is answered with success. */
export async function call(path, { method = "GET", headers = {}, body, signal } = {}) {
  for (let attempt = 0; ; attempt += 1) {
    if (!token) await visit();
    const answer = await reach(path, { method, body, signal, headers: { ...headers, "Ondol-Page-Token": token } });
    if (answer.ok) return answer;
    const error = await refusal(answer);
    // The cookie has ended, or was deleted, while the page was open.
    if (attempt > 0 || !["visitor_unknown", "foreign_page"].includes(error.code)) throw error;
    token = null;
  }
}

/** Sends a request with a key instead. */
export function callWithKey(path, key, { method = "GET", headers = {}, body, signal } = {}) {
  return send(path, { method, body, signal, headers: { ...headers, Authorization: `Bearer ${key}` } });
}

/** The events of an answer, as they come: `{ id, name, data }`. */
export async function* events(answer) {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      rest += value;
      let end;
      while ((end = rest.indexOf("\n\n")) >= 0) {
        const event = parse(rest.slice(0, end));
        rest = rest.slice(end + 2);
        if (event) yield event;
      }
    }
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused({});
  } finally {
    reader.cancel().catch(() => {});
  }
}

function parse(block) {
  const event = { id: null, name: "", data: null };
  for (const line of block.split("\n")) {
    if (line.startsWith("id: ")) event.id = line.slice(4);
    if (line.startsWith("event: ")) event.name = line.slice(7);
    if (line.startsWith("data: ")) event.data = JSON.parse(line.slice(6));
  }
  return event.name ? event : null;
}

/** A picture's link as an address of this server, whatever name the server is called by. */
export function local(link) {
  const url = new URL(link, document.baseURI);
  return url.pathname + url.search;
}

/** Until when a link works, in milliseconds since 1970. */
export function linkEnd(link) {
  return Number(new URL(link, document.baseURI).searchParams.get("expires")) * 1000;
}

/** Waits, unless the signal ends it. */
export function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const leave = () => { clearTimeout(timer); reject(new DOMException("", "AbortError")); };
    const timer = setTimeout(() => { signal?.removeEventListener("abort", leave); resolve(); }, milliseconds);
    if (signal?.aborted) leave();
    signal?.addEventListener("abort", leave, { once: true });
  });
}

/** Waits before trying again: longer each time, a little by chance, and shorter when the page is looked at again. */
export async function backOff(attempt, signal) {
  const milliseconds = Math.min(30_000, 500 * 2 ** attempt) * (0.75 + Math.random() / 2);
  const woken = new AbortController();
  const wake = () => { if (!document.hidden) woken.abort(); };
  window.addEventListener("online", wake);
  document.addEventListener("visibilitychange", wake);
  try {
    await pause(milliseconds, signal ? AbortSignal.any([signal, woken.signal]) : woken.signal);
  } catch (error) {
    if (signal?.aborted) throw error;
  } finally {
    window.removeEventListener("online", wake);
    document.removeEventListener("visibilitychange", wake);
  }
}
